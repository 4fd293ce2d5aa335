"""Free text as it is kept."""

from __future__ import annotations

import pytest

from webapp.forms.texts import read_text
from webapp.forms.wrong import Wrong


def test_line_ends_become_line_feeds_and_white_space_around_goes() -> None:
    assert read_text("  en\r\nto\rtre\n", 100) == "en\nto\ntre"


def test_nothing_written_is_no_text_and_no_mistake() -> None:
    assert read_text(" \r\n\t", 100) is None


@pytest.mark.parametrize("sign", ["\x00", "\x1b", "\ud800", "\uffff"])
def test_a_sign_that_cannot_be_kept_is_refused(sign: str) -> None:
    assert read_text(f"en{sign}to", 100) == Wrong("text_signs")


def test_a_text_that_is_too_long_says_by_how_much() -> None:
    assert read_text("a" * 101, 100) == Wrong("text_too_long", {"length": 101, "limit": 100})
