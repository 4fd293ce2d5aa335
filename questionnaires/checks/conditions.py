"""Conditions in their place: they can be read, their names exist and come earlier, no circle."""

from __future__ import annotations

from collections.abc import Iterator

from questionnaires.checks.references import entries_of, order_of
from questionnaires.condition_tree import AllOf, AnyOf, Comparison, Constant, Name, Node, Not, walk
from questionnaires.condition_types import Kind, NameKind, check_condition, fact_kinds, question_kinds
from questionnaires.conditions import names_in, parse_condition
from questionnaires.draft import Draft
from questionnaires.errors import ConditionError, Place
from questionnaires.model import option_ids

_FACT_KINDS: dict[str, Kind] = {"boolean": "boolean", "integer": "number", "text": "text"}


def check_conditions(draft: Draft) -> None:
    """Add a problem for every condition that cannot be used where it stands."""
    kinds = _name_kinds(draft)
    _check_facts(draft, kinds)
    _check_shown_if(draft, kinds)
    for id_, dimension in draft.dimensions.items():
        for at, gate in enumerate(dimension.gates):
            where = draft.place(f"dimensions/{id_}", "gates", at, "if")
            if _readable(draft, gate.condition, kinds, where):
                _check_gate(draft, gate.condition, where)
    for id_, rule in draft.contradictions.items():
        _readable(draft, rule.condition, kinds, draft.place(f"contradictions/{id_}", "if"))


def _name_kinds(draft: Draft) -> dict[str, NameKind]:
    kinds = fact_kinds(tuple(draft.facts.values()))
    questions = entries_of(draft)
    for entry in questions.values():
        kinds.update(question_kinds(entry, option_ids(entry)))
    for unit in draft.places:  # entries that are broken elsewhere still exist
        group, _, id_ = unit.partition("/")
        if group == "facts":
            kinds.setdefault(f"profile.{id_}", NameKind("unknown"))
        elif group == "questions" and id_ not in questions:
            kinds.update({f"{id_}.{field}": NameKind("unknown") for field in ("value", "score", "state")})
    return kinds


def _readable(
    draft: Draft, text: str, kinds: dict[str, NameKind], where: Place, wanted: Kind = "boolean"
) -> bool:
    findings = list(check_condition(text, kinds, wanted))
    for code, particulars in findings:
        draft.complain(where, code, **particulars)
    return not findings


def _check_facts(draft: Draft, kinds: dict[str, NameKind]) -> None:
    order = list(draft.facts)
    for id_, fact in draft.facts.items():
        for field in ("asked_if", "derived", "prefill"):
            text = getattr(fact, field)
            where = draft.place(f"facts/{id_}", field)
            wanted = "boolean" if field == "asked_if" else _FACT_KINDS[fact.kind]
            if text is None or not _readable(draft, text, kinds, where, wanted):
                continue
            for name in names_in(text):
                if name.subject != "profile":
                    draft.complain(where, "condition_only_facts", name=name.path)
                elif name.field in order and order.index(name.field) >= order.index(id_):
                    draft.complain(where, "condition_forward", name=name.path)


def _check_shown_if(draft: Draft, kinds: dict[str, NameKind]) -> None:
    questions, order = entries_of(draft), order_of(draft)
    circles = {id_: circle for circle in _circles(draft) for id_ in circle}
    for entry in questions.values():
        where = draft.place(f"questions/{entry.id}", "shown_if")
        if entry.shown_if is None or not _readable(draft, entry.shown_if, kinds, where):
            continue
        if entry.id in circles:
            circle = " -> ".join((*circles[entry.id], circles[entry.id][0]))
            draft.complain(where, "condition_cycle", circle=circle)
        for name in names_in(entry.shown_if):
            if name.subject not in questions:
                continue
            if order.get(name.subject, -1) > order.get(entry.id, -1) and entry.id not in circles:
                draft.complain(where, "condition_forward", name=name.path)
            if entry.depth == "basic" and questions[name.subject].depth == "advanced":
                draft.complain(where, "condition_depth", name=name.path)


def _circles(draft: Draft) -> list[tuple[str, ...]]:
    """Every circle of questions whose conditions name one another, each once."""
    names = {
        entry.id: [name.subject for name in _names(entry.shown_if)] for entry in entries_of(draft).values()
    }
    found: dict[frozenset[str], tuple[str, ...]] = {}
    for start in names:
        for circle in _ways_back(start, names):
            found.setdefault(frozenset(circle), circle)
    return list(found.values())


def _names(text: str | None) -> tuple[Name, ...]:
    try:
        return names_in(text) if text else ()
    except ConditionError:
        return ()


def _ways_back(start: str, names: dict[str, list[str]]) -> Iterator[tuple[str, ...]]:
    """The shortest way from a question back to itself, if there is one."""
    ways: list[tuple[str, ...]] = [(start,)]
    seen: set[str] = set()
    while ways:
        way = ways.pop(0)
        for other in names.get(way[-1], ()):
            if other == start:
                yield way
                return
            if other not in seen:
                seen.add(other)
                ways.append((*way, other))


def _check_gate(draft: Draft, text: str, where: Place) -> None:
    reason = _not_monotone(parse_condition(text))
    if reason:
        draft.complain(where, "gate_form", reason=reason)
    questions = entries_of(draft)
    for subject in dict.fromkeys(name.subject for name in names_in(text)):
        entry = questions.get(subject)
        if entry is not None and entry.allows_not_applicable:
            place = draft.place(f"questions/{entry.id}", "allows_not_applicable")
            draft.complain(place, "gate_not_applicable", id=entry.id)


def _not_monotone(node: Node) -> str | None:
    """Why a better answer could make the condition true; ``None`` when it cannot."""
    if _only_facts(node):
        return None
    match node:
        case AllOf(terms) | AnyOf(terms):
            return next((reason for term in terms if (reason := _not_monotone(term))), None)
        case Comparison("<" | "<=", Name() as name, Constant()) if name.field == "score":
            return None
        case Comparison("==", Name() as name, Constant("unknown")) if name.field == "state":
            return None
        case Not():
            return "! stands before an answer"
        case _:
            return "an answer is compared in another way"


def _only_facts(node: Node) -> bool:
    return all(part.subject == "profile" for part in walk(node) if isinstance(part, Name))
