"""Where the figures come from and how anybody recomputes them: ids, checksums, a code to compare."""

from __future__ import annotations

from dataclasses import dataclass

from assessment.answers import answers_checksum
from reports.formatting import clean
from reports.identity import Identity, identify
from reports.marks import NO_MARK, beside_mark
from reports.qr import QrCode, qr_code
from reports.sections.cover import Line
from reports.sections.desk import Desk, Section


@dataclass(frozen=True, slots=True)
class Verification:
    """The values of the part."""

    intro: str
    lines: tuple[Line, ...]
    code: str
    qr: QrCode
    attached: str
    how: str
    proves: str


def verification(desk: Desk) -> Section:
    """Ids, checksums and the QR code."""
    words = desk.voice.words
    identity = identify(desk.result)
    share = "_share" if desk.is_share else ""
    body = Verification(
        intro=words["verification_intro"],
        lines=tuple(_lines(desk, identity)),
        code=identity.code,
        qr=qr_code(payload(desk, identity), words["qr_title"]),
        attached=words[f"attached{share}"],
        how=_how(desk),
        proves=words[f"verify_proves{share}"],
    )
    return Section("verification", words["verification_title"], body)


def _how(desk: Desk) -> str:
    """What recomputes the figures, and what of this report it cannot reach."""
    words = desk.voice.words
    how = words["verify_how_share" if desk.is_share else "verify_how"]
    return how if beside_mark(desk.material) == NO_MARK else f"{how} {words['not_attached']}"


def payload(desk: Desk, identity: Identity) -> str:
    """What the QR code says: the programme's own address with the code, or the code by itself."""
    address = desk.material.branding.verify_address
    if address:
        return f"{address}{'&' if '?' in address else '?'}code={identity.code}"
    return f"KRETSLOP {identity.code} {desk.result.plan.sha256[:16]}"


def _lines(desk: Desk, identity: Identity) -> list[Line]:
    voice, words = desk.voice, desk.voice.words
    answers = desk.result.answers
    found = [
        Line(words["report_id"], identity.id),
        Line(words["questionnaire"], f"{answers.questionnaire} {answers.version}"),
        Line(words["definition_sum"], desk.result.plan.sha256),
        Line(words["answers_sum"], answers_checksum(answers)),
        Line(words["engine"], desk.result.engine),
    ]
    if answers.completed_on:
        found.append(Line(words["completed"], voice.date(answers.completed_on)))
    contact = clean(desk.material.branding.contact)
    return [*found, Line(words["contact"], contact)] if contact else found
