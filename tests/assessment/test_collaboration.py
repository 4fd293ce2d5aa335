"""The questionnaire on collaboration: whom it asks what, where its gates hold, which answers do not fit.

Two whole organisations worked by hand: questionnaires/examples, walked by test_examples.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

import pytest

from assessment.advice.contradictions import contradictions
from assessment.answers import Answer, AnswerSet, FactValue, Review
from assessment.assess import score_routed
from assessment.routing import Routed, route
from assessment.scoring.engine import Scores
from questionnaires.values import Depth
from webapp.services.definitions import Definitions

PLAN = Definitions().plan("collaboration", "1.0.0")
SCALE = [planned.question.id for planned in PLAN.questions if planned.question.kind == "single_choice"]
EVERYTHING: dict[str, FactValue] = {
    "public": True,
    "handles_permits": True,
    "controls_land": True,
    "funds_companies": True,
    "advises_companies": True,
}
NOTHING: dict[str, FactValue] = dict.fromkeys(EVERYTHING, False)

Said: TypeAlias = Mapping[str, str | tuple[str, ...]]
NO_ANSWERS: Said = {}


def routed(said: Said, profile: dict[str, FactValue], depth: Depth = "advanced") -> Routed:
    answers = {id_: Answer("answered", value) for id_, value in said.items()}
    given = AnswerSet("collaboration", "1.0.0", depth, "2025", profile=profile, answers=answers)
    return route(PLAN, given, Review())


def scored(said: Said) -> Scores:
    return score_routed(PLAN, routed(said, EVERYTHING), Review())


def all_at(score: str) -> Said:
    """Every question with five anchors to choose from."""
    return dict.fromkeys(SCALE, score)


def not_asked(profile: dict[str, FactValue], said: Said = NO_ANSWERS) -> set[str]:
    return {o.id for o in routed(said, profile).outcomes if o.state == "not_asked"}


@pytest.mark.parametrize(
    ("fact", "asked"),
    [
        ("handles_permits", {"coordination.once", "symbiosis.permits"}),
        ("controls_land", {"symbiosis.land"}),
        ("funds_companies", {"coordination.once"}),
        ("advises_companies", {"coordination.once"}),
    ],
)
def test_an_organisation_is_asked_what_only_one_like_it_can_do(fact: str, asked: set[str]) -> None:
    one = {**NOTHING, "public": True, fact: True}

    left_out = not_asked(one)

    assert left_out == {"coordination.once", "symbiosis.permits", "symbiosis.land"} - asked


def test_what_is_not_a_public_body_is_never_asked_about_permits() -> None:
    private = {**EVERYTHING, "public": False}

    assert not_asked(private) == {"symbiosis.permits"}


def test_silence_about_the_profile_removes_no_question() -> None:
    assert not_asked({}) == set()


def test_help_with_agreements_is_asked_only_of_who_has_connected_companies() -> None:
    assert "symbiosis.agreements" in not_asked(EVERYTHING, {"symbiosis.facilitation": "1"})
    assert "symbiosis.agreements" not in not_asked(EVERYTHING, {"symbiosis.facilitation": "2"})


def test_the_share_in_use_is_asked_only_of_who_has_mapped_something() -> None:
    assert "symbiosis.volume_pct" in not_asked(EVERYTHING, {"symbiosis.mapping": "1"})
    assert "symbiosis.volume_pct" not in not_asked(EVERYTHING, {"symbiosis.mapping": "2"})


def test_themes_are_not_asked_of_who_offers_nothing() -> None:
    nothing = routed({"needs.support": ("none",)}, EVERYTHING)
    advice = routed({"needs.support": ("advice",)}, EVERYTHING)

    states = [{o.id: o.state for o in found.outcomes}["needs.themes"] for found in (nothing, advice)]

    assert states == ["not_asked", "missing"]


def test_what_is_offered_changes_no_figure() -> None:
    offers: Said = {"needs.support": ("advice", "land"), "needs.themes": ("use", "data")}

    assert scored({**all_at("2"), **offers}) == scored(all_at("2"))


@pytest.mark.parametrize(
    ("dimension", "question"),
    [
        ("needs", "needs.overview"),  # 1 and 4, weights 2 and 2: 10/4, raw level 3
        ("coordination", "coordination.referral"),  # (2*4 + 2*1 + 1*4 + 2*4) / 7 = 22/7
        ("symbiosis", "symbiosis.facilitation"),  # agreements are not asked: (2*4 + 2*1 + 3*4) / 7 = 22/7
        ("trust", "trust.confidentiality"),  # (2*1 + 2*4 + 1*4) / 5 = 14/5
        ("learning", "learning.results"),  # (2*1 + 1*4 + 2*4) / 5 = 14/5
    ],
)
def test_a_gate_holds_its_dimension_at_two_until_the_first_thing_is_done(
    dimension: str, question: str
) -> None:
    before = scored({**all_at("4"), question: "1"}).dimensions[dimension]
    after = scored({**all_at("4"), question: "2"}).dimensions[dimension]

    assert (before.raw_level, before.level, [cap.rule for cap in before.caps]) == (3, 2, ["gate"])
    assert after.level == 3
    assert "gate" not in [cap.rule for cap in after.caps]


def test_only_direction_has_no_gate_as_its_dimension_is_a_core_one() -> None:
    ungated = [planned.dimension.id for planned in PLAN.dimensions if not planned.gates]

    assert ungated == ["mandate"]


@pytest.mark.parametrize(
    ("dimension", "level", "is_weakest_link"),
    [
        ("mandate", 2, True),  # 4*85/100 = 3.4, raw level 3; 0 + 2 = 2
        ("coordination", 2, True),  # 4*80/100 = 3.2, raw level 3; 0 + 2 = 2
        ("needs", 3, False),  # 3.4
        ("symbiosis", 3, False),  # 4*75/100 = 3
        ("trust", 3, False),  # 4*90/100 = 3.6, raw level 4; a neglected dimension allows 3
        ("learning", 3, False),  # 3.4
    ],
)
def test_only_direction_and_coordination_hold_the_whole_two_above_themselves(
    dimension: str, level: int, is_weakest_link: bool
) -> None:
    said: Said = {id_: "0" if id_.startswith(f"{dimension}.") else "4" for id_ in SCALE}

    overall = scored(said).overall

    assert overall.level == level
    assert ("weakest_link" in [cap.rule for cap in overall.caps]) is is_weakest_link


LOUD: list[tuple[str, Said, Said]] = [
    ("k01", {"mandate.direction": "3", "mandate.resources": "1"}, {"mandate.resources": "2"}),
    ("k02", {"mandate.roles": "3", "coordination.directory": "1"}, {"coordination.directory": "2"}),
    ("k03", {"coordination.referral": "3", "coordination.directory": "1"}, {"coordination.referral": "2"}),
    ("k04", {"needs.fit": "3", "needs.overview": "1"}, {"needs.overview": "2"}),
    ("k05", {"coordination.joint_offers": "3", "mandate.roles": "1"}, {"mandate.roles": "2"}),
    ("k06", {"symbiosis.facilitation": "3", "symbiosis.mapping": "1"}, {"symbiosis.mapping": "2"}),
    ("k07", {"symbiosis.facilitation": "3", "symbiosis.follow_up": "1"}, {"symbiosis.follow_up": "2"}),
    ("k08", {"symbiosis.mapping": "3", "trust.confidentiality": "1"}, {"symbiosis.mapping": "2"}),
    ("k09", {"trust.sharing": "3", "trust.confidentiality": "1"}, {"trust.confidentiality": "2"}),
    ("k10", {"learning.evaluation": "3", "learning.results": "1"}, {"learning.results": "2"}),
    ("k11", {"needs.support": ("advice", "financing")}, {"needs.support": ("advice",)}),
    ("k12", {"needs.support": ("land",)}, {"needs.support": ("network",)}),
    (
        "k13",
        {"needs.themes": ("symbiosis",), "symbiosis.facilitation": "0"},
        {"symbiosis.facilitation": "1"},
    ),
]


@pytest.mark.parametrize(("rule", "said", "mended"), LOUD, ids=[rule for rule, *_ in LOUD])
def test_answers_that_do_not_fit_together_are_asked_about(rule: str, said: Said, mended: Said) -> None:
    loud = contradictions(PLAN, routed(said, NOTHING))
    quiet = contradictions(PLAN, routed({**said, **mended}, NOTHING))

    assert [found.rule for found in loud] == [rule]
    assert quiet == ()


def test_every_rule_is_tried() -> None:
    assert [rule for rule, *_ in LOUD] == [rule for rule, *_ in PLAN.contradictions]


@pytest.mark.parametrize(("kind", "fact"), [("financing", "funds_companies"), ("land", "controls_land")])
def test_an_offer_that_fits_the_profile_is_not_asked_about(kind: str, fact: str) -> None:
    fitting = {**NOTHING, fact: True}

    assert contradictions(PLAN, routed({"needs.support": (kind,)}, fitting)) == ()
