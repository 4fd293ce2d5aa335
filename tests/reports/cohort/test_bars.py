"""Bars: as long as the counts say, and written on only where there is room."""

from __future__ import annotations

from reports.cohort.bars import LEFT, PLOT, Part, Plotted, draw


def test_pieces_are_as_long_as_their_counts_with_paper_between_them() -> None:
    """474 units for 12 owners: 79 for two of them, 158 for four, 237 for six; two units are paper."""
    parts = (Part(2, 0, ("0–1: 2", "2")), Part(4, 2, ("2: 4",)), Part(6, 4, ("3–4: 6",)))
    [bar] = draw("x", "t", "d", [Plotted("Samlet", parts, 12)]).bars

    assert [(piece.x, piece.width) for piece in bar.pieces] == [
        (f"{LEFT}.0", "77.0"), ("285.0", "156.0"), ("443.0", "235.0"),
    ]  # fmt: skip
    assert bar.end == f"{LEFT + PLOT + 8}.0"


def test_a_piece_takes_the_longest_text_it_has_room_for_and_none_else() -> None:
    """6 of 2,000 are 1.4 units; 100 are 23.7: room for two characters of seven."""
    parts = (Part(6, 0, ("0: 6", "6")), Part(100, 2, ("1: 99", "99")), Part(1894, 4, ("2–4: 1894", "1894")))
    [bar] = draw("x", "t", "d", [Plotted("Samlet", parts, 2000)]).bars

    assert [piece.text for piece in bar.pieces] == ["", "99", "2–4: 1894"]
    assert bar.pieces[0].width == "1.0"


def test_a_figure_has_its_room_beside_the_bar() -> None:
    """All owners: 390 units of bar, which is 474 without the 84 that the figure takes."""
    [bar] = draw("x", "t", "d", [Plotted("Kompetanse", (Part(9, 3),), 9, figure="over 95 %")]).bars

    assert (bar.pieces[0].width, bar.end, bar.figure) == ("388.0", "604.0", "over 95 %")


def test_a_long_label_is_cut_at_two_lines() -> None:
    [bar] = draw("x", "t", "d", [Plotted("ord " * 40, (Part(1, 0),), 1)]).bars

    assert len(bar.label) == 2
    assert bar.label[1].endswith("…")
