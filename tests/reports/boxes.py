"""What the renderer laid out, before it is drawn."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

HEADINGS = ("h1", "h2", "h3", "h4")


def boxes(box: Any) -> list[Any]:
    """A box and all boxes in it."""
    return [box, *(inner for child in getattr(box, "children", ()) for inner in boxes(child))]


def of_class(page: Any, name: str) -> list[Any]:
    """The boxes of a page whose element has a class."""
    return [one for one in boxes(page._page_box) if name in _classes(one)]


def lines_of(page: Any, name: str) -> list[str]:
    """What is drawn of each element with a class, its lines joined."""
    found: dict[int, list[str]] = {}
    for one in of_class(page, name):
        if hasattr(one, "text"):
            found.setdefault(id(one.element), []).append(one.text.strip())
    return [" ".join(lines) for lines in found.values()]


def foot_of(box: Any) -> float:
    """How far down a box reaches, in CSS pixels."""
    return float(box.position_y + box.margin_height() - box.margin_bottom)


def below(outer: Any, inner: Iterable[Any]) -> list[Any]:
    """The boxes that reach below the foot of another, by more than a hair."""
    return [one for one in inner if foot_of(one) > foot_of(outer) + 0.1]


def lonely_headings(pages: Iterable[Any]) -> list[str]:
    """Headings after which nothing more stands on their page; the last page aside."""
    found = []
    for page in [*pages][:-1]:
        seen = [box for box in boxes(page.children[0]) if _is_seen(box)]
        if seen and seen[-1].element_tag in HEADINGS:
            found.append(seen[-1].text)
    return found


def torn_rows(pages: Iterable[Any]) -> int:
    """Rows of table bodies that stand on more than one page."""
    seen: dict[int, set[int]] = {}
    for number, page in enumerate(pages):
        for group in boxes(page):
            if group.element_tag == "tbody":
                for row in (box for box in boxes(group) if box.element_tag == "tr"):
                    seen.setdefault(id(row.element), set()).add(number)
    return sum(len(numbers) > 1 for numbers in seen.values())


def _is_seen(box: Any) -> bool:
    """Whether a box is text, or an empty line to write on."""
    has_line = box.element_tag == "div" and not box.children and box.border_bottom_width > 0
    return bool(getattr(box, "text", "").strip()) or has_line


def _classes(box: Any) -> list[str]:
    element = getattr(box, "element", None)
    return [] if element is None else (element.get("class") or "").split()
