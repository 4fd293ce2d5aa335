"""``kretslop definitions publish``: nothing is frozen unless everything holds, and then for good."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.answers_broken.workshop import change, edit, write_shop
from tests.webapp.conftest import Kretslop, Run, answer_file
from tests.webapp.shapes import SHA256, misfits
from webapp.services.definitions import Definitions
from webapp.services.publishing import publish

WORKSHOP = "sections/workshop.yaml"
PUBLISHED = {"id": str, "version": str, "status": {"published"}, "sha256": SHA256}
AT_3 = [('"rental.bikes": {"value": "2"}', '"rental.bikes": {"value": "3"}')]
EXPECTED = 'company: x\nbicycle_shop:\n  "1.0.0": {{overall: {{level: {level}}}}}\n'


def _publish(kretslop: Kretslop, catalogue: Path, number: str, *more: str) -> Run:
    wanted = f"bicycle_shop@{number}-draft"
    return kretslop("definitions", "publish", wanted, *more, "--definitions", catalogue)


def _register(catalogue: Path) -> dict[str, Any]:
    return tomllib.loads((catalogue / "published.toml").read_text(encoding="utf-8"))


def _example(catalogue: Path, company: str, level: str, changes: list[tuple[str, str]]) -> None:
    folder = catalogue / "examples" / company
    answer_file(folder, "bicycle_shop.json", [*changes, ('"1.0.0-draft"', '"1.0.0"')])
    (folder / "expected.yaml").write_text(EXPECTED.format(level=level))


def _state(catalogue: Path) -> dict[str, bytes]:
    """Everything in the catalogue."""
    return {str(path): path.read_bytes() for path in catalogue.rglob("*") if path.is_file()}


def test_publishing_freezes_a_draft(kretslop: Kretslop, catalogue: Path, draft: Path) -> None:
    run = _publish(kretslop, catalogue, "1.0.0", "--json")

    assert run.code == 0
    assert misfits(run.json(), PUBLISHED) == []
    assert (draft.exists(), (draft.parent / "1.0.0").is_dir()) == (False, True)
    assert _register(catalogue) == {"bicycle_shop": {"1.0.0": {"sha256": run.json()["sha256"]}}}


def test_a_published_version_is_listed_checked_and_scored(
    kretslop: Kretslop, catalogue: Path, tmp_path: Path
) -> None:
    sha256 = _publish(kretslop, catalogue, "1.0.0", "--json").json()["sha256"]
    file = answer_file(tmp_path, "a.json", [('"1.0.0-draft"', '"1.0.0"')])

    listed = kretslop("definitions", "list", "--json", "--definitions", catalogue)
    checked = kretslop("definitions", "check", "--definitions", catalogue)
    scored = kretslop("score", file, "--definitions", catalogue)

    assert listed.json() == [
        {"id": "bicycle_shop", "version": "1.0.0", "status": "published", "sha256": sha256}
    ]
    assert checked.code == 0
    assert scored.json()["definition_sha256"] == sha256


def test_no_temporary_file_stays_behind(kretslop: Kretslop, catalogue: Path) -> None:
    _publish(kretslop, catalogue, "1.0.0")

    assert sorted(path.name for path in catalogue.iterdir()) == ["definitions", "published.toml"]


def test_a_later_edit_makes_check_fail_and_score_refuse(
    kretslop: Kretslop, catalogue: Path, tmp_path: Path
) -> None:
    _publish(kretslop, catalogue, "1.0.0")
    file = answer_file(tmp_path, "a.json", [('"1.0.0-draft"', '"1.0.0"')])
    folder = catalogue / "definitions" / "bicycle_shop" / "1.0.0"
    change(folder, WORKSHOP, "Hva står over døren?", "Hva står på døren?")

    checked = kretslop("definitions", "check", "--definitions", catalogue)
    scored = kretslop("score", file, "--definitions", catalogue)
    shown = kretslop("definitions", "show", "bicycle_shop", "--json", "--definitions", catalogue)
    template = kretslop("answers", "template", "bicycle_shop", "--definitions", catalogue)

    assert [checked.code, scored.code, shown.code, template.code] == [1, 1, 1, 1]
    assert "the published version bicycle_shop 1.0.0 has changed" in checked.text
    assert "has changed" in scored.json()["errors"][0]["message"]
    assert "has changed" in shown.err
    assert shown.json()["version"] == "1.0.0"


def test_a_comment_in_a_published_version_changes_nothing(kretslop: Kretslop, catalogue: Path) -> None:
    _publish(kretslop, catalogue, "1.0.0")
    file = catalogue / "definitions" / "bicycle_shop" / "1.0.0" / "scoring.yaml"
    file.write_text("# read by people\n" + file.read_text(encoding="utf-8"))

    assert kretslop("definitions", "check", "--definitions", catalogue).code == 0


def test_a_broken_draft_is_refused_with_every_problem(
    kretslop: Kretslop, catalogue: Path, draft: Path
) -> None:
    edit(draft / WORKSHOP, "breakpoints: [1, 5, 10, 20]", "breakpoints: [1, 5, 5, 20]")
    edit(draft / "scoring.yaml", "weight: 50", "weight: 49")
    before = _state(catalogue)

    run = _publish(kretslop, catalogue, "1.0.0")

    assert (run.code, run.out) == (1, b"")
    assert "the breakpoints are not strictly ascending" in run.err
    assert "the dimension weights sum to 99" in run.err
    assert run.err.endswith("Nothing was published.\n")
    assert _state(catalogue) == before


def test_what_is_published_cannot_be_published_again(kretslop: Kretslop, catalogue: Path) -> None:
    _publish(kretslop, catalogue, "1.0.0")

    run = kretslop("definitions", "publish", "bicycle_shop@1.0.0", "--definitions", catalogue)

    assert run.code == 1
    assert "bicycle_shop 1.0.0 is not a draft" in run.err


def test_a_draft_of_a_published_number_is_refused(kretslop: Kretslop, catalogue: Path) -> None:
    _publish(kretslop, catalogue, "1.0.0")
    write_shop(catalogue)

    run = _publish(kretslop, catalogue, "1.0.0")

    assert run.code == 1
    assert "1.0.0 is published already" in run.err


def test_a_number_that_hides_a_change_is_refused(kretslop: Kretslop, catalogue: Path) -> None:
    _publish(kretslop, catalogue, "1.0.0")
    change(
        write_shop(catalogue, "1.0.1-draft", "1.0.1"), WORKSHOP, "id: hook, score: 2", "id: hook, score: 1"
    )

    run = _publish(kretslop, catalogue, "1.0.1")

    assert run.code == 1
    assert "the changes need a MAJOR step, 1.0.0 to 1.0.1 is PATCH" in run.err
    assert "2.0.0 or later" in run.err


def test_a_first_version_must_score_the_examples_as_worked_by_hand(
    kretslop: Kretslop, catalogue: Path
) -> None:
    _example(catalogue, "eksempel_hjul", "2", [])
    _example(catalogue, "eksempel_ramme", "2", AT_3)  # 2.32 + 0.2 = 2.52: level 3

    run = _publish(kretslop, catalogue, "1.0.0")

    assert run.code == 1
    assert "The example eksempel_ramme goes from level 2 to 3" in run.err
    assert "--because eksempel_ramme=REASON" in run.err
    assert "eksempel_hjul" not in run.err
    assert not (catalogue / "published.toml").exists()


def _with_an_example_that_falls(kretslop: Kretslop, catalogue: Path) -> None:
    """Version 1.0.0 is published; in 2.0.0 the hook scores 0 and the example falls from 3 to 2."""
    _example(catalogue, "eksempel_hjul", "2", [])
    _example(catalogue, "eksempel_ramme", "3", AT_3)
    assert _publish(kretslop, catalogue, "1.0.0").code == 0
    newer = write_shop(catalogue, "2.0.0-draft", "2.0.0")
    change(newer, WORKSHOP, "{id: hook, score: 2", "{id: hook, score: 0")


def test_an_example_that_changes_level_needs_a_reason(kretslop: Kretslop, catalogue: Path) -> None:
    _with_an_example_that_falls(kretslop, catalogue)
    before = _state(catalogue)

    run = _publish(kretslop, catalogue, "2.0.0")

    assert run.code == 1
    assert "The example eksempel_ramme goes from level 3 to 2" in run.err
    assert "workshop: 3 (level 3) -> 8/3 (level 3)" in run.err
    assert _state(catalogue) == before


def test_a_reason_is_kept_with_the_checksum(kretslop: Kretslop, catalogue: Path) -> None:
    _with_an_example_that_falls(kretslop, catalogue)
    reason = 'en krok er "ikke" nok \\ ikke i det hele tatt = 0'

    run = _publish(kretslop, catalogue, "2.0.0", "--because", f"eksempel_ramme={reason}", "--json")

    assert run.code == 0
    assert _register(catalogue)["bicycle_shop"]["2.0.0"] == {
        "sha256": run.json()["sha256"],
        "reasons": {"eksempel_ramme": reason},
    }
    assert kretslop("definitions", "check", "--definitions", catalogue).code == 0


@pytest.mark.parametrize("because", ["eksempel_ramme", "eksempel_ramme=", "=because", "eksempel_ramme= ", ""])
def test_a_reason_that_says_nothing_is_wrong_use(kretslop: Kretslop, catalogue: Path, because: str) -> None:
    run = _publish(kretslop, catalogue, "1.0.0", "--because", because)

    assert (run.code, run.out) == (2, b"")
    assert "--because takes COMPANY=REASON" in run.err


def test_a_reason_for_another_company_does_not_help(kretslop: Kretslop, catalogue: Path) -> None:
    _with_an_example_that_falls(kretslop, catalogue)

    run = _publish(kretslop, catalogue, "2.0.0", "--because", "eksempel_hjul=fordi")

    assert run.code == 1


def test_a_reason_for_a_company_that_does_not_exist_is_refused(kretslop: Kretslop, catalogue: Path) -> None:
    _example(catalogue, "eksempel_hjul", "2", [])

    run = _publish(kretslop, catalogue, "1.0.0", "--because", "eksempel_jhul=fordi")

    assert run.code == 1
    assert "There is no example eksempel_jhul" in run.err
    assert not (catalogue / "published.toml").exists()


def test_an_old_example_goes_along_through_two_large_steps(kretslop: Kretslop, catalogue: Path) -> None:
    _example(catalogue, "eksempel_hjul", "2", [])
    assert _publish(kretslop, catalogue, "1.0.0").code == 0
    second = write_shop(catalogue, "2.0.0-draft", "2.0.0")
    change(second, WORKSHOP, "id: workshop.motto", "id: workshop.slogan")  # the example's answer falls out
    assert _publish(kretslop, catalogue, "2.0.0").code == 0
    third = write_shop(catalogue, "3.0.0-draft", "3.0.0")
    change(third, WORKSHOP, "id: workshop.motto", "id: workshop.device")

    run = _publish(kretslop, catalogue, "3.0.0")

    assert (run.code, run.err) == (0, "")


def test_an_example_that_cannot_be_scored_is_in_the_way(kretslop: Kretslop, catalogue: Path) -> None:
    _example(catalogue, "eksempel_hjul", "2", [('"hook"', '"rope"')])

    run = _publish(kretslop, catalogue, "1.0.0")

    assert run.code == 1
    assert "The example eksempel_hjul cannot be scored" in run.err
    assert "no option 'rope'" in run.err


def test_an_example_may_answer_what_only_the_new_version_asks(kretslop: Kretslop, catalogue: Path) -> None:
    _example(catalogue, "eksempel_hjul", "2", [])
    assert _publish(kretslop, catalogue, "1.0.0").code == 0
    newer = write_shop(catalogue, "2.0.0-draft", "2.0.0")
    change(newer, WORKSHOP, "id: workshop.motto", "id: workshop.slogan")
    folder = catalogue / "examples" / "eksempel_hjul"
    answer_file(
        folder, "bicycle_shop.json", [("workshop.motto", "workshop.slogan"), ('"1.0.0-draft"', '"2.0.0"')]
    )
    (folder / "expected.yaml").write_text('bicycle_shop:\n  "2.0.0": {overall: {level: 2}}\n')

    run = _publish(kretslop, catalogue, "2.0.0")

    assert (run.code, run.err) == (0, "")


@pytest.mark.parametrize("expected", ["[]", "bicycle_shop: 3", 'bicycle_shop: {"1.0.0": []}', "a: [", ""])
def test_expectations_nobody_can_read_are_as_none(kretslop: Kretslop, catalogue: Path, expected: str) -> None:
    _example(catalogue, "eksempel_hjul", "2", [])
    (catalogue / "examples" / "eksempel_hjul" / "expected.yaml").write_text(expected)

    run = _publish(kretslop, catalogue, "1.0.0")

    assert run.code == 1
    assert "The example eksempel_hjul goes from level none to 2" in run.err


def test_a_stop_between_the_register_and_the_folder_is_named_and_mended(
    kretslop: Kretslop, catalogue: Path, draft: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _publish_until(monkeypatch, catalogue, "pathlib.Path.rename")

    between = kretslop("definitions", "check", "--definitions", catalogue)
    again = _publish(kretslop, catalogue, "1.0.0")
    after = kretslop("definitions", "check", "--definitions", catalogue)

    assert between.code == 1
    assert "published.toml names bicycle_shop 1.0.0, but there is no such folder" in between.text
    assert (again.code, after.code) == (0, 0)
    assert not draft.exists()


def test_a_draft_changed_after_such_a_stop_is_refused(
    kretslop: Kretslop, catalogue: Path, draft: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _publish_until(monkeypatch, catalogue, "pathlib.Path.rename")
    change(draft, WORKSHOP, "Hva står over døren?", "Hva står på døren?")

    run = _publish(kretslop, catalogue, "1.0.0")

    assert run.code == 1
    assert "already names bicycle_shop 1.0.0 with another checksum" in run.err
    assert draft.exists()


def test_a_stop_while_the_register_is_written_leaves_the_old_one(
    kretslop: Kretslop, catalogue: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _state(catalogue)

    _publish_until(monkeypatch, catalogue, "os.fsync")

    assert _state(catalogue) == before
    assert _publish(kretslop, catalogue, "1.0.0").code == 0


def test_a_folder_that_cannot_be_written_is_a_problem(
    kretslop: Kretslop, catalogue: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("tempfile.mkstemp", refuse)

    run = _publish(kretslop, catalogue, "1.0.0")

    assert (run.code, run.out) == (1, b"")
    assert "The version cannot be written: Permission denied." in run.err


class MachineStopped(BaseException):
    """As if the machine had stopped here: nothing may catch it."""


def _publish_until(monkeypatch: pytest.MonkeyPatch, catalogue: Path, step: str) -> None:
    """Publish the first version, and stop where ``step`` is taken first."""

    def stop(*_: object) -> None:
        raise MachineStopped

    definitions = Definitions(catalogue)
    draft = definitions.catalogue.find("bicycle_shop")
    with monkeypatch.context() as patch:
        patch.setattr(step, stop)
        with pytest.raises(MachineStopped):
            publish(definitions, draft, {})


def test_earlier_entries_of_the_register_stay_as_they_were(kretslop: Kretslop, catalogue: Path) -> None:
    _publish(kretslop, catalogue, "1.0.0")
    register = catalogue / "published.toml"
    register.write_text(register.read_text(encoding="utf-8") + "\n# a note by hand\n")
    before = register.read_text(encoding="utf-8")
    write_shop(catalogue, "1.0.1-draft", "1.0.1")

    run = _publish(kretslop, catalogue, "1.0.1")

    assert run.code == 0
    assert register.read_text(encoding="utf-8").startswith(before)
    assert set(_register(catalogue)["bicycle_shop"]) == {"1.0.0", "1.0.1"}


def test_a_retired_version_still_scores_its_answers_but_is_not_the_newest(
    kretslop: Kretslop, catalogue: Path, tmp_path: Path
) -> None:
    _publish(kretslop, catalogue, "1.0.0")
    write_shop(catalogue, "1.0.1-draft", "1.0.1")
    _publish(kretslop, catalogue, "1.0.1")
    register = catalogue / "published.toml"
    register.write_text(register.read_text(encoding="utf-8").rstrip() + "\nretired = true\n")
    file = answer_file(tmp_path, "a.json", [('"1.0.0-draft"', '"1.0.1"')])

    listed = kretslop("definitions", "list", "--json", "--definitions", catalogue).json()
    template = kretslop("answers", "template", "bicycle_shop", "--definitions", catalogue).json()
    scored = kretslop("score", file, "--definitions", catalogue)

    assert [row["status"] for row in listed] == ["published", "retired"]
    assert template["version"] == "1.0.0"
    assert (scored.code, scored.json()["version"]) == (0, "1.0.1")
