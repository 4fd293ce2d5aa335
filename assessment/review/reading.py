"""An advisor's file, checked in full against the questionnaire it reviews."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from assessment.answers import Review
from assessment.filereader import FileReader
from assessment.jsontext import JsonText, Lines, Pairs
from assessment.values import found_kind, short
from questionnaires.errors import Loc, Problem
from questionnaires.model import Question, Questionnaire, option_ids

_KEYS = ("confirmed", "accepted", "ratings", "by", "on")
_MAX_NAME = 300


def read_review(source: JsonText, questionnaire: Questionnaire) -> tuple[Review | None, tuple[Problem, ...]]:
    """An advisor's part, or the problems why the file cannot be used."""
    if source.problems:
        return None, source.problems
    reader = _ReviewReader(Lines(source))
    review = reader.review(source.content, questionnaire)
    return (None if reader.problems else review), tuple(reader.problems)


def rating_ids(question: Question) -> tuple[str, ...]:
    """What an advisor may rate a question with: its options, or a score where it has none that score."""
    return option_ids(question) if question.kind == "single_choice" else ("0", "1", "2", "3", "4")


class _ReviewReader(FileReader):
    """Reads a review file."""

    def review(self, content: Any, questionnaire: Questionnaire) -> Review:
        file = self.object_(content, (), _KEYS, ())
        questions = {question.id: question for _, question in questionnaire.questions()}
        dimensions = [dimension.id for dimension in questionnaire.scheme.dimensions]
        return Review(
            confirmed=self._ids(file, "confirmed", "unknown_question", questions),
            accepted=self._ids(file, "accepted", "unknown_dimension", dimensions),
            ratings=self._ratings(file.get("ratings", Pairs()), questions),
            by=self.text(file, "by", _MAX_NAME),
            on=self.optional_date(file, "on"),
        )

    def _ids(self, file: Mapping[str, Any], key: str, code: str, known: Collection[str]) -> frozenset[str]:
        raw = file.get(key, [])
        if not isinstance(raw, list):
            words = {"wanted": "a list of ids", "found": found_kind(raw), "allowed_values": "a list"}
            self.complain((key,), "wrong_value", **words)
            return frozenset()
        for at, id_ in enumerate(raw):
            if not isinstance(id_, str) or id_ not in known:
                words = {"id": self.quoted(id_), "hint": self.hint(id_, known), "ids": ", ".join(known)}
                self.complain((key, at), code, **words)
        return frozenset(id_ for id_ in raw if isinstance(id_, str))

    def _ratings(self, raw: Any, questions: Mapping[str, Question]) -> dict[str, str]:
        if not isinstance(raw, Pairs):
            self.object_(raw, ("ratings",), (), ())
            return {}
        self.find_twice(raw, ("ratings",))
        for id_, option in raw.items():
            loc = ("ratings", id_)
            if id_ not in questions:
                words = {"id": short(id_), "hint": self.hint(id_, questions)}
                self.complain(loc, "unknown_question", **words)
            else:
                self._rating(option, rating_ids(questions[id_]), loc)
        return {id_: option for id_, option in raw.items() if isinstance(option, str)}

    def _rating(self, option: Any, known: tuple[str, ...], loc: Loc) -> None:
        if type(option) is not str:
            allowed = ", ".join(f'"{id_}"' for id_ in known)
            words = {"wanted": "the id of an option in quotes", "found": found_kind(option)}
            self.complain(loc, "wrong_value", **words, allowed_values=allowed)
        elif option not in known:
            words = {"id": short(option), "hint": self.hint(option, known), "ids": ", ".join(known)}
            self.complain(loc, "unknown_option", **words)
