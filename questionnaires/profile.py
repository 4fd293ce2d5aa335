"""The company's profile: what follows from the facts given, and which profiles can be told apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cache
from itertools import chain, product
from math import floor, prod
from typing import TypeAlias

from questionnaires.condition_tree import Comparison, Constant, Digits, In, ListOf, Name, Node, walk
from questionnaires.conditions import Names, Value, compile_condition, parse_condition
from questionnaires.model import Fact

ConstantValue: TypeAlias = bool | int | Decimal | str


def resolve_facts(facts: Iterable[Fact], given: Mapping[str, Value]) -> dict[str, Value]:
    """What ``profile.<fact>`` stands for, by dotted name; facts nobody knows are absent.

    A derived fact follows from its expression whatever was given. A boolean fact that is not
    asked is false, any other absent. Source: docs/scoring.md section 1.
    """
    names: dict[str, Value] = {}
    for fact in facts:
        value = given.get(fact.id)
        if fact.derived is not None:
            value = compile_condition(fact.derived)(names)
        elif fact.asked_if is not None and compile_condition(fact.asked_if)(names) is False:
            value = False if fact.kind == "boolean" else None
        if value is not None:
            names[f"profile.{fact.id}"] = value
    return names


class TooManyProfiles(Exception):
    """The conditions tell more profiles apart than can be walked through."""

    def __init__(self, count: int) -> None:
        self.count = count
        super().__init__(count)


def all_profiles(facts: tuple[Fact, ...], conditions: Iterable[str], limit: int) -> list[Names]:
    """Every complete profile that some condition tells from the others, resolved, each once.

    Booleans take both values, numbers the values around each constant they are compared with,
    texts each constant they are compared with. Raises TooManyProfiles beyond ``limit``.
    """
    texts = [*conditions, *(text for f in facts for text in (f.asked_if, f.derived) if text)]
    texts += [f"profile.{f.id} == {f.derived}" for f in facts if f.derived and _is_name(f.derived)]
    asked = [fact for fact in facts if fact.derived is None]
    choices = [_candidates(fact, facts, texts) for fact in asked]
    if (count := prod(len(values) for values in choices)) > limit:
        raise TooManyProfiles(count)
    found: dict[tuple[tuple[str, Value], ...], Names] = {}
    for values in product(*choices):
        names = resolve_facts(facts, dict(zip((fact.id for fact in asked), values, strict=True)))
        found.setdefault(tuple(sorted(names.items(), key=lambda item: item[0])), names)
    return list(found.values())


def _is_name(text: str) -> bool:
    return isinstance(parse_condition(text), Name)


def _candidates(fact: Fact, facts: tuple[Fact, ...], texts: list[str]) -> tuple[Value, ...]:
    name = f"profile.{fact.id}"
    constants = constants_of(name, texts)
    is_linked = len(_compared_with(name, texts)) > 1
    match fact.kind:
        case "boolean":
            return (False, True)
        case "integer":
            return tuple(_around([*constants, 0] if is_linked else constants)) or (1,)
        case "text":
            words = (*map(str, constants), *_cut_texts(name, facts, texts))
            return tuple(dict.fromkeys((*words, "-", "--") if is_linked else (*words, "-")))


def constants_of(name: str, texts: Iterable[str]) -> list[ConstantValue]:
    """The constants a name is compared with, also by way of other names, in order of appearance."""
    texts = list(texts)
    group = _compared_with(name, texts)
    pairs = chain.from_iterable(_comparisons(text) for text in texts)
    return [other.value for one, other in pairs if one in group and isinstance(other, Constant)]


def _compared_with(name: str, texts: Iterable[str]) -> set[str]:
    """The name and every name it is compared with, directly or by way of others."""
    links = [(one, other.path) for t in texts for one, other in _comparisons(t) if isinstance(other, Name)]
    group, before = {name}, 0
    while len(group) > before:
        before = len(group)
        group |= {other for one, other in links if one in group}
    return group


@cache
def _comparisons(text: str) -> tuple[tuple[str, Node], ...]:
    """Every name that is compared with something, or looked for in it, beside that; both ways round."""
    pairs: list[tuple[Node, Node]] = []
    for node in walk(parse_condition(text)):
        match node:
            case Comparison(_, left, right) | In(left, right):
                others = right.items if isinstance(right, ListOf) else (right,)
                pairs += [pair for other in others for pair in ((left, other), (other, left))]
    return tuple((one.path, other) for one, other in pairs if isinstance(one, Name))


def _around(constants: Iterable[ConstantValue]) -> Iterator[int]:
    numbers = [constant for constant in constants if not isinstance(constant, str)]
    values = {floor(number) + step for number in numbers for step in (-1, 0, 1)}
    yield from sorted(value for value in values if value >= 0)


def _cut_texts(name: str, facts: tuple[Fact, ...], texts: list[str]) -> Iterator[str]:
    """Texts from which a number that is cut out of them takes the values around its constants."""
    for fact in facts:
        node = parse_condition(fact.derived) if fact.derived else None
        if isinstance(node, Digits) and node.name.path == name:
            yield from _texts_to_cut(node, constants_of(f"profile.{fact.id}", texts))
    for node in chain.from_iterable(walk(parse_condition(text)) for text in texts):
        match node:
            case Comparison(_, Digits(Name(path)) as cut, Constant(value)) if path == name:
                yield from _texts_to_cut(cut, [value])
            case Comparison(_, Constant(value), Digits(Name(path)) as cut) if path == name:
                yield from _texts_to_cut(cut, [value])


def _texts_to_cut(cut: Digits, constants: Iterable[ConstantValue]) -> Iterator[str]:
    width = cut.end - cut.start
    for value in _around(constants):
        if len(str(value)) <= width:
            yield "0" * cut.start + str(value).zfill(width)
