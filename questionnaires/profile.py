"""The company's profile: what follows from the facts given, and which profiles can be told apart."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from itertools import product

from questionnaires.conditions import (
    Comparison,
    Digits,
    Literal_,
    Name,
    Names,
    Value,
    compile_condition,
    parse_condition,
    walk,
)
from questionnaires.model import Fact


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
    asked = [fact for fact in facts if fact.derived is None]
    choices = [_candidates(fact, facts, texts) for fact in asked]
    if (count := math.prod(len(values) for values in choices)) > limit:
        raise TooManyProfiles(count)
    found: dict[tuple[tuple[str, Value], ...], Names] = {}
    for values in product(*choices):
        names = resolve_facts(facts, dict(zip((fact.id for fact in asked), values, strict=True)))
        found.setdefault(tuple(sorted(names.items(), key=lambda item: item[0])), names)
    return list(found.values())


def _candidates(fact: Fact, facts: tuple[Fact, ...], texts: list[str]) -> tuple[Value, ...]:
    name = f"profile.{fact.id}"
    if fact.kind == "boolean":
        return (False, True)
    if fact.kind == "integer":
        return tuple(_around(constants_of(name, texts))) or (1,)
    words = [str(word) for word in constants_of(name, texts)]
    return (*dict.fromkeys((*words, *_cut_texts(name, facts, texts))), "-")


def constants_of(name: str, texts: Iterable[str]) -> list[int | str]:
    """The constants a name is compared with, in order of appearance."""
    found: list[int | str] = []
    for text in texts:
        for node in walk(parse_condition(text)):
            if isinstance(node, Comparison) and Name(name) in (node.left, node.right):
                other = node.right if node.left == Name(name) else node.left
                if isinstance(other, Literal_):
                    found.append(other.value)  # type: ignore[arg-type]  # checked: int or str
    return found


def _around(constants: Iterable[int | str]) -> Iterator[int]:
    values = {int(constant) + step for constant in constants for step in (-1, 0, 1)}
    yield from sorted(value for value in values if value >= 0)


def _cut_texts(name: str, facts: tuple[Fact, ...], texts: list[str]) -> Iterator[str]:
    """Texts from which a derived number takes the values around its constants."""
    for fact in facts:
        node = parse_condition(fact.derived) if fact.derived else None
        if isinstance(node, Digits) and node.name.path == name:
            width = node.end - node.start
            for value in _around(constants_of(f"profile.{fact.id}", texts)):
                if len(str(value)) <= width:
                    yield "0" * node.start + str(value).zfill(width)
