"""Each question by itself: the fields its kind takes, options, bundles, breakpoints, anchors, advice."""

from __future__ import annotations

from fnmatch import fnmatchcase
from itertools import pairwise

from questionnaires.documents import ColumnEntry, OptionEntry, QuestionEntry
from questionnaires.draft import Draft
from questionnaires.model import option_ids
from questionnaires.wording import hint

_NUMBER_FIELDS = ("breakpoints", "direction", "unit", "indicator", "minimum", "maximum")

FIELDS: dict[str, tuple[str, ...]] = {
    "single_choice": ("options", "anchors"),
    "multiple_choice": ("options", "bundles", "anchors"),
    "yes_no": ("yes_score", "no_score", "anchors"),
    "number": (*_NUMBER_FIELDS, "anchors"),
    "text": (),
    "date": (),
    "table": ("columns", "row_limits"),
    "computed": ("breakpoints", "direction", "unit", "indicator", "anchors"),
}
"""The fields a kind of question may have beyond those of every question."""

_OWN_FIELDS = tuple(dict.fromkeys(name for names in FIELDS.values() for name in names))

NEEDED: dict[str, tuple[str, ...]] = {
    "multiple_choice": ("options",),
    "table": ("columns", "help"),
    "computed": ("indicator", "help"),
    "number": ("help",),
}
NEEDED_WITH_WEIGHT: dict[str, tuple[str, ...]] = {
    "single_choice": ("evidence",),
    "multiple_choice": ("bundles", "anchors", "evidence"),
    "yes_no": ("yes_score", "no_score", "evidence"),
    "number": ("breakpoints", "direction", "anchors", "evidence"),
    "computed": ("breakpoints", "direction", "anchors"),
}
OPTION_FIELDS: dict[str, tuple[str, ...]] = {
    "single_choice": ("score",),
    "multiple_choice": ("exclusive", "not_with", "requires_any"),
}
"""What an option of this kind of question may have beside its id and text."""

UNSCORED = ("text", "date", "table")


def check_questions(draft: Draft) -> None:
    """Add a problem for everything wrong with a question by itself."""
    for section_id, page in draft.questions.items():
        section = draft.sections.get(section_id)
        for entry in page:
            if section is not None:
                _check_prefix(draft, entry, sorted({section_id, section.dimension}))
            _check_fields(draft, entry)
            _check_needed(draft, entry)
            _check_anchors(draft, entry)
            _check_options(draft, entry)
            _check_bundles(draft, entry)
            _check_numbers(draft, entry)
            _check_columns(draft, entry)
            _check_advice(draft, entry)


def _find(draft: Draft, entry: QuestionEntry, code: str, *loc: str | int, **words: object) -> None:
    draft.complain(draft.place(f"questions/{entry.id}", *loc), code, **words)


def _is_set(entry: QuestionEntry, name: str) -> bool:
    return getattr(entry, name) not in (None, ())


def _check_prefix(draft: Draft, entry: QuestionEntry, prefixes: list[str]) -> None:
    if entry.id.partition(".")[0] not in prefixes:
        _find(draft, entry, "prefix", "id", id=entry.id, ids=", ".join(prefixes))


def _check_fields(draft: Draft, entry: QuestionEntry) -> None:
    allowed = FIELDS[entry.kind]
    for name in _OWN_FIELDS:
        if _is_set(entry, name) and name not in allowed:
            fields = ", ".join(allowed) or "none of its own"
            _find(draft, entry, "field_not_for_kind", name, kind=entry.kind, field=name, fields=fields)
    if entry.kind in UNSCORED and entry.weight > 0:
        _find(draft, entry, "scored_kind", "weight", kind=entry.kind, weight=entry.weight)
    if entry.kind == "computed" and entry.allows_not_applicable:
        _find(draft, entry, "computed_not_applicable", "allows_not_applicable")


def _check_needed(draft: Draft, entry: QuestionEntry) -> None:
    needed = NEEDED.get(entry.kind, ())
    if entry.weight > 0:
        needed += NEEDED_WITH_WEIGHT.get(entry.kind, ())
    if entry.unit is not None:
        needed += ("unit_text",)
    for name in needed:
        if not _is_set(entry, name):
            _find(draft, entry, "field_needed", kind=entry.kind, field=name)


def _check_anchors(draft: Draft, entry: QuestionEntry) -> None:
    if entry.anchors is not None and len(entry.anchors) != 5:
        _find(draft, entry, "anchors_needed", "anchors")
    if entry.kind != "single_choice":
        return
    scored = [option for option in entry.options if option.score is not None]
    if entry.anchors is None and entry.weight > 0 and len(scored) != len(entry.options or (0,)):
        _find(draft, entry, "anchors_needed")
    if entry.anchors is None and not entry.options:
        _find(draft, entry, "field_needed", kind=entry.kind, field="anchors")
    if entry.anchors is not None and entry.options:
        _find(draft, entry, "anchors_or_options", "options")


def _check_options(draft: Draft, entry: QuestionEntry) -> None:
    ids = option_ids(entry)
    for at, option in enumerate(entry.options):
        if option.id in ids[:at]:
            first = f"option {ids.index(option.id) + 1}"
            _find(draft, entry, "duplicate_id", "options", at, "id", id=option.id, first=first)
        _check_option_fields(draft, entry, at, option)
        for other in option.not_with:
            if other not in ids or other == option.id:
                words = {"id": other, "hint": hint(other, ids), "ids": ", ".join(ids)}
                _find(draft, entry, "unknown_option", "options", at, "not_with", **words)
        for pattern in option.requires_any:
            _check_pattern(draft, entry, pattern, ("options", at, "requires_any"))


def _check_option_fields(draft: Draft, entry: QuestionEntry, at: int, option: OptionEntry) -> None:
    allowed = OPTION_FIELDS.get(entry.kind)
    if allowed is None:
        return
    for name in ("score", "exclusive", "not_with", "requires_any"):
        if getattr(option, name) not in (None, False, ()) and name not in allowed:
            words = {"kind": entry.kind, "field": name, "fields": ", ".join(allowed)}
            _find(draft, entry, "field_not_for_kind", "options", at, name, **words)


def _check_pattern(draft: Draft, entry: QuestionEntry, pattern: str, loc: tuple[str | int, ...]) -> None:
    if not any(fnmatchcase(id_, pattern) for id_ in option_ids(entry)):
        ids = ", ".join(option_ids(entry))
        _find(draft, entry, "bundle_matches_nothing", *loc, pattern=pattern, ids=ids)


def _check_bundles(draft: Draft, entry: QuestionEntry) -> None:
    if any(low.score >= high.score for high, low in pairwise(entry.bundles)):
        _find(draft, entry, "bundle_order", "bundles")
    for at, bundle in enumerate(entry.bundles):
        for pattern in bundle.of:
            _check_pattern(draft, entry, pattern, ("bundles", at, "of"))
        found = len({i for i in option_ids(entry) for p in bundle.of if fnmatchcase(i, p)})
        if 0 < found < bundle.at_least:
            _find(draft, entry, "bundle_too_few", "bundles", at, count=bundle.at_least, found=found)


def _check_numbers(draft: Draft, entry: QuestionEntry) -> None:
    points = entry.breakpoints
    if points and len(points) != 4:
        _find(draft, entry, "breakpoints_count", "breakpoints", count=len(points))
    falling = entry.direction == "lower_is_better"
    if any(first <= second if falling else first >= second for first, second in pairwise(points)):
        order = "descending" if falling else "ascending"
        _find(draft, entry, "breakpoints_order", "breakpoints", order=order)
    if entry.minimum is not None and entry.maximum is not None and entry.minimum > entry.maximum:
        _find(draft, entry, "limits_order", "minimum", minimum=entry.minimum, maximum=entry.maximum)


def _check_columns(draft: Draft, entry: QuestionEntry) -> None:
    ids = [column.id for column in entry.columns]
    for at, column in enumerate(entry.columns):
        if column.id in ids[:at]:
            first = f"column {ids.index(column.id) + 1}"
            _find(draft, entry, "duplicate_id", "columns", at, "id", id=column.id, first=first)
        _check_column_limits(draft, entry, at, column)
    numbers = [column.id for column in entry.columns if column.kind == "number"]
    for at, limit in enumerate(entry.row_limits):
        for id_ in limit.columns:
            if id_ not in numbers:
                words = {"table": entry.id, "id": id_, "ids": ", ".join(numbers)}
                _find(draft, entry, "unknown_column", "row_limits", at, **words)


def _check_column_limits(draft: Draft, entry: QuestionEntry, at: int, column: ColumnEntry) -> None:
    low = [limit for limit in (column.minimum, column.above) if limit is not None]
    if column.maximum is not None and low and max(low) > column.maximum:
        limits = {"minimum": max(low), "maximum": column.maximum}
        _find(draft, entry, "limits_order", "columns", at, **limits)
    for name in ("unit", "minimum", "maximum", "above"):
        if column.kind == "text" and getattr(column, name) is not None:
            _find(draft, entry, "column_not_number", "columns", at, name, field=name)


def _check_advice(draft: Draft, entry: QuestionEntry) -> None:
    advice = draft.advice.get(entry.id)
    if "advice" not in draft.places or (advice is None and f"advice/{entry.id}" in draft.places):
        return
    wanted = () if entry.weight == 0 else ("to_3",) if entry.depth == "advanced" else ("to_2", "to_3")
    for step in ("to_2", "to_3"):
        given = advice is not None and getattr(advice, step) is not None
        if step in wanted and not given:
            unit = f"advice/{entry.id}" if advice else f"questions/{entry.id}"
            draft.complain(draft.place(unit), "advice_missing", id=entry.id, step=step)
        if given and step not in wanted:
            steps = ", ".join(wanted) or "none: it has no weight"
            place = draft.place(f"advice/{entry.id}", step)
            draft.complain(place, "advice_needless", id=entry.id, step=step, steps=steps)
