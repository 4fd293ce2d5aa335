"""``kretslop definitions diff``: what changed, the step it needs, and whose level moves."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.answers_broken.workshop import change, edit, translate, write_shop
from tests.webapp.conftest import Kretslop, answer_file
from tests.webapp.shapes import DIFF, misfits

WORKSHOP = "sections/workshop.yaml"
ADDED_TEXT = """    source: invented

  - id: workshop.song
    depth: basic
    kind: text
    weight: 0
    text: Hva synger dere?
    why: Noe må synges.
    allows_not_applicable: true
    source: invented

  - id: workshop.opened_on
"""


def _diff(kretslop: Kretslop, catalogue: Path, new: str, *more: str | Path) -> tuple[int, dict]:  # type: ignore[type-arg]  # JSON
    versions = ("bicycle_shop@1.0.0-draft", f"bicycle_shop@{new}-draft")
    run = kretslop("definitions", "diff", *versions, *more, "--json", "--definitions", catalogue)
    assert misfits(run.json(), DIFF) == []
    return run.code, run.json()


def test_versions_that_say_the_same_do_not_differ(kretslop: Kretslop, catalogue: Path) -> None:
    write_shop(catalogue, "1.0.1-draft", "1.0.1")

    code, found = _diff(kretslop, catalogue, "1.0.1")

    assert code == 0
    assert (found["changes"], found["needed"], found["made"], found["fits"]) == ([], None, "PATCH", True)


CHANGES = {
    "wording of the source": (WORKSHOP, "Hva står over døren?", "Hva står på døren?", "wording", "PATCH"),
    "where it maps to": (
        "sections/rental.yaml",
        "logg?\n    why: En logg husker.",
        "logg?\n    maps_to: [{standard: VSME}]\n    why: En logg husker.",
        "wording",
        "PATCH",
    ),
    "a question added": (
        WORKSHOP,
        "    source: invented\n\n  - id: workshop.opened_on\n",
        ADDED_TEXT,
        "added",
        "MINOR",
    ),
    "a question removed": (WORKSHOP, "id: workshop.motto", "id: workshop.slogan", "removed", "MAJOR"),
    "the weight of a question": (
        "sections/flows.yaml",
        "    weight: 2\n",
        "    weight: 3\n",
        "weight",
        "MAJOR",
    ),
    "an option": (
        WORKSHOP,
        "      - {id: nothing,",
        "      - {id: bells, text: Bjeller}\n      - {id: nothing,",
        "option",
        "MAJOR",
    ),
    "the score of an option": (WORKSHOP, "id: hook, score: 2", "id: hook, score: 1", "option", "MAJOR"),
    "breakpoints": (
        WORKSHOP,
        "breakpoints: [1, 5, 10, 20]",
        "breakpoints: [1, 5, 10, 30]",
        "option",
        "MAJOR",
    ),
    "a limit of a number": (WORKSHOP, "maximum: 2000", "maximum: 1500", "option", "MAJOR"),
    "when a question is shown": (
        WORKSHOP,
        "shown_if: workshop.counted.value",
        "shown_if: profile.rents",
        "condition",
        "MAJOR",
    ),
    "when a fact is asked": (
        "questionnaire.yaml",
        "asked_if: profile.rents",
        "asked_if: profile.employees > 3",
        "condition",
        "MAJOR",
    ),
    "a gate": ("scoring.yaml", "max_level: 2", "max_level: 1", "cap", "MAJOR"),
    "what is core": ("scoring.yaml", "    core: true\n", "", "cap", "MAJOR"),
    "a contradiction rule": (
        "scoring.yaml",
        "workshop.tools.score >= 3 &&",
        "workshop.tools.score >= 2 &&",
        "condition",
        "MINOR",
    ),
}


@pytest.mark.parametrize("made", CHANGES.values(), ids=CHANGES)
def test_each_kind_of_change_is_named_with_the_step_it_needs(
    kretslop: Kretslop, catalogue: Path, made: tuple[str, str, str, str, str]
) -> None:
    file, old, new, kind, step = made
    change(write_shop(catalogue, "1.0.1-draft", "1.0.1"), file, old, new)

    code, found = _diff(kretslop, catalogue, "1.0.1")

    assert (kind, step) in {(change["kind"], change["step"]) for change in found["changes"]}
    assert found["needed"] == step
    assert (found["made"], found["fits"], code) == ("PATCH", step == "PATCH", int(step != "PATCH"))


def test_a_translation_is_told_from_wording(kretslop: Kretslop, catalogue: Path) -> None:
    translate(write_shop(catalogue, "1.0.1-draft", "1.0.1"), nn="nynorsk")

    code, found = _diff(kretslop, catalogue, "1.0.1")

    assert {(change["kind"], change["step"]) for change in found["changes"]} == {("translation", "PATCH")}
    assert all(change["path"].startswith("nn:") for change in found["changes"])
    assert code == 0


@pytest.mark.parametrize(
    ("number", "step", "fits"),
    [("1.0.1", "PATCH", False), ("1.1.0", "MINOR", False), ("2.0.0", "MAJOR", True), ("0.9.0", None, False)],
)
def test_the_number_must_make_the_step(
    kretslop: Kretslop, catalogue: Path, number: str, step: str | None, fits: bool
) -> None:
    change(
        write_shop(catalogue, f"{number}-draft", number), WORKSHOP, "id: hook, score: 2", "id: hook, score: 1"
    )

    code, found = _diff(kretslop, catalogue, number)

    assert (found["needed"], found["made"], found["fits"], code) == ("MAJOR", step, fits, int(not fits))


def test_the_difference_is_told_in_words(kretslop: Kretslop, catalogue: Path) -> None:
    change(
        write_shop(catalogue, "1.0.1-draft", "1.0.1"), WORKSHOP, "id: hook, score: 2", "id: hook, score: 1"
    )

    run = kretslop(
        "definitions",
        "diff",
        "bicycle_shop@1.0.0-draft",
        "bicycle_shop@1.0.1-draft",
        "--definitions",
        catalogue,
    )

    assert run.code == 1
    assert run.text.startswith("MAJOR  option       questions/workshop.stand/options: ")
    assert "Needs a MAJOR step; the number makes PATCH: it does not fit." in run.text


def test_whose_level_changes_is_listed_with_the_reason(
    kretslop: Kretslop, catalogue: Path, tmp_path: Path
) -> None:
    # counted no: workshop (6+3+2+0+3)/6 = 7/3; whole (50*7/3 + 30*7/5 + 20*2)/100 = 299/150, level 2.
    # hook scoring 0: (6+3+0+0+3)/6 = 2; whole (100 + 42 + 40)/100 = 91/50, level 2 still.
    # tools 0 as well makes (0+3+2+0+3)/6 = 4/3: (200/3 + 82)/100 = 223/150, level 1 either way.
    stored = tmp_path / "stored"
    answer_file(stored, "good.json")
    answer_file(stored, "deep/edge.json", [('"value": "3",', '"value": "1",')])
    (stored / "notes.json").write_text("[]")
    (stored / "readme.txt").write_text("not looked at")
    newer = write_shop(catalogue, "2.0.0-draft", "2.0.0")
    edit(newer / "scoring.yaml", "weight: 50", "weight: 90")
    edit(newer / "scoring.yaml", "{id: flows, weight: 30", "{id: flows, weight: 5")
    edit(newer / "scoring.yaml", "{id: rental, weight: 20", "{id: rental, weight: 5")

    code, found = _diff(kretslop, catalogue, "2.0.0", "--answers", stored)

    # good: (90*3 + 5*7/5 + 5*2)/100 = 287/100, level 3 instead of 2.
    # edge: workshop (2+3+2+4+3)/6 = 7/3: (50*7/3 + 82)/100 = 299/150 -> 2; (90*7/3 + 17)/100 = 2.27 -> 2.
    assert code == 0
    assert found["unreadable"] == [str(stored / "notes.json")]
    assert [(level["file"], level["before"], level["after"]) for level in found["levels"]] == [
        (str(stored / "good.json"), 2, 3)
    ]
    assert found["levels"][0]["because"] == [
        "workshop: weight 50 -> 90",
        "flows: weight 30 -> 5",
        "rental: weight 20 -> 5",
    ]


def test_a_level_that_changes_by_a_score_says_which(
    kretslop: Kretslop, catalogue: Path, tmp_path: Path
) -> None:
    # bikes scoring 3 with weight 2: rental 3, whole 2.32 + 20/100 = 2.52, level 3
    answer_file(
        tmp_path / "stored",
        "good.json",
        [('"rental.bikes": {"value": "2"}', '"rental.bikes": {"value": "3"}')],
    )
    newer = write_shop(catalogue, "2.0.0-draft", "2.0.0")
    change(newer, WORKSHOP, "{id: hook, score: 2", "{id: hook, score: 0")

    code, found = _diff(kretslop, catalogue, "2.0.0", "--answers", tmp_path / "stored")

    # workshop (6+3+0+4+3)/6 = 8/3; whole (50*8/3 + 42 + 60)/100 = 353/150 = 2.35, level 2
    assert code == 0
    assert [(level["before"], level["after"]) for level in found["levels"]] == [(3, 2)]
    assert found["levels"][0]["because"] == ["workshop: 3 (level 3) -> 8/3 (level 3)"]


@pytest.mark.parametrize("folder", ["missing", "good.json"])
def test_answers_that_are_no_folder_are_wrong_use(
    kretslop: Kretslop, catalogue: Path, good: Path, folder: str
) -> None:
    write_shop(catalogue, "2.0.0-draft", "2.0.0")
    versions = ("bicycle_shop@1.0.0-draft", "bicycle_shop@2.0.0-draft")

    run = kretslop(
        "definitions", "diff", *versions, "--answers", good.parent / folder, "--definitions", catalogue
    )

    assert (run.code, run.out) == (2, b"")


def test_two_questionnaires_are_not_compared(kretslop: Kretslop, catalogue: Path, draft: Path) -> None:
    other = draft.parents[1] / "tricycle_shop" / "1.0.0-draft"
    shutil.copytree(draft, other)

    run = kretslop(
        "definitions", "diff", "bicycle_shop@1.0.0-draft", "tricycle_shop", "--definitions", catalogue
    )

    assert (run.code, run.out) == (2, b"")
    assert "different questionnaires" in run.err
