"""``kretslop definitions list | check | show | diff | publish``."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from typing import Any

from questionnaires.catalogue import Version
from questionnaires.errors import DefinitionError, Problem, UnknownDefinition
from reports.terminal import describe_questionnaire
from webapp.cli.main import FINE, PROBLEMS, WRONG_USE
from webapp.cli.output import print_json, problem_json, say, talk, talk_problems
from webapp.services.definitions import Definitions
from webapp.services.publishing import PublishingRefused
from webapp.services.publishing import publish as publish_draft
from webapp.services.showing import definition_json
from webapp.services.versions import CheckedVersion, VersionDiff, check_versions, compare_versions


def _guarded(run: Callable[[argparse.Namespace, Definitions], int]) -> Callable[[argparse.Namespace], int]:
    """A command that says plainly when a version is unknown (2) or broken (1)."""

    def guarded(arguments: argparse.Namespace) -> int:
        try:
            return run(arguments, Definitions(arguments.definitions))
        except UnknownDefinition as error:
            talk(str(error))
            return WRONG_USE
        except DefinitionError as error:
            talk_problems(error.problems)
            return PROBLEMS

    return guarded


def _find(definitions: Definitions, wanted: str) -> Version:
    id_, _, number = wanted.partition("@")
    return definitions.catalogue.find(id_, number or None)


@_guarded
def list_(arguments: argparse.Namespace, definitions: Definitions) -> int:
    """Every version with its status and checksum; one that is broken has none."""
    rows = []
    code = FINE
    for version in definitions.catalogue.versions():
        try:
            sha256 = definitions.catalogue.load_unverified(version).sha256
        except DefinitionError:
            sha256, code = None, PROBLEMS
        rows.append({"id": version.id, "version": version.number, "status": version.status, "sha256": sha256})
    if arguments.json:
        print_json(rows)
    else:
        for row in rows:
            say(
                f"{row['id']:<28} {row['version']:<14} {row['status']:<10} {(row['sha256'] or 'broken')[:12]}"
            )
    return code


@_guarded
def check(arguments: argparse.Namespace, definitions: Definitions) -> int:
    """Check versions, ``published.toml`` and what gaps lack; every problem is named."""
    only = _find(definitions, arguments.id) if arguments.id else None
    checked = check_versions(definitions.catalogue, only)
    missing: tuple[Problem, ...] = ()
    if only is None:
        missing = (*definitions.catalogue.missing_published(), *definitions.lacks_problems())
    if arguments.json:
        found: list[dict[str, Any]] = [_checked_json(version) for version in checked]
        print_json({"versions": found, "errors": [problem_json(p) for p in missing]})
    else:
        for version in checked:
            _say_checked(version)
        for problem in missing:
            say(str(problem))
    return PROBLEMS if missing or any(version.problems for version in checked) else FINE


@_guarded
def show(arguments: argparse.Namespace, definitions: Definitions) -> int:
    """One version in full; a published one that has changed is shown and said to be."""
    definition = definitions.catalogue.load_unverified(_find(definitions, arguments.id))
    problem = definitions.catalogue.frozen_problem(definition)
    if problem is not None:
        talk(str(problem))
    if arguments.json:
        print_json(definition_json(definition))
    else:
        say(describe_questionnaire(definition.questionnaire, arguments.lang).removesuffix("\n"))
    return FINE if problem is None else PROBLEMS


@_guarded
def diff(arguments: argparse.Namespace, definitions: Definitions) -> int:
    """What differs, the step it needs, and whose level would change; 1 when the number does not fit."""
    old, new = _find(definitions, arguments.old), _find(definitions, arguments.new)
    if old.id != new.id:
        talk(f"{old.id} and {new.id} are different questionnaires; compare two versions of one.")
        return WRONG_USE
    if arguments.answers is not None and not arguments.answers.is_dir():
        talk(f"{arguments.answers} is not a folder of answer files.")
        return WRONG_USE
    found = compare_versions(definitions, old, new, arguments.answers)
    if arguments.json:
        print_json(_diff_json(found))
    else:
        _say_diff(found)
    return FINE if found.fits else PROBLEMS


@_guarded
def publish(arguments: argparse.Namespace, definitions: Definitions) -> int:
    """Freeze a draft; refused with every reason when something stands in the way."""
    reasons = dict(_reason(text) for text in arguments.because)
    if "" in reasons or not all(reasons.values()):
        talk("--because takes COMPANY=REASON, for example --because eksempel_bygg='vekten er rettet'.")
        return WRONG_USE
    try:
        done = publish_draft(definitions, _find(definitions, arguments.id), reasons)
    except PublishingRefused as refused:
        for reason in refused.reasons:
            talk(reason)
        talk_problems(refused.problems)
        talk("Nothing was published.")
        return PROBLEMS
    except OSError as error:
        talk(f"The version cannot be written: {error.strerror or error}.")
        return PROBLEMS
    if arguments.json:
        print_json({"id": done.id, "version": done.number, "status": "published", "sha256": done.sha256})
    else:
        say(f"Published {done.id} {done.number}, checksum {done.sha256}.")
    return FINE


def _reason(text: str) -> tuple[str, str]:
    company, _, reason = text.partition("=")
    return company.strip(), reason.strip()


def _checked_json(checked: CheckedVersion) -> dict[str, Any]:
    return {
        "id": checked.version.id,
        "version": checked.version.number,
        "status": checked.version.status,
        "sha256": checked.sha256,
        "errors": [{"file": p.place.file, **problem_json(p)} for p in checked.problems],
        "gates": [
            {"dimension": b.dimension, "gate": b.gate, "binds_at": list(b.depths)} for b in checked.bindings
        ],
    }


def _say_checked(checked: CheckedVersion) -> None:
    version = checked.version
    count = len(checked.problems)
    state = "sound" if not count else f"{count} problem{'s' if count > 1 else ''}"
    say(f"{version.id} {version.number} ({version.status}): {state}")
    for problem in checked.problems:
        say(f"  {problem}")
    for binding in checked.bindings:
        say(f"  the gate of {binding.dimension} binds at {' and '.join(binding.depths)} depth")


def _diff_json(found: VersionDiff) -> dict[str, Any]:
    changes = [
        {"kind": c.kind, "path": c.path, "step": c.step, "before": c.before, "after": c.after}
        for c in found.changes
    ]
    levels = [
        {"file": level.file, "before": level.before, "after": level.after, "because": list(level.because)}
        for level in found.levels
    ]
    steps = {"needed": found.needed, "made": found.made, "fits": found.fits}
    return {"changes": changes, **steps, "levels": levels, "unreadable": list(found.unreadable)}


def _say_diff(found: VersionDiff) -> None:
    _say_each(
        f"{c.step:<6} {c.kind:<12} {c.path}: {_short(c.before)} -> {_short(c.after)}" for c in found.changes
    )
    if found.needed is None:
        say("No difference.")
    else:
        fits = "fits" if found.fits else "does not fit"
        say(f"Needs a {found.needed} step; the number makes {found.made or 'none'}: it {fits}.")
    _say_each(f"level {' -> '.join(lc.in_words)}: {lc.file} ({'; '.join(lc.because)})" for lc in found.levels)
    _say_each(f"cannot be read, left out: {file}" for file in found.unreadable)


def _say_each(lines: Iterable[str]) -> None:
    for line in lines:
        say(line)


def _short(value: Any) -> str:
    text = "nothing" if value is None else str(value)
    return text if len(text) <= 60 else text[:57] + "..."
