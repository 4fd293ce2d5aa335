"""The meeting sheet: one page whatever is on it, the most pressing first, and room to write."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from questionnaires.values import Language
from reports.material import Material, PlannedAction
from reports.render import sheet_html
from reports.rendering.job import PdfJob
from reports.sheet.meeting import build_sheet
from tests.reports.boxes import boxes
from tests.reports.making import LANGUAGES, LARGEST, WORKSHOP, every_example, material_of, raw_answers
from tests.reports.press import Press
from tests.reports.reviewing import PLAN, PRIVATE, REVIEW, SHARED, reviewed


def job_of(material: Material) -> PdfJob:
    sheet = build_sheet(material)
    return PdfJob(sheet_html(sheet), sheet.identifier)


def lines_to_write_on(box: Any) -> int:
    """How many of the ruled lines lie on a page."""
    foot = box.position_y + box.margin_height() - box.margin_bottom
    ruled = [
        one
        for one in boxes(box)
        if one.element_tag == "div" and not one.children and one.border_bottom_width > 0
    ]
    return sum(one.position_y + one.margin_height() <= foot for one in ruled)


LONG = "Et tiltak med svært mange ord i seg som handler om alt mulig på en gang "
WIDE = "WÆØMMM" * 60
HOSTILE: dict[str, dict[str, Any]] = {
    "long": {"text": LONG * 60, "owner": LONG * 4},
    "wide": {"text": WIDE, "owner": WIDE[:200]},
    "one_word": {"text": "x" * 5000, "owner": "y" * 300},
    "lines": {"text": "a\n" * 2000, "owner": "b"},
    "foreign": {"text": "漢字 مرحبا 🙂 " * 200, "owner": "שלום " * 40},
}


def crowded(name: str, language: Language = "nb") -> Material:
    """Everything at once: a long name, forty actions, ratings that part everywhere, and so many unknowns."""
    raw = raw_answers(LARGEST)
    raw["organisation"]["name"] = (HOSTILE[name]["text"].replace("\n", " ") * 2)[:300]
    raw["period"] = "2025" * 10
    plan = tuple(
        PlannedAction(str(at), None, **HOSTILE[name], due_on=date(2026, 12, 24), effort="medium")
        for at in range(40)
    )
    rated = {outcome.id: "0" for outcome in material_of(LARGEST).result.routed.outcomes if outcome.score}
    review = replace(REVIEW, ratings=rated)
    return reviewed(raw, language, "advisor", review=review, is_approved=False, plan=plan)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", HOSTILE)
def test_it_is_one_page_with_room_to_write_whatever_is_on_it(
    press: Press, name: str, language: Language
) -> None:
    job = job_of(crowded(name, language))

    pdf = press.printed(job)
    [sheet] = press.sheets(job.html)

    assert len(pdf.pages) == 1
    assert lines_to_write_on(sheet) >= 5
    assert pdf.failures == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("example", every_example())
def test_every_example_has_an_accessible_sheet(press: Press, example: str, language: Language) -> None:
    pdf = press.printed(job_of(material_of(example, language, "advisor")))

    assert (len(pdf.pages), pdf.language, pdf.tags.count("H1"), pdf.failures) == (1, language, 1, [])
    assert pdf.attachments == {}


def test_nothing_of_importance_is_cut_off(press: Press) -> None:
    """Every entry that was given a place is on the page to its end, for ordinary texts."""
    material = reviewed(edition="advisor", is_approved=False)
    sheet = build_sheet(material)

    text = press.printed(job_of(material)).text

    for one in (*sheet.asks, *sheet.agrees):
        assert one.text in text
    assert [one.action.text in text for one in sheet.opens] == [True, True]
    assert "…" not in text.replace("… og", "")


def test_an_empty_assessment_has_a_sheet_too(press: Press) -> None:
    raw = {**raw_answers(WORKSHOP), "answers": {}, "organisation": {}}

    text = press.printed(job_of(material_of(raw, "nb", "advisor"))).text

    assert "Virksomhet uten navn" in text
    assert "Svarene peker ikke på noe bestemt å ta opp." in text
    assert "Nivå for få svar." in text


def test_what_does_not_fit_together_comes_first_then_what_lacks_evidence_then_what_is_not_known() -> None:
    asks = build_sheet(reviewed(edition="advisor", is_approved=False)).asks

    assert [one.why for one in asks[:6]] == [
        "passer ikke sammen",
        "3 av 4, uten dokumentasjon",
        "3 av 4, uten dokumentasjon",
        "svart «vet ikke»",
        "virksomheten 0, rådgiveren 4",
        "virksomheten 1, rådgiveren 4",
    ]
    assert len({one.text for one in asks}) == len(asks)


def test_what_has_no_room_is_counted() -> None:
    """The workshop: one contradiction, nine too high, one unknown, two rated otherwise are thirteen."""
    sheet = build_sheet(reviewed(edition="advisor", is_approved=False))

    left = 13 - len(sheet.asks)
    assert left > 0
    assert sheet.asks_left == f"… og {left} til, se rådgiverens utgave."
    assert sheet.opens_left == ""


def test_the_level_is_said_with_the_advisors_and_with_what_the_next_one_takes() -> None:
    so_far = build_sheet(reviewed(edition="advisor", is_approved=False))
    approved = build_sheet(reviewed(edition="advisor"))
    alone = build_sheet(material_of(WORKSHOP, edition="advisor"))

    assert so_far.level == "2 Under utvikling"
    assert so_far.also == "Med rådgiverens vurdering så langt: 3 Etablert."
    assert approved.also == "Godkjent: 3 Etablert."
    assert alone.also == ""
    assert alone.next == "For å nå nivå 3 (Etablert): «Måler dere hvor sirkulære dere er?» fra 0 til 1 poeng."


def test_a_long_way_is_counted() -> None:
    said = build_sheet(material_of(LARGEST, "en", "advisor")).next

    assert said.endswith("points and 5 more.")


def test_what_is_agreed_already_is_open_and_not_proposed_again() -> None:
    """The first action of the plan is about measuring, which is the cheapest way up."""
    fresh = build_sheet(reviewed(edition="advisor", plan=()))
    agreed = build_sheet(reviewed(edition="advisor", plan=PLAN))

    assert fresh.agrees[0].text.startswith("Velg ett tall utenom avfall")
    assert not agreed.agrees[0].text.startswith("Velg ett tall utenom avfall")
    assert [one.action.text for one in agreed.opens] == [PLAN[0].text, PLAN[1].text]
    assert fresh.opens == ()


def test_no_note_is_on_it() -> None:
    html = sheet_html(build_sheet(reviewed(edition="advisor")))

    assert PRIVATE not in html
    assert SHARED not in html


def test_another_content_is_another_file() -> None:
    first = build_sheet(reviewed(edition="advisor"))

    assert first.identifier == build_sheet(reviewed(edition="advisor")).identifier
    assert first.identifier != build_sheet(reviewed(edition="advisor", plan=())).identifier
