"""PDF files that others can open, and that start nothing."""

from __future__ import annotations

from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from tests.reports.pictures import red_png
from tests.webapp.evidence.making import pdf
from webapp.evidence.judging import judge
from webapp.evidence.pdfs import check_pdf
from webapp.evidence.problems import FileRefused


def _script() -> Dictionary:
    return Dictionary(S=Name.JavaScript, JS="app.alert(1)")


def _opens_with(action: Any) -> bytes:
    return pdf(lambda made: made.Root.__setitem__("/OpenAction", action))


def _to_page(made: pikepdf.Pdf) -> None:
    made.Root.OpenAction = Array([made.pages[0].obj, Name.Fit])


def _named(made: pikepdf.Pdf) -> None:
    made.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array(["a", _script()])))


def _on_page(made: pikepdf.Pdf) -> None:
    made.pages[0].obj.AA = Dictionary(O=_script())


def _on_closing(made: pikepdf.Pdf) -> None:
    made.Root.AA = Dictionary(WC=made.make_indirect(_script()))


def _in_a_ring(made: pikepdf.Pdf) -> None:
    ring = made.make_indirect(Dictionary(S=Name.GoTo))
    ring.Next = ring
    made.Root.OpenAction = ring


def _to(kind: str, **more: Any) -> Dictionary:
    return Dictionary(S=Name(f"/{kind}"), **more)


def _triggered(by: str, action: Any, **more: Any) -> Any:
    """A document whose page has an annotation that does something when something happens to it."""

    def change(made: pikepdf.Pdf) -> None:
        annotation = Dictionary(Type=Name.Annot, Rect=[0, 0, 9, 9], **{"Subtype": Name.Widget, **more})
        annotation.AA = Dictionary({f"/{by}": action})
        kept = made.make_indirect(annotation)
        made.pages[0].obj.Annots = Array([kept])
        made.Root.AcroForm = Dictionary(Fields=Array([kept]))

    return change


def _clicked(action: Any) -> bytes:
    def change(made: pikepdf.Pdf) -> None:
        made.pages[0].obj.Annots = Array([Dictionary(Subtype=Name.Link, Rect=[0, 0, 9, 9], A=action)])

    return pdf(change)


def _on_second_page(made: pikepdf.Pdf) -> None:
    made.add_blank_page()
    made.pages[1].obj.AA = Dictionary(C=_script())


def _on_page_called_a_field(made: pikepdf.Pdf) -> None:
    made.pages[0].obj.FT = Name.Tx
    made.pages[0].obj.AA = Dictionary(C=_script())


def _with_form(**form: Any) -> bytes:
    return pdf(lambda made: made.Root.__setitem__("/AcroForm", Dictionary(Fields=Array([]), **form)))


def _in_field(made: pikepdf.Pdf) -> None:
    inner = made.make_indirect(Dictionary(FT=Name.Tx, T="a", AA=Dictionary(PV=_script())))
    outer = made.make_indirect(Dictionary(T="b", Kids=Array([inner])))
    made.Root.AcroForm = Dictionary(Fields=Array([outer]))


def _annotated(**annotation: Any) -> bytes:
    def change(made: pikepdf.Pdf) -> None:
        made.pages[0].obj.Annots = Array([Dictionary(Type=Name.Annot, Rect=[0, 0, 9, 9], **annotation)])

    return pdf(change)


def _fetching(**entries: Any) -> bytes:
    def change(made: pikepdf.Pdf) -> None:
        made.pages[0].obj.Resources = Dictionary(XObject=Dictionary(A=made.make_stream(b"", **entries)))

    return pdf(change)


def attached(name: str, content: bytes) -> bytes:
    return pdf(lambda made: made.attachments.__setitem__(name, content))


def _pinned(name: str, content: bytes) -> bytes:
    """A file that a pin on the page holds."""

    def change(made: pikepdf.Pdf) -> None:
        file = Dictionary(UF=name, EF=Dictionary(F=made.make_stream(content)))
        made.pages[0].obj.Annots = Array(
            [Dictionary(Subtype=Name.FileAttachment, Rect=[0, 0, 9, 9], FS=file)]
        )

    return pdf(change)


INVOICE = b"<?xml version='1.0'?><Invoice xmlns='urn:oasis'><ID>1</ID></Invoice>"
SOUND = {
    "a page": pdf(),
    "several": pdf(lambda made: made.add_blank_page()),
    "opened at a page": pdf(_to_page),
    "opened at a page by an action": _opens_with(_to("GoTo", D="a")),
    "opened to be printed": _opens_with(_to("Named", N=Name.Print)),
    "with a link": _clicked(_to("URI", URI="https://eksempel.no")),
    "with a link to another PDF": _clicked(_to("GoToR", F="vedlegg.pdf", D=Array([0, Name.Fit]))),
    "with a link to another document": _clicked(_to("Launch", F=Dictionary(F="Vedlegg 1.docx"))),
    "with a button to print": _clicked(_script()),
    "with a form": _with_form(NeedAppearances=True),
    "with a form that adds up": pdf(_triggered("C", _script(), FT=Name.Tx)),
    "with a form that shows money": pdf(_triggered("F", _script(), FT=Name.Tx)),
    "with a button that hides": pdf(_triggered("E", _to("Hide", T="a"))),
    "with answers attached": attached("answers.json", b'{"a": [1, "\xc3\xa6"]}'),
    "with an invoice attached": attached("factur-x.xml", INVOICE),
    "with a table attached": attached("tonn.csv", b"a;b\n1;2\n"),
    "with a picture attached": attached("bilde.PNG", red_png()),
    "with notes attached": attached("les.txt", b"Se side 2.\n"),
    "with a PDF attached": attached("vedlegg.pdf", pdf()),
    "with a file pinned to it": _pinned("answers.json", b"[]"),
    "with its list of objects cut off": pdf().rpartition(b"xref")[0],
}


@pytest.mark.parametrize("data", SOUND.values(), ids=SOUND)
def test_what_honest_files_hold_passes(data: bytes) -> None:
    assert judge(data).kind == "pdf"


REFUSED = {
    "a script on opening": (_opens_with(_script()), "script"),
    "a film with a script on opening": (_opens_with(_to("Rendition", OP=0, JS="app.alert(1)")), "script"),
    "a program on opening": (_opens_with(Dictionary(S=Name.Launch, F="calc.exe")), "script"),
    "another PDF on opening": (_opens_with(_to("GoToR", F="\\\\server\\a.pdf")), "script"),
    "a file within on opening": (_opens_with(_to("GoToE", T=Dictionary(R=Name.C, N="a"))), "script"),
    "a page on opening": (_opens_with(_to("URI", URI="https://x.example")), "script"),
    "sending on opening": (_opens_with(_to("SubmitForm", F="https://x.example")), "script"),
    "reading on opening": (_opens_with(_to("ImportData", F="a")), "script"),
    "working a form out on opening": (_opens_with(_to("ResetForm")), "script"),
    "an action that nobody knows on opening": (_opens_with(_to("Annet")), "script"),
    "a command of the reader on opening": (_opens_with(_to("Named", N=Name.SaveAs)), "script"),
    "an action that is told as text": (_opens_with(Dictionary(S="JavaScript", JS="1")), "script"),
    "a script after another action": (_opens_with(Dictionary(S=Name.GoTo, Next=_script())), "script"),
    "a script among several": (_opens_with(Dictionary(S=Name.GoTo, Next=Array([_script()]))), "script"),
    "a script by name": (pdf(_named), "script"),
    "a script of the first page": (pdf(_on_page), "script"),
    "a script of another page": (pdf(_on_second_page), "script"),
    "a script of a page that is called a field": (pdf(_on_page_called_a_field), "script"),
    "a script on closing": (pdf(_on_closing), "script"),
    "a script when its place is seen": (pdf(_triggered("PV", _script())), "script"),
    "a script when its page opens": (pdf(_triggered("PO", _script(), Subtype=Name.Screen)), "script"),
    "a script when the mouse comes": (pdf(_triggered("E", _script())), "script"),
    "a page when something is typed": (pdf(_triggered("K", _to("URI", URI="x"), FT=Name.Tx)), "script"),
    "a script of a field without a page": (pdf(_in_field), "script"),
    "actions in a ring": (pdf(_in_a_ring), "script"),
    "a form of another kind": (_with_form(XFA=Array(["template", "x"])), "script"),
    "a program by a click": (_clicked(_to("Launch", F="calc.exe")), "script"),
    "a command by a click": (_clicked(_to("Launch", Win=Dictionary(F="cmd", P="/c calc"))), "script"),
    "a stage for films": (_annotated(Subtype=Name.RichMedia), "script"),
    "a picture of elsewhere": (_fetching(Subtype=Name.Image, F="http://x.example/a"), "script"),
    "a page of elsewhere": (_fetching(Subtype=Name.Form, Ref=Dictionary(F="a.pdf", Page=0)), "script"),
    "a program attached": (attached("setup.exe", b"MZ"), "embedded"),
    "a program called a table": (attached("a.csv", b"MZ\x90\x00"), "embedded"),
    "a script attached": (attached("a.js", b"alert(1)"), "embedded"),
    "a file with two endings": (attached("a.json.exe", b"{}"), "embedded"),
    "a page called JSON": (attached("a.json", b"<html>"), "embedded"),
    "half of a file of JSON": (attached("a.json", b'{"a":'), "embedded"),
    "a page called XML": (attached("a.xml", b"<html xmlns='http://www.w3.org/1999/xhtml'/>"), "embedded"),
    "XML that is shown by a program": (
        attached("a.xml", b"<?xml-stylesheet href='a.xsl' type='text/xsl'?><a/>"),
        "embedded",
    ),
    "XML that grows": (attached("a.xml", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"), "embedded"),
    "a table with commands": (attached("a.csv", b"a;=cmd|'/c calc'!A0\n"), "embedded"),
    "a program called a picture": (attached("a.png", b"MZ"), "embedded"),
    "a drawing attached": (attached("a.svg", b"<svg/>"), "embedded"),
    "a PDF with a script attached": (attached("a.pdf", _opens_with(_script())), "embedded"),
    "PDFs in each other": (attached("a.pdf", attached("b.pdf", attached("c.pdf", pdf()))), "embedded"),
    "a program pinned to it": (_pinned("setup.exe", b"MZ"), "embedded"),
    "a file without a name": (_pinned("", b"{}"), "embedded"),
    "no page": (pdf(lambda made: made.pages.__delitem__(0)), "broken"),
    "the first half": (pdf()[:200], "broken"),
    "a header": (b"%PDF-1.7", "broken"),
    "a password": (pdf(encryption={"owner": "x", "user": "y"}), "encrypted"),
}


@pytest.mark.parametrize(("data", "code"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_opened_or_starts_something_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(FileRefused) as refused:
        check_pdf(data)

    assert refused.value.code == code


def test_a_file_with_two_names_is_judged_by_both() -> None:
    def change(made: pikepdf.Pdf) -> None:
        file = Dictionary(UF="a.json", F="a.exe", EF=Dictionary(F=made.make_stream(b"{}")))
        made.Root.AF = Array([file])

    with pytest.raises(FileRefused, match="embedded"):
        check_pdf(pdf(change))


def test_names_of_entries_cannot_be_hidden_by_another_way_to_write_them() -> None:
    plain = pdf(_on_second_page, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    hidden = plain.replace(b"/AA ", b"/#41A").replace(b"/JavaScript", b"/#4aavaScript")

    assert plain != hidden
    with pytest.raises(FileRefused, match="script"):
        check_pdf(hidden)


@pytest.mark.parametrize(
    "odd", [Array([]), Name.X, "text", 5, Dictionary(), Dictionary(Next=5, S=7)], ids=str
)
def test_an_action_that_is_none_starts_nothing(odd: Any) -> None:
    assert judge(_opens_with(odd)).kind == "pdf"
