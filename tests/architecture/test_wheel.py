"""The wheel carries all that reports, questionnaires and pages read, also what git does not hold."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("assessment", "questionnaires", "reports", "webapp")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> dict[str, int]:
    """Name and size in bytes of every file in a wheel built here and now, without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    run = subprocess.run(build, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as archive:
        return {entry.filename: entry.file_size for entry in archive.infolist()}


def _files(*folders: str) -> dict[str, int]:
    found = [path for folder in folders for path in (ROOT / folder).rglob("*") if path.is_file()]
    kept = [path for path in found if "__pycache__" not in path.parts]
    return {path.relative_to(ROOT).as_posix(): path.stat().st_size for path in kept}


def test_the_wheel_holds_every_font_and_its_licence(wheel: dict[str, int]) -> None:
    fonts = _files("reports/vendor/fonts")

    assert {name.rpartition(".")[2] for name in fonts} == {"ttf", "txt"}
    assert {name: wheel.get(name) for name in fonts} == fonts


def test_the_wheel_holds_every_style_and_font_of_the_pages(wheel: dict[str, int]) -> None:
    vendors = _files("webapp/static/vendor")
    vendors.pop("webapp/static/vendor/stamp", None)  # a note of set-up's own

    assert {name.rpartition(".")[2] for name in vendors} == {"css", "woff2", "txt"}
    assert {name: wheel.get(name) for name in vendors} == vendors


def test_the_wheel_holds_every_template_word_and_migration_of_the_pages(wheel: dict[str, int]) -> None:
    files = _files(
        "webapp/templates",
        "webapp/static/css",
        "webapp/static/js",
        "webapp/translations",
        "webapp/db/migrations",
    )

    assert "webapp/translations/common/nn.toml" in files
    assert {name: wheel.get(name) for name in files} == files


def test_the_wheel_holds_nothing_that_only_tests_need(wheel: dict[str, int]) -> None:
    assert [name for name in wheel if name.endswith(("vnu.jar", "axe.min.js", "/stamp"))] == []


def test_the_wheel_holds_every_template_style_and_definition(wheel: dict[str, int]) -> None:
    files = _files("reports/templates", "reports/styles", "questionnaires")

    assert "questionnaires/definitions/circular_business_models/1.0.0/questionnaire.yaml" in files
    assert {name: wheel.get(name) for name in files} == files


def test_the_wheel_holds_only_our_packages_and_the_licence(wheel: dict[str, int]) -> None:
    strangers = [name for name in wheel if not name.startswith(PACKAGES) and ".dist-info/" not in name]

    assert strangers == []
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in wheel)
