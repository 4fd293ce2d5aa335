"""What the pages of calibration get, worked out beforehand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal, TypeAlias

from assessment.review.agreement import LEAST_PAIRS
from assessment.review.calibration import LEAST_COMPANIES, AdvisorDrift, Compared, band_end
from webapp.auth import current
from webapp.forms.sheets import AskedQuestion, sheet_of
from webapp.services.calibrating import ROUNDS, Calibration, Line, Rater
from webapp.views.page import voice

Side: TypeAlias = Literal["company", "advisor", "none"]
"""Who sets the companies higher."""

HALF = 50
"""How long half of the line is on which it is drawn who sets the companies higher."""

_WIDEST = 2
"""The mean difference, in scores, that fills half of the line."""


@dataclass(frozen=True, slots=True)
class Lean:
    """Who sets the companies higher, in words and as a bar of a line from -``HALF`` to ``HALF``."""

    side: Side
    text: str
    start: int
    width: int


@dataclass(frozen=True, slots=True)
class Shown:
    """One question in words. ``few``: why there is too little for kappa; empty where there is enough.

    ``figures``: what is known of it; none from too few companies. ``reading``: empty while it cannot be told.
    """

    id: str
    text: str
    few: str
    reading: str
    figures: tuple[str, ...]
    lean: Lean | None


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the table. ``text``: the band of its count; ``shade``: how full it is, 0 to 4."""

    text: str
    shade: int
    is_same: bool


def calibration_page(found: Calibration) -> dict[str, Any]:
    """Every question, and the advisors."""
    sheet = _sheet(found)
    shown = [(line, _shown(line, sheet[line.question.id])) for line in found.lines]
    enough = [(line, one) for line, one in shown if line.compared.has_enough]
    return {
        **_shared(found),
        "first": [one for line, one in enough if _stands_out(line.compared)],
        "others": [one for line, one in enough if not _stands_out(line.compared)],
        "few": [one for line, one in shown if not line.compared.has_enough],
        "raters": [
            (rater.name or current.words().say("question.gone"), _rates(rater)) for rater in found.raters
        ],
    }


def question_page(found: Calibration, question_id: str) -> dict[str, Any]:
    """One question. Raises NotThere."""
    line = found.line(question_id)
    asked = _sheet(found)[line.question.id]
    return {
        **_shared(found),
        "one": _shown(line, asked),
        "asked": asked,
        "anchors": [(one.level, one.text) for one in (*asked.choices, *asked.levels)],
        "section": asked.texts[f"sections/{line.section}/title"],
        "versions": voice().listed(list(line.compared.versions)),
        "rows": _rows(line.compared),
    }


def _shared(found: Calibration) -> dict[str, Any]:
    return {
        "found": found,
        "rounds": ROUNDS,
        "least_pairs": LEAST_PAIRS,
        "least_companies": LEAST_COMPANIES,
        "choice": {"of": found.chosen.key, "rounds": found.rounds},
    }


def _sheet(found: Calibration) -> Any:
    plan = found.chosen.shelved.plan
    return sheet_of(plan.questionnaire, plan.sha256, current.language())


def _stands_out(compared: Compared) -> bool:
    return compared.reading != "alike" or compared.is_one_sided


def _shown(line: Line, asked: AskedQuestion) -> Shown:
    compared = line.compared
    return Shown(
        id=line.question.id,
        text=asked.text,
        few=_few(compared),
        reading=compared.reading or "",
        figures=tuple(_figures(compared)),
        lean=None if compared.agreement.bias is None else _lean(compared.agreement.bias),
    )


def _few(compared: Compared) -> str:
    """Why there is no kappa and no table."""
    say, n = current.words().say, compared.agreement.n
    if compared.has_enough:
        return ""
    if n < LEAST_PAIRS:
        return say("calibration.few_pairs", count=n, least=LEAST_PAIRS)
    return say("calibration.few_companies", count=compared.companies, least=LEAST_COMPANIES)


def _figures(compared: Compared) -> Sequence[str]:
    say, found = current.words().say, compared.agreement
    if found.same is None or found.close is None:
        return ()
    said = [
        say("calibration.same", share=voice().percent(found.same)),
        say("calibration.close", share=voice().percent(found.close)),
    ]
    if compared.has_enough and found.kappa is None:
        said.insert(0, say("calibration.no_kappa", count=found.n))
    elif found.kappa is not None:
        said.insert(0, say("calibration.kappa", kappa=voice().number(found.kappa), count=found.n))
    return said


def _lean(bias: Fraction) -> Lean:
    figure = voice().number(abs(bias), 1)
    side: Side = "company" if bias > 0 else "advisor"
    if figure == voice().number(Fraction(), 1):
        side = "none"
    width = 0 if side == "none" else min(HALF, max(1, round(abs(bias) * HALF / _WIDEST)))
    text = current.words().say(f"calibration.higher_{side}", figure=figure)
    return Lean(side, text, -width if side == "advisor" else 0, width)


def _rows(compared: Compared) -> list[list[Cell]]:
    return [
        [Cell(_band(start), min(4, (start + 4) // 5), own == other) for other, start in enumerate(row)]
        for own, row in enumerate(compared.cells)
    ]


def _band(start: int) -> str:
    return "0" if start == 0 else f"{start}–{band_end(start)}"


def _rates(rater: Rater) -> str:
    """How an advisor rates against the others, or why that is not said."""
    say, found = current.words().say, rater.found
    if found.drift is None:
        return _too_few(found)
    figure = voice().number(abs(found.drift), 1)
    if figure == voice().number(Fraction(), 1):
        how = "as_others"
    else:
        how = "stricter" if found.drift > 0 else "milder"
    return say(f"calibration.{how}", figure=figure, count=found.n, companies=found.companies)


def _too_few(found: AdvisorDrift) -> str:
    say = current.words().say
    if found.n < LEAST_PAIRS:
        return say("calibration.few_shared", count=found.n, least=LEAST_PAIRS)
    if found.companies < LEAST_COMPANIES:
        return say("calibration.few_companies", count=found.companies, least=LEAST_COMPANIES)
    return say("calibration.few_others", count=found.others_n, least=LEAST_PAIRS)
