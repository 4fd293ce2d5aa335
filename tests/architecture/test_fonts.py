"""The fonts of the PDF report: every face we name is fetched by lock and lies beside its licence."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FONTS = ROOT / "reports" / "vendor" / "fonts"
FACE = re.compile(r"\b[A-Z][A-Za-z0-9]*-[A-Z][A-Za-z]*\.ttf\b")


def _named_faces() -> list[str]:
    """Every font file named by the list of set-up, or by code, styles and templates of the reports."""
    written = [
        path
        for path in (ROOT / "reports").rglob("*")
        if path.suffix in {".py", ".css", ".jinja"} and "vendor" not in path.parts
    ]
    texts = [path.read_text(encoding="utf-8") for path in [ROOT / ".ci" / "faces", *written]]
    return sorted({face for text in texts for face in FACE.findall(text)})


@pytest.mark.parametrize("face", _named_faces())
def test_every_face_named_lies_beside_its_licence(face: str) -> None:
    licence = FONTS / f"OFL-{face.partition('-')[0]}.txt"

    assert (FONTS / face).read_bytes()[:4] == b"\x00\x01\x00\x00"  # a TrueType outline font
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence.read_text(encoding="utf-8")


def test_set_up_brings_nothing_else() -> None:
    listed = (ROOT / ".ci" / "faces").read_text(encoding="utf-8")

    assert {path.name for path in FONTS.iterdir()} == set(re.findall(r"^[\w-]+\.\w+", listed, re.MULTILINE))


def test_every_locked_font_package_has_a_hash_and_no_address() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: package for name, package in lock["packages"].items() if name}
    wanted = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["dependencies"]

    assert {name.removeprefix("node_modules/") for name in packages} == set(wanted)
    assert all(package["integrity"].startswith("sha512-") for package in packages.values())
    assert not any("resolved" in package for package in packages.values())
