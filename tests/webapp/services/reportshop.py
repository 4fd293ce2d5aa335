"""Reports made once for all tests, a bench to check them on, and ways to change what is in them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Pdf

from questionnaires.catalogue import PACKAGE_FOLDER
from reports.errors import RenderFailed
from reports.rendering.job import PdfJob
from reports.rendering.workers import RenderPool
from reports.verifying.pdfreading import take_apart
from reports.verifying.verification import Checked
from tests.reports.hostile_pdfs import edited, reattached
from webapp.services.definitions import Definitions
from webapp.services.remaking import Bench
from webapp.services.reports import Order, ReportDesk, pdf_job
from webapp.services.verifying import verify_file

EXAMPLES = PACKAGE_FOLDER / "examples"
FURNITURE = EXAMPLES / "eksempel_mobelverksted" / "circular_business_models.json"
SHOP = EXAMPLES / "eksempel_butikk" / "sustainability_reporting.json"
REVIEW = {"confirmed": ["strategy.ambition"], "by": "Kari Eksempel", "on": "2026-03-05"}


@dataclass
class Remembering(RenderPool):
    """A renderer that makes every document once."""

    inner: RenderPool
    made: dict[PdfJob, bytes] = field(default_factory=dict)

    def render(self, job: PdfJob) -> bytes:
        if job not in self.made:
            self.made[job] = self.inner.render(job)
        return self.made[job]


class NoRenderer(RenderPool):
    """A renderer that is out of order: what is tested is the figures."""

    def render(self, _job: PdfJob) -> bytes:
        raise RenderFailed("render_crashed", "out of order")


@dataclass(frozen=True)
class Workshop:
    """Reports made in one run of the tests, and the benches to check them on."""

    folder: Path
    reports: dict[str, bytes]
    bench: Bench
    figures: Bench

    def check(self, data: bytes, *, with_pages: bool = False) -> Checked:
        file = self.folder / "checked.pdf"
        file.write_bytes(data)
        return verify_file(file, self.bench if with_pages else self.figures)


def open_workshop(folder: Path) -> Iterator[Workshop]:
    """Three reports: a company's in nb, an advisor's draft in nn with everything, a share edition in en."""
    review = folder / "review.json"
    review.write_text(json.dumps(REVIEW), encoding="utf-8")
    earlier = _changed_file(FURNITURE, folder / "earlier.json", "strategy.ambition", "1")
    orders = {
        "company": (Order(), SHOP),
        "advisor": (Order("nn", "advisor", is_draft=True, previous=earlier, review=review), FURNITURE),
        "share": (Order("en", "share"), FURNITURE),
    }
    definitions = Definitions()
    with RenderPool(1) as inner:
        pool = Remembering(inner)
        jobs = {
            name: pdf_job(ReportDesk(order, definitions).prepare(file))
            for name, (order, file) in orders.items()
        }
        desk = ReportDesk(Order(), definitions)
        reports = {name: pool.render(job) for name, job in jobs.items()}
        with NoRenderer(1) as none:
            yield Workshop(folder, reports, Bench(desk, pool, take_apart), Bench(desk, none, take_apart))


def _changed_file(source: Path, target: Path, question: str, value: str) -> Path:
    content = json.loads(source.read_text(encoding="utf-8"))
    content["answers"][question] = {"value": value}
    target.write_text(json.dumps(content), encoding="utf-8")
    return target


def attached(data: bytes, name: str) -> Any:
    """What is attached under a name."""
    with pikepdf.open(BytesIO(data)) as pdf:
        return json.loads(pdf.attachments[f"{name}.json"].get_file().read_bytes())


def changed(data: bytes, name: str, change: Callable[[Any], None]) -> bytes:
    """A report with a change in one of its attachments."""
    content = attached(data, name)
    change(content)
    return reattached(data, **{name: json.dumps(content).encode()})


def remarked(data: bytes, old: str, new: str) -> bytes:
    """A report with a change in its keywords."""

    def edit(pdf: Pdf) -> None:
        pdf.docinfo["/Keywords"] = str(pdf.docinfo["/Keywords"]).replace(old, new)

    return edited(data, edit)


def paths(checked: Checked) -> list[str]:
    """The paths of all differences."""
    return [difference.path for difference in checked.differences]


def codes(checked: Checked) -> list[str]:
    """The codes of all errors."""
    return [finding.code for finding in checked.errors]
