"""A file comes in under a safe name, or is refused in words that help."""

from __future__ import annotations

import string
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaires.values import LANGUAGES
from tests.reports.pictures import turned_jpeg
from tests.webapp.evidence import making
from webapp.evidence.inspection import MAX_MB, inspect_file
from webapp.evidence.judging import Judged, judge
from webapp.evidence.kinds import KINDS
from webapp.evidence.problems import CODES, FileRefused
from webapp.words import FOLDER, words_of

TABLE = b"a;b\n1;2\n"


def _refused(name: str, content: bytes, **how: int) -> FileRefused:
    with pytest.raises(FileRefused) as refused:
        inspect_file(name, content, judge=judge, **how)
    return refused.value


def test_a_document_is_kept_as_it_is() -> None:
    sent = making.pdf()

    accepted = inspect_file("../Strategi.PDF", sent)

    assert (accepted.kind, accepted.name, accepted.content) == ("pdf", "Strategi.pdf", sent)


def test_of_a_picture_its_pixels_are_kept() -> None:
    sent = turned_jpeg()

    accepted = inspect_file("bilde.png", sent)

    assert (accepted.kind, accepted.name) == ("jpeg", "bilde.jpg")
    assert b"Kari Nordmann" not in accepted.content


def test_a_name_that_promises_something_else_is_refused() -> None:
    refused = _refused("regnskap.pdf", making.sheet())

    assert (refused.code, refused.parts) == ("name_differs", {"name": "regnskap.pdf", "kind": "XLSX"})


def test_text_that_does_not_come_as_a_table_is_refused() -> None:
    assert inspect_file("a.csv", TABLE, judge=judge).kind == "csv"
    assert _refused("a.js", TABLE).code == "unknown_type"
    assert _refused("a", TABLE).code == "unknown_type"


def test_twenty_megabytes_pass_and_one_byte_more_does_not() -> None:
    assert MAX_MB == 20

    accepted = inspect_file("a.pdf", bytes(20_000_000), judge=lambda _: Judged("pdf"))
    refused = _refused("a.pdf", bytes(20_000_001))

    assert len(accepted.content) == 20_000_000
    assert (refused.code, refused.parts) == ("too_large", {"name": "a.pdf", "limit": 20})


def test_the_limit_is_the_installation_s() -> None:
    assert _refused("a.pdf", bytes(1_000_001), max_mb=1).parts["limit"] == 1


def test_no_file_and_an_empty_one_are_told_apart() -> None:
    assert _refused("", b"").code == "missing"
    assert _refused("a.pdf", b"").code == "empty"


def test_a_name_of_signs_that_are_not_seen_is_shown_as_none() -> None:
    assert _refused("\u202e\u200b", b"x").parts == {"name": "–"}


def test_the_name_in_a_refusal_is_safe_to_show() -> None:
    assert _refused("C:\\a\u202egpj\x00.exe", b"MZ\x00").parts == {"name": "agpj.exe"}


@given(st.text(max_size=60), st.binary(max_size=60))
def test_whatever_is_sent_is_taken_or_refused_in_words(name: str, content: bytes) -> None:
    said = ["taken"]
    try:
        inspect_file(name, content, judge=judge)
    except FileRefused as refused:
        said = [words_of(one).say(f"evidence.file.{refused.code}", **refused.parts) for one in LANGUAGES]

    assert all(said)


def _fields(text: str) -> set[str]:
    return {field for _, field, _, _ in string.Formatter().parse(text) if field}


PARTS = {"limit": {"too_large", "quota_full", "pixels"}, "kind": {"name_differs"}}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_refusal_has_words_and_no_refusal_lacks_a_part(language: str) -> None:
    table = tomllib.loads((Path(FOLDER) / "evidence" / f"{language}.toml").read_text(encoding="utf-8"))
    found = {code: _fields(text) for code, text in table["file"].items()}

    assert tuple(found) == CODES
    assert found == {
        code: {"name"} - ({"name"} if code == "missing" else set())
        | {part for part, codes in PARTS.items() if code in codes}
        for code in CODES
    }
    assert set(table["kind"]) == set(KINDS)
