"""What pages say of a gathering's tables: why there are none, rules, what is broken, why people meet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assessment.gathering.editing import Breach
from assessment.gathering.prework import Readiness
from assessment.gathering.reasons import TableReason
from assessment.gathering.seats import Rule, SeatingRefused
from questionnaires.values import Language
from reports.gathering.desk import lay_out
from reports.gathering.material import GatheringFacts, PackMaterial, Person
from reports.gathering.participant import Prework, participant_pages
from reports.translations.gathering import GATHERING_WORDS
from webapp.auth import current
from webapp.services.gatheringpapers import Paper, PaperState
from webapp.services.gatherings import Guest, Room
from webapp.services.gatheringseats import Seating
from webapp.services.owngathering import OwnCompany, OwnGathering
from webapp.views.documentpages import size_words
from webapp.views.page import voice


@dataclass(frozen=True, slots=True)
class SeatView:
    """Somebody at a table. ``remarks``: their company, and what else staff should know of them."""

    guest: Guest
    is_locked: bool
    remarks: str


@dataclass(frozen=True, slots=True)
class TableView:
    """A table with who sits there, why, and what does not hold there. ``number``: from 1."""

    number: int
    seats: tuple[SeatView, ...]
    shared: tuple[str, ...]
    helps: tuple[str, ...]
    broken: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RefusalView:
    """Why there are no tables. ``rules``, ``locked``: what is in the way; ``people``: whom it is about."""

    why: str
    advice: str
    rules: tuple[str, ...]
    locked: tuple[str, ...]
    people: str


def topic_text(topic: str) -> str:
    """The question a topic is about, as its newest version words it; the id of one that is gone."""
    questionnaire, _, question = topic.partition("/")
    shelved = current.site().shelf.newest(questionnaire)
    texts = {} if shelved is None else shelved.plan.questionnaire.words(current.language())
    return texts.get(f"questions/{question}/text", question)


def questionnaire_titles(ids: Iterable[str]) -> str:
    """The titles of questionnaires, as a sentence lists them."""
    found = (current.site().shelf.newest(id_) for id_ in ids)
    return voice().listed([one.title(current.language()) for one in found if one is not None])


def table_views(found: Seating) -> tuple[TableView, ...]:
    """The tables in words."""
    room = found.room
    return tuple(
        TableView(
            number=at + 1,
            seats=tuple(
                SeatView(guest, id_ in room.plan.locked, _remarks(guest))
                for id_ in table
                if (guest := room.guest(id_)) is not None
            ),
            shared=tuple(_shared(room, reason)),
            helps=tuple(_helps(room, reason)),
            broken=tuple(_breach(room, one) for one in found.breaches if at in one.tables),
        )
        for at, (table, reason) in enumerate(zip(room.plan.tables, found.reasons, strict=True))
    )


def _remarks(guest: Guest) -> str:
    words = current.words()
    said = [guest.organisation]
    if guest.is_facilitator:
        said.append(words.say("gatherings.facilitator"))
    if not guest.is_open:
        said.append(words.say("gatherings.not_named"))
    return " · ".join(filter(None, said))


def standing_names(found: Seating) -> str:
    """Those who are there and have no seat; empty where everybody has one."""
    return names(
        found.room, [id_ for one in found.breaches if one.kind == "not_placed" for id_ in one.people]
    )


def _shared(room: Room, reason: TableReason) -> Iterable[str]:
    words = current.words()
    for one in reason.shared:
        yield words.say("gatherings.shared_by", topic=topic_text(one.topic), people=names(room, one.people))


def _helps(room: Room, reason: TableReason) -> Iterable[str]:
    words = current.words()
    for one in reason.helps:
        yield words.say(
            "gatherings.can_help",
            helper=name(room, one.helper),
            helped=name(room, one.helped),
            topic=topic_text(one.topic),
        )


def _breach(room: Room, one: Breach) -> str:
    words = current.words()
    if one.rule is not None:
        return words.say("gatherings.breach_rule", rule=rule_words(room, one.rule))
    return words.say(f"gatherings.breach_{one.kind}", people=names(room, one.people))


def rule_words(room: Room, rule: Rule) -> str:
    """A rule as a sentence."""
    words = current.words()
    if rule.of == "people":
        return words.say(f"gatherings.rule_{rule.kind}_people", names=names(room, sorted(rule.members)))
    owners = {one.organisation_id: one.owner for one in room.guests}
    called = [
        company for id_, company in room.companies.items() if not rule.members.isdisjoint((id_, owners[id_]))
    ]
    return words.say(f"gatherings.rule_{rule.kind}_owners", names=voice().listed(called))


def refusal_words(room: Room, refused: SeatingRefused) -> RefusalView:
    """Why the tables cannot be as they are asked for, and what can be done."""
    words, settings = current.words(), room.settings
    return RefusalView(
        why=words.say(
            f"gatherings.refused_{refused.reason}",
            people=len(room.present),
            least=settings.min_seats,
            most=settings.max_seats,
            tables=settings.tables or words.say("gatherings.as_many_as_needed"),
        ),
        advice=words.say(f"gatherings.refused_{refused.reason}_advice"),
        rules=tuple(rule_words(room, rule) for rule in refused.rules),
        locked=tuple(_locked(room, id_) for id_ in refused.locked),
        people=names(room, refused.people),
    )


def _locked(room: Room, id_: str) -> str:
    at = room.plan.table_of(id_)
    return current.words().say("gatherings.is_locked", name=name(room, id_), table=(at or 0) + 1)


def name(room: Room, id_: str) -> str:
    """What somebody who comes is called, with their company."""
    guest = room.guest(id_)
    if guest is None:
        return current.words().say("gatherings.somebody")
    return f"{guest.name} ({guest.organisation})" if guest.organisation else guest.name


def names(room: Room, ids: Sequence[str]) -> str:
    """Several of them, as a sentence lists them."""
    return voice().listed([name(room, id_) for id_ in ids])


@dataclass(frozen=True, slots=True)
class PaperItem:
    """A paper in one language. ``size``: in words."""

    language: Language
    state: PaperState
    id: str
    size: str


def paper_views(papers: Iterable[Paper]) -> list[tuple[str, list[PaperItem]]]:
    """Papers by kind, each in every language, the page's own first."""
    own, found = current.language(), dict[str, list[PaperItem]]()
    for one in sorted(papers, key=lambda paper: paper.language != own):
        item = PaperItem(one.language, one.state, one.id, size_words(one.size_bytes))
        found.setdefault(one.kind, []).append(item)
    return list(found.items())


@dataclass(frozen=True, slots=True)
class CompanyView:
    """A company of the reader's on its page. ``sheet``: None before it has handed anything in.

    ``words``: of the printed sheet, so that both say the same.
    """

    name: str
    readiness: Readiness
    is_willing: bool
    sheet: Prework | None
    words: Mapping[str, str]


def company_views(found: OwnGathering) -> list[CompanyView]:
    """The reader's companies with their own sheets, as the printed ones say it."""
    words = GATHERING_WORDS[current.language()]
    return [
        CompanyView(one.name, one.readiness, one.is_willing, _sheet(one), words) for one in found.companies
    ]


def _sheet(one: OwnCompany) -> Prework | None:
    [page] = participant_pages(lay_out(_material(one)))
    return page.prework


def _material(one: OwnCompany) -> PackMaterial:
    brought = one.brought
    shelved = (current.site().shelf.newest(id_) for id_ in (brought.questionnaires if brought else ()))
    person = Person("own", "", one.name, sheet=brought.sheet if brought else None)
    return PackMaterial(
        gathering=GatheringFacts(""),
        language=current.language(),
        programme="",
        people=(person,),
        questionnaires={held.id: held.plan.questionnaire for held in shelved if held is not None},
    )
