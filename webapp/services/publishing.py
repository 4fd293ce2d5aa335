"""Publishing a draft: check it, score the examples, freeze it.

Nothing is changed unless everything holds. The folder is renamed last: a crash before that leaves
a checksum for a version that has no folder yet, which ``check`` names and publishing again mends.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from assessment.assess import NO_REVIEW, score_routed
from assessment.change.moving import move_answers
from assessment.errors import AnswerFileError
from assessment.reading import read_answers
from assessment.routing import Plan, make_plan, route
from questionnaires.catalogue import Definition, Version
from questionnaires.errors import Problem, UnknownDefinition
from questionnaires.model import Questionnaire
from questionnaires.published import FILE_NAME, Published, entry_text, read_register
from webapp.files import read_json_file, sync_folder, write_whole
from webapp.services.definitions import Definitions
from webapp.services.examples import Example, examples_of
from webapp.services.versions import LevelChange, check_versions, level_change, previous_published


class PublishingRefused(Exception):
    """A draft may not be published; ``reasons`` says all that stands in the way."""

    def __init__(self, reasons: tuple[str, ...], problems: tuple[Problem, ...] = ()) -> None:
        self.reasons = reasons
        self.problems = problems
        super().__init__("\n".join((*reasons, *map(str, problems))))


@dataclass(frozen=True, slots=True)
class PublishedVersion:
    """What was published, and which example levels moved with a reason."""

    id: str
    number: str
    sha256: str
    levels: tuple[LevelChange, ...]


def publish(definitions: Definitions, draft: Version, reasons: Mapping[str, str]) -> PublishedVersion:
    """Freeze a draft. ``reasons``: example company -> why its level may change.

    Raises PublishingRefused, and DefinitionError when ``published.toml`` cannot be read.
    """
    catalogue = definitions.catalogue
    number = draft.number.removesuffix("-draft")
    if draft.status != "draft":
        raise PublishingRefused((f"{draft.id} {draft.number} is not a draft.",))
    target = draft.folder.parent / number
    if target.exists():
        raise PublishingRefused((f"{draft.id} {number} is published already.",))
    problems = tuple(problem for found in check_versions(catalogue, draft) for problem in found.problems)
    if problems:
        raise PublishingRefused((), problems)
    definition = catalogue.load_unverified(draft)
    companies = {example.company for example in examples_of(catalogue.folder, draft.id)}
    if unknown := sorted(reasons.keys() - companies):
        names = ", ".join(unknown)
        raise PublishingRefused((f"There is no example {names} with answers to {draft.id}.",))
    levels = _examples(definitions, definition, number, reasons)
    noted = tuple((change.file, reasons[change.file]) for change in levels)
    _write_register(catalogue.folder, draft.id, number, Published(definition.sha256, reasons=noted))
    draft.folder.rename(target)
    sync_folder(target.parent)
    return PublishedVersion(draft.id, number, definition.sha256, levels)


def _examples(
    definitions: Definitions, definition: Definition, number: str, reasons: Mapping[str, str]
) -> tuple[LevelChange, ...]:
    """The example companies whose level moves. Raises PublishingRefused when one has no reason."""
    catalogue = definitions.catalogue
    loaded = {v: catalogue.load_unverified(v) for v in catalogue.versions() if v.id == definition.version.id}
    previous = previous_published(definition, loaded)
    bench = _Bench(
        number=number,
        new=make_plan(definition.questionnaire, definition.sha256),
        old=make_plan(previous.questionnaire, previous.sha256) if previous else None,
        versions={v.number: d.questionnaire for v, d in loaded.items() if v.status != "draft"},
    )
    found: list[LevelChange] = []
    refused: list[str] = []
    for example in examples_of(catalogue.folder, definition.version.id):
        try:
            change = _example_change(example, bench)
        except AnswerFileError as error:
            refused += [f"The example {example.company} cannot be scored: {p}" for p in error.problems]
            continue
        if change is not None and not reasons.get(change.file, "").strip():
            refused.append(_unexplained(change))
        elif change is not None:
            found.append(change)
    if refused:
        raise PublishingRefused(tuple(refused))
    return tuple(found)


def _unexplained(change: LevelChange) -> str:
    because = "; ".join(change.because) or "no dimension changed"
    before, after = change.in_words
    return (
        f"The example {change.file} goes from level {before} to {after} ({because}). "
        f"If that is meant, say why: --because {change.file}=REASON."
    )


@dataclass(frozen=True, slots=True)
class _Bench:
    """What an example is held against: the version to be, the one before, and all there were."""

    number: str
    new: Plan
    old: Plan | None
    versions: Mapping[str, Questionnaire]

    def questionnaire(self, id_: str, number: str) -> Questionnaire:
        """The version an example names. Raises UnknownDefinition."""
        known = {**self.versions, self.number: self.new.questionnaire}
        if number not in known:
            raise UnknownDefinition(f"{id_}@{number}", known)
        return known[number]


def _example_change(example: Example, bench: _Bench) -> LevelChange | None:
    """Against the version before; answers to this very version against the level worked by hand."""
    reading = read_answers(read_json_file(example.answers), bench.questionnaire)
    if reading.answers is None or reading.questionnaire is None:
        raise AnswerFileError(reading.problems)
    answers, own = reading.answers, reading.questionnaire
    if bench.old is not None and answers.version != bench.number:
        old = bench.old.questionnaire
        answers = move_answers(answers, own, old, old.version).answers
        return level_change(example.company, bench.old, bench.new, answers, bench.number)
    level = score_routed(bench.new, route(bench.new, answers, NO_REVIEW), NO_REVIEW).overall.level
    expected = example.level(bench.number)
    if level == expected:
        return None
    return LevelChange(example.company, expected, level, ("not the level worked by hand in expected.yaml",))


def _write_register(folder: Path, id_: str, number: str, entry: Published) -> None:
    path = folder / FILE_NAME
    header = "# Checksums of published versions; written by `kretslop definitions publish`, never by hand.\n"
    before = path.read_text(encoding="utf-8") if path.exists() else header
    known = read_register(path).get((id_, number))
    if known is None:
        write_whole(path, before.rstrip("\n") + "\n\n" + entry_text(id_, number, entry))
    elif known.sha256 != entry.sha256:
        reason = f"{FILE_NAME} already names {id_} {number} with another checksum. Remove that entry first."
        raise PublishingRefused((reason,))
