"""What fits on one page: lines of text are counted and held to their count, so that nothing can overflow."""

from __future__ import annotations

from dataclasses import dataclass

LINE = 42
"""The height of one line of text, in tenths of a mm as all heights here; the sheet's style has the same."""

_EM = 3.3
"""The size of the sheet's type in mm: 9 points, and a little more, to be on the safe side."""

_WIDE = 1.0
_RAGGED = 6.0
"""What the end of a line may leave empty because the next word does not fit, in ems."""

_EMS = {
    sign: ems
    for ems, signs in (
        (0.2, " "),
        (0.35, "ijl|I',.:;!()[]{}-/ftr\u00a0"),
        (0.5, 'szxcvyaegkJYFLTS?*0123456789"«»“”’–$+<=>_#'),
        (0.6, "houbndpqøåäöüéèòôóEABCDGKPRVXZØÅ&"),
        (0.75, "HNUOQwM"),
        (0.85, "mæWÆ%@"),
    )
    for sign in signs
}
"""How wide letters are at most, in ems; what is not here is as wide as it is high."""

GAP = 20
"""What stands above and below an entry of a list or a row of a table."""


@dataclass(frozen=True, slots=True)
class Wish:
    """Entries that would like a place, the most important first.

    ``lines``: how many each takes. ``sure``: how many get a place before any list gets more; ``most``: at
    most so many get one. ``head``: the height of what stands around them if there are any.
    """

    lines: tuple[int, ...]
    sure: int
    most: int
    head: int = 0

    def height(self, at: int) -> int:
        """What one more entry takes when there are so many already."""
        return self.lines[at] * LINE + GAP + (self.head if at == 0 else 0)


def lines_needed(text: str, width: float, most: int) -> int:
    """How many lines a text takes in a width in mm, 1 to ``most``; rather one too many than one too few."""
    ems = sum(_EMS.get(sign, _WIDE) for sign in text)
    lines, whole = 1, width / _EM
    while ems > whole and lines < most:
        lines, ems = lines + 1, ems - (whole - _RAGGED)
    return lines


def wrapped(text: str, width: float) -> int | None:
    """How many lines a text takes in a width in ems, whole words alone; None where a word is too long."""
    lines, left = 0, 0.0
    for word in text.split(" "):
        ems = sum(_EMS.get(sign, _WIDE) for sign in word)
        if ems > width:
            return None
        if not lines or ems + _EMS[" "] > left:
            lines, left = lines + 1, width - ems
        else:
            left -= ems + _EMS[" "]
    return lines


def fit(room: int, *wishes: Wish) -> tuple[int, ...]:
    """How many entries of each list have room in a height.

    Each list gets its sure places first, in order; then each gets one more in turn for as long as there is
    room. An entry without room ends its list.
    """
    counts = [0] * len(wishes)
    for at, wish in enumerate(wishes):
        for _ in range(wish.sure):
            room -= _place(wish, counts, at, room)
    has_moved = True
    while has_moved:
        before = tuple(counts)
        for at, wish in enumerate(wishes):
            room -= _place(wish, counts, at, room)
        has_moved = before != tuple(counts)
    return tuple(counts)


def _place(wish: Wish, counts: list[int], at: int, room: int) -> int:
    """Give a list one more place if there is room; the height it takes, 0 where there is none."""
    count = counts[at]
    if count >= min(wish.most, len(wish.lines)) or (height := wish.height(count)) > room:
        return 0
    counts[at] += 1
    return height
