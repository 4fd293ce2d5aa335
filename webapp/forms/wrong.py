"""What is wrong with something typed, before it is known in which field it stood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Wrong:
    """One mistake: ``code`` names its sentence (``forms.problem.<code>``), ``parts`` fill it.

    A part that is a ``Decimal`` is written as the reader's language writes numbers.
    """

    code: str
    parts: Mapping[str, object] = field(default_factory=dict)


def quoted(text: str) -> str:
    """What somebody typed as a message repeats it: one short line that can be printed."""
    line = "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in text.strip())
    return line if len(line) <= 40 else line[:39] + "…"
