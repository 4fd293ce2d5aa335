"""Making the blank questionnaire: a version's definition as a PDF to read or to fill in by hand."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from questionnaires.errors import Place, Problem
from questionnaires.values import Depth, Language
from reports.blank.questionnaire import BlankMaterial, build_blank
from reports.branding import NO_BRANDING
from reports.errors import RenderFailed
from reports.render import blank_html
from reports.rendering.job import PdfJob
from reports.rendering.workers import RenderPool
from webapp.files import write_whole
from webapp.services.branding import open_branding
from webapp.services.definitions import Definitions


@dataclass(frozen=True, slots=True)
class BlankOrder:
    """Which questionnaire is wanted, and how. ``number``: None for the newest published version."""

    id: str
    number: str | None = None
    depth: Depth = "basic"
    language: Language = "nb"
    branding: Path | None = None


def blank_job(definitions: Definitions, order: BlankOrder) -> PdfJob:
    """What the renderer gets.

    Raises UnknownDefinition, DefinitionError for a broken version and BrandingFileError.
    """
    version = definitions.catalogue.find(order.id, order.number)
    plan = definitions.plan(version.id, version.number)
    material = BlankMaterial(
        questionnaire=plan.questionnaire,
        number=version.number,
        sha256=plan.sha256,
        depth=order.depth,
        language=order.language,
        branding=open_branding(order.branding) if order.branding else NO_BRANDING,
    )
    blank = build_blank(material)
    return PdfJob(blank_html(blank), blank.identifier)


def write_blank(job: PdfJob, target: Path, pool: RenderPool) -> Problem | None:
    """Render and write the file, whole or not at all; the problem when there is none."""
    try:
        write_whole(target, pool.render(job))
    except RenderFailed as failure:
        return Problem(Place(str(target)), failure.code, {"reason": failure.detail})
    except OSError as error:
        return Problem(Place(str(target)), "cannot_write", {"reason": error.strerror or str(error)})
    return None
