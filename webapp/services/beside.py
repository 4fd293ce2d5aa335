"""What stands beside a hand-in: what its advisors have made of it, their notes, an approval, the plan, and
what the company's programmes offer it.

A document takes what its reader may see and nothing else: private notes are not even asked for where no
document for advisors is made. Whatever of it changes makes another document.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any, Literal, TypeAlias

from sqlalchemy.orm import Session

from assessment.answers import Review, review_json
from reports.formatting import paragraphs
from reports.material import EDITIONS, AskedAgain, Edition, PlannedAction, ReviewNote
from webapp.db import queries_reviews as queries
from webapp.db.queries_asked import sent_back
from webapp.db.queries_work import is_advised
from webapp.db.tables.assessments import Assessment, Submission
from webapp.db.tables.people import Person
from webapp.services.authors import author_of
from webapp.services.learning import offer_text
from webapp.services.plan import planned_actions
from webapp.services.site import Site

DocumentKind: TypeAlias = Edition | Literal["meeting"]
"""An edition of the report, or the advisors' sheet for a meeting."""

KINDS: tuple[DocumentKind, ...] = (*EDITIONS, "meeting")

ADVISORS_OWN: tuple[DocumentKind, ...] = ("advisor", "meeting")
"""What is for the company's advisors alone."""

_MARK = 16
"""How many hexadecimal digits tell one state of all this from another."""


@dataclass(frozen=True, slots=True)
class Beside:
    """All of it for one kind of document.

    ``review``: JSON as the contracts have it, empty for none; ``approved``: the JSON of the approved result,
    None before. ``reasons``: of ratings, by question. ``offer``: of the company's programmes, empty for none.
    """

    review: str = ""
    approved: str | None = None
    reasons: tuple[tuple[str, str], ...] = ()
    notes: tuple[ReviewNote, ...] = ()
    asked_again: tuple[AskedAgain, ...] = ()
    plan: tuple[PlannedAction, ...] = ()
    offer: str = ""

    @property
    def has_review(self) -> bool:
        """Whether there is anything of a review in it."""
        return bool(self.review or self.notes or self.asked_again)

    @property
    def mark(self) -> str:
        """Hexadecimal digits that tell it from any other; empty where there is nothing."""
        if self == NOTHING_BESIDE:
            return ""
        text = json.dumps(asdict(self), sort_keys=True, default=str)
        return hashlib.sha256(text.encode("ascii")).hexdigest()[:_MARK]


NOTHING_BESIDE = Beside()


def beside_of(
    session: Session, site: Site, submission: Submission, assessment: Assessment, kind: DocumentKind
) -> Beside:
    """What a document of a hand-in says beside it, now. Access is decided elsewhere."""
    return besides(session, site, submission, assessment, [kind])[kind]


def besides(
    session: Session,
    site: Site,
    submission: Submission,
    assessment: Assessment,
    kinds: list[DocumentKind],
) -> dict[DocumentKind, Beside]:
    """The same of several kinds at once."""
    is_advisors = any(kind in ADVISORS_OWN for kind in kinds)
    whole = _gathered(session, site, submission, assessment, is_advisors=is_advisors)
    return {kind: _for_kind(whole, kind) for kind in kinds}


def mark_in(key: str) -> str:
    """The mark of what stands beside a document, as the key of its file holds it."""
    return key.rpartition("/")[2].removesuffix(".pdf").partition(".")[2]


def file_key(organisation_id: str, content_sha256: str, beside: Beside) -> str:
    """Where the file of a document goes: the same content has the same place."""
    mark = f".{beside.mark}" if beside.mark else ""
    return f"documents/{organisation_id}/{content_sha256}{mark}.pdf"


def has_reader(session: Session, organisation_id: str, kind: DocumentKind, now: datetime) -> bool:
    """Whether anybody is left who may have such a document: the advisors' own need an advisor."""
    return kind not in ADVISORS_OWN or is_advised(session, organisation_id, now)


def _for_kind(whole: Beside, kind: DocumentKind) -> Beside:
    """What a kind of document says: the review of others than advisors begins with its approval."""
    if kind == "advisor":
        return whole
    if kind == "meeting":
        return replace(whole, reasons=(), notes=(), asked_again=(), offer="")
    told = Beside()
    if whole.approved is not None:
        told = Beside(review=whole.review, approved=whole.approved)
    if kind == "share":
        return told
    return replace(
        told,
        reasons=whole.reasons if whole.approved is not None else (),
        notes=tuple(note for note in whole.notes if note.is_shared),
        plan=whole.plan,
        offer=whole.offer,
    )


def _gathered(
    session: Session, site: Site, submission: Submission, assessment: Assessment, *, is_advisors: bool
) -> Beside:
    approval = queries.standing_approval(session, assessment.id)
    if approval is not None and approval.submission_id != submission.id:
        approval = None
    rows = queries.reviews_of(session, assessment.id, submission.number)
    if approval is not None:
        review = _signed(session, approval.review, approval.by_person_id)
    elif is_advisors:
        review = review_json(
            Review(
                confirmed=frozenset(id_ for id_, row in rows.items() if row.is_confirmed),
                accepted=queries.accepted_of(session, assessment.id, submission.number),
                ratings={id_: row.rating for id_, row in sorted(rows.items()) if row.rating is not None},
            )
        )
    else:
        review = {}
    return Beside(
        review=json.dumps(review, sort_keys=True) if review else "",
        approved=None if approval is None else approval.result,
        reasons=tuple((id_, row.reason) for id_, row in sorted(rows.items()) if row.rating and row.reason),
        notes=tuple(_notes(session, site, submission, is_advisors=is_advisors)),
        asked_again=tuple(_asked_again(session, site, submission)) if is_advisors else (),
        plan=planned_actions(session, assessment),
        offer=offer_text(session, site, assessment.organisation_id, site.now()),
    )


def _signed(session: Session, review: str, person_id: str | None) -> dict[str, Any]:
    """The review of an approval; with the name of who signed it where it was given since."""
    found: dict[str, Any] = json.loads(review)
    person = session.get(Person, person_id) if person_id and "by" not in found else None
    return {**found, "by": person.name} if person is not None and person.name else found


def _notes(
    session: Session, site: Site, submission: Submission, *, is_advisors: bool
) -> Iterator[ReviewNote]:
    """The notes there were at a hand-in, the oldest first; those of later ones belong to their own."""
    ask = queries.notes_of if is_advisors else queries.shared_notes_of
    for row, person in ask(session, submission.assessment_id):
        if row.removed_utc is None and row.number <= submission.number:
            yield ReviewNote(
                question=row.question_id,
                by=author_of(person).name,
                on=row.at_utc.astimezone(site.zone).date(),
                lines=paragraphs(row.body),
                is_shared=row.is_shared,
            )


def _asked_again(session: Session, site: Site, submission: Submission) -> Iterator[AskedAgain]:
    """What the company was last asked to look at before a hand-in, and what it is asked about this one."""
    numbers = sent_back(session, submission.assessment_id)
    earlier = sorted(number for number in numbers if number < submission.number)[-1:]
    for number in (*earlier, submission.number):
        before = queries.submission_of(session, submission.assessment_id, number)
        requests = queries.requests_of(session, submission.assessment_id, number)
        if before is None or not requests:
            continue
        old, new = (json.loads(one.answers)["answers"] for one in (before, submission))
        for id_, request in sorted(requests.items()):
            yield AskedAgain(
                question=id_,
                reason=request.reason,
                on=request.at_utc.astimezone(site.zone).date(),
                number=number,
                is_changed=None if number == submission.number else old.get(id_) != new.get(id_),
            )
