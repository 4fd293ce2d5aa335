"""What pages with a company's facts share: where each comes from, and what is said when two people clash."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from webapp.auth import current
from webapp.forms.facts import KnownFact
from webapp.forms.profile import FactInput, ProfileInput
from webapp.services.profile import FactClash, HeldFact
from webapp.views.page import voice


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


def clash_lines(clashes: Iterable[FactClash]) -> list[tuple[str, str]]:
    """Which facts somebody else has changed meanwhile, and to what."""
    return [(clash.fact_id, _spoken(clash)) for clash in clashes]


def _spoken(clash: FactClash) -> str:
    value, words = clash.theirs.value, current.words()
    said = words.say("common.yes" if value else "common.no") if isinstance(value, bool) else str(value)
    return words.say("profile.clash", theirs=said)
