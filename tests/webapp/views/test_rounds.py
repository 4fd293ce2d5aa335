"""Starting a new round from the page of a result."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from tests.webapp.views.after import After, hand_in
from tests.webapp.views.browsing import text_of
from webapp.db.tables.assessments import Assessment

ROUND = {"depth": "basic", "carry": "carry"}


@pytest.fixture
def after(tmp_path: Path) -> After:
    return hand_in(tmp_path)


def periods(after: After) -> list[str]:
    with after.site.database.read() as session:
        return sorted(session.scalars(select(Assessment.period)))


def offered(after: After) -> str:
    """A year that can be chosen and is not the last one's."""
    page = after.browser(after.owner).get(after.path("new-round")).text
    return next(year for year in ("2026", "2027", "2024") if f'<option value="{year}"' in page)


def test_it_says_what_comes_along_before_it_is_done(after: After) -> None:
    page = text_of(after.browser(after.owner).get(after.path("new-round")))

    assert "22 svar kan følge med." in page or "23 svar kan følge med." in page
    assert periods(after) == ["2025"]


def test_the_round_starts_with_the_profile(after: After) -> None:
    year = offered(after)

    answer = after.browser(after.owner).post(after.path("new-round"), {**ROUND, "period": year})

    assert answer.headers["Location"].endswith("/profile")
    assert periods(after) == sorted(["2025", year])


@pytest.mark.parametrize(
    "wrong",
    [
        {"period": ""},
        {"period": "1850"},
        {"depth": "deep"},
        {"carry": "some"},
        {"depth": "", "carry": ""},
        {"period": "2026\x00"},
    ],
    ids=str,
)
def test_what_cannot_be_chosen_is_told(after: After, wrong: dict[str, str]) -> None:
    sent = {**ROUND, "period": offered(after), **wrong}

    answer = after.browser(after.owner).post(after.path("new-round"), sent, 400)

    assert "data-error-summary" in answer.text
    assert periods(after) == ["2025"]


def test_a_second_round_for_the_same_year_is_refused(after: After) -> None:
    browser, sent = after.browser(after.owner), {**ROUND, "period": offered(after)}
    browser.post(after.path("new-round"), sent)

    answer = browser.post(after.path("new-round"), sent, 409)

    assert "Dere har allerede en åpen egenvurdering" in text_of(answer)


def test_only_the_company_starts_rounds(after: After) -> None:
    sent = {**ROUND, "period": offered(after)}

    after.browser(after.advisor).post(after.path("new-round"), sent, 403)
    after.browser(after.staff).post(after.path("new-round"), sent, 404)
    after.browser(after.stranger).post(after.path("new-round"), sent, 404)

    assert periods(after) == ["2025"]
