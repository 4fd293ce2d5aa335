"""One assessment as it should be: what each deed leads to, worked out apart from the program, and what is
stored, in the same shape. Nothing here takes anything away but the words somebody takes back themselves."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.db.tables.assessments import (
    AnswerChange,
    Assessment,
    Comment,
    StateChange,
    StoredAnswer,
    Submission,
)
from webapp.db.tables.reviews import (
    Approval,
    QuestionReview,
    QuestionReviewChange,
    ReviewNote,
    ReviewRequest,
)

QUESTIONS = ("strategy.ambition", "insight.measurement", "operations.waste_data")
EDITABLE = ("draft", "sent_back", "reopened")
DECISIONS: Mapping[tuple[str, str], str] = {
    ("submitted", "start_review"): "in_review",
    ("in_review", "send_back"): "sent_back",
    ("in_review", "approve"): "approved",
    ("approved", "reopen"): "reopened",
}
"""Everything an advisor can decide, as docs/lifecycle.md has it."""

REASONED = ("send_back", "reopen")
OK = "ok"


@dataclass(frozen=True)
class Said:
    """A judgement as it is said."""

    rating: str | None
    is_confirmed: bool
    reason: str

    def as_kept(self) -> dict[str, object]:
        """As a version keeps it."""
        return {"rating": self.rating, "is_confirmed": self.is_confirmed, "reason": self.reason}


@dataclass
class Paper:
    """The model of one assessment. What is numbered by hand-in and question is keyed by both."""

    id: str
    state: str = "draft"
    submissions: int = 0
    answers: dict[str, tuple[str, int]] = field(default_factory=dict)
    versions: list[tuple[str, int, str]] = field(default_factory=list)
    last_by: dict[str, str] = field(default_factory=dict)
    hand_ins: list[dict[str, str]] = field(default_factory=list)
    steps: list[tuple[str, str, str | None]] = field(default_factory=lambda: [("start", "draft", None)])
    comments: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    notes: dict[str, list[Any]] = field(default_factory=dict)
    judged: dict[tuple[int, str], tuple[int, Said]] = field(default_factory=dict)
    judgements: list[tuple[int, str, int, Said]] = field(default_factory=list)
    requests: dict[tuple[int, str], str] = field(default_factory=dict)
    approvals: list[list[Any]] = field(default_factory=list)

    @property
    def is_editable(self) -> bool:
        """Whether the company can answer."""
        return self.state in EDITABLE

    def step(self, event: str, state: str, reason: str | None = None) -> None:
        """Go on."""
        self.state = state
        self.steps.append((event, state, reason))

    def answer(self, question: str, value: str, who: str) -> None:
        """One of the company's people answers."""
        if self.answers.get(question, ("", 0))[0] == value:
            return
        version = self.answers.get(question, ("", 0))[1] + 1
        self.answers[question] = (value, version)
        self.versions.append((question, version, value))
        self.last_by[question] = who

    def submit(self) -> None:
        """The company hands in what stands."""
        event = "submit" if self.state == "draft" else "resubmit"
        self.submissions += 1
        self.hand_ins.append({id_: value for id_, (value, _) in self.answers.items()})
        self.step(event, "submitted")

    def may_decide(self, event: str, reason: str) -> str:
        """What an advisor's decision leads to."""
        if (self.state, event) not in DECISIONS:
            return "Refused review.not_now"
        if event in REASONED and not reason:
            return "Refused review.reason_missing"
        if event == "approve" and any(self.lacks_reason(id_) for id_ in QUESTIONS):
            return "Refused review.reasons_missing"
        return OK

    def lacks_reason(self, question: str) -> bool:
        """Whether an answer is rated with another score than the company's and nobody has said why."""
        _, said = self.judged.get((self.submissions, question), (0, Said(None, False, "")))
        own = self.hand_ins[-1].get(question)
        return said.rating is not None and not said.reason and said.rating != own

    def decide(self, event: str, reason: str) -> None:
        """An advisor decides."""
        self.step(event, DECISIONS[self.state, event], reason or None)
        if event == "start_review":
            self._carry()
        elif event == "approve":
            ratings = {
                id_: said.rating
                for (number, id_), (_, said) in self.judged.items()
                if number == self.submissions and said.rating is not None
            }
            self.approvals.append([self.submissions, ratings, False])
        elif event == "reopen":
            self.approvals[-1][2] = True

    def _carry(self) -> None:
        """What was made of answers that are still the same comes along, from whenever it was made last."""
        if any(number == self.submissions for number, _ in self.judged):
            return
        last = max((number for number, _ in self.judged), default=0)
        for (number, id_), (_, said) in list(self.judged.items()):
            if number == last and self.hand_ins[last - 1].get(id_) == self.hand_ins[-1].get(id_):
                self.judged[self.submissions, id_] = (1, said)

    def judge(self, question: str, said: Said) -> None:
        """An advisor says what they make of an answer."""
        key = (self.submissions, question)
        version, before = self.judged.get(key, (0, None))
        if before != said:
            self.judged[key] = (version + 1, said)
            self.judgements.append((*key, version + 1, said))

    def request(self, question: str, reason: str) -> None:
        """An advisor notes what to look at again, or takes it back."""
        if reason:
            self.requests[self.submissions, question] = reason
        else:
            self.requests.pop((self.submissions, question), None)

    def seen(self) -> dict[str, object]:
        """Everything, to be compared."""
        return {
            "state": (self.state, self.submissions),
            "answers": self.answers,
            "versions": sorted(self.versions),
            "hand-ins": self.hand_ins,
            "steps": self.steps,
            "comments": self.comments,
            "notes": {id_: tuple(note) for id_, note in self.notes.items()},
            "judged": self.judged,
            "judgements": [
                (n, id_, v, said.as_kept())
                for n, id_, v, said in sorted(self.judgements, key=lambda one: one[:3])
            ],
            "requests": self.requests,
            "approvals": [tuple(one) for one in self.approvals],
        }


def stored(session: Session, id_: str) -> dict[str, object]:
    """The same as it is stored."""
    row = session.get_one(Assessment, id_)
    return {"state": (row.state, row.submissions), **_company(session, id_), **_advisors(session, id_)}


def _all(session: Session, table: Any, id_: str, *order: Any) -> list[Any]:
    return list(session.scalars(select(table).where(table.assessment_id == id_).order_by(*order)))


def _value(body: str) -> str:
    return str(json.loads(body)["value"])


def _company(session: Session, id_: str) -> dict[str, object]:
    changes = _all(session, AnswerChange, id_)
    hand_ins = _all(session, Submission, id_, Submission.number)
    assert [one.number for one in hand_ins] == list(range(1, len(hand_ins) + 1))
    return {
        "answers": {
            one.question_id: (_value(one.body), one.version) for one in _all(session, StoredAnswer, id_)
        },
        "versions": sorted((one.question_id, one.version, _value(one.body)) for one in changes),
        "hand-ins": [
            {question: answer["value"] for question, answer in json.loads(one.answers)["answers"].items()}
            for one in hand_ins
        ],
        "comments": {
            one.id: (one.question_id, one.person_id, one.body) for one in _all(session, Comment, id_)
        },
    }


def _advisors(session: Session, id_: str) -> dict[str, object]:
    changes = _all(session, QuestionReviewChange, id_)
    numbers = {one.id: one.number for one in _all(session, Submission, id_)}
    approvals = _all(session, Approval, id_, Approval.at_utc)
    return {
        "steps": [
            (one.event, one.state, one.reason) for one in _all(session, StateChange, id_, StateChange.id)
        ],
        "notes": {
            one.id: (one.question_id, one.number, one.person_id, one.body, one.is_shared)
            for one in _all(session, ReviewNote, id_)
        },
        "judged": {
            (one.number, one.question_id): (
                one.version,
                Said(one.rating, one.is_confirmed, one.reason or ""),
            )
            for one in _all(session, QuestionReview, id_)
        },
        "judgements": sorted(
            ((one.number, one.question_id, one.version, json.loads(one.body)) for one in changes),
            key=lambda one: one[:3],
        ),
        "requests": {(one.number, one.question_id): one.reason for one in _all(session, ReviewRequest, id_)},
        "approvals": [
            (
                numbers[one.submission_id],
                json.loads(one.review).get("ratings", {}),
                one.undone_utc is not None,
            )
            for one in approvals
        ],
    }
