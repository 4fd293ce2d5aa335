"""Support: the directory, its links, referrals and what came of them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """There."""
    op.create_table(
        "support_actor",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("programme_id", sa.String(length=22), nullable=False),
        sa.Column("code", sa.String(length=100), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("by_person_id", sa.String(length=22), nullable=True),
        sa.Column("at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_person_id"],
            ["person.id"],
            name=op.f("fk_support_actor_by_person_id_person"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f("fk_support_actor_programme_id_programme"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support_actor")),
        sa.UniqueConstraint("programme_id", "code", name=op.f("uq_support_actor_programme_id_code")),
    )
    with op.batch_alter_table("support_actor", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_support_actor_by_person_id"), ["by_person_id"], unique=False)

    op.create_table(
        "referral",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("organisation_id", sa.String(length=22), nullable=False),
        sa.Column("assessment_id", sa.String(length=22), nullable=False),
        sa.Column("question_id", sa.String(length=100), nullable=True),
        sa.Column("actor_id", sa.String(length=22), nullable=True),
        sa.Column("actor", sa.String(length=300), nullable=False),
        sa.Column("offer", sa.String(length=300), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("by_person_id", sa.String(length=22), nullable=True),
        sa.Column("at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["actor_id"],
            ["support_actor.id"],
            name=op.f("fk_referral_actor_id_support_actor"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["assessment.id"],
            name=op.f("fk_referral_assessment_id_assessment"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["by_person_id"], ["person.id"], name=op.f("fk_referral_by_person_id_person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_referral_organisation_id_organisation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral")),
    )
    with op.batch_alter_table("referral", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_referral_actor_id"), ["actor_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_referral_assessment_id"), ["assessment_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_referral_by_person_id"), ["by_person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_referral_organisation_id"), ["organisation_id"], unique=False)

    op.create_table(
        "support_link",
        sa.Column("actor_id", sa.String(length=22), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("outcome", sa.String(length=100), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("dead_since_utc", sa.DateTime(timezone=True), nullable=True),
        sa.Column("checked_utc", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["actor_id"],
            ["support_actor.id"],
            name=op.f("fk_support_link_actor_id_support_actor"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("actor_id", "sha256", name=op.f("pk_support_link")),
    )
    op.create_table(
        "referral_outcome",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("referral_id", sa.String(length=22), nullable=False),
        sa.Column("outcome", sa.String(length=100), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("by_person_id", sa.String(length=22), nullable=True),
        sa.Column("at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_person_id"],
            ["person.id"],
            name=op.f("fk_referral_outcome_by_person_id_person"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"],
            ["referral.id"],
            name=op.f("fk_referral_outcome_referral_id_referral"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral_outcome")),
    )
    with op.batch_alter_table("referral_outcome", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_referral_outcome_by_person_id"), ["by_person_id"], unique=False)
        batch_op.create_index("ix_referral_outcome_referral", ["referral_id", "id"], unique=False)


def downgrade() -> None:
    """And back."""
    for table in ("referral_outcome", "referral", "support_link", "support_actor"):
        op.drop_table(table)
