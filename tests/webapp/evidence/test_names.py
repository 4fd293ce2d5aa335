"""A name that a stranger gave can be shown and saved under, whatever it was."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.evidence.kinds import ACCEPT, ENDINGS, KINDS, MEDIA_TYPES, FileKind, is_promised, kind_of_ending
from webapp.evidence.names import MAX_NAME, MAX_NAME_BYTES, ending_of, safe_name, shown_name

CASES: dict[str, tuple[str, FileKind, str]] = {
    "an ordinary name": ("Strategi 2026.pdf", "pdf", "Strategi 2026.pdf"),
    "letters of ours": ("Møteprotokoll æøå.docx", "docx", "Møteprotokoll æøå.docx"),
    "a decomposed letter": ("A\u030asgard.pdf", "pdf", "\u00c5sgard.pdf"),
    "a path of Unix": ("/etc/../srv/kari/a.pdf", "pdf", "a.pdf"),
    "a path of Windows": ("C:\\Users\\Kari\\a.pdf", "pdf", "a.pdf"),
    "a folder": ("folder/", "pdf", "pdf.pdf"),
    "nothing": ("", "csv", "csv.csv"),
    "dots": ("...", "pdf", "pdf.pdf"),
    "an ending alone": (".pdf", "pdf", "pdf.pdf"),
    "capital letters": ("SCAN.PDF", "pdf", "SCAN.pdf"),
    "the other ending of an image": ("bilde.jpeg", "jpeg", "bilde.jpeg"),
    "an image under the name of another": ("bilde.png", "jpeg", "bilde.jpg"),
    "a point that is no ending": ("Rapport v1.2", "pdf", "Rapport v1.2.pdf"),
    "a program's ending": ("faktura.pdf.exe", "pdf", "faktura.pdf.exe.pdf"),
    "a page's ending": ("side.html", "csv", "side.html.csv"),
    "text that turns round": ("faktura\u202efdp.exe", "pdf", "fakturafdp.exe.pdf"),
    "signs that are not seen": ("a\u200b\u200d\ufeff\u2066b.pdf", "pdf", "ab.pdf"),
    "line breaks": ("a\r\nSet-Cookie: x=1.pdf", "pdf", "a Set-Cookie- x=1.pdf"),
    "NUL": ("a\x00.pdf", "pdf", "a.pdf"),
    "lone surrogates": ("a\ud800b.pdf", "pdf", "ab.pdf"),
    "wide spaces": ("a\u00a0\u3000\u2028b.pdf", "pdf", "a b.pdf"),
    "signs with a meaning": ('a<b>"c":d|e?f*.pdf', "pdf", "a-b--c--d-e-f.pdf"),
    "a device": ("CON.pdf", "pdf", "_CON.pdf"),
    "a device with more": ("lpt1.tar.pdf", "pdf", "_lpt1.tar.pdf"),
    "no device": ("console.pdf", "pdf", "console.pdf"),
    "too long": ("a" * 300 + ".pdf", "pdf", "a" * 146 + ".pdf"),
    "too many bytes": ("\U0001f9e9" * 100 + ".pdf", "pdf", "\U0001f9e9" * 59 + ".pdf"),
    "a quotation mark and a semicolon": ('a"; filename="b.exe', "pdf", "a-; filename=-b.exe.pdf"),
}


@pytest.mark.parametrize(("given_name", "kind", "wanted"), CASES.values(), ids=CASES)
def test_a_name_comes_out_safe_and_as_like_itself_as_can_be(
    given_name: str, kind: FileKind, wanted: str
) -> None:
    assert safe_name(given_name, kind) == wanted


@given(st.text(max_size=400), st.sampled_from(KINDS))
def test_every_name_comes_out_safe(given_name: str, kind: FileKind) -> None:
    name = safe_name(given_name, kind)

    assert 0 < len(name) <= MAX_NAME
    assert len(name.encode()) <= MAX_NAME_BYTES
    assert name.rpartition(".")[2] in ENDINGS[kind]
    assert not set(name) & set('/\\<>:"|?*\x00\r\n')
    assert {unicodedata.category(sign)[0] for sign in name if sign != " "} <= set("LMNPS")
    assert not name.startswith((" ", "."))
    assert safe_name(name, kind) == name


@given(st.text(max_size=400))
def test_every_name_can_be_shown_in_a_message(given_name: str) -> None:
    shown = shown_name(given_name)

    assert len(shown) <= MAX_NAME
    assert {unicodedata.category(sign)[0] for sign in shown if sign != " "} <= set("LMNPS")


@pytest.mark.parametrize(
    ("name", "ending"),
    [("a.PDF", "pdf"), ("a", ""), (".csv", ""), ("a.pdf.exe", "exe"), ("a.x/b", ""), ("a.pd\u200bf", "pdf")],
)
def test_the_ending_of_a_name_is_what_is_seen_of_it(name: str, ending: str) -> None:
    assert ending_of(name) == ending


def test_every_kind_has_a_media_type_and_endings_of_its_own() -> None:
    endings = [ending for kind in KINDS for ending in ENDINGS[kind]]

    assert tuple(MEDIA_TYPES) == tuple(ENDINGS) == KINDS
    assert len(set(endings)) == len(endings)
    assert [kind_of_ending(ending) for ending in ("PDF", "jpe", "exe", "")] == ["pdf", "jpeg", None, None]
    assert ACCEPT == ".pdf,.png,.jpg,.jpeg,.jpe,.jfif,.xlsx,.docx,.csv,.tsv"


@pytest.mark.parametrize(
    ("kind", "ending", "may"),
    [
        ("pdf", "pdf", True),
        ("pdf", "xlsx", False),
        ("pdf", "", True),
        ("pdf", "2", True),
        ("png", "jpg", True),
        ("png", "pdf", False),
        ("csv", "csv", True),
        ("csv", "txt", True),
        ("csv", "", False),
        ("csv", "js", False),
    ],
)
def test_what_a_name_promises(kind: FileKind, ending: str, may: bool) -> None:
    assert is_promised(kind, ending) is may
