"""Points in a plane of which only those beaten by no other are kept."""

from bisect import bisect_left


class Staircase:
    """The points with nothing both as far right and as high: x ascending, y descending."""

    def __init__(self) -> None:
        self._xs: list[int] = []
        self._ys: list[int] = []

    def add(self, x: int, y: int) -> bool:
        """Add a point and drop those it beats; False, and no change, where it is beaten itself.

        A point equal to one that is there is beaten.
        """
        xs, ys = self._xs, self._ys
        low = high = bisect_left(xs, x)
        if high < len(xs):
            if ys[high] >= y:
                return False
            high += xs[high] == x
        while low and ys[low - 1] <= y:
            low -= 1
        xs[low:high] = [x]
        ys[low:high] = [y]
        return True

    def find_highest(self, x: int) -> int | None:
        """The largest y among the points at x or to the right of it, None where there is none."""
        place = bisect_left(self._xs, x)
        return self._ys[place] if place < len(self._xs) else None
