"""People, how they sign in, and the sessions they have open."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from webapp.db.ids import ID_LENGTH
from webapp.db.tables.base import (
    HASH_LENGTH,
    Base,
    Code,
    Hash,
    Name,
    OwnId,
    Serial,
    Time,
    UtcTime,
    mentions_person,
    refers,
)


class Person(Base):
    """Somebody who uses the application; without an e-mail address it is a trial, for 30 days.

    ``subject``: who they are at the identity provider (issuer and subject), where they came that way.
    ``wants_mail``: to be told what colleagues and advisors do; links to sign in are sent anyway.
    ``told_utc``: when they last got the daily mail about what waits for them.
    """

    __tablename__ = "person"

    id: Mapped[OwnId]
    email: Mapped[str | None] = mapped_column(String(254), unique=True)
    subject: Mapped[str | None] = mapped_column(String(500), unique=True)
    name: Mapped[Name] = mapped_column(default="")
    language: Mapped[Code] = mapped_column(default="nb")
    is_trial: Mapped[bool] = mapped_column(default=False)
    wants_mail: Mapped[bool] = mapped_column(default=True)
    told_utc: Mapped[datetime | None] = mapped_column(UtcTime)
    created_utc: Mapped[Time]
    seen_utc: Mapped[Time] = mapped_column(index=True)


class BrowserSession(Base):
    """A browser that is signed in. Only the hash of its token is kept.

    ``seen_utc``: the last request that kept it alive; ``ends_utc``: when it ends whatever happens.
    """

    __tablename__ = "browser_session"

    hash: Mapped[Hash] = mapped_column(primary_key=True)
    person_id: Mapped[str] = refers("person.id")
    created_utc: Mapped[Time]
    seen_utc: Mapped[Time]
    ends_utc: Mapped[Time] = mapped_column(index=True)


class SigninLink(Base):
    """A link that signs somebody in once.

    ``browser_hash``: of the browser that asked, and ``code_hash``: of the code it shows, for another one;
    both None for links that are not bound. ``tries``: wrong codes so far.
    """

    __tablename__ = "signin_link"

    id: Mapped[OwnId]
    hash: Mapped[str | None] = mapped_column(String(HASH_LENGTH), unique=True)
    email: Mapped[str] = mapped_column(String(254), index=True)
    person_id: Mapped[str | None] = mapped_column(
        String(ID_LENGTH), ForeignKey("person.id", ondelete="CASCADE"), index=True
    )
    language: Mapped[Code]
    next_path: Mapped[str] = mapped_column(String(500), default="")
    browser_hash: Mapped[str | None] = mapped_column(String(HASH_LENGTH))
    code_hash: Mapped[str | None] = mapped_column(String(HASH_LENGTH))
    tries: Mapped[int] = mapped_column(default=0)
    asker_hash: Mapped[str | None] = mapped_column(String(HASH_LENGTH))
    created_utc: Mapped[Time] = mapped_column(index=True)
    ends_utc: Mapped[Time]
    used_utc: Mapped[datetime | None] = mapped_column(UtcTime)

    __table_args__ = (Index("ix_signin_link_asker_created", "asker_hash", "created_utc"),)


class AddressChange(Base):
    """Another address somebody wants to have; theirs once the link that was sent to it is used.

    ``old_email``: whom to tell that it was changed.
    """

    __tablename__ = "address_change"

    id: Mapped[OwnId]
    hash: Mapped[str | None] = mapped_column(String(HASH_LENGTH), unique=True)
    person_id: Mapped[str] = refers("person.id")
    email: Mapped[str] = mapped_column(String(254), index=True)
    old_email: Mapped[str | None] = mapped_column(String(254))
    language: Mapped[Code]
    created_utc: Mapped[Time] = mapped_column(index=True)
    ends_utc: Mapped[Time]
    used_utc: Mapped[datetime | None] = mapped_column(UtcTime)


class Membership(Base):
    """A person of an organisation: ``owner`` or ``member``. A removed member has no row."""

    __tablename__ = "membership"

    id: Mapped[OwnId]
    organisation_id: Mapped[str] = refers("organisation.id")
    person_id: Mapped[str] = refers("person.id")
    role: Mapped[Code]
    since_utc: Mapped[Time]

    __table_args__ = (UniqueConstraint("organisation_id", "person_id"),)


class Invitation(Base):
    """A colleague who is asked to join; it is theirs who reach the address.

    ``assessment_id``, ``section_id``: what they were given to answer, if anything.
    """

    __tablename__ = "invitation"

    id: Mapped[OwnId]
    hash: Mapped[str | None] = mapped_column(String(HASH_LENGTH), unique=True)
    organisation_id: Mapped[str] = refers("organisation.id")
    email: Mapped[str] = mapped_column(String(254), index=True)
    role: Mapped[Code]
    language: Mapped[Code]
    assessment_id: Mapped[str | None] = refers("assessment.id", index=False)
    section_id: Mapped[str | None] = mapped_column(String(100))
    by_person_id: Mapped[str | None] = mentions_person()
    created_utc: Mapped[Time]
    ends_utc: Mapped[Time]
    used_utc: Mapped[datetime | None] = mapped_column(UtcTime)

    __table_args__ = (UniqueConstraint("organisation_id", "email"),)


class Tally(Base):
    """One of the things that may be done only so often, for a day. ``kind``: which.

    ``hash``: by which network or to which address; keyed, so that the row alone names nobody.
    """

    __tablename__ = "tally"

    id: Mapped[Serial]
    kind: Mapped[Code]
    hash: Mapped[Hash]
    at_utc: Mapped[Time] = mapped_column(index=True)

    __table_args__ = (Index("ix_tally_kind_hash_at", "kind", "hash", "at_utc"),)
