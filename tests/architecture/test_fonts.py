"""The files of others: all we name is fetched by lock, fonts lie beside a licence, and nothing else comes."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LIST = ROOT / ".ci" / "assets"
VENDORS = ("reports/vendor", "webapp/static/vendor", "tests/vendor")
REPORT_FONTS = ROOT / "reports" / "vendor" / "fonts"
PAGE_FONTS = ROOT / "webapp" / "static" / "vendor" / "fonts"
FACE = re.compile(r"\b[A-Z][A-Za-z0-9]*-[A-Z][A-Za-z]*\.ttf\b")
PAGE_ASSET = re.compile(r"\bvendor/[\w./-]+\.\w+")
LICENCE = "SIL OPEN FONT LICENSE Version 1.1"


def _listed() -> list[list[str]]:
    """Target, package and file of every line of the list."""
    lines = LIST.read_text(encoding="utf-8").splitlines()
    return [line.split() for line in lines if line and not line.startswith("#")]


def _written(*folders: str) -> list[str]:
    """The text of our own code, styles and templates below the folders."""
    found = [path for folder in folders for path in sorted((ROOT / folder).rglob("*"))]
    own = [path for path in found if path.suffix in {".py", ".css", ".jinja"} and "vendor" not in path.parts]
    return [path.read_text(encoding="utf-8") for path in own]


def _named(pattern: re.Pattern[str], texts: list[str]) -> list[str]:
    return sorted({name for text in texts for name in pattern.findall(text)})


@pytest.mark.parametrize("face", _named(FACE, [LIST.read_text(encoding="utf-8"), *_written("reports")]))
def test_every_face_named_by_the_report_lies_beside_its_licence(face: str) -> None:
    licence = REPORT_FONTS / f"OFL-{face.partition('-')[0]}.txt"

    assert (REPORT_FONTS / face).read_bytes()[:4] == b"\x00\x01\x00\x00"  # a TrueType outline font
    assert LICENCE in licence.read_text(encoding="utf-8")


@pytest.mark.parametrize("asset", _named(PAGE_ASSET, _written("webapp/templates", "webapp/static/css")))
def test_every_style_and_face_named_by_a_page_is_there(asset: str) -> None:
    assert (ROOT / "webapp" / "static" / asset).stat().st_size > 0


@pytest.mark.parametrize("family", ["SourceSans3", "SourceSerif4"])
def test_every_family_of_the_pages_has_its_licence(family: str) -> None:
    assert LICENCE in (PAGE_FONTS / f"OFL-{family}.txt").read_text(encoding="utf-8")


def test_every_face_of_the_pages_is_packed_for_the_web() -> None:
    faces = list(PAGE_FONTS.glob("*.woff2"))

    assert len(faces) == 10
    assert {face.read_bytes()[:4] for face in faces} == {b"wOF2"}


@pytest.mark.parametrize("vendor", VENDORS)
def test_set_up_brings_what_is_listed_and_nothing_else(vendor: str) -> None:
    listed = {target for target, _, _ in _listed() if target.startswith(f"{vendor}/")}
    found = {path.relative_to(ROOT).as_posix() for path in (ROOT / vendor).rglob("*") if path.is_file()}

    assert found - {f"{vendor}/stamp"} == listed


def test_the_list_and_the_packages_name_each_other() -> None:
    wanted = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    only_tests = {package for target, package, _ in _listed() if target.startswith("tests/")}
    for_all = {package for target, package, _ in _listed() if not target.startswith("tests/")}

    assert for_all == set(wanted["dependencies"])
    assert only_tests == set(wanted["devDependencies"])


def test_every_locked_package_of_npm_has_a_hash_and_no_address() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    packages = [package for name, package in lock["packages"].items() if name]

    assert len(packages) > 10
    assert all(package["integrity"].startswith("sha512-") for package in packages)
    assert not any("resolved" in package for package in packages)
