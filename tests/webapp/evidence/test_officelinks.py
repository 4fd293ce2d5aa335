"""What the parts of an office file are to each other, and what they may point to elsewhere."""

from __future__ import annotations

import pytest

from tests.webapp.evidence.making import (
    OFFICE,
    relations_list,
    relations_xml,
    sheet,
    text_document,
    word_xml,
)
from webapp.evidence.office import office_kind
from webapp.evidence.problems import FileRefused

_MICROSOFT = "http://schemas.microsoft.com/office"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_LABELS = f"{_MICROSOFT}/2020/02/relationships/classificationlabels"
_SHARE = "file:///\\\\server\\share"


def _document(kind: str, target: str, mode: str = "External") -> bytes:
    return text_document(**{"word/_rels/document.xml.rels": relations_xml(kind, target, mode)})


def _workbook(kind: str, target: str, part: str = "xl/externalLinks/_rels/externalLink1.xml.rels") -> bytes:
    return sheet(**{part: relations_xml(kind, target, "External")})


def _typed(type_: str, target: str = "a.xml", mode: str = "Internal") -> bytes:
    return text_document(**{"word/_rels/document.xml.rels": relations_list((type_, target, mode))})


SOUND = {
    "a page": _document("hyperlink", "https://www.eksempel.no/a?b=c#d"),
    "an address of mail": _document("hyperlink", "mailto:kari@eksempel.no?subject=Hei"),
    "a telephone": _document("hyperlink", "tel:+4722334455"),
    "a place in the document": _document("hyperlink", "#_Toc1"),
    "a file beside it": _document("hyperlink", "Vedlegg%201.docx"),
    "a page without saying that it is elsewhere": _document("hyperlink", "https://eksempel.no", "Internal"),
    "a template on the writer's own disk": _document("attachedTemplate", "file:///C:\\Maler\\Rapport.dotx"),
    "a template on a Mac": _document("attachedTemplate", "file://localhost/Volumes/kari/Rapport.dotx"),
    "a picture that was left in a letter": _document("image", "cid:image001.png@01D8"),
    "a picture that was left on a disk": _document("image", "file:///C:/Bilder/kari/clip_image001.png"),
    "a picture that is gone": _document("image", "NULL"),
    "another workbook beside it": _workbook("externalLinkPath", "Budsjett%202025.xlsx"),
    "another workbook on a disk": _workbook("externalLinkPath", "file:///H:\\Budsjett.xlsx"),
    "another workbook on a page": _workbook(
        "externalLinkPath", "https://eksempel.sharepoint.com/Budsjett.xlsx"
    ),
    "another workbook that is gone": _workbook("xlPathMissing", "Budsjett.xlsx"),
    "a chart whose figures are on a disk": sheet(
        **{"xl/charts/_rels/chart1.xml.rels": relations_xml("oleObject", "file:///C:\\a.xlsx", "External")}
    ),
    "a label of who may see it": _typed(_LABELS, "docMetadata/LabelInfo.xml"),
    "a signature": _typed(f"{_PACKAGE}/digital-signature/origin", "_xmlsignatures/origin.sigs"),
    "what Google adds": _typed("http://customschemas.google.com/relationships/workbookmetadata", "metadata"),
    "the strict kind": _typed("http://purl.oclc.org/ooxml/officeDocument/relationships/extendedProperties"),
    "comments of today": _typed(f"{_MICROSOFT}/2018/08/relationships/commentsExtensible"),
    "a link in a base for links": text_document(
        **{"docProps/app.xml": "<Properties><HyperlinkBase>https://eksempel.no/</HyperlinkBase></Properties>"}
    ),
}


@pytest.mark.parametrize("data", SOUND.values(), ids=SOUND)
def test_what_programs_write_passes(data: bytes) -> None:
    assert office_kind(data) in ("xlsx", "docx")


HOSTILE = {
    "a picture of a share": (_document("image", f"{_SHARE}\\a.png"), "remote"),
    "a picture of a share, plainly": (_document("image", "\\\\server\\share\\a.png"), "remote"),
    "a picture of a share with four slashes": (_document("image", "file:////server/share/a.png"), "remote"),
    "a picture of a share, encoded": (_document("image", "%5C%5Cserver%5Cshare%5Ca.png"), "remote"),
    "a picture of a share without a scheme": (_document("image", "//server/a.png"), "remote"),
    "a picture of a page": (_document("image", "https://x.example/a.png"), "remote"),
    "a picture that is not said to be elsewhere": (
        _document("image", "http://x.example/a.png", "Internal"),
        "remote",
    ),
    "a picture elsewhere with spaces around": (
        _document("image", " http://x.example", " external "),
        "remote",
    ),
    "a picture after a tab": (_document("image", "&#9;http://x.example"), "remote"),
    "a template of a share": (_document("attachedTemplate", f"{_SHARE}\\a.dotm"), "remote"),
    "a template of a server": (_document("attachedTemplate", "file://server/share/a.dotm"), "remote"),
    "a template with a slash at the end of its type": (
        _typed(f"{OFFICE}/attachedTemplate/", "http://x.example/a.dotm", "External"),
        "remote",
    ),
    "a type with nothing in it": (_typed("", "http://x.example/a.dotm", "External"), "remote"),
    "a link to a share": (_document("hyperlink", f"{_SHARE}\\a.docx"), "remote"),
    "a link to a program": (_document("hyperlink", "file:///C:/Windows/System32/calc.exe"), "remote"),
    "a link that is a script": (_document("hyperlink", "javascript:alert(1)"), "remote"),
    "a link of another program": (_document("hyperlink", "ms-word:ofe|u|http://x.example/a.docm"), "remote"),
    "a piece of a page": (_document("aFChunk", "a.html", "Internal"), "embedded"),
    "a piece of a page elsewhere": (_document("aFChunk", "http://x.example"), "remote"),
    "a document in pieces": (_document("subDocument", "http://x.example/a.docx"), "remote"),
    "a frame": (_document("frame", "http://x.example"), "remote"),
    "letters to many": (_document("mailMergeSource", "file:///C:\\a.xlsx"), "remote"),
    "an object of another program": (_document("oleObject", "a.bin", "Internal"), "embedded"),
    "figures of a chart elsewhere": (
        sheet(
            **{"xl/charts/_rels/a.rels": relations_xml("oleObject", "http://x.example/a.xlsx", "External")}
        ),
        "remote",
    ),
    "a target under another name too": (
        text_document(
            **{
                "word/_rels/a.rels": relations_xml("image", "media/a.png").replace(
                    b"Target=", b'xmlns:x="x" x:Target="media/b.png" Target="http://x.example/" y='
                )
            }
        ),
        "broken",
    ),
    "connections": (_workbook("connections", "connections.xml", "xl/_rels/workbook.xml.rels"), "remote"),
    "connections within": (
        sheet(**{"xl/_rels/workbook.xml.rels": relations_xml("connections", "connections.xml")}),
        "remote",
    ),
    "a query": (sheet(**{"xl/tables/_rels/a.rels": relations_xml("queryTable", "a.xml")}), "remote"),
    "a program beside it that is a page": (
        _typed(f"{_MICROSOFT}/2011/relationships/webextensiontaskpanes"),
        "remote",
    ),
    "buttons that start programs": (_typed(f"{_MICROSOFT}/2006/relationships/ui/extensibility"), "macro"),
    "keys that start programs": (_typed(f"{_MICROSOFT}/2006/relationships/keyMapCustomizations"), "macro"),
    "a control": (_document("control", "a.xml", "Internal"), "macro"),
    "a sheet of macros": (_typed(f"{_MICROSOFT}/2006/relationships/xlMacrosheet"), "macro"),
    "macros in JavaScript": (_typed("http://schemas.onlyoffice.com/jsaProject", "jsaProject.bin"), "macro"),
    "a type that nobody knows": (_typed("http://x.example/other"), "embedded"),
    "another workbook on a share": (_workbook("externalLinkPath", f"{_SHARE}\\a.xlsx"), "remote"),
    "another workbook from somewhere else": (
        _workbook("externalLinkPath", "a.xlsx", "xl/pivotCache/_rels/a.xml.rels"),
        "remote",
    ),
    "a base for links that is a share": (
        text_document(
            **{"docProps/app.xml": "<Properties><HyperlinkBase>\\\\server\\a</HyperlinkBase></Properties>"}
        ),
        "remote",
    ),
}


@pytest.mark.parametrize(("data", "code"), HOSTILE.values(), ids=HOSTILE)
def test_what_reaches_elsewhere_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(FileRefused) as refused:
        office_kind(data)

    assert refused.value.code == code


VML = "urn:schemas-microsoft-com:vml"


def _drawn(source: str) -> bytes:
    xml = f'<xml xmlns:v="{VML}"><v:shape><v:imagedata src="{source}"/></v:shape></xml>'
    return sheet(**{"xl/drawings/vmlDrawing1.vml": xml})


def test_a_drawing_of_the_old_kind_names_no_picture_elsewhere() -> None:
    assert office_kind(_drawn("image001.png")) == "xlsx"
    for source in ("http://x.example/a.png", "\\\\server\\a.png", "//server/a.png"):
        with pytest.raises(FileRefused, match="remote"):
            office_kind(_drawn(source))


ELEMENTS = {
    "a link that starts a program": ("externalLink><ddeLink ddeService='cmd'/></externalLink", "remote"),
    "a link to an object": ("externalLink><oleLink progId='Package'/></externalLink", "remote"),
    "links that are renewed unasked": ("workbook><workbookPr updateLinks='always'/></workbook", "remote"),
    "a piece of another kind": ("body><altChunk/></body", "embedded"),
    "a page that plays a film": ("body><webVideoPr embeddedHtml='x'/></body", "remote"),
    "a connection of letters to many": ("body><connectString/></body", "remote"),
}


@pytest.mark.parametrize("part", ["xl/elsewhere/a.xml", "customXml/item1.xml", "xl/externalLinks/a.xml"])
@pytest.mark.parametrize(("xml", "code"), ELEMENTS.values(), ids=ELEMENTS)
def test_an_element_that_reaches_elsewhere_is_refused_wherever_it_stands(
    part: str, xml: str, code: str
) -> None:
    with pytest.raises(FileRefused) as refused:
        office_kind(sheet(**{part: f"<{xml}>"}))

    assert refused.value.code == code


def test_a_document_of_several_parts_passes() -> None:
    relations = relations_list(
        (f"{OFFICE}/styles", "styles.xml", "Internal"),
        (f"{OFFICE}/header", "header1.xml", "Internal"),
        (f"{OFFICE}/hyperlink", "https://eksempel.no", "External"),
    )
    parts = {"word/_rels/document.xml.rels": relations, "word/header1.xml": word_xml("")}

    assert office_kind(text_document(**parts)) == "docx"
