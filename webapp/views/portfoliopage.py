"""What the page of an advisor's companies gets: groups of lines with where each leads, and the choices."""

from __future__ import annotations

from dataclasses import asdict
from itertools import groupby
from typing import Any

from webapp.auth import current
from webapp.services.attention import STANDS, WAITS, Stand
from webapp.services.portfolio import Line, Portfolio
from webapp.views.page import to

_WITHOUT: tuple[Stand, ...] = ("nothing", "setting_up", "invited")
"""Where a company is that has handed in nothing."""


def portfolio_page(found: Portfolio) -> dict[str, Any]:
    """Everything the template shows. ``chosen``: what was asked for, as the address has it."""
    chosen = chosen_of(found)
    words, language = current.words(), current.language()
    return {
        "found": found,
        "chosen": chosen,
        "groups": [
            (group, [(line, _address(line)) for line in lines])
            for group, lines in groupby(found.lines, key=_group)
        ],
        "waits_options": [(one, words.say(f"portfolio.waits_{one}")) for one in WAITS],
        "state_options": [(one, words.say(_stand_key(one))) for one in STANDS],
        "questionnaire_options": [(one.id, one.title(language)) for one in found.questionnaires],
        "programme_options": [(one.id, one.name) for one in found.programmes],
        "at_page": lambda number: to("portfolio.show_portfolio", **chosen, **_page(number)),
    }


def chosen_of(found: Portfolio) -> dict[str, str]:
    """What was asked for but the page, by field."""
    return {name: value for name, value in asdict(found.wish).items() if value and name != "page"}


def place_of(found: Portfolio) -> dict[str, str]:
    """What leads to the same page of the same list again."""
    return {**chosen_of(found), **_page(found.page)}


def _page(number: int) -> dict[str, str]:
    return {"page": str(number)} if number > 1 else {}


def _stand_key(stand: Stand) -> str:
    """The words of a state; where a company has handed in nothing, words of its own."""
    return f"portfolio.stand_{stand}" if stand in _WITHOUT else f"assessments.state_{stand}"


def _group(line: Line) -> str:
    return "overdue" if line.attention.is_overdue else line.waits


def _address(line: Line) -> str:
    """Where a line leads; empty where there is nothing to see yet."""
    if line.assessment is not None:
        return to("review.overview", id_=line.assessment.id)
    is_pending = line.stand in ("setting_up", "invited")
    return to("handover.show_company", id_=line.company_id) if is_pending else ""
