"""What pages with a company's facts share: where each comes from, and what is said when two people clash."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from flask import render_template

from assessment.answers import FactValue
from webapp.auth import current
from webapp.forms.facts import KnownFact
from webapp.forms.numbers import write_number
from webapp.forms.problems import say_wrong
from webapp.forms.profile import FactInput, ProfileInput
from webapp.services.people import names_of
from webapp.services.profile import FactClash, HeldFact
from webapp.views.page import clock, day, session_end, voice


def known_fact(fact: HeldFact) -> KnownFact:
    """A fact as the form shows it."""
    note = ""
    if fact.source == "register" and fact.source_on is not None:
        note = current.words().say("profile.from_register", day=voice().date(fact.source_on))
    return KnownFact(fact.value, fact.version, note)


def renewed(
    said: ProfileInput | None, held: dict[str, HeldFact], clashes: Iterable[FactClash]
) -> ProfileInput | None:
    """What was said, from the newest version on: saving again settles a clash, knowingly."""
    if said is None:
        return None
    clashing = {clash.fact_id for clash in clashes}
    facts = tuple(
        one if one.fact.id not in held else _based_on(one, held[one.fact.id].version, clashing)
        for one in said.facts
    )
    return ProfileInput(facts, said.appeared)


def _based_on(one: FactInput, version: int, clashing: Collection[str]) -> FactInput:
    is_saved = one.wrong is None
    return replace(one, base=version) if is_saved or one.fact.id in clashing else one


@dataclass(frozen=True, slots=True)
class FactClashView:
    """A fact that somebody else has changed meanwhile. ``who``: a sentence, with when; ``text``: the fact."""

    fact: str
    text: str
    who: str
    mine: str
    theirs: str
    version: int


def clash_views(clashes: Sequence[FactClash], texts: Mapping[str, str]) -> list[FactClashView]:
    """What was said of each fact, by whom, and what stands there now; ``texts``: the questionnaire's."""
    people = names_of(current.site(), [clash.theirs.by_person_id for clash in clashes])
    return [
        FactClashView(
            fact=clash.fact_id,
            text=texts[f"facts/{clash.fact_id}/text"],
            who=_who(clash.theirs, people),
            mine=_spoken(clash.mine),
            theirs=_spoken(clash.theirs.value),
            version=clash.theirs.version,
        )
        for clash in clashes
    ]


def facts_json(
    said: ProfileInput,
    held: Mapping[str, HeldFact],
    clashes: Sequence[FactClash],
    texts: Mapping[str, str],
) -> dict[str, Any]:
    """What a script is told of the facts it sent, in the shape it knows from answers."""
    views = clash_views(clashes, texts)
    clashing = {view.fact for view in views}
    problems = {one.fact.id: _problem(one, held) for one in said.facts if one.fact.id not in clashing}
    return {
        "saved": {one.fact.id: held[one.fact.id].version if one.fact.id in held else 0 for one in said.facts},
        "at": clock(current.now()),
        "ends": session_end(),
        "problems": {id_: [{"part": "value", "text": text}] for id_, text in problems.items() if text},
        "clashes": {view.fact: render_template("wizard/factclash.html.jinja", clash=view) for view in views},
        "shown": {},
        "doubts": [],
    }


def _problem(one: FactInput, held: Mapping[str, HeldFact]) -> str:
    """Why what stands in the input is not what is kept; empty where it is."""
    if one.wrong is not None:
        return say_wrong(one.wrong, current.words())
    stored = held.get(one.fact.id)
    is_kept = one.value == stored.value if stored is not None else not one.typed.strip()
    return "" if is_kept else current.words().say("profile.not_kept")


def _who(fact: HeldFact, people: Mapping[str, str]) -> str:
    say, at = current.words().say, {"day": day(fact.at_utc), "time": clock(fact.at_utc)}
    if fact.by_person_id == current.actor().person_id:
        return say("profile.clash_by_you", **at)
    name = people.get(fact.by_person_id or "", "")
    return say("profile.clash_by", who=name, **at) if name else say("profile.clash_by_other", **at)


def _spoken(value: FactValue | None) -> str:
    words = current.words()
    match value:
        case bool():
            return words.say("common.yes" if value else "common.no")
        case int():
            return write_number(Decimal(value), words.language)
        case _:
            return value or ""
