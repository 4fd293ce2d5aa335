"""A weak question finds the chapter that says most about it."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

from assessment.advice.chapters import Place, chapters_for, weak_questions
from questionnaires.activities import ActivityTitle
from questionnaires.programme import Chapter, ProgrammeActivity, Recording
from webapp.services.definitions import Definitions
from webapp.services.scoring import score_file

EXAMPLES = Path(__file__).parents[3] / "questionnaires" / "examples"
CIRCULAR, REPORTING = "circular_business_models", "sustainability_reporting"
WASTE = (CIRCULAR, "operations.waste_data")


def chapter(seconds: int, *addresses: str, title: str = "Del") -> Chapter:
    return Chapter(starts_at_seconds=seconds, title=title, addresses=addresses)


def recorded(id_: str, *chapters: Chapter, questionnaire: str = CIRCULAR) -> ProgrammeActivity:
    return ProgrammeActivity(
        id=id_,
        title=ActivityTitle(nb="Te", nn="Te", en="Tea"),
        depth="basic",
        kind="webinar",
        questionnaires=(questionnaire,),
        recording=Recording(url="https://opptak.example/o", chapters=chapters),
    )


def place_of(*activities: ProgrammeActivity) -> tuple[str, int] | None:
    found = chapters_for([WASTE], activities).get(WASTE)
    return None if found is None else (found.activity, found.starts_at_seconds)


def test_the_question_itself_goes_before_a_wildcard_wherever_it_stands() -> None:
    wide, exact = recorded("C1", chapter(0, "operations.*")), recorded("C9", chapter(900, WASTE[1]))

    assert place_of(wide, exact) == ("C9", 900)
    assert place_of(exact, wide) == ("C9", 900)


def test_the_longer_wildcard_goes_before_the_shorter() -> None:
    assert place_of(recorded("C1", chapter(0, "operations.*"), chapter(60, "operations.waste_*"))) == (
        "C1",
        60,
    )


def test_alike_addresses_go_by_the_number_of_the_id_and_then_by_time() -> None:
    ten, two = (
        recorded("C10", chapter(0, WASTE[1])),
        recorded("C2", chapter(30, WASTE[1]), chapter(90, WASTE[1])),
    )

    assert place_of(ten, two) == ("C2", 30)


def test_a_chapter_of_another_questionnaire_or_without_addresses_is_not_found() -> None:
    other = recorded("R1", chapter(0, "operations.*"), questionnaire=REPORTING)

    assert place_of(other, recorded("C1", chapter(0))) is None


def test_an_activity_without_a_recording_points_nowhere() -> None:
    bare = recorded("C1", chapter(0, WASTE[1])).model_copy(update={"recording": None})

    assert place_of(bare) is None


def test_a_place_says_by_which_address_it_was_found() -> None:
    found = chapters_for([WASTE], [recorded("C1", chapter(754, "operations.waste_*", title="Avfall"))])

    assert found == {WASTE: Place("C1", 754, "Avfall", "operations.waste_*")}


def test_the_order_of_activities_and_chapters_does_not_matter() -> None:
    chapters = [chapter(0, "operations.*"), chapter(60, "operations.waste_*"), chapter(60, "*.waste_data")]
    expected = place_of(recorded("C1", *chapters))

    assert expected == ("C1", 60)
    assert {place_of(recorded("C1", *order)) for order in permutations(chapters)} == {expected}


def test_the_weak_questions_of_a_company_are_its_gaps_by_questionnaire() -> None:
    folder = EXAMPLES / "eksempel_bygg"
    results = [score_file(path, Definitions()) for path in sorted(folder.glob("*.json"))]

    weak = weak_questions(reversed(results))

    assert weak == tuple((r.answers.questionnaire, gap.question) for r in results for gap in r.gaps)
    assert [questionnaire for questionnaire, _ in weak] == sorted(questionnaire for questionnaire, _ in weak)
