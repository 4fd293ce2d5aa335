"""Web applications for tests, each put together once and lent to one test after the other.

Nearly all of the time it takes to put one together goes into the addresses of its pages, which no test
changes. A test that is about putting one together, or about what one remembers, makes its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any, TypeAlias

from flask import Flask

from tests.webapp.kinds import when_it_ends
from webapp.app import create_app
from webapp.auth import current
from webapp.services.site import Site
from webapp.settings import Settings

_Alike: TypeAlias = tuple[object, ...]
PLACES = {"data_dir", "database_url", "secret_key"}
"""Settings that no application reads but through its site; of the key, what it came to counts."""


@dataclass(frozen=True)
class _Made:
    """An application as it was made. ``extensions``, ``config``: what was in them, but for the site."""

    app: Flask
    extensions: dict[str, Any]
    config: dict[str, Any]


_waiting: dict[_Alike, list[_Made]] = {}


def app_of(site: Site) -> Flask:
    """An application that serves a site until the test ends; as ``create_app`` makes it, nothing done yet.

    Nobody else has it meanwhile: who asks twice gets two.
    """
    waiting = _waiting.setdefault(_alike(site.settings), [])
    made = waiting.pop() if waiting else _made(site)
    made.app.extensions[current.SITE] = site
    when_it_ends(partial(_take_back, made, waiting))
    return made.app


def _alike(settings: Settings) -> _Alike:
    """What is the same for sites that one application can serve in turn."""
    chosen = (getattr(settings, name) for name in Settings.model_fields if name not in PLACES)
    return (settings.secret, *chosen)


def _made(site: Site) -> _Made:
    app = create_app(site)
    kept = {name: found for name, found in app.extensions.items() if name != current.SITE}
    return _Made(app, kept, dict(app.config))


def _take_back(made: _Made, waiting: list[_Made]) -> None:
    """Have it forget the site and what came of it."""
    assert made.app.config == made.config  # else the next test would have what this one chose
    made.app.extensions.clear()
    made.app.extensions.update(made.extensions)
    waiting.append(made)
