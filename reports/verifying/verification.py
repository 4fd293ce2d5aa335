"""What comes of checking a report: what differs, what could not be checked, and the verdict, as values.

The figures and the pages are separate findings. The figures follow from the attachments or they do
not; pages may differ for honest reasons, so what is said of them names the reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal, TypeAlias

from assessment.jsontext import NumberText, Pairs
from questionnaires.errors import Loc, Problem, dotted

MAX_DIFFERENCES: Final = 1000
MAX_VALUE: Final = 1000

DifferenceKind: TypeAlias = Literal["changed", "added", "missing"]
"""Another value than recomputed, a key that does not belong there, or a key that is not there."""

PagesStatus: TypeAlias = Literal[
    "identical", "same", "differ", "other_program", "other_branding", "not_compared"
]
"""``identical``: the file, byte for byte, is what this program makes. ``same``: every page is.

``differ``: pages differ though program, renderer and look are the same. ``other_program``,
``other_branding``: pages differ, and the file says that it was made with others. ``not_compared``:
there is nothing to compare with, and ``reason`` says why.
"""


@dataclass(frozen=True, slots=True)
class Difference:
    """One value that is not what it should be. ``path`` is dotted; what is not there is None."""

    path: str
    report: object
    recomputed: object
    kind: DifferenceKind = "changed"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to be said: a key of the words of ``report verify``, or a mistake in an attached file."""

    code: str
    particulars: Mapping[str, object] = field(default_factory=dict)
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Pages:
    """How the pages compare. ``differing``: page numbers from 1; ``active``: entries for scripts and forms.

    ``made_with`` and ``here``: program and renderer as the file names them, and ours.
    """

    status: PagesStatus
    count: int = 0
    differing: tuple[int, ...] = ()
    active: tuple[str, ...] = ()
    reason: str | None = None
    made_with: str | None = None
    here: str | None = None


@dataclass(frozen=True, slots=True)
class Approved:
    """The result with the advisor's ratings, of a file that says an advisor has approved it."""

    level: int | None
    score: str | None


@dataclass(frozen=True, slots=True)
class Standing:
    """What was recomputed, for the reader to compare with the page. ``score``: exact text.

    ``approved``: None where the file says nothing of an approval. That there was one cannot be recomputed.
    """

    level: int | None = None
    score: str | None = None
    status: str | None = None
    id: str | None = None
    code: str | None = None
    questionnaire: str | None = None
    organisation: str | None = None
    period: str | None = None
    approved: Approved | None = None

    @property
    def is_known(self) -> bool:
        """Whether anything could be recomputed at all."""
        return self.questionnaire is not None


@dataclass(frozen=True, slots=True)
class Checked:
    """Everything found about one file. ``edition``: None where it is not known."""

    file: str
    edition: str | None = None
    standing: Standing = Standing()
    differences: tuple[Difference, ...] = ()
    pages: Pages = Pages("not_compared", reason="not_read")
    notes: tuple[Finding, ...] = ()
    errors: tuple[Finding, ...] = ()

    @property
    def is_verified(self) -> bool:
        """Whether nothing differs that should not, and everything needed could be read."""
        altered = self.pages.status == "differ" or bool(self.pages.active)
        return not (self.differences or self.errors or altered)


def compare(report: object, recomputed: object) -> tuple[Difference, ...]:
    """Every path where two JSON values differ, in the order of the recomputed one; the first 1000.

    Both hold plain values, ``report`` with numbers as :func:`plain` gives them.
    """
    found: list[Difference] = []
    for difference in _differences((), report, recomputed):
        if len(found) == MAX_DIFFERENCES:
            break
        found.append(difference)
    return tuple(found)


def plain(content: object) -> Any:
    """A parsed JSON value with whole numbers as numbers; other numbers keep their text."""
    match content:
        case NumberText() if content.lstrip("-").isdecimal() and len(content) < 19:
            return int(content) if str(int(content)) == content else content
        case dict():
            return {key: plain(value) for key, value in content.items()}
        case list():
            return [plain(item) for item in content]
        case _:
            return content


def keys_twice(content: object, loc: Loc = ()) -> Iterator[str]:
    """The dotted paths of keys that stand twice in one object."""
    items: Iterator[tuple[str | int, Any]] = iter(())
    if isinstance(content, Pairs):
        yield from (dotted((*loc, key)) for key in content.twice)
        items = iter(content.items())
    elif isinstance(content, list):
        items = iter(enumerate(content))
    for key, value in items:
        yield from keys_twice(value, (*loc, key))


def _differences(loc: Loc, report: Any, recomputed: Any) -> Iterator[Difference]:
    if isinstance(report, dict) and isinstance(recomputed, dict):
        yield from _of_objects(loc, report, recomputed)
    elif isinstance(report, list) and isinstance(recomputed, list):
        yield from _of_lists(loc, report, recomputed)
    elif type(report) is not type(recomputed) or report != recomputed:
        yield Difference(dotted(loc), _shortened(report), _shortened(recomputed))


def _of_objects(loc: Loc, report: dict[str, Any], recomputed: dict[str, Any]) -> Iterator[Difference]:
    for key, value in recomputed.items():
        if key in report:
            yield from _differences((*loc, key), report[key], value)
        else:
            yield Difference(dotted((*loc, key)), None, _shortened(value), "missing")
    for key, value in report.items():
        if key not in recomputed:
            yield Difference(dotted((*loc, key[:MAX_VALUE])), _shortened(value), None, "added")


def _of_lists(loc: Loc, report: list[Any], recomputed: list[Any]) -> Iterator[Difference]:
    both = min(len(report), len(recomputed))
    for at in range(both):
        yield from _differences((*loc, at), report[at], recomputed[at])
    for at, value in enumerate(recomputed[both:], both):
        yield Difference(dotted((*loc, at)), None, _shortened(value), "missing")
    for at, value in enumerate(report[both:], both):
        yield Difference(dotted((*loc, at)), _shortened(value), None, "added")


def _shortened(value: object) -> object:
    """A value as it may stand in a finding: long texts cut, objects and lists by what they hold."""
    match value:
        case str() if len(value) > MAX_VALUE:
            return value[:MAX_VALUE] + "…"
        case dict():
            return f"{{{', '.join(list(value)[:20])}}}"[:MAX_VALUE]
        case list():
            return f"[{len(value)}]"
        case _:
            return value
