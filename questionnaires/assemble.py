"""From the entries of a draft to one questionnaire version."""

from __future__ import annotations

from collections.abc import Iterator

from questionnaires.documents import AdviceEntry, AdviceStepEntry, QuestionnaireHead, structure_of
from questionnaires.draft import Draft
from questionnaires.model import Fact, Question, Questionnaire, Section
from questionnaires.scheme import Advice, ContradictionRule, Dimension, Indicator, ScoringScheme
from questionnaires.values import AdviceStep


def assemble(draft: Draft, head: QuestionnaireHead, texts: dict[str, dict[str, str]]) -> Questionnaire:
    """The version a draft without problems describes; ``head``: the draft's."""
    return Questionnaire(
        id=head.id,
        version=head.version,
        source_language=head.source_language,
        facts=tuple(Fact.model_validate(structure_of(entry)) for entry in draft.facts.values()),
        sections=tuple(_section(draft, id_) for id_ in head.sections),
        scheme=_scheme(draft, head),
        texts=texts,
    )


def _section(draft: Draft, section_id: str) -> Section:
    head = draft.sections[section_id]
    return Section(
        id=head.id,
        dimension=head.dimension,
        questions=tuple(Question.model_validate(structure_of(e)) for e in draft.questions[section_id]),
    )


def _scheme(draft: Draft, head: QuestionnaireHead) -> ScoringScheme:
    rules, indicators = draft.contradictions.values(), draft.indicators.values()
    return ScoringScheme(
        dimensions=tuple(Dimension.model_validate(structure_of(e)) for e in draft.dimensions.values()),
        contradictions=tuple(ContradictionRule.model_validate(structure_of(e)) for e in rules),
        indicators=tuple(Indicator.model_validate(structure_of(e)) for e in indicators),
        advice=tuple(_advice(draft, head)),
    )


def _advice(draft: Draft, head: QuestionnaireHead) -> Iterator[Advice]:
    """Advice in definition order of the questions, the lower step first."""
    for section_id in head.sections:
        for question in draft.questions[section_id]:
            if (entry := draft.advice.get(question.id)) is not None:
                yield from _steps(question.id, entry)


def _steps(question: str, entry: AdviceEntry) -> Iterator[Advice]:
    steps: tuple[tuple[AdviceStep, AdviceStepEntry | None], ...] = ((2, entry.to_2), (3, entry.to_3))
    for to, step in steps:
        if step is not None:
            yield Advice(question=question, to=to, effort=step.effort, source=entry.source)
