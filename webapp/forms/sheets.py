"""What a question looks like in one language before anybody has answered: made once for each version."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from questionnaires.model import Column, Question, Questionnaire
from questionnaires.values import Language, QuestionKind
from webapp.forms.fields import FIELDS, Control
from webapp.forms.numbers import write_number
from webapp.forms.typed import NOT_APPLICABLE, PREFIX, UNKNOWN
from webapp.words import Words, words_of

MAX_KEPT = 64
"""How many versions and languages are kept made; beyond it all are made anew."""

_LABELS = "forms.question."


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice. ``level``: the level it stands for, empty for none; ``is_alone``: with no other."""

    value: str
    text: str
    html_id: str
    level: str = ""
    is_alone: bool = False


@dataclass(frozen=True, slots=True)
class Level:
    """What a level of a question looks like, where the levels are not themselves the choices."""

    level: str
    text: str


@dataclass(frozen=True, slots=True)
class Head:
    """One column of a table, its unit in the text."""

    id: str
    text: str
    is_number: bool


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """One question as it is asked; texts are empty where there is nothing to say.

    ``name``: its field; ``html_id``: what the ids of its inputs begin with. ``statuses``: "don't know" and,
    where it may be said, "not relevant", as radio buttons or as boxes beside the input. ``labels``: the
    fixed words of every question. ``texts``: every text of the questionnaire.
    """

    id: str
    name: str
    html_id: str
    kind: QuestionKind
    control: Control
    text: str
    help: str
    why: str
    evidence: str
    levels: tuple[Level, ...]
    unit: str
    limits: str
    choices: tuple[Choice, ...]
    statuses: tuple[Choice, ...]
    heads: tuple[Head, ...]
    has_estimate: bool
    allows_not_applicable: bool
    is_conditional: bool
    labels: Mapping[str, str]
    words: Words
    texts: Mapping[str, str]


Sheet = Mapping[str, AskedQuestion]
"""Every question of a version by id."""

_SHEETS: dict[tuple[str, Language], Sheet] = {}


def sheet_of(questionnaire: Questionnaire, sha256: str, language: Language) -> Sheet:
    """The questions of a version in one language; ``sha256`` is the version's checksum."""
    key = (sha256, language)
    if key not in _SHEETS:
        if len(_SHEETS) >= MAX_KEPT:
            _SHEETS.clear()
        _SHEETS[key] = make_sheet(questionnaire, language)
    return _SHEETS[key]


def make_sheet(questionnaire: Questionnaire, language: Language) -> Sheet:
    """As ``sheet_of``, made anew."""
    words, texts = words_of(language), questionnaire.words(language)
    prefix = len(_LABELS)
    labels = {key[prefix:]: text for key, text in words.texts.items() if key.startswith(_LABELS)}
    desk = _Desk(words, texts, labels)
    return {question.id: _asked(desk, question) for _, question in questionnaire.questions()}


@dataclass(frozen=True, slots=True)
class _Desk:
    words: Words
    texts: Mapping[str, str]
    labels: Mapping[str, str]

    def text(self, question: Question, part: str) -> str:
        return self.texts.get(f"questions/{question.id}/{part}", "")


def _asked(desk: _Desk, question: Question) -> AskedQuestion:
    field = FIELDS[question.kind]
    html_id = f"q-{question.id.replace('.', '-')}"
    choices = tuple(_choices(desk, question, html_id))
    levels = tuple(_levels(desk, question))
    return AskedQuestion(
        id=question.id,
        name=f"{PREFIX}{question.id}",
        html_id=html_id,
        kind=question.kind,
        control=field.control,
        text=desk.text(question, "text"),
        help=desk.text(question, "help"),
        why=desk.text(question, "why"),
        evidence=desk.text(question, "evidence"),
        levels=() if any(choice.level for choice in choices) else levels,
        unit=desk.text(question, "unit_text"),
        limits=_limits(desk, question.minimum, question.maximum),
        choices=choices,
        statuses=tuple(_statuses(desk, question, html_id)),
        heads=tuple(_head(desk, question, column) for column in question.columns),
        has_estimate=field.has_estimate,
        allows_not_applicable=question.allows_not_applicable,
        is_conditional=question.shown_if is not None,
        labels=desk.labels,
        words=desk.words,
        texts=desk.texts,
    )


def _levels(desk: _Desk, question: Question) -> Iterator[Level]:
    for level in range(5):
        if text := desk.text(question, f"anchors/{level}"):
            yield Level(str(level), text)


def _choices(desk: _Desk, question: Question, html_id: str) -> Iterator[Choice]:
    if question.kind == "yes_no":
        yield Choice("yes", desk.labels["yes"], f"{html_id}-yes")
        yield Choice("no", desk.labels["no"], f"{html_id}-no")
    elif question.kind == "single_choice" and not question.options:
        for anchor in _levels(desk, question):
            yield Choice(anchor.level, anchor.text, f"{html_id}-{anchor.level}", anchor.level)
    for option in question.options:
        text = desk.text(question, f"options/{option.id}")
        level = "" if option.score is None else str(option.score)
        yield Choice(option.id, text, f"{html_id}-{option.id}", level, option.exclusive)


def _statuses(desk: _Desk, question: Question, html_id: str) -> Iterator[Choice]:
    is_radio = FIELDS[question.kind].has_statuses_among_values
    said: tuple[tuple[Literal["unknown", "not_applicable"], str], ...]
    said = (("unknown", UNKNOWN), ("not_applicable", NOT_APPLICABLE))
    for status, among_values in said:
        if status == "unknown" or question.allows_not_applicable:
            value = among_values if is_radio else status
            yield Choice(value, desk.labels[status], f"{html_id}-status-{status}")


def _limits(desk: _Desk, low: Decimal | None, high: Decimal | None) -> str:
    key = {(True, True): "from_to", (True, False): "at_least", (False, True): "at_most"}
    found = key.get((low is not None, high is not None))
    if found is None:
        return ""
    lowest, highest = ("" if n is None else write_number(n, desk.words.language) for n in (low, high))
    return desk.labels[found].format(low=lowest, high=highest)


def _head(desk: _Desk, question: Question, column: Column) -> Head:
    text, unit = desk.text(question, f"columns/{column.id}"), column.unit
    says_unit = unit is None or unit.lower() in text.lower()
    return Head(column.id, text if says_unit else f"{text} ({unit})", column.kind == "number")
