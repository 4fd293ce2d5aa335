"""Whole files as Word, Excel, LibreOffice and Google write them, with everything they like to add."""

from __future__ import annotations

from tests.reports.pictures import red_png, turned_jpeg
from tests.webapp.evidence.making import (
    OFFICE,
    SHEET_TYPE,
    SHEETS,
    TEXT_TYPE,
    WORDS,
    field_runs,
    relations_list,
    sheet,
    types_xml,
    word_xml,
    zipped,
)
from webapp.evidence.office import office_kind

PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
MICROSOFT = "http://schemas.microsoft.com/office"
INSIDE, OUTSIDE = "Internal", "External"

ABOUT = relations_list(
    (f"{OFFICE}/officeDocument", "word/document.xml", INSIDE),
    (f"{PACKAGE}/metadata/core-properties", "docProps/core.xml", INSIDE),
    (f"{PACKAGE}/metadata/thumbnail", "docProps/thumbnail.jpeg", INSIDE),
    (f"{OFFICE}/extended-properties", "docProps/app.xml", INSIDE),
    (f"{OFFICE}/custom-properties", "docProps/custom.xml", INSIDE),
    (f"{MICROSOFT}/2020/02/relationships/classificationlabels", "docMetadata/LabelInfo.xml", INSIDE),
)
LABEL = (
    '<clbl:labelList xmlns:clbl="http://schemas.microsoft.com/office/2020/mipLabelMetadata">'
    '<clbl:label id="{1}" enabled="1" method="Standard" siteId="{2}" removed="0"/></clbl:labelList>'
)
PROPERTIES = (
    "<Properties><Template>Rapport.dotx</Template><HyperlinkBase/><AppVersion>16</AppVersion></Properties>"
)


_NAMES = """
    styles settings webSettings fontTable numbering theme customXml footnotes endnotes header footer
    comments chart image glossaryDocument
"""
OF_WORD = _NAMES.split()


def _relations_of_word() -> bytes:
    return relations_list(
        *((f"{OFFICE}/{name}", f"{name}.xml", INSIDE) for name in OF_WORD),
        (f"{MICROSOFT}/2011/relationships/commentsExtended", "commentsExtended.xml", INSIDE),
        (f"{MICROSOFT}/2016/09/relationships/commentsIds", "commentsIds.xml", INSIDE),
        (f"{MICROSOFT}/2011/relationships/people", "people.xml", INSIDE),
        (f"{MICROSOFT}/2007/relationships/stylesWithEffects", "stylesWithEffects.xml", INSIDE),
        (f"{MICROSOFT}/2019/09/relationships/intelligence", "intelligence.xml", INSIDE),
        (f"{OFFICE}/hyperlink", "https://www.eksempel.no/side?a=1#b", OUTSIDE),
        (f"{OFFICE}/hyperlink", "mailto:post@eksempel.no", OUTSIDE),
    )


def _text_of_word() -> dict[str, bytes | str]:
    """The text, with a list of contents, a box, and fields at the foot."""
    body = (
        field_runs(' TOC \\o "1-3" \\h \\z \\u ')
        + field_runs(' HYPERLINK \\l "_Toc12" ')
        + field_runs(" PAGEREF _Toc12 \\h ")
        + field_runs(" SEQ Figur \\* ARABIC ")
    )
    date = field_runs('DATE \\@ "d.M.yyyy"')
    box = f"<w:r><w:txbxContent><w:p>{date}</w:p></w:txbxContent></w:r>"
    return {
        "word/document.xml": word_xml(body + box),
        "word/footer.xml": word_xml(field_runs(" PAGE  \\* MERGEFORMAT ") + field_runs("NUMPAGES")),
        "word/footnotes.xml": f'<w:footnotes xmlns:w="{WORDS}"><w:footnote w:id="1"/></w:footnotes>',
        "word/comments.xml": f'<w:comments xmlns:w="{WORDS}"><w:comment w:id="1"/></w:comments>',
        "word/settings.xml": f'<w:settings xmlns:w="{WORDS}"><w:attachedTemplate/></w:settings>',
    }


def _report_of_word() -> bytes:
    """A report with a list of contents, a chart, comments, notes, fonts, labels, and its own template."""
    chart = f'<c:chartSpace xmlns:c="{OFFICE}/chart"><c:f>Ark1!$A$1:$A$4</c:f></c:chartSpace>'
    return zipped(
        {
            "[Content_Types].xml": types_xml(("word/document.xml", TEXT_TYPE)),
            "_rels/.rels": ABOUT,
            "docProps/core.xml": "<coreProperties/>",
            "docProps/app.xml": PROPERTIES,
            "docProps/custom.xml": "<Properties/>",
            "docProps/thumbnail.jpeg": turned_jpeg(),
            "docMetadata/LabelInfo.xml": LABEL,
            "word/_rels/document.xml.rels": _relations_of_word(),
            **_text_of_word(),
            "word/_rels/settings.xml.rels": relations_list(
                (f"{OFFICE}/attachedTemplate", "file:///C:\\Maler\\Rapport.dotx", OUTSIDE)
            ),
            "word/fonts/font1.odttf": bytes(range(7, 250)),
            "word/_rels/fontTable.xml.rels": relations_list((f"{OFFICE}/font", "fonts/font1.odttf", INSIDE)),
            "word/media/image1.png": red_png(),
            "word/charts/chart1.xml": chart,
            "word/charts/_rels/chart1.xml.rels": relations_list(
                (f"{OFFICE}/package", "../embeddings/Microsoft_Excel_Worksheet.xlsx", INSIDE),
                (f"{MICROSOFT}/2011/relationships/chartStyle", "style1.xml", INSIDE),
                (f"{MICROSOFT}/2011/relationships/chartColorStyle", "colors1.xml", INSIDE),
            ),
            "word/embeddings/Microsoft_Excel_Worksheet.xlsx": sheet(),
            "customXml/item1.xml": '<b:Sources xmlns:b="x" SelectedStyle="\\APA.XSL"/>',
            "customXml/itemProps1.xml": "<ds:datastoreItem xmlns:ds='x'/>",
        }
    )


def test_a_report_of_word_passes() -> None:
    assert office_kind(_report_of_word()) == "docx"


def _relations_of_book() -> bytes:
    return relations_list(
        *(
            (f"{OFFICE}/{name}", f"{name}.xml", INSIDE)
            for name in ("worksheet", "theme", "styles", "calcChain")
        ),
        (f"{OFFICE}/externalLink", "externalLinks/externalLink1.xml", INSIDE),
        (f"{OFFICE}/pivotCacheDefinition", "pivotCache/pivotCacheDefinition1.xml", INSIDE),
        (f"{OFFICE}/sheetMetadata", "metadata.xml", INSIDE),
        (f"{MICROSOFT}/2007/relationships/slicerCache", "slicerCaches/slicerCache1.xml", INSIDE),
        (f"{MICROSOFT}/2017/10/relationships/person", "persons/person.xml", INSIDE),
        (f"{MICROSOFT}/2017/06/relationships/rdRichValue", "richData/rdrichvalue.xml", INSIDE),
    )


def _relations_of_sheet() -> bytes:
    return relations_list(
        *(
            (f"{OFFICE}/{name}", f"../{name}.xml", INSIDE)
            for name in ("drawing", "table", "pivotTable", "ctrlProp")
        ),
        (f"{OFFICE}/printerSettings", "../printerSettings/printerSettings1.bin", INSIDE),
        (f"{OFFICE}/vmlDrawing", "../drawings/vmlDrawing1.vml", INSIDE),
        (f"{MICROSOFT}/2017/10/relationships/threadedComment", "../threadedComments/a.xml", INSIDE),
        (f"{OFFICE}/hyperlink", "Budsjett%202025.xlsx", OUTSIDE),
        (f"{OFFICE}/hyperlink", "#'Ark 2'!A1", OUTSIDE),
    )


def _workbook_of_excel() -> bytes:
    """A workbook with tables, a pivot table, a slicer, controls, links to another workbook and a printer."""
    linked = (
        '<externalLink xmlns="x"><externalBook><sheetNames/><sheetDataSet/></externalBook></externalLink>'
    )
    rows = "<row><c><f>[1]Ark1!$A$1</f></c><c><f>'Avfall | 2025'!B2&amp;\"//\"</f></c></row>"
    choice = '<dataValidation><formula1>"Ja|Nei,Kanskje"</formula1></dataValidation>'
    cells = f"<sheetData>{rows}</sheetData><dataValidations>{choice}</dataValidations>"
    query = '<?xml version="1.0" encoding="utf-16"?><DataMashup>UEsDBB</DataMashup>'
    drawn = '<xml xmlns:v="urn:schemas-microsoft-com:vml"><v:imagedata o:title="a" xmlns:o="o"/></xml>'
    return zipped(
        {
            "[Content_Types].xml": types_xml(("xl/workbook.xml", SHEET_TYPE)),
            "xl/workbook.xml": f'<workbook xmlns="{SHEETS}"><workbookPr defaultThemeVersion="1"/></workbook>',
            "xl/_rels/workbook.xml.rels": _relations_of_book(),
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{SHEETS}">{cells}</worksheet>',
            "xl/worksheets/_rels/sheet1.xml.rels": _relations_of_sheet(),
            "xl/externalLinks/externalLink1.xml": linked,
            "xl/externalLinks/_rels/externalLink1.xml.rels": relations_list(
                (f"{OFFICE}/externalLinkPath", "Budsjett%202025.xlsx", OUTSIDE),
                (
                    f"{MICROSOFT}/2019/04/relationships/externalLinkLongPath",
                    "https://a.sharepoint.com/b.xlsx",
                    OUTSIDE,
                ),
            ),
            "xl/drawings/vmlDrawing1.vml": drawn,
            "xl/printerSettings/printerSettings1.bin": "HP LaserJet".encode("utf-16-le") + bytes(200),
            "xl/media/image1.jpg": turned_jpeg(),
            "customXml/item1.xml": query.encode("utf-16"),
        }
    )


def test_a_workbook_of_excel_passes() -> None:
    assert office_kind(_workbook_of_excel()) == "xlsx"


def test_a_workbook_of_google_passes() -> None:
    book = relations_list(
        (f"{OFFICE}/worksheet", "worksheets/sheet1.xml", INSIDE),
        ("http://customschemas.google.com/relationships/workbookmetadata", "metadata", INSIDE),
    )
    parts = {
        "xl/_rels/workbook.xml.rels": book,
        "xl/metadata": b"\x0a\x24 0000",
        "xl/worksheets/_rels/sheet1.xml.rels": relations_list(
            (f"{OFFICE}/hyperlink", "https://docs.google.com/a", OUTSIDE)
        ),
    }

    assert office_kind(sheet(**parts)) == "xlsx"
