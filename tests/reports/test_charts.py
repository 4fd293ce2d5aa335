"""Where the marks of a chart stand, worked out by hand."""

from __future__ import annotations

from fractions import Fraction

from reports.charts import THRESHOLDS, Layout, Plotted, Scale, bands, draw
from tests.architecture.test_sizes import ROOT

HUNDRED = Layout(width=140, left=20, plot=100, row=10, head=10, label_chars=12)


def plotted(
    score: Fraction | None = Fraction(2), status: str = "published", cap: int | None = None, **more: object
) -> Plotted:
    values = {"label": "Drift", "low": score, "high": score, "figure": "2,00", "level": "nivå 2", **more}
    return Plotted(status=status, score=score, cap=cap, **values)  # type: ignore[arg-type]  # a test's shorthand


def test_levels_begin_half_a_step_below_their_number() -> None:
    assert (Fraction(1, 2), Fraction(3, 2), Fraction(5, 2), Fraction(7, 2)) == THRESHOLDS


def test_a_score_stands_in_proportion_on_the_scale() -> None:
    scale = Scale(left=20, width=100)

    assert [scale.at(Fraction(score)) for score in (0, 2, 4)] == ["20.0", "70.0", "120.0"]
    assert scale.at(Fraction(1511, 600)) == "83.0"  # 20 + 2.518333 * 25 = 82.958


def test_the_first_and_the_last_band_are_half_as_wide() -> None:
    found = bands(Scale(left=0, width=400))

    assert [band.width for band in found] == ["50.0", "100.0", "100.0", "100.0", "50.0"]
    assert [band.middle for band in found] == ["25.0", "100.0", "200.0", "300.0", "375.0"]


def test_a_range_is_drawn_only_where_it_is_one() -> None:
    wide = draw("x", "t", "d", [plotted(low=Fraction(1), high=Fraction(3))], HUNDRED).rows[0]
    none = draw("x", "t", "d", [plotted()], HUNDRED).rows[0]

    assert (wide.low, wide.high) == ("45.0", "95.0")
    assert (none.low, none.high) == (None, None)


def test_a_cap_stands_where_the_next_level_begins() -> None:
    row = draw("x", "t", "d", [plotted(cap=2)], HUNDRED).rows[0]

    assert row.cap == "82.5"  # level 3 begins at 2.5: 20 + 2.5 * 25


def test_what_is_provisional_is_a_ring_and_what_is_withheld_has_no_mark() -> None:
    marks = [
        draw("x", "t", "d", [plotted(status=status)], HUNDRED).rows[0].mark
        for status in ("published", "provisional", "withheld", "not_applicable")
    ]

    assert marks == ["full", "open", "none", "none"]


def test_rows_stand_below_each_other() -> None:
    chart = draw("x", "t", "d", [plotted(), plotted(score=None)], HUNDRED)

    assert [row.y for row in chart.rows] == [15, 25]
    assert chart.rows[1].x is None
    assert (chart.top, chart.bottom, chart.height) == (10, 30, 32)


def test_a_long_label_takes_two_lines_and_ends_in_dots() -> None:
    label = (
        draw("x", "t", "d", [plotted(label="et veldig langt navn på en dimensjon")], HUNDRED).rows[0].label
    )

    assert label == ("et veldig", "langt navn …")


def test_no_chart_template_holds_a_colour_that_is_hard_to_see() -> None:
    template = (ROOT / "reports/templates/macros.html.jinja").read_text(encoding="utf-8")

    assert contrast("#4a4f4c", "#eef1ef") >= 4.5
    assert contrast("#1d211f", "#dfe5e2") >= 4.5
    assert set(colours_of_text(template)) <= {"#1d211f", "#4a4f4c"}


def colours_of_text(template: str) -> list[str]:
    """The fill of every text of the charts."""
    return [part.split('fill="')[1].split('"')[0] for part in template.split("<text")[1:]]


def contrast(first: str, second: str) -> float:
    """Contrast of two colours. Source: WCAG 2.2, relative luminance."""
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
