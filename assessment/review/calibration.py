"""What is shown of agreement, and what is not: pairs of one question, small numbers, what to look at first.

Pure. Ratings come with the company and the version they are from; nothing that leaves this module names a
company. Decided in docs/decisions/0032.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, TypeAlias

from assessment.review.agreement import (
    LEAST_PAIRS,
    SCORES,
    Agreement,
    Drift,
    RatedPair,
    by_question,
    drifts,
)
from questionnaires.model import Question, Questionnaire

LEAST_COMPANIES = 5
"""From how many companies on a figure is shown: below, it says something of one of them."""

BAND = 5
"""How wide the bands are in which the counts of a table are shown."""

ALIKE, APART = Fraction(3, 5), Fraction(2, 5)
"""Kappa from which on a question is read alike, and below which it is read differently.

Source: Landis and Koch 1977, Biometrics 33(1): substantial from 0.6, fair below 0.4.
"""

NEARLY_ALL = Fraction(9, 10)
"""The share of equal pairs that makes a question read alike whatever kappa says of the few others."""

TELLING = Fraction(1, 2)
"""From which mean difference on it is said which side sets the company higher, in scores."""

Reading: TypeAlias = Literal["alike", "partly", "apart"]
"""How companies and advisors read a question."""

_NOT_READ = frozenset({"weight", "shown_if", "depth", "maps_to", "source"})
"""Fields of a question that change nothing in how it is understood."""


@dataclass(frozen=True, slots=True)
class PlacedPair:
    """A pair with where it is from. ``company``: an id; ``version``: of the questionnaire."""

    pair: RatedPair
    company: str
    version: str


@dataclass(frozen=True, slots=True)
class Compared:
    """One question. Figures of ``agreement`` are None while there are too few companies.

    ``versions``: those the pairs are from. ``cells``: by the company's score and then the advisor's the
    least count of the band, 0 for none; empty below ``LEAST_PAIRS`` pairs or ``LEAST_COMPANIES`` companies.
    """

    agreement: Agreement
    companies: int
    versions: tuple[str, ...]
    cells: tuple[tuple[int, ...], ...]

    @property
    def is_shown(self) -> bool:
        """Whether there is anything but a count."""
        return self.agreement.same is not None

    @property
    def has_enough(self) -> bool:
        """Whether kappa is shown where there is one, and the table."""
        return bool(self.cells)

    @property
    def reading(self) -> Reading | None:
        """How the question is read; None while there is too little to say so."""
        found = self.agreement
        if not self.has_enough or found.same is None:
            return None
        if found.same >= NEARLY_ALL or found.kappa is None or found.kappa >= ALIKE:
            return "alike"
        return "apart" if found.kappa < APART else "partly"

    @property
    def is_one_sided(self) -> bool:
        """Whether one side sets the companies tellingly higher than the other."""
        bias = self.agreement.bias
        return self.has_enough and bias is not None and abs(bias) >= TELLING


@dataclass(frozen=True, slots=True)
class AdvisorDrift:
    """How an advisor rates against the others, as :class:`Drift` says it, and from how many companies."""

    rater: str
    n: int
    others_n: int
    companies: int
    drift: Fraction | None


def compare(placed: Iterable[PlacedPair]) -> Mapping[str, Compared]:
    """How alike the pairs of each question are: those with figures, furthest apart first, then the others."""
    grouped: dict[str, list[PlacedPair]] = defaultdict(list)
    for one in placed:
        grouped[one.pair.question].append(one)
    found = by_question(one.pair for some in grouped.values() for one in some)
    compared = {id_: _compared(grouped[id_], found[id_]) for id_ in found}
    shown = [id_ for id_, one in compared.items() if one.is_shown]
    return {id_: compared[id_] for id_ in (*shown, *sorted(compared.keys() - set(shown)))}


def advisor_drifts(placed: Iterable[PlacedPair]) -> tuple[AdvisorDrift, ...]:
    """How each advisor rates against all the others, by id; no figure from fewer than ``LEAST_COMPANIES``."""
    found = list(placed)
    companies: dict[str, set[str]] = defaultdict(set)
    for one in found:
        companies[one.pair.rater].add(one.company)
    return tuple(_advisor_drift(one, len(companies[one.rater])) for one in drifts(one.pair for one in found))


def _advisor_drift(found: Drift, companies: int) -> AdvisorDrift:
    drift = found.drift if companies >= LEAST_COMPANIES else None
    return AdvisorDrift(found.rater, found.n, found.others_n, companies, drift)


def banded(count: int) -> int:
    """The least number of the band a count is in: 0, 1 to 4, 5 to 9, 10 to 14 …"""
    return 0 if count == 0 else max(1, count // BAND * BAND)


def band_end(start: int) -> int:
    """The largest number of the band that begins there."""
    return start // BAND * BAND + BAND - 1 if start else 0


def as_asked(questionnaire: Questionnaire, question: Question) -> str:
    """All that decides how a question is understood: two versions that ask the same have the same text.

    Its words in every language, what can be answered, and what that scores; neither its weight nor of whom
    it is asked.
    """
    prefix = f"questions/{question.id}/"
    words = {
        language: {key: text for key, text in texts.items() if key.startswith(prefix)}
        for language, texts in questionnaire.texts.items()
    }
    structure = question.model_dump(mode="json", exclude=set(_NOT_READ))
    return json.dumps([structure, words], ensure_ascii=False, sort_keys=True)


def _compared(placed: list[PlacedPair], agreement: Agreement) -> Compared:
    companies = len({one.company for one in placed})
    versions = tuple(sorted({one.version for one in placed}))
    if companies < LEAST_COMPANIES:
        return Compared(Agreement(agreement.n, None, None, None, None), companies, versions, ())
    cells = _cells(placed) if agreement.n >= LEAST_PAIRS else ()
    return Compared(agreement, companies, versions, cells)


def _cells(placed: list[PlacedPair]) -> tuple[tuple[int, ...], ...]:
    counts = Counter((one.pair.company, one.pair.advisor) for one in placed)
    return tuple(tuple(banded(counts[own, other]) for other in SCORES) for own in SCORES)
