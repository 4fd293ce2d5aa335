"""The sandbox on a page: with a form alone, and as a script asks for it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from tests.webapp.views.after import After, hand_in
from tests.webapp.views.browsing import text_of
from webapp.db.tables.assessments import AnswerChange, Assessment, StoredAnswer
from webapp.db.tables.work import AuditEvent, Job

METAL = "eksempel_metallverksted/circular_business_models"
MEASURES = {"q.insight.measurement.here": "nb", "q.insight.measurement": "1"}


@pytest.fixture
def after(tmp_path: Path) -> After:
    return hand_in(tmp_path)


def tried(after: After, sent: dict[str, Any], who: str = "owner", status: int = 200) -> Any:
    """The page after some answers were tried."""
    return after.browser(getattr(after, who)).post(after.path("what-if"), sent, status)


def sides(page: str) -> list[str]:
    """The level now and with the changes, with its index."""
    found = re.findall(r'(?s)<p class="side">(.*?)</p>', page)
    return [" ".join(re.sub(r"<[^>]+>", " ", one).split()) for one in found]


def asked(page: str) -> list[str]:
    """The questions that stand on the page."""
    return re.findall(r'name="q\.([a-z_.]+)\.here"', page)


def everything(after: After) -> list[int]:
    """How much there is in every table an answer could end up in."""
    with after.site.database.read() as session:
        tables = (StoredAnswer, AnswerChange, AuditEvent, Job)
        return [session.scalar(select(func.count()).select_from(table)) or 0 for table in tables]


def test_it_begins_with_the_next_step_as_it_was_answered(after: After) -> None:
    page = after.browser(after.owner).get(after.path("what-if")).text

    assert sides(page) == [
        "Nå 2 Under utvikling indeks 63,0 av 100",
        "Med endringene 2 Under utvikling indeks 63,0 av 100",
    ]
    assert asked(page)[0] == "insight.measurement"
    assert re.search(r'id="q-insight-measurement-0"[^>]* checked', page)


def test_another_answer_moves_the_level_and_the_dimension(after: After) -> None:
    page = tried(after, MEASURES).text

    # 1551/600 * 25 = 64.625, rounded half-up
    assert sides(page)[1] == "Med endringene 3 Etablert indeks 64,6 av 100"
    assert "1 svar er endret." in page
    assert "0,33 → 1,00 poeng" in page
    assert "nivå 0 → nivå 1" in page


def test_nothing_of_it_is_stored(after: After) -> None:
    before = everything(after)
    with after.site.database.read() as session:
        changed = session.get_one(Assessment, after.id).changed_utc

    tried(after, MEASURES)
    tried(after, {"next_step": "yes"})

    assert everything(after) == before
    with after.site.database.read() as session:
        assert session.get_one(Assessment, after.id).changed_utc == changed
    assert sides(after.browser(after.owner).get(after.path("what-if")).text)[1].startswith("Med endringene 2")


def test_the_next_step_is_filled_in_by_a_button(after: After) -> None:
    page = tried(after, {"next_step": "yes"}).text

    assert sides(page)[1].startswith("Med endringene 3 Etablert")
    assert re.search(r'id="q-insight-measurement-1"[^>]* checked', page)


def test_any_question_can_be_added_and_what_was_tried_stays(after: After) -> None:
    page = tried(after, {**MEASURES, "more": "yes", "add": "strategy.ambition"}).text

    assert asked(page) == ["strategy.ambition", "insight.measurement"]
    assert re.search(r'id="q-insight-measurement-1"[^>]* checked', page)


def test_documentation_can_be_tried_too(after: After) -> None:
    sent = {"q.strategy.ambition.here": "nb", "q.strategy.ambition": "3"}

    without = text_of(tried(after, sent))
    with_it = text_of(tried(after, {**sent, "documented": "strategy.ambition"}))

    assert "1 svar er endret." in without
    assert "Ingen svar er endret ennå." in with_it


def test_what_cannot_be_read_is_told_and_counts_as_it_was(tmp_path: Path) -> None:
    after = hand_in(tmp_path, METAL, "Eksempel Metallverksted AS")
    name = "operations.diversion_rate"
    sent = {f"q.{name}.here": "nb", f"q.{name}": "mye", "documented": name}

    page = tried(after, sent).text

    assert 'href="#q-operations-diversion_rate-value"' in page
    assert 'value="mye"' in page
    assert "Ingen svar er endret ennå." in page


def test_a_number_is_read_as_it_is_written_in_the_language(tmp_path: Path) -> None:
    after = hand_in(tmp_path, METAL, "Eksempel Metallverksted AS")
    sent = {"q.operations.diversion_rate.here": "nb", "q.operations.diversion_rate": "12,5"}

    page = tried(after, sent).text

    assert "1 svar er endret." in page
    assert 'value="12,5"' in page


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"q.strategy.ambition.here": "nb"},
        {"q.strategy.ambition.here": "nb", "q.strategy.ambition": "9"},
        {"q.strategy.ambition.here": "xx", "q.strategy.ambition": ["1", "2"]},
        {"q.no.such.here": "nb", "q.no.such": "1"},
        {"q.strategy.business_model.here": "nb", "q.strategy.business_model": ["none", "main_revenue"]},
        {
            "q.strategy.ambition.here": "nb",
            "q.strategy.ambition": "\x00\ud800".encode("utf-8", "surrogatepass"),
        },
        {"q.strategy.ambition.here": "nb", "q.strategy.ambition.version": "1e99"},
        {"documented": ["x" * 1000, "strategy.ambition"]},
        {"more": "yes", "add": "no.such"},
        {"more": "yes"},
        {"q.": "1", "q..here": "nb", "q...": ""},
    ],
    ids=str,
)
def test_what_makes_no_sense_is_a_page_and_changes_no_level(after: After, sent: dict[str, Any]) -> None:
    page = tried(after, sent).text

    assert sides(page) == [
        "Nå 2 Under utvikling indeks 63,0 av 100",
        "Med endringene 2 Under utvikling indeks 63,0 av 100",
    ]


def test_an_advisor_may_try_and_nobody_else(after: After) -> None:
    assert tried(after, MEASURES, "advisor") is not None
    tried(after, MEASURES, "staff", 404)
    tried(after, MEASURES, "stranger", 404)


def test_a_form_without_its_guard_is_refused(after: After) -> None:
    answer = after.browser(after.owner).client.post(f"/nb{after.path('what-if')}", data=MEASURES)

    assert answer.status_code == 400


@pytest.mark.parametrize("language", ["nn", "en"])
def test_it_speaks_every_language(after: After, language: str) -> None:
    page = after.browser(after.owner, language).post(after.path("what-if"), MEASURES, 200).text

    assert {"nn": "1 svar er endra.", "en": "1 answer has been changed."}[language] in page
