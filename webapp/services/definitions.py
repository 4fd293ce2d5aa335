"""Getting a checked definition and its scoring plan, each made once for a run of the program."""

from __future__ import annotations

from pathlib import Path

from assessment.routing import Plan, make_plan
from questionnaires.catalogue import PACKAGE_FOLDER, Catalogue
from questionnaires.errors import DefinitionError
from questionnaires.model import Fact, Questionnaire


class Definitions:
    """The catalogue of one folder with the plans made so far."""

    def __init__(self, folder: Path | None = None) -> None:
        self.catalogue = Catalogue(folder or PACKAGE_FOLDER)
        self._plans: dict[tuple[str, str], Plan] = {}

    def plan(self, id_: str, number: str | None = None) -> Plan:
        """The plan of one version; without a number of the newest published one.

        Raises UnknownDefinition, and DefinitionError for a broken or a changed published version.
        """
        version = self.catalogue.find(id_, number)
        key = (version.id, version.number)
        if key not in self._plans:
            definition = self.catalogue.load(version)
            self._plans[key] = make_plan(definition.questionnaire, definition.sha256)
        return self._plans[key]

    def shared_facts(self) -> dict[str, Fact]:
        """The facts of the newest version of every questionnaire that can be used, by id."""
        found: dict[str, Fact] = {}
        for id_ in {version.id for version in self.catalogue.versions()}:
            try:
                facts = self.plan(id_).questionnaire.facts
            except DefinitionError:
                continue
            found.update({fact.id: fact for fact in facts})
        return found

    def questionnaire(self, id_: str, number: str) -> Questionnaire:
        """The questionnaire of one version; raises as ``plan`` does."""
        return self.plan(id_, number).questionnaire
