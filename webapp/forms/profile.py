"""The company's profile as a form: facts asked once, for every questionnaire.

Field names: ``f.<fact>``, ``f.<fact>.version``, and ``f.<fact>.here`` as for questions. A fact that is not
asked, given the others, keeps whatever it was: nothing is said of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assessment.answers import FactValue
from assessment.reading import MAX_FACT, MAX_FACT_TEXT
from questionnaires.conditions import Names, compile_condition
from questionnaires.model import Fact
from questionnaires.profile import resolve_facts
from questionnaires.values import Language
from webapp.forms.numbers import read_number
from webapp.forms.page import FormData
from webapp.forms.texts import read_text
from webapp.forms.wrong import Wrong
from webapp.words import language_of

PREFIX = "f."

_NACE = re.compile(r"[0-9]{2}(\.?[0-9]{1,3})?")
_VERSION = re.compile("[0-9]{1,9}")
_YES_NO = {"yes": True, "no": False}


@dataclass(frozen=True, slots=True)
class FactInput:
    """What a form said of one fact.

    ``value``: None when nothing is said, the fact is not asked, or something is ``wrong``. ``base``: the
    version the form was made from, 0 where there was none. ``typed``: as it stood in the input.
    """

    fact: Fact
    value: FactValue | None
    base: int
    typed: str
    wrong: Wrong | None


@dataclass(frozen=True, slots=True)
class ProfileInput:
    """Every fact that stood on the form, in order.

    ``appeared``: facts that are asked now, given what was said, and neither stood on the form nor are known.
    """

    facts: tuple[FactInput, ...]
    appeared: tuple[str, ...]

    @property
    def has_problems(self) -> bool:
        """Whether something must be corrected."""
        return any(one.wrong is not None for one in self.facts)

    def find(self, id_: str) -> FactInput | None:
        """What was said of one fact; None when it did not stand on the form."""
        return next((one for one in self.facts if one.fact.id == id_), None)


def read_profile(
    facts: Sequence[Fact], formdata: FormData, known: Mapping[str, FactValue], language: Language
) -> ProfileInput:
    """What a form said of these facts; ``known``: what was known before. Never raises."""
    read = list(_read_all(facts, formdata, language))
    names = resolve_facts(
        facts, {**known, **{one.fact.id: one.value for one in read if one.value is not None}}
    )
    said = tuple(_judged(one, is_asked(one.fact, names)) for one in read)
    there = {*known, *(one.fact.id for one in said)}
    appeared = tuple(fact.id for fact in facts if is_asked(fact, names) and fact.id not in there)
    return ProfileInput(said, appeared)


def is_asked(fact: Fact, names: Names) -> bool:
    """Whether a fact is asked, given the others; not while what it hangs on is unknown."""
    if fact.derived is not None:
        return False
    return fact.asked_if is None or compile_condition(fact.asked_if)(names) is True


def follows(fact: Fact, facts: Iterable[Fact]) -> str:
    """The yes/no fact whose yes has this one asked; empty where it hangs on more than that, or on nothing."""
    name = (fact.asked_if or "").strip().removeprefix("profile.")
    booleans = {other.id for other in facts if other.kind == "boolean" and other.derived is None}
    return name if fact.derived is None and name in booleans else ""


def _read_all(facts: Iterable[Fact], formdata: FormData, language: Language) -> Iterator[FactInput]:
    for fact in facts:
        name = f"{PREFIX}{fact.id}"
        here = formdata.get(f"{name}.here")
        if fact.derived is None and here:
            sent = formdata.get(name) or [""]
            wrong, value = None, None
            found = _read(fact, sent, language_of(here[-1]) or language)
            if isinstance(found, Wrong):
                wrong = found
            else:
                value = found
            version = formdata.get(f"{name}.version") or ["0"]
            if not _VERSION.fullmatch(version[-1]):
                wrong, value, version = Wrong("form_damaged"), None, ["0"]
            yield FactInput(fact, value, int(version[-1]), sent[-1], wrong)


def _judged(said: FactInput, asked: bool) -> FactInput:
    """What was said, taken back where the fact is not asked, complained of where it is needed and missing."""
    if not asked:
        return FactInput(said.fact, None, said.base, said.typed, None)
    if said.fact.required and said.value is None and said.wrong is None:
        return FactInput(said.fact, None, said.base, said.typed, Wrong("needed"))
    return said


def _read(fact: Fact, sent: Sequence[str], language: Language) -> FactValue | Wrong | None:
    if len(sent) > 1:
        return Wrong("repeated")
    match fact.kind:
        case "boolean":
            return _YES_NO.get(sent[0], Wrong("unknown_option")) if sent[0] else None
        case "integer":
            return _read_whole(sent[0], language)
        case "text":
            return _read_words(fact, sent[0])


def _read_whole(text: str, language: Language) -> int | Wrong | None:
    found = _the_whole_one(read_number(text, language))
    if isinstance(found, Wrong) and "example" in found.parts:
        return Wrong(found.code, {**found.parts, "example": Decimal(12)})
    if not isinstance(found, Decimal):
        return found
    if found != found.to_integral_value():
        return Wrong("whole_number")
    if not 0 <= found <= MAX_FACT:
        return Wrong("number_between", {"low": Decimal(0), "high": Decimal(MAX_FACT)})
    return int(found)


def _the_whole_one(found: Decimal | Wrong | None) -> Decimal | Wrong | None:
    """Of two ways to read a number, the one that gives a whole number, where only one does."""
    if not isinstance(found, Wrong) or found.code != "number_two_ways":
        return found
    whole = [
        number
        for number in (found.parts["one"], found.parts["other"])
        if isinstance(number, Decimal) and number == number.to_integral_value()
    ]
    return whole[0] if len(whole) == 1 else found


def _read_words(fact: Fact, text: str) -> str | Wrong | None:
    found = read_text(text, MAX_FACT_TEXT)
    if isinstance(found, str) and fact.register_field == "nace" and not _NACE.fullmatch(found):
        return Wrong("nace_form")
    return found
