"""What is published cannot change unnoticed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from questionnaires.catalogue import PACKAGE_FOLDER, Catalogue
from questionnaires.errors import DefinitionError
from webapp.services.versions import check_versions

PUBLISHED = sorted(
    str(path.relative_to(PACKAGE_FOLDER))
    for path in (PACKAGE_FOLDER / "definitions").rglob("*.yaml")
    if "-draft" not in str(path)
)


@pytest.fixture
def copy(tmp_path: Path) -> Catalogue:
    of_drafts = shutil.ignore_patterns("*-draft")  # they cost time and are not frozen
    shutil.copytree(PACKAGE_FOLDER / "definitions", tmp_path / "definitions", ignore=of_drafts)
    shutil.copy(PACKAGE_FOLDER / "published.toml", tmp_path)
    return Catalogue(tmp_path)


def test_the_shipped_versions_are_what_was_published() -> None:
    checked = check_versions(Catalogue())

    assert [str(problem) for found in checked for problem in found.problems] == []
    assert Catalogue().missing_published() == []
    assert {(f.version.id, f.version.number, f.version.status) for f in checked} >= {
        ("circular_business_models", "1.0.0", "published"),
        ("sustainability_reporting", "1.0.0", "published"),
    }


@pytest.mark.parametrize("name", PUBLISHED)
def test_a_changed_word_in_any_published_file_is_found_and_refused(copy: Catalogue, name: str) -> None:
    path = copy.folder / name
    text = path.read_text(encoding="utf-8")
    path.write_text(_one_word_changed(text), encoding="utf-8")
    id_, number = Path(name).parts[1:3]
    for other in (copy.folder / "definitions").iterdir():
        if other.name != id_:
            shutil.rmtree(other)

    problems = [p for found in check_versions(copy) for p in found.problems]

    assert {p.code for p in problems} & {"published_changed", "translation_stale"}
    with pytest.raises(DefinitionError):
        copy.load(copy.find(id_, number))


def _one_word_changed(text: str) -> str:
    """The first text of the file with one letter more."""
    for key in ("intro: ", "text: ", "description: "):
        if f"{key}>-\n" in text or key in text:
            at = text.index(key) + len(key)
            at = text.index("\n", at) if text[at : at + 2] == ">-" else at
            end = text.index(" ", text.index(next(c for c in text[at:] if c.isalpha()), at))
            return text[:end] + "x" + text[end:]
    raise AssertionError("no text to change")


def test_a_comment_or_another_spacing_is_no_change(copy: Catalogue) -> None:
    path = copy.folder / "definitions" / "sustainability_reporting" / "1.0.0" / "advice.yaml"
    path.write_text("# a remark\n" + path.read_text(encoding="utf-8") + "\n\n", encoding="utf-8")

    version = copy.find("sustainability_reporting", "1.0.0")

    assert copy.frozen_problem(copy.load(version)) is None


def test_a_version_taken_out_of_the_register_is_refused(copy: Catalogue) -> None:
    (copy.folder / "published.toml").write_text("", encoding="utf-8")

    with pytest.raises(DefinitionError, match=r"is not in published\.toml"):
        copy.load(copy.find("sustainability_reporting", "1.0.0"))


def test_a_version_whose_folder_is_gone_is_named(copy: Catalogue) -> None:
    shutil.rmtree(copy.folder / "definitions" / "sustainability_reporting")

    assert [p.code for p in copy.missing_published()] == ["published_missing"]
