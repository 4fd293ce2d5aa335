"""What was answered, on the pages that show every answer."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from assessment.answers import Answer, Evidence, Row
from tests.webapp.sites import NOW, as_actor
from tests.webapp.views.browsing import text_of
from tests.webapp.views.desk import Desk, make_desk
from webapp.services.answering import Said, save_answers


def said(desk: Desk, question: str, answer: Answer) -> None:
    save_answers(desk.site, as_actor(desk.site, desk.owner), desk.id, [Said(question, answer, 0)], NOW)


def test_every_answer_is_shown_with_its_rows_and_its_evidence(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, depth="advanced")
    rows: list[Row] = [{"material": f"Metall {n}", "mass_tonnes": Decimal(n)} for n in range(1, 8)]
    said(desk, "indicators.inflow", Answer("answered", tuple(rows)))
    shown = Answer(
        "answered", "2", comment="Vedtatt i mai", evidence=(Evidence("Handlingsplan", "document"),)
    )
    said(desk, "strategy.ambition", shown)

    for place in ("/check", "/all"):
        page = text_of(desk.browser.get(desk.at(place)))
        assert all(f"Metall {n};" in page for n in range(1, 8))
        assert desk.words.plural("wizard.more_rows", 2) in page
        assert f"{desk.words.say('question.was_evidence')} Handlingsplan" in page
        assert "Vedtatt i mai" in page


def test_answers_that_are_not_asked_for_now_are_linked_from_the_check(tmp_path: Path) -> None:
    desk = make_desk(tmp_path).answer_all()
    before = text_of(desk.browser.get(desk.at("/check")))
    assert desk.words.say("wizard.unused") not in before
    said(desk, "design.service_design", Answer("answered", "2"))

    page = desk.browser.get(desk.at("/check"))
    assert desk.words.say("wizard.unused") in text_of(page)
    assert f'href="{desk.browser.path(desk.at("/questions/design.service_design"))}"' in page.text
