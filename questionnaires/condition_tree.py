"""What a condition is once it has been read: frozen nodes, and ways over them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, TypeAlias

ComparisonOperator: TypeAlias = Literal["==", "!=", "<", "<=", ">", ">="]


@dataclass(frozen=True, slots=True)
class Constant:
    """A constant: boolean, whole or decimal number, text."""

    value: bool | int | Decimal | str


@dataclass(frozen=True, slots=True)
class Name:
    """``profile.<fact>`` or ``<question>.value|score|state``."""

    path: str

    @property
    def subject(self) -> str:
        """The question id, or ``profile``."""
        return self.path.rpartition(".")[0]

    @property
    def field(self) -> str:
        """``value``, ``score``, ``state``, or the fact's id."""
        return self.path.rpartition(".")[2]


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list of constants, only useful to the right of ``in``."""

    items: tuple[Constant, ...]


@dataclass(frozen=True, slots=True)
class Digits:
    """``int(<name>.substring(start, end))``: a whole number cut out of a text."""

    name: Name
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Not:
    """Negation."""

    operand: Node


@dataclass(frozen=True, slots=True)
class Comparison:
    """``==``, ``!=``, ``<``, ``<=``, ``>``, ``>=`` between two terms."""

    operator: ComparisonOperator
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class In:
    """Whether a constant or name is among the items of a list."""

    item: Node
    container: Node


@dataclass(frozen=True, slots=True)
class AllOf:
    """Terms joined by ``&&``."""

    terms: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Terms joined by ``||``."""

    terms: tuple[Node, ...]


Node: TypeAlias = Constant | Name | ListOf | Digits | Not | Comparison | In | AllOf | AnyOf


def parts_of(node: Node) -> tuple[Node, ...]:
    """The nodes right below a node."""
    match node:
        case AllOf(terms) | AnyOf(terms):
            return terms
        case Not(operand):
            return (operand,)
        case Comparison(_, left, right) | In(left, right):
            return (left, right)
        case Digits(name):
            return (name,)
        case ListOf(items):
            return items
        case Constant() | Name():
            return ()


def walk(node: Node) -> Iterator[Node]:
    """Every node of a condition, outermost first, in order of appearance."""
    waiting = [node]
    while waiting:
        first = waiting.pop()
        yield first
        waiting.extend(reversed(parts_of(first)))


def height(node: Node) -> int:
    """How many nodes stand on top of one another."""
    count, layer = 0, [node]
    while layer:
        count += 1
        layer = [part for above in layer for part in parts_of(above)]
    return count
