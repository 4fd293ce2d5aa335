"""Whom something is for is said in words only where the company's own facts settle it."""

from __future__ import annotations

import pytest

from questionnaires.model import Fact
from questionnaires.values import FactKind
from reports.blank.conditions import Known, condition_words, places_named
from reports.formatting import Voice
from reports.translations.blank import BLANK_WORDS


def _fact(id_: str, kind: FactKind = "boolean", **more: str) -> Fact:
    return Fact(id=id_, kind=kind, source="invented", **more)


FACTS = (
    _fact("code", "text"),
    _fact("staff", "integer"),
    _fact("sells"),
    _fact("makes", asked_if="profile.sells"),
    _fact("shops", "integer", asked_if="profile.sells"),
    _fact("division", "integer", derived="int(profile.code.substring(0, 2))"),
    _fact("heavy", derived="profile.division >= 5 && profile.division < 9 || profile.division == 41"),
    _fact("serves", derived="!profile.sells"),
)


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("profile.sells", "svaret på «sells» (A3) er ja"),
        ("profile.serves", "svaret på «sells» (A3) er nei"),
        ("!profile.serves", "svaret på «sells» (A3) er ja"),
        ("!profile.makes", "svaret på «makes» (A4) er nei, eller dere ikke skal svare på det"),
        (
            "profile.sells && !profile.makes",
            "svaret på «sells» (A3) er ja, og svaret på «makes» (A4) er nei",
        ),
        ("profile.sells || profile.makes", "svaret er ja på minst ett av disse: «sells» (A3), «makes» (A4)"),
        ("!(profile.staff > 5)", "svaret på «staff» (A2) er høyst 5"),
        ("profile.staff >= 20 && profile.staff <= 50", "svaret på «staff» (A2) er fra 20 til 50"),
        ("profile.staff > 20 && profile.staff < 50", "svaret på «staff» (A2) er fra 21 til 49"),
        ("profile.staff == 1 || profile.staff > 5", "svaret på «staff» (A2) er 1 eller over 5"),
        (
            "profile.staff < 5 || profile.sells",
            "svaret på «staff» (A2) er under 5, eller svaret på «sells» (A3) er ja",
        ),
        ("profile.heavy", "svaret på «code» (A1) begynner med 05–08 eller 41"),
        ('profile.code == "x"', "svaret på «code» (A1) er x"),
    ],
)
def test_a_condition_on_facts_is_said_in_words(condition: str, expected: str) -> None:
    assert condition_words(condition, _known()) == expected


@pytest.mark.parametrize(
    "condition",
    [
        "shop.open.score >= 2",
        "profile.sells && shop.open.score >= 2",
        "profile.sells && (profile.makes || profile.staff > 5)",
        "profile.shops > 1",
        "profile.division > 5",
        'profile.code in ["a", "b"]',
    ],
)
def test_what_cannot_be_said_in_full_is_not_said(condition: str) -> None:
    assert condition_words(condition, _known()) is None


def _known() -> Known:
    asked = [fact.id for fact in FACTS if fact.derived is None]
    texts = {f"facts/{id_}/text": id_ for id_ in asked}
    numbers = {id_: f"A{at}" for at, id_ in enumerate(asked, 1)}
    return Known(Voice("nb", BLANK_WORDS["nb"], texts), {fact.id: fact for fact in FACTS}, numbers)


def test_the_places_to_look_are_those_the_form_asks_for() -> None:
    known = _known()
    numbers = {**known.numbers, "shop.open": "1.2"}

    places = places_named(
        "profile.heavy && shop.open.score > 1 && shop.gone.score > 1",
        Known(known.voice, known.facts, numbers),
    )

    assert places == ("A1", "1.2")
