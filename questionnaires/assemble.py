"""From the entries of a draft to one questionnaire version."""

from __future__ import annotations

from questionnaires.documents import structure_of
from questionnaires.draft import Draft
from questionnaires.model import Fact, Question, Questionnaire, Section
from questionnaires.scheme import Advice, ContradictionRule, Dimension, Indicator, ScoringScheme


def assemble(draft: Draft, texts: dict[str, dict[str, str]]) -> Questionnaire:
    """The version a draft describes, as far as its entries could be read. ``draft.head`` must be."""
    assert draft.head is not None
    return Questionnaire(
        id=draft.head.id,
        version=draft.head.version,
        source_language=draft.head.source_language,
        facts=tuple(Fact.model_validate(structure_of(entry)) for entry in draft.facts.values()),
        sections=tuple(_section(draft, id_) for id_ in draft.head.sections if id_ in draft.sections),
        scheme=_scheme(draft),
        texts=texts,
    )


def _section(draft: Draft, section_id: str) -> Section:
    head = draft.sections[section_id]
    return Section(
        id=head.id,
        dimension=head.dimension,
        questions=tuple(Question.model_validate(structure_of(e)) for e in draft.questions[section_id]),
    )


def _scheme(draft: Draft) -> ScoringScheme:
    rules, indicators = draft.contradictions.values(), draft.indicators.values()
    return ScoringScheme(
        dimensions=tuple(Dimension.model_validate(structure_of(e)) for e in draft.dimensions.values()),
        contradictions=tuple(ContradictionRule.model_validate(structure_of(e)) for e in rules),
        indicators=tuple(Indicator.model_validate(structure_of(e)) for e in indicators),
        advice=tuple(_advice(draft)),
    )


def _advice(draft: Draft) -> list[Advice]:
    """Advice in definition order of the questions, the lower step first."""
    found = []
    for page in draft.questions.values():
        for question in page:
            entry = draft.advice.get(question.id)
            for to, step in ((2, entry.to_2), (3, entry.to_3)) if entry else ():
                if step is not None:
                    kwargs = {"question": question.id, "to": to, "effort": step.effort}
                    found.append(Advice.model_validate({**kwargs, "source": entry.source}))  # type: ignore[union-attr]
    return found
