"""Whole files are read and written safely."""

from __future__ import annotations

import os
import socket
import stat
from pathlib import Path

import pytest

from webapp.files import read_json_file, write_whole


def test_a_file_is_written_whole_and_readable_by_all(tmp_path: Path) -> None:
    file = tmp_path / "a.toml"

    write_whole(file, "æøå\n")

    assert file.read_text(encoding="utf-8") == "æøå\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o644
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize("step", ["os.fsync", "os.replace", "os.fchmod"])
def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    file = tmp_path / "a.toml"
    file.write_text("old")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(step, fail)

    with pytest.raises(OSError, match="No space left"):
        write_whole(file, "new")

    assert file.read_text() == "old"
    assert list(tmp_path.iterdir()) == [file]


def test_the_file_and_then_its_folder_are_synced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[str] = []
    monkeypatch.setattr(os, "fsync", lambda handle: synced.append(os.readlink(f"/proc/self/fd/{handle}")))

    write_whole(tmp_path / "a.toml", "new")

    assert [Path(name).parent == tmp_path for name in synced] == [True, False]
    assert synced[-1] == str(tmp_path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_one_may_not_read_is_a_problem(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_text("{}")
    file.chmod(0)

    assert read_json_file(file).problems[0].message == "the file cannot be read: Permission denied"


def test_a_socket_is_no_file(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as opened:
        opened.bind(str(tmp_path / "a.json"))

        source = read_json_file(tmp_path / "a.json")

    assert [problem.code for problem in source.problems] == ["cannot_read"]


def test_a_good_file_is_named_as_it_was_asked_for(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"a": 1}')

    source = read_json_file(tmp_path / "a.json")

    assert (source.file, source.problems) == (str(tmp_path / "a.json"), ())


def test_exactly_two_megabytes_are_read(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_bytes(b"{}" + b" " * 1_999_998)

    source = read_json_file(file)

    assert (source.content, source.problems) == ({}, ())
