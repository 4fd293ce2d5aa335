"""Adding a question, an option, a scoring rule or a language touches only the places it should.

Each test makes the addition on a copy of the shipped definitions and shows that the checks name
what is still missing, that nothing else is asked for, and that the addition then works.
"""

from __future__ import annotations

import re
import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from assessment.answers import Answer, AnswerSet, Review
from assessment.assess import assess
from assessment.routing import make_plan
from assessment.scoring import rules
from questionnaires import texts
from questionnaires.errors import DefinitionError, Problem
from questionnaires.loader import load_folder
from questionnaires.model import Questionnaire

SHIPPED = Path(__file__).parents[2] / "questionnaires" / "definitions" / "sustainability_reporting" / "1.0.0"

UNSCORED_QUESTION = """
  - id: communication.wishes
    depth: basic
    kind: text
    weight: 0
    text: Hva vil dere helst ha hjelp til?
    why: Svaret brukes til å forberede samlingen.
    allows_not_applicable: true
    source: our judgement
"""
SCORED_QUESTION = """
  - id: communication.audience
    depth: advanced
    kind: single_choice
    weight: 1
    text: Vet dere hvem som leser rapporten?
    why: Svaret viser om rapporten er skrevet for noen.
    evidence: For eksempel en liste over mottakere.
    anchors:
      "0": Vi vet ikke hvem som leser den
      "1": Vi har gjettet
      "2": Vi har en liste
      "3": Vi har en liste med ansvarlig person
      "4": Vi har spurt leserne
    allows_not_applicable: true
    source: our judgement
"""
ADVICE = """
communication.audience:
  to_3:
    text: Lag en liste over dem som får rapporten, og gi én person ansvaret for den.
    why: Da vet dere hvem dere skriver for.
    effort: small
  source: our judgement
"""


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    folder = tmp_path / "sustainability_reporting" / "2.0.0-draft"
    shutil.copytree(SHIPPED, folder)
    _edit(folder / "questionnaire.yaml", 'version: "1.0.0"', 'version: "2.0.0"')
    return folder


def _edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def _append(path: Path, text: str) -> None:
    path.write_text(path.read_text(encoding="utf-8").rstrip("\n") + "\n" + text, encoding="utf-8")


def _problems(folder: Path) -> tuple[Problem, ...]:
    with pytest.raises(DefinitionError) as caught:
        load_folder(folder)
    return caught.value.problems


def _files(problems: tuple[Problem, ...]) -> set[str]:
    return {problem.place.file.partition("/")[2] for problem in problems}


def _stamps(problems: tuple[Problem, ...]) -> list[str]:
    return [problem.allowed for problem in problems if problem.code == "translation_unstamped"]


def _translate(folder: Path, group: str, entry: str) -> None:
    """Put an entry first in its group of both translations; the check says what stamp it needs."""
    for language in ("nn", "en"):
        _edit(folder / "translations" / f"{language}.yaml", f"\n{group}:\n", f"\n{group}:\n{entry}")


def _stamp(folder: Path, unit: str, id_: str) -> None:
    """What an author does: write the stamp that the check asks for."""
    for problem in _problems(folder):
        if problem.code in ("translation_unstamped", "translation_stale") and id_ in problem.place.path:
            path = folder.parent / problem.place.file
            text = path.read_text(encoding="utf-8")
            start = text.index(f"  {id_}:\n", text.index(f"\n{unit}:\n"))
            head, tail = text[:start], text[start:]
            tail = re.sub(
                r"^(  [^\n]*\n)(    of: [^\n]*\n)?", rf"\1    of: {problem.allowed}\n", tail, count=1
            )
            path.write_text(head + tail, encoding="utf-8")


def test_an_unscored_question_touches_its_section_and_the_translations(draft: Path) -> None:
    _append(draft / "sections" / "communication.yaml", UNSCORED_QUESTION)

    assert _files(_problems(draft)) == {"translations/nn.yaml", "translations/en.yaml"}

    _translate(draft, "questions", "  communication.wishes:\n    text: a\n    why: b\n")
    _stamp(draft, "questions", "communication.wishes")
    assert "communication.wishes" in {q.id for _, q in load_folder(draft).questions()}


def test_a_scored_question_also_needs_its_advice(draft: Path) -> None:
    _append(draft / "sections" / "communication.yaml", SCORED_QUESTION)

    assert {p.code for p in _problems(draft)} == {"advice_missing", "translation_missing"}

    _append(draft / "advice.yaml", ADVICE)
    assert _files(_problems(draft)) == {"translations/nn.yaml", "translations/en.yaml"}


def test_an_option_touches_its_question_and_the_translations(draft: Path) -> None:
    section = draft / "sections" / "communication.yaml"
    _edit(section, "      - {id: other,", "      - {id: sami, text: Nordsamisk}\n      - {id: other,")

    problems = _problems(draft)

    assert _files(problems) == {"translations/nn.yaml", "translations/en.yaml"}
    assert {p.code for p in problems} == {"translation_missing", "translation_stale"}


def test_a_scoring_rule_is_one_function_and_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    questionnaire = load_folder(SHIPPED)
    first = questionnaire.sections[0].questions[0]
    as_text = first.model_copy(update={"kind": "text"})
    page = (as_text, *questionnaire.sections[0].questions[1:])
    sections = (questionnaire.sections[0].model_copy(update={"questions": page}), *questionnaire.sections[1:])
    changed: Questionnaire = questionnaire.model_copy(update={"sections": sections})
    answers = AnswerSet(changed.id, "1.0.0", "basic", "2025", answers={first.id: Answer("answered", "abc")})

    monkeypatch.setitem(rules.RULES, "text", lambda _question: lambda value: len(str(value)))
    result = assess(make_plan(changed, "x"), answers, Review())

    assert result.routed.outcomes[0].score == 3


def test_a_language_is_one_translation_file_and_one_entry(
    draft: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(texts, "LANGUAGES", ("nb", "nn", "en", "se"))

    assert [(p.code, p.particulars["name"]) for p in _problems(draft)] == [
        ("missing_file", "translations/se.yaml")
    ]

    shutil.copy(draft / "translations" / "en.yaml", draft / "translations" / "se.yaml")
    _edit(draft / "translations" / "se.yaml", "language: en", "language: se")
    assert set(load_folder(draft).texts) == {"nb", "nn", "en", "se"}


def test_a_number_that_is_exact_in_yaml_stays_exact() -> None:
    folder = SHIPPED.parents[1] / "circular_business_models" / "1.0.0"
    questions: dict[str, Any] = {q.id: q for _, q in load_folder(folder).questions()}

    assert questions["use.lifetime_index"].breakpoints[0] == Decimal("0.8")


def test_a_frozen_version_keeps_the_languages_it_was_published_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts, "LANGUAGES", ("nb", "nn", "en", "se"))

    assert set(load_folder(SHIPPED).texts) == {"nb", "nn", "en"}
