"""Climbs to try the next step on: built by hand, drawn by Hypothesis, or large and seeded."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import pairwise
from random import Random
from typing import TypeAlias

from hypothesis import strategies as st

from assessment.advice.climb import Climb, GateRule, Mark, Place, Slope, evaluate_climb

Condition: TypeAlias = Callable[[Mapping[str, Mark]], bool | None]
"""True, false, or None for undefined, as docs/scoring.md section 1 has it."""

REAL_WEIGHTS = (15, 15, 15, 15, 10, 10, 10, 10)
REAL_SIZES = (7, 9, 8, 8, 7, 7, 5, 4)
REAL_CORE = (True, False, False, True, False, False, False, True)
SCORES_NEAR_LEVEL = {
    None: (0, 1, 2, 3, 4),
    0: (0, 0, 0, 0, 1),
    1: (0, 1, 1, 1, 2),
    2: (1, 1, 2, 2, 3),
    3: (2, 3, 3, 3, 4, 4),
}


def place(
    question: str,
    score: int | None = None,
    *,
    order: int | None = None,
    weight: int = 1,
    state: str | None = None,
    documented: bool = False,
    movable: bool = True,
    costs: tuple[int, int, int, int] = (1, 2, 2, 4),
) -> Place:
    """A place; answered where it has a score, else missing. "q7" comes seventh in the definition."""
    return Place(
        question=question,
        order=int(question[1:]) if order is None else order,
        weight=weight,
        state=state or ("missing" if score is None else "answered"),  # type: ignore[arg-type]  # test data
        score=score,
        documented=documented,
        movable=movable,
        costs=costs,
    )


def slope(*places: Place, weight: int = 10, core: bool = False, dimension: str = "") -> Slope:
    """A dimension, named after its first question."""
    return Slope(dimension or f"of {places[0].question}", weight, core, places)


def climb(*slopes: Slope, gates: tuple[GateRule, ...] = (), na_open: bool = False) -> Climb:
    """A problem of these dimensions."""
    return Climb(slopes, gates, na_open)


def below(question: str, bound: int) -> Condition:
    """`question.score < bound`."""

    def judge(marks: Mapping[str, Mark]) -> bool | None:
        score = marks[question][1] if question in marks else None
        return None if score is None else score < bound

    return judge


def is_unknown(question: str) -> Condition:
    """`question.state == "unknown"`."""
    return lambda marks: marks[question][0] == "unknown" if question in marks else None


def join(first: Condition, second: Condition, *, decisive: bool) -> Condition:
    """`||` where True decides, `&&` where False does."""

    def judge(marks: Mapping[str, Mark]) -> bool | None:
        verdicts = (first(marks), second(marks))
        if decisive in verdicts:
            return decisive
        return None if None in verdicts else not decisive

    return judge


def gate(dimension: int, max_level: int, condition: Condition, *questions: str) -> GateRule:
    """A gate that fires while the condition is true, not while it is undefined."""
    return GateRule(dimension, max_level, questions, lambda marks: condition(marks) is True)


def turn_around(problem: Climb) -> Climb:
    """The same problem with dimensions and places listed backwards."""
    last = len(problem.slopes) - 1
    return Climb(
        slopes=tuple(replace(slope, places=slope.places[::-1]) for slope in problem.slopes[::-1]),
        gates=tuple(replace(rule, dimension=last - rule.dimension) for rule in problem.gates[::-1]),
        na_open=problem.na_open,
    )


@st.composite
def small_climbs(draw: st.DrawFn, most_places: int = 4) -> Climb:
    """Up to three dimensions, four places and two gates: few enough to try every set of steps."""
    count = draw(st.integers(1, most_places))
    orders = draw(st.permutations(range(count)))
    scores = draw(st.sampled_from([(0, 0, 1, 2), (1, 2, 3), (2, 3, 3, 4), (0, 1, 2, 3, 4)]))
    places = [draw(_places(f"q{order}", order, scores)) for order in orders]
    cuts = sorted(draw(st.sets(st.integers(1, count - 1), max_size=2))) if count > 1 else []
    bounds = [0, *cuts, count]
    slopes = tuple(
        slope(
            *places[start:end],
            weight=draw(st.sampled_from((5, 10, 15, 25, 40))),
            core=draw(st.booleans()),
        )
        for start, end in pairwise(bounds)
    )
    gates = draw(st.lists(_gates(len(slopes), count), max_size=2))
    return Climb(slopes, tuple(gates), draw(st.sampled_from((False, False, False, True))))


@st.composite
def _places(draw: st.DrawFn, question: str, order: int, scores: tuple[int, ...]) -> Place:
    state = draw(st.sampled_from(("answered", "answered", "answered", "unknown", "missing")))
    effort = st.sampled_from((1, 2, 4))
    return place(
        question,
        draw(st.sampled_from(scores)) if state == "answered" else None,
        order=order,
        weight=draw(st.integers(1, 3)),
        state=state,
        documented=state == "answered" and draw(st.booleans()),
        movable=draw(st.sampled_from((True, True, True, True, False))),
        costs=(1, draw(effort), draw(effort), 4),
    )


@st.composite
def _conditions(draw: st.DrawFn, question: str) -> Condition:
    return draw(st.sampled_from((is_unknown(question), *(below(question, bound) for bound in range(1, 5)))))


@st.composite
def _gates(draw: st.DrawFn, slopes: int, places: int) -> GateRule:
    """A gate on one or two questions, now and then on one that is no place."""
    questions = draw(st.lists(st.integers(0, places).map("q{}".format), min_size=2, max_size=2))
    first, second = (draw(_conditions(question)) for question in questions)
    joined = [join(first, second, decisive=decisive) for decisive in (True, False)]
    condition = draw(st.sampled_from((first, *joined)))
    dimension, max_level = draw(st.integers(0, slopes - 1)), draw(st.integers(0, 2))
    return gate(dimension, max_level, condition, *questions)


def list_large_climbs(level: int | None, *, real: bool, count: int, start: int = 0) -> list[Climb]:
    """The first seeded large climbs that stand at this level."""
    found: list[Climb] = []
    seed = start
    while len(found) < count:
        problem = make_large_climb(seed, level, real=real)
        if evaluate_climb(problem).level == level:
            found.append(problem)
        seed += 1
    return found


def make_large_climb(seed: int, level: int | None, *, real: bool) -> Climb:
    """A climb of 8 dimensions and 55 places; its level is often, not always, the one asked for.

    real: with the weights and sizes of the advanced circular questionnaire, else with any.
    """
    random = Random(seed)  # noqa: S311  # repeatable, not secret
    gaps = random.choice((0.3, 0.45, 0.6) if level is None else (0.0, 0.05, 0.1, 0.25, 0.4))
    orders = list(range(55))
    random.shuffle(orders)
    slopes = []
    for index, size in enumerate(REAL_SIZES if real else _draw_sizes(random)):
        places = [_draw_place(random, orders.pop(), level, gaps, real) for _ in range(size)]
        weight = REAL_WEIGHTS[index] if real else random.randint(3, 30)
        slopes.append(slope(*places, weight=weight, core=REAL_CORE[index]))
    gates = tuple(_draw_gate(random, slopes) for _ in range(random.randrange(4)))
    return Climb(tuple(slopes), gates, na_open=False)


def _draw_sizes(random: Random) -> list[int]:
    sizes = [2] * 8
    for _ in range(55 - sum(sizes)):
        sizes[random.randrange(8)] += 1
    return sizes


def _draw_place(random: Random, order: int, level: int | None, gaps: float, real: bool) -> Place:
    state = random.choices(("answered", "unknown", "missing"), (1 - gaps, 0.08, gaps))[0]
    is_answered = state == "answered"
    second, third = ((1, 1, 2), (1, 2, 2, 4)) if real else ((1, 2, 4), (1, 2, 4))
    return place(
        f"q{order}",
        random.choice(SCORES_NEAR_LEVEL[level]) if is_answered else None,
        weight=random.choice((1, 1, 2, 2, 2, 3)),
        state=state,
        documented=is_answered and random.random() < 0.2,
        movable=random.random() > 0.07,
        costs=(1, random.choice(second), random.choice(third), 4),
    )


def _draw_gate(random: Random, slopes: list[Slope]) -> GateRule:
    """A gate on a question of its own dimension, or on it and any other question."""
    dimension = random.randrange(8)
    own = random.choice(slopes[dimension].places).question
    other = random.choice(random.choice(slopes).places).question
    first, second = (below(question, random.randint(1, 3)) for question in (own, other))
    condition = random.choice((first, join(first, second, decisive=True)))
    return gate(dimension, random.randrange(3), condition, own, other)
