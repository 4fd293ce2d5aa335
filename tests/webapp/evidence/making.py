"""Files to try: ordinary ones as programs write them, hostile ones part by part."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO
from typing import Any

import pikepdf

SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
TEXT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

LOCKED_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "EncryptedPackage".encode("utf-16-le")
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "Workbook".encode("utf-16-le")
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"
GIF_PAGE = b"GIF89a=1;/*<html><script>alert(1)</script>*/"


def types_xml(*overrides: tuple[str, str], before: str = "") -> bytes:
    """The list of contents: parts with their types. ``before``: between the declaration and the list."""
    lines = "".join(f'<Override PartName="/{name}" ContentType="{type_}"/>' for name, type_ in overrides)
    return f'<?xml version="1.0"?>{before}<Types xmlns="{_TYPES}">{lines}</Types>'.encode()


def relations_xml(kind: str, target: str, mode: str = "Internal") -> bytes:
    """One relation of one part to another, or to what is elsewhere."""
    one = f'<Relationship Id="r1" Type="{OFFICE}/{kind}" Target="{target}" TargetMode="{mode}"/>'
    return f'<Relationships xmlns="{_RELATIONS}">{one}</Relationships>'.encode()


def zipped(parts: Mapping[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Parts by name as a zip file."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", method) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return file.getvalue()


def relations_list(*relations: tuple[str, str, str]) -> bytes:
    """Relations of one part: the whole type, the target and the mode of each."""
    lines = "".join(
        f'<Relationship Id="r{at}" Type="{kind}" Target="{target}" TargetMode="{mode}"/>'
        for at, (kind, target, mode) in enumerate(relations)
    )
    return f'<Relationships xmlns="{_RELATIONS}">{lines}</Relationships>'.encode()


def sheet_parts(**more: bytes | str) -> dict[str, bytes | str]:
    """The least parts of a workbook. ``more``: others, by name."""
    main = "xl/workbook.xml"
    return {"[Content_Types].xml": types_xml((main, SHEET_TYPE)), main: "<workbook/>", **more}


def sheet(**more: bytes | str) -> bytes:
    """A workbook with more parts than it needs."""
    return zipped(sheet_parts(**more))


def text_document(**more: bytes | str) -> bytes:
    """A text document with more parts than it needs."""
    main = "word/document.xml"
    return zipped({"[Content_Types].xml": types_xml((main, TEXT_TYPE)), main: "<document/>", **more})


def formula_sheet(formula: str) -> bytes:
    """A workbook with a formula in a cell, as it stands in the file."""
    text = formula.replace("&", "&amp;").replace("<", "&lt;")
    cells = f'<sheetData><row r="1"><c r="A1"><f>{text}</f><v>0</v></c></row></sheetData>'
    xml = f'<worksheet xmlns="{SHEETS}">{cells}</worksheet>'
    return sheet(**{"xl/worksheets/sheet1.xml": xml})


def word_xml(body: str) -> str:
    """A part of a text document that holds this."""
    return f'<w:document xmlns:w="{WORDS}"><w:body><w:p>{body}</w:p></w:body></w:document>'


def field_runs(*texts: str, element: str = "instrText") -> str:
    """A field of Word whose instruction is spread over runs."""
    runs = "".join(f'<w:r><w:{element} xml:space="preserve">{text}</w:{element}></w:r>' for text in texts)
    begin, separate, end = (
        f'<w:r><w:fldChar w:fldCharType="{type_}"/></w:r>' for type_ in ("begin", "separate", "end")
    )
    return f"{begin}{runs}{separate}<w:r><w:t>1</w:t></w:r>{end}"


def document(body: str, part: str = "word/header1.xml") -> bytes:
    """A text document one of whose parts holds this."""
    return text_document(**{part: word_xml(body)})


def pdf(change: Any = None, **how: Any) -> bytes:
    """A PDF of one blank page. ``change``: is given the document; ``how``: for saving."""
    file = BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page()
        if change is not None:
            change(made)
        made.save(file, **how)
    return file.getvalue()
