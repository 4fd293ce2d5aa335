"""Made-up people for tests of seating, and the best seating of few people by looking at all of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations
from random import Random

from assessment.gathering.seats import Mode, Participant, Plan, Rule, Settings
from assessment.gathering.units import pairs_apart, present
from assessment.gathering.worth import Worth, worth

TOPICS = [f"q{number:02}" for number in range(12)]
MODES: tuple[Mode, ...] = ("shared_gaps", "complementary")


def person(
    id_: str,
    gaps: Mapping[str, int] | None = None,
    strengths: Mapping[str, int] | None = None,
    owner: str | None = None,
    *,
    leads: bool = False,
) -> Participant:
    """Somebody of a company of their own, unless another owner is named."""
    return Participant(id_, owner or f"owner_{id_}", leads, gaps or {}, strengths or {})


def apart(*ids: str) -> Rule:
    """These people at different tables."""
    return Rule("apart", frozenset(ids))


def together(*ids: str) -> Rule:
    """These people at one table."""
    return Rule("together", frozenset(ids))


def rivals(*owners: str) -> Rule:
    """The people of these owners at different tables."""
    return Rule("apart", frozenset(owners), "owners")


def chance(seed: int) -> Random:
    """The same choices each time."""
    return Random(seed)  # noqa: S311  # repeatable, not secret


def cohort(count: int, random: Random) -> list[Participant]:
    """People with gaps and strengths of their own, some of them colleagues, some facilitators."""
    return [
        Participant(
            id=f"p{number:03}",
            owner=f"o{random.randrange(max(1, count * 4 // 5)):03}",
            is_facilitator=random.random() < 0.15,
            **_profile(random),
            tags=frozenset(random.sample(["north", "south", "food", "metal"], 2)),
        )
        for number in range(count)
    ]


def _profile(random: Random) -> dict[str, dict[str, Fraction]]:
    topics = random.sample(TOPICS, random.randint(2, len(TOPICS)))
    turn = random.randint(0, len(topics))
    weights = {topic: Fraction(random.randint(1, 90), random.randint(1, 8)) for topic in topics}
    return {
        "gaps": {topic: weights[topic] for topic in topics[:turn]},
        "strengths": {topic: weights[topic] for topic in topics[turn:]},
    }


def rules_for(people: Sequence[Participant], random: Random) -> tuple[Rule, ...]:
    """A few rules about people and owners, which may contradict each other."""
    ids, owners = [p.id for p in people], sorted({p.owner for p in people})
    found = [apart(*random.sample(ids, min(len(ids), 2))) for _ in range(random.randrange(4))]
    found += [together(*random.sample(ids, min(len(ids), 2))) for _ in range(random.randrange(3))]
    found += [rivals(*random.sample(owners, min(len(owners), 3))) for _ in range(random.randrange(3))]
    return tuple(found)


def value(plan: Plan, people: Sequence[Participant], settings: Settings) -> int:
    """The sum over all pairs at the same table."""
    ordered = sorted(people, key=lambda p: p.id)
    index = {p.id: at for at, p in enumerate(ordered)}
    return _value([[index[id_] for id_ in table] for table in plan.tables], worth(ordered, settings))


def _value(tables: Sequence[Sequence[int]], pairs: Worth) -> int:
    return sum(pairs.pairs[one][other] for table in tables for one, other in combinations(table, 2))


def best_value(people: Sequence[Participant], settings: Settings) -> int | None:
    """The largest sum of all seatings that keep rules and sizes, by looking at each; None without one."""
    ordered = sorted(people, key=lambda p: p.id)
    pairs = worth(ordered, settings)
    fitting = (
        _value(tables, pairs)
        for tables in _partitions(len(ordered), settings.max_seats)
        if settings.tables in (None, len(tables))
        and all(len(table) >= settings.min_seats for table in tables)
        and _keeps(tables, ordered, settings.rules)
    )
    return max(fitting, default=None)


def _partitions(count: int, most: int) -> Iterator[list[list[int]]]:
    """Every way to seat people 0..count-1 at tables of at most so many."""
    if count == 0:
        yield []
        return
    for tables in _partitions(count - 1, most):
        for at, table in enumerate(tables):
            if len(table) < most:
                yield [*tables[:at], [*table, count - 1], *tables[at + 1 :]]
        yield [*tables, [count - 1]]


def _keeps(tables: Sequence[Sequence[int]], people: Sequence[Participant], rules: Sequence[Rule]) -> bool:
    at = {people[member].id: number for number, table in enumerate(tables) for member in table}
    for rule in rules:
        if rule.kind == "apart":
            if any(at[one.id] == at[other.id] for one, other in pairs_apart(rule, people)):
                return False
        elif len({at[p.id] for p in present(rule, people)}) > 1:
            return False
    return True
