"""The list of activities is read strictly, and the shipped one fits the shipped questionnaires."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

from questionnaires.activities import DEFAULT_FILE, Activity, load_activities
from questionnaires.catalogue import Catalogue
from questionnaires.errors import DefinitionError, Problem
from questionnaires.model import Questionnaire

GOOD = """\
activities:
  - id: T1
    title: {nb: Te fra hagen, nn: Te frå hagen, en: Tea from the garden}
    depth: basic
    kind: webinar
    questionnaires: [tea_house, collaboration]
    addresses: [leaves.*]
    prerequisites: []
    source: our proposal
  - id: T2
    title: {nb: Måle te, nn: Måle te, en: Measuring tea}
    depth: advanced
    kind: gathering
    questionnaires: [tea_house]
    basic_of: T1
    addresses: [leaves.*_pct, brewing.water]
    prerequisites: [T1]
    condition:
      min_coverage: {tea_house: "3/5"}
    duration_min: 45
    source: our proposal
"""

Load = Callable[[str], tuple[Activity, ...]]
Broken = Callable[..., list[Problem]]


@pytest.fixture
def load(tmp_path: Path, tea_house: Questionnaire) -> Load:
    """Reads a text as the list of activities beside the tea house."""

    def read(text: str) -> tuple[Activity, ...]:
        path = tmp_path / "activities.yaml"
        path.write_text(text, encoding="utf-8")
        return load_activities(path, [tea_house])

    return read


@pytest.fixture
def broken(load: Load) -> Broken:
    """What is wrong with the good list after texts in it were replaced, old then new."""

    def problems(*edits: str) -> list[Problem]:
        text = GOOD
        for old, new in zip(edits[::2], edits[1::2], strict=True):
            assert old in text
            text = text.replace(old, new)
        with pytest.raises(DefinitionError) as caught:
            load(text)
        return list(caught.value.problems)

    return problems


@pytest.fixture(scope="module")
def shipped() -> dict[str, Activity]:
    catalogue = Catalogue()
    ids = ("circular_business_models", "sustainability_reporting")
    questionnaires = [catalogue.load(catalogue.find(id_)).questionnaire for id_ in ids]
    return {activity.id: activity for activity in load_activities(DEFAULT_FILE, questionnaires)}


def test_the_shipped_list_fits_the_shipped_questionnaires(shipped: dict[str, Activity]) -> None:
    numbered = {"C": 10, "S": 3, "R": 8, "G": 2}

    assert sorted(shipped) == sorted(f"{c}{n}" for c, last in numbered.items() for n in range(1, last + 1))


def test_every_shipped_title_is_there_in_three_languages_and_used_once(shipped: dict[str, Activity]) -> None:
    for language in ("nb", "nn", "en"):
        titles = [getattr(activity.title, language).strip() for activity in shipped.values()]

        assert all(titles)
        assert len(set(titles)) == len(shipped)


def test_the_shipped_gatherings_carry_their_conditions_as_data(shipped: dict[str, Activity]) -> None:
    conditions = {a.id: a.condition for a in shipped.values() if a.kind == "gathering"}

    assert conditions.keys() == {"S3", "G1", "G2"}
    assert conditions["G1"].min_coverage == {"circular_business_models": Fraction(3, 5)}
    assert conditions["G2"].min_coverage == {"sustainability_reporting": Fraction(3, 5)}
    assert {id_: c.needs_resource_flows for id_, c in conditions.items()} == {
        "S3": True,
        "G1": False,
        "G2": False,
    }


def test_the_shipped_advanced_activities_build_on_basic_ones(shipped: dict[str, Activity]) -> None:
    assert {a.id: a.basic_of for a in shipped.values() if a.depth == "advanced"} == {
        "C7": "C3",
        "C8": "C4",
        "C9": "C2",
        "C10": "C5",
        "S2": "S1",
        "R5": "R1",
        "R6": "R2",
        "R7": "R1",
        "R8": "R4",
    }


def test_a_good_list_is_read_in_its_order_with_exact_shares(load: Load) -> None:
    first, second = load(GOOD)

    assert (first.id, first.basic_of, first.duration_min, first.condition.min_coverage) == (
        "T1",
        None,
        None,
        {},
    )
    assert (second.id, second.basic_of, second.duration_min) == ("T2", "T1", 45)
    assert second.condition.min_coverage == {"tea_house": Fraction(3, 5)}


def test_an_address_is_not_looked_for_in_questionnaires_that_do_not_exist_yet(load: Load) -> None:
    text = GOOD.replace("[tea_house, collaboration]", "[collaboration]").replace("[leaves.*]", "[trust.*]")

    assert load(text)[0].addresses == ("trust.*",)


@pytest.mark.parametrize(
    ("old", "new", "at", "words"),
    [
        ("T2", "T1", "10 activities[1].id", "the id 'T1' is used twice, first in activities.yaml:2"),
        ("basic_of: T1", "basic_of: T9", "15 activities[1].basic_of", "'T9' is not one of the allowed"),
        ("basic_of: T1", "basic_of: T2", "15 activities[1].basic_of", "Allowed: T1."),
        ("    basic_of: T1\n", "", "10 activities[1].basic_of", "the key 'basic_of' is missing"),
        ("depth: advanced", "depth: basic", "15 activities[1].basic_of", "builds on no other"),
        (", nn: Te frå hagen", "", "3 activities[0].title.nn", "the key 'nn' is missing"),
        ("nn: Te frå hagen", "nn: ' '", "3 activities[0].title.nn", "Allowed: some text"),
        ("[leaves.*]", "[leafs.*]", "7 activities[0].addresses[0]", "no question 'leafs.*'"),
        ("*_pct", "*_ptc", "16 activities[1].addresses[0]", "did you mean 'leaves.reused_pct'?"),
        ("[leaves.*]", "[leaves]", "7 activities[0].addresses[0]", "'leaves' is not written as it must"),
        ("[leaves.*]", "[]", "7 activities[0].addresses", "at least 1"),
        ("[tea_house]", "[teahouse]", "14 activities[1].questionnaires[0]", "did you mean 'tea_house'?"),
        ("[T1]", "[T7]", "17 activities[1].prerequisites[0]", "'T7' is not one of the allowed"),
        ('"3/5"', '"6/5"', "19 activities[1].condition.min_coverage.tea_house", "Allowed: 1 or less"),
        ('"3/5"', '"3/0"', "19 activities[1].condition.min_coverage.tea_house", "is not written as it"),
        ('"3/5"', "0.6", "19 activities[1].condition.min_coverage.tea_house", "this must be text"),
        ("{tea_house:", "{coffee:", "19 activities[1].condition.min_coverage.coffee", "Allowed: tea_house"),
        ("kind: webinar", "kind: course", "5 activities[0].kind", "webinar, recording, gathering, guide"),
        ("duration_min: 45", "duration_min: 0", "20 activities[1].duration_min", "Allowed: 1 or more"),
        ("duration_min", "minutes", "20 activities[1].minutes", "the key 'minutes' is not known"),
        ("id: T1", "id: tea-1", "2 activities[0].id", "'tea-1' is not written as it must be"),
        ("id: T1", "id: T1\n    id: T3", "3 activities[0].id", "the key 'id' is there twice"),
    ],
)
def test_a_mistake_is_named_with_its_place(broken: Broken, old: str, new: str, at: str, words: str) -> None:
    problems = broken(old, new)

    here = [p for p in problems if f"{p.place.line} {p.place.path}" == at]
    assert any(words in str(problem) for problem in here), [str(problem) for problem in problems]


def test_every_mistake_is_found_at_once(broken: Broken) -> None:
    problems = broken("[leaves.*]", "[leafs.*]", ", en: Measuring tea", "", "T2", "T1", "[T1]", "[T8]")

    assert [problem.code for problem in problems] == ["unknown_question", "duplicate_id", "missing_key"]


def test_naming_an_activity_that_has_a_mistake_is_no_second_mistake(broken: Broken) -> None:
    problems = broken("kind: webinar", "kind: course")

    assert [problem.code for problem in problems] == ["not_one_of"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "this must be a mapping, but is empty"),
        ("- T1\n", "this must be a mapping, but is a list"),
        ("activities:\n", "this must be a list, but is empty"),
        ("activities: []\n", "at least 1"),
        ("activities: [T1]\n", "this must be a mapping, but is text"),
        ("modules: []\n", "the key 'activities' is missing"),
        ("activities: [\n", "this is not YAML"),
        ("activities: [" + "T1, " * 201 + "]\n", "at most 200"),
    ],
)
def test_a_file_of_another_shape_is_refused(load: Load, text: str, words: str) -> None:
    with pytest.raises(DefinitionError, match=words):
        load(text)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(DefinitionError, match=r"nowhere\.yaml: the file cannot be read"):
        load_activities(tmp_path / "nowhere.yaml", ())
