"""Checking reports: everything is recomputed from what is attached to the PDF, and compared."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from assessment.answers import Review
from assessment.assess import NO_REVIEW, assess
from assessment.jsontext import JsonText, read_json
from assessment.reading import read_answers
from assessment.result import AssessmentResult, exact, result_json
from assessment.review.reading import read_review
from assessment.routing import Plan
from assessment.scoring.engine import CURRENT_ENGINE, ENGINES
from questionnaires.errors import DefinitionError, Problem, UnknownDefinition
from reports.attachments import ANSWERS, PREVIOUS, RESULT, REVIEW
from reports.errors import PdfRefused
from reports.identity import code_of, identify, identity_of
from reports.marks import REVIEW as REVIEW_MARK
from reports.marks import read_marks
from reports.material import ReviewMaterial
from reports.verifying.pdfreading import MAX_PDF_BYTES, PdfContent
from reports.verifying.sharecheck import SharedResult, check_share
from reports.verifying.verification import (
    Approved,
    Checked,
    Difference,
    Finding,
    Pages,
    Standing,
    compare,
    keys_twice,
    plain,
)
from webapp.services.definitions import Definitions
from webapp.services.remaking import Bench, Found, compare_pages, remade_review
from webapp.services.scoring import ReadAnswers

_HASH_DIGITS = 64


class Unverifiable(Exception):
    """A file that cannot be checked any further; ``findings`` say why."""

    def __init__(self, *findings: Finding) -> None:
        self.findings = findings
        super().__init__(", ".join(finding.code for finding in findings))


def verify_files(files: Iterable[Path], bench: Bench, at_once: int = 2) -> Iterator[Checked]:
    """What was found about every file, in their order; one that fails does not stop the others."""
    with ThreadPoolExecutor(at_once) as threads:
        yield from threads.map(lambda file: verify_file(file, bench), files)


def verify_file(file: Path, bench: Bench) -> Checked:
    """What was found about one PDF: figures, pages, and what could not be checked."""
    checked = Checked(str(file))
    try:
        data = _open_report(file)
        content = bench.take_apart(data)
        marks = read_marks(content.keywords)
        checked = replace(checked, edition=_edition(marks, content), notes=_notes(content))
        _check_attached(checked.edition, content)
        found = Found(data, content, marks)
        if checked.edition == "share":
            return _verify_share(checked, found, bench)
        return _verify_whole(checked, found, bench)
    except PdfRefused as refused:
        return replace(checked, errors=(Finding(refused.code),))
    except Unverifiable as stopped:
        return replace(checked, errors=stopped.findings)


def _open_report(file: Path) -> bytes:
    """The bytes of a file of at most 30 MB. Raises Unverifiable."""
    try:
        with open(file, "rb", opener=lambda path, flags: os.open(path, flags | os.O_NONBLOCK)) as opened:
            about = os.fstat(opened.fileno())
            if not stat.S_ISREG(about.st_mode):
                raise Unverifiable(Finding("not_a_file"))
            data = opened.read(MAX_PDF_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise Unverifiable(Finding("cannot_read", {"reason": reason})) from error
    if len(data) > MAX_PDF_BYTES:
        size = max(about.st_size, len(data))
        raise Unverifiable(Finding("pdf_size", {"size": size, "limit": MAX_PDF_BYTES}))
    return data


def _edition(marks: Mapping[str, str], content: PdfContent) -> str:
    """As the file says; where it does not, a result without answers is taken for a share edition."""
    said = marks.get("edition")
    if said in ("company", "advisor", "share"):
        return said
    return "share" if set(content.attached) == {RESULT} else "company"


def _notes(content: PdfContent) -> tuple[Finding, ...]:
    if not content.others:
        return ()
    return (Finding("other_files", {"names": ", ".join(name[:80] for name in content.others)}),)


def _check_attached(edition: str | None, content: PdfContent) -> None:
    """Raises Unverifiable where what the edition needs is not attached."""
    if not content.attached:
        raise Unverifiable(Finding("no_attachments"))
    needed = (RESULT,) if edition == "share" else (ANSWERS, RESULT)
    missing = [Finding("missing_attachment", {"name": n}) for n in needed if n not in content.attached]
    if missing:
        raise Unverifiable(*missing)


# --- company and advisor editions ---------------------------------------------------------------


def _verify_whole(checked: Checked, found: Found, bench: Bench) -> Checked:
    report = _json(found.content, RESULT)
    read, review, previous = _answers(found.content, bench.desk.definitions)
    errors = [*_definition_errors(report, read.plan), *_engine_errors(report)]
    engine = next((number for number in ENGINES if number == report.get("engine")), CURRENT_ENGINE)
    result = assess(read.plan, read.answers, review, engine=engine)
    differences = (*compare(report, result_json(result)), *_identity_differences(found.marks, result))
    return replace(
        checked,
        standing=_standing(result, remade_review(found, result)),
        differences=differences,
        pages=compare_pages(found, result, previous, bench),
        errors=tuple(errors),
    )


def _answers(content: PdfContent, definitions: Definitions) -> tuple[ReadAnswers, Review, ReadAnswers | None]:
    """The answers, the advisor's part, and the earlier answers. Raises Unverifiable with every mistake."""
    read = _read_answers(content, ANSWERS, definitions)
    review = NO_REVIEW
    if REVIEW in content.attached:
        reviewed, problems = read_review(_source(content, REVIEW), read.plan.questionnaire)
        if reviewed is None:
            raise Unverifiable(*_findings(problems))
        review = reviewed
    previous = _read_answers(content, PREVIOUS, definitions) if PREVIOUS in content.attached else None
    if previous and previous.answers.questionnaire != read.answers.questionnaire:
        raise Unverifiable(Finding("shape", {"name": PREVIOUS, "path": "questionnaire"}))
    return read, review, previous


def _read_answers(content: PdfContent, name: str, definitions: Definitions) -> ReadAnswers:
    source = _source(content, name)
    try:
        reading = read_answers(source, definitions.questionnaire, definitions.shared_facts)
        if reading.answers is None:
            raise Unverifiable(*_findings(reading.problems))
        plan = definitions.plan(reading.answers.questionnaire, reading.answers.version)
    except DefinitionError as error:
        raise Unverifiable(*_unusable(error)) from error
    return ReadAnswers(source, reading.answers, plan)


def _unusable(error: DefinitionError) -> Iterator[Finding]:
    """The questionnaire's own mistakes: it is broken, or a published version that was changed."""
    for problem in error.problems[:20]:
        yield Finding("definition_unusable", problem=problem)


def _findings(problems: Iterable[Problem]) -> Iterator[Finding]:
    return (Finding(problem.code, problem=problem) for problem in problems)


def _source(content: PdfContent, name: str) -> JsonText:
    return read_json(content.attached[name], name)


def _json(content: PdfContent, name: str) -> dict[str, Any]:
    """An attached JSON object as plain values. Raises Unverifiable."""
    source = _source(content, name)
    if source.problems:
        raise Unverifiable(*_findings(source.problems))
    twice = [Finding("key_twice", {"name": name, "path": path}) for path in keys_twice(source.content)]
    if twice:
        raise Unverifiable(*twice[:20])
    if not isinstance(source.content, dict):
        raise Unverifiable(Finding("shape", {"name": name, "path": "{}"}))
    found: dict[str, Any] = plain(source.content)
    return found


def _definition_errors(report: Mapping[str, Any], plan: Plan) -> Iterator[Finding]:
    said = report.get("definition_sha256")
    if said != plan.sha256:
        yield Finding("definition_changed", {"found": str(said)[:_HASH_DIGITS], "wanted": plan.sha256})


def _engine_errors(report: Mapping[str, Any]) -> Iterator[Finding]:
    said = report.get("engine")
    if said not in list(ENGINES):  # it may be anything, also what no dictionary takes
        known = ", ".join(ENGINES)
        yield Finding("unknown_engine", {"found": str(said)[:40], "known": known, "used": CURRENT_ENGINE})


def _identity_differences(marks: Mapping[str, str], result: AssessmentResult) -> Iterator[Difference]:
    """Id and code as the file gives them, against the recomputed ones; nothing where it gives none."""
    identity = identify(result)
    for name, wanted in (("id", identity.id), ("code", identity.code)):
        if name in marks and marks[name] != wanted:
            yield Difference(f"metadata.{name}", marks[name], wanted)


def _standing(result: AssessmentResult, review: ReviewMaterial | None) -> Standing:
    identity, answers, overall = identify(result), result.answers, result.overall
    approved = None
    if review is not None and review.is_approved:
        approved = Approved(review.rated.overall.level, exact(review.rated.overall.score))
    return Standing(
        level=overall.level,
        score=exact(overall.score),
        status=overall.status,
        id=identity.id,
        code=identity.code,
        questionnaire=f"{answers.questionnaire} {answers.version}",
        organisation=answers.organisation.name,
        period=answers.period,
        approved=approved,
    )


# --- share edition -------------------------------------------------------------------------------


def _verify_share(checked: Checked, found: Found, bench: Bench) -> Checked:
    report = _json(found.content, RESULT)
    foreign = sorted(set(found.content.attached) - {RESULT})
    errors = [Finding("not_shared", {"name": name}) for name in foreign]
    shared, shaped, misshapen = _shared(found.content)
    if shared is None:
        return replace(checked, differences=shaped, errors=(*errors, *misshapen))
    plan = _plan(shared, bench.desk.definitions)
    differences, overall = check_share(shared, plan)
    errors += [*_definition_errors(report, plan), *_engine_errors(report)]
    by_id, unsure = _shared_identity(found.marks, shared)
    notes = (*checked.notes, Finding("share_answers"), *_share_approved(found.marks), *unsure)
    standing = Standing(
        level=overall.level if overall else None,
        score=exact(overall.score) if overall else None,
        status=overall.status if overall else None,
        id=found.marks.get("id"),
        code=found.marks.get("code"),
        questionnaire=f"{shared.questionnaire} {shared.version}",
        period=shared.period,
    )
    pages = Pages("not_compared", len(found.content.pages), active=found.content.active, reason="share")
    return replace(
        checked,
        standing=standing,
        differences=(*differences, *by_id),
        pages=pages,
        notes=notes,
        errors=tuple(errors),
    )


def _share_approved(marks: Mapping[str, str]) -> tuple[Finding, ...]:
    return (Finding("share_approved"),) if marks.get(REVIEW_MARK) == "approved" else ()


def _plan(shared: SharedResult, definitions: Definitions) -> Plan:
    """The plan of the version a result names. Raises Unverifiable."""
    try:
        return definitions.plan(shared.questionnaire, shared.version)
    except UnknownDefinition as error:
        wanted = f"{shared.questionnaire} {shared.version}"
        words = {"wanted": wanted, "known": ", ".join(error.known)}
        raise Unverifiable(Finding("unknown_definition", words)) from error
    except DefinitionError as error:
        raise Unverifiable(*_unusable(error)) from error


def _shared(
    content: PdfContent,
) -> tuple[SharedResult | None, tuple[Difference, ...], tuple[Finding, ...]]:
    """The result of a share edition, or what does not belong there, is missing or is of the wrong shape."""
    differences: list[Difference] = []
    findings: list[Finding] = []
    try:
        return (
            SharedResult.model_validate_json(content.attached[RESULT].removeprefix(b"\xef\xbb\xbf")),
            (),
            (),
        )
    except ValidationError as error:
        for mistake in error.errors(include_url=False, include_context=False)[:20]:
            path = ".".join(str(part)[:100] for part in mistake["loc"])
            if mistake["type"] == "extra_forbidden":
                differences.append(Difference(path, "…", None, "added"))
            elif mistake["type"] == "missing":
                differences.append(Difference(path, None, "…", "missing"))
            else:
                findings.append(Finding("shape", {"name": RESULT, "path": path}))
    return None, tuple(differences), tuple(findings)


def _shared_identity(
    marks: Mapping[str, str], shared: SharedResult
) -> tuple[tuple[Difference, ...], tuple[Finding, ...]]:
    """Id and code as far as they follow from what is attached: without the advisor's part."""
    said, code = marks.get("id"), marks.get("code")
    if said is None or code is None:
        return (), (Finding("share_id"),)
    wanted = identity_of(shared.answers_sha256, shared.definition_sha256, shared.engine)
    if said == wanted.id:
        own_code = wanted.code
        unsure: tuple[Finding, ...] = ()
    elif len(said) == _HASH_DIGITS and set(said) <= set("0123456789abcdef"):
        own_code, unsure = code_of(said), (Finding("share_id"),)
    else:
        return (Difference("metadata.id", said, wanted.id),), ()
    return ((Difference("metadata.code", code, own_code),) if code != own_code else ()), unsure
