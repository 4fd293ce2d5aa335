"""Gatherings: whom they are for, who sits where, their papers, and ideas from their tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """There."""
    op.create_table(
        "gathering",
        sa.Column("activity_id", sa.String(length=22), nullable=False),
        sa.Column("cohort_id", sa.String(length=22), nullable=False),
        sa.Column("settings", sa.Text(), nullable=False),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("published_utc", sa.DateTime(timezone=True), nullable=True),
        sa.Column("topics", sa.Text(), nullable=True),
        sa.Column("topics_utc", sa.DateTime(timezone=True), nullable=True),
        sa.Column("by_person_id", sa.String(length=22), nullable=True),
        sa.Column("at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"],
            ["programme_activity.id"],
            name=op.f("fk_gathering_activity_id_programme_activity"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["by_person_id"],
            ["person.id"],
            name=op.f("fk_gathering_by_person_id_person"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["cohort_id"], ["cohort.id"], name=op.f("fk_gathering_cohort_id_cohort"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("activity_id", name=op.f("pk_gathering")),
    )
    with op.batch_alter_table("gathering", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_gathering_by_person_id"), ["by_person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_gathering_cohort_id"), ["cohort_id"], unique=False)

    op.create_table(
        "gathering_idea",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("activity_id", sa.String(length=22), nullable=False),
        sa.Column("token", sa.String(length=100), nullable=False),
        sa.Column("organisation_id", sa.String(length=22), nullable=True),
        sa.Column("by_person_id", sa.String(length=22), nullable=True),
        sa.Column("table_number", sa.Integer(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("owner", sa.String(length=300), nullable=False),
        sa.Column("owner_person_id", sa.String(length=22), nullable=True),
        sa.Column("owner_organisation_id", sa.String(length=22), nullable=True),
        sa.Column("next_step", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=100), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_utc", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"],
            ["programme_activity.id"],
            name=op.f("fk_gathering_idea_activity_id_programme_activity"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["by_person_id"],
            ["person.id"],
            name=op.f("fk_gathering_idea_by_person_id_person"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_gathering_idea_organisation_id_organisation"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["owner_organisation_id"],
            ["organisation.id"],
            name=op.f("fk_gathering_idea_owner_organisation_id_organisation"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["owner_person_id"],
            ["person.id"],
            name=op.f("fk_gathering_idea_owner_person_id_person"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gathering_idea")),
        sa.UniqueConstraint(
            "activity_id",
            "by_person_id",
            "token",
            name=op.f("uq_gathering_idea_activity_id_by_person_id_token"),
        ),
    )
    with op.batch_alter_table("gathering_idea", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_gathering_idea_activity_id"), ["activity_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_gathering_idea_by_person_id"), ["by_person_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_gathering_idea_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_gathering_idea_owner_organisation_id"), ["owner_organisation_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_gathering_idea_owner_person_id"), ["owner_person_id"], unique=False
        )

    op.create_table(
        "gathering_guest",
        sa.Column("activity_id", sa.String(length=22), nullable=False),
        sa.Column("person_id", sa.String(length=22), nullable=False),
        sa.Column("is_facilitator", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("is_absent", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"],
            ["gathering.activity_id"],
            name=op.f("fk_gathering_guest_activity_id_gathering"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_gathering_guest_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("activity_id", "person_id", name=op.f("pk_gathering_guest")),
    )
    with op.batch_alter_table("gathering_guest", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_gathering_guest_person_id"), ["person_id"], unique=False)

    op.create_table(
        "gathering_paper",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("activity_id", sa.String(length=22), nullable=False),
        sa.Column("person_id", sa.String(length=22), nullable=True),
        sa.Column("kind", sa.String(length=100), nullable=False),
        sa.Column("language", sa.String(length=100), nullable=False),
        sa.Column("mark", sa.String(length=64), nullable=True),
        sa.Column("key", sa.String(length=300), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("size_bytes", sa.Integer(), nullable=True),
        sa.Column("created_utc", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"],
            ["gathering.activity_id"],
            name=op.f("fk_gathering_paper_activity_id_gathering"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_gathering_paper_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gathering_paper")),
    )
    with op.batch_alter_table("gathering_paper", schema=None) as batch_op:
        batch_op.create_index(
            "ix_gathering_paper_activity", ["activity_id", "kind", "language"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_gathering_paper_person_id"), ["person_id"], unique=False)


def downgrade() -> None:
    """And back."""
    for table in ("gathering_paper", "gathering_guest", "gathering_idea", "gathering"):
        op.drop_table(table)
