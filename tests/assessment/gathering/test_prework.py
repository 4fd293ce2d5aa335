"""A participant's sheet picks what stands out, the same each time, and pre-work is done or named."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from assessment.advice.standing import Standing
from assessment.errors import AssessmentError
from assessment.gathering.prework import Bring, participant_sheet, readiness, weights
from assessment.result import AssessmentResult
from assessment.routing import Outcome
from webapp.services.definitions import Definitions
from webapp.services.scoring import score_file

EXAMPLES = Path(__file__).parents[3] / "questionnaires" / "examples"
CIRCULAR, REPORTING = "circular_business_models", "sustainability_reporting"


@pytest.fixture(scope="module")
def results() -> list[AssessmentResult]:
    """The furniture workshop's two assessments."""
    definitions = Definitions()
    folder = EXAMPLES / "eksempel_mobelverksted"
    return [score_file(path, definitions) for path in sorted(folder.glob("*.json"))]


def standing(question: str, value: int) -> Standing:
    return Standing(question, question.partition(".")[0], Fraction(value))


def stated(result: AssessmentResult, *unknown: str, **more: object) -> AssessmentResult:
    """The result with these questions answered "don't know" and no others."""
    outcomes = tuple(_stated(outcome, unknown) for outcome in result.routed.outcomes)
    return replace(result, routed=replace(result.routed, outcomes=outcomes), **more)


def _stated(outcome: Outcome, unknown: tuple[str, ...]) -> Outcome:
    if outcome.id in unknown:
        return replace(outcome, state="unknown", score=0)
    return replace(outcome, state="answered") if outcome.state == "unknown" else outcome


def test_a_sheet_holds_every_dimension_that_applies(results: list[AssessmentResult]) -> None:
    sheet = participant_sheet(results)

    expected = [
        (
            result.answers.questionnaire,
            planned.dimension.id,
            result.scores.dimensions[planned.dimension.id].level,
        )
        for result in results
        for planned in result.plan.dimensions
        if result.scores.dimensions[planned.dimension.id].status != "not_applicable"
    ]
    assert [(line.questionnaire, line.dimension, line.level) for line in sheet.dimensions] == expected


def test_the_largest_gap_worked_by_hand_stands_first(results: list[AssessmentResult]) -> None:
    circular = next(result for result in results if result.answers.questionnaire == CIRCULAR)

    gap = participant_sheet([circular]).gaps[0]

    # docs/scoring.md section 4: insight.measurement (W 10, w 2, s 0, A + U + M = 3): 10 * 2 * 3 / 3
    assert (gap.question, gap.value) == ("insight.measurement", 20)


def test_two_strengths_and_three_gaps_of_different_dimensions_come_from_all_questionnaires(
    results: list[AssessmentResult],
) -> None:
    circular, reporting = results
    sheet = participant_sheet(
        [
            replace(
                circular,
                gaps=(
                    standing("strategy.ambition", 9),
                    standing("strategy.business_model", 8),
                    standing("use.premises", 2),
                ),
                strengths=(standing("design.durability", 4),),
            ),
            replace(
                reporting,
                gaps=(standing("data.energy", 7), standing("data.ghg", 6)),
                strengths=(standing("governance.owner", 5), standing("targets.set", 3)),
            ),
        ]
    )

    assert [(pick.question, pick.value) for pick in sheet.gaps] == [
        ("strategy.ambition", 9),
        ("data.energy", 7),
        ("use.premises", 2),
    ]
    assert [pick.question for pick in sheet.strengths] == ["governance.owner", "design.durability"]


def test_gaps_of_one_dimension_follow_where_there_are_no_others(results: list[AssessmentResult]) -> None:
    gaps = (
        standing("design.durability", 3),
        standing("design.packaging", 2),
        standing("design.assortment", 2),
    )

    found = participant_sheet([replace(results[0], gaps=gaps)]).gaps

    # the last two are alike: design.assortment is asked before design.packaging
    assert [pick.question for pick in found] == ["design.durability", "design.assortment", "design.packaging"]


def test_what_nobody_knew_is_brought_before_a_larger_gap(results: list[AssessmentResult]) -> None:
    # gaps on the sheet: insight.measurement 20, targets.set 20, data.energy 15, answered "don't know"
    assert participant_sheet(results).bring == Bring("unknown", REPORTING, "data.energy")


def test_the_largest_gap_is_brought_where_all_is_known(results: list[AssessmentResult]) -> None:
    assert participant_sheet([stated(results[0])]).bring == Bring("gap", CIRCULAR, "insight.measurement")


def test_without_gaps_something_not_known_is_brought_or_nothing(results: list[AssessmentResult]) -> None:
    one = stated(results[0], "use.premises", "inputs.digital", gaps=())

    assert participant_sheet([one]).bring == Bring("unknown", CIRCULAR, "inputs.digital")
    assert participant_sheet([stated(results[0], gaps=())]).bring is None


def test_the_order_of_results_does_not_matter(results: list[AssessmentResult]) -> None:
    assert participant_sheet(reversed(results)) == participant_sheet(results)
    assert weights(reversed(results)) == weights(results)


def test_nothing_handed_in_is_an_empty_sheet() -> None:
    sheet = participant_sheet([])

    assert (sheet.dimensions, sheet.strengths, sheet.gaps, sheet.bring) == ((), (), (), None)


def test_two_results_of_one_questionnaire_are_refused(results: list[AssessmentResult]) -> None:
    with pytest.raises(AssessmentError, match="one result of each questionnaire"):
        participant_sheet([*results, results[0]])


def test_seating_takes_every_gap_and_strength_by_questionnaire_and_question(
    results: list[AssessmentResult],
) -> None:
    found = weights(results)

    assert found.gaps[f"{CIRCULAR}/operations.energy_water"] == Fraction(15, 2)
    assert len(found.gaps) == sum(len(result.gaps) for result in results)
    assert found.strengths[f"{CIRCULAR}/inputs.secondary"] == 24


def test_pre_work_is_done_when_every_questionnaire_asked_for_is_handed_in() -> None:
    found = readiness([CIRCULAR, REPORTING, CIRCULAR], {REPORTING, "other"})

    assert (found.handed_in, found.missing, found.is_ready) == ((REPORTING,), (CIRCULAR,), False)
    assert readiness([CIRCULAR], [CIRCULAR]).is_ready
    assert readiness([], []).is_ready
