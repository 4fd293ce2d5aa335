"""A PDF says how it was made, in keywords that can be read back."""

from __future__ import annotations

from reports.branding import NO_BRANDING, Branding, Logo, Partner
from reports.marks import branding_mark, read_marks

LOGO = Logo(b"\x89PNG", 1, 1)


def test_marks_are_read_back_by_name() -> None:
    keywords = (
        "kretslop 0.1.0, edition share, status draft, branding none, "
        "id ab12, code 25X1-7H8Y-ZW6M, pango 15012"
    )

    assert read_marks(keywords) == {
        "kretslop": "0.1.0",
        "edition": "share",
        "status": "draft",
        "branding": "none",
        "id": "ab12",
        "code": "25X1-7H8Y-ZW6M",
        "pango": "15012",
    }


def test_keywords_of_other_programs_are_left_out() -> None:
    assert read_marks("bærekraft, edition \u202eshare, a b c, status, , id " + "a" * 81) == {}


def test_no_branding_has_a_mark_of_its_own() -> None:
    assert branding_mark(NO_BRANDING) == "none"


def test_every_part_of_a_look_changes_its_mark() -> None:
    looks = [
        Branding(programme="A"),
        Branding(programme="B"),
        Branding(accent="#000000"),
        Branding(logo=LOGO),
        Branding(logo=Logo(b"\x89PNX", 1, 1)),
        Branding(partners=(Partner("A", LOGO),)),
        Branding(contact="A"),
    ]

    assert len({branding_mark(look) for look in looks}) == len(looks)
    assert branding_mark(Branding(programme="A")) == branding_mark(looks[0])
