"""The gates that stand in the way of an aim, checked as soon as all they depend on is decided.

A gate matters only while its ceiling is below what its dimension needs and the dimension has a
score. It then depends on its members: the movable places it names and, where the dimension has no
score today, whether it gets one. While a gate is open, what its members have become is carried
along as traces; everything else may be forgotten.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from assessment.advice.aim import Aim
from assessment.advice.climb import Climb, GateRule, Mark, Slope

Traces: TypeAlias = tuple[tuple[str, Mark], ...]
"""What the decided members of open gates have become, in the order they were decided."""
NO_TRACES: Traces = ()
WORK_PER_GATE = 20
"""Label operations that take about as long as checking one gate."""


def name_slope(slope: Slope) -> str:
    """The member that stands for "the dimension has a score"; unlike the id of any question."""
    return f"dimension {slope.dimension}"


def mark_slope(is_scored: bool) -> Mark:
    """What the member of a dimension has become."""
    return ("answered" if is_scored else "missing", None)


@dataclass(frozen=True, slots=True)
class WatchedGate:
    """A gate that matters, the name of the dimension it caps, and its members."""

    rule: GateRule
    slope_name: str
    members: frozenset[str]

    def binds(self, today: Mapping[str, Mark], known: Mapping[str, Mark]) -> bool:
        """Whether the gate stands in the way; known: what its members have become."""
        if known.get(self.slope_name) == mark_slope(is_scored=False):
            return False
        changed = {name: mark for name, mark in known.items() if name in today}
        return self.rule.fires({**today, **changed})


@dataclass(frozen=True, slots=True)
class Watch:
    """The gates that matter, all their members, and today's marks of all places."""

    gates: tuple[WatchedGate, ...]
    members: frozenset[str]
    today: Mapping[str, Mark]

    @property
    def work(self) -> int:
        """The operations that settling counts for."""
        return 1 + WORK_PER_GATE * len(self.gates)

    def find_members(self, slope: Slope) -> frozenset[str]:
        """The members that one dimension decides."""
        names = {name_slope(slope), *(place.question for place in slope.places)}
        return self.members & names

    def settle(self, traces: Traces, decided: frozenset[str]) -> Traces | None:
        """The traces still needed once these members are decided; None where a gate binds.

        A gate whose traces are gone already has been settled before.
        """
        known = dict(traces)
        needed: set[str] = set()
        for gate in self.gates:
            if not gate.members <= decided:
                needed |= gate.members
            elif gate.members <= known.keys() and gate.binds(self.today, known):
                return None
        return tuple(trace for trace in traces if trace[0] in needed)


def watch_gates(climb: Climb, aim: Aim) -> Watch:
    """The gates of a climb that could keep it from the aim."""
    places = {place.question: place for slope in climb.slopes for place in slope.places}
    movable = frozenset(question for question, place in places.items() if place.movable)
    gates = tuple(
        _watch_gate(gate, climb.slopes[gate.dimension], movable)
        for gate in climb.gates
        if _matters(gate, climb.slopes[gate.dimension], aim)
    )
    members = frozenset(member for gate in gates for member in gate.members)
    return Watch(gates, members, {question: place.mark for question, place in places.items()})


def _matters(gate: GateRule, slope: Slope, aim: Aim) -> bool:
    can_score = slope.is_scored or any(place.movable for place in slope.places)
    return can_score and gate.max_level < aim.get_need(slope)


def _watch_gate(gate: GateRule, slope: Slope, movable: frozenset[str]) -> WatchedGate:
    name = name_slope(slope)
    members = movable.intersection(gate.questions)
    return WatchedGate(gate, name, members if slope.is_scored else members | {name})
