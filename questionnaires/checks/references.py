"""What names something must name something that exists: sections, dimensions, indicators, advice."""

from __future__ import annotations

from itertools import chain

from questionnaires.documents import IndicatorEntry, QuestionEntry
from questionnaires.draft import Draft
from questionnaires.wording import hint

MAX_YES_NO_FACTS = 8

_WANTED_INPUTS = {
    "answer": "one number question",
    "weighted_share": "one table",
    "weighted_product": "one table",
    "material_circularity": "a table of inflows and a table of outflows",
    "productivity": "a table and a number question",
}
_INPUT_KINDS: dict[str, tuple[str, ...]] = {
    "answer": ("number",),
    "weighted_share": ("table",),
    "weighted_product": ("table",),
    "material_circularity": ("table", "table"),
    "productivity": ("table", "number"),
}


def check_references(draft: Draft) -> None:
    """Add a problem for every reference to something that is not there, and for what nothing uses."""
    _check_sections(draft)
    _check_dimensions(draft)
    _check_levels(draft)
    _check_facts(draft)
    _check_advice(draft)
    _check_indicators(draft)
    _check_computed(draft)


def entries_of(draft: Draft) -> dict[str, QuestionEntry]:
    """Every question that could be read, by id, in the order of the sections."""
    order = draft.head.sections if draft.head else tuple(draft.sections)
    pages = (draft.questions.get(id_, ()) for id_ in (*order, *draft.sections))
    return {entry.id: entry for entry in chain.from_iterable(pages)}


def order_of(draft: Draft) -> dict[str, int]:
    """The place of every question that could be read; empty when the order of sections is not known."""
    return {} if draft.head is None else {id_: at for at, id_ in enumerate(entries_of(draft))}


def _check_sections(draft: Draft) -> None:
    if draft.head is None:
        return
    there = [unit.partition("/")[2] for unit in draft.places if unit.startswith("sections/")]
    for at, id_ in enumerate(draft.head.sections):
        where = draft.place("questionnaire", "sections", at)
        if id_ not in there:
            draft.complain(where, "unknown_section", id=id_, hint=hint(id_, there), ids=", ".join(there))
        if id_ in draft.head.sections[:at]:
            first = f"place {draft.head.sections.index(id_) + 1}"
            draft.complain(where, "duplicate_id", id=id_, first=first)
    for id_ in there:
        if id_ not in draft.head.sections:
            listed = ", ".join(draft.head.sections)
            draft.complain(draft.place(f"sections/{id_}", "id"), "section_unlisted", id=id_, ids=listed)


def _check_dimensions(draft: Draft) -> None:
    known = [unit.partition("/")[2] for unit in draft.places if unit.startswith("dimensions/")]
    for id_, section in draft.sections.items():
        if section.dimension not in known:
            words = {"id": section.dimension, "hint": hint(section.dimension, known)}
            where = draft.place(f"sections/{id_}", "dimension")
            draft.complain(where, "unknown_dimension", **words, ids=", ".join(known))
    _check_empty_dimensions(draft)
    if len(draft.dimensions) == len(known) and "scoring" in draft.places:
        total = sum(dimension.weight for dimension in draft.dimensions.values())
        if total != 100:
            draft.complain(draft.place("scoring", "dimensions"), "weights_sum", sum=total)


def _check_empty_dimensions(draft: Draft) -> None:
    """Only where every section and question could be read: a broken one may be what is missing."""
    entries = entries_of(draft)
    broken = [unit for unit in draft.places if unit.startswith("questions/") and unit[10:] not in entries]
    if broken or len(draft.questions) > len(draft.sections):
        return
    pages = ((section, draft.questions[id_]) for id_, section in draft.sections.items())
    used = {section.dimension for section, page in pages if any(entry.weight > 0 for entry in page)}
    for id_ in draft.dimensions:
        if id_ not in used:
            draft.complain(draft.place(f"dimensions/{id_}"), "empty_dimension", id=id_)


def _check_levels(draft: Draft) -> None:
    missing = [level for level in "01234" if f"levels/{level}" not in draft.places]
    if missing:
        draft.complain(draft.place("scoring", "levels"), "levels_incomplete", missing=", ".join(missing))


def _check_facts(draft: Draft) -> None:
    asked = 0
    for id_, fact in draft.facts.items():
        if fact.derived is not None and fact.asked_if is not None:
            draft.complain(draft.place(f"facts/{id_}", "asked_if"), "derived_and_asked")
        asked += fact.kind == "boolean" and fact.derived is None
    if asked > MAX_YES_NO_FACTS:
        where = draft.place("questionnaire", "facts")
        draft.complain(where, "too_many_facts", count=asked, limit=MAX_YES_NO_FACTS)


def _check_advice(draft: Draft) -> None:
    for id_ in draft.advice:
        if f"questions/{id_}" not in draft.places:
            close = hint(id_, entries_of(draft))
            draft.complain(draft.place(f"advice/{id_}"), "unknown_question", id=id_, hint=close)


def _check_indicators(draft: Draft) -> None:
    questions = entries_of(draft)
    for id_, indicator in draft.indicators.items():
        kinds = _INPUT_KINDS[indicator.formula]
        if len(indicator.inputs) != len(kinds) or not _columns_fit(indicator):
            words = {"formula": indicator.formula, "wanted": _WANTED_INPUTS[indicator.formula]}
            draft.complain(draft.place(f"indicators/{id_}"), "indicator_inputs", **words)
            continue
        for at, (input_, kind) in enumerate(zip(indicator.inputs, kinds, strict=True)):
            where = draft.place(f"indicators/{id_}", "inputs", at)
            if f"questions/{input_}" not in draft.places:
                draft.complain(where, "unknown_question", id=input_, hint=hint(input_, questions))
            elif input_ in questions and questions[input_].kind != kind:
                found = questions[input_].kind
                draft.complain(where, "indicator_input_kind", id=input_, kind=found, wanted=kind)
            elif input_ in questions and kind == "table":
                _check_table_columns(draft, indicator, questions[input_], at)


def _columns_fit(indicator: IndicatorEntry) -> bool:
    """Whether the formula's columns are named: shares, the mass, and the two outflow shares."""
    if indicator.formula == "answer":
        return indicator.mass is None and not indicator.columns
    outflow = len(indicator.outflow_columns) == (2 if indicator.formula == "material_circularity" else 0)
    product = indicator.formula != "weighted_product" or len(indicator.columns) == 2
    return indicator.mass is not None and bool(indicator.columns) and outflow and product


def _check_table_columns(draft: Draft, indicator: IndicatorEntry, table: QuestionEntry, at: int) -> None:
    numbers = [column.id for column in table.columns if column.kind == "number"]
    wanted = indicator.columns if at == 0 else indicator.outflow_columns
    for id_ in (indicator.mass, *wanted):
        if id_ not in numbers:
            words = {"table": table.id, "id": id_, "ids": ", ".join(numbers)}
            draft.complain(draft.place(f"indicators/{indicator.id}"), "unknown_column", **words)


def _check_computed(draft: Draft) -> None:
    """A figure that comes from an indicator needs the indicator's inputs to come first."""
    questions, order = entries_of(draft), order_of(draft)
    for entry in questions.values():
        if entry.indicator is None:
            continue
        where = draft.place(f"questions/{entry.id}", "indicator")
        if f"indicators/{entry.indicator}" not in draft.places:
            known = ", ".join(draft.indicators)
            draft.complain(where, "unknown_indicator", id=entry.indicator, ids=known)
        indicator = draft.indicators.get(entry.indicator)
        for input_ in indicator.inputs if indicator else ():
            if input_ == entry.id:
                draft.complain(where, "indicator_cycle", id=entry.indicator)
            elif order.get(input_, -1) > order.get(entry.id, -1):
                draft.complain(where, "computed_order", indicator=entry.indicator, id=input_)
            elif entry.depth == "basic" and input_ in questions and questions[input_].depth == "advanced":
                draft.complain(where, "computed_depth", id=input_)
