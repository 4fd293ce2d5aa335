"""The commands for programmes: set up, listed, carried by file, and every mistake in a file said at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.webapp.conftest import Kretslop
from tests.webapp.sites import make_site
from webapp import reaching
from webapp.services.site import Site

pytestmark = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
ANSWERS = ("--controller", "Eksempel fylke", "--contact", "p@example.org")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    found = make_site(tmp_path / "one")
    monkeypatch.setenv("KRETSLOP_DATA_DIR", str(found.settings.data_dir))
    monkeypatch.setenv("KRETSLOP_DATABASE_URL", found.settings.database)
    return found


@pytest.mark.usefixtures("site")
def test_a_programme_is_set_up_listed_and_carried(kretslop: Kretslop, tmp_path: Path) -> None:
    first, second = tmp_path / "first.yaml", tmp_path / "second.yaml"

    made = kretslop("programmes", "add", "Første", *ANSWERS, "--json").json()
    assert kretslop("programmes", "export", "Første", "-o", first).code == 0
    assert kretslop("programmes", "add", "Båret", *ANSWERS, "--file", first).code == 0
    assert kretslop("programmes", "export", "Båret", "-o", second).code == 0

    listed = kretslop("programmes", "list", "--json").json()
    assert [one["name"] for one in listed] == ["Båret", "Første"]
    assert listed[1]["id"] == made["id"]
    assert {one["activities"] for one in listed} == {27}
    assert first.read_text().replace("Første", "Båret") == second.read_text()
    assert kretslop("programmes", "export", "Ingen", "-o", second).code == 2


@pytest.mark.usefixtures("site")
def test_everything_that_is_wrong_with_a_file_is_said(kretslop: Kretslop, tmp_path: Path) -> None:
    file = tmp_path / "p.yaml"
    file.write_text("format: 2\nnoe: 1\n")

    run = kretslop("programmes", "add", "Nytt", *ANSWERS, "--file", file)

    assert run.code == 1
    assert "p.yaml:1:" in run.err
    assert "p.yaml:2:" in run.err
    assert kretslop("programmes", "list", "--json").json() == []


@pytest.mark.usefixtures("site")
def test_addresses_that_lead_nowhere_are_named(
    kretslop: Kretslop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, recording = tmp_path / "p.yaml", "https://video.example.org/c1"
    kretslop("programmes", "add", "Nytt", *ANSWERS)
    kretslop("programmes", "export", "Nytt", "-o", file)
    said = file.read_text().replace(
        "activities:\n  - id: C1\n", f"activities:\n  - id: C1\n    recording:\n      url: {recording}\n"
    )
    file.write_text(said)
    kretslop("programmes", "add", "Med opptak", *ANSWERS, "--file", file)
    monkeypatch.setattr(reaching, "reach_address", lambda _address: "gone")

    run = kretslop("programmes", "check-links")

    assert run.code == 1
    assert f"gone\tMed opptak\tC1\t{recording}" in run.text.splitlines()
    assert "gone\tMed opptak\tsiva\thttps://siva.no" in run.text.splitlines()
