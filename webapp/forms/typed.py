"""What stands in the inputs of one question, as text: taken from a form, or made to show an answer.

Field names: ``q.<question id>`` for the value, and after a dot ``status``, ``reason``, ``comment``,
``estimate``, ``version``, ``here``, ``row-<n>.<column>``, ``evidence-<n>-title`` (``-kind``, ``-date``).
``here`` says that the question stood on the form, and in which language its numbers are written: a
question without it is left untouched.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from questionnaires.values import Language

PREFIX = "q."
UNKNOWN = "__unknown"
NOT_APPLICABLE = "__not_applicable"
"""What stands for the two statuses in a group of radio buttons; no option is called so."""

Fields = Mapping[str, Sequence[str]]
"""The fields of one question: what follows its id (empty for the value) -> every value sent."""

NEW_EVIDENCE = "document"
"""The kind an empty line of evidence stands on."""

_ROW = re.compile(r"row-(0|[1-9][0-9]{0,3})\.([a-z0-9_]{1,60})")
_EVIDENCE = re.compile(r"evidence-(0|[1-9][0-9]{0,3})-(title|kind|date)")
_ONCE = ("reason", "comment", "estimate", "version", "here")


@dataclass(frozen=True, slots=True)
class TypedRow:
    """One row of a table; ``at`` is its number in the field names."""

    at: int
    cells: Mapping[str, str]

    @property
    def is_blank(self) -> bool:
        """Whether nothing is written in it."""
        return not any(cell.strip() for cell in self.cells.values())


@dataclass(frozen=True, slots=True)
class TypedEvidence:
    """One line of evidence; ``at`` is its number in the field names."""

    at: int
    title: str = ""
    kind: str = ""
    date: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether nothing is written in it; an empty line has a kind already."""
        return not self.title.strip() and not self.date.strip() and self.kind in ("", NEW_EVIDENCE)


@dataclass(frozen=True, slots=True)
class Typed:
    """The inputs of one question.

    ``values``: the choices, or the one text; ``statuses``: what is ticked beside it. ``repeated``:
    fields that came more than once where only one can be.
    """

    values: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    reason: str = ""
    comment: str = ""
    is_estimate: bool = False
    rows: tuple[TypedRow, ...] = ()
    evidence: tuple[TypedEvidence, ...] = ()
    repeated: tuple[str, ...] = field(default=())

    @property
    def value(self) -> str:
        """The one text, where there is only one."""
        return self.values[-1] if self.values else ""


def by_question(sent: Iterable[tuple[str, Sequence[str]]]) -> dict[str, Fields]:
    """The fields of every question that a form sent, by question id; other fields are passed over."""
    found: dict[str, dict[str, Sequence[str]]] = {}
    for name, values in sent:
        if name.startswith(PREFIX):
            section, _, rest = name[len(PREFIX) :].partition(".")
            question, _, part = rest.partition(".")
            found.setdefault(f"{section}.{question}", {})[part] = values
    return dict(found)


def typed_in(fields: Fields) -> Typed:
    """The inputs of one question from the fields of a form; never raises."""
    rows, evidence, repeated = _numbered(fields)
    repeated += [name for name in _ONCE if len(fields.get(name, ())) > 1]
    return Typed(
        values=tuple(fields.get("", ())),
        statuses=tuple(dict.fromkeys(status for status in fields.get("status", ()) if status)),
        reason=_last(fields, "reason"),
        comment=_last(fields, "comment"),
        is_estimate=_last(fields, "estimate") != "",
        rows=tuple(TypedRow(at, cells) for at, cells in sorted(rows.items())),
        evidence=tuple(TypedEvidence(at, **line) for at, line in sorted(evidence.items())),
        repeated=tuple(repeated),
    )


def _numbered(
    fields: Fields,
) -> tuple[dict[int, dict[str, str]], dict[int, dict[str, str]], list[str]]:
    """The cells of rows and of lines of evidence, and which of them came more than once."""
    rows: dict[int, dict[str, str]] = {}
    evidence: dict[int, dict[str, str]] = {}
    repeated: list[str] = []
    for name, values in fields.items():
        lines, found = rows, _ROW.fullmatch(name)
        if found is None:
            lines, found = evidence, _EVIDENCE.fullmatch(name)
        if found is not None and values:
            lines.setdefault(int(found[1]), {})[found[2]] = values[-1]
            repeated += [name] if len(values) > 1 else []
    return rows, evidence, repeated


def _last(fields: Fields, name: str) -> str:
    values = fields.get(name, ())
    return values[-1] if values else ""


def fields_of(id_: str, typed: Typed, version: int, language: Language) -> Iterator[tuple[str, str]]:
    """What a browser sends for these inputs, name by name."""
    name = f"{PREFIX}{id_}"
    yield f"{name}.here", language
    yield f"{name}.version", str(version)
    yield from ((name, value) for value in typed.values)
    yield from ((f"{name}.status", status) for status in typed.statuses)
    yield f"{name}.reason", typed.reason
    yield f"{name}.comment", typed.comment
    if typed.is_estimate:
        yield f"{name}.estimate", "yes"
    for row in typed.rows:
        yield from ((f"{name}.row-{row.at}.{column}", cell) for column, cell in row.cells.items())
    for line in typed.evidence:
        for part in ("title", "kind", "date"):
            yield f"{name}.evidence-{line.at}-{part}", getattr(line, part)
