"""A branding file is a programme's look, or all the problems why it is not."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from assessment.jsontext import read_json
from questionnaires.errors import Problem
from questionnaires.values import LANGUAGES
from reports.branding import (
    NO_BRANDING,
    Branding,
    Partner,
    Unreadable,
    contrast_to_white,
    read_branding,
)
from reports.errors import ImageRefused
from reports.images import Logo

FILES = {"logo.png": b"a logo", "partners/fylke.jpg": b"a partner's"}
WHOLE: dict[str, Any] = {
    "programme": "Eksempelprogrammet",
    "accent": "#0B5D4E",
    "logo": "logo.png",
    "partners": [{"name": "Eksempel fylke", "logo": "partners/fylke.jpg"}],
    "verify_address": "https://eksempel.no/sjekk?p=1",
    "contact": "Spør Kari",
}


def _load(name: str) -> bytes | Unreadable:
    found = FILES.get(name)
    return Unreadable("cannot_read", {"reason": "No such file or directory"}) if found is None else found


def _logo(data: bytes) -> Logo:
    return Logo(data, 1, 1)


def _read(content: Any) -> tuple[Branding | None, tuple[Problem, ...]]:
    text = content if isinstance(content, str) else json.dumps(content, indent=1)
    return read_branding(read_json(text.encode(), "b.json"), _load, _logo)


def _said(content: Any) -> list[str]:
    branding, problems = _read(content)
    assert branding is None
    return [str(problem) for problem in problems]


def test_a_whole_file_gives_a_whole_look() -> None:
    branding, problems = _read(WHOLE)

    assert problems == ()
    assert branding == Branding(
        programme="Eksempelprogrammet",
        accent="#0b5d4e",
        logo=_logo(b"a logo"),
        partners=(Partner("Eksempel fylke", _logo(b"a partner's")),),
        verify_address="https://eksempel.no/sjekk?p=1",
        contact="Spør Kari",
    )


def test_an_empty_file_is_our_own_look() -> None:
    assert _read({}) == (NO_BRANDING, ())


def test_our_own_colour_can_be_read_on_white() -> None:
    assert contrast_to_white(NO_BRANDING.accent) >= Decimal("4.5")


# #767676: 118/255 = 0.46275, ((0.46275 + 0.055) / 1.055) ^ 2.4 = 0.18116, 1.05 / 0.23116 = 4.542
# #777777: 119/255 = 0.46667, ((0.46667 + 0.055) / 1.055) ^ 2.4 = 0.18448, 1.05 / 0.23448 = 4.478
# #0000ff: L = 0.0722, 1.05 / 0.1222 = 8.592; #ff0000: L = 0.2126, 1.05 / 0.2626 = 3.998
# #0a0a0a: 10/255 = 0.03922, / 12.92 = 0.003035, 1.05 / 0.053035 = 19.798
@pytest.mark.parametrize(
    ("colour", "ratio"),
    [
        ("#000000", "21.000"),
        ("#ffffff", "1.000"),
        ("#767676", "4.542"),
        ("#777777", "4.478"),
        ("#0000ff", "8.592"),
        ("#ff0000", "3.998"),
        ("#0a0a0a", "19.798"),
    ],
)
def test_the_contrast_to_white_is_that_of_the_web_guidelines(colour: str, ratio: str) -> None:
    assert round(contrast_to_white(colour), 3) == Decimal(ratio)


def test_a_colour_just_dark_enough_is_taken() -> None:
    branding, _ = _read({"accent": "#767676"})

    assert branding == Branding(accent="#767676")


def test_a_colour_too_light_is_refused_with_the_contrast_it_has() -> None:
    assert _said({"accent": "#777777"}) == [
        "b.json:2: accent: the colour #777777 has a contrast of 4.48:1 against white. "
        "Allowed: a darker colour, with a contrast of at least 4.5:1."
    ]


def test_a_contrast_just_too_low_is_not_shown_as_enough() -> None:
    # 239/255 = 0.93725, ((0.93725 + 0.055) / 1.055) ^ 2.4 = 0.86315, times 0.2126 = 0.18351,
    # 1.05 / 0.23351 = 4.4967, which would be rounded to 4.50
    said = _said({"accent": "#ef0000"})

    assert "a contrast of 4.49:1" in said[0]


@pytest.mark.parametrize("colour", ["0b5d4e", "#0b5", "green", "#0b5d4e;", "#0b5d4g", "#0b5d4e\n"])
def test_a_colour_is_written_as_six_hexadecimal_digits(colour: str) -> None:
    assert "is not a colour. Allowed: # and six hexadecimal digits" in _said({"accent": colour})[0]


@pytest.mark.parametrize(
    "name",
    [
        "../logo.png",
        "a/../../logo.png",
        "/etc/passwd",
        "..",
        "a\\logo.png",
        "C:logo.png",
        "file:logo.png",
        "logo.png\0",
    ],
)
def test_a_logo_outside_the_folder_is_refused_before_it_is_asked_for(name: str) -> None:
    said = _said({"logo": name})

    assert len(said) == 1
    assert "is not in the folder of this file" in said[0]


@pytest.mark.parametrize(
    "address",
    [
        "http://eksempel.no",
        "HTTPS://eksempel.no",
        "https://",
        "https:///sjekk",
        "https://kari@eksempel.no",
        "https://kari:pass@eksempel.no/",
        "https://eksempel.no/#a",
        "https://eksempel.no/a b",
        "https://eksempel.no\\@ond.no",
        "https://eksempel.no:99999/",
        "https://[eksempel/",
        "https://økse.no/",
        "javascript:alert(1)//https://a.no",
        "https://eksempel.no\n",
    ],
)
def test_an_address_to_check_at_is_plain_https(address: str) -> None:
    assert "is not an address that can be printed" in _said({"verify_address": address})[0]


def test_an_address_of_200_characters_is_taken_and_of_201_not() -> None:
    longest = "https://eksempel.no/" + "a" * 180

    taken, _ = _read({"verify_address": longest})

    assert taken == Branding(verify_address=longest)
    assert "the text is too long: 201 characters" in _said({"verify_address": longest + "a"})[0]


def test_seven_partners_are_too_many() -> None:
    partner = {"name": "Eksempel fylke", "logo": "logo.png"}

    six, _ = _read({"partners": [partner] * 6})

    assert six is not None
    assert len(six.partners) == 6
    assert "there are too many entries: 7" in _said({"partners": [partner] * 7})[0]


def test_an_image_that_is_refused_is_named_with_the_reason() -> None:
    def refuse(_data: bytes) -> Logo:
        raise ImageRefused("image_pixels")

    source = read_json(b'{"logo": "logo.png"}', "b.json")

    branding, problems = read_branding(source, _load, refuse)

    assert branding is None
    assert [str(problem) for problem in problems] == [
        "b.json:1: logo: logo.png: the image has too many pixels. "
        "Allowed: at most 25000000 pixels, width times height."
    ]


def test_all_problems_come_at_once_with_their_lines() -> None:
    content = """{
  "program": "Eksempelprogrammet",
  "accent": "#ffffff",
  "logo": "borte.png",
  "partners": [
    {"name": "", "logo": "../a.png"},
    {"nam": "Eksempel fylke"},
    3
  ],
  "verify_address": "http://eksempel.no",
  "contact": 4,
  "contact": null
}"""

    said = _said(content)

    assert [line.split(". Allowed")[0].removeprefix("b.json:") for line in said] == [
        "12: contact: the key 'contact' is there twice, first in line above",
        "2: program: the key 'program' is not known; did you mean 'programme'?",
        "3: accent: the colour #ffffff has a contrast of 1.00:1 against white",
        "4: logo: the file cannot be read: No such file or directory",
        "6: partners[0].name: the text is empty",
        "6: partners[0].logo: '../a.png' is not in the folder of this file",
        "7: partners[1].nam: the key 'nam' is not known; did you mean 'name'?",
        "7: partners[1]: the key 'name' is missing",
        "7: partners[1]: the key 'logo' is missing",
        "8: partners[2]: this must be an object, but is a number",
        "10: verify_address: 'http://eksempel.no' is not an address that can be printed",
        "12: contact: this must be text, but is empty",
    ]


@pytest.mark.parametrize("content", ["[]", "3", "null", '"a"'])
def test_what_is_no_object_is_refused(content: str) -> None:
    assert "this must be an object" in _said(content)[0]


def test_what_is_no_json_is_refused() -> None:
    assert _said("{")[0].startswith("b.json:1: ")


@pytest.mark.parametrize("language", LANGUAGES)
def test_problems_can_be_said_in_every_language(language: Any) -> None:
    _, problems = _read({"accent": "#777777", "logo": "../a", "verify_address": "a", "programme": " "})

    lines = [problem.text_in(language) for problem in problems]

    assert len(lines) == 4
    assert all("{" not in line for line in lines)
