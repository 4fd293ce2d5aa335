"""Getting a checked definition and its scoring plan, each made once for a run of the program."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from assessment.routing import Plan, make_plan
from questionnaires.activities import DEFAULT_FILE, Activity, load_activities
from questionnaires.catalogue import PACKAGE_FOLDER, Catalogue
from questionnaires.errors import DefinitionError, Problem
from questionnaires.lacks import FOLDER as LACKS
from questionnaires.lacks import Lack, has_lacks, load_lacks
from questionnaires.model import Fact, Questionnaire


class Definitions:
    """The catalogue of one folder with the plans made so far."""

    def __init__(self, folder: Path | None = None) -> None:
        self.catalogue = Catalogue(folder or PACKAGE_FOLDER)
        self._plans: dict[tuple[str, str], Plan] = {}
        self._activities: tuple[Activity, ...] | None = None
        self._lacks: dict[str, Mapping[str, Lack]] = {}

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
        return {fact.id: fact for questionnaire in self.usable() for fact in questionnaire.facts}

    def usable(self) -> list[Questionnaire]:
        """The newest version of every questionnaire, by id; one that is broken or changed is left out."""
        found = []
        for id_ in sorted({version.id for version in self.catalogue.versions()}):
            with suppress(DefinitionError):
                found.append(self.plan(id_).questionnaire)
        return found

    def activities(self) -> tuple[Activity, ...]:
        """The activities that may be suggested, checked against the newest questionnaires that can be used.

        Raises DefinitionError where they do not fit each other.
        """
        if self._activities is None:
            self._activities = load_activities(DEFAULT_FILE, self.usable())
        return self._activities

    def lacks(self, id_: str) -> Mapping[str, Lack]:
        """What a gap is mostly a lack of, by question; empty for a questionnaire that has no word on it.

        Raises DefinitionError where the file does not fit the published versions.
        """
        if id_ not in self._lacks:
            folder = self.catalogue.folder / LACKS.name
            found = load_lacks(id_, self._published(id_), folder) if has_lacks(id_, folder) else {}
            self._lacks[id_] = found
        return self._lacks[id_]

    def lacks_problems(self) -> tuple[Problem, ...]:
        """Everything that is wrong with what gaps lack, of all published questionnaires."""
        ids = sorted({one.id for one in self.catalogue.versions() if one.status == "published"})
        return tuple(problem for id_ in ids for problem in self._lacks_problems(id_))

    def _lacks_problems(self, id_: str) -> tuple[Problem, ...]:
        try:
            self.lacks(id_)
        except DefinitionError as error:
            return error.problems
        return ()

    def _published(self, id_: str) -> Iterator[Questionnaire]:
        """Every published version of a questionnaire that can be read."""
        for version in self.catalogue.versions():
            if (version.id, version.status) == (id_, "published"):
                with suppress(DefinitionError):
                    yield self.catalogue.load_unverified(version).questionnaire

    def questionnaire(self, id_: str, number: str) -> Questionnaire:
        """The questionnaire of one version; raises as ``plan`` does."""
        return self.plan(id_, number).questionnaire
