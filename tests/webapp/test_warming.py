"""What is done before the first request: nobody waits for a template, or for a look through all of memory."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.webapp.sites import make_site
from webapp import warming
from webapp.app import create_app


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    """Leave the process as other tests know it."""
    before = sys.getswitchinterval()
    yield
    sys.setswitchinterval(before)
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def test_every_template_is_there_before_anybody_asks(tmp_path: Path) -> None:
    app = create_app(make_site(tmp_path))
    assert len(app.jinja_env.cache) == 0  # type: ignore[arg-type]  # it has one

    warming.warm(app)

    assert {name for _, name in app.jinja_env.cache} == set(app.jinja_env.list_templates())  # type: ignore[union-attr]


def test_what_stays_is_not_looked_through_again_and_threads_take_turns_often(tmp_path: Path) -> None:
    before = gc.get_freeze_count()

    warming.warm(create_app(make_site(tmp_path)))

    assert gc.get_freeze_count() > before + 10_000
    assert sys.getswitchinterval() == pytest.approx(warming.TURN_SECONDS)
