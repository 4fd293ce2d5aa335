"""The buttons of a question that work without JavaScript: what they take away from the form.

``add_row`` and ``add_evidence`` take nothing away: a page always has room for one more than is filled in,
so saving what there is makes room for the next.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, TypeAlias, cast, get_args

from webapp.forms.page import FormData
from webapp.forms.typed import PREFIX

Name: TypeAlias = Literal["add_row", "remove_row", "add_evidence", "remove_evidence", "clear"]

_VALUE = re.compile(r"([a-z0-9_]{1,60}\.[a-z0-9_]{1,60})(?::(0|[1-9][0-9]{0,3}))?")
_KEPT = ("here", "version", "comment")


@dataclass(frozen=True, slots=True)
class Command:
    """A button that was pressed. ``at``: which row or line of evidence; None where it is about none."""

    name: Name
    question: str
    at: int | None


def read_command(formdata: FormData) -> Command | None:
    """The button that was pressed; None for the plain save buttons and for what makes no sense."""
    for name in get_args(Name):
        values = formdata.get(name) or [""]
        if found := _VALUE.fullmatch(values[-1]):
            return Command(cast(Name, name), found[1], None if found[2] is None else int(found[2]))
    return None


def carry_out(formdata: FormData, command: Command) -> FormData:
    """The form without what the button takes away."""
    name = f"{PREFIX}{command.question}"
    match command.name:
        case "remove_row":
            prefix = f"{name}.row-{command.at}."
            return {field: values for field, values in formdata.items() if not field.startswith(prefix)}
        case "remove_evidence":
            prefix = f"{name}.evidence-{command.at}-"
            return {field: values for field, values in formdata.items() if not field.startswith(prefix)}
        case "clear":
            return {field: values for field, values in formdata.items() if not _is_said(field, name)}
        case _:
            return formdata


def _is_said(field: str, name: str) -> bool:
    """Whether a field holds the answer itself; comment and evidence stay when an answer is taken back."""
    rest = field.removeprefix(f"{name}.")
    is_beside = rest in _KEPT or rest.startswith("evidence-")
    return field == name or (rest != field and not is_beside)
