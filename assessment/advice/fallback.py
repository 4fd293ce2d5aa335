"""A good set of steps without proof, for when the search has used up its work.

From everything raised to the top the places climb down one way at a time, always the one that saves
most for what it counts, as long as the aim is still met.
"""

from collections.abc import Mapping
from fractions import Fraction

from assessment.advice.aim import Aim
from assessment.advice.climb import Climb, Place, Slope, evaluate_climb, replace_places
from assessment.advice.pricing import Pricing
from assessment.advice.watch import watch_gates
from assessment.advice.ways import Way, list_ways


def find_good_price(climb: Climb, pricing: Pricing, aim: Aim) -> int | None:
    """The price of a set that meets the aim and that no single place can make cheaper.

    None where the top does not meet it; with gates that only an answer to a missing question can
    make fire, nothing does then. Source: docs/scoring.md, section 1 (monotone gates).
    """
    held = {
        place.question: tuple(list_ways(pricing, position, aim))
        for position, place in enumerate(pricing.places)
    }
    held |= {question: held[question][:1] for question in _find_better_left(climb, aim, held)}
    if not _is_met(climb, aim, held):
        return None
    shares = {p.question: _find_share(p, slope) for slope in climb.slopes for p in slope.places}
    falling = [question for question, ways in held.items() if len(ways) > 1]
    while falling:
        lowered = max(falling, key=lambda question: _get_saving(held[question]) / shares[question])
        held, has_fallen = _lower(climb, aim, held, lowered)
        if not has_fallen or len(held[lowered]) == 1:
            falling.remove(lowered)
    return sum(ways[-1][0] for ways in held.values())


def _lower(
    climb: Climb, aim: Aim, held: Mapping[str, tuple[Way, ...]], question: str
) -> tuple[dict[str, tuple[Way, ...]], bool]:
    """The ways held when one place gives up its dearest, or all; unchanged where neither will do."""
    for fewer in (held[question][:-1], held[question][:1]):
        trial = {**held, question: fewer}
        if _is_met(climb, aim, trial):
            return trial, True
    return dict(held), False


def _is_met(climb: Climb, aim: Aim, held: Mapping[str, tuple[Way, ...]]) -> bool:
    """Whether the aim is met where each place takes the dearest way it holds."""
    places = {question: ways[-1][1] for question, ways in held.items()}
    return aim.is_met(evaluate_climb(replace_places(climb, places)))


def _find_better_left(climb: Climb, aim: Aim, held: Mapping[str, tuple[Way, ...]]) -> list[str]:
    """The questions of dimensions without a score that a gate would hold down even at the top."""
    top = {question: ways[-1][1].mark for question, ways in held.items()}
    left = [
        climb.slopes[gate.rule.dimension] for gate in watch_gates(climb, aim).gates if gate.rule.fires(top)
    ]
    return [p.question for slope in left if not slope.is_scored for p in slope.places]


def _get_saving(ways: tuple[Way, ...]) -> int:
    return ways[-1][0] - ways[-2][0]


def _find_share(place: Place, slope: Slope) -> Fraction:
    """What the place counts in the whole, if all its dimension is answered."""
    return Fraction(slope.weight * place.weight, sum(other.weight for other in slope.places))
