"""Making reports from answer files: reading what they need, and the jobs the renderer gets."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from assessment.advice.dimension_step import dimension_steps
from assessment.assess import NO_REVIEW, assess
from assessment.change.comparison import compare
from assessment.errors import AnswerFileError
from questionnaires.activities import Activity
from questionnaires.errors import DefinitionError, Place, Problem
from questionnaires.values import Language
from reports.attachments import attachments
from reports.branding import NO_BRANDING, Branding
from reports.errors import RenderFailed
from reports.material import Edition, Material, Previous
from reports.maturity import MaturityReport, build_report
from reports.render import report_html
from reports.rendering.job import PdfJob
from reports.rendering.workers import RenderPool
from webapp.files import write_whole
from webapp.services.branding import open_branding
from webapp.services.definitions import Definitions
from webapp.services.scoring import ReadAnswers, open_answers, open_review

MAX_SLUG = 60


@dataclass(frozen=True, slots=True)
class Order:
    """What kind of report is wanted, and the files beside the answers that it takes."""

    language: Language = "nb"
    edition: Edition = "company"
    is_draft: bool = False
    previous: Path | None = None
    review: Path | None = None
    branding: Path | None = None


@dataclass(frozen=True, slots=True)
class Prepared:
    """A report ready to be rendered. ``stem``: the name of its file without ending."""

    material: Material
    report: MaturityReport
    stem: str


@dataclass(frozen=True, slots=True)
class Made:
    """What came of one answer file: the file written, or the problems why there is none."""

    answers: Path
    written: Path | None
    problems: tuple[Problem, ...] = ()


class ReportDesk:
    """Prepares reports for one order; definitions, activities and branding are read once."""

    def __init__(self, order: Order, definitions: Definitions) -> None:
        self.order = order
        self.definitions = definitions
        self.branding: Branding = open_branding(order.branding) if order.branding else NO_BRANDING

    def prepare(self, answers: Path) -> Prepared:
        """The report of an answer file. Raises AnswerFileError with every problem."""
        order = self.order
        read = open_answers(answers, self.definitions)
        review = open_review(order.review, read.plan) if order.review else NO_REVIEW
        result = assess(read.plan, read.answers, review)
        material = Material(
            result=result,
            language=order.language,
            edition=order.edition,
            is_draft=order.is_draft,
            activities=self.activities(),
            steps=dimension_steps(result),
            previous=self._previous(read) if order.previous else None,
            branding=self.branding,
        )
        stem = file_stem(
            read.answers.organisation.name, read.answers.questionnaire, order.language, order.edition
        )
        return Prepared(material, build_report(material), stem)

    def activities(self) -> tuple[Activity, ...]:
        """The activities that may be suggested. Raises AnswerFileError where they fit no questionnaire."""
        try:
            return self.definitions.activities()
        except DefinitionError as error:
            raise AnswerFileError(error.problems) from error

    def _previous(self, read: ReadAnswers) -> Previous:
        assert self.order.previous is not None
        earlier = open_answers(self.order.previous, self.definitions)
        problem = _not_earlier(self.order.previous, earlier, read)
        if problem is not None:
            raise AnswerFileError([problem])
        return Previous(earlier.answers, compare(earlier.plan, earlier.answers, read.plan, read.answers))


def pdf_job(prepared: Prepared) -> PdfJob:
    """What the renderer gets."""
    report = prepared.report
    return PdfJob(report_html(report), report.identifier, attachments(prepared.material))


def make_reports(desk: ReportDesk, files: Iterable[tuple[Path, Path]], pool: RenderPool) -> Iterator[Made]:
    """Make the PDF of every (answer file, target); one that fails does not stop the others.

    A target that is a folder gets the report under its own name. Results come as they are ready.
    """
    failed: list[Made] = []
    taken: set[Path] = set()

    def jobs() -> Iterator[tuple[tuple[Path, Path], PdfJob]]:
        for answers, target in files:
            try:
                prepared = desk.prepare(answers)
            except AnswerFileError as error:
                failed.append(Made(answers, None, error.problems))
                continue
            yield (answers, _free(target, prepared.stem, taken)), pdf_job(prepared)

    for (answers, target), rendered in pool.render_all(jobs()):
        yield from _drained(failed)
        if isinstance(rendered, RenderFailed):
            yield Made(answers, None, (_unrendered(answers, rendered),))
        else:
            yield _written(answers, target, rendered)
    yield from _drained(failed)


def _drained(failed: list[Made]) -> Iterator[Made]:
    while failed:
        yield failed.pop(0)


def _written(answers: Path, target: Path, pdf: bytes) -> Made:
    try:
        write_whole(target, pdf)
    except OSError as error:
        reason = error.strerror or str(error)
        return Made(answers, None, (Problem(Place(str(target)), "cannot_write", {"reason": reason}),))
    return Made(answers, target)


def _unrendered(answers: Path, failure: RenderFailed) -> Problem:
    return Problem(Place(str(answers)), failure.code, {"reason": failure.detail})


def _not_earlier(path: Path, earlier: ReadAnswers, now: ReadAnswers) -> Problem | None:
    """Why an answer file cannot be the earlier one of another."""
    old, new = earlier.answers, now.answers
    if old.questionnaire != new.questionnaire:
        return _not_of(path, "questionnaire", old.questionnaire, new.questionnaire)
    numbers = (old.organisation.orgnr, new.organisation.orgnr)
    if all(numbers) and numbers[0] != numbers[1]:
        return _not_of(path, "organisation", numbers[0], numbers[1])
    return None


def _not_of(path: Path, what: str, found: str | None, wanted: str | None) -> Problem:
    where = {"questionnaire": "questionnaire", "organisation": "organisation.orgnr"}[what]
    return Problem(Place(str(path), path=where), f"previous_{what}", {"found": found, "wanted": wanted})


def file_stem(company: str | None, questionnaire: str, language: Language, edition: str) -> str:
    """``<company>-<questionnaire>-<lang>-<edition>``, in letters every file system takes."""
    return f"{slug(company or '') or 'company'}-{questionnaire}-{language}-{edition}"


def slug(text: str) -> str:
    """Small letters and digits joined by underscores, æ, ø, å as ae, o, a; as many words as have room."""
    plain = (
        text.lower()
        .replace("æ", "ae")
        .replace("ø", "o")
        .replace("đ", "d")
        .replace("ŋ", "n")
        .replace("ŧ", "t")
    )
    ascii_ = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "_", ascii_).strip("_")
    if len(words) <= MAX_SLUG:
        return words
    return words[: MAX_SLUG + 1].rpartition("_")[0] or words[:MAX_SLUG]


def _free(target: Path, stem: str, taken: set[Path]) -> Path:
    """The file to write; two reports of one run never get the same name."""
    if not target.is_dir():
        taken.add(target)
        return target
    found, number = target / f"{stem}.pdf", 2
    while found in taken:
        found, number = target / f"{stem}-{number}.pdf", number + 1
    taken.add(found)
    return found
