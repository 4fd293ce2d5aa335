"""A branding file is opened with the logos in its folder, and with nothing from elsewhere."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from reports.branding import MAX_LOGO_BYTES
from reports.errors import BrandingFileError
from reports.images import reencode
from tests.reports.pictures import red_png, turned_jpeg
from webapp.services.branding import open_branding


def _file(folder: Path, **content: Any) -> Path:
    file = folder / "branding.json"
    file.write_text(json.dumps(content), encoding="utf-8")
    return file


def _said(file: Path) -> str:
    with pytest.raises(BrandingFileError) as error:
        open_branding(file)
    assert len(error.value.problems) == 1
    return str(error.value.problems[0]).removeprefix(f"{file}:1: ")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a logo, beside a secret."""
    (tmp_path / "secret.png").write_bytes(red_png())
    folder = tmp_path / "programme"
    folder.mkdir()
    (folder / "logo.png").write_bytes(red_png())
    return folder


def test_logos_come_from_the_folder_and_from_below_it(folder: Path) -> None:
    (folder / "partners").mkdir()
    (folder / "partners" / "fylke.jpg").write_bytes(turned_jpeg())
    partner = {"name": "Eksempel fylke", "logo": "partners/fylke.jpg"}

    branding = open_branding(_file(folder, logo="logo.png", partners=[partner]))

    assert branding.logo == reencode(red_png())
    assert [found.logo for found in branding.partners] == [reencode(turned_jpeg())]


def test_a_name_says_nothing_of_what_a_file_holds(folder: Path) -> None:
    (folder / "logo.gif").write_bytes(red_png())
    (folder / "svg.png").write_bytes(b"<svg/>")

    branding = open_branding(_file(folder, logo="logo.gif"))

    assert branding.logo == reencode(red_png())
    assert _said(_file(folder, logo="svg.png")).startswith("logo: svg.png: this is not a PNG or JPEG image")


def test_a_link_within_the_folder_may_be_used(folder: Path) -> None:
    (folder / "link.png").symlink_to("logo.png")

    branding = open_branding(_file(folder, logo="link.png"))

    assert branding.logo == reencode(red_png())


def test_the_folder_may_itself_be_a_link(folder: Path, tmp_path: Path) -> None:
    _file(folder, logo="logo.png")
    (tmp_path / "link").symlink_to(folder)

    branding = open_branding(tmp_path / "link" / "branding.json")

    assert branding.logo == reencode(red_png())


@pytest.mark.parametrize("through_folder", [False, True], ids=["a file", "a folder"])
def test_a_link_out_of_the_folder_is_refused(folder: Path, through_folder: bool) -> None:
    (folder / "out").symlink_to(folder.parent if through_folder else folder.parent / "secret.png")

    said = _said(_file(folder, logo="out/secret.png" if through_folder else "out"))

    assert "is not in the folder of this file" in said


def test_a_folder_with_the_same_beginning_is_another_folder(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "programme2").mkdir()
    (tmp_path / "programme2" / "logo.png").write_bytes(red_png())
    (folder / "out.png").symlink_to(tmp_path / "programme2" / "logo.png")

    said = _said(_file(folder, logo="out.png"))

    assert "is not in the folder of this file" in said


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda _path: None, "the file cannot be read: No such file or directory"),
        (Path.mkdir, "the file cannot be read: Is a directory"),
        (os.mkfifo, "the file cannot be read: it is not a file"),
        (
            lambda path: path.symlink_to(path.name),
            "the file cannot be read: Too many levels of symbolic links",
        ),
        (
            lambda path: os.truncate(_touched(path), MAX_LOGO_BYTES + 1),
            "the file is too large: 5000001 bytes",
        ),
    ],
    ids=["nothing", "a folder", "a pipe", "a link to itself", "too large"],
)
def test_what_is_no_ordinary_file_is_refused(folder: Path, make: Any, reason: str) -> None:
    make(folder / "a.png")

    said = _said(_file(folder, logo="a.png"))

    assert said.startswith(f"logo: {reason}")


def _touched(path: Path) -> Path:
    path.touch()
    return path


def test_a_branding_file_that_is_not_there_is_one_problem(tmp_path: Path) -> None:
    with pytest.raises(BrandingFileError, match="No such file") as error:
        open_branding(tmp_path / "branding.json")

    assert [problem.code for problem in error.value.problems] == ["cannot_read"]
