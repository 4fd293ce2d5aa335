"""A result, or a questionnaire, as plain text for the terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import groupby

from assessment.advice.climb import Step
from assessment.advice.standing import Standing
from assessment.explanation import DimensionPart, Explanation, QuestionPart, explanation
from assessment.result import AssessmentResult
from assessment.scoring.dimensions import Cap
from assessment.scoring.levels import rounded
from assessment.scoring.overall import OverallScore
from questionnaires.model import Questionnaire
from reports.formatting import NO_BREAK, Voice
from reports.translations.terminal import WORDS

WIDTH = 92
BAR = 20
SHOWN = 3


def describe_result(result: AssessmentResult, language: str) -> str:
    """The result for people: the level and why, each dimension and answer, what to do next."""
    voice = Voice(language, WORDS[language], result.plan.questionnaire.words(language))
    parts = (*_Standing(result, voice).parts(), *_Doing(result, voice).parts(), [voice.words["method"]])
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


def describe_questionnaire(questionnaire: Questionnaire, language: str) -> str:
    """A questionnaire's title, introduction and questions by section."""
    words, texts = WORDS[language], questionnaire.words(language)
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
            text = texts[f"questions/{question.id}/text"]
            lines += _wrapped(f"{question.id} ({words[question.depth]}): {text}", "  ")
    return "\n".join(lines) + "\n"


def _wrapped(text: str, indent: str) -> list[str]:
    return textwrap.wrap(
        text.replace(NO_BREAK, " "), WIDTH, initial_indent=indent, subsequent_indent=indent + "  "
    )


class _Standing:
    """Where the company stands and why: the level, its caps, each dimension and answer."""

    def __init__(self, result: AssessmentResult, voice: Voice) -> None:
        self.result = result
        self.voice = voice
        self.words = voice.words

    def parts(self) -> list[list[str]]:
        why = explanation(self.result)
        return [self._head(), self._level(why), self._dimensions(why)]

    def _head(self) -> list[str]:
        answers = self.result.answers
        title = f"{self.voice.texts['questionnaire/title']} {answers.version}"
        facts = (answers.organisation.name, title, self.words[answers.depth], answers.period)
        return [" · ".join(_one_line(fact) for fact in facts if fact)]

    def _level(self, why: Explanation) -> list[str]:
        overall = self.result.overall
        if overall.score is None or overall.low is None or overall.high is None:
            known = "not_applicable" if overall.status == "not_applicable" else "no_level"
            return [self.words[known]]
        lines = [self._level_line(overall.level, overall.status), self._score_line(overall)]
        if why.caps and overall.level is not None:
            lines.append(self.words["raw"].format(raw=why.raw_level))
        lines += self._caps(why.caps)
        shares = (overall.coverage, overall.documented, overall.reviewed)
        percent = [rounded((share or Fraction()) * 100, 0) for share in shares]
        facts = dict(zip(("answered", "documented", "reviewed"), percent, strict=True))
        lines.append(self.words["facts"].format(**facts))
        if overall.equal_weights is not None:
            lines.append(self.words["equal"].format(score=self.voice.score(overall.equal_weights)))
        return lines

    def _level_line(self, level: int | None, status: str) -> str:
        if level is None:
            return self.words["no_level"]
        note = f" ({self.words['provisional']})" if status == "provisional" else ""
        return f"{self.words['level']} {level}: {self.voice.texts[f'levels/{level}/name']}{note}"

    def _score_line(self, overall: OverallScore) -> str:
        assert overall.score is not None
        assert overall.low is not None
        assert overall.high is not None
        low, high = self.voice.score(overall.low), self.voice.score(overall.high)
        index = f"{self.words['index']} {self.voice.index(overall.score)}"
        range_ = self.words["range"].format(low=low, high=high)
        return f"{self.words['score']} {self.voice.score(overall.score)} ({index}; {range_})"

    def _caps(self, caps: Iterable[Cap]) -> Iterator[str]:
        for cap in caps:
            kind = "questions/{}/text" if cap.rule == "gate" else "dimensions/{}/title"
            named = [self.voice.texts.get(kind.format(id_), id_) for id_ in cap.because]
            sentence = self.words[cap.rule].format(because=", ".join(named), max=cap.max_level)
            yield from _wrapped(sentence, "")

    def _dimensions(self, why: Explanation) -> list[str]:
        lines = [self.words["dimensions"]]
        for part in why.dimensions:
            lines += self._dimension(part)
        return lines

    def _dimension(self, part: DimensionPart) -> Iterator[str]:
        title = self.voice.texts[f"dimensions/{part.id}/title"]
        found = self.result.scores.dimensions[part.id]
        notes = [self.words["core"]] if self._is_core(part.id) else []
        notes += [self.words["dimension_withheld"]] if found.status == "withheld" else []
        notes += [self.words["dimension_none"]] if found.status == "not_applicable" else []
        notes += [self.words["na_review"]] if found.flags else []
        yield f"  {title}" + (f" ({'; '.join(notes)})" if notes else "")
        if part.score is not None:
            filled = int(rounded(part.score * BAR / 4, 0))
            level = f"{self.words['level'].lower()} {'–' if part.level is None else part.level}"
            share = self.voice.number(part.contribution or Fraction())
            weight = self.words["contribution"].format(weight=part.weight, part=share)
            bar = "█" * filled + "░" * (BAR - filled)
            yield f"    {bar} {self.voice.score(part.score)}  {level}   {weight}"
        for line in self._caps(part.caps):
            yield f"    {line}"
        for question in part.questions:
            yield from self._question(question)

    def _is_core(self, id_: str) -> bool:
        return any(p.dimension.id == id_ and p.dimension.core for p in self.result.plan.dimensions)

    def _question(self, part: QuestionPart) -> Iterator[str]:
        if part.state == "not_asked" or part.weight == 0:
            return
        states = {
            "unknown": self.words["unknown"],
            "missing": self.words["missing"],
            "not_applicable": self.words["state_not_applicable"],
        }
        said = str(part.score) if part.state == "answered" else states[part.state]
        yield from _wrapped(f"[{said}] {self.voice.question(part.question)}", "      ")


class _Doing:
    """What stands out and what to do: strengths, gaps, the next step, advice, questions, figures."""

    def __init__(self, result: AssessmentResult, voice: Voice) -> None:
        self.result = result
        self.voice = voice
        self.words = voice.words

    def parts(self) -> list[list[str]]:
        return [
            self._standings("strengths", self.result.strengths),
            self._standings("gaps", self.result.gaps),
            self._next_step(),
            self._advice(),
            self._contradictions(),
            self._indicators(),
        ]

    def _standings(self, name: str, found: tuple[Standing, ...]) -> list[str]:
        lines = [self.words[name]] if found else []
        for standing in found[:SHOWN]:
            lines += _wrapped(self.voice.question(standing.question), "  ")
        return lines

    def _next_step(self) -> list[str]:
        step = self.result.next_step
        if step is None:
            return []
        title = self.words["next_step" if step.optimal else "next_step_unproved"]
        lines = [title.format(level=step.reaches, cost=step.cost)]
        for question, steps in groupby(step.steps, key=lambda part: part.question):
            lines += _wrapped(f"{self.voice.question(question)} – {self._steps(list(steps))}", "  ")
        return [*lines, *_wrapped(self.words["effort"], "  ")]

    def _steps(self, steps: list[Step]) -> str:
        """The steps of one question in words; raises in a row are one."""
        said = [self.words["answer"]] if any(part.kind == "answer" for part in steps) else []
        raises = [part for part in steps if part.kind == "raise"]
        if raises:
            from_, to = raises[0].from_score, raises[-1].to_score
            said.append(self.words["raise"].format(from_score=from_, to=to))
        said += [self.words["document"]] if any(part.kind == "document" for part in steps) else []
        return ", ".join(said)

    def _advice(self) -> list[str]:
        found = self.result.recommendations[:SHOWN]
        lines = [self.words["advice"]] if found else []
        for advice in found:
            text, why = (self.voice.texts[f"{advice.text_key}/{name}"] for name in ("text", "why"))
            lines += _wrapped(f"{text} ({self.words[advice.effort]})", "  ")
            lines += _wrapped(f"{self.words['why']} {why}", "    ")
        return lines

    def _contradictions(self) -> list[str]:
        found = self.result.contradictions
        lines = [self.words["contradictions"]] if found else []
        for contradiction in found:
            lines += _wrapped(self.voice.texts[f"contradictions/{contradiction.rule}/ask"], "  ")
        return lines

    def _indicators(self) -> list[str]:
        found = [figure for figure in self.result.routed.indicators if figure.value is not None]
        lines = [self.words["indicators"]] if found else []
        for figure in found:
            name, unit = (self.voice.texts[f"indicators/{figure.id}/{key}"] for key in ("name", "unit_text"))
            value = self.voice.number(figure.value or Fraction(), 1)
            lines.append(f"  {figure.id:<4} {name}: {value} {unit}")
        return lines


def _one_line(text: str) -> str:
    """Somebody's text without line breaks and control characters, so that it cannot steer the terminal."""
    return "".join(c if c.isprintable() or c == NO_BREAK else " " for c in text)
