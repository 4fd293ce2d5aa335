"""What fits on a page is counted beforehand."""

from __future__ import annotations

import pytest

from reports.sheet.room import GAP, LINE, Wish, fit, lines_needed

ONE = LINE + GAP


def test_a_short_text_takes_one_line_and_a_long_one_no_more_than_it_is_given() -> None:
    assert lines_needed("", 163, 2) == 1
    assert lines_needed("Har dere mål?", 163, 2) == 1
    assert lines_needed("Har dere mål? " * 20, 163, 2) == 2
    assert lines_needed("Har dere mål? " * 20, 163, 3) == 3


@pytest.mark.parametrize(("sign", "lines"), [("i", 1), ("m", 2), ("漢", 2)])
def test_wide_letters_take_more_room(sign: str, lines: int) -> None:
    """163 mm are 49 ems: 100 i's at 0.35 are 35, 100 m's at 0.85 are 85, 100 wide signs are 100."""
    assert lines_needed(sign * 100, 163, 2) == lines


def test_every_list_gets_its_sure_places_first() -> None:
    many = (1,) * 20

    assert fit(4 * ONE, Wish(many, sure=2, most=9), Wish(many, sure=2, most=9)) == (2, 2)


def test_what_is_left_is_shared_in_turn() -> None:
    many = (1,) * 20

    assert fit(7 * ONE, Wish(many, sure=2, most=9), Wish(many, sure=1, most=9)) == (4, 3)


def test_no_list_gets_more_than_it_wants_or_has() -> None:
    assert fit(100 * ONE, Wish((1,) * 20, sure=2, most=5), Wish((1, 1), sure=4, most=9)) == (5, 2)


def test_the_heading_of_a_list_counts_with_its_first_entry() -> None:
    wish = Wish((1,), sure=1, most=1, head=100)

    assert fit(ONE + 99, wish) == (0,)
    assert fit(ONE + 100, wish) == (1,)


def test_an_entry_without_room_ends_its_list() -> None:
    assert fit(2 * ONE, Wish((1, 3, 1), sure=3, most=3)) == (1,)
