"""For whom something is asked, in words: said only where the company can read it off its own facts.

Order: derived facts are replaced by what they follow from, negations moved inward, bounds of one fact joined;
then each term becomes a clause, or the whole cannot be said.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from questionnaires.condition_tree import (
    AllOf,
    AnyOf,
    Comparison,
    ComparisonOperator,
    Constant,
    Digits,
    Name,
    Node,
    Not,
)
from questionnaires.conditions import names_in, parse_condition
from questionnaires.model import Fact
from reports.formatting import Voice

_OPPOSITE: Mapping[ComparisonOperator, ComparisonOperator] = {
    "==": "!=",
    "!=": "==",
    "<": ">=",
    ">=": "<",
    ">": "<=",
    "<=": ">",
}
_LOWER, _UPPER = (">", ">="), ("<", "<=")


@dataclass(frozen=True, slots=True)
class Known:
    """What words can be found for. ``numbers``: where in the form each asked fact and question stands."""

    voice: Voice
    facts: Mapping[str, Fact]
    numbers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Said:
    """One term. ``verb``: the key of the sentence it goes into; ``fact``: named as the reader finds it."""

    verb: str
    fact: str
    value: str


def condition_words(text: str, known: Known) -> str | None:
    """A condition as a clause; None when it also looks at answers, or is too tangled for one sentence."""
    node = _plain(parse_condition(text), known)
    is_all = isinstance(node, AllOf)
    terms = node.terms if isinstance(node, AllOf | AnyOf) else (node,)
    merged = _with_ranges(terms) if is_all else terms
    said = [_said(term, terms if is_all else (), known) for term in merged]
    if None in said:
        return None
    found = [one for one in said if one is not None]
    yes = known.voice.words["value_yes"]
    if isinstance(node, AnyOf) and all(one.value == yes for one in found):
        return known.voice.say("any_yes", facts=", ".join(one.fact for one in found))
    return _joined(found, known.voice, known.voice.words["and" if is_all else "or"])


def places_named(text: str, known: Known) -> tuple[str, ...]:
    """The numbers in the form of the facts and questions a condition looks at, as far as they are asked."""
    names = (
        name.field if name.subject == "profile" else name.subject
        for term in names_in(text)
        for name in _asked_names(term, known)
    )
    return tuple(dict.fromkeys(known.numbers[name] for name in names if name in known.numbers))


def _asked_names(name: Name, known: Known) -> Iterable[Name]:
    fact = known.facts.get(name.field) if name.subject == "profile" else None
    if fact is None or fact.derived is None:
        return (name,)
    return [asked for inner in names_in(fact.derived) for asked in _asked_names(inner, known)]


def _joined(found: list[_Said], voice: Voice, word: str) -> str:
    """Clauses in a row; what is said of one fact in a row is one clause."""
    clauses = []
    for (verb, fact), group in groupby(found, key=lambda one: (one.verb, one.fact)):
        clauses.append(voice.say(verb, fact=fact, value=f" {word} ".join(one.value for one in group)))
    return f", {word} ".join(clauses)


def _plain(node: Node, known: Known) -> Node:
    """The condition over asked facts alone, with negations only right before names."""
    match node:
        case Name(path):
            fact = known.facts.get(node.field) if path.startswith("profile.") else None
            if fact is None or fact.derived is None:
                return node
            return _plain(parse_condition(fact.derived), known)
        case Not(operand):
            return _negated(_plain(operand, known))
        case Comparison(sign, left, right):
            return Comparison(sign, _plain(left, known), _plain(right, known))
        case AllOf(terms) | AnyOf(terms):
            kind = type(node)
            return kind(_flat(kind, (_plain(term, known) for term in terms)))
        case _:
            return node


def _flat(kind: type[AllOf] | type[AnyOf], terms: Iterable[Node]) -> tuple[Node, ...]:
    return tuple(inner for term in terms for inner in (term.terms if isinstance(term, kind) else (term,)))


def _negated(node: Node) -> Node:
    match node:
        case Not(operand):
            return operand
        case AllOf(terms):
            return AnyOf(tuple(_negated(term) for term in terms))
        case AnyOf(terms):
            return AllOf(tuple(_negated(term) for term in terms))
        case Comparison(sign, left, right):
            return Comparison(_OPPOSITE[sign], left, right)
        case _:
            return Not(node)


def _with_ranges(terms: tuple[Node, ...]) -> tuple[Node, ...]:
    """Terms with the lower and the upper bound of one thing, where they stand in a row, as one."""
    merged: list[Node] = []
    for term in terms:
        pair = (merged[-1], term) if merged else ()
        if _bounds(pair) is None:
            merged.append(term)
        else:
            merged[-1] = AllOf(pair)
    return tuple(merged)


def _bounds(pair: tuple[Node, ...]) -> tuple[int, int] | None:
    """The least and the greatest whole number two comparisons of one thing allow."""
    match pair:
        case (
            Comparison(lower, one, Constant(int(low))),
            Comparison(upper, other, Constant(int(high))),
        ) if one == other and lower in _LOWER and upper in _UPPER:
            return low + (lower == ">"), high - (upper == "<")
    return None


def _said(node: Node, beside: tuple[Node, ...], known: Known) -> _Said | None:
    """One term in words. ``beside``: what else must hold, so that a fact is known to be asked."""
    words = known.voice.words
    match node:
        case Name():
            return _about(node, "is", words["value_yes"], known)
        case Not(Name() as name):
            skips = _may_be_skipped(name, beside, known)
            return _about(name, "is", words["value_no_or_skipped" if skips else "value_no"], known)
        case Comparison(sign, left, Constant(value)) if not isinstance(value, bool):
            return _compared(sign, left, value, beside, known)
        case AllOf(terms) if (bounds := _bounds(terms)) is not None:
            return _range(terms[0], bounds, known)
    return None


def _compared(
    sign: ComparisonOperator, left: Node, value: int | Decimal | str, beside: tuple[Node, ...], known: Known
) -> _Said | None:
    """One comparison in words; not of a figure that may be skipped, since then the question is asked."""
    match left:
        case Name() if not _may_be_skipped(left, beside, known):
            figure = value if isinstance(value, str) else known.voice.quantity(value)
            return _about(left, "is", known.voice.say(f"value_{sign}", number=figure), known)
        case Digits(name, 0, end) if sign == "==" and isinstance(value, int):
            return _about(name, "starts_with", f"{value:0{end}}", known)
    return None


def _range(first: Node, bounds: tuple[int, int], known: Known) -> _Said | None:
    low, high = bounds
    match first:
        case Comparison(_, Name() as name, _):
            figures = (known.voice.quantity(figure) for figure in bounds)
            said = known.voice.say("value_range", **dict(zip(("low", "high"), figures, strict=True)))
            return _about(name, "is", said, known)
        case Comparison(_, Digits(name, 0, end), _):
            return _about(name, "starts_with", f"{low:0{end}}–{high:0{end}}", known)
    return None


def _about(name: Name, verb: str, value: str, known: Known) -> _Said | None:
    """What is said of an asked fact; None for an answer, or a fact the form does not ask for."""
    if name.subject != "profile" or name.field not in known.numbers:
        return None
    text = known.voice.texts[f"facts/{name.field}/text"]
    return _Said(verb, known.voice.say("fact_named", text=text, number=known.numbers[name.field]), value)


def _may_be_skipped(name: Name, beside: tuple[Node, ...], known: Known) -> bool:
    fact = known.facts.get(name.field)
    if fact is None or fact.asked_if is None:
        return False
    needed = _plain(parse_condition(fact.asked_if), known)
    return not all(term in beside for term in (needed.terms if isinstance(needed, AllOf) else (needed,)))
