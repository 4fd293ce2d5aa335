"""What is wrong with the answer to a question, in page words: what happened, and what to do."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fnmatch import fnmatchcase

from questionnaires.errors import Problem
from questionnaires.model import Column, Question, option_ids
from webapp.forms.fields import FIELDS, written_rows
from webapp.forms.numbers import write_number
from webapp.forms.typed import Typed
from webapp.forms.wrong import Wrong
from webapp.words import Words

_ORDER = ("", "row", "status", "reason", "estimate", "comment", "evidence", "version", "here")
"""What the inputs of a question are called, as they stand below each other."""

_CELL = re.compile(r"value\[([0-9]+)\](?:\.([a-z0-9_]+))?")
_EVIDENCE = re.compile(r"evidence\[([0-9]+)\](?:\.([a-z]+))?")


@dataclass(frozen=True, slots=True)
class FormProblem:
    """One mistake in the inputs of one question.

    ``part``: the input, named as in ``typed`` (empty: the value). ``options``, ``columns``: ids whose
    texts fill the sentence. ``cause``: the rule that was broken, where it is one of answer files.
    """

    question: str
    part: str
    code: str
    parts: Mapping[str, object] = field(default_factory=dict)
    options: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    columns: tuple[str, ...] = ()
    cause: Problem | None = None

    @property
    def order(self) -> tuple[int, int]:
        """Where its input stands among those of the question, from the top."""
        name, _, at = self.part.partition("-")
        return _ORDER.index(name), int(at.partition("-")[0].partition(".")[0]) if at else 0

    def text(self, words: Words, texts: Mapping[str, str]) -> str:
        """The sentence; ``texts`` are the questionnaire's in the same language."""
        key = f"forms.problem.{self.code}"
        if not words.has(key) and self.cause is not None:
            said = self.cause.message_in(words.language)
            return f"{said[:1].upper()}{said[1:]}."
        parts = {name: _spoken(part, words) for name, part in self.parts.items()}
        for name, ids in self.options.items():
            parts[name] = _listed(words, texts, f"questions/{self.question}/options", ids)
        if self.columns:
            parts["columns"] = _listed(words, texts, f"questions/{self.question}/columns", self.columns)
        return words.say(key, **parts)


def say_wrong(wrong: Wrong, words: Words) -> str:
    """The sentence for a mistake that names no option or column."""
    parts = {name: _spoken(part, words) for name, part in wrong.parts.items()}
    return words.say(f"forms.problem.{wrong.code}", **parts)


def _spoken(part: object, words: Words) -> object:
    return write_number(part, words.language) if isinstance(part, Decimal) else part


def _listed(words: Words, texts: Mapping[str, str], prefix: str, ids: tuple[str, ...]) -> str:
    return ", ".join(words.say("forms.quoted", text=texts.get(f"{prefix}/{id_}", id_)) for id_ in ids)


def of_input(question: Question, part: str, wrong: Wrong) -> FormProblem:
    """A mistake that was found while the input was read."""
    return FormProblem(question.id, part, wrong.code, wrong.parts)


def of_rule(question: Question, typed: Typed, evidence: tuple[int, ...], problem: Problem) -> FormProblem:
    """A rule of answer files that was broken, at the input where it shows.

    ``evidence``: the numbers of the lines of evidence that were read, in order.
    """
    rest = problem.place.path.removeprefix(f"answers.{question.id}").lstrip(".")
    part = _part(question, typed, evidence, rest, problem.code)
    code, parts = problem.code, dict(problem.particulars)
    if code == "number_range":
        code, parts = _limits(question, part)
    elif code == "row_sum":
        parts |= {name: Decimal(str(parts[name])) for name in ("sum", "limit")}
    return FormProblem(
        question=question.id,
        part=part,
        code=code,
        parts=parts,
        options=_options(question, problem),
        columns=tuple(str(parts["columns"]).split(", ")) if code == "row_sum" else (),
        cause=problem,
    )


def _part(question: Question, typed: Typed, evidence: tuple[int, ...], rest: str, code: str) -> str:
    if code == "reason_missing":
        return "reason"
    if found := _EVIDENCE.match(rest):
        at = evidence[int(found[1])] if int(found[1]) < len(evidence) else 0
        return f"evidence-{at}-{found[2] or 'title'}"
    if question.kind == "table" and rest.startswith("value"):
        return _cell_part(question, typed, rest)
    if rest in ("comment", "reason"):
        return rest
    is_status = rest == "status" and not FIELDS[question.kind].has_statuses_among_values
    return "status" if is_status else ""


def _cell_part(question: Question, typed: Typed, rest: str) -> str:
    found, rows = _CELL.match(rest), written_rows(question, typed)
    if found is None or int(found[1]) >= len(rows):
        return ""
    return f"row-{rows[int(found[1])].at}.{found[2] or question.columns[0].id}"


def _limits(question: Question, part: str) -> tuple[str, dict[str, object]]:
    """The sentence for a number outside its limits, and these."""
    column = next((c for c in question.columns if part.endswith(f".{c.id}")), None)
    limits: Column | Question = column or question
    above = column.above if column else None
    low, high = limits.minimum, limits.maximum
    parts: dict[str, object] = {"low": above if above is not None else low, "high": high}
    if above is not None:
        return ("number_above" if high is None else "number_above_to"), parts
    if low is not None and high is not None:
        return "number_between", parts
    return ("number_at_least" if high is None else "number_at_most"), parts


def _options(question: Question, problem: Problem) -> dict[str, tuple[str, ...]]:
    """The options a sentence names, by its part."""
    said = {name: str(problem.particulars.get(name, "")) for name in ("id", "other", "ids")}
    if problem.code == "option_requires":
        patterns = said["ids"].split(", ")
        needed = tuple(i for i in option_ids(question) if any(fnmatchcase(i, p) for p in patterns))
        return {"option": (said["id"],), "others": needed}
    if problem.code in ("option_alone", "option_twice"):
        return {"option": (said["id"],)}
    if problem.code == "options_clash":
        return {"option": (said["id"],), "other": (said["other"],)}
    return {}
