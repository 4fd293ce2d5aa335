"""What the pack tells others: nothing that those it is about have not said may be told."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from assessment.cohort.topics import Topic, Topics
from assessment.gathering.prework import Readiness
from assessment.gathering.reasons import Help, SharedGap, TableReason
from assessment.gathering.seats import Plan
from reports.gathering.common import in_common
from reports.gathering.desk import lay_out
from reports.gathering.material import PackMaterial, Person
from reports.gathering.pack import PackKind, build_pack
from reports.render import gathering_html
from tests.reports.gathering.gatherings import (
    AMBITION,
    HIDDEN_COMPANY,
    HIDDEN_NAME,
    MEASURING,
    OWN_PAGE,
    SECRET,
    TAKEBACK,
    WASTE,
    material,
    people,
)
from tests.reports.making import words_of

OTHERS_READ: tuple[PackKind, ...] = ("tables", "notes", "badges")


def told(given: PackMaterial, table: int = 0) -> list[tuple[str, str]]:
    return [(one.topic, one.kind) for one in in_common(lay_out(given), table)]


def changed(given: PackMaterial, id_: str, **more: Any) -> PackMaterial:
    """The material with something else about one person."""
    known = tuple(replace(one, **more) if one.id == id_ else one for one in given.people)
    return replace(given, people=known)


def test_a_gap_is_shared_at_a_table_when_two_who_have_it_consent() -> None:
    # p1 and p2 consent, p3 does not: SECRET is left with p1 alone; WASTE is a help of p2 for p1
    assert told(material()) == [(TAKEBACK, "both"), (AMBITION, "shared"), (WASTE, "help")]
    assert told(material(), 1) == []
    assert told(changed(material(), "p3", shares_gaps=True))[1:3] == [(SECRET, "both"), (TAKEBACK, "both")]
    assert told(changed(material(), "p2", shares_gaps=False)) == []


def test_those_who_do_not_consent_make_no_difference_even_to_the_order() -> None:
    def reasons(*more: str) -> PackMaterial:
        shared = (SharedGap(AMBITION, ("p1", "p2", *more)), SharedGap(TAKEBACK, ("p1", "p2")))
        return material(reasons=(TableReason(shared, (Help("p2", "p1", WASTE),)), TableReason((), ())))

    assert told(reasons()) == told(reasons("p3"))


@pytest.mark.parametrize("kind", OTHERS_READ)
def test_who_is_not_to_be_named_might_be_anybody(kind: PackKind) -> None:
    hidden = changed(
        material(), "p3", name="Helt En Annen", company="Noe Annet AS", address=f"{OWN_PAGE}/annen"
    )

    assert build_pack(kind, hidden) == build_pack(kind, material())


@pytest.mark.parametrize("kind", OTHERS_READ)
def test_no_figure_of_a_company_is_in_what_others_read(kind: PackKind) -> None:
    without = material(people=tuple(replace(one, sheet=None) for one in people()))

    assert build_pack(kind, without) == build_pack(kind, material())


@pytest.mark.parametrize("kind", OTHERS_READ)
def test_hidden_names_addresses_and_gaps_are_not_in_the_page(kind: PackKind) -> None:
    given = material()
    page = gathering_html(build_pack(kind, given))
    secret = lay_out(given).topic(SECRET)

    hidden = (HIDDEN_NAME, HIDDEN_COMPANY, "Skjult", f"{OWN_PAGE}/p3", secret)
    assert [text for text in hidden if text in page] == []
    assert "Kari Eksempel" in page


def test_an_own_copy_holds_its_own_page_and_nobody_elses() -> None:
    given = material()
    own = next(one for one in given.people if one.id == "p3")
    page = words_of(gathering_html(build_pack("participants", replace(given, people=(own,)))))

    assert HIDDEN_NAME in page
    assert [one.name for one in given.people if one.name in page] == [HIDDEN_NAME]


def test_a_word_that_no_questionnaire_has_is_left_out() -> None:
    given = material(
        reasons=(TableReason((SharedGap("gone/a.b", ("p1", "p2")),), ()), TableReason((), ())),
        topics=Topics(
            12, (Topic("circular_business_models/gone.gone", 7, or_more=True), Topic(MEASURING, 6, False))
        ),
    )
    [notes] = build_pack("notes", given).pages

    assert told(given) == []
    assert [(one.topic, one.who) for one in notes.topics] == [(MEASURING, "6 av 12 bedrifter")]


def test_a_material_that_does_not_fit_together_is_refused() -> None:
    with pytest.raises(ValueError, match="there twice"):
        material(people=(Person("a", "A"), Person("a", "B", readiness=Readiness((), ()))))
    with pytest.raises(ValueError, match="as many reasons"):
        material(plan=Plan((("p1",),)))
