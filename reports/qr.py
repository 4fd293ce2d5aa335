"""A QR code as one path of our own drawing."""

from __future__ import annotations

from dataclasses import dataclass

QUIET = 2
"""Empty modules on each side; the white page around it gives the rest of the four the standard asks."""


@dataclass(frozen=True, slots=True)
class QrCode:
    """``size``: of the picture in modules; ``path``: the dark modules; ``text``: what it says."""

    title: str
    text: str
    size: int
    path: str


def qr_code(text: str, title: str) -> QrCode:
    """The code of a text, error correction M or better. Runs of dark modules become one rectangle each."""
    import segno  # noqa: PLC0415  # needed only here

    matrix = segno.make(text, error="m", micro=False).matrix
    pieces = [
        f"M{start + QUIET} {y + QUIET}h{length}v1h-{length}z"
        for y, row in enumerate(matrix)
        for start, length in _runs(bytes(row))
    ]
    return QrCode(title, text, len(matrix) + 2 * QUIET, "".join(pieces))


def _runs(row: bytes) -> list[tuple[int, int]]:
    """Start and length of each run of dark modules."""
    found: list[tuple[int, int]] = []
    for x, dark in enumerate(row):
        if not dark:
            continue
        if found and sum(found[-1]) == x:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        else:
            found.append((x, 1))
    return found
