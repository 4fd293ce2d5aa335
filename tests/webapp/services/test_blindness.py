"""Where a programme rates blind, nothing else opens what the review pages keep hidden."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.webapp.services.printing import print_all
from tests.webapp.views.reviewed import LATER, Reviewed, reviewed
from webapp.errors import Refused
from webapp.services import documents, exports, handins, results
from webapp.services.judging import Judgement, judge
from webapp.services.review import open_review
from webapp.services.reviewing import decide

Way = Callable[[Reviewed, str], object]

WAYS: dict[str, Way] = {
    "the result": lambda w, who: results.open_result(w.site, w.actor(who), w.id, "nb"),
    "the data file": lambda w, who: exports.export_json(w.site, w.actor(who), w.id, "nb"),
    "the spreadsheet": lambda w, who: exports.export_xlsx(w.site, w.actor(who), w.id, "nb"),
    "the list of documents": lambda w, who: handins.hand_ins_of(w.site, w.actor(who), w.id),
    "the documents": lambda w, who: documents.list_documents(w.site, w.actor(who), w.id),
    "the report": lambda w, who: documents.report_of(w.site, w.actor(who), w.id, "nb", "company"),
    "an order": lambda w, who: documents.order_document(
        w.site, w.actor(who), w.id, "company", "nb", now=LATER
    ),
}


@pytest.fixture
def world(tmp_path: Path) -> Reviewed:
    return reviewed(tmp_path)


def rate_all(world: Reviewed) -> None:
    advisor = world.actor(world.advisor)
    for item in open_review(world.site, advisor, world.id).items:
        said = Judgement("2", reason="Vurdert på befaring.")
        judge(world.site, advisor, world.id, item.id, LATER, judgement=said, base=0)


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
@pytest.mark.parametrize("is_begun", [False, True], ids=["handed in", "in review"])
def test_an_advisor_who_is_to_rate_first_gets_nowhere(world: Reviewed, way: Way, *, is_begun: bool) -> None:
    world.begin(is_blind=True) if is_begun else world.blind()

    with pytest.raises(Refused, match="rate_first"):
        way(world, world.advisor)


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_the_company_gets_everywhere(world: Reviewed, way: Way) -> None:
    world.begin(is_blind=True)

    assert way(world, world.owner) is not None


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_all_of_it_opens_once_all_is_rated(world: Reviewed, way: Way) -> None:
    world.begin(is_blind=True)
    rate_all(world)

    assert way(world, world.advisor) is not None


def test_a_finished_document_is_not_handed_out(world: Reviewed) -> None:
    advisor, owner = world.actor(world.advisor), world.actor(world.owner)
    listed = documents.order_document(world.site, owner, world.id, "share", "nb", now=LATER)
    print_all(world.site, owner, world.id)
    world.begin(is_blind=True)

    with pytest.raises(Refused, match="rate_first"):
        documents.open_pdf(world.site, advisor, listed.id, LATER)
    assert documents.open_pdf(world.site, owner, listed.id, LATER).content.startswith(b"%PDF-")


def test_what_was_approved_once_has_been_seen(world: Reviewed) -> None:
    world.begin()
    decide(world.site, world.actor(world.advisor), world.id, "approve", LATER)
    world.blind()

    assert WAYS["the result"](world, world.advisor) is not None


def test_without_a_blind_programme_nothing_is_closed(world: Reviewed) -> None:
    world.begin()

    assert WAYS["the result"](world, world.advisor) is not None
