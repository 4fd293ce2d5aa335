"""Long lists a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import TypeVar

T = TypeVar("T")


def paged(lines: Sequence[T], page: int, size: int) -> tuple[tuple[T, ...], int, int]:
    """The lines of a page, which page it is, and how many there are; beyond the last page is the last."""
    pages = max(1, ceil(len(lines) / size))
    at = min(max(1, page), pages)
    return tuple(lines[(at - 1) * size : at * size]), at, pages
