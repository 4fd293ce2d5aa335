"""The pages and the PDFs: accessible, one page where one is promised, and calm whatever people typed."""

from __future__ import annotations

import os
from dataclasses import replace

import pytest

from questionnaires.values import Language
from reports.gathering.material import PackMaterial
from reports.gathering.pack import PAGES, PackKind, build_pack
from reports.render import gathering_html, gathering_job
from reports.rendering.pdf import Renderer
from tests.reports.boxes import below, foot_of, lines_of, of_class
from tests.reports.gathering.gatherings import HOSTILE, branding, crowded, material
from tests.reports.making import LANGUAGES, words_of
from tests.reports.press import Press

ALL = os.environ.get("KRETSLOP_HOSTILE") == "1"
NAMES = tuple(HOSTILE) if ALL else ("long",)
PRINTED: tuple[tuple[PackKind, Language, str], ...] = (
    ("participants", "en", "right_to_left"),
    ("tables", "nb", "markup"),
    ("notes", "nn", "nothing"),
    ("badges", "nb", "one_word"),
)
"""Each document once, in some language with some hostile name; all of them in the long loops."""

EVERY = tuple((kind, language, name) for kind in PAGES for language in LANGUAGES for name in HOSTILE)

LINE = 8.3 * 96 / 25.4
"""What a line to write on takes, in CSS pixels, as reports/styles/gathering.css has it."""


@pytest.mark.parametrize(("kind", "language", "name"), EVERY if ALL else PRINTED)
def test_every_document_is_accessible_whatever_people_typed(
    press: Press, kind: PackKind, language: Language, name: str
) -> None:
    document = build_pack(kind, crowded(HOSTILE[name], language))
    pdf = press.printed(gathering_job(document))

    assert (pdf.failures, pdf.language, pdf.title) == ([], language, document.title)
    assert pdf.attachments == {}
    assert "\u202e" not in pdf.text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_a_participant_has_one_page_with_everything_and_room_to_write(
    press: Press, name: str, language: Language
) -> None:
    """With the most there can be: three questionnaires of 21 dimensions, and the longest questions."""
    given = crowded(HOSTILE[name], language)
    pages = press.lay_out(gathering_html(build_pack("participants", given))).pages

    assert len(pages) == 2
    for page in pages:
        [room], [content] = of_class(page, "fill"), of_class(page, "content")
        assert foot_of(room) - foot_of(content) >= 2 * LINE


@pytest.mark.parametrize("name", NAMES)
def test_a_table_has_one_page_and_one_for_ideas(press: Press, name: str) -> None:
    """Of 28 people, of two, and of the most with two lines each."""
    given = crowded(HOSTILE[name], "nb")
    pages = press.lay_out(gathering_html(build_pack("tables", given))).pages

    assert len(pages) == 6
    for page in pages[::2]:
        [room], [content] = of_class(page, "fill"), of_class(page, "content")
        assert below(room, [content]) == []
    for page in pages[1::2]:
        [room], tables = of_class(page, "ideas"), of_class(page, "idea-table")
        assert below(room, tables) == []


@pytest.mark.parametrize("name", HOSTILE)
def test_nothing_of_a_badge_lies_outside_it_or_over_its_code(press: Press, name: str) -> None:
    few = replace(crowded(HOSTILE[name], "nb"), plan=material().plan, reasons=(), ideas=())
    few = replace(few, people=few.people[:2], branding=branding())
    [page] = press.lay_out(gathering_html(build_pack("badges", few))).pages

    for badge in of_class(page, "badge"):
        inside = [one for one in of_class(page, "who") if one in badge.children]
        assert below(badge, inside) == []
    assert [one for one in of_class(page, "company") if one.width > 57 * 96 / 25.4] == []


LONG = "Eksempel møbelverksted og innredningssnekkeri for skoler og barnehager i Eksempelfylket AS"


@pytest.mark.parametrize("kind", ["badges", "participants"])
def test_a_long_name_of_a_company_is_there_to_its_end(press: Press, kind: PackKind) -> None:
    people = [replace(one, company=LONG) for one in material().people[:3]]
    [page, *_] = press.lay_out(gathering_html(build_pack(kind, material(people=tuple(people))))).pages

    assert set(lines_of(page, "company")) == {LONG}


def test_a_sheet_is_read_from_top_to_bottom(press: Press) -> None:
    given = material(people=material().people[2:3], branding=branding())
    pdf = press.printed(gathering_job(build_pack("participants", given)))

    assert pdf.bookmarks == [
        *("Kari Eksempel", "Her står dere", "Det dere gjør best", "Der det er mest å hente"),
        *("Et spørsmål å ta med", "Egne notater"),
    ]
    assert pdf.alternatives == ["Siden din. Krever innlogging."]
    # the head, the code beside it, the profile: as the eye goes
    tags = [tag for tag in pdf.tags if tag in ("H1", "Figure", "H2", "Table", "L")]
    assert tags == ["H1", "Figure", "H2", "Table", "H2", "L", "H2", "L", "H2", "H2"]


def test_a_level_is_said_in_words_beside_its_bar() -> None:
    page = words_of(gathering_html(build_pack("participants", material())))

    assert "Måling og kompetanse 0,3 0 Ikke startet" in page
    assert "Kvalitet og kontroll 1,0 1 I startfasen (foreløpig)" in page


def test_with_nobody_there_is_a_page_that_says_so(press: Press) -> None:
    empty = material(people=(), plan=PackMaterial.__dataclass_fields__["plan"].default, reasons=(), ideas=())
    pdf = press.printed(gathering_job(build_pack("tables", empty)))

    assert (len(pdf.pages), pdf.failures) == (1, [])
    assert "Det er ikke noe å skrive ut ennå." in pdf.text


@pytest.mark.skipif(not ALL, reason="prints everything twice")
@pytest.mark.parametrize("kind", PAGES)
def test_the_same_pack_is_the_same_bytes_each_time(press: Press, kind: PackKind) -> None:
    job = gathering_job(build_pack(kind, material(branding=branding())))

    assert Renderer().render(job) == press.render(job)
