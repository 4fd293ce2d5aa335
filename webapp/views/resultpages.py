"""What the templates of a result get, worked out beforehand from the report's own values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from reports.charts import TOP, Band, Layout, Plotted, Row, Scale, bands, draw
from reports.formatting import Voice
from reports.maturity import build_report
from reports.sections.advisor import check
from reports.sections.desk import Desk, lay_out
from reports.sections.profile import plot
from reports.sections.summary import Summary
from reports.sections.unsure import Unsure, count_unsure, find_unsure, find_unsure_overall
from reports.translations.report import REPORT_WORDS
from webapp.auth import current
from webapp.services.people import names_of
from webapp.services.results import Result
from webapp.views.helppage import help_page
from webapp.views.resultadvice import advice_page, approved_by
from webapp.views.resultsteps import OFFERED, page_way, standing_out

_PER_CENT = Layout(width=100, left=0, plot=100, row=28, head=0, label_chars=0)
"""Places as shares of the width, so that a bar is as wide as its page."""

BANDS: tuple[Band, ...] = bands(Scale(0, 100))
"""The five levels on such a bar."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of the profile. ``target``: the id of its details on the page; empty for the whole."""

    title: str
    target: str
    note: str
    row: Row


@dataclass(frozen=True, slots=True)
class KeyFact:
    """A plain fact beside the level. ``figure``: empty where it is said in words alone."""

    name: str
    figure: str
    about: str


@dataclass(frozen=True, slots=True)
class LevelName:
    """One step of the scale."""

    level: int
    name: str
    is_reached: bool
    is_current: bool


def desk_of(result: Result) -> Desk:
    """The result laid out in the page's language."""
    language = current.language()
    questionnaire = result.material.result.plan.questionnaire
    return lay_out(result.material, Voice(language, REPORT_WORDS[language], questionnaire.words(language)))


def result_page(result: Result) -> dict[str, Any]:
    """Everything the page of a result shows; parts that have nothing to say are None."""
    desk = desk_of(result)
    report = build_report(result.material)
    parts = {section.id: section.body for section in report.sections}
    overall = desk.result.overall
    return {
        "result": result,
        "texts": desk.voice.texts,
        "words": desk.voice.words,
        "summary": parts["summary"],
        "strengths": standing_out(desk, desk.result.strengths),
        "gaps": standing_out(desk, desk.result.gaps),
        "facts": _facts(desk, parts["summary"], result),
        "unsure": _unsure(find_unsure_overall(desk)),
        "steps": parts["steps"],
        "advice": parts["steps"].advice[:OFFERED],
        "way": page_way(desk, desk.result.next_step),
        "ways": {
            f"dimension-{d.id}": page_way(desk, result.material.steps.get(d.id)) for d in desk.dimensions
        },
        "details": parts["dimensions"].dimensions,
        "unsure_of": {f"dimension-{d.id}": _unsure(find_unsure(desk, d.id)) for d in desk.dimensions},
        "indicators": parts.get("indicators"),
        "change": parts.get("change"),
        "learning": parts.get("learning"),
        "contradictions": check(desk).body.contradictions,
        "levels": _levels(desk),
        "bars": _bars(desk),
        "bands": BANDS,
        "index": "" if overall.score is None else desk.voice.index(overall.score),
        "points": _points(desk),
        "possible": desk.range(overall.low, overall.high) if overall.score is not None else "",
        "is_provisional": overall.status == "provisional",
        "submitter": _submitter(result),
        "help": [] if result.submission is None else help_page(result),
        **({} if result.submission is None else advice_page(result, desk)),
    }


def _points(desk: Desk) -> str:
    """The score in words, and where the next level begins unless something else holds the level down."""
    voice, overall = desk.voice, desk.result.overall
    if overall.score is None:
        return ""
    say = current.words().say
    said = say("result.of_4", points=voice.score(overall.score))
    if overall.level is None or overall.level != overall.raw_level or overall.level >= TOP:
        return f"{said}."
    begins = voice.number(Fraction(2 * overall.level + 1, 2))
    return f"{said}. {say('result.next_begins', level=overall.level + 1, points=begins)}"


def _facts(desk: Desk, summary: Summary, result: Result) -> list[KeyFact]:
    """What is answered, documented and reviewed; of what is approved, by whom in place of a share of 0."""
    answered, documented, reviewed = (KeyFact(fact.name, fact.figure, fact.about) for fact in summary.facts)
    if count_unsure(desk).unknown:
        no_answer = current.words().say("result.unknown_is_no_answer")
        answered = replace(answered, about=f"{answered.about}. {no_answer}")
    if result.levels is not None:
        approved = approved_by(result.levels)
        is_nothing = not desk.result.overall.reviewed
        about = approved if is_nothing else f"{reviewed.about}. {approved}"
        reviewed = replace(reviewed, figure="" if is_nothing else reviewed.figure, about=about)
    return [answered, documented, reviewed]


def _unsure(found: Unsure | None) -> str:
    if found is None:
        return ""
    return current.words().say("result.unsure", unknown=found.unknown, asked=found.asked)


def _levels(desk: Desk) -> list[LevelName]:
    level = desk.result.overall.level
    return [
        LevelName(
            step,
            desk.voice.level(step),
            is_reached=level is not None and step <= level,
            is_current=step == level,
        )
        for step in range(5)
    ]


def _bars(desk: Desk) -> list[Bar]:
    plotted = [plot(desk, dimension) for dimension in desk.dimensions]
    targets = [f"dimension-{dimension.id}" for dimension in desk.dimensions]
    return [
        Bar(item.label, target, _note(desk, item), row)
        for item, target, row in zip(plotted, targets, rows_of(plotted), strict=True)
    ]


def rows_of(plotted: Iterable[Plotted]) -> tuple[Row, ...]:
    """Where the marks of bars stand, in per cent of their width."""
    return draw("bars", "", "", list(plotted), _PER_CENT).rows


def _note(desk: Desk, item: Plotted) -> str:
    return desk.voice.words["provisional"] if item.status == "provisional" else ""


def _submitter(result: Result) -> str:
    """Who handed it in; empty where they are no longer there, and to others than the company's own."""
    if result.submission is None or not result.is_own:
        return ""
    person = result.submission.by_person_id
    return names_of(current.site(), [person]).get(person or "", "")
