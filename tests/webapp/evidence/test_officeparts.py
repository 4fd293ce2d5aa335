"""What may lie in an office file beside its own parts: pictures, fonts, office files, and no program."""

from __future__ import annotations

import gzip
from io import BytesIO

import pytest
import xlsxwriter
from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image as SheetImage
from openpyxl.worksheet.datavalidation import DataValidation
from PIL import Image

from tests.reports.pictures import red_and_blue, red_png, saved, turned_jpeg
from tests.webapp.evidence.making import (
    document,
    field_runs,
    pdf,
    relations_xml,
    sheet,
    text_document,
    types_xml,
    word_xml,
    zipped,
)
from webapp.evidence.office import office_kind
from webapp.evidence.problems import FileRefused

PROGRAM = b"MZ\x90\x00" + bytes(500)
SLIDES_TYPE = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
SLIDES = zipped(
    {"[Content_Types].xml": types_xml(("ppt/p.xml", SLIDES_TYPE)), "ppt/p.xml": "<presentation/>"}
)
EMF = b"\x01\x00\x00\x00" + bytes(36) + b" EMF" + bytes(60)
WMF = b"\xd7\xcd\xc6\x9a" + bytes(60)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>'
SVG_NAMED = (
    b'<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" '
    b'"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd"><svg xmlns="http://www.w3.org/2000/svg"/>'
)

PROPERTIES = (
    b'<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" '
    b'"http://www.apple.com/DTDs/PropertyList-1.0.dtd"><plist version="1.0"><dict/></plist>'
)

PARTS: dict[str, tuple[str, bytes]] = {
    "a PNG": ("word/media/image1.png", red_png()),
    "a JPEG": ("word/media/image2.jpeg", turned_jpeg()),
    "a GIF": ("word/media/image3.gif", saved(red_and_blue(), "GIF")),
    "a BMP": ("word/media/image4.bmp", saved(red_and_blue(), "BMP")),
    "a TIFF": ("word/media/image5.tiff", saved(Image.new("RGB", (2, 2)), "TIFF")),
    "a WebP": ("word/media/image6.webp", saved(red_and_blue(), "WEBP")),
    "an EMF": ("word/media/image7.emf", EMF),
    "an EMF, packed": ("word/media/image8.emz", gzip.compress(EMF)),
    "a WMF": ("word/media/image9.wmf", WMF),
    "a WMF without its head": ("word/media/image9b.wmf", b"\x01\x00\x09\x00\x00\x03" + bytes(60)),
    "a photograph of Windows": ("word/media/hdphoto1.wdp", b"II\xbc\x01" + bytes(60)),
    "an SVG": ("word/media/image10.svg", SVG),
    "an SVG that names its kind": ("word/media/image11.svg", SVG_NAMED),
    "a drawing of a Mac": ("word/media/image12.pdf", pdf()),
    "a picture without an ending": ("word/media/image13", red_png()),
    "a picture that was pasted": ("word/media/image14.tmp", red_png()),
    "a picture of a page": ("word/media/image15.ashx", red_png()),
    "a picture of a glossary": ("word/glossary/media/image1.png", red_png()),
    "a small picture of it": ("docProps/thumbnail.jpeg", turned_jpeg()),
    "a font": ("word/fonts/font1.odttf", bytes(range(1, 200))),
    "a font of Google": ("word/fonts/Lato-regular.ttf", b"\x00\x01\x00\x00" + bytes(60)),
    "settings of a printer": ("word/printerSettings/printerSettings1.bin", "HP".encode("utf-16-le")),
    "settings of a printer on a Mac": ("xl/printerSettings/printerSettings1.bin", PROPERTIES),
    "somebody's own property": ("xl/customProperty1.bin", "a".encode("utf-16-le")),
    "what Google notes": ("xl/metadata", b"\x0a\x02ok"),
    "a label of who may see it": ("docMetadata/LabelInfo.xml", b"<labelList/>"),
    "somebody's own part": ("customXml/item1.xml", "<a>æ</a>".encode("utf-16")),
    "a signature": ("_xmlsignatures/origin.sigs", b""),
    "what was thrown away": ("[trash]/0000.dat", b"\xff" * 20),
    "nothing": ("word/people.xml", b""),
    "a folder": ("word/media/", b""),
    "a workbook": ("word/embeddings/Microsoft_Excel_Sheet1.xlsx", sheet()),
    "a text document": ("word/embeddings/Microsoft_Word_Document1.docx", text_document()),
    "slides": ("word/embeddings/Microsoft_PowerPoint_Presentation1.pptx", SLIDES),
    "a drawing of the old kind": ("word/drawings/vmlDrawing1.vml", b"<xml/>"),
}


@pytest.mark.parametrize(("name", "content"), PARTS.values(), ids=PARTS)
def test_what_programs_put_in_a_document_passes(name: str, content: bytes) -> None:
    assert office_kind(text_document(**{name: content})) == "docx"


def _with_macros() -> bytes:
    return sheet(**{"xl/vbaProject.bin": b"x"})


COMMAND = word_xml(field_runs("DDEAUTO excel a"))
HOSTILE: dict[str, tuple[str, bytes, str]] = {
    "a program": ("word/media/a.exe", PROGRAM, "embedded"),
    "a program called a picture": ("word/media/image1.png", PROGRAM, "embedded"),
    "a program called a picture in a workbook": ("xl/media/image1.emf", PROGRAM, "embedded"),
    "a script called a picture": ("word/media/image1.png", b"WScript.Echo 1", "embedded"),
    "a page called a picture": ("word/media/image1.jpg", b"<html><script>1</script></html>", "embedded"),
    "nothing called a picture": ("word/media/image1.png", b"", "embedded"),
    "a program, packed": ("word/media/image1.emz", gzip.compress(PROGRAM), "embedded"),
    "half of what is packed": ("word/media/image1.emz", gzip.compress(EMF)[:12], "embedded"),
    "a drawing with a script": (
        "word/media/a.svg",
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>',
        "embedded",
    ),
    "a drawing that does something": ("word/media/a.svg", b'<svg onload="alert(1)"/>', "embedded"),
    "a drawing of elsewhere": (
        "word/media/a.svg",
        b'<svg xmlns:x="http://www.w3.org/1999/xlink"><image x:href="http://x.example"/></svg>',
        "embedded",
    ),
    "a drawing that grows": ("word/media/a.svg", b'<!DOCTYPE a [<!ENTITY b "c">]><svg>&b;</svg>', "broken"),
    "a drawing that is a page": ("word/media/a.svg", b"<html/>", "embedded"),
    "a PDF that starts something": (
        "word/media/a.pdf",
        pdf(lambda made: made.Root.__setitem__("/AA", {"/WC": {"/S": "/JavaScript"}})),
        "embedded",
    ),
    "a program called a font": ("word/fonts/font1.odttf", PROGRAM, "embedded"),
    "a program called settings": ("xl/printerSettings/printerSettings1.bin", PROGRAM, "embedded"),
    "a program called a note": ("xl/metadata", PROGRAM, "embedded"),
    "a program called a part": ("word/a.xml", PROGRAM, "broken"),
    "a field called a font": ("word/fonts/font1.ttf", COMMAND.encode(), "remote"),
    "a field called a note": ("xl/metadata", b"\xef\xbb\xbf\n" + COMMAND.encode(), "remote"),
    "a field called settings": ("word/printerSettings/p.bin", COMMAND.encode("utf-16"), "remote"),
    "a field called a drawing": (
        "word/media/a.svg",
        f'<svg xmlns="http://www.w3.org/2000/svg">{COMMAND}</svg>'.encode(),
        "remote",
    ),
    "a page": ("word/afchunk.mht", b"MIME-Version: 1.0", "embedded"),
    "rich text": ("word/afchunk.rtf", b"{\\rtf1}", "embedded"),
    "a shortcut": ("word/a.lnk", b"L\x00\x00\x00", "embedded"),
    "an object": ("word/embeddings/oleObject1.bin", b"\xd0\xcf\x11\xe0", "embedded"),
    "a workbook with macros": ("word/embeddings/a.xlsx", _with_macros(), "macro"),
    "a workbook with macros by its name": ("word/embeddings/a.xlsm", _with_macros(), "embedded"),
    "a document with macros": (
        "xl/embeddings/a.docx",
        text_document(**{"word/vbaProject.bin": b"x"}),
        "macro",
    ),
    "a document with a command": ("word/embeddings/a.docx", document(field_runs("DDEAUTO a")), "remote"),
    "a document of elsewhere": (
        "word/embeddings/a.docx",
        text_document(**{"word/_rels/a.rels": relations_xml("oleObject", "http://x.example", "External")}),
        "remote",
    ),
    "something called a workbook": ("word/embeddings/a.xlsx", PROGRAM, "embedded"),
    "a data model": ("xl/model/item.data", b"x", "embedded"),
    "macros in JavaScript": ("word/jsaProject.bin", b"x", "macro"),
}


@pytest.mark.parametrize(("name", "content", "code"), HOSTILE.values(), ids=HOSTILE)
def test_what_is_no_part_of_a_document_is_refused(name: str, content: bytes, code: str) -> None:
    with pytest.raises(FileRefused) as refused:
        office_kind(text_document(**{name: content}))

    assert refused.value.code == code


def test_documents_in_documents_end_somewhere() -> None:
    nested = sheet()
    for _ in range(2):
        nested = text_document(**{"word/embeddings/a.xlsx": nested})

    assert office_kind(nested) == "docx"
    with pytest.raises(FileRefused, match="embedded"):
        office_kind(text_document(**{"word/embeddings/a.docx": text_document(**{"word/a.docx": nested})}))


def test_documents_in_a_document_share_its_room() -> None:
    large = sheet(**{"xl/a.xml": b"<a>" + b" " * 120_000_000 + b"</a>"})

    assert office_kind(text_document(**{"word/embeddings/a.xlsx": large})) == "docx"
    with pytest.raises(FileRefused, match="unpacked"):
        office_kind(text_document(**{"word/embeddings/a.xlsx": large, "word/embeddings/b.xlsx": large}))


def _openpyxl() -> bytes:
    file, book = BytesIO(), Workbook()
    ws = book.active
    for row in (["Fraksjon", "Tonn"], ["Tre", 12.5], ["Glass", -2], ["Sum", "=SUM(B2:B3)"]):
        ws.append(row)
    ws["A2"].hyperlink = "https://www.eksempel.no"
    ws["A3"].comment = Comment("Se vedlegg", "Kari")
    ws.add_data_validation(DataValidation(type="list", formula1='"Tre,Glass"'))
    chart = BarChart()
    chart.add_data(Reference(ws, min_col=2, min_row=1, max_row=3), titles_from_data=True)
    ws.add_chart(chart, "D2")
    ws.add_image(SheetImage(BytesIO(red_png())), "D20")
    book.create_sheet("Ark | 2")["A1"] = f"='{ws.title}'!B2"
    book.save(file)
    return file.getvalue()


def _xlsxwriter() -> bytes:
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        ws = book.add_worksheet("Avfall")
        ws.write_row(0, 0, ["Fraksjon", "Tonn"])
        ws.write_row(1, 0, ["Tre", 12.5])
        ws.write_url(2, 0, "internal:Avfall!A1")
        ws.write_url(3, 0, "mailto:kari@eksempel.no")
        ws.write_formula(4, 0, "=_xlfn.XLOOKUP(A1,A1:A3,B1:B3)")
        ws.write_comment(1, 1, "Veid")
        ws.add_table("D1:E3")
        ws.insert_image(8, 0, "a.png", {"image_data": BytesIO(red_png())})
        ws.insert_button("G2", {"caption": "Skriv ut"})
        ws.insert_checkbox(10, 0, True)
        ws.conditional_format("B1:B9", {"type": "formula", "criteria": "=$B1>2", "format": book.add_format()})
        ws.set_header("&L&G", {"image_left": "a.png", "image_data_left": BytesIO(red_png())})
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=Avfall!$B$2:$B$2"})
        ws.insert_chart("D10", chart)
        book.define_name("Sum", "=Avfall!$B$2")
        book.set_properties({"title": "Avfall", "hyperlink_base": "https://eksempel.no"})
        book.set_custom_property("Sak", "2025/1")
    return file.getvalue()


@pytest.mark.parametrize("made", [_openpyxl, _xlsxwriter], ids=lambda made: made.__name__)
def test_what_libraries_write_passes(made: object) -> None:
    assert callable(made)
    assert office_kind(made()) == "xlsx"
