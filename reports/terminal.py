"""A result, or a questionnaire, as plain text for the terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import groupby

from assessment.advice.climb import Step
from assessment.explanation import DimensionPart, Explanation, QuestionPart, explanation
from assessment.result import AssessmentResult
from assessment.scoring.dimensions import Cap
from assessment.scoring.levels import index_of, rounded
from questionnaires.model import Questionnaire
from reports.translations.terminal import WORDS

WIDTH = 92
BAR = 20
SHOWN = 3
_NO_BREAK = "\u00a0"


def describe_result(result: AssessmentResult, language: str) -> str:
    """The result for people: the level and why, each dimension and answer, what to do next."""
    return _Writer(result, language).text()


def describe_questionnaire(questionnaire: Questionnaire, language: str) -> str:
    """A questionnaire's title, introduction and questions by section."""
    words, texts = WORDS[language], questionnaire.texts[language]
    basic = sum(question.depth == "basic" for _, question in questionnaire.questions())
    more = sum(1 for _ in questionnaire.questions()) - basic
    lines = [
        f"{texts['questionnaire/title']} {questionnaire.version}",
        "",
        *_wrapped(texts["questionnaire/intro"], ""),
        "",
        words["questions"].format(basic=basic, advanced=more),
    ]
    for section in questionnaire.sections:
        lines += ["", texts[f"sections/{section.id}/title"]]
        for question in section.questions:
            lines += _wrapped(f"{question.id} ({words[question.depth]}): {_text(texts, question.id)}", "  ")
    return "\n".join(lines) + "\n"


def _text(texts: dict[str, str], question: str) -> str:
    return texts[f"questions/{question}/text"]


def _wrapped(text: str, indent: str) -> list[str]:
    return textwrap.wrap(
        text.replace(_NO_BREAK, " "), WIDTH, initial_indent=indent, subsequent_indent=indent + "  "
    )


class _Writer:
    """Writes one result in one language."""

    def __init__(self, result: AssessmentResult, language: str) -> None:
        self.result = result
        self.words = WORDS[language]
        self.texts = result.plan.questionnaire.texts[language]
        self.comma = "." if language == "en" else ","

    def text(self) -> str:
        why = explanation(self.result)
        parts = [
            self._head(),
            self._level(why),
            self._dimensions(why),
            self._standings(),
            self._next_step(),
            self._advice(),
            self._contradictions(),
            self._indicators(),
            [self.words["method"]],
        ]
        return "\n\n".join("\n".join(part) for part in parts if part) + "\n"

    def _head(self) -> list[str]:
        answers = self.result.answers
        title = f"{self.texts['questionnaire/title']} {answers.version}"
        facts = (answers.organisation.name, title, self.words[answers.depth], answers.period)
        return [" · ".join(_one_line(fact) for fact in facts if fact)]

    def _level(self, why: Explanation) -> list[str]:
        overall = self.result.overall
        if overall.score is None or overall.low is None or overall.high is None:
            known = "not_applicable" if overall.status == "not_applicable" else "no_level"
            return [self.words[known]]
        lines = [self._level_line(overall.level, overall.status)]
        range_ = self.words["range"].format(low=self._number(overall.low), high=self._number(overall.high))
        index = f"{self.words['index']} {index_of(overall.score).replace('.', self.comma)}"
        lines.append(f"{self.words['score']} {self._number(overall.score)} ({index}; {range_})")
        if why.caps and overall.level is not None:
            lines.append(self.words["raw"].format(raw=why.raw_level))
        lines += self._caps(why.caps)
        shares = {"answered": overall.coverage, "documented": overall.documented, "reviewed": overall.reviewed}
        percent = {name: rounded((share or Fraction()) * 100, 0) for name, share in shares.items()}
        lines.append(self.words["facts"].format(**percent))
        if overall.equal_weights is not None:
            lines.append(self.words["equal"].format(score=self._number(overall.equal_weights)))
        return lines

    def _level_line(self, level: int | None, status: str) -> str:
        if level is None:
            return self.words["no_level"]
        note = f" ({self.words['provisional']})" if status == "provisional" else ""
        return f"{self.words['level']} {level}: {self.texts[f'levels/{level}/name']}{note}"

    def _caps(self, caps: Iterable[Cap]) -> Iterator[str]:
        for cap in caps:
            kind = "questions/{}/text" if cap.rule == "gate" else "dimensions/{}/title"
            named = [self.texts.get(kind.format(id_), id_) for id_ in cap.because]
            sentence = self.words[cap.rule].format(because=", ".join(named), max=cap.max_level)
            yield from _wrapped(sentence, "")

    def _dimensions(self, why: Explanation) -> list[str]:
        lines = [self.words["dimensions"]]
        for part in why.dimensions:
            lines += self._dimension(part)
        return lines

    def _dimension(self, part: DimensionPart) -> Iterator[str]:
        title = self.texts[f"dimensions/{part.id}/title"]
        if part.score is None:
            known = "dimension_none" if part.raw_level is None and not part.questions else "dimension_withheld"
            yield f"  {title}: {self.words[known]}"
        else:
            filled = int(rounded(part.score * BAR / 4, 0))
            level = f"{self.words['level'].lower()} {'–' if part.level is None else part.level}"
            parts = {"weight": part.weight, "part": self._number(part.contribution or Fraction())}
            bar = "█" * filled + "░" * (BAR - filled)
            yield f"  {title}"
            score = f"{bar} {self._number(part.score)}  {level}"
            yield f"    {score}   {self.words['contribution'].format(**parts)}"
        for line in self._caps(part.caps):
            yield f"    {line}"
        for question in part.questions:
            yield from self._question(question)

    def _question(self, part: QuestionPart) -> Iterator[str]:
        if part.state == "not_asked" or part.weight == 0:
            return
        states = {
            "unknown": self.words["unknown"],
            "missing": self.words["missing"],
            "not_applicable": self.words["state_not_applicable"],
        }
        said = str(part.score) if part.state == "answered" else states[part.state]
        yield from _wrapped(f"[{said}] {_text(self.texts, part.question)}", "      ")

    def _standings(self) -> list[str]:
        lines: list[str] = []
        for name, found in (("strengths", self.result.strengths), ("gaps", self.result.gaps)):
            if found:
                lines += ["", self.words[name]] if lines else [self.words[name]]
                for standing in found[:SHOWN]:
                    lines += _wrapped(_text(self.texts, standing.question), "  ")
        return lines

    def _next_step(self) -> list[str]:
        step = self.result.next_step
        if step is None:
            return []
        title = self.words["next_step" if step.optimal else "next_step_unproved"]
        lines = [title.format(level=step.reaches, cost=step.cost)]
        for question, steps in groupby(step.steps, key=lambda part: part.question):
            lines += _wrapped(f"{_text(self.texts, question)} – {self._steps(list(steps))}", "  ")
        return lines

    def _steps(self, steps: list[Step]) -> str:
        """The steps of one question in words; raises in a row are one."""
        said = [self.words[part.kind] for part in steps if part.kind != "raise"]
        raises = [part for part in steps if part.kind == "raise"]
        if raises:
            from_, to = raises[0].from_score, raises[-1].to_score
            said.append(self.words["raise"].format(from_score=from_, to=to))
        return ", ".join(said)

    def _advice(self) -> list[str]:
        found = self.result.recommendations[:SHOWN]
        lines = [self.words["advice"]] if found else []
        for advice in found:
            lines += _wrapped(f"{self.texts[f'{advice.text_key}/text']} ({self.words[advice.effort]})", "  ")
            lines += _wrapped(f"{self.words['why']} {self.texts[f'{advice.text_key}/why']}", "    ")
        return lines

    def _contradictions(self) -> list[str]:
        found = self.result.contradictions
        lines = [self.words["contradictions"]] if found else []
        for contradiction in found:
            lines += _wrapped(self.texts[f"contradictions/{contradiction.rule}/ask"], "  ")
        return lines

    def _indicators(self) -> list[str]:
        found = [figure for figure in self.result.routed.indicators if figure.value is not None]
        lines = [self.words["indicators"]] if found else []
        for figure in found:
            name, unit = (self.texts[f"indicators/{figure.id}/{key}"] for key in ("name", "unit_text"))
            value = rounded(figure.value or Fraction(), 1).replace(".", self.comma)
            lines.append(f"  {figure.id:<4} {name}: {value} {unit}")
        return lines

    def _number(self, value: Fraction) -> str:
        return rounded(value, 2).replace(".", self.comma)


def _one_line(text: str) -> str:
    """Somebody's text without line breaks and control characters, so that it cannot steer the terminal."""
    return "".join(c if c.isprintable() or c == _NO_BREAK else " " for c in text)
