"""The demo's register answers from what was recorded, and every installation asks the one it should."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.webapp.register.serving import UNIT, WORKSHOP, a_main, a_unit
from webapp.register.choose import register_of
from webapp.register.offline import OfflineRegister
from webapp.register.port import Register, RegisterUnavailable
from webapp.register.recorded import DEMO, RecordedRegister, open_recorded
from webapp.register.remembering import RememberingRegister
from webapp.settings import Settings

EXAMPLES = Path(__file__).parents[3] / "questionnaires" / "examples"


def test_what_was_recorded_is_found() -> None:
    register = RecordedRegister({"enheter": [a_main()], "underenheter": [a_unit()], "ukjente": ["310028142"]})

    main, unit = register.find(WORKSHOP), register.find(UNIT)

    assert (main and main.kind, unit and unit.kind) == ("main", "unit")
    assert register.sub_units(WORKSHOP) == (unit,)
    assert register.sub_units(UNIT) == ()
    assert register.find("310028142") is None


@pytest.mark.parametrize("register", [OfflineRegister(), RecordedRegister({})], ids=["offline", "recorded"])
def test_what_was_never_recorded_cannot_be_answered(register: Register) -> None:
    with pytest.raises(RegisterUnavailable):
        register.find(WORKSHOP)
    with pytest.raises(RegisterUnavailable):
        register.sub_units(WORKSHOP)


def test_a_file_that_is_no_recording_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "recorded.json"
    file.write_text("[]")

    with pytest.raises(RegisterUnavailable):
        open_recorded(file)


def test_the_demo_s_companies_do_not_exist_and_are_those_of_the_examples() -> None:
    recorded = json.loads(DEMO.read_text(encoding="utf-8"))
    units = [*recorded["enheter"], *recorded["underenheter"]]
    register = open_recorded()

    assert {unit["organisasjonsnummer"][0] for unit in units} == {"3"}
    assert {unit["navn"].split()[0] for unit in units} == {"EKSEMPEL"}
    for file in EXAMPLES.glob("*/*_*.json"):
        answers = json.loads(file.read_text(encoding="utf-8"))
        entry = register.find(answers["organisation"]["orgnr"])
        assert entry is not None
        assert entry.name == answers["organisation"]["name"].upper()
        profile = answers["profile"]
        assert (entry.nace, entry.employees) == (profile["nace"], profile["employees"])
        assert entry.municipality == profile.get("municipality", entry.municipality)


def test_the_demo_has_one_of_every_state() -> None:
    register = open_recorded()
    recorded = json.loads(DEMO.read_text(encoding="utf-8"))
    entries = [register.find(unit["organisasjonsnummer"]) for unit in recorded["enheter"]]

    assert {entry.is_ended for entry in entries if entry is not None} == {True, False}
    assert None in {entry.employees for entry in entries if entry is not None}
    assert {entry.legal_form for entry in entries if entry is not None} == {"AS", "KF"}
    assert len(register.sub_units(WORKSHOP)) == 2
    assert [register.find(number) for number in recorded["ukjente"]] == [None]


def test_an_installation_asks_the_register_its_settings_name() -> None:
    assert isinstance(register_of(Settings()), RememberingRegister)
    assert isinstance(register_of(Settings(register_offline=True)), OfflineRegister)
    assert isinstance(register_of(Settings(demo=True, register_offline=True)), RecordedRegister)
