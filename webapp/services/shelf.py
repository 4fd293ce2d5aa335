"""The questionnaire versions a running program works with, each read once.

A published version that is no longer what was published takes no new assessments; those that exist stay
readable, and are not changed.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from assessment.routing import Plan, make_plan
from questionnaires.errors import DefinitionError
from questionnaires.lacks import Lack
from webapp.services.definitions import Definitions

SUPPORT = "needs.support"
"""The question on what help an organisation offers (docs/demand-and-support.md)."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Shelved:
    """One version. ``is_intact``: it is what was published."""

    plan: Plan
    number: str
    is_intact: bool

    @property
    def id(self) -> str:
        """The questionnaire's id."""
        return self.plan.questionnaire.id

    @property
    def is_for_helpers(self) -> bool:
        """Whether those who help companies answer it: it asks what help they offer."""
        return any(planned.question.id == SUPPORT for planned in self.plan.questions)

    def title(self, language: str) -> str:
        """What the questionnaire is called."""
        return self.plan.questionnaire.words(language)["questionnaire/title"]


class Shelf:
    """The versions of one catalogue, read when they are first asked for."""

    def __init__(self, definitions: Definitions) -> None:
        self.definitions = definitions
        self._found: dict[tuple[str, str], Shelved] = {}

    def open(self, id_: str, number: str) -> Shelved:
        """One version. Raises UnknownDefinition, and DefinitionError for one that cannot be read at all."""
        key = (id_, number)
        if key not in self._found:
            self._found[key] = self._read(id_, number)
        return self._found[key]

    def _read(self, id_: str, number: str) -> Shelved:
        catalogue = self.definitions.catalogue
        try:
            return Shelved(self.definitions.plan(id_, number), number, is_intact=True)
        except DefinitionError:
            definition = catalogue.load_unverified(catalogue.find(id_, number))
            return Shelved(make_plan(definition.questionnaire, definition.sha256), number, is_intact=False)

    def lacks(self, id_: str) -> Mapping[str, Lack]:
        """What a gap is mostly a lack of, by question; nothing where the file does not fit the versions.

        ``kretslop definitions check`` says why; figures and reports do without.
        """
        try:
            return self.definitions.lacks(id_)
        except DefinitionError:
            log.exception("what gaps of %s lack cannot be used", id_)
            return {}

    @cached_property
    def offered(self) -> tuple[Shelved, ...]:
        """The newest published version of each questionnaire that is what was published, by id."""
        found: dict[str, Shelved] = {}
        for version in self.definitions.catalogue.versions():
            if version.status == "published":
                shelved = self.open(version.id, version.number)
                if shelved.is_intact:
                    found[version.id] = shelved
        return tuple(found.values())

    @cached_property
    def changed(self) -> tuple[tuple[str, str], ...]:
        """Every published version that is no longer what was published: something to be loud about."""
        versions = self.definitions.catalogue.versions()
        return tuple(
            (v.id, v.number)
            for v in versions
            if v.status == "published" and not self.open(v.id, v.number).is_intact
        )

    def newest(self, id_: str) -> Shelved | None:
        """The version new assessments of a questionnaire take; None when there is none."""
        return next((shelved for shelved in self.offered if shelved.id == id_), None)
