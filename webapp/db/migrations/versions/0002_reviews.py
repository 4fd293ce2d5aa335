"""What advisors make of what was handed in."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """There."""
    op.create_table(
        "accepted_dimension",
        sa.Column("assessment_id", sa.String(length=22), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("dimension_id", sa.String(length=100), nullable=False),
        sa.Column("by_person_id", sa.String(length=22), nullable=True),
        sa.Column("at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["assessment.id"],
            name=op.f("fk_accepted_dimension_assessment_id_assessment"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["by_person_id"],
            ["person.id"],
            name=op.f("fk_accepted_dimension_by_person_id_person"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint(
            "assessment_id", "number", "dimension_id", name=op.f("pk_accepted_dimension")
        ),
    )
    with op.batch_alter_table("accepted_dimension", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_accepted_dimension_by_person_id"), ["by_person_id"], unique=False
        )

    op.create_table(
        "question_review",
        sa.Column("assessment_id", sa.String(length=22), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.String(length=100), nullable=False),
        sa.Column("rating", sa.String(length=100), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("is_confirmed", sa.Boolean(), nullable=False),
        sa.Column("first_rating", sa.String(length=100), nullable=True),
        sa.Column("first_by", sa.String(length=22), nullable=True),
        sa.Column("was_blind", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("by_person_id", sa.String(length=22), nullable=True),
        sa.Column("at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["assessment.id"],
            name=op.f("fk_question_review_assessment_id_assessment"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["by_person_id"],
            ["person.id"],
            name=op.f("fk_question_review_by_person_id_person"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["first_by"], ["person.id"], name=op.f("fk_question_review_first_by_person"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("assessment_id", "number", "question_id", name=op.f("pk_question_review")),
    )
    with op.batch_alter_table("question_review", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_question_review_by_person_id"), ["by_person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_question_review_first_by"), ["first_by"], unique=False)

    op.create_table(
        "question_review_change",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("assessment_id", sa.String(length=22), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.String(length=100), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("by_person_id", sa.String(length=22), nullable=True),
        sa.Column("at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["assessment.id"],
            name=op.f("fk_question_review_change_assessment_id_assessment"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["by_person_id"],
            ["person.id"],
            name=op.f("fk_question_review_change_by_person_id_person"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_review_change")),
        sa.UniqueConstraint(
            "assessment_id",
            "number",
            "question_id",
            "version",
            name=op.f("uq_question_review_change_assessment_id_number_question_id_version"),
        ),
    )
    with op.batch_alter_table("question_review_change", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_question_review_change_by_person_id"), ["by_person_id"], unique=False
        )

    op.create_table(
        "review_note",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("assessment_id", sa.String(length=22), nullable=False),
        sa.Column("question_id", sa.String(length=100), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("is_shared", sa.Boolean(), nullable=False),
        sa.Column("person_id", sa.String(length=22), nullable=True),
        sa.Column("at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_utc", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["assessment.id"],
            name=op.f("fk_review_note_assessment_id_assessment"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_review_note_person_id_person"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_note")),
    )
    with op.batch_alter_table("review_note", schema=None) as batch_op:
        batch_op.create_index(
            "ix_review_note_assessment_question", ["assessment_id", "question_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_review_note_person_id"), ["person_id"], unique=False)

    op.create_table(
        "review_request",
        sa.Column("assessment_id", sa.String(length=22), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.String(length=100), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_person_id", sa.String(length=22), nullable=True),
        sa.Column("at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["assessment.id"],
            name=op.f("fk_review_request_assessment_id_assessment"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["by_person_id"],
            ["person.id"],
            name=op.f("fk_review_request_by_person_id_person"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("assessment_id", "number", "question_id", name=op.f("pk_review_request")),
    )
    with op.batch_alter_table("review_request", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_review_request_by_person_id"), ["by_person_id"], unique=False)

    op.create_table(
        "approval",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("assessment_id", sa.String(length=22), nullable=False),
        sa.Column("submission_id", sa.String(length=22), nullable=False),
        sa.Column("review", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column("by_person_id", sa.String(length=22), nullable=True),
        sa.Column("at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_utc", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["assessment.id"],
            name=op.f("fk_approval_assessment_id_assessment"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["by_person_id"], ["person.id"], name=op.f("fk_approval_by_person_id_person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"],
            ["submission.id"],
            name=op.f("fk_approval_submission_id_submission"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval")),
    )
    with op.batch_alter_table("approval", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_approval_assessment_id"), ["assessment_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_approval_by_person_id"), ["by_person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_approval_submission_id"), ["submission_id"], unique=False)

    with op.batch_alter_table("programme", schema=None) as batch_op:
        batch_op.add_column(sa.Column("rates_blind", sa.Boolean(), server_default=sa.false(), nullable=False))

    # ### end Alembic commands ###


def downgrade() -> None:
    """And back."""
    with op.batch_alter_table("programme", schema=None) as batch_op:
        batch_op.drop_column("rates_blind")

    with op.batch_alter_table("approval", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_approval_submission_id"))
        batch_op.drop_index(batch_op.f("ix_approval_by_person_id"))
        batch_op.drop_index(batch_op.f("ix_approval_assessment_id"))

    op.drop_table("approval")
    with op.batch_alter_table("review_request", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_review_request_by_person_id"))

    op.drop_table("review_request")
    with op.batch_alter_table("review_note", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_review_note_person_id"))
        batch_op.drop_index("ix_review_note_assessment_question")

    op.drop_table("review_note")
    with op.batch_alter_table("question_review_change", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_question_review_change_by_person_id"))

    op.drop_table("question_review_change")
    with op.batch_alter_table("question_review", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_question_review_first_by"))
        batch_op.drop_index(batch_op.f("ix_question_review_by_person_id"))

    op.drop_table("question_review")
    with op.batch_alter_table("accepted_dimension", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_accepted_dimension_by_person_id"))

    op.drop_table("accepted_dimension")
    # ### end Alembic commands ###
