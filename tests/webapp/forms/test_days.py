"""Days as people write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.forms.days import read_day
from webapp.forms.wrong import Wrong


@pytest.mark.parametrize("text", ["2026-03-01", "1.3.2026", "01.03.2026", "1. 3. 2026", " 2026-3-1 "])
def test_a_day_is_read_in_the_forms_people_write(text: str) -> None:
    assert read_day(text) == date(2026, 3, 1)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1. mars 2026", "date_form"),
        ("1.3.26", "date_form"),
        ("1/3/2026", "date_form"),
        ("\u0661.3.2026", "date_form"),
        ("0026-03-01", "date_year"),
        ("31.2.2026", "date_unreal"),
        ("2026-13-01", "date_unreal"),
        ("0.0.2026", "date_unreal"),
    ],
)
def test_what_is_no_day_is_refused_with_the_reason(text: str, code: str) -> None:
    assert read_day(text) == Wrong(code, {"text": text})


def test_nothing_written_is_no_day_and_no_mistake() -> None:
    assert read_day("  ") is None


@given(st.dates(min_value=date(1000, 1, 1)))
def test_every_day_is_read_from_its_iso_form(day: date) -> None:
    assert read_day(day.isoformat()) == day
