"""Office files hold documents and nothing that runs, fetches, or grows without end."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Callable

import pytest

from tests.reports.pictures import red_png
from tests.webapp.evidence.making import (
    OFFICE,
    SHEET_TYPE,
    TEXT_TYPE,
    relations_xml,
    sheet,
    sheet_parts,
    text_document,
    types_xml,
    zipped,
)
from webapp.evidence.office import MAX_ENTRIES, office_kind
from webapp.evidence.problems import FileRefused

MACRO_BOOK = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
BOOK = "xl/workbook.xml"
DDE = '<externalLink xmlns="x"><ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>'
LAUGHS = '<!DOCTYPE Types [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


def _refused(data: bytes) -> str:
    with pytest.raises(FileRefused) as refused:
        office_kind(data)
    return refused.value.code


def test_workbooks_and_text_documents_are_told_apart() -> None:
    assert (office_kind(sheet()), office_kind(text_document())) == ("xlsx", "docx")


SOUND = {
    "without compression": zipped(sheet_parts(), zipfile.ZIP_STORED),
    "with a link to a page": sheet(
        **{"xl/_rels/a.rels": relations_xml("hyperlink", "https://www.eksempel.no", "External")}
    ),
    "with another workbook in it": sheet(**{"xl/embeddings/Microsoft_Excel_Sheet1.xlsx": sheet()}),
    "with settings of a printer": sheet(**{"xl/printerSettings/printerSettings1.bin": b"x"}),
    "with a link to another workbook": sheet(**{"xl/externalLinks/externalLink1.xml": "<externalLink/>"}),
    "with a picture called macro": text_document(**{"word/media/macro.png": red_png()}),
}


@pytest.mark.parametrize("data", SOUND.values(), ids=SOUND)
def test_what_honest_files_hold_passes(data: bytes) -> None:
    assert office_kind(data) in ("xlsx", "docx")


HOSTILE = {
    "macros": (sheet(**{"xl/vbaProject.bin": b"x"}), "macro"),
    "macros with capital letters": (sheet(**{"XL/VBAPROJECT.BIN": b"x"}), "macro"),
    "macros by type": (zipped({"[Content_Types].xml": types_xml((BOOK, MACRO_BOOK)), BOOK: ""}), "macro"),
    "macros under another name": (
        sheet(**{"xl/_rels/workbook.xml.rels": relations_xml("vbaProject", "innocent.bin")}),
        "macro",
    ),
    "macros of the old kind": (sheet(**{"xl/macrosheets/sheet1.xml": "<x/>"}), "macro"),
    "controls": (sheet(**{"xl/activeX/activeX1.bin": b"x"}), "macro"),
    "an object of another program": (text_document(**{"word/embeddings/oleObject1.bin": b"x"}), "embedded"),
    "a program": (text_document(**{"word/embeddings/setup.exe": b"MZ"}), "embedded"),
    "a template from elsewhere": (
        text_document(
            **{"word/_rels/s.rels": relations_xml("attachedTemplate", "http://x.example/a.dotm", "External")}
        ),
        "remote",
    ),
    "an object from elsewhere": (
        text_document(
            **{"word/_rels/s.rels": relations_xml("oleObject", "mhtml:http://x.example", "External")}
        ),
        "remote",
    ),
    "a link that starts a program": (sheet(**{"xl/externalLinks/externalLink1.xml": DDE}), "remote"),
    "entities": (
        zipped({"[Content_Types].xml": types_xml((BOOK, SHEET_TYPE), before=LAUGHS), BOOK: ""}),
        "broken",
    ),
    "contents that are no XML": (zipped({"[Content_Types].xml": "<Types", BOOK: ""}), "broken"),
    "contents that name no document": (
        zipped({"[Content_Types].xml": types_xml(), BOOK: ""}),
        "unknown_type",
    ),
    "a document that is not there": (
        zipped({"[Content_Types].xml": types_xml((BOOK, SHEET_TYPE))}),
        "unknown_type",
    ),
    "two documents": (
        zipped({"[Content_Types].xml": types_xml((BOOK, SHEET_TYPE), ("w", TEXT_TYPE)), BOOK: "", "w": ""}),
        "unknown_type",
    ),
    "a presentation": (
        zipped({"[Content_Types].xml": types_xml(("ppt/p.xml", "x.presentation.main+xml")), "ppt/p.xml": ""}),
        "unknown_type",
    ),
    "a name that leads out": (sheet(**{"../../a": "x"}), "broken"),
    "a name from the root": (sheet(**{"/a": "x"}), "broken"),
    "a name with a backslash": (sheet(**{"a\\b": "x"}), "broken"),
    "the same name in other letters": (sheet(**{"XL/workbook.xml": "x"}), "broken"),
    "another way to compress": (zipped(sheet_parts(), zipfile.ZIP_LZMA), "broken"),
    "too many entries": (sheet(**{f"a{at}": "" for at in range(MAX_ENTRIES - 1)}), "unpacked"),
    "a folder that holds something": (sheet(**{"xl/media/": b"MZ"}), "broken"),
    "something before it": (b"PK\x03\x04#!/bin/sh\n" + sheet(), "broken"),
}


@pytest.mark.parametrize(("data", "code"), HOSTILE.values(), ids=HOSTILE)
def test_what_is_hostile_or_no_document_is_refused(data: bytes, code: str) -> None:
    assert _refused(data) == code


def test_a_bomb_is_seen_by_what_it_says_of_itself() -> None:
    assert _refused(sheet(**{"xl/a.xml": bytes(200_000_001)})) == "unpacked"


def _central(data: bytes, name: bytes) -> int:
    """Where the list at the end speaks of an entry. Source: APPNOTE 6.3.10, 4.3.12."""
    return data.rindex(name) - 46


def _changed(data: bytes, at: int, form: str, value: int) -> bytes:
    return data[:at] + struct.pack(form, value) + data[at + struct.calcsize(form) :]


CHANGES: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "a size that is a lie": (
        lambda data: _changed(data, _central(data, b"xl/z.xml") + 24, "<I", 10),
        "broken",
    ),
    "a wrong checksum": (lambda data: _changed(data, _central(data, b"xl/z.xml") + 16, "<I", 1), "broken"),
    "a lock": (lambda data: _changed(data, _central(data, b"xl/z.xml") + 8, "<H", 1), "encrypted"),
    "a name of another length": (lambda data: data.replace(b"xl/z.xml", b"xl/\x00.xml"), "broken"),
    "another place": (lambda data: _changed(data, _central(data, b"xl/z.xml") + 42, "<I", 2**31), "broken"),
    "entries that lie in each other": (
        lambda data: _changed(data, _central(data, b"xl/z.xml") + 20, "<I", len(data)),
        "broken",
    ),
}


@pytest.mark.parametrize(("change", "code"), CHANGES.values(), ids=CHANGES)
def test_a_zip_file_that_lies_is_refused(change: Callable[[bytes], bytes], code: str) -> None:
    honest = sheet(**{"xl/z.xml": b"<z>" + b"z" * 5_000 + b"</z>"})

    assert office_kind(honest) == "xlsx"
    assert _refused(change(honest)) == code


def test_contents_may_be_written_with_a_prefix_and_in_another_encoding() -> None:
    xml = (
        '<?xml version="1.0" encoding="UTF-16"?><c:Types '
        'xmlns:c="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<c:Override ContentType="{SHEET_TYPE}" PartName="/{BOOK}"/></c:Types>'
    )

    assert office_kind(zipped({"[Content_Types].xml": xml.encode("utf-16"), BOOK: ""})) == "xlsx"


def test_macros_cannot_hide_behind_another_encoding() -> None:
    xml = relations_xml("vbaProject", "a.bin").decode()
    hidden = f'<?xml version="1.0" encoding="UTF-16"?>{xml}'.encode("utf-16")

    assert OFFICE in xml
    assert _refused(sheet(**{"xl/_rels/workbook.xml.rels": hidden})) == "macro"
