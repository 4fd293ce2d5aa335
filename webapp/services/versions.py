"""Checking and comparing versions of definitions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assessment.answers import AnswerSet
from assessment.assess import NO_REVIEW, score_routed
from assessment.change.moving import move_answers
from assessment.errors import AnswerFileError
from assessment.routing import Plan, make_plan, route
from assessment.scoring.dimensions import DimensionScore
from assessment.scoring.engine import Scores
from questionnaires.catalogue import Catalogue, Definition, Version
from questionnaires.checks.gates import Binding, gate_bindings
from questionnaires.diff import (
    STEPS,
    Change,
    VersionStep,
    diff,
    needed_step,
    next_number,
    step_between,
)
from questionnaires.errors import DefinitionError, Place, Problem
from questionnaires.model import Fact
from webapp.services.definitions import Definitions
from webapp.services.scoring import open_answers

_SHARED_FIELDS = ("kind", "asked_if", "derived", "register_field")


@dataclass(frozen=True, slots=True)
class CheckedVersion:
    """What checking one version found. ``bindings``: at which depths each gate can bind."""

    version: Version
    sha256: str | None
    problems: tuple[Problem, ...]
    bindings: tuple[Binding, ...] = ()


@dataclass(frozen=True, slots=True)
class LevelChange:
    """One stored assessment whose level the change would move, and the dimensions that do it."""

    file: str
    before: int | None
    after: int | None
    because: tuple[str, ...]

    @property
    def in_words(self) -> list[str]:
        """Both levels, "none" where none is shown."""
        return ["none" if level is None else str(level) for level in (self.before, self.after)]


@dataclass(frozen=True, slots=True)
class VersionDiff:
    """Everything between two versions. ``fits``: whether the numbers make the step that is needed."""

    changes: tuple[Change, ...]
    needed: VersionStep | None
    made: VersionStep | None
    levels: tuple[LevelChange, ...] = ()
    unreadable: tuple[str, ...] = ()

    @property
    def fits(self) -> bool:
        """Whether the version number says at least what changed."""
        if self.needed is None:
            return True
        return self.made is not None and STEPS.index(self.made) >= STEPS.index(self.needed)


def check_versions(catalogue: Catalogue, only: Version | None = None) -> list[CheckedVersion]:
    """Check every version, or one, in full; what ``published.toml`` lacks comes as a version's problem."""
    versions = catalogue.versions()
    loaded: dict[Version, Definition] = {}
    checked = []
    for version in versions:
        try:
            loaded[version] = catalogue.load_unverified(version)
        except DefinitionError as error:
            checked.append(CheckedVersion(version, None, error.problems))
    for version, definition in loaded.items():
        problems = (
            *filter(None, [catalogue.frozen_problem(definition)]),
            *_number_problem(definition, loaded),
            *_shared_facts(definition, loaded),
        )
        bindings = tuple(gate_bindings(definition.questionnaire))
        checked.append(CheckedVersion(version, definition.sha256, problems, bindings))
    checked.sort(key=lambda found: found.version.sort_key())
    return [found for found in checked if only is None or found.version == only]


def compare_versions(
    definitions: Definitions, old: Version, new: Version, answers: Path | None = None
) -> VersionDiff:
    """The changes from one version to another; with a folder of answer files, whose level would change.

    Raises DefinitionError when one of them is broken.
    """
    catalogue = definitions.catalogue
    before, after = catalogue.load_unverified(old), catalogue.load_unverified(new)
    changes = diff(before.questionnaire, after.questionnaire)
    levels, unreadable = _level_changes(definitions, before, after, answers) if answers else ([], [])
    return VersionDiff(
        changes,
        needed_step(changes),
        step_between(old.number, new.number),
        tuple(levels),
        tuple(unreadable),
    )


def level_change(file: str, old: Plan, new: Plan, answers: AnswerSet, number: str) -> LevelChange | None:
    """How the shown level of one answer set moves from one version to another, if it does."""
    moved = move_answers(answers, old.questionnaire, new.questionnaire, number).answers
    before, after = _scores(old, answers), _scores(new, moved)
    if before.overall.level == after.overall.level:
        return None
    because = (*_differing(before, after), *_weights(old, new))
    return LevelChange(file, before.overall.level, after.overall.level, because)


def _scores(plan: Plan, answers: AnswerSet) -> Scores:
    return score_routed(plan, route(plan, answers, NO_REVIEW), NO_REVIEW)


def _differing(before: Scores, after: Scores) -> Iterator[str]:
    """The dimensions and caps that are not what they were."""
    for id_ in dict.fromkeys((*before.dimensions, *after.dimensions)):
        old, new = (_figures(scores.dimensions.get(id_)) for scores in (before, after))
        if old != new:
            yield f"{id_}: {old} -> {new}"
    caps = [{cap.rule for cap in scores.overall.caps} for scores in (before, after)]
    for rule in sorted(caps[0] ^ caps[1]):
        yield f"cap {rule} {'gone' if rule in caps[0] else 'new'}"


def _figures(score: DimensionScore | None) -> str:
    if score is None:
        return "-"
    level = "none" if score.level is None else score.level
    found = "none" if score.score is None else score.score
    coverage = "" if score.coverage in (None, 1) else f", coverage {score.coverage}"
    return f"{found} (level {level}{coverage})"


def _weights(old: Plan, new: Plan) -> Iterator[str]:
    """The dimensions that are in both versions with another weight."""
    before = {planned.dimension.id: planned.dimension.weight for planned in old.dimensions}
    for planned in new.dimensions:
        was, now = before.get(planned.dimension.id), planned.dimension.weight
        if was is not None and was != now:
            yield f"{planned.dimension.id}: weight {was} -> {now}"


def _level_changes(
    definitions: Definitions, before: Definition, after: Definition, folder: Path
) -> tuple[list[LevelChange], list[str]]:
    old = make_plan(before.questionnaire, before.sha256)
    new = make_plan(after.questionnaire, after.sha256)
    found, unreadable = [], []
    for path in sorted(folder.rglob("*.json")):
        try:
            read = open_answers(path, definitions)
        except AnswerFileError:
            unreadable.append(str(path))
            continue
        fits = (read.answers.questionnaire, read.answers.version) == (
            before.version.id,
            before.version.number,
        )
        if fits and (moved := level_change(str(path), old, new, read.answers, after.version.number)):
            found.append(moved)
    return found, unreadable


def previous_published(definition: Definition, loaded: dict[Version, Definition]) -> Definition | None:
    """The published version just before this one."""
    own = definition.version
    earlier = [
        other
        for version, other in loaded.items()
        if version.id == own.id and version.status != "draft" and version.sort_key() < own.sort_key()
        if version.number != own.number.removesuffix("-draft")
    ]
    return earlier[-1] if earlier else None


def _number_problem(definition: Definition, loaded: dict[Version, Definition]) -> Iterator[Problem]:
    """The number must say what changed since the version before."""
    previous = previous_published(definition, loaded)
    if previous is None:
        return
    changes = diff(previous.questionnaire, definition.questionnaire)
    needed = needed_step(changes)
    old, new = previous.version.number, definition.version.number.removesuffix("-draft")
    made = step_between(old, new)
    if needed and (made is None or STEPS.index(made) < STEPS.index(needed)):
        words = {"needed": needed, "old": old, "new": new, "found": made or "no step"}
        place = Place(f"{definition.version.id}/{definition.version.number}")
        yield Problem(place, "version_step", {**words, "wanted": next_number(old, needed)})


def _shared_facts(definition: Definition, loaded: dict[Version, Definition]) -> Iterator[Problem]:
    """Facts are shared by all questionnaires and asked once: the same id means the same fact."""
    newest = {version.id: other for version, other in sorted(loaded.items(), key=lambda i: i[0].sort_key())}
    if newest[definition.version.id] is not definition:
        return
    own: dict[str, Fact] = {fact.id: fact for fact in definition.questionnaire.facts}
    for id_, other in newest.items():
        for fact in other.questionnaire.facts if id_ > definition.version.id else ():
            for field in _SHARED_FIELDS:
                if fact.id in own and getattr(own[fact.id], field) != getattr(fact, field):
                    place = Place(
                        f"{definition.version.id}/{definition.version.number}", None, f"facts.{fact.id}"
                    )
                    yield Problem(place, "shared_fact", {"id": fact.id, "other": id_, "field": field})
