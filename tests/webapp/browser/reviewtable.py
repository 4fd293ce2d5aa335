"""The rows of an advisor's review: each page in the states it can be in."""

from __future__ import annotations

from tests.webapp.browser import deeds, reviews
from tests.webapp.browser.rows import PageRow, of
from tests.webapp.views.reviewed import AMBITION, MEASURED

_OVERVIEW, _QUESTION = "review.overview", "review.show_question"

REVIEWS = (
    PageRow("review", _OVERVIEW, "reviewer", of("reviewed", "/review"), deeds.open_everything),
    PageRow("review submitted", _OVERVIEW, "advisor", of("submitted", "/review")),
    PageRow("review approved", _OVERVIEW, "advisor", of("approved", "/review")),
    PageRow("review sent back", _OVERVIEW, "advisor", of("sent_back", "/review")),
    PageRow("review blind", _OVERVIEW, "reviewer", of("blind", "/review")),
    PageRow("review long", _OVERVIEW, "advisor", of("long_submitted", "/review")),
    PageRow("review empty list", _OVERVIEW, "advisor", of("in_review", "/review?show=differs")),
    PageRow(
        "review question", _QUESTION, "reviewer", of("reviewed", f"/review/{AMBITION}"), deeds.open_everything
    ),
    PageRow("review question hidden", _QUESTION, "reviewer", of("blind", f"/review/{MEASURED}")),
    PageRow("review question revealed", _QUESTION, "reviewer", of("blind", f"/review/{AMBITION}")),
    PageRow("review question locked", _QUESTION, "advisor", of("approved", f"/review/{AMBITION}")),
    PageRow("review question submitted", _QUESTION, "advisor", of("submitted", f"/review/{AMBITION}")),
    PageRow(
        "review question long",
        _QUESTION,
        "advisor",
        of("long_submitted", f"/review/{AMBITION}"),
        deeds.open_everything,
    ),
    PageRow(
        "review clash",
        _QUESTION,
        "reviewer",
        of("reviewed", f"/review/{MEASURED}"),
        reviews.clash_in_review,
        409,
    ),
    PageRow(
        "review empty note",
        _QUESTION,
        "reviewer",
        of("reviewed", f"/review/{AMBITION}"),
        reviews.write_an_empty_note,
        400,
    ),
    PageRow("review send back", "decisions.ask_send_back", "reviewer", of("reviewed", "/review/send-back")),
    PageRow(
        "review send back without reason",
        "decisions.ask_send_back",
        "reviewer",
        of("reviewed", "/review/send-back"),
        reviews.send_back_without_reason,
        400,
    ),
    PageRow("review approve", "decisions.ask_approve", "reviewer", of("reviewed", "/review/approve")),
    PageRow("review approve ready", "decisions.ask_approve", "advisor", of("in_review", "/review/approve")),
    PageRow("review approve blind", "decisions.ask_approve", "reviewer", of("blind", "/review/approve")),
    PageRow(
        "review approve long", "decisions.ask_approve", "advisor", of("long_submitted", "/review/approve")
    ),
    PageRow("review reopen", "decisions.ask_reopen", "advisor", of("approved", "/review/reopen")),
    PageRow("review reopen not now", "decisions.ask_reopen", "advisor", of("in_review", "/review/reopen")),
)
