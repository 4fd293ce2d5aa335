"""What a file is, is decided by what it holds; what is hostile is refused and says why."""

from __future__ import annotations

import threading
import time
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from PIL import Image

from reports.childprocess import Allowance
from tests.reports.pictures import png, red_and_blue, red_png, saved, turned_jpeg
from tests.webapp.evidence import making
from webapp.evidence.judging import AT_ONCE, Turns, judge, judge_limited
from webapp.evidence.problems import FileRefused


def _workbook() -> bytes:
    file = BytesIO()
    book = Workbook()
    book.active.append(["Fraksjon", "Tonn"])
    book.save(file)
    return file.getvalue()


SOUND = {
    "a PDF": (making.pdf(), "pdf"),
    "a PDF whose printing is locked": (making.pdf(encryption={"owner": "x", "user": ""}), "pdf"),
    "a PNG": (red_png(), "png"),
    "a JPEG": (turned_jpeg(), "jpeg"),
    "a workbook": (_workbook(), "xlsx"),
    "a text document": (making.text_document(), "docx"),
    "a table": (b"Fraksjon;Tonn\nTre;1,5\n", "csv"),
}


@pytest.mark.parametrize(("data", "kind"), SOUND.values(), ids=SOUND)
def test_a_sound_file_is_known_by_its_content(data: bytes, kind: str) -> None:
    judged = judge_limited(data)

    assert judged.kind == kind
    assert (judged.remade is not None) is (kind in ("png", "jpeg"))


REFUSED = {
    "a GIF": (saved(red_and_blue(), "GIF"), "unknown_type"),
    "a GIF that is a page too": (making.GIF_PAGE, "markup"),
    "a WebP": (saved(red_and_blue(), "WEBP"), "unknown_type"),
    "a HEIC": (making.HEIC, "heic"),
    "a page": (b"<!DOCTYPE html><html><script>alert(1)</script></html>", "markup"),
    "an SVG": (b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "markup"),
    "a script": (b"#!/bin/sh\nrm -rf a;b\n", "markup"),
    "a program": (b"MZ\x90\x00" + bytes(100), "unknown_type"),
    "an old workbook": (making.OLD_OFFICE, "old_office"),
    "a workbook with a password": (making.LOCKED_OFFICE, "encrypted"),
    "a PDF with a password": (making.pdf(encryption={"owner": "x", "user": "y"}), "encrypted"),
    "a PDF of a header alone": (b"%PDF-1.7\n<script>alert(1)</script>", "broken"),
    "a PDF with something before it": (b"\n%PDF-1.7", "unknown_type"),
    "a zip file": (making.zipped({"a.txt": "a"}), "unknown_type"),
    "an empty zip file": (b"PK\x05\x06" + bytes(18), "unknown_type"),
    "the beginning of a zip file": (_workbook()[:500], "broken"),
    "a PNG cut off": (saved(red_and_blue(), "PNG")[:60], "broken"),
    "a JPEG cut off": (turned_jpeg()[:300], "broken"),
    "a PNG of 50 000 by 50 000 pixels": (png(50_000, 50_000, b"\x00" * 9), "pixels"),
    "a PNG without width": (png(0, 1, b"\x00"), "broken"),
    "prose": ("Vi har en plan for dette året. Den er god.".encode(), "unknown_type"),
}


@pytest.mark.parametrize(("data", "code"), REFUSED.values(), ids=REFUSED)
def test_what_we_cannot_take_says_why(data: bytes, code: str) -> None:
    with pytest.raises(FileRefused) as refused:
        judge_limited(data)

    assert refused.value.code == code


def test_a_limit_is_said_with_the_refusal() -> None:
    with pytest.raises(FileRefused) as refused:
        judge_limited(png(50_000, 50_000, b"\x00" * 9))

    assert refused.value.parts == {"limit": 50}


def test_a_picture_too_large_for_the_memory_it_may_have_is_refused() -> None:
    large = saved(Image.new("RGB", (7000, 7000)), "PNG")

    with pytest.raises(FileRefused) as refused:
        judge_limited(large, Allowance(seconds=30, memory_mb=150, said_bytes=1_000_000))

    assert refused.value.code == "limits"


def test_a_file_that_takes_longer_than_it_may_is_refused() -> None:
    with pytest.raises(FileRefused) as refused:
        judge_limited(red_png(), Allowance(seconds=0, memory_mb=1_200, said_bytes=1_000))

    assert refused.value.code == "limits"


@pytest.mark.parametrize(
    "said",
    [
        (0, b""),
        (0, b"exe\n"),
        (3, b"{"),
        (3, b"[]"),
        (3, b'{"code": "nonsense", "parts": {}}'),
        (3, b'{"code": ["broken"], "parts": {}}'),
        (3, b'{"code": "broken", "parts": []}'),
        (3, b"[" * 100_000),
        (1, b"pdf\n"),
        (-11, b"pdf\n"),
    ],
)
def test_a_child_that_was_taken_over_cannot_say_more_than_it_may(
    monkeypatch: pytest.MonkeyPatch, said: tuple[int, bytes]
) -> None:
    monkeypatch.setattr("webapp.evidence.judging.run_limited", lambda *_: said)

    with pytest.raises(FileRefused) as refused:
        judge_limited(b"anything")

    assert refused.value.code == "broken"


def test_only_so_many_files_are_judged_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    running, most, start = [], [], threading.Barrier(5)

    def slowly(*_: object) -> tuple[int, bytes]:
        running.append(1)
        most.append(len(running))
        time.sleep(0.05)
        running.pop()
        return 0, b"pdf\n"

    def send() -> None:
        start.wait()
        judge_limited(b"anything")

    monkeypatch.setattr("webapp.evidence.judging.run_limited", slowly)
    threads = [threading.Thread(target=send) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (len(most), max(most)) == (5, AT_ONCE)


@pytest.mark.parametrize(("waiting", "seconds"), [(5, 0.01), (0, 20)], ids=["long enough", "too many before"])
def test_a_file_that_has_waited_long_enough_is_refused_for_now(
    monkeypatch: pytest.MonkeyPatch, waiting: int, seconds: float
) -> None:
    turns = Turns(1, waiting, seconds)
    monkeypatch.setattr("webapp.evidence.judging.TURNS", turns)

    with turns.take(), pytest.raises(FileRefused, match="busy"):
        judge_limited(making.pdf())

    assert judge_limited(making.pdf()).kind == "pdf"


_BEGINNINGS = st.sampled_from(
    [b"", b"%PDF-1.7\n", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"PK\x03\x04", b"a;b\n", b"\xff\xfe"]
)


@given(_BEGINNINGS, st.binary(max_size=300))
def test_whatever_is_sent_is_known_or_refused(beginning: bytes, rest: bytes) -> None:
    try:
        kind = judge(beginning + rest).kind
    except FileRefused:
        kind = "csv"

    assert kind == "csv"


@given(st.sampled_from(sorted(SOUND)), st.data())
def test_a_sound_file_with_bytes_changed_is_known_or_refused(name: str, choices: st.DataObject) -> None:
    data = bytearray(SOUND[name][0])
    for _ in range(choices.draw(st.integers(1, 4))):
        data[choices.draw(st.integers(0, len(data) - 1))] = choices.draw(st.integers(0, 255))

    try:
        judged = judge(bytes(data))
    except FileRefused:
        return

    assert judged.kind in {kind for _, kind in SOUND.values()}
