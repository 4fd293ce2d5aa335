"""How a programme's companies and advisors read the questions: pages and files for its method owner."""

from __future__ import annotations

from flask import Blueprint, Response, request

from webapp.auth import current
from webapp.auth.access import Door
from webapp.services import calibrationfiles
from webapp.services.calibrating import Calibration, Wanted, open_calibration
from webapp.views.calibrationpage import calibration_page, question_page
from webapp.views.documentpages import attachment
from webapp.views.page import show

pages = Blueprint("calibration", __name__, url_prefix="/<language:lang>/programme/<id_>/calibration")


@pages.get("")
def show_calibration(lang: str, id_: str) -> Response:  # noqa: ARG001
    """Every question with how alike it is read, and how the advisors rate against each other."""
    return show("calibration/calibration.html.jinja", **calibration_page(_opened(id_)))


@pages.get("/questions/<question_id>")
def show_question(lang: str, id_: str, question_id: str) -> Response:  # noqa: ARG001
    """One question with its choices, and what was chosen."""
    return show("calibration/question.html.jinja", **question_page(_opened(id_), question_id))


@pages.get("/questions.csv")
def take_csv(lang: str, id_: str) -> Response:  # noqa: ARG001
    """The figures of every question, for other programs."""
    export = calibrationfiles.csv_of(_opened(id_), current.language())
    return attachment(export.name, export.content, export.media_type)


@pages.get("/questions.xlsx")
def take_xlsx(lang: str, id_: str) -> Response:  # noqa: ARG001
    """The same as a spreadsheet."""
    export = calibrationfiles.xlsx_of(_opened(id_), current.language())
    return attachment(export.name, export.content, export.media_type)


def _opened(programme_id: str) -> Calibration:
    wanted = Wanted(request.args.get("of", ""), request.args.get("rounds", ""))
    return open_calibration(current.site(), current.actor(), programme_id, wanted)


DOOR = Door(
    pages,
    {
        "show_calibration": "account",
        "show_question": "account",
        "take_csv": "account",
        "take_xlsx": "account",
    },
)
