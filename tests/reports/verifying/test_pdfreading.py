"""A PDF from somebody else is taken apart, or refused with the reason, whatever is in it."""

from __future__ import annotations

import zlib
from typing import Any

import pytest
from pikepdf import Array, Dictionary, Encryption, Name, Pdf, String

from reports.childprocess import Allowance
from reports.errors import PdfRefused
from reports.verifying.pdfreading import MAX_ATTACHED_BYTES, take_apart, take_apart_limited
from tests.reports.hostile_pdfs import ANSWERS, BOTH, attach, edited, entry, saved, small_pdf


def _with(*entries: tuple[str, dict[str, Any]]) -> bytes:
    """A PDF whose attachments have these names and these entries instead of the usual ones."""
    pdf = Pdf.new()
    pdf.add_blank_page()
    attach(pdf, [entry(pdf, name, ANSWERS, **others) for name, others in entries])
    return saved(pdf)


def _two_streams() -> bytes:
    pdf = Pdf.new()
    pdf.add_blank_page()
    streams = Dictionary(F=pdf.make_stream(b"1"), UF=pdf.make_stream(b"2"))
    attach(pdf, [entry(pdf, "answers.json", b"", EF=streams)])
    return saved(pdf)


def _bomb(size: int) -> bytes:
    """One attachment of zeros that unpacks to ``size`` bytes."""
    pdf = Pdf.new()
    pdf.add_blank_page()
    packer = zlib.compressobj(9)
    block = bytes(1_000_000)
    packed = b"".join(packer.compress(block) for _ in range(size // len(block))) + packer.flush()
    attach(pdf, [entry(pdf, "answers.json", b"")])
    pdf.Root.Names.EmbeddedFiles.Names[1].EF.F.write(packed, filter=Name.FlateDecode)
    return saved(pdf)


def _circle() -> bytes:
    """A tree of attachments that is its own child."""

    def edit(pdf: Pdf) -> None:
        tree = pdf.make_indirect(Dictionary())
        tree.Kids = Array([tree])
        pdf.Root.Names = Dictionary(EmbeddedFiles=tree)

    return edited(small_pdf(), edit)


def _deep(levels: int) -> bytes:
    """A page with a resource so many dictionaries deep."""

    def edit(pdf: Pdf) -> None:
        inner = pdf.make_indirect(Dictionary())
        for _ in range(levels):
            inner = pdf.make_indirect(Dictionary(Next=inner))
        pdf.pages[0].obj.Group = inner

    return edited(small_pdf(), edit)


def _looped_pages() -> bytes:
    def edit(pdf: Pdf) -> None:
        pdf.Root.Pages.Kids = Array([pdf.Root.Pages])

    return edited(small_pdf(), edit)


def _numbered_names() -> bytes:
    def edit(pdf: Pdf) -> None:
        pdf.Root.Names = 5

    return edited(small_pdf(), edit)


SMALL = small_pdf()
LATIN = {"UF": String("answers.json"), "F": String("result.json")}

REFUSED = {
    "nothing": (b"", "pdf_format"),
    "text": (b"Hei", "pdf_format"),
    "a picture": (b"\x89PNG\r\n\x1a\n", "pdf_format"),
    "a program with a PDF behind it": (b"MZ" + SMALL, "pdf_format"),
    "the first line alone": (b"%PDF-1.7\n", "pdf_broken"),
    "garbage after the first line": (b"%PDF-1.7\n" + bytes(range(256)) * 20, "pdf_broken"),
    "cut off": (SMALL[: len(SMALL) // 2], "pdf_broken"),
    "without its end": (SMALL[:-40], "pdf_broken"),
    "locked": (small_pdf(encryption=Encryption(user="a", owner="b")), "pdf_encrypted"),
    "1000 attachments": (_with(*((f"{number}.txt", {}) for number in range(1000))), "pdf_many"),
    "two of one name": (_with(("answers.json", {}), ("answers.json", {})), "pdf_twice"),
    "two of nearly one name": (_with(("answers.json", {}), ("Answers.JSON", {})), "pdf_names"),
    "a name with a zero byte": (_with(("answers.json\x00", {})), "pdf_names"),
    "a name in a folder": (_with(("../answers.json", {})), "pdf_names"),
    "a name in wide letters": (_with(("ａnswers.json", {})), "pdf_names"),
    "one file under two of our names": (_with(("answers.json", LATIN)), "pdf_names"),
    "another name in the tree": (_with(("harmless.txt", {"UF": String("answers.json")})), "pdf_names"),
    "two contents for one name": (_two_streams(), "pdf_names"),
    "an attachment one byte too large": (
        small_pdf({"answers.json": b" " * (MAX_ATTACHED_BYTES + 1)}),
        "pdf_attached_size",
    ),
    "attachments in a circle": (_circle(), "pdf_broken"),
    "pages in a circle": (_looped_pages(), "pdf_broken"),
    "100 dictionaries deep": (_deep(100), "pdf_broken"),
    "names that are a number": (_numbered_names(), "pdf_broken"),
}


@pytest.mark.parametrize(("data", "code"), REFUSED.values(), ids=REFUSED)
def test_what_is_not_a_sound_pdf_is_refused_with_the_reason(data: bytes, code: str) -> None:
    with pytest.raises(PdfRefused) as refused:
        take_apart(data)

    assert refused.value.code == code


def test_a_bomb_is_refused_without_being_unpacked() -> None:
    bomb = _bomb(200_000_000)

    with pytest.raises(PdfRefused) as refused:
        take_apart_limited(bomb, Allowance(seconds=30, memory_mb=280, said_bytes=1000))

    assert len(bomb) < 1_000_000
    assert refused.value.code == "pdf_attached_size"


def test_a_page_that_unpacks_to_more_than_the_memory_hides_no_attachment() -> None:
    pdf_with_large_page = small_pdf(pages=[bytes(150_000_000)])

    content = take_apart_limited(pdf_with_large_page, Allowance(seconds=30, memory_mb=280, said_bytes=5000))

    assert content.attached == BOTH
    assert len(content.pages) == 1


def test_a_child_that_takes_too_long_is_ended() -> None:
    with pytest.raises(PdfRefused) as refused:
        take_apart_limited(SMALL, Allowance(seconds=0, memory_mb=600, said_bytes=1000))

    assert refused.value.code == "pdf_limits"


def test_a_child_that_says_too_much_is_ended() -> None:
    with pytest.raises(PdfRefused) as refused:
        take_apart_limited(SMALL, Allowance(seconds=30, memory_mb=600, said_bytes=10))

    assert refused.value.code in ("pdf_limits", "pdf_broken")


def test_attachments_come_back_byte_for_byte() -> None:
    content = take_apart_limited(small_pdf({**BOTH, "notat.txt": b"x", "bilde.png": b"y"}))

    assert content.attached == BOTH
    assert sorted(content.others) == ["bilde.png", "notat.txt"]


def test_an_attachment_as_large_as_allowed_comes_back() -> None:
    largest = b" " * MAX_ATTACHED_BYTES

    assert take_apart_limited(small_pdf({"answers.json": largest})).attached == {"answers.json": largest}


def test_a_file_locked_against_changes_only_can_be_read() -> None:
    content = take_apart(small_pdf(encryption=Encryption(user="", owner="b")))

    assert content.attached == BOTH


def test_a_pdf_without_attachments_has_none() -> None:
    bare = edited(SMALL, lambda pdf: pdf.Root.__delitem__("/Names"))

    assert take_apart(bare).attached == {}


def test_language_keywords_and_producer_are_read() -> None:
    def edit(pdf: Pdf) -> None:
        pdf.Root.Lang = String("nn")
        pdf.docinfo["/Keywords"] = "a b, c d"
        pdf.docinfo["/Producer"] = "Ørn 1"

    content = take_apart(edited(SMALL, edit))

    assert (content.language, content.keywords, content.producer) == ("nn", "a b, c d", "Ørn 1")


def test_scripts_forms_and_layers_are_named() -> None:
    def edit(pdf: Pdf) -> None:
        pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
        pdf.Root.AcroForm = Dictionary(Fields=Array())
        pdf.Root.OCProperties = Dictionary()

    assert take_apart(edited(SMALL, edit)).active == ("OpenAction", "AcroForm", "OCProperties")
