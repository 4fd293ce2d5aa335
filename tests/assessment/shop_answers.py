"""Answer sets of the bicycle shop: the good one, and any that the reader accepts."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from assessment.answers import Answer, AnswerSet, Evidence, Organisation
from assessment.jsontext import read_json
from assessment.reading import Reading, read_answers
from questionnaires.model import Questionnaire
from tests.answers_broken.workshop import good_text


def read(content: Any, questionnaire: Questionnaire) -> Reading:
    """What the reader makes of a JSON value, or of the text of a file."""
    text = content if isinstance(content, str) else json.dumps(content)
    return read_answers(read_json(text.encode("utf-8"), "a.json"), lambda _id, _version: questionnaire)


def good(questionnaire: Questionnaire) -> AnswerSet:
    """The answers of the good file."""
    answers = read(good_text(), questionnaire).answers
    assert answers is not None
    return answers


def _text(limit: int) -> st.SearchStrategy[str]:
    return st.text(st.characters(), min_size=1, max_size=limit).filter(lambda text: bool(text.strip()))


def numbers(low: int, high: int) -> st.SearchStrategy[Decimal]:
    """Numbers of at most six decimals."""
    return st.decimals(low, high, places=6, allow_nan=False, allow_infinity=False)


_evidence = st.builds(
    Evidence,
    title=st.none() | _text(30),
    kind=st.sampled_from([None, "file", "link", "document"]),
    date=st.none() | st.dates(),
)
_shares = st.integers(0, 100).flatmap(lambda first: st.tuples(st.just(first), st.integers(0, 100 - first)))


@st.composite
def _rows(draw: st.DrawFn) -> dict[str, str | Decimal]:
    reused, recycled = draw(_shares)
    row = {
        "part": draw(_text(20)),
        "mass_tonnes": draw(numbers(1, 1_000_000)),
        "reused_pct": Decimal(reused),
        "recycled_pct": Decimal(recycled),
    }
    kept = draw(st.sets(st.sampled_from(sorted(row)), min_size=1))
    return {name: cell for name, cell in row.items() if name in kept}


_VALUES: dict[str, st.SearchStrategy[Any]] = {
    "tables.parts_in": st.lists(_rows(), min_size=1, max_size=4).map(tuple),
    "workshop.tools": st.sampled_from("01234"),
    "workshop.repairs": st.sampled_from([("wheels",), ("wheels", "chains", "brakes_full"), ("nothing",)]),
    "workshop.stand": st.sampled_from(["floor", "hook", "lift"]),
    "workshop.counted": st.booleans(),
    "workshop.training_hours": numbers(0, 2000),
    "workshop.motto": _text(40),
    "workshop.opened_on": st.dates(),
    "flows.scrap": st.sampled_from("01234"),
    "flows.reused_pct": numbers(0, 100),
    "rental.bikes": st.sampled_from("01234"),
}


@st.composite
def _answers(draw: st.DrawFn, id_: str) -> Answer:
    states = ["answered", "unknown", "missing"] + ["not_applicable"] * (id_ != "workshop.tools")
    status = draw(st.sampled_from(states))
    return Answer(
        status=status,
        value=draw(_VALUES[id_]) if status == "answered" else None,
        reason=draw(_text(20)) if status == "not_applicable" else None,
        comment=draw(st.none() | _text(40)),
        evidence=tuple(draw(st.lists(_evidence, max_size=2))),
        estimate=draw(st.booleans()),
    )


@st.composite
def answer_sets(draw: st.DrawFn) -> AnswerSet:
    """Any answers to the bicycle shop that are sound."""
    asked = draw(st.lists(st.sampled_from(sorted(_VALUES)), unique=True))
    facts = {
        "trade_code": _text(20),
        "employees": st.integers(0, 1_000_000_000),
        "rents": st.booleans(),
        "is_small": st.booleans(),
    }
    known = draw(st.lists(st.sampled_from(sorted(facts)), unique=True))
    answers = {id_: draw(_answers(id_)) for id_ in asked}
    return AnswerSet(
        questionnaire="bicycle_shop",
        version="1.0.0",
        depth=draw(st.sampled_from(["basic", "advanced"])),
        period=draw(_text(20)),
        completed_on=draw(st.none() | st.dates(min_value=date(1, 1, 1))),
        organisation=Organisation(draw(_text(30)), draw(st.sampled_from([None, "310028142"]))),
        profile={id_: draw(facts[id_]) for id_ in known},
        answers={id_: answer for id_, answer in answers.items() if answer != Answer("missing")},
    )
