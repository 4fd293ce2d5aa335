"""``kretslop verify-scores``: whether every stored result still follows from its answers."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING

from webapp.cli.installed import on_site
from webapp.cli.main import FINE, PROBLEMS
from webapp.cli.output import print_json, say, talk

if TYPE_CHECKING:
    from webapp.services.rescoring import Rescored
    from webapp.services.site import Site

_WORDS = {
    "result_differs": "scored again, the result is another, at {paths}",
    "level_differs": "the level that lists show is not the result's",
    "definition_changed": "the questionnaire version is no longer the one it was scored with",
    "definition_unusable": "the questionnaire version is not there or cannot be read",
    "unknown_engine": "it was scored by an engine this program does not have",
    "answers_unreadable": "its answers cannot be read any more",
}


def verify_scores(arguments: argparse.Namespace) -> int:
    """Score every hand-in again; those whose result is not what it was are problems."""

    def carry_out(site: Site, _now: datetime) -> int:
        checked = differing = 0
        for one in _watched(site):
            checked += 1
            if one.reason is not None:
                differing += 1
                _tell(one, as_json=arguments.json)
        if arguments.json:
            print_json({"checked": checked, "differing": differing})
        talk(f"{checked} results checked, {differing} differ.")
        return PROBLEMS if differing else FINE

    return on_site(carry_out, arguments.definitions)


def _watched(site: Site) -> Iterator[Rescored]:
    """Every hand-in, scored again; shows how far it is where a person is watching."""
    from tqdm import tqdm

    from webapp.services import rescoring

    total = rescoring.count(site)
    yield from tqdm(
        rescoring.rescore_all(site), total=total, file=sys.stderr, disable=not sys.stderr.isatty()
    )


def _tell(one: Rescored, *, as_json: bool) -> None:
    if as_json:
        print_json(asdict(one))
        return
    about = _WORDS[one.reason or ""].format(paths=", ".join(one.paths))
    say(f"{one.submission_id} ({one.questionnaire}@{one.version}, no. {one.number}): {about}")
