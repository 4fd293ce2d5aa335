"""A participant's own sheet: where the company stands, what stands out, and the question to bring.

It is theirs alone: what they tell others is for them to choose. Without pre-work it says what the gathering
is and what to think about. One page each: what has no room is cut with a sign, the foot is for writing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from assessment.gathering.prework import DimensionLine, Pick, Readiness, Sheet
from assessment.scoring.levels import rounded
from reports.charts import TOP
from reports.gathering.agenda import AgendaLine, agenda_lines
from reports.gathering.desk import PackDesk
from reports.gathering.material import Person
from reports.qr import QrCode

MOST_POINTS, FEW_POINTS = 7, 5
"""How many points of the agenda are shown to those without pre-work; how many leave room for more lines."""

MANY_STANDS = 16
"""With more dimensions the letters are smaller and texts shorter."""

_THINK = ("think_proud", "think_stuck", "think_meet")


@dataclass(frozen=True, slots=True)
class Stand:
    """Where the company stands in one dimension. ``share``: of the whole bar, in per cent; None: no bar.

    ``is_open``: a level that is not certain; its words say so too.
    """

    dimension: str
    score: str
    level: str
    share: str | None
    is_open: bool


@dataclass(frozen=True, slots=True)
class Profile:
    """The dimensions of one questionnaire."""

    questionnaire: str
    stands: tuple[Stand, ...]


@dataclass(frozen=True, slots=True)
class OwnQuestion:
    """The question to bring; ``why``: what to do with it. Without a question there is room for one."""

    question: str
    why: str


@dataclass(frozen=True, slots=True)
class Prework:
    """What follows from the pre-work. ``missing``: what is not handed in yet, empty where nothing is."""

    profiles: tuple[Profile, ...]
    is_dense: bool
    strengths: tuple[str, ...]
    gaps: tuple[str, ...]
    bring: OwnQuestion
    missing: str


@dataclass(frozen=True, slots=True)
class NoPrework:
    """What stands in its place. ``points_left``: about the points without room, empty where all have."""

    about: str
    agenda: tuple[AgendaLine, ...]
    points_left: str
    think: tuple[str, ...]
    think_rules: range


@dataclass(frozen=True, slots=True)
class ParticipantPage:
    """One sheet. ``prework``: None for somebody without; then ``instead``."""

    gathering: str
    name: str
    company: str
    facts: str
    qr: QrCode | None
    prework: Prework | None
    instead: NoPrework | None


def participant_pages(desk: PackDesk) -> Iterator[ParticipantPage]:
    """A sheet for every participant, by name."""
    for person in desk.participants:
        own = desk.own(person)
        sheet = person.sheet if person.sheet is not None and person.sheet.dimensions else None
        yield ParticipantPage(
            gathering=desk.title,
            name=own.name,
            company=own.company,
            facts=desk.when_and_where,
            qr=desk.own_code(person.address),
            prework=None if sheet is None else _prework(desk, sheet, person),
            instead=_instead(desk, person) if sheet is None else None,
        )


def _prework(desk: PackDesk, sheet: Sheet, person: Person) -> Prework:
    missing, profiles = _missing(desk, person.readiness), tuple(_profiles(desk, sheet.dimensions))
    return Prework(
        profiles=profiles,
        is_dense=sum(len(profile.stands) for profile in profiles) > MANY_STANDS,
        strengths=_questions(desk, sheet.strengths),
        gaps=_questions(desk, sheet.gaps),
        bring=_bring(desk, sheet),
        missing=desk.voice.say("missing_part", names=missing) if missing else "",
    )


def _profiles(desk: PackDesk, lines: Sequence[DimensionLine]) -> Iterator[Profile]:
    for questionnaire in dict.fromkeys(line.questionnaire for line in lines):
        of_it = [line for line in lines if line.questionnaire == questionnaire]
        stands = [_stand(desk, line) for line in of_it if _dimension(desk, line)]
        if stands:
            yield Profile(desk.questionnaire(questionnaire), tuple(stands))


def _dimension(desk: PackDesk, line: DimensionLine) -> str:
    voice = desk.voices.get(line.questionnaire)
    return "" if voice is None else voice.texts.get(f"dimensions/{line.dimension}/title", "")


def _stand(desk: PackDesk, line: DimensionLine) -> Stand:
    words, voice = desk.voice.words, desk.voices[line.questionnaire]
    level = words["withheld"] if line.level is None else f"{line.level} {voice.level(line.level)}"
    is_open = line.status == "provisional"
    return Stand(
        dimension=_dimension(desk, line),
        score=words["none"] if line.score is None else voice.score(line.score, 1),
        level=f"{level} ({words['provisional']})" if is_open else level,
        share=None if line.score is None or line.level is None else rounded(line.score * 100 / TOP, 0),
        is_open=is_open,
    )


def _questions(desk: PackDesk, picks: Iterable[Pick]) -> tuple[str, ...]:
    return tuple(filter(None, (desk.question(pick.questionnaire, pick.question) for pick in picks)))


def _bring(desk: PackDesk, sheet: Sheet) -> OwnQuestion:
    words, bring = desk.voice.words, sheet.bring
    question = "" if bring is None else desk.question(bring.questionnaire, bring.question)
    if bring is None or not question:
        return OwnQuestion("", words["bring_none"])
    return OwnQuestion(question, words[f"bring_{bring.kind}"])


def _instead(desk: PackDesk, person: Person) -> NoPrework:
    words, points = desk.voice.words, tuple(agenda_lines(desk))
    missing, left = _missing(desk, person.readiness), len(points) - MOST_POINTS
    return NoPrework(
        about=desk.voice.say("missing_all", names=missing) if missing else words["no_profile"],
        agenda=points[:MOST_POINTS],
        points_left=desk.voice.say("more", count=left) if left > 0 else "",
        think=tuple(words[key] for key in _THINK),
        think_rules=range(2 if len(points) <= FEW_POINTS else 1),
    )


def _missing(desk: PackDesk, readiness: Readiness | None) -> str:
    """The names of what is not handed in; empty where nothing is missing, or nothing is known."""
    found = () if readiness is None else readiness.missing
    return desk.voice.listed([name for id_ in found if (name := desk.questionnaire(id_))])
