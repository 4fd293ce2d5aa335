"""An assessment as files to take along: everything as JSON, and as a workbook in the reader's language.

The JSON holds exact values; the workbook shows them rounded half-up, as the report does. Both are the
company's own: nothing is left out as it is in the share edition.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from assessment.answers import Answer, Review, Row, answers_checksum, review_json, to_json
from assessment.result import AssessmentResult, result_json
from assessment.routing import Outcome
from assessment.scoring.indicators import IndicatorValue
from assessment.scoring.levels import index_of, rounded, share_of
from questionnaires.model import Fact
from questionnaires.profile import resolve_facts
from questionnaires.scheme import Dimension
from questionnaires.values import Language
from reports.formatting import Voice, clean
from reports.identity import identify
from reports.material import Material
from reports.sections.answers import evidence_line, has_words
from reports.sections.desk import Desk, lay_out
from reports.sections.indicators import named_missing
from reports.spoken import VALUES
from reports.translations.export import EXPORT_WORDS
from reports.translations.report import REPORT_WORDS
from reports.workbook import Cell, Column, Figure, Sheet, workbook_bytes

_NOTHING = Answer("missing")
_NARROW, _MEDIUM, _WIDE, _WIDEST = 11, 24, 44, 60


@dataclass(frozen=True, slots=True)
class _Writer:
    """What the sheets share: the report's desk and words, and the words that only a workbook has."""

    desk: Desk
    words: Mapping[str, str]

    @property
    def voice(self) -> Voice:
        return self.desk.voice

    def yes_no(self, is_so: bool) -> str:
        return self.voice.words["yes" if is_so else "no"]

    def status(self, status: str) -> str:
        return self.words[f"status_{status}"]

    def columns(self, *named: tuple[str, int]) -> tuple[Column, ...]:
        return tuple(Column(self.words[f"column_{name}"], width) for name, width in named)


def assessment_json(result: AssessmentResult) -> dict[str, Any]:
    """The answer file, the result and the review, each as its contract says; ``review`` None without one."""
    return {
        "answers": to_json(result.answers),
        "result": result_json(result),
        "review": None if result.review == Review() else review_json(result.review),
    }


def answers_xlsx(result: AssessmentResult, language: Language) -> bytes:
    """The workbook in one language; the same result gives the same bytes."""
    questionnaire = result.plan.questionnaire
    voice = Voice(language, REPORT_WORDS[language], questionnaire.words(language))
    writer = _Writer(lay_out(Material(result, language), voice), EXPORT_WORDS[language])
    return workbook_bytes(voice.texts["questionnaire/title"], tuple(_sheets(writer)), language)


def _sheets(writer: _Writer) -> Iterator[Sheet]:
    """The sheets in order; those of tables and indicators only where there are any."""
    yield _summary(writer)
    yield _dimensions(writer)
    yield _answers(writer)
    yield from _tables(writer)
    yield from _indicators(writer)
    yield _profile(writer)
    yield _about(writer)


def _summary(writer: _Writer) -> Sheet:
    words, report = writer.words, writer.voice.words
    overall, answers = writer.desk.result.overall, writer.desk.result.answers
    caps = writer.desk.caps(overall.caps)
    no_caps = "caps_unknown" if overall.raw_level is None else "caps_none"
    rows: list[tuple[Cell, ...]] = [
        (words["organisation"], clean(answers.organisation.name) or report["unnamed"]),
        (report["orgnr"], answers.organisation.orgnr),
        (report["questionnaire"], writer.voice.texts["questionnaire/title"]),
        (words["version"], answers.version),
        (report["period"], answers.period),
        (report["depth"], report[f"depth_{answers.depth}"]),
        (report["completed"], None if answers.completed_on is None else Figure(answers.completed_on, "date")),
        (report["overall_level"], _whole(overall.level)),
        (words["column_level_name"], writer.desk.level_name(overall.level, overall.status)),
        (words["column_status"], writer.status(overall.status)),
        (report["before_caps"], _whole(overall.raw_level)),
        *((report["caps_title"], cap) for cap in caps or (report[no_caps],)),
        (words["column_score"], _score(overall.score)),
        (words["column_lowest"], _score(overall.low)),
        (words["column_highest"], _score(overall.high)),
        (words["column_index"], _index(overall.score)),
        (report["answered"], _share(overall.coverage)),
        (report["documented"], _share(overall.documented)),
        (report["reviewed"], _share(overall.reviewed)),
        (words["note"], report["notice"]),
    ]
    return Sheet(words["sheet_summary"], writer.columns(("item", _MEDIUM), ("value", _WIDEST)), tuple(rows))


def _dimensions(writer: _Writer) -> Sheet:
    named = (
        ("dimension", _WIDE), ("level", _NARROW), ("level_name", _MEDIUM), ("status", _MEDIUM),
        ("before_caps", _NARROW), ("score", _NARROW), ("lowest", _NARROW), ("highest", _NARROW),
        ("index", _NARROW), ("answered", _NARROW), ("weight", _NARROW), ("core", _NARROW), ("caps", _WIDEST),
    )  # fmt: skip
    rows = tuple(_dimension_row(writer, dimension) for dimension in writer.desk.dimensions)
    return Sheet(writer.words["sheet_dimensions"], writer.columns(*named), rows)


def _dimension_row(writer: _Writer, dimension: Dimension) -> tuple[Cell, ...]:
    score = writer.desk.score(dimension.id)
    return (
        writer.voice.dimension(dimension.id),
        _whole(score.level),
        writer.desk.level_name(score.level, score.status),
        writer.status(score.status),
        _whole(score.raw_level),
        _score(score.score),
        _score(score.low),
        _score(score.high),
        _index(score.score),
        _share(score.coverage),
        _whole(dimension.weight),
        writer.yes_no(dimension.core),
        "\n".join(writer.desk.caps(score.caps)),
    )


def _answers(writer: _Writer) -> Sheet:
    named = (
        ("dimension", _MEDIUM), ("id", _MEDIUM), ("question", _WIDEST), ("answer", _WIDEST),
        ("number", _NARROW), ("anchor", _WIDE), ("state", _MEDIUM), ("score", _NARROW), ("weight", _NARROW),
        ("documented", _NARROW), ("estimate", _NARROW), ("reason", _WIDE), ("comment", _WIDEST),
        ("evidence", _WIDE),
    )  # fmt: skip
    rows = tuple(_answer_row(writer, outcome) for outcome in writer.desk.result.routed.outcomes)
    return Sheet(writer.words["sheet_answers"], writer.columns(*named), rows)


def _answer_row(writer: _Writer, outcome: Outcome) -> tuple[Cell, ...]:
    """One question of the depth. What was said to one that is not asked stays out: it has no effect."""
    known = writer.desk.result.answers.answers.get(outcome.id, _NOTHING)
    answer = _NOTHING if outcome.state == "not_asked" else known
    is_answered = outcome.state == "answered"
    said, anchor = _said(writer, outcome) if is_answered else ("", "")
    evidence = [evidence_line(writer.desk, item) for item in answer.evidence if has_words(item)]
    return (
        writer.voice.dimension(outcome.planned.dimension),
        outcome.id,
        writer.voice.question(outcome.id),
        said,
        _number(outcome.value),
        anchor,
        writer.words["state_answered"] if is_answered else writer.voice.words[outcome.state],
        _whole(outcome.score),
        _whole(outcome.weight),
        writer.yes_no(outcome.documented) if is_answered else "",
        writer.yes_no(True) if is_answered and answer.estimate else "",
        answer.reason,
        answer.comment,
        "\n".join(evidence),
    )


def _said(writer: _Writer, outcome: Outcome) -> tuple[str, str]:
    """The answer in words, and the anchor of its score where the answer is not the anchor itself."""
    question = outcome.planned.question
    said = VALUES[question.kind](writer.voice, question, outcome.value)
    anchor = writer.voice.texts.get(f"questions/{outcome.id}/anchors/{outcome.score}", "")
    return said, "" if anchor == said else anchor


def _tables(writer: _Writer) -> Iterator[Sheet]:
    """A sheet for each table that is filled in, with the table's own columns."""
    filled = [
        outcome
        for outcome in writer.desk.result.routed.outcomes
        if outcome.planned.question.kind == "table" and outcome.state == "answered"
    ]
    for number, outcome in enumerate(filled, start=1):
        question = outcome.planned.question
        title = writer.words["sheet_table"].format(number=number)
        own = tuple(
            Column(writer.voice.texts[f"questions/{question.id}/columns/{column.id}"], _MEDIUM)
            for column in question.columns
        )
        rows: tuple[Row, ...] = outcome.value  # type: ignore[assignment]  # a table's value is its rows
        lines = tuple(
            (question.id, *(_table_cell(row.get(column.id)) for column in question.columns)) for row in rows
        )
        yield Sheet(title, (*writer.columns(("id", _MEDIUM)), *own), lines)


def _table_cell(value: str | Decimal | None) -> Cell:
    return Figure(value) if isinstance(value, Decimal) else value


def _indicators(writer: _Writer) -> Iterator[Sheet]:
    """Every indicator of the definition; no sheet when no figure could be worked out at basic depth."""
    result = writer.desk.result
    found = result.routed.indicators
    if not found or (result.answers.depth == "basic" and all(figure.value is None for figure in found)):
        return
    named = (
        ("indicator_id", _NARROW), ("indicator", _WIDE), ("number", _MEDIUM), ("unit", _MEDIUM),
        ("formula", _WIDEST), ("source", _WIDE), ("lacking", _WIDEST),
    )  # fmt: skip
    rows = tuple(_indicator_row(writer, figure) for figure in found)
    yield Sheet(writer.words["sheet_indicators"], writer.columns(*named), rows)


def _indicator_row(writer: _Writer, figure: IndicatorValue) -> tuple[Cell, ...]:
    texts, key = writer.voice.texts, f"indicators/{figure.id}"
    sources = {indicator.id: indicator.source for indicator in writer.desk.questionnaire.scheme.indicators}
    return (
        figure.id,
        texts[f"{key}/name"],
        _number(figure.value),
        texts[f"{key}/unit_text"],
        texts[f"{key}/formula_text"],
        sources[figure.id],
        "\n".join(named_missing(writer.voice, figure.missing)),
    )


def _profile(writer: _Writer) -> Sheet:
    given = writer.desk.result.answers.profile
    names = resolve_facts(writer.desk.questionnaire.facts, given)
    rows = tuple(
        (
            writer.voice.texts[f"facts/{fact.id}/text"],
            _fact(writer, names.get(f"profile.{fact.id}")),
            writer.words[_origin(fact, given, names)],
        )
        for fact in writer.desk.questionnaire.facts
    )
    named = writer.columns(("fact", _WIDEST), ("value", _MEDIUM), ("origin", _MEDIUM))
    return Sheet(writer.words["sheet_profile"], named, rows)


def _fact(writer: _Writer, value: object) -> Cell:
    match value:
        case bool():
            return writer.yes_no(value)
        case int():
            return _whole(value)
        case _:
            return None if value is None else str(value)


def _origin(fact: Fact, given: Mapping[str, object], names: Mapping[str, object]) -> str:
    """Where a fact comes from, as a key of words."""
    name = f"profile.{fact.id}"
    if fact.derived is not None:
        return "fact_derived" if name in names else "fact_unknown"
    if name in names and names[name] == given.get(fact.id):
        return "fact_given"
    return "fact_not_asked" if name in names or fact.id in given else "fact_unknown"


def _about(writer: _Writer) -> Sheet:
    words, report, result = writer.words, writer.voice.words, writer.desk.result
    identity = identify(result)
    rows: list[tuple[Cell, ...]] = [
        (report["questionnaire"], f"{result.answers.questionnaire} {result.answers.version}"),
        (report["definition_sum"], result.plan.sha256),
        (report["answers_sum"], answers_checksum(result.answers)),
        (report["engine"], result.engine),
        (report["report_id"], identity.id),
        (report["code"], identity.code),
        (words["language"], words["language_name"]),
    ]
    if by := clean(result.review.by):
        on = result.review.on
        rows.append((report["reviewed"], f"{by}, {writer.voice.date(on)}" if on else by))
    rows += [(words["note"], words[note]) for note in ("note_rounded", "note_guard")]
    return Sheet(words["sheet_about"], writer.columns(("item", _MEDIUM), ("value", 72)), tuple(rows))


def _whole(value: int | None) -> Figure | None:
    return None if value is None else Figure(value, "whole")


def _score(value: Fraction | None) -> Figure | None:
    return None if value is None else Figure(Decimal(rounded(value, 2)), "two")


def _index(score: Fraction | None) -> Figure | None:
    return None if score is None else Figure(Decimal(index_of(score)), "one")


def _share(value: Fraction | None) -> Figure | None:
    return None if value is None else Figure(Decimal(share_of(value)), "share")


def _number(value: object) -> Figure | None:
    """A figure as typed, or one worked out with one decimal; None for an answer in words."""
    match value:
        case Fraction():
            return Figure(Decimal(rounded(value, 1)), "one")
        case Decimal():
            return Figure(value)
        case _:
            return None
