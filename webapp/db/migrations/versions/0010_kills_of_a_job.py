"""How often a job's worker was killed, apart from how often it was taken."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Room for the number; nothing is suspected of what was done before."""
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.add_column(sa.Column("kills", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.alter_column("kills", server_default=None)


def downgrade() -> None:
    """And back."""
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.drop_column("kills")
