"""Which versions there are, in which order, and that published ones are what was published."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from questionnaires.catalogue import Catalogue, Definition, Version
from questionnaires.errors import DefinitionError, UnknownDefinition
from questionnaires.published import Published, entry_text
from tests.questionnaires.conftest import GOOD

SHA = "0" * 64


def add_folder(root: Path, id_: str, number: str) -> None:
    (root / "definitions" / id_ / number).mkdir(parents=True)


def add_entry(root: Path, id_: str, number: str, sha256: str = SHA, *, retired: bool = False) -> None:
    with (root / "published.toml").open("a", encoding="utf-8") as file:
        file.write(entry_text(id_, number, Published(sha256, retired)))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder with the good definition as draft 1.0.0."""
    shutil.copytree(GOOD.parent, tmp_path / "root" / "definitions" / "tea_house")
    return tmp_path / "root"


@pytest.fixture
def published(root: Path) -> Version:
    """The good definition, published as 1.0.0."""
    folder = root / "definitions" / "tea_house" / "1.0.0"
    folder.with_name("1.0.0-draft").rename(folder)
    catalogue = Catalogue(root)
    sha256 = catalogue.load_unverified(catalogue.find("tea_house", "1.0.0")).sha256
    add_entry(root, "tea_house", "1.0.0", sha256)
    return catalogue.find("tea_house")


def edit_weight(folder: Path) -> None:
    file = folder / "scoring.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("weight: 40", "weight: 45").replace("weight: 35", "weight: 30"))


def test_versions_come_by_questionnaire_and_number(tmp_path: Path) -> None:
    for number in ("1.10.0", "1.9.0", "1.9.0-draft", "2.0.0-draft", "1.9.1"):
        add_folder(tmp_path, "b", number)
    add_folder(tmp_path, "a", "3.0.0")

    found = [(version.id, version.number) for version in Catalogue(tmp_path).versions()]

    assert found == [
        ("a", "3.0.0"),
        ("b", "1.9.0-draft"),
        ("b", "1.9.0"),
        ("b", "1.9.1"),
        ("b", "1.10.0"),
        ("b", "2.0.0-draft"),
    ]


def test_folder_that_is_no_version_comes_first_and_breaks_nothing(tmp_path: Path) -> None:
    for number in ("1.0.0", "old", "1.x.0", "²", "9" * 200):
        add_folder(tmp_path, "a", number)

    found = [version.number for version in Catalogue(tmp_path).versions()]

    assert found[-1] == "1.0.0"
    assert len(found) == 5


@pytest.mark.parametrize("name", [".git", "__pycache__"])
def test_hidden_folders_are_no_versions(name: str, tmp_path: Path) -> None:
    add_folder(tmp_path, "a", name)
    add_folder(tmp_path, name, "1.0.0")

    assert Catalogue(tmp_path).versions() == []


def test_links_are_no_versions(tmp_path: Path) -> None:
    add_folder(tmp_path, "a", "1.0.0")
    (tmp_path / "definitions" / "a" / "2.0.0").symlink_to(tmp_path)
    (tmp_path / "definitions" / "b").symlink_to(tmp_path)

    found = [version.number for version in Catalogue(tmp_path).versions()]

    assert found == ["1.0.0"]


def test_files_are_no_versions(tmp_path: Path) -> None:
    add_folder(tmp_path, "a", "1.0.0")
    (tmp_path / "definitions" / "README.md").touch()
    (tmp_path / "definitions" / "a" / "2.0.0").touch()

    assert len(Catalogue(tmp_path).versions()) == 1


def test_folder_without_definitions_has_no_versions(tmp_path: Path) -> None:
    assert Catalogue(tmp_path / "nowhere").versions() == []


@pytest.mark.parametrize(
    ("number", "retired", "status"),
    [
        ("1.0.0-draft", False, "draft"),
        ("1.0.0", False, "published"),
        ("1.0.0", True, "retired"),
    ],
)
def test_version_has_a_status(number: str, retired: bool, status: str, tmp_path: Path) -> None:
    add_folder(tmp_path, "a", number)
    add_entry(tmp_path, "a", "1.0.0", retired=retired)

    (version,) = Catalogue(tmp_path).versions()

    assert version.status == status


@pytest.mark.parametrize(
    ("numbers", "retired", "found"),
    [
        (("1.0.0", "1.1.0"), (), "1.1.0"),
        (("1.0.0", "1.1.0", "2.0.0-draft"), (), "1.1.0"),
        (("1.0.0", "1.1.0"), ("1.1.0",), "1.0.0"),
        (("1.0.0-draft", "1.1.0-draft"), (), "1.1.0-draft"),
        (("1.0.0", "1.1.0-draft"), ("1.0.0",), "1.1.0-draft"),
    ],
)
def test_newest_published_version_is_found_without_a_number(
    numbers: tuple[str, ...], retired: tuple[str, ...], found: str, tmp_path: Path
) -> None:
    for number in numbers:
        add_folder(tmp_path, "a", number)
    for number in retired:
        add_entry(tmp_path, "a", number, retired=True)

    assert Catalogue(tmp_path).find("a").number == found


def test_version_is_found_by_its_number(tmp_path: Path) -> None:
    add_folder(tmp_path, "a", "1.0.0")
    add_folder(tmp_path, "a", "1.1.0")

    assert Catalogue(tmp_path).find("a", "1.0.0").number == "1.0.0"


@pytest.mark.parametrize(
    ("id_", "number", "message"),
    [
        ("c", None, "c is not known. Known: a, b."),
        ("a", "9.9.9", "a@9.9.9 is not known. Known: 1.0.0."),
        ("../a", None, "../a is not known. Known: a, b."),
        ("a", "../../b/1.0.0", "a@../../b/1.0.0 is not known. Known: 1.0.0."),
        ("", None, " is not known. Known: a, b."),
    ],
)
def test_unknown_version_is_refused_with_what_there_is(
    id_: str, number: str | None, message: str, tmp_path: Path
) -> None:
    add_folder(tmp_path, "a", "1.0.0")
    add_folder(tmp_path, "b", "1.0.0")

    with pytest.raises(UnknownDefinition) as caught:
        Catalogue(tmp_path).find(id_, number)

    assert str(caught.value) == message


def test_draft_loads_without_an_entry(root: Path) -> None:
    definition = Catalogue(root).load(Catalogue(root).find("tea_house"))

    assert definition.questionnaire.id == "tea_house"
    assert len(definition.sha256) == 64


def test_published_version_loads_while_it_is_what_was_published(root: Path, published: Version) -> None:
    definition = Catalogue(root).load(published)

    assert Catalogue(root).frozen_problem(definition) is None


def test_comment_in_a_published_file_changes_nothing(root: Path, published: Version) -> None:
    with (published.folder / "scoring.yaml").open("a", encoding="utf-8") as file:
        file.write("\n# seen by Eva\n")

    assert Catalogue(root).load(published).version == published


def test_published_version_that_changed_is_refused_with_both_checksums(
    root: Path, published: Version
) -> None:
    before = Catalogue(root).load(published).sha256
    edit_weight(published.folder)

    with pytest.raises(DefinitionError) as caught:
        Catalogue(root).load(published)

    (problem,) = caught.value.problems
    after = Catalogue(root).load_unverified(published).sha256
    assert (problem.code, problem.place.file) == ("published_changed", "tea_house/1.0.0")
    assert after in problem.message
    assert before in problem.allowed


def test_published_version_that_changed_is_still_readable(root: Path, published: Version) -> None:
    edit_weight(published.folder)

    definition = Catalogue(root).load_unverified(published)

    assert definition.questionnaire.scheme.dimensions[0].weight == 45


def test_retired_version_that_changed_is_refused_too(root: Path, published: Version) -> None:
    (root / "published.toml").write_text("")
    add_entry(root, "tea_house", "1.0.0", retired=True)

    with pytest.raises(DefinitionError, match="has changed"):
        Catalogue(root).load(published)


def test_version_nobody_published_is_refused(root: Path, published: Version) -> None:
    (root / "published.toml").write_text("")

    with pytest.raises(DefinitionError, match="is not in published") as caught:
        Catalogue(root).load(published)

    assert caught.value.problems[0].code == "not_published"


def test_draft_of_a_published_version_is_not_measured_by_it(root: Path, published: Version) -> None:
    draft = root / "definitions" / "tea_house" / "1.0.0-draft"
    shutil.copytree(published.folder, draft)
    edit_weight(draft)

    definition = Catalogue(root).load(Catalogue(root).find("tea_house", "1.0.0-draft"))

    assert isinstance(definition, Definition)


def test_published_version_without_a_folder_is_missed(root: Path, published: Version) -> None:
    add_entry(root, "tea_house", "0.9.0")

    (problem,) = Catalogue(root).missing_published()

    assert problem.message == "published.toml names tea_house 0.9.0, but there is no such folder"
    assert problem.allowed == "the folder 0.9.0, unchanged"


def test_draft_folder_does_not_stand_in_for_a_published_version(root: Path) -> None:
    add_entry(root, "tea_house", "1.0.0")

    assert [problem.code for problem in Catalogue(root).missing_published()] == ["published_missing"]


def test_broken_register_is_refused(root: Path) -> None:
    (root / "published.toml").write_text("[")

    with pytest.raises(DefinitionError, match=r"published.toml cannot be read"):
        Catalogue(root).versions()
