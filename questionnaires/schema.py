"""Plain values against a model, with every mistake as a problem that has a line.

Translates Pydantic's findings into the sentences of :mod:`questionnaires.messages`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from questionnaires.errors import Loc, Problem
from questionnaires.values import NOT_BLANK
from questionnaires.wording import hint, kind_of
from questionnaires.yamlfile import YamlFile

Entry = TypeVar("Entry", bound=BaseModel)
Particulars = tuple[str, dict[str, object]]

MAX_FINDINGS = 50

_WANTED = {
    "string": "text (in quotes if it looks like a number)",
    "int": "a whole number",
    "bool": "true or false",
    "decimal": "a number",
    "tuple": "a list",
    "dict": "a mapping",
    "model": "a mapping",
}


def parse_entry(model: type[Entry], data: Any, file: YamlFile, loc: Loc, into: list[Problem]) -> Entry | None:
    """The entry at ``loc`` of a file, or ``None`` with its problems added to ``into``.

    An entry with a part that the reader of the file refused is ``None`` too, without a further problem.
    """
    try:
        entry = model.model_validate(data)
    except ValidationError as error:
        findings = error.errors(include_url=False)
        for finding in findings[:MAX_FINDINGS]:
            inner = tuple(part for part in finding["loc"] if part != "[key]")
            if not file.is_refused(loc + inner):
                code, particulars = _translate(model, finding)
                into.append(Problem(file.place(loc + inner), code, particulars))
        if len(findings) > MAX_FINDINGS:
            into.append(Problem(file.place(loc), "too_many_problems", {"limit": MAX_FINDINGS}))
        return None
    depth = len(loc)
    inside = (part[depth] for part in file.refused if part[:depth] == loc and len(part) > depth)
    return None if file.is_refused(loc) or any(part in data for part in inside) else entry


def _translate(model: type[BaseModel], finding: ErrorDetails) -> Particulars:
    kind = finding["type"]
    if kind == "extra_forbidden":
        keys = _keys_at(model, finding["loc"][:-1])
        key = finding["loc"][-1]
        return "unknown_key", {"key": key, "hint": hint(key, keys), "allowed_keys": ", ".join(keys)}
    if kind == "missing":
        return "missing_key", {"key": finding["loc"][-1]}
    if kind == "literal_error":
        return _not_one_of(finding)
    family = kind.partition("_")[0]
    if kind.endswith(("_type", "_parsing")) and family in _WANTED:
        found = kind_of(finding["input"])
        return "wrong_type", {"wanted": _WANTED[family], "found": found}
    return _limits(finding)


def _not_one_of(finding: ErrorDetails) -> Particulars:
    choices = finding["ctx"]["expected"].replace("'", "").replace(" or ", ", ")
    value = str(finding["input"])[:80]
    return "not_one_of", {"value": value, "choices": choices, "hint": hint(value, choices.split(", "))}


def _pattern(ctx: dict[str, Any]) -> Particulars:
    if ctx["pattern"] == NOT_BLANK:
        return "bad_length", {"wanted": "some text"}
    return "bad_pattern", {"wanted": f"the pattern {ctx['pattern']}"}


_LIMITS: dict[str, Callable[[dict[str, Any]], Particulars]] = {
    "string_pattern_mismatch": _pattern,
    "string_too_short": lambda _: ("bad_length", {"wanted": "some text"}),
    "string_too_long": lambda ctx: ("bad_length", {"wanted": f"at most {ctx['max_length']} characters"}),
    "too_short": lambda ctx: ("bad_length", {"wanted": f"at least {ctx['min_length']}"}),
    "too_long": lambda ctx: ("bad_length", {"wanted": f"at most {ctx['max_length']}"}),
    "greater_than_equal": lambda ctx: ("out_of_range", {"wanted": f"{ctx['ge']} or more"}),
    "less_than_equal": lambda ctx: ("out_of_range", {"wanted": f"{ctx['le']} or less"}),
    "decimal_max_digits": lambda ctx: ("out_of_range", {"wanted": f"at most {ctx['max_digits']} digits"}),
    "decimal_max_places": lambda ctx: (
        "out_of_range",
        {"wanted": f"at most {ctx['decimal_places']} decimals"},
    ),
    "decimal_whole_digits": lambda ctx: ("out_of_range", {"wanted": f"at most {ctx['whole_digits']} digits"}),
    "finite_number": lambda _: ("out_of_range", {"wanted": "a finite number"}),
}


def _limits(finding: ErrorDetails) -> Particulars:
    known = _LIMITS.get(finding["type"])
    if known is None:
        return "invalid", {"reason": finding["msg"]}
    code, particulars = known(finding.get("ctx", {}))
    return code, {"value": str(finding["input"])[:80], **particulars}


def _keys_at(model: type[BaseModel], loc: tuple[int | str, ...]) -> list[str]:
    """The keys the model at this place knows."""
    current: type[BaseModel] = model
    for part in loc:
        field = next((f for name, f in current.model_fields.items() if part in (name, f.alias)), None)
        if field is not None:
            current = _model_within(field.annotation) or current
    return [field.alias or name for name, field in current.model_fields.items()]


def _model_within(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _model_within(part))), None)
