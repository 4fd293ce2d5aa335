"""Which questionnaires and versions there are, and getting one of them checked and unchanged."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

from questionnaires.cache import load_cached
from questionnaires.errors import DefinitionError, Place, Problem, UnknownDefinition
from questionnaires.model import Questionnaire, checksum
from questionnaires.published import FILE_NAME, Register, read_register

Status: TypeAlias = Literal["draft", "published", "retired"]

PACKAGE_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Version:
    """One version of one questionnaire; ``number`` of a draft ends in ``-draft``."""

    id: str
    number: str
    status: Status
    folder: Path

    def sort_key(self) -> tuple[str, tuple[int, ...], bool]:
        """By questionnaire, then number; a draft before the version it becomes."""
        digits = self.number.removesuffix("-draft").split(".")
        numbers = tuple(int(digit) if digit.isdecimal() and len(digit) < 20 else -1 for digit in digits)
        return self.id, numbers, self.status != "draft"


@dataclass(frozen=True, slots=True)
class Definition:
    """A checked version with the checksum of its canonical content."""

    version: Version
    questionnaire: Questionnaire
    sha256: str


class Catalogue:
    """The definitions under one folder (``definitions/`` and ``published.toml`` in it)."""

    def __init__(self, folder: Path = PACKAGE_FOLDER) -> None:
        self.folder = folder

    @property
    def register(self) -> Register:
        """What ``published.toml`` says. Raises DefinitionError when it cannot be read."""
        return read_register(self.folder / FILE_NAME)

    def versions(self) -> list[Version]:
        """Every version there is a folder for, by questionnaire and number."""
        register = self.register
        found = [self._version(folder, register) for folder in self._folders()]
        return sorted(found, key=Version.sort_key)

    def find(self, id_: str, number: str | None = None) -> Version:
        """One version; without a number the newest published one, else the newest draft.

        Raises UnknownDefinition with what there is instead.
        """
        versions = self.versions()
        of_id = [version for version in versions if version.id == id_]
        if not of_id:
            raise UnknownDefinition(id_, sorted({version.id for version in versions}))
        if number is None:
            return ([v for v in of_id if v.status == "published"] or of_id)[-1]
        for version in of_id:
            if version.number == number:
                return version
        raise UnknownDefinition(f"{id_}@{number}", [version.number for version in of_id])

    def load(self, version: Version) -> Definition:
        """The checked definition. Raises DefinitionError when it is broken, or published and changed."""
        definition = self.load_unverified(version)
        problem = self.frozen_problem(definition)
        if problem is not None:
            raise DefinitionError([problem])
        return definition

    def load_unverified(self, version: Version) -> Definition:
        """As ``load``, but a published version that has changed is given all the same."""
        questionnaire = load_cached(version.folder)
        return Definition(version, questionnaire, checksum(questionnaire))

    def frozen_problem(self, definition: Definition) -> Problem | None:
        """What is wrong when a published version is not what was published."""
        version = definition.version
        entry = self.register.get((version.id, version.number))
        if version.status == "draft" or (entry is not None and entry.sha256 == definition.sha256):
            return None
        words: dict[str, object] = {"id": version.id, "version": version.number, "found": definition.sha256}
        place = Place(f"{version.id}/{version.number}")
        if entry is None:
            return Problem(place, "not_published", words)
        return Problem(place, "published_changed", {**words, "wanted": entry.sha256})

    def missing_published(self) -> list[Problem]:
        """Versions that ``published.toml`` names and no folder holds."""
        there = {(version.id, version.number) for version in self.versions()}
        return [
            Problem(Place(FILE_NAME), "published_missing", {"id": id_, "version": number})
            for id_, number in self.register
            if (id_, number) not in there
        ]

    def _folders(self) -> Iterator[Path]:
        """Hidden folders, ``__pycache__`` and links are no definitions."""
        for questionnaire in _folders_in(self.folder / "definitions"):
            yield from _folders_in(questionnaire)

    @staticmethod
    def _version(folder: Path, register: Register) -> Version:
        id_, number = folder.parent.name, folder.name
        status: Status = "draft"
        if not number.endswith("-draft"):
            entry = register.get((id_, number))
            status = "retired" if entry is not None and entry.retired else "published"
        return Version(id_, number, status, folder)


def _folders_in(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    inside = (path for path in folder.iterdir() if not path.name.startswith((".", "_")))
    return [path for path in inside if path.is_dir() and not path.is_symlink()]
