"""Cohorts: invitations, members, consents and reminders."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """There."""
    op.create_table(
        "cohort",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("programme_id", sa.String(length=22), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=True),
        sa.Column("deadline_on", sa.Date(), nullable=True),
        sa.Column("closed_utc", sa.DateTime(timezone=True), nullable=True),
        sa.Column("prework", sa.Text(), nullable=False),
        sa.Column("layout", sa.Text(), nullable=True),
        sa.Column("by_person_id", sa.String(length=22), nullable=True),
        sa.Column("created_utc", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_person_id"], ["person.id"], name=op.f("fk_cohort_by_person_id_person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f("fk_cohort_programme_id_programme"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cohort")),
    )
    with op.batch_alter_table("cohort", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cohort_by_person_id"), ["by_person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_cohort_deadline_on"), ["deadline_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_cohort_programme_id"), ["programme_id"], unique=False)

    op.create_table(
        "cohort_consent",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("cohort_id", sa.String(length=22), nullable=False),
        sa.Column("organisation_id", sa.String(length=22), nullable=False),
        sa.Column("use", sa.String(length=100), nullable=False),
        sa.Column("is_given", sa.Boolean(), nullable=False),
        sa.Column("by_person_id", sa.String(length=22), nullable=True),
        sa.Column("at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_person_id"],
            ["person.id"],
            name=op.f("fk_cohort_consent_by_person_id_person"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["cohort_id"], ["cohort.id"], name=op.f("fk_cohort_consent_cohort_id_cohort"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_cohort_consent_organisation_id_organisation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cohort_consent")),
    )
    with op.batch_alter_table("cohort_consent", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cohort_consent_by_person_id"), ["by_person_id"], unique=False)
        batch_op.create_index(
            "ix_cohort_consent_cohort_organisation", ["cohort_id", "organisation_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_cohort_consent_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "cohort_invitation",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=True),
        sa.Column("cohort_id", sa.String(length=22), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("orgnr", sa.String(length=9), nullable=False),
        sa.Column("contact", sa.String(length=300), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("language", sa.String(length=100), nullable=False),
        sa.Column("by_person_id", sa.String(length=22), nullable=True),
        sa.Column("created_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_utc", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told", sa.Integer(), nullable=False),
        sa.Column("used_utc", sa.DateTime(timezone=True), nullable=True),
        sa.Column("declined_utc", sa.DateTime(timezone=True), nullable=True),
        sa.Column("organisation_id", sa.String(length=22), nullable=True),
        sa.ForeignKeyConstraint(
            ["by_person_id"],
            ["person.id"],
            name=op.f("fk_cohort_invitation_by_person_id_person"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["cohort_id"],
            ["cohort.id"],
            name=op.f("fk_cohort_invitation_cohort_id_cohort"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_cohort_invitation_organisation_id_organisation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cohort_invitation")),
        sa.UniqueConstraint("cohort_id", "email", name=op.f("uq_cohort_invitation_cohort_id_email")),
        sa.UniqueConstraint("cohort_id", "orgnr", name=op.f("uq_cohort_invitation_cohort_id_orgnr")),
        sa.UniqueConstraint("hash", name=op.f("uq_cohort_invitation_hash")),
    )
    with op.batch_alter_table("cohort_invitation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cohort_invitation_by_person_id"), ["by_person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_cohort_invitation_email"), ["email"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_cohort_invitation_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "cohort_member",
        sa.Column("cohort_id", sa.String(length=22), nullable=False),
        sa.Column("organisation_id", sa.String(length=22), nullable=False),
        sa.Column("joined_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("left_utc", sa.DateTime(timezone=True), nullable=True),
        sa.Column("brought_in", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cohort_id"], ["cohort.id"], name=op.f("fk_cohort_member_cohort_id_cohort"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_cohort_member_organisation_id_organisation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("cohort_id", "organisation_id", name=op.f("pk_cohort_member")),
    )
    with op.batch_alter_table("cohort_member", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_cohort_member_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "cohort_reminder",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("cohort_id", sa.String(length=22), nullable=False),
        sa.Column("person_id", sa.String(length=22), nullable=False),
        sa.Column("at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["cohort_id"], ["cohort.id"], name=op.f("fk_cohort_reminder_cohort_id_cohort"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_cohort_reminder_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cohort_reminder")),
    )
    with op.batch_alter_table("cohort_reminder", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cohort_reminder_at_utc"), ["at_utc"], unique=False)
        batch_op.create_index("ix_cohort_reminder_cohort", ["cohort_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_cohort_reminder_person_id"), ["person_id"], unique=False)


def downgrade() -> None:
    """And back."""
    for table in (
        "cohort_reminder",
        "cohort_consent",
        "cohort_invitation",
        "cohort_member",
        "cohort",
    ):
        op.drop_table(table)
