"""The wizard: a page of questions against WTForms' widgets."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from tests.bench.table import ROOT, interleaved, say, timed
from tests.bench.wtforms_page import form_class, form_values
from tests.webapp.sites import example_answers
from webapp.forms.answers import typed_of
from webapp.forms.questions import question_view
from webapp.forms.sheets import sheet_of
from webapp.services.definitions import Definitions

OURS = """{% from "macros/questions.html.jinja" import question %}
{% for view in views %}{{ question(view) }}{% endfor %}"""
WIDGETS = "{% for field in form %}<div><p>{{ field.label }}</p>{{ field() }}</div>{% endfor %}"
WORDS = """{% for a in asked %}<h2>{{ a.text }}</h2><p>{{ a.help }}</p>
<details><summary>{{ a.labels['why'] }}</summary><p>{{ a.why }}</p><p>{{ a.evidence }}</p>
{% for l in a.levels %}<li>{{ l.level }} {{ l.text }}</li>{% endfor %}
</details>{% endfor %}"""
"""The words our page has around its inputs, so that both sides say the same."""

QUESTIONS = 20


def bench_wizard_page() -> None:
    """Twenty filled questions, from answers to HTML: our macros against the default widgets, same words."""
    loader = FileSystemLoader(ROOT / "webapp" / "templates")
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined)
    plan = Definitions().plan("circular_business_models")
    answers = example_answers("eksempel_metallverksted/circular_business_models").answers
    questions = [p.question for p in plan.questions if p.question.id in answers][:QUESTIONS]
    sheet = sheet_of(plan.questionnaire, plan.sha256, "nb")
    asked = [sheet[question.id] for question in questions]
    ours, theirs = environment.from_string(OURS), environment.from_string(WIDGETS + WORDS)
    form = form_class(asked)

    def with_macros() -> str:
        return ours.render(views=[question_view(sheet[q.id], q, answers[q.id], version=2) for q in questions])

    def with_widgets() -> str:
        typed = [typed_of(q, answers[q.id], "nb") for q in questions]
        return theirs.render(form=form(data=form_values(asked, typed)), asked=asked)

    _warm(with_macros, with_widgets)
    mine, general = interleaved(lambda: timed(with_macros, 5), lambda: timed(with_widgets, 5))
    ratio = general / mine
    figure = f"{ratio:.1f}x ({mine * 1e3:.1f} ms)"
    say(
        "a page with 20 filled questions: WTForms' widgets over ours", figure, "at least 5x", holds=ratio >= 5
    )


def _warm(*runs: Callable[[], Any]) -> None:
    for run in runs:
        run()
