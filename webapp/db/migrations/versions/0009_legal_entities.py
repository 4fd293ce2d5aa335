"""The legal entity a unit belongs to."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Room for the number of the entity; it is filled in where the register is asked the next time."""
    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("entity_orgnr", sa.String(length=9), nullable=True))
        batch_op.create_index(batch_op.f("ix_organisation_entity_orgnr"), ["entity_orgnr"], unique=False)


def downgrade() -> None:
    """And back."""
    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_organisation_entity_orgnr"))
        batch_op.drop_column("entity_orgnr")
