"""How far companies and advisors read the questions alike: to improve questions, not to judge anyone.

Pure and exact. Ratings are scores, whole numbers from 0 to 4; a pair is what a company chose and what an
advisor chose for the same answer, without having seen it. Decided in docs/decisions/0026.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

SCORES = range(5)
LEAST_PAIRS = 30
"""From how many pairs on a figure about agreement is shown: below, chance has the word."""


@dataclass(frozen=True, slots=True)
class RatedPair:
    """One question of one hand-in, rated twice. ``company``, ``advisor``: scores; ``rater``: the advisor."""

    question: str
    rater: str
    company: int
    advisor: int

    def __post_init__(self) -> None:
        """Raises ValueError for what is no score."""
        if self.company not in SCORES or self.advisor not in SCORES:
            raise ValueError(f"a rating is a score from 0 to 4, not {self.company} and {self.advisor}")

    @property
    def difference(self) -> int:
        """How much higher the company rated itself: from -4 to 4."""
        return self.company - self.advisor


@dataclass(frozen=True, slots=True)
class Agreement:
    """How alike ``n`` pairs are.

    ``kappa``: weighted, from -1 to 1; None below ``LEAST_PAIRS`` and where all ratings on both sides are one
    and the same. ``same``, ``close``: the share that is equal, and that is at most one score apart; ``bias``:
    the mean of how much higher the companies rated themselves. These three are None without pairs.
    """

    n: int
    kappa: Fraction | None
    same: Fraction | None
    close: Fraction | None
    bias: Fraction | None


@dataclass(frozen=True, slots=True)
class Drift:
    """How an advisor rates, against how the others do.

    ``n``, ``others_n``: pairs of the advisor, and of all others. ``drift``: how much stricter (above 0) or
    milder (below 0) than the others, in scores; None while either has fewer than ``LEAST_PAIRS`` pairs.
    """

    rater: str
    n: int
    others_n: int
    drift: Fraction | None


def agreement(pairs: Iterable[RatedPair]) -> Agreement:
    """How alike some pairs are."""
    found = list(pairs)
    n = len(found)
    if n == 0:
        return Agreement(0, None, None, None, None)
    return Agreement(
        n=n,
        kappa=weighted_kappa((pair.company, pair.advisor) for pair in found) if n >= LEAST_PAIRS else None,
        same=Fraction(sum(pair.difference == 0 for pair in found), n),
        close=Fraction(sum(abs(pair.difference) <= 1 for pair in found), n),
        bias=Fraction(sum(pair.difference for pair in found), n),
    )


def by_question(pairs: Iterable[RatedPair]) -> Mapping[str, Agreement]:
    """How alike the pairs of each question are; those furthest apart first, then by id."""
    grouped: dict[str, list[RatedPair]] = defaultdict(list)
    for pair in pairs:
        grouped[pair.question].append(pair)
    apart = {id_: Fraction(sum(abs(p.difference) for p in some), len(some)) for id_, some in grouped.items()}
    return {id_: agreement(grouped[id_]) for id_ in sorted(grouped, key=lambda id_: (-apart[id_], id_))}


def drifts(pairs: Iterable[RatedPair]) -> tuple[Drift, ...]:
    """How each advisor rates against all the others, by id.

    Compared is how far each differs from the companies they rated, question by question, so that an advisor
    with weaker companies does not seem strict: only questions both sides have rated count, each with the
    advisor's own number of pairs as its weight.
    """
    found = list(pairs)
    raters = sorted({pair.rater for pair in found})
    return tuple(_drift(rater, found) for rater in raters)


def _drift(rater: str, pairs: list[RatedPair]) -> Drift:
    own = _differences(pair for pair in pairs if pair.rater == rater)
    others = _differences(pair for pair in pairs if pair.rater != rater)
    shared = own.keys() & others.keys()
    n, others_n = (sum(len(side[id_]) for id_ in shared) for side in (own, others))
    if n < LEAST_PAIRS or others_n < LEAST_PAIRS:
        return Drift(rater, n, others_n, None)
    apart = sum((len(own[id_]) * (_mean(own[id_]) - _mean(others[id_])) for id_ in shared), Fraction(0))
    return Drift(rater, n, others_n, apart / n)


def _differences(pairs: Iterable[RatedPair]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for pair in pairs:
        found[pair.question].append(pair.difference)
    return found


def _mean(numbers: list[int]) -> Fraction:
    return Fraction(sum(numbers), len(numbers))


def weighted_kappa(ratings: Iterable[tuple[int, int]]) -> Fraction | None:
    """Cohen's kappa with linear weights: one less the mean distance seen over the mean distance by chance.

    Chance is what the two sides would give if each kept how often it uses every score and they were paired
    at random. None without ratings, and where chance gives no distance: everything is one score.
    Source: Cohen 1968, Psychological Bulletin 70(4); linear weights as in Cicchetti and Allison 1971.
    """
    pairs = list(ratings)
    n = len(pairs)
    first, second = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    seen = n * sum(abs(one - other) for one, other in pairs)
    chance = sum(abs(i - j) * first[i] * second[j] for i in first for j in second)
    return None if chance == 0 else 1 - Fraction(seen, chance)
