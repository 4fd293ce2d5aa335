"""Templates are compiled once; what is kept of them is never anybody else's code, nor half of ours."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from jinja2 import DictLoader, Environment

from questionnaires.cache import cache_folder
from reports.compiled import CompiledTemplates, compiled_templates

WORDS = "{{ name }} er {{ 1 + 1 }}"


class Counting(Environment):
    """Counts what it has to compile."""

    compiled = 0

    def compile(self, *source: Any, **named: Any) -> Any:
        """As always, and one more."""
        self.compiled += 1
        return super().compile(*source, **named)


def page(folder: Path | None, words: str = WORDS, cache: CompiledTemplates | None = None) -> tuple[str, int]:
    """What the page says to Kari in a new process, and how many templates were compiled for it."""
    environment = Counting(
        loader=DictLoader({"page": words}), bytecode_cache=cache or CompiledTemplates(folder)
    )
    return environment.get_template("page").render(name="Kari"), environment.compiled


def test_the_next_process_compiles_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "made" / "templates"

    assert page(folder) == ("Kari er 2", 1)
    assert page(folder) == ("Kari er 2", 0)
    assert folder.stat().st_mode & 0o777 == 0o700


def test_everything_in_a_process_shares_what_was_compiled_also_without_a_folder() -> None:
    cache = CompiledTemplates(None)

    assert [page(None, cache=cache) for _ in range(2)] == [("Kari er 2", 1), ("Kari er 2", 0)]


def test_a_changed_template_is_compiled_anew(tmp_path: Path) -> None:
    page(tmp_path / "templates")

    assert page(tmp_path / "templates", "Hei, {{ name }}") == ("Hei, Kari", 1)


@pytest.mark.parametrize(
    "damage", [b"", b"x" * 20, b"\x80" * 400, None], ids=["empty", "short", "other", "cut"]
)
def test_a_damaged_file_is_passed_over_and_written_anew(tmp_path: Path, damage: bytes | None) -> None:
    folder = tmp_path / "templates"
    page(folder)
    [file] = folder.iterdir()
    file.write_bytes(file.read_bytes()[:-5] if damage is None else damage)

    assert [page(folder) for _ in range(2)] == [("Kari er 2", 1), ("Kari er 2", 0)]


def test_a_folder_that_others_can_write_to_is_not_used(tmp_path: Path) -> None:
    folder = tmp_path / "templates"
    page(folder)
    folder.chmod(0o777)
    before = {file.name: file.stat().st_mtime_ns for file in folder.iterdir()}

    assert page(folder) == ("Kari er 2", 1)
    assert {file.name: file.stat().st_mtime_ns for file in folder.iterdir()} == before


def test_a_folder_that_belongs_to_somebody_else_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "templates"
    page(folder)
    monkeypatch.setattr(os, "geteuid", lambda: folder.stat().st_uid + 1)

    assert page(folder) == ("Kari er 2", 1)


def test_where_nothing_can_be_written_pages_are_shown_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    assert page(tmp_path / "file" / "templates") == ("Kari er 2", 1)


def test_a_full_disk_leaves_no_half_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def is_full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", is_full)

    assert page(tmp_path / "templates") == ("Kari er 2", 1)
    assert list((tmp_path / "templates").iterdir()) == []


def test_they_are_kept_beside_the_checked_definitions(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("KRETSLOP_CACHE", str(tmp_path))

    page(None, cache=compiled_templates())

    assert cache_folder() == tmp_path
    assert len(list((tmp_path / "templates").iterdir())) == 1
