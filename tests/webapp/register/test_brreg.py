"""The register's open interface is asked politely, and believed only where its replies make sense."""

from __future__ import annotations

import gzip
import json
from itertools import count
from typing import Any

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st
from urllib3.exceptions import ProtocolError

from tests.webapp.register.serving import (
    OTHER_UNIT,
    UNIT,
    WORKSHOP,
    Reply,
    a_main,
    a_page,
    a_register,
    a_unit,
    as_json,
    units_path,
)
from webapp.register.port import RegisterEntry, RegisterUnavailable

MAIN, AS_UNIT = f"enheter/{WORKSHOP}", f"underenheter/{UNIT}"


def test_a_main_unit_is_found_by_its_number() -> None:
    register, line = a_register({MAIN: as_json(a_main())})

    entry = register.find(WORKSHOP)

    assert entry == RegisterEntry(
        orgnr=WORKSHOP,
        name="EKSEMPEL MØBELVERKSTED AS",
        kind="main",
        legal_form="AS",
        nace="31.090",
        employees=18,
        municipality="Eksempelvik",
        parent_orgnr=None,
        is_ended=False,
    )
    assert line.paths == [MAIN]


def test_a_sub_unit_is_found_by_its_number_too() -> None:
    register, line = a_register({AS_UNIT: as_json(a_unit())})

    entry = register.find(UNIT)

    assert entry is not None
    assert (entry.kind, entry.legal_form, entry.parent_orgnr) == ("unit", "BEDR", WORKSHOP)
    assert entry.municipality == "Nore og Uvdal"
    assert line.paths == [f"enheter/{UNIT}", AS_UNIT]


@pytest.mark.parametrize("status", [404, 410])
def test_what_the_register_does_not_have_is_nothing(status: int) -> None:
    register, _ = a_register({MAIN: Reply(status=status), f"underenheter/{WORKSHOP}": Reply(status=status)})

    assert register.find(WORKSHOP) is None


@pytest.mark.parametrize(
    "text", ["", "311046277", "31104627", "../roller", "311046276/roller", "３１１０４６２７６"]
)
def test_what_is_no_number_is_not_asked_for(text: str) -> None:
    register, line = a_register({})

    assert register.find(text) is None
    assert register.sub_units(text) == ()
    assert line.asked == []


def test_the_register_is_asked_with_short_times_and_told_what_we_take() -> None:
    register, line = a_register({MAIN: as_json(a_main())})

    register.find(WORKSHOP)

    assert line.timeouts == [(2, 4)]
    sent = line.asked[0].headers
    assert (sent["Accept"], sent["Accept-Encoding"]) == ("application/json", "identity")


@pytest.mark.parametrize(
    "changes",
    [
        {"slettedato": "2024-11-26"},
        {"konkurs": True},
        {"underAvvikling": True},
        {"underTvangsavviklingEllerTvangsopplosning": True},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_what_has_ended_is_marked(changes: dict[str, Any]) -> None:
    register, _ = a_register({MAIN: as_json(a_main(**changes))})

    entry = register.find(WORKSHOP)

    assert entry is not None
    assert entry.is_ended


def test_a_deleted_one_has_its_name_and_little_else() -> None:
    deleted = {
        "organisasjonsnummer": WORKSHOP,
        "navn": "EKSEMPEL AS",
        "slettedato": "2024-11-26",
        "_links": {},
    }
    register, _ = a_register({MAIN: as_json(deleted)})

    assert register.find(WORKSHOP) == RegisterEntry(WORKSHOP, "EKSEMPEL AS", is_ended=True)


ODD: dict[str, tuple[dict[str, Any], str, object]] = {
    "no number of employees": ({"antallAnsatte": None}, "employees", None),
    "none employed": ({"antallAnsatte": 0}, "employees", 0),
    "employees in words": ({"antallAnsatte": "18"}, "employees", None),
    "employees true": ({"antallAnsatte": True}, "employees", None),
    "employees below none": ({"antallAnsatte": -1}, "employees", None),
    "more employees than people": ({"antallAnsatte": 10**9}, "employees", None),
    "half an employee": ({"antallAnsatte": 1.5}, "employees", None),
    "an industry in words": ({"naeringskode1": {"kode": "møbler"}}, "nace", ""),
    "an industry as a number": ({"naeringskode1": {"kode": 31.09}}, "nace", ""),
    "no industry": ({"naeringskode1": None}, "nace", ""),
    "a legal form with a tag": ({"organisasjonsform": {"kode": "<b>"}}, "legal_form", ""),
    "a legal form with letters of ours": ({"organisasjonsform": {"kode": "SÆR"}}, "legal_form", "SÆR"),
    "a municipality that is a list": ({"forretningsadresse": {"kommune": []}}, "municipality", "Eksempelby"),
    "no address": ({"forretningsadresse": None, "postadresse": None}, "municipality", ""),
    "a municipality with two names": (
        {"forretningsadresse": {"kommune": "KÁRÁŠJOHKA KARASJOK"}},
        "municipality",
        "Kárášjohka Karasjok",
    ),
    "a municipality with a hyphen": (
        {"forretningsadresse": {"kommune": "NORD-EKSEMPEL"}},
        "municipality",
        "Nord-Eksempel",
    ),
    "a municipality written small": ({"forretningsadresse": {"kommune": "Ås"}}, "municipality", "Ås"),
    "a parent that is no number": ({"overordnetEnhet": "000000000"}, "parent_orgnr", None),
    "a parent that is itself": ({"overordnetEnhet": WORKSHOP}, "parent_orgnr", None),
    "a name with signs that are not seen": ({"navn": "EKSEMPEL\u202e \x00 \nAS"}, "name", "EKSEMPEL AS"),
    "bankrupt in words": ({"konkurs": "false"}, "is_ended", False),
}


@pytest.mark.parametrize(("changes", "part", "value"), ODD.values(), ids=ODD)
def test_what_is_odd_and_not_needed_is_left_out(changes: dict[str, Any], part: str, value: object) -> None:
    register, _ = a_register({MAIN: as_json(a_main(**changes))})

    assert getattr(register.find(WORKSHOP), part) == value


HOSTILE: dict[str, Reply] = {
    "nothing": Reply(),
    "a page": Reply(b"<html>Vedlikehold</html>", content_type="text/html"),
    "a page that says it is JSON": Reply(b"<html>Vedlikehold</html>"),
    "half a reply": Reply(json.dumps(a_main()).encode()[:100]),
    "a list": as_json([a_main()]),
    "a text": as_json("EKSEMPEL"),
    "null": as_json(None),
    "letters of Windows": Reply(json.dumps(a_main(), ensure_ascii=False).encode("cp1252")),
    "no number at all": Reply(b'{"antallAnsatte": NaN}'),
    "a number with too many digits": Reply(b'{"antallAnsatte": ' + b"9" * 5_000 + b"}"),
    "brackets without end": Reply(b"[" * 100_000),
    "another company": as_json(a_main(organisasjonsnummer="312715082")),
    "a number that cannot be": as_json(a_main(organisasjonsnummer="311046277")),
    "a number as a number": as_json(a_main(organisasjonsnummer=311046276)),
    "no name": as_json(a_main(navn=None)),
    "a name of nothing": as_json(a_main(navn=" \u200b ")),
    "a name without end": as_json(a_main(navn="A" * 301)),
    "a name that is an object": as_json(a_main(navn={"navn": "EKSEMPEL"})),
    "an address that is a list": as_json(a_main(forretningsadresse=["Eksempelvik"])),
    "a legal form that is a text": as_json(a_main(organisasjonsform="AS")),
    "too much": Reply(b" " * 2_000_001),
    "packed": Reply(gzip.compress(b"{}"), headers={"Content-Encoding": "gzip"}),
    "elsewhere": Reply(status=302, headers={"Location": "http://169.254.169.254/"}),
    "elsewhere for good": Reply(status=301, headers={"Location": "https://register.example/api/b"}),
    "not allowed": Reply(status=403),
    "too often": Reply(status=429),
    "a mistake of theirs": Reply(status=500),
    "nothing to say": Reply(status=204),
    "not in time": Reply(error=requests.ReadTimeout()),
    "nobody there": Reply(error=requests.ConnectionError()),
    "a broken line": Reply(error=ProtocolError("broken")),
    "a certificate that is not theirs": Reply(error=requests.exceptions.SSLError()),
    "an address that is none": Reply(error=requests.exceptions.InvalidURL()),
}


@pytest.mark.parametrize("reply", HOSTILE.values(), ids=HOSTILE)
def test_what_makes_no_sense_is_no_reply(reply: Reply) -> None:
    register, line = a_register({MAIN: reply, units_path(): reply})

    with pytest.raises(RegisterUnavailable):
        register.find(WORKSHOP)

    assert line.paths == [MAIN]


def test_a_reply_that_comes_drop_by_drop_is_given_up() -> None:
    register, _ = a_register({MAIN: as_json(a_main())}, ticks=iter([0.0, 9.0]))

    with pytest.raises(RegisterUnavailable, match="takes too long"):
        register.find(WORKSHOP)


def test_what_went_wrong_is_said_without_what_came() -> None:
    register, _ = a_register({MAIN: Reply(error=requests.ConnectionError("https://user:secret@proxy"))})

    with pytest.raises(RegisterUnavailable) as refused:
        register.find(WORKSHOP)

    assert str(refused.value) == "ConnectionError"


def test_sub_units_come_by_name_from_all_pages_and_each_once() -> None:
    first, second = a_unit(), a_unit(organisasjonsnummer=OTHER_UNIT, navn="EKSEMPEL AVD A")
    register, line = a_register(
        {
            units_path(0): as_json(a_page(first, pages=2)),
            units_path(1): as_json(a_page(second, first, pages=2)),
        }
    )

    units = register.sub_units(WORKSHOP)

    assert [unit.orgnr for unit in units] == [OTHER_UNIT, UNIT]
    assert line.paths == [units_path(0), units_path(1)]


@pytest.mark.parametrize("reply", [as_json(a_page()), Reply(status=404)], ids=["an empty page", "nothing"])
def test_a_company_may_have_no_sub_units(reply: Reply) -> None:
    register, _ = a_register({units_path(): reply})

    assert register.sub_units(WORKSHOP) == ()


def test_of_very_many_sub_units_the_first_pages_are_fetched() -> None:
    pages = {units_path(at): as_json(a_page(a_unit(), pages=10**6)) for at in range(9)}
    register, line = a_register(pages)

    assert len(register.sub_units(WORKSHOP)) == 1
    assert line.paths == [units_path(at) for at in range(5)]


UNITS: dict[str, Any] = {
    "no list": {"_embedded": {"underenheter": {}}},
    "a list of texts": {"_embedded": {"underenheter": ["a"]}},
    "a list where an object belongs": {"_embedded": []},
    "a page in words": {**a_page(a_unit()), "page": {"totalPages": "2"}},
    "units of somebody else": a_page(a_unit(overordnetEnhet="312715082")),
    "units of nobody": a_page(a_unit(overordnetEnhet=None)),
    "a unit without a name": a_page(a_unit(navn="")),
}


@pytest.mark.parametrize("content", UNITS.values(), ids=UNITS)
def test_sub_units_that_make_no_sense_are_no_reply(content: Any) -> None:
    register, _ = a_register({units_path(): as_json(content)})

    with pytest.raises(RegisterUnavailable):
        register.sub_units(WORKSHOP)


def test_many_pages_together_have_one_time() -> None:
    pages = {units_path(at): as_json(a_page(a_unit(), pages=5)) for at in range(5)}
    register, line = a_register(pages, ticks=(3.0 * tick for tick in count()))

    with pytest.raises(RegisterUnavailable):
        register.sub_units(WORKSHOP)

    assert len(line.asked) == 3  # asked first at 0; the replies end at 3, 6 and 9 seconds, of 8


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=True) | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(st.sampled_from(sorted(a_main())), JSON)
def test_whatever_stands_in_a_reply_is_an_entry_or_no_reply(key: str, value: Any) -> None:
    register, _ = a_register({MAIN: as_json(a_main(**{key: value}))})

    try:
        entry = register.find(WORKSHOP)
    except RegisterUnavailable:
        return

    assert entry is not None
    assert entry.orgnr == WORKSHOP


@given(st.binary(max_size=100))
def test_whatever_bytes_come_are_no_reply(body: bytes) -> None:
    register, _ = a_register({MAIN: Reply(body)})

    with pytest.raises(RegisterUnavailable):
        register.find(WORKSHOP)


@given(JSON)
def test_whatever_a_page_holds_is_units_or_no_reply(content: Any) -> None:
    register, _ = a_register({units_path(): as_json({"_embedded": content, "page": content})})

    try:
        units = register.sub_units(WORKSHOP)
    except RegisterUnavailable:
        units = ()

    assert units == ()
