"""The blank questionnaire as frozen values: everything a reader or a pen needs, worked out beforehand."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fnmatch import fnmatchcase
from string import ascii_lowercase
from typing import Literal, TypeAlias

from questionnaires.model import Column, Fact, Option, Question, Questionnaire, Section, asked_at
from questionnaires.values import Depth, FactKind, Language, QuestionKind
from reports.blank.conditions import Known, condition_words, places_named
from reports.branding import NO_BRANDING, Branding, Logo
from reports.formatting import Voice, clean
from reports.sections.cover import Line, Picture
from reports.translations.blank import BLANK_WORDS

EMPTY_ROWS = 6
FACTS = "A"
"""What the numbers of the facts begin with; those of the questions begin with their section's."""

Form: TypeAlias = Literal["choice", "number", "text", "date", "table"]

FORMS: Mapping[QuestionKind, tuple[Form, str]] = {
    "single_choice": ("choice", "task_one"),
    "multiple_choice": ("choice", "task_several"),
    "yes_no": ("choice", "task_one"),
    "number": ("number", "task_number"),
    "text": ("text", "task_text"),
    "date": ("date", "task_date"),
    "table": ("table", "task_table"),
}
"""How each kind of question is filled in on paper, and the key of what is asked of the reader."""


@dataclass(frozen=True, slots=True)
class BlankMaterial:
    """What a blank questionnaire is made from. ``number``: the version, of a draft with ``-draft``."""

    questionnaire: Questionnaire
    number: str
    sha256: str
    depth: Depth
    language: Language
    branding: Branding = NO_BRANDING


@dataclass(frozen=True, slots=True)
class Front:
    """The first page's values; texts are empty where there is nothing to say."""

    title: str
    intro: str
    facts: tuple[Line, ...]
    programme: str
    contact: str
    logo: Picture | None
    partners: tuple[Picture, ...]


@dataclass(frozen=True, slots=True)
class FactLine:
    """One fact to fill in. ``only_for``: when it is asked, empty for always."""

    number: str
    text: str
    help: str
    only_for: str
    kind: FactKind
    is_optional: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of choices or scores. ``mark``: its score or letter; ``note``: what it goes with."""

    mark: str
    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question to fill in; texts and lists are empty where there is nothing to say.

    ``scores``: the anchors where they are not themselves the choices. ``columns``: a table's headings.
    """

    id: str
    number: str
    text: str
    only_for: str
    skip: str
    why: str
    evidence: str
    help: str
    form: Form
    task: str
    choices: tuple[Choice, ...]
    scores: tuple[Choice, ...]
    unit: str
    limits: str
    columns: tuple[str, ...]
    allows_not_applicable: bool


@dataclass(frozen=True, slots=True)
class BlankSection:
    """One section. ``worked_out``: names what nobody answers, empty where there is nothing such."""

    id: str
    number: str
    title: str
    intro: str
    questions: tuple[Asked, ...]
    worked_out: str


@dataclass(frozen=True, slots=True)
class BlankQuestionnaire:
    """A whole blank questionnaire. ``words``: its language's fixed words; ``running``: every page's foot."""

    language: str
    title: str
    about: str
    running: str
    accent: str
    identifier: str
    words: Mapping[str, str]
    front: Front
    facts_number: str
    facts: tuple[FactLine, ...]
    sections: tuple[BlankSection, ...]
    rows: tuple[int, ...]


def build_blank(material: BlankMaterial) -> BlankQuestionnaire:
    """The blank questionnaire of a version and depth. Pure: the same material gives the same."""
    questionnaire, language = material.questionnaire, material.language
    voice = Voice(language, BLANK_WORDS[language], questionnaire.words(language))
    desk = _lay_out(material, voice)
    title, depth = voice.texts["questionnaire/title"], voice.words[f"depth_{material.depth}"]
    version = voice.say("version_short", version=_version(material, voice))
    sections = tuple(_section(desk, number, page) for number, page in desk.pages.items())
    return BlankQuestionnaire(
        language=language,
        title=voice.say("document_title", questionnaire=title, depth=depth.lower()),
        about=voice.say("document_about", questionnaire=title, version=_version(material, voice)),
        running=" · ".join((title, depth, version)),
        accent=material.branding.accent,
        identifier=_identify(material),
        words=voice.words,
        front=_front(material, voice, sum(len(section.questions) for section in sections)),
        facts_number=FACTS,
        facts=tuple(_facts(desk)),
        sections=sections,
        rows=tuple(range(EMPTY_ROWS)),
    )


@dataclass(frozen=True, slots=True)
class _Desk:
    """The material with what is looked up in it. ``pages``: the sections the depth has, by number."""

    questionnaire: Questionnaire
    voice: Voice
    known: Known
    pages: Mapping[str, tuple[Section, tuple[Question, ...]]]

    def text(self, key: str) -> str:
        return self.voice.texts.get(key, "")


def _lay_out(material: BlankMaterial, voice: Voice) -> _Desk:
    questionnaire = material.questionnaire
    kept = ((s, tuple(q for q in s.questions if asked_at(q, material.depth))) for s in questionnaire.sections)
    pages = {str(at): page for at, page in enumerate((page for page in kept if page[1]), 1)}
    facts = [fact.id for fact in questionnaire.facts if fact.derived is None]
    numbers = {id_: f"{FACTS}{at}" for at, id_ in enumerate(facts, 1)}
    for number, (_, questions) in pages.items():
        asked = [question.id for question in questions if question.kind != "computed"]
        numbers |= {id_: f"{number}.{at}" for at, id_ in enumerate(asked, 1)}
    known = Known(voice, {fact.id: fact for fact in questionnaire.facts}, numbers)
    return _Desk(questionnaire, voice, known, pages)


def _identify(material: BlankMaterial) -> str:
    parts = (material.sha256, material.number, material.depth, material.language, "blank")
    return hashlib.sha256(json.dumps(parts).encode("ascii")).hexdigest()


def _version(material: BlankMaterial, voice: Voice) -> str:
    number = material.number.removesuffix("-draft")
    return number if number == material.number else voice.say("draft", version=number)


def _front(material: BlankMaterial, voice: Voice, count: int) -> Front:
    words, branding = voice.words, material.branding
    facts = (
        Line(words["depth_label"], words[f"depth_{material.depth}"]),
        Line(words["questions_label"], str(count)),
        Line(words["version_label"], _version(material, voice)),
        Line(words["language_label"], words["language"]),
    )
    programme = clean(branding.programme)
    return Front(
        title=voice.texts["questionnaire/title"],
        intro=voice.texts["questionnaire/intro"],
        facts=facts,
        programme=programme,
        contact=clean(branding.contact),
        logo=_picture(branding.logo, programme or words["logo"]) if branding.logo else None,
        partners=tuple(
            _picture(partner.logo, clean(partner.name) or words["logo"]) for partner in branding.partners
        ),
    )


def _picture(logo: Logo, name: str) -> Picture:
    address = f"data:image/png;base64,{base64.b64encode(logo.png).decode('ascii')}"
    return Picture(address, name, logo.width, logo.height)


def _facts(desk: _Desk) -> Iterator[FactLine]:
    for fact in desk.questionnaire.facts:
        if fact.derived is None:
            yield _fact(desk, fact)


def _fact(desk: _Desk, fact: Fact) -> FactLine:
    return FactLine(
        number=desk.known.numbers[fact.id],
        text=desk.text(f"facts/{fact.id}/text"),
        help=desk.text(f"facts/{fact.id}/help"),
        only_for=_only_for(desk, fact.asked_if, "only_when"),
        kind=fact.kind,
        is_optional=not fact.required,
    )


def _only_for(desk: _Desk, condition: str | None, key: str) -> str:
    """Who is asked, empty for everybody; where it hangs on answers it says where to look."""
    if condition is None:
        return ""
    said = condition_words(condition, desk.known)
    if said is not None:
        return desk.voice.say(key, condition=said)
    places = desk.voice.listed(list(places_named(condition, desk.known)))
    seen = (desk.voice.say("see", numbers=places),) if places else ()
    return " ".join((desk.voice.words["only_answers"], *seen))


def _section(desk: _Desk, number: str, page: tuple[Section, tuple[Question, ...]]) -> BlankSection:
    section, questions = page
    computed = [desk.voice.question(question.id) for question in questions if question.kind == "computed"]
    return BlankSection(
        id=section.id,
        number=number,
        title=desk.voice.texts[f"sections/{section.id}/title"],
        intro=desk.text(f"sections/{section.id}/intro"),
        questions=tuple(_asked(desk, question) for question in questions if question.kind != "computed"),
        worked_out=desk.voice.say("worked_out", questions=" ".join(computed)) if computed else "",
    )


def _asked(desk: _Desk, question: Question) -> Asked:
    key = f"questions/{question.id}"
    form, task = FORMS[question.kind]
    choices = tuple(_choices(desk, question))
    anchors = tuple(_anchors(desk, question))
    return Asked(
        id=question.id,
        number=desk.known.numbers[question.id],
        text=desk.text(f"{key}/text"),
        only_for=_only_for(desk, question.shown_if, "only_some"),
        skip=_skip(desk, question),
        why=desk.text(f"{key}/why"),
        evidence=desk.text(f"{key}/evidence"),
        help=desk.text(f"{key}/help"),
        form=form,
        task=desk.voice.words[task],
        choices=choices or anchors,
        scores=anchors if choices or form == "number" else (),
        unit=desk.text(f"{key}/unit_text"),
        limits=_limits(desk.voice, question.minimum, question.maximum),
        columns=tuple(_heading(desk, key, column) for column in question.columns),
        allows_not_applicable=question.allows_not_applicable,
    )


def _skip(desk: _Desk, question: Question) -> str:
    """That a figure is worked out where the tables it follows from are filled in."""
    found = [i for i in desk.questionnaire.scheme.indicators if i.id == question.indicator]
    inputs = {id_ for indicator in found for id_ in indicator.inputs}
    asked = [q for _, questions in desk.pages.values() for q in questions if q.kind == "table"]
    tables = [desk.known.numbers[table.id] for table in asked if table.id in inputs]
    return desk.voice.say("from_table", tables=desk.voice.listed(tables)) if tables else ""


def _anchors(desk: _Desk, question: Question) -> Iterator[Choice]:
    for score in range(5):
        if text := desk.text(f"questions/{question.id}/anchors/{score}"):
            yield Choice(str(score), text)


def _choices(desk: _Desk, question: Question) -> Iterator[Choice]:
    """What to tick, where it is not the anchors themselves."""
    if question.kind == "yes_no":
        for word, score in (("yes", question.yes_score), ("no", question.no_score)):
            yield Choice("" if score is None else str(score), desk.voice.words[word])
    letters = dict(zip((option.id for option in question.options), _letters(), strict=False))
    for option in question.options:
        text = desk.text(f"questions/{question.id}/options/{option.id}")
        if question.kind == "single_choice":
            yield Choice("" if option.score is None else str(option.score), text)
        else:
            yield Choice(letters[option.id], text, _note(desk.voice, option, question.options, letters))


def _letters() -> Iterator[str]:
    """a to z, then aa to az and so on."""
    for first in ("", *ascii_lowercase):
        yield from (f"{first}{letter}" for letter in ascii_lowercase)


def _note(voice: Voice, option: Option, options: Iterable[Option], letters: Mapping[str, str]) -> str:
    """What an option cannot or must be ticked with, whichever of the two says so."""
    if option.exclusive:
        return voice.words["option_alone"]
    others = [o for o in options if o.id != option.id]
    against = [letters[o.id] for o in others if o.id in option.not_with or option.id in o.not_with]
    needed = [letters[o.id] for o in others if any(fnmatchcase(o.id, p) for p in option.requires_any)]
    said = [voice.say("option_not_with", options=_either(voice, against))] if against else []
    said += [voice.say("option_needs", options=_either(voice, needed))] if needed else []
    return " ".join(said)


def _either(voice: Voice, items: list[str]) -> str:
    """Items in a sentence: a, b or c."""
    start = f"{', '.join(items[:-1])} {voice.words['or']} " if len(items) > 1 else ""
    return start + items[-1]


def _limits(voice: Voice, low: Decimal | None, high: Decimal | None) -> str:
    lowest, highest = ("" if limit is None else voice.quantity(limit) for limit in (low, high))
    key = {(True, True): "from_to", (True, False): "at_least", (False, True): "at_most"}
    found = key.get((bool(lowest), bool(highest)))
    return voice.say(found, low=lowest, high=highest) if found else ""


def _heading(desk: _Desk, key: str, column: Column) -> str:
    text, unit = desk.text(f"{key}/columns/{column.id}"), column.unit
    return text if unit is None or unit.lower() in text.lower() else f"{text} ({unit})"
