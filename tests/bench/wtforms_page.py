"""Twenty filled questions through WTForms' own fields and widgets: the side our page is measured against."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from wtforms import (
    BooleanField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.widgets import CheckboxInput, ListWidget

from webapp.forms.sheets import AskedQuestion
from webapp.forms.typed import Typed

STATUSES = [("unknown", "Vet ikke"), ("not_applicable", "Ikke relevant")]
KINDS = [("document", "Dokument"), ("link", "Lenke"), ("file", "Fil")]


class _Evidence(Form):  # type: ignore[misc]  # WTForms has no types
    title = StringField()
    kind = SelectField(choices=KINDS)
    date = StringField()


def _boxes(text: str, choices: Sequence[tuple[str, str]]) -> Any:
    widget, box = ListWidget(prefix_label=False), CheckboxInput()
    return SelectMultipleField(text, choices=list(choices), widget=widget, option_widget=box)


def _value(asked: AskedQuestion) -> Any:
    choices = [(choice.value, choice.text) for choice in asked.choices]
    match asked.control:
        case "radios":
            return RadioField(asked.text, choices=choices + [(c.value, c.text) for c in asked.statuses])
        case "checkboxes":
            return _boxes(asked.text, choices)
        case "table":
            row = type("Row", (Form,), {head.id: StringField(head.text) for head in asked.heads})
            return FieldList(FormField(row), min_entries=2)
        case _:
            return StringField(asked.text)


def _fields(name: str, asked: AskedQuestion) -> Iterator[tuple[str, Any]]:
    yield f"{name}_here", HiddenField(default="nb")
    yield f"{name}_version", HiddenField(default="2")
    yield name, _value(asked)
    if asked.control != "radios":
        yield f"{name}_status", _boxes("", STATUSES)
    yield f"{name}_reason", TextAreaField("Hvorfor er det ikke relevant for dere?")
    yield f"{name}_comment", TextAreaField("Kommentar")
    if asked.has_estimate:
        yield f"{name}_estimate", BooleanField("Svaret er et anslag")
    yield f"{name}_evidence", FieldList(FormField(_Evidence), min_entries=1)


def form_class(questions: Sequence[AskedQuestion]) -> type[Form]:
    """A form with the same inputs as our page of these questions."""
    fields = dict(pair for at, asked in enumerate(questions) for pair in _fields(f"q{at}", asked))
    return type("Questions", (Form,), fields)


def form_values(questions: Sequence[AskedQuestion], typed: Sequence[Typed]) -> dict[str, Any]:
    """What stands in them."""
    found: dict[str, Any] = {}
    for at, (asked, one) in enumerate(zip(questions, typed, strict=True)):
        name = f"q{at}"
        is_many = asked.control == "checkboxes"
        value: Any = list(one.values) if is_many else one.value
        found[name] = [dict(row.cells) for row in one.rows] if asked.control == "table" else value
        found[f"{name}_status"] = list(one.statuses)
        found[f"{name}_reason"], found[f"{name}_comment"] = one.reason, one.comment
        found[f"{name}_evidence"] = [
            {"title": line.title, "kind": line.kind, "date": line.date} for line in one.evidence
        ]
    return found
