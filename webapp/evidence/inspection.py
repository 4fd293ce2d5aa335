"""Whether a file may come in, and what is kept of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from webapp.evidence.judging import Judged, judge_limited
from webapp.evidence.kinds import FileKind, is_promised
from webapp.evidence.names import ending_of, safe_name, shown_name
from webapp.evidence.problems import FileRefused
from webapp.settings import MEGABYTE

MAX_MB: Final = 20


@dataclass(frozen=True, slots=True)
class Accepted:
    """A file that may be kept. ``name``: safe to show and to save under; ``content``: the bytes to keep."""

    kind: FileKind
    name: str
    content: bytes


def inspect_file(
    name: str, content: bytes, max_mb: int = MAX_MB, judge: Callable[[bytes], Judged] = judge_limited
) -> Accepted:
    """What to keep of a file that somebody sent, under the name they gave it.

    Its type is what its content says; what a browser said of it is not asked for. Raises FileRefused,
    with ``name`` and what the words of the code need beside it.
    """
    shown = shown_name(name) or "–"
    if not content:
        raise FileRefused("empty" if name else "missing", name=shown)
    if len(content) > max_mb * MEGABYTE:
        raise FileRefused("too_large", name=shown, limit=max_mb)
    try:
        judged = judge(content)
    except FileRefused as refused:
        raise FileRefused(refused.code, **{**refused.parts, "name": shown}) from refused
    if not is_promised(judged.kind, ending_of(name)):
        raise FileRefused(
            "unknown_type" if judged.kind == "csv" else "name_differs", name=shown, kind=judged.kind.upper()
        )
    return Accepted(judged.kind, safe_name(name, judged.kind), judged.remade or content)
