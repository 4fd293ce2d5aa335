"""What a programme consists of: its partners, its two parts and its own activities.

Plain values, as they stand in the one file that carries a programme to another installation
(:mod:`questionnaires.programme_file`) and as the web application keeps them. The activities are
those of :mod:`questionnaires.activities` with what only a programme knows: when, where, who, and what
remains afterwards. No activity requires another. Source of the record: docs/definitions.md, programmes.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Annotated, Literal, TypeAlias
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from pydantic import BeforeValidator, Field, PlainSerializer
from pydantic_core import PydanticKnownError

from questionnaires.activities import MAX_ACTIVITIES, MAX_ADDRESSES, MAX_QUESTIONNAIRES, Activity, Address
from questionnaires.programme_values import Paragraph, WebAddress, Words
from questionnaires.support import MAX_ACTORS, SupportActor, elsewhere
from questionnaires.values import Frozen, Id, Language, ShortText

MAX_PARTNERS = 30
MAX_CHAPTERS = 100
MAX_PRESENTATIONS = 20
MAX_AGENDA = 40
MAX_CAPACITY = 100_000
MAX_DAY_SECONDS = 86_400

PartnerRole: TypeAlias = Literal["organiser", "content_owner", "advisor_team", "reader"]
"""What a partner organisation does in a programme; one may do several things."""

INSTANT_FORM = "YYYY-MM-DDTHH:MMZ: a moment in UTC, with seconds if wanted"

_INSTANT = re.compile(r"2[01][0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2})?Z")
_TAKES_TIME_IN_QUERY = ("youtube.com", "www.youtube.com", "m.youtube.com", "youtu.be")


def _instant(value: object) -> datetime:
    """Text in a file, or a moment of the program's own in UTC; the year is from 2000 to 2199."""
    if isinstance(value, datetime):
        value = value.isoformat() if value.tzinfo is None else written_instant(value)
    if not isinstance(value, str):
        raise PydanticKnownError("string_type")
    try:
        if _INSTANT.fullmatch(value):
            return datetime.fromisoformat(value).astimezone(UTC)
    except ValueError:
        pass  # a day or an hour that does not exist
    raise PydanticKnownError("string_pattern_mismatch", {"pattern": INSTANT_FORM})


def written_instant(moment: datetime) -> str:
    """A moment as it stands in a file: ``2027-02-03T08:00:00Z``; parts of a second are cut off."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


Instant = Annotated[
    datetime, BeforeValidator(_instant), PlainSerializer(written_instant, return_type=str, when_used="json")
]
"""A moment in UTC, to the second."""


class PartnerOrganisation(Frozen):
    """An organisation behind a programme. ``roles``: each once."""

    name: ShortText
    roles: tuple[PartnerRole, ...] = Field(min_length=1, max_length=4)
    url: WebAddress | None = None


class Chapter(Frozen):
    """A place in a recording. ``title``: in the language of the activity.

    ``addresses``: the questions it helps with, as those of an activity. ``url``: its own address,
    where the one made from the recording's does not lead to it.
    """

    starts_at_seconds: Annotated[int, Field(ge=0, lt=MAX_DAY_SECONDS)]
    title: ShortText
    addresses: tuple[Address, ...] = Field(default=(), max_length=MAX_ADDRESSES)
    url: WebAddress | None = None


class Recording(Frozen):
    """What was recorded, and its chapters in the order of time."""

    url: WebAddress
    chapters: tuple[Chapter, ...] = Field(default=(), max_length=MAX_CHAPTERS)


class Presentation(Frozen):
    """A file that was shown."""

    title: ShortText
    url: WebAddress


class AgendaItem(Frozen):
    """One point of an agenda. ``minutes``: how long it takes; None when not set."""

    title: Words
    minutes: Annotated[int, Field(ge=1, le=1440)] | None = None


class ProgrammeActivity(Activity):
    """An activity as one programme holds it; what the programme has not set is None or empty.

    It may help with no question at all, and an advanced one may build on none. ``language``: what is
    spoken. ``prework``: the questionnaires that are handed in before. ``starts``, ``ends``: UTC.
    """

    questionnaires: tuple[Id, ...] = Field(default=(), max_length=MAX_QUESTIONNAIRES)
    addresses: tuple[Address, ...] = Field(default=(), max_length=MAX_ADDRESSES)
    source: ShortText = "the programme"
    about: Paragraph | None = None
    speaker: ShortText | None = None
    language: Language | None = None
    audience: Words | None = None
    starts: Instant | None = None
    ends: Instant | None = None
    place: ShortText | None = None
    capacity: Annotated[int, Field(ge=1, le=MAX_CAPACITY)] | None = None
    prework: tuple[Id, ...] = Field(default=(), max_length=MAX_QUESTIONNAIRES)
    agenda: tuple[AgendaItem, ...] = Field(default=(), max_length=MAX_AGENDA)
    recording: Recording | None = None
    presentations: tuple[Presentation, ...] = Field(default=(), max_length=MAX_PRESENTATIONS)
    is_cancelled: bool = False


class Part(Frozen):
    """One of the two parts of a programme."""

    title: Words
    about: Paragraph | None = None


class Parts(Frozen):
    """The basic part and the advanced one; an activity's ``depth`` says to which it belongs."""

    basic: Part
    advanced: Part


class ProgrammeFrame(Frozen):
    """What a programme is beside its activities. ``format``: of the file; ``actors``: who helps companies."""

    format: Literal[1] = 1
    name: Words
    about: Paragraph | None = None
    partners: tuple[PartnerOrganisation, ...] = Field(default=(), max_length=MAX_PARTNERS)
    parts: Parts
    actors: tuple[SupportActor, ...] = Field(default=(), max_length=MAX_ACTORS)


class ProgrammeTemplate(ProgrammeFrame):
    """A whole programme as one value, in the order in which it is shown."""

    activities: tuple[ProgrammeActivity, ...] = Field(default=(), max_length=MAX_ACTIVITIES)


_OF_ONE_INTAKE = ("speaker", "starts", "ends", "place", "capacity", "is_cancelled")


def blank_copy(programme: ProgrammeTemplate) -> ProgrammeTemplate:
    """What another county starts from: without partners, dates, places, people and help for one area only.

    Recordings stay.
    """
    nothing = {name: ProgrammeActivity.model_fields[name].default for name in _OF_ONE_INTAKE}
    activities = tuple(activity.model_copy(update=nothing) for activity in programme.activities)
    return programme.model_copy(
        update={"partners": (), "activities": activities, "actors": elsewhere(programme.actors)}
    )


def chapter_address(recording: Recording, chapter: Chapter) -> str:
    """Where a chapter is seen: its own address, else the recording's with the seconds.

    The seconds are a media fragment ``#t=`` (W3C, Media Fragments URI 1.0, 4.2.1), in the query
    where a video service wants it there; an address that has a fragment already stays as it is.
    """
    if chapter.url is not None:
        return chapter.url
    parts = urlsplit(recording.url)
    seconds = str(chapter.starts_at_seconds)
    if parts.hostname in _TAKES_TIME_IN_QUERY:
        query = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0] != "t"]
        return urlunsplit(parts._replace(query=urlencode([*query, ("t", f"{seconds}s")])))
    return recording.url if parts.fragment else f"{recording.url}#t={seconds}"
