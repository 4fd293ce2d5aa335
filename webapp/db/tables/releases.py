"""What a cohort was told of itself, once and for all: its rounds, its releases and their documents."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from webapp.db.ids import ID_LENGTH
from webapp.db.tables.base import (
    HASH_LENGTH,
    Base,
    Body,
    Code,
    Hash,
    OwnId,
    Time,
    UtcTime,
    mentions_person,
    refers,
)


class CohortRound(Base):
    """A round after the first, which begins when its cohort opens. ``number``: from 2."""

    __tablename__ = "cohort_round"

    cohort_id: Mapped[str] = mapped_column(
        String(ID_LENGTH), ForeignKey("cohort.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True)
    begins_on: Mapped[date] = mapped_column(Date)
    by_person_id: Mapped[str | None] = mentions_person()
    created_utc: Mapped[Time]


class CohortRelease(Base):
    """What a cohort was told of one questionnaire in one round.

    ``told``: the text that was released, of which ``sha256`` is. ``basis``: the exact figures it was made of,
    for the audit of later releases; never read for anything else, and shown to nobody. ``version``: of the
    questionnaire, whose words it is told in.
    """

    __tablename__ = "cohort_release"

    id: Mapped[OwnId]
    cohort_id: Mapped[str] = refers("cohort.id", index=False)
    questionnaire: Mapped[Code]
    version: Mapped[Code]
    round: Mapped[int]
    number: Mapped[int]
    told: Mapped[Body]
    basis: Mapped[str] = mapped_column(Text, deferred=True)
    sha256: Mapped[Hash]
    by_person_id: Mapped[str | None] = mentions_person()
    released_utc: Mapped[Time]

    __table_args__ = (
        UniqueConstraint("cohort_id", "questionnaire", "round"),
        UniqueConstraint("cohort_id", "questionnaire", "number"),
    )


class ReleaseDocument(Base):
    """The PDF of a release in one language: ready when it has a ``key`` of the file store."""

    __tablename__ = "release_document"

    release_id: Mapped[str] = mapped_column(
        String(ID_LENGTH), ForeignKey("cohort_release.id", ondelete="CASCADE"), primary_key=True
    )
    language: Mapped[Code] = mapped_column(primary_key=True)
    key: Mapped[str | None] = mapped_column(String(300))
    sha256: Mapped[str | None] = mapped_column(String(HASH_LENGTH))
    size_bytes: Mapped[int | None]
    ready_utc: Mapped[datetime | None] = mapped_column(UtcTime)
