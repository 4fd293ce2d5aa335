"""Conditions: a small subset of CEL, read into a frozen tree and compiled into closures.

``||``, ``&&``, ``!``, comparisons, ``in``, literals, dotted names, and for derived facts
``int(profile.<text fact>.substring(start, end))``. Names are ``profile.<fact>`` and
``<question>.value|score|state``. A name that stands for nothing makes its comparison *undefined*
(``None`` here, an error in CEL), and the connectives pass undefined on as CEL passes an error:
``false && undefined`` is false, ``true || undefined`` is true, otherwise undefined.
Source: docs/scoring.md section 1.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any, TypeAlias

from questionnaires.condition_tree import (
    AllOf,
    AnyOf,
    Comparison,
    Constant,
    Digits,
    In,
    ListOf,
    Name,
    Node,
    Not,
    height,
    walk,
)
from questionnaires.errors import ConditionError

Value: TypeAlias = bool | int | Decimal | Fraction | str | tuple[str, ...]
"""What a name can stand for. Numbers compare exactly, whatever their type."""

Names: TypeAlias = Mapping[str, Value]
"""What is known, by dotted name; a name that is missing is undefined."""

Evaluate: TypeAlias = Callable[[Names], Value | None]

MAX_LENGTH = 1000
MAX_NESTING = 40


@cache
def parse_condition(text: str) -> Node:
    """Read a condition. Raises ConditionError with the column where it stops making sense."""
    from questionnaires.condition_parser import parse  # lark: only where it is used

    if len(text) > MAX_LENGTH:
        raise ConditionError(f"a condition is at most {MAX_LENGTH} characters long")
    node = parse(text)
    if height(node) > MAX_NESTING:
        raise ConditionError(f"a condition is nested at most {MAX_NESTING} deep")
    return node


def names_in(text: str) -> tuple[Name, ...]:
    """The names a condition uses, in order of appearance, each once."""
    return tuple(dict.fromkeys(node for node in walk(parse_condition(text)) if isinstance(node, Name)))


_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


@cache
def compile_condition(text: str) -> Evaluate:
    """A function from what is known to the condition's value; ``None`` is undefined.

    The text must have passed ``check_condition``: operands of unlike kinds are not looked for here.
    """
    return _compile(parse_condition(text))


def answer_terms(text: str) -> tuple[tuple[str, Evaluate], ...]:
    """Every comparison of a condition that looks at an answer, with the question it looks at."""
    return tuple(
        (name.subject, _compile(node))
        for node in walk(parse_condition(text))
        if isinstance(node, Comparison)
        for name in (node.left, node.right)
        if isinstance(name, Name) and name.subject != "profile"
    )


def _compile(node: Node) -> Evaluate:
    match node:
        case AllOf(terms):
            return _compile_joined([_compile(term) for term in terms], decided_by=False)
        case AnyOf(terms):
            return _compile_joined([_compile(term) for term in terms], decided_by=True)
        case Not(operand):
            return _compile_not(_compile(operand))
        case Comparison():
            return _compile_comparison(node)
        case In(item, container):
            return _compile_in(_compile(item), _compile(container))
        case Constant() | ListOf() | Name() | Digits():
            return _compile_leaf(node)


def _compile_leaf(node: Constant | ListOf | Name | Digits) -> Evaluate:
    match node:
        case Name(path):
            return lambda names: names.get(path)
        case Digits():
            return _compile_digits(node)
        case Constant(value):
            return lambda _: value
        case ListOf(items):
            constants = tuple(item.value for item in items)
            return lambda _: constants  # type: ignore[return-value]  # read by `in` alone


def _compile_digits(node: Digits) -> Evaluate:
    path, start, end = node.name.path, node.start, node.end

    def digits(names: Names) -> Value | None:
        text = names.get(path)
        if not isinstance(text, str) or len(text) < end:
            return None
        cut = text[start:end]
        return int(cut) if cut.isascii() and cut.isdigit() else None

    return digits


def _compile_not(operand: Evaluate) -> Evaluate:
    def negated(names: Names) -> Value | None:
        value = operand(names)
        return None if value is None else not value

    return negated


def _compile_comparison(node: Comparison) -> Evaluate:
    compare = _COMPARE[node.operator]
    left, right = _compile(node.left), _compile(node.right)
    if isinstance(node.left, Name) and isinstance(node.right, Constant):
        path, constant = node.left.path, node.right.value

        def with_constant(names: Names) -> Value | None:
            value = names.get(path)
            return None if value is None else compare(value, constant)

        return with_constant

    def compared(names: Names) -> Value | None:
        first, second = left(names), right(names)
        return None if first is None or second is None else compare(first, second)

    return compared


def _compile_in(item: Evaluate, container: Evaluate) -> Evaluate:
    def contained(names: Names) -> Value | None:
        wanted, items = item(names), container(names)
        return None if wanted is None or items is None else wanted in items  # type: ignore[operator]

    return contained


def _compile_joined(terms: list[Evaluate], *, decided_by: bool) -> Evaluate:
    """``&&`` is decided by a false term, ``||`` by a true one; else undefined wins."""

    def joined(names: Names) -> Value | None:
        undefined = False
        for term in terms:
            value = term(names)
            if value is decided_by:
                return decided_by
            if value is None:
                undefined = True
        return None if undefined else not decided_by

    return joined
