"""What is over or cancelled is suggested as its recording or not at all; the rule itself stays as it is."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from assessment.advice.learning import learning_path
from assessment.advice.offers import Withheld, offers
from assessment.result import AssessmentResult
from questionnaires.activities import DEFAULT_FILE, load_activities
from questionnaires.programme import ProgrammeActivity, Recording
from webapp.services.definitions import Definitions
from webapp.services.scoring import score_file

EXAMPLES = Path(__file__).parents[3] / "questionnaires" / "examples"
NOW = datetime(2027, 2, 3, 9, 0, tzinfo=UTC)
RECORDING = Recording(url="https://opptak.example/c1")
PROPOSED = load_activities(DEFAULT_FILE, ())


def activity(id_: str, **more: Any) -> ProgrammeActivity:
    """A proposed activity with what a programme adds to it."""
    proposed = next(activity for activity in PROPOSED if activity.id == id_)
    fields = {name: getattr(proposed, name) for name in type(proposed).model_fields}
    return ProgrammeActivity(**{**fields, **more})


@pytest.fixture(scope="module")
def results() -> list[AssessmentResult]:
    folder = EXAMPLES / "eksempel_mobelverksted"
    return [score_file(path, Definitions()) for path in sorted(folder.glob("*.json"))]


@pytest.mark.parametrize(
    ("id_", "more", "expected"),
    [
        ("C1", {}, "webinar"),
        ("C1", {"starts": "2027-02-03T10:00Z"}, "webinar"),
        ("C1", {"starts": "2027-02-03T10:00Z", "recording": RECORDING}, "webinar"),
        ("C1", {"recording": RECORDING}, "recording"),
        ("C1", {"starts": "2027-02-03T08:00Z", "ends": "2027-02-03T09:01Z"}, "webinar"),
        ("C1", {"starts": "2027-02-03T08:00Z", "duration_min": 61}, "webinar"),
        ("C1", {"starts": "2027-02-03T08:00Z", "recording": RECORDING}, "recording"),
        ("G1", {"starts": "2027-02-03T08:00Z", "recording": RECORDING}, "recording"),
        ("C1", {"is_cancelled": True, "recording": RECORDING}, "recording"),
        ("C1", {"kind": "guide", "starts": "2027-02-03T08:00Z"}, "guide"),
        ("C1", {"kind": "guide", "recording": RECORDING}, "guide"),
    ],
)
def test_what_can_be_taken_up_is_offered_as_what_is_left_of_it(
    id_: str, more: dict[str, Any], expected: str
) -> None:
    found = offers([activity(id_, **more)], NOW)

    assert found.kinds == {id_: expected}
    assert found.withheld == ()


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"starts": "2027-02-03T08:00Z", "ends": "2027-02-03T09:00Z"}, "past"),
        ({"starts": "2027-02-03T08:00Z", "duration_min": 60}, "past"),
        ({"starts": "2027-02-03T08:59Z"}, "past"),
        ({"is_cancelled": True}, "cancelled"),
        ({"is_cancelled": True, "starts": "2027-02-04T08:00Z"}, "cancelled"),
        ({"is_cancelled": True, "starts": "2027-02-02T08:00Z"}, "cancelled"),
        ({"is_cancelled": True, "kind": "guide"}, "cancelled"),
    ],
)
def test_what_is_over_or_cancelled_without_a_recording_is_withheld_with_the_reason(
    more: dict[str, Any], reason: str
) -> None:
    found = offers([activity("G1", **more)], NOW)

    assert found.open == ()
    assert [(w.activity, w.reason) for w in found.withheld] == [("G1", reason)]


def test_over_undated_activities_the_rule_gives_what_it_always_gave(results: list[AssessmentResult]) -> None:
    own = [activity(proposed.id) for proposed in PROPOSED]

    found = offers(own, NOW)

    assert learning_path(results, found.open) == learning_path(results, PROPOSED)
    assert offers(reversed(own), NOW) == found


def test_a_gathering_that_is_over_gives_way_to_the_next(results: list[AssessmentResult]) -> None:
    over = activity("G2", starts="2027-02-01T08:00Z")

    before = learning_path(results, offers([activity("G1"), activity("G2")], NOW).open)
    after = learning_path(results, offers([activity("G1"), over], NOW).open)

    assert before.gathering is not None
    assert before.gathering.activity == "G2"
    assert after.gathering is not None
    assert after.gathering.activity == "G1"
    assert offers([activity("G1"), over], NOW).withheld == (Withheld("G2", "past"),)


def test_a_recorded_gathering_stands_among_the_webinars(results: list[AssessmentResult]) -> None:
    recorded = activity("G1", starts="2027-02-01T08:00Z", recording=RECORDING)

    path = learning_path(results, offers([recorded], NOW).open)

    assert [s.activity for s in path.webinars] == ["G1"]
    assert path.gathering is None
