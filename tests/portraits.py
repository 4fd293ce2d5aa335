"""Pictures of reports and of a gathering's pack: ``make pictures`` writes them into docs/pictures."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
from PIL import Image, ImageOps

from reports.attachments import attachments
from reports.gathering.pack import PackKind, build_pack
from reports.material import Edition
from reports.maturity import build_report
from reports.render import gathering_job, report_html
from reports.rendering.job import PdfJob
from reports.rendering.workers import RenderPool
from tests.reports.gathering.gatherings import material as gathering
from tests.reports.making import BUILDER, LARGEST, WORKSHOP, material_of, raw_answers

FOLDER = Path(__file__).parents[1] / "docs" / "pictures"
SCALE = 1.1
COLOURS = 96
FRAME = "#c3cbc7"

SHOTS: dict[str, tuple[str, Edition, bool, tuple[int, ...]]] = {
    "company": (WORKSHOP, "company", False, (1, 3, 4)),
    "dimensions": (WORKSHOP, "company", False, (7, 8, 12)),
    "advanced": (LARGEST, "company", False, (2, 13, 15)),
    "advisor": (BUILDER, "advisor", True, (4, 5, 6)),
    "share": (WORKSHOP, "share", False, (1, 2, 3)),
}
"""By picture: the example, the edition, whether it is a draft, and which pages stand beside each other."""

PACK: tuple[tuple[PackKind, int], ...] = (("participants", 3), ("tables", 1), ("badges", 1))
"""The pages of a gathering's pack that stand beside each other."""


def renew() -> None:
    """Write every picture anew."""
    FOLDER.mkdir(exist_ok=True)
    with RenderPool(1) as pool:
        for name, (example, edition, is_draft, pages) in SHOTS.items():
            previous = {**raw_answers(example), "period": "2024"} if name == "dimensions" else None
            material = material_of(example, "nb", edition, is_draft=is_draft, previous=previous)
            report = build_report(material)
            pdf = pool.render(PdfJob(report_html(report), report.identifier, attachments(material)))
            save(f"report-{name}", drawn(pdf, *pages))
        found = [(pool.render(gathering_job(build_pack(kind, gathering()))), page) for kind, page in PACK]
        save("gathering-pack", [picture for pdf, page in found for picture in drawn(pdf, page)])


def drawn(pdf: bytes, *pages: int) -> list[Image.Image]:
    """Pages of a PDF, counted from 1."""
    with pypdfium2.PdfDocument(pdf) as opened:
        return [opened[at - 1].render(scale=SCALE).to_pil().convert("RGB") for at in pages]


def save(name: str, shown: list[Image.Image]) -> None:
    """Write pages beside each other in few colours."""
    framed = [ImageOps.expand(page, 1, FRAME) for page in shown]
    width, height = framed[0].size
    sheet = Image.new("RGB", (len(framed) * (width + 16) - 16, height), "white")
    for at, page in enumerate(framed):
        sheet.paste(page, (at * (width + 16), 0))
    few = sheet.quantize(COLOURS, method=Image.Quantize.FASTOCTREE)
    few.save(FOLDER / f"{name}.png", optimize=True)


if __name__ == "__main__":
    renew()
