"""The PDF of the maturity report: against a plain template, against Chromium, beside what is before it."""

from __future__ import annotations

import gc
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from weasyprint import HTML, Attachment

from reports.render import report_html
from reports.rendering.pdf import OWN, STYLES, VARIANT, Renderer
from tests.bench.chromium import Chromium, find_chromium, open_chromium
from tests.bench.pages import EXAMPLES, FONTS, PLAIN, PLAIN_STYLE, Pages, desk, example_path, pages_of
from tests.bench.table import cpu_timed, progress, say, spread, timed

TURNS = 5
ANYWHERE, AT_LAST = "overflow-wrap: anywhere", "overflow-wrap: break-word"
TEXT_CELLS = "td p { overflow-wrap: anywhere } .chip { white-space: nowrap }"
"""With automatic columns a word that may break anywhere is measured sign by sign: here only where needed."""


@dataclass(frozen=True, slots=True)
class Side:
    """One way of making the PDFs. ``cpu``, ``wall``: seconds by turn.

    ``is_worker``: as in our workers, what was there before is not gone through by the garbage collector.
    """

    run: Callable[[], object]
    is_worker: bool = False
    clock: Callable[[], float] = time.process_time
    cpu: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)

    def take_turn(self) -> None:
        """Run once and note both times; what the side before left behind is cleared first."""
        gc.collect()
        if self.is_worker:
            gc.freeze()
        cpu, wall = self.clock(), time.perf_counter()
        self.run()
        self.wall.append(time.perf_counter() - wall)
        self.cpu.append(self.clock() - cpu)
        gc.unfreeze()


def bench_rendering() -> None:
    """Every example in every way by turns; the table shows the ratios of the turns of all examples."""
    found: dict[str, list[float]] = {}
    with ExitStack() as open_things:
        renderer = Renderer()
        path = find_chromium()
        browser = open_things.enter_context(open_chromium(path)) if path else None
        folder = Path(open_things.enter_context(tempfile.TemporaryDirectory()))
        for number, (name, example) in enumerate(EXAMPLES.items()):
            progress(f"renders: {name}")
            sides = _sides(pages_of(example), renderer, browser, folder / str(number))
            _take_turns(list(sides.values()))
            _gather(found, sides)
            _say_example(name, sides)
    progress("")
    _say_ratios(found)
    if browser is None:
        say("  Chromium's print-to-PDF", "left out", "no Chromium here: make tools")


def _sides(pages: Pages, renderer: Renderer, browser: Chromium | None, folder: Path) -> dict[str, Side]:
    plain_style = PLAIN_STYLE.read_text(encoding="utf-8").replace(
        "../../../reports/vendor/fonts/", f"{FONTS.as_uri()}/"
    )
    folder.mkdir()
    anywhere, text_cells = folder / "plain.css", folder / "text_cells.css"
    anywhere.write_text(plain_style, encoding="utf-8")
    text_cells.write_text(plain_style.replace(ANYWHERE, AT_LAST) + TEXT_CELLS, encoding="utf-8")
    sides = {
        "ours": Side(lambda: renderer.render(pages.job), is_worker=True),
        "plain": Side(lambda: plain_pdf(pages, anywhere)),
        "text cells": Side(lambda: plain_pdf(pages, text_cells)),
    }
    if browser is not None:
        style = (STYLES / "report.css").read_text(encoding="utf-8")
        style = style.replace(f"{OWN}fonts/", f"{FONTS.as_uri()}/")
        ours = _whole_page(folder / "ours.html", pages.job.html, style)
        plain = _whole_page(folder / "plain.html", pages.plain, plain_style)
        sides["chromium"] = Side(lambda: browser.print_pdf(ours), clock=browser.cpu_seconds)
        sides["chromium, plain"] = Side(lambda: browser.print_pdf(plain), clock=browser.cpu_seconds)
    return sides


def plain_pdf(pages: Pages, style: Path) -> bytes:
    """The plain page as PDF/UA-1 with the same attachments: one call, nothing set that need not be."""
    attached = [
        Attachment(string=a.content, name=a.name, description=a.description, relationship="Data")
        for a in pages.attached
    ]
    page = HTML(string=pages.plain, base_url=f"{PLAIN}/")
    pdf: bytes = page.write_pdf(stylesheets=[style], attachments=attached, pdf_variant=VARIANT)
    return pdf


def _whole_page(path: Path, html: str, style: str) -> Path:
    path.write_text(html.replace("</head>", f"<style>{style}</style></head>", 1), encoding="utf-8")
    return path


def _take_turns(sides: Sequence[Side]) -> None:
    """All sides by turns; the first turn warms up and does not count."""
    for turn in range(TURNS + 1):
        for side in sides:
            side.take_turn()
            if turn == 0:
                side.cpu.clear()
                side.wall.clear()


def _gather(found: dict[str, list[float]], sides: dict[str, Side]) -> None:
    ours = sides["ours"]
    for name, side in sides.items():
        found.setdefault(name, []).extend(a / b for a, b in zip(side.cpu, ours.cpu, strict=True))
        found.setdefault(f"{name}, wall", []).extend(a / b for a, b in zip(side.wall, ours.wall, strict=True))
    if plain := sides.get("chromium, plain"):
        pairs = zip(sides["plain"].wall, plain.wall, strict=True)
        found.setdefault("plain over chromium", []).extend(a / b for a, b in pairs)


def _say_example(name: str, sides: dict[str, Side]) -> None:
    times = ", ".join(f"{key} {statistics.median(side.cpu):.2f}" for key, side in sides.items())
    progress(f"  {name}, s of processor: {times}")


def _say_ratios(found: dict[str, list[float]]) -> None:
    plain = found["plain"]
    holds = statistics.median(plain) >= 2.5
    say("maturity report, PDF/UA: plain template over ours", spread(plain), "at least 2.5x", holds=holds)
    say("  where it lets long words break in its text cells only", spread(found["text cells"]))
    if "chromium, wall" not in found:
        return
    walls = found["chromium, wall"]
    say("  Chromium, same page and styles, over ours", spread(walls))
    say("  the same in processor time", spread(found["chromium"]))
    say("  plain template over Chromium with the same plain page", spread(found["plain over chromium"]))
    mine = found["plain, wall"]
    holds = statistics.median(mine) >= 3.7
    say("  plain template over ours by the clock", spread(mine), "aim: at least 3.7x", holds=holds)


def bench_before_rendering() -> None:
    """From answers to the finished page, beside the render of that page."""
    renderer = Renderer()
    for name, example in EXAMPLES.items():
        path, job = example_path(example), pages_of(example).job
        renderer.render(job)
        pairs = [
            (timed(lambda path=path: report_html(desk().prepare(path).report)),
             cpu_timed(lambda job=job: renderer.render(job)))
            for _ in range(TURNS)
        ]  # fmt: skip
        made = statistics.median(a for a, _ in pairs)
        rendered = statistics.median(b for _, b in pairs)
        say(
            f"  from answers to the page, beside its render: {name}",
            f"{made * 1e3:.0f} ms of {(made + rendered) * 1e3:.0f} ms",
        )
