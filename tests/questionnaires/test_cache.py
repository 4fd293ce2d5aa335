"""Checked definitions are read from the cache only as long as nothing changed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from questionnaires import cache
from questionnaires.cache import cache_folder, load_cached
from questionnaires.errors import DefinitionError
from questionnaires.loader import load_folder
from questionnaires.model import Questionnaire
from tests.questionnaires.conftest import Edit


@pytest.fixture
def loads(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The folders that were read and checked, not taken from the cache."""
    read: list[Path] = []

    def load(folder: Path) -> Questionnaire:
        read.append(folder)
        return load_folder(folder)

    monkeypatch.setattr(cache, "load_folder", load)
    return read


@pytest.fixture
def stored(folder: Path) -> Path:
    """The cache file of the good definition."""
    load_cached(folder)
    (file,) = Path(os.environ["KRETSLOP_CACHE"]).iterdir()
    return file


def test_second_time_is_read_from_the_cache(folder: Path, loads: list[Path]) -> None:
    first = load_cached(folder)

    second = load_cached(folder)

    assert second == first
    assert loads == [folder]


def test_what_comes_from_the_cache_is_what_was_checked(folder: Path, stored: Path) -> None:
    assert load_cached(folder) == load_folder(folder)
    assert stored.suffix == ".json"


def test_changed_file_is_read_anew(folder: Path, loads: list[Path], edit: Edit) -> None:
    load_cached(folder)
    edit("scoring.yaml", "core: true", "core: false")

    questionnaire = load_cached(folder)

    assert questionnaire.scheme.dimensions[0].core is False
    assert loads == [folder, folder]


def test_renamed_file_is_read_anew(folder: Path) -> None:
    load_cached(folder)
    (folder / "sections" / "tables.yaml").rename(folder / "sections" / "table.yaml")

    with pytest.raises(DefinitionError):
        load_cached(folder)


def test_copy_in_a_folder_of_another_name_is_read_anew(folder: Path, loads: list[Path]) -> None:
    load_cached(folder)
    folder.rename(folder.with_name("1.0.0"))

    load_cached(folder.with_name("1.0.0"))

    assert loads == [folder, folder.with_name("1.0.0")]


def test_changed_code_is_a_new_key(folder: Path, loads: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    load_cached(folder)
    monkeypatch.setattr(cache, "_code_stamp", lambda: b"other code")

    load_cached(folder)

    assert loads == [folder, folder]


@pytest.mark.parametrize(
    "content", [b"", b"{", b"null", b"[]", b"\xff", b'{"id": "tea_house"}', b"[" * 100_000], ids=ascii
)
def test_broken_cache_file_is_passed_over_and_mended(
    content: bytes, folder: Path, stored: Path, loads: list[Path]
) -> None:
    whole = stored.read_bytes()
    stored.write_bytes(content)

    load_cached(folder)

    assert loads == [folder]
    assert stored.read_bytes() == whole


def test_broken_definition_is_never_stored(folder: Path, edit: Edit) -> None:
    edit("scoring.yaml", "weight: 35", "weight: 34")

    with pytest.raises(DefinitionError):
        load_cached(folder)

    assert not Path(os.environ["KRETSLOP_CACHE"]).exists()


def test_folder_that_cannot_be_written_is_passed_over(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("KRETSLOP_CACHE", str(tmp_path / "file" / "cache"))

    assert load_cached(folder).id == "tea_house"


def test_full_disk_leaves_nothing_behind(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)

    load_cached(folder)

    assert list(Path(os.environ["KRETSLOP_CACHE"]).iterdir()) == []


def test_cache_is_for_its_owner_alone(stored: Path) -> None:
    assert stored.parent.stat().st_mode & 0o077 == 0
    assert stored.stat().st_mode & 0o077 == 0


def test_user_without_a_home_has_no_cache(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("KRETSLOP_CACHE")
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setattr(Path, "home", homeless)

    assert cache_folder() is None
    assert load_cached(folder).id == "tea_house"


@pytest.mark.parametrize(
    ("own", "base", "wanted"),
    [
        ("/own", "/base", "/own"),
        ("", "/base", "/base/kretslop/definitions"),
        ("", "", "/srv/eva/.cache/kretslop/definitions"),
    ],
)
def test_cache_lies_where_the_user_wants_it(
    own: str, base: str, wanted: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KRETSLOP_CACHE", own)
    monkeypatch.setenv("XDG_CACHE_HOME", base)
    monkeypatch.setattr(Path, "home", lambda: Path("/srv/eva"))

    assert cache_folder() == Path(wanted)


@pytest.mark.parametrize("name", ["large.yaml", "pipe.yaml", "\udcff.yaml"], ids=ascii)
def test_folder_with_odd_files_is_not_cached(name: str, folder: Path) -> None:
    odd = {"large.yaml": make_large, "pipe.yaml": os.mkfifo, "\udcff.yaml": Path.touch}
    odd[name](folder / name)  # type: ignore[operator]  # each takes a path

    with pytest.raises(DefinitionError):
        load_cached(folder)


def make_large(path: Path) -> None:
    path.touch()
    os.truncate(path, 100_000_000)
