"""An answer file or a review file, checked in full against its questionnaire."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from stdnum.no import orgnr as orgnr_rules

from assessment.answers import (
    Answer,
    AnswerSet,
    Evidence,
    EvidenceKind,
    FactValue,
    Organisation,
    answer_json,
)
from assessment.filereader import FileReader
from assessment.jsontext import JsonText, Lines, NumberText, Pairs, parse_json
from assessment.values import VALUES, found_kind, read_boolean, read_text, short
from questionnaires.errors import Loc, Problem, UnknownDefinition
from questionnaires.model import Fact, Question, Questionnaire
from questionnaires.values import Depth

MAX_EVIDENCE = 50
MAX_PERIOD = 40
MAX_NAME = 300
MAX_TITLE = 1000
MAX_FACT = 1_000_000_000
MAX_FACT_TEXT = 200

_FILE_KEYS = (
    "questionnaire",
    "version",
    "depth",
    "period",
    "completed_on",
    "organisation",
    "profile",
    "answers",
)
_NEEDED_KEYS = ("questionnaire", "version", "depth", "period", "organisation", "answers")
_ANSWER_KEYS = ("value", "status", "reason", "comment", "evidence", "estimate")
_STATUSES = ("answered", "unknown", "not_applicable", "missing")

_NOTHING_SAID = Answer("missing")
"""An entry that says nothing is the same as no entry, in the checksum too."""

FindQuestionnaire = Callable[[str, str], Questionnaire]
"""The questionnaire of an id and version; raises UnknownDefinition."""

SharedFacts = Callable[[], Mapping[str, Fact]]
"""The facts of all questionnaires by id: one profile serves them all."""


def no_shared_facts() -> Mapping[str, Fact]:
    """Where no other questionnaire is known."""
    return {}


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file holds: answers and their questionnaire, or the problems why not."""

    answers: AnswerSet | None
    questionnaire: Questionnaire | None
    problems: tuple[Problem, ...]


def read_answers(
    source: JsonText, find: FindQuestionnaire, shared_facts: SharedFacts = no_shared_facts
) -> Reading:
    """Every answer and every mistake of an answer file; answers only when there is no mistake.

    A fact that only another questionnaire has is kept without effect.
    """
    if source.problems:
        return Reading(None, None, source.problems)
    reader = _AnswerReader(Lines(source), shared_facts)
    questionnaire = _find_questionnaire(reader, source.content, find)
    answers = reader.answer_set(source.content, questionnaire)
    problems = tuple(reader.problems)
    return Reading(None if problems else answers, questionnaire, problems)


def _find_questionnaire(reader: FileReader, content: Any, find: FindQuestionnaire) -> Questionnaire | None:
    if not isinstance(content, Pairs):
        return None
    id_, version = content.get("questionnaire"), content.get("version")
    if not (type(id_) is str and type(version) is str):
        return None
    try:
        return find(id_, version)
    except UnknownDefinition as error:
        known = ", ".join(error.known)
        if error.wanted != id_:
            reader.complain(("version",), "unknown_version", id=id_, version=short(version), ids=known)
        else:
            words = {"id": short(id_), "hint": reader.hint(id_, error.known), "ids": known}
            reader.complain(("questionnaire",), "unknown_questionnaire", **words)
        return None


class _AnswerReader(FileReader):
    """Reads an answer file."""

    def __init__(self, lines: Lines, shared_facts: SharedFacts = no_shared_facts) -> None:
        super().__init__(lines)
        self.shared_facts = shared_facts

    def answer_set(self, content: Any, questionnaire: Questionnaire | None) -> AnswerSet:
        file = self.object_(content, (), _FILE_KEYS, _NEEDED_KEYS)
        return AnswerSet(
            questionnaire=self.text(file, "questionnaire", 100) or "",
            version=self.text(file, "version", 100) or "",
            depth=self._depth(file),
            period=self.text(file, "period", MAX_PERIOD) or "",
            completed_on=self.optional_date(file, "completed_on"),
            organisation=self._organisation(file),
            profile=self._profile(file.get("profile"), questionnaire),
            answers=self._answers(file.get("answers", Pairs()), questionnaire),
        )

    def _depth(self, file: Mapping[str, Any]) -> Depth:
        raw = file.get("depth")
        if raw in get_args(Depth):
            return "advanced" if raw == "advanced" else "basic"
        if "depth" in file:
            choices = ", ".join(get_args(Depth))
            words = {"value": self.quoted(raw), "hint": self.hint(raw, get_args(Depth)), "choices": choices}
            self.complain(("depth",), "not_one_of", **words)
        return "basic"

    def _organisation(self, file: Mapping[str, Any]) -> Organisation:
        if file.get("organisation", Pairs()) == Pairs():  # as it is written where nobody has said a name
            return Organisation()
        loc = ("organisation",)
        raw = self.object_(file["organisation"], loc, ("name", "orgnr"), ("name",))
        name = self.text(raw, "name", MAX_NAME, loc)
        orgnr = self.text(raw, "orgnr", 100, loc)
        if orgnr is not None and not (orgnr.isdecimal() and orgnr_rules.is_valid(orgnr)):
            self.complain((*loc, "orgnr"), "orgnr", value=short(orgnr))
        return Organisation(name, orgnr)

    def _profile(self, raw: Any, questionnaire: Questionnaire | None) -> dict[str, FactValue]:
        if raw is None:
            return {}
        facts = {fact.id: fact for fact in questionnaire.facts} if questionnaire else {}
        if not isinstance(raw, Pairs) or questionnaire is None:
            self.object_(raw, ("profile",), tuple(raw) if isinstance(raw, Pairs) else (), ())
            return {}
        self.find_twice(raw, ("profile",))
        profile: dict[str, FactValue] = {}
        for id_, value in raw.items():
            known = facts.get(id_) or self.shared_facts().get(id_)
            if known is None:
                words = {"id": short(id_), "hint": self.hint(id_, facts), "ids": ", ".join(facts)}
                self.complain(("profile", id_), "unknown_fact", **words)
            elif value is not None and (fact := self._fact(known, value)) is not None:
                profile[id_] = fact
        return profile

    def _fact(self, fact: Fact, raw: Any) -> FactValue | None:
        loc = ("profile", fact.id)
        if fact.kind == "boolean":
            return read_boolean(raw, loc, self.complain)
        if fact.kind == "text":
            return read_text(raw, loc, self.complain, MAX_FACT_TEXT)
        if isinstance(raw, NumberText) and raw.isdecimal() and len(raw) <= 10 and int(raw) <= MAX_FACT:
            return int(raw)
        found = short(raw) if isinstance(raw, NumberText) else found_kind(raw)
        words = {"wanted": "a whole number", "found": found, "allowed_values": f"0 to {MAX_FACT}"}
        self.complain(loc, "wrong_value", **words)
        return None

    def _answers(self, raw: Any, questionnaire: Questionnaire | None) -> dict[str, Answer]:
        if not isinstance(raw, Pairs):
            self.object_(raw, ("answers",), (), ())
            return {}
        self.find_twice(raw, ("answers",))
        if questionnaire is None:
            return {}
        questions = {question.id: question for _, question in questionnaire.questions()}
        found: dict[str, Answer] = {}
        for id_, entry in raw.items():
            if id_ not in questions:
                words = {"id": short(id_), "hint": self.hint(id_, questions)}
                self.complain(("answers", id_), "unknown_question", **words)
            elif questions[id_].kind == "computed":
                self.complain(("answers", id_), "computed_answer", id=id_)
            elif (answer := self.answer(questions[id_], entry)) != _NOTHING_SAID:
                found[id_] = answer
        return found

    def answer(self, question: Question, raw: Any) -> Answer:
        loc: Loc = ("answers", question.id)
        entry = self.object_(raw, loc, _ANSWER_KEYS, ())
        status, value = entry.get("status"), None
        if status is not None and status not in _STATUSES:
            words = {"value": self.quoted(status), "ids": ", ".join(_STATUSES)}
            self.complain((*loc, "status"), "unknown_status", **words)
            status = None
        before = len(self.problems)
        if entry.get("value") is not None:
            if status not in (None, "answered"):
                self.complain(loc, "value_and_status", status=status)
            value = VALUES[question.kind](question, entry["value"], (*loc, "value"), self.complain)
        if value is None and status == "answered" and len(self.problems) == before:
            self.complain(loc, "no_value")
        return Answer(
            status=status or ("missing" if value is None else "answered"),
            value=value,
            reason=self._reason(question, entry, status, loc),
            comment=self.optional_text(entry, "comment", loc),
            evidence=self._evidence(entry.get("evidence"), (*loc, "evidence")),
            estimate=self._estimate(entry, loc),
        )

    def _reason(self, question: Question, entry: Mapping[str, Any], status: Any, loc: Loc) -> str | None:
        reason = self.optional_text(entry, "reason", loc)
        if status != "not_applicable":
            if reason is not None:
                self.complain((*loc, "reason"), "reason_misplaced")
            return reason
        if not question.allows_not_applicable:
            self.complain((*loc, "status"), "not_applicable_refused", id=question.id)
        if entry.get("reason") is None:
            self.complain(loc, "reason_missing")
        return reason

    def _estimate(self, entry: Mapping[str, Any], loc: Loc) -> bool:
        raw = entry.get("estimate")
        return raw is not None and bool(read_boolean(raw, (*loc, "estimate"), self.complain))

    def _evidence(self, raw: Any, loc: Loc) -> tuple[Evidence, ...]:
        if raw is None:
            return ()
        if not isinstance(raw, list):
            words = {"wanted": "a list", "found": found_kind(raw), "allowed_values": "a list of objects"}
            self.complain(loc, "wrong_value", **words)
            return ()
        if len(raw) > MAX_EVIDENCE:
            self.complain(loc, "too_many", count=len(raw), limit=MAX_EVIDENCE)
            return ()
        return tuple(self._evidence_item(item, (*loc, at)) for at, item in enumerate(raw))

    def _evidence_item(self, raw: Any, loc: Loc) -> Evidence:
        item = self.object_(raw, loc, ("title", "kind", "date"), ())
        kind, kinds = item.get("kind"), get_args(EvidenceKind)
        if kind is not None and kind not in kinds:
            words = {"value": self.quoted(kind), "ids": ", ".join(kinds)}
            self.complain((*loc, "kind"), "evidence_kind", **words)
            kind = None
        title = item.get("title")
        return Evidence(
            title=None if title is None else read_text(title, (*loc, "title"), self.complain, MAX_TITLE),
            kind=kind,
            date=self.optional_date(item, "date", loc),
        )


def read_answer(question: Question, text: str) -> tuple[Answer, tuple[Problem, ...]]:
    """One entry of an answer file, given as JSON text, with what its question has against it.

    The answer can be used only where there is no problem.
    """
    source = parse_json(text, "")
    if source.problems:
        return _NOTHING_SAID, source.problems
    reader = _AnswerReader(Lines(source))
    if question.kind == "computed":
        reader.complain(("answers", question.id), "computed_answer", id=question.id)
        return _NOTHING_SAID, tuple(reader.problems)
    return reader.answer(question, source.content), tuple(reader.problems)


def reread_answer(question: Question, answer: Answer) -> tuple[Problem, ...]:
    """What a question has against an answer that was read for another version of it; nothing if it fits."""
    return read_answer(question, json.dumps(answer_json(answer)))[1]
