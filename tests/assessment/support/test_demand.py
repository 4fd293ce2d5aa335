"""What companies lack beside the help there is: only what was told, and never more than that."""

from __future__ import annotations

import pytest

from assessment.cohort.told import Row, ToldTable
from assessment.support.demand import Demand, Named, balance, theme_demand
from questionnaires.programme_values import Words
from questionnaires.support import SupportActor, SupportOffer, Theme

# 20 owners in design: 4 + 8 at level 0 or 1, 8 above; in use the lowest steps are told together with 2
DESIGN = ToldTable(
    "level.design", "level.design", None, (("none_or_0",), ("1",), ("2", "3", "4")), (Row((), (5, 7, 8)),)
)
USE = ToldTable("level.use", "level.use", None, (("none_or_0", "1", "2"), ("3", "4")), (Row((), (14, 6)),))
HIDDEN = ToldTable("level.inputs", "level.inputs", None)
WHOLE = ToldTable("level", "level", None, (("none_or_0", "1"), ("2", "3", "4")), (Row((), (9, 11)),))
BY_REGION = ToldTable(
    "level.data/region",
    "level.data",
    "region",
    (("none_or_0", "1"), ("2", "3", "4")),
    (Row(("Nord",), (9, 6)),),
)
QUESTION = ToldTable(
    "question.a.b", "question.a.b", None, (("gap",), ("neither", "strength")), (Row((), (9, 11)),)
)


def helper(name: str, *themes: Theme) -> SupportActor:
    title = Words(nb="Råd", nn="Råd", en="Advice")
    offers = (SupportOffer(id="advice", title=title, help=("advice", "network"), themes=themes),)
    return SupportActor(id=name.lower(), name=name, kind="other", offers=offers)


def test_demand_is_read_from_the_told_levels_of_dimensions_alone() -> None:
    assert theme_demand([DESIGN, USE, HIDDEN, WHOLE, BY_REGION, QUESTION]) == {
        "design": Demand(12, 20),  # 5 + 7
        "use": Demand(0, 20, 14),  # 14 stand on 0, 1 or 2: how many on 0 or 1 was not told
    }


@pytest.mark.parametrize(
    ("owners", "size", "percent"), [(10, "large", 50), (9, "some", 45), (5, "some", 25), (4, "small", 20)]
)
def test_half_is_large_and_a_quarter_some(owners: int, size: str, percent: int) -> None:
    [found] = [one for one in balance({"design": Demand(owners, 20)}, [], []) if one.theme == "design"]

    assert (found.size, found.demand and found.demand.percent) == (size, percent)


@pytest.mark.parametrize(
    ("owners", "unclear", "size"), [(0, 14, "unknown"), (0, 4, "small"), (4, 1, "unknown"), (5, 9, "some")]
)
def test_little_is_said_only_where_it_is_sure(owners: int, unclear: int, size: str) -> None:
    assert Demand(owners, 20, unclear).size == size


@pytest.mark.parametrize(
    ("count", "supply", "is_short"), [(0, "none", True), (2, "thin", True), (3, "several", False)]
)
def test_up_to_two_that_help_are_few(count: int, supply: str, is_short: bool) -> None:
    helpers = [helper(f"Eksempel{at}", "design") for at in range(count)]

    found = {one.theme: one for one in balance(theme_demand([DESIGN]), helpers, [])}

    assert (found["design"].supply, found["design"].is_short) == (supply, is_short)
    assert (found["use"].size, found["use"].is_short) == ("unknown", False)


def test_an_organisation_that_lets_itself_be_named_counts_once_beside_its_own_entry() -> None:
    named = [
        Named("Klynge", frozenset({"advice"}), frozenset({"design"})),
        Named("Fylke", frozenset(), frozenset()),
    ]

    [found] = [
        one
        for one in balance({}, [helper("Klynge", "design"), helper("Fond")], named)
        if one.theme == "design"
    ]

    assert (found.actors, found.named, found.supply) == (("Klynge",), ("Klynge",), "thin")
    assert found.help == (("advice", 1), ("network", 1))  # what is for every theme counts in none
