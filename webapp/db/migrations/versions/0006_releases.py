"""Rounds of cohorts, what they were told in each, and the documents of that."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """There."""
    op.create_table(
        "cohort_release",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("cohort_id", sa.String(length=22), nullable=False),
        sa.Column("questionnaire", sa.String(length=100), nullable=False),
        sa.Column("version", sa.String(length=100), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("told", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("by_person_id", sa.String(length=22), nullable=True),
        sa.Column("released_utc", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_person_id"],
            ["person.id"],
            name=op.f("fk_cohort_release_by_person_id_person"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["cohort_id"], ["cohort.id"], name=op.f("fk_cohort_release_cohort_id_cohort"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cohort_release")),
        sa.UniqueConstraint(
            "cohort_id",
            "questionnaire",
            "number",
            name=op.f("uq_cohort_release_cohort_id_questionnaire_number"),
        ),
        sa.UniqueConstraint(
            "cohort_id",
            "questionnaire",
            "round",
            name=op.f("uq_cohort_release_cohort_id_questionnaire_round"),
        ),
    )
    with op.batch_alter_table("cohort_release", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cohort_release_by_person_id"), ["by_person_id"], unique=False)

    op.create_table(
        "cohort_round",
        sa.Column("cohort_id", sa.String(length=22), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("by_person_id", sa.String(length=22), nullable=True),
        sa.Column("created_utc", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_person_id"],
            ["person.id"],
            name=op.f("fk_cohort_round_by_person_id_person"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["cohort_id"], ["cohort.id"], name=op.f("fk_cohort_round_cohort_id_cohort"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("cohort_id", "number", name=op.f("pk_cohort_round")),
    )
    with op.batch_alter_table("cohort_round", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cohort_round_by_person_id"), ["by_person_id"], unique=False)

    op.create_table(
        "release_document",
        sa.Column("release_id", sa.String(length=22), nullable=False),
        sa.Column("language", sa.String(length=100), nullable=False),
        sa.Column("key", sa.String(length=300), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("size_bytes", sa.Integer(), nullable=True),
        sa.Column("ready_utc", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["release_id"],
            ["cohort_release.id"],
            name=op.f("fk_release_document_release_id_cohort_release"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("release_id", "language", name=op.f("pk_release_document")),
    )


def downgrade() -> None:
    """And back."""
    for table in ("release_document", "cohort_round", "cohort_release"):
        op.drop_table(table)
