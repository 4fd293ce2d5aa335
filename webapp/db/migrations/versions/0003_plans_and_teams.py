"""What companies agree to do, who advises in a programme, and what is due."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """There."""
    op.create_table(
        "programme_advisor",
        sa.Column("programme_id", sa.String(length=22), nullable=False),
        sa.Column("person_id", sa.String(length=22), nullable=False),
        sa.Column("since_utc", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_programme_advisor_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f("fk_programme_advisor_programme_id_programme"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("programme_id", "person_id", name=op.f("pk_programme_advisor")),
    )
    with op.batch_alter_table("programme_advisor", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_programme_advisor_person_id"), ["person_id"], unique=False)

    op.create_table(
        "agreed_action",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("organisation_id", sa.String(length=22), nullable=False),
        sa.Column("assessment_id", sa.String(length=22), nullable=False),
        sa.Column("question_id", sa.String(length=100), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("owner", sa.String(length=300), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("effort", sa.String(length=100), nullable=True),
        sa.Column("status", sa.String(length=100), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("started_by", sa.String(length=22), nullable=True),
        sa.Column("started_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_person_id", sa.String(length=22), nullable=True),
        sa.Column("at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["assessment.id"],
            name=op.f("fk_agreed_action_assessment_id_assessment"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["by_person_id"],
            ["person.id"],
            name=op.f("fk_agreed_action_by_person_id_person"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_agreed_action_organisation_id_organisation"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["started_by"],
            ["person.id"],
            name=op.f("fk_agreed_action_started_by_person"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreed_action")),
    )
    with op.batch_alter_table("agreed_action", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agreed_action_assessment_id"), ["assessment_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_agreed_action_by_person_id"), ["by_person_id"], unique=False)
        batch_op.create_index(
            "ix_agreed_action_organisation_status", ["organisation_id", "status"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_agreed_action_started_by"), ["started_by"], unique=False)

    op.create_table(
        "agreed_action_change",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("action_id", sa.String(length=22), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("by_person_id", sa.String(length=22), nullable=True),
        sa.Column("at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["action_id"],
            ["agreed_action.id"],
            name=op.f("fk_agreed_action_change_action_id_agreed_action"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["by_person_id"],
            ["person.id"],
            name=op.f("fk_agreed_action_change_by_person_id_person"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreed_action_change")),
        sa.UniqueConstraint("action_id", "version", name=op.f("uq_agreed_action_change_action_id_version")),
    )
    with op.batch_alter_table("agreed_action_change", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_agreed_action_change_by_person_id"), ["by_person_id"], unique=False
        )

    with op.batch_alter_table("assessment", schema=None) as batch_op:
        batch_op.add_column(sa.Column("due_on", sa.Date(), nullable=True))

    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.add_column(sa.Column("told_utc", sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table("programme", schema=None) as batch_op:
        batch_op.add_column(sa.Column("review_days", sa.Integer(), server_default="14", nullable=False))

    with op.batch_alter_table("programme_staff", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("is_method_owner", sa.Boolean(), server_default=sa.false(), nullable=False)
        )


def downgrade() -> None:
    """And back."""
    with op.batch_alter_table("programme_staff", schema=None) as batch_op:
        batch_op.drop_column("is_method_owner")
    with op.batch_alter_table("programme", schema=None) as batch_op:
        batch_op.drop_column("review_days")
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_column("told_utc")
    with op.batch_alter_table("assessment", schema=None) as batch_op:
        batch_op.drop_column("due_on")
    op.drop_table("agreed_action_change")
    op.drop_table("agreed_action")
    op.drop_table("programme_advisor")
