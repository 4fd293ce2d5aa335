"""Lists of companies to invite: what is read, and every mistake with its row and column."""

from __future__ import annotations

import csv
import io
import zipfile

import pytest
from openpyxl import Workbook

from webapp.errors import Refused
from webapp.services.invitees import MAX_ROWS, Invitee, ListProblem, read_list
from webapp.services.tablefiles import text_of_file

ALFA, BETA = "310028142", "310028150"
"""Synthetic numbers: 310 028 14 gives 3*3+1*2+0*7+0*6+2*5+8*4+1*3+4*2 = 64, 11 - 64 % 11 = 2."""


def test_a_pasted_list_with_headings_in_any_order_is_read() -> None:
    row = f"Kari@Eksempel.no\tEksempel Alfa AS\t{ALFA[:3]} {ALFA[3:]}\tnynorsk"

    found = read_list(f"E-post\tBedrift\tOrg.nr.\tSpråk\n{row}\n", "nb")

    assert found.problems == ()
    assert found.invitees == (Invitee(2, "Eksempel Alfa AS", ALFA, "", "kari@eksempel.no", "nn"),)


@pytest.mark.parametrize(
    "heading",
    [
        "navn;organisasjonsnummer;kontaktperson;e-post",
        "Namn;Orgnr;Kontakt;E-postadresse",
        "Company,Organisation number,Contact,E-mail",
        "sep=;\nnavn;orgnr;kontakt;epost",
    ],
)
def test_headings_are_known_in_three_languages_and_three_separators(heading: str) -> None:
    separator = "," if "," in heading else ";"
    row = separator.join(('"Eksempel, Alfa; AS"', ALFA, "Kari Eksempel", "kari@eksempel.no"))

    found = read_list(f"\ufeff{heading}\r\n{row}\r\n", "en")

    assert found.problems == ()
    assert [(one.name, one.contact, one.language) for one in found.invitees] == [
        ("Eksempel, Alfa; AS", "Kari Eksempel", "en")
    ]


def test_without_headings_the_columns_have_their_fixed_order() -> None:
    found = read_list(f"Eksempel Alfa AS;{ALFA};Kari;kari@eksempel.no;en", "nb")

    assert found.invitees == (Invitee(1, "Eksempel Alfa AS", ALFA, "Kari", "kari@eksempel.no", "en"),)


def test_every_mistake_is_listed_with_its_row_and_column() -> None:
    rows = (
        "navn;orgnr;epost;språk",
        f"Eksempel Alfa;{ALFA};a@eksempel.no;nb",
        "",
        f"Eksempel Alfa;{ALFA};A@eksempel.no;",
        "Eksempel Gamma;310028143;ingen-adresse;samisk",
        ";12345;ø@eksempel.no;",
    )

    found = read_list("\n".join(rows), "nb")

    assert found.problems == (
        ListProblem(4, "orgnr", "number_twice", ALFA, 2),
        ListProblem(4, "email", "address_twice", "A@eksempel.no", 2),
        ListProblem(5, "orgnr", "number_wrong", "310028143"),
        ListProblem(5, "email", "address_wrong", "ingen-adresse"),
        ListProblem(5, "language", "language_unknown", "samisk"),
        ListProblem(6, "name", "missing"),
        ListProblem(6, "orgnr", "number_digits", "12345"),
        ListProblem(6, "email", "address_wrong", "ø@eksempel.no"),
    )


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (" \n\n", ["empty"]),
        ("navn;orgnr;epost\n", ["empty"]),
        ("navn;språk\nEksempel;nb", ["column_missing", "column_missing"]),
        ("navn;orgnr;epost;Bedrift\n", ["column_twice"]),
        ("navn;orgnr;epost\n" + "a;b;c\n" * (MAX_ROWS + 1), ["many_rows"]),
        ("navn;orgnr;epost\n" + "x" * 200_000, ["unreadable"]),
    ],
    ids=["nothing", "no row", "no column", "a column twice", "too many rows", "no table"],
)
def test_what_is_no_list_says_why(text: str, codes: list[str]) -> None:
    found = read_list(text, "nb")

    assert ([one.code for one in found.problems], found.invitees) == (codes, ())


def test_what_is_no_table_is_seen_whatever_limit_others_have_set() -> None:
    before = csv.field_size_limit(10**6)
    try:
        found = read_list("navn;orgnr;epost\n" + "x" * 200_000, "nb")
    finally:
        csv.field_size_limit(before)

    assert [one.code for one in found.problems] == ["unreadable"]


def test_a_workbook_is_read_as_text_row_by_row() -> None:
    book = Workbook()
    book.active.append(["Navn", "Org.nr", "E-post"])
    book.active.append([None, None, None])
    book.active.append(["Eksempel Alfa AS", int(ALFA), "kari@eksempel.no"])
    kept = io.BytesIO()
    book.save(kept)

    found = read_list(text_of_file(kept.getvalue()), "nb")

    assert found.invitees == (Invitee(3, "Eksempel Alfa AS", ALFA, "", "kari@eksempel.no", "nb"),)


def test_a_text_file_may_be_windows_1252() -> None:
    data = f"Språk;Navn;Orgnr;Epost\nBokmål;Eksempel Ærfugl;{ALFA};a@eksempel.no".encode("cp1252")

    assert read_list(text_of_file(data), "en").invitees[0].name == "Eksempel Ærfugl"


@pytest.mark.parametrize(
    "data", [b"PK\x03\x04 no workbook", b"<html><script>", b"\x00\x01\x02", b"a" * 1_000_001]
)
def test_a_file_that_is_no_table_is_refused(data: bytes) -> None:
    with pytest.raises(Refused):
        text_of_file(data)


def test_a_small_file_with_a_large_sheet_is_not_read() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"<row/>" * 850_000)
    assert len(packed.getvalue()) < 100_000

    with pytest.raises(Refused, match="file_large"):
        text_of_file(packed.getvalue())


def test_the_longest_list_there_may_be_is_read_from_a_workbook() -> None:
    book = Workbook()
    book.active.append(["Navn", "Org.nr", "Kontakt", "E-post", "Språk"])
    for at in range(MAX_ROWS):
        name = f"Eksempel Bedrift med et langt navn for nummer {at} AS"
        book.active.append([name, ALFA, f"Kontakt Kontaktesen {at}", f"kontakt{at}@eksempel.no", "bokmål"])
    kept = io.BytesIO()
    book.save(kept)

    assert len(text_of_file(kept.getvalue()).splitlines()) == MAX_ROWS + 1
