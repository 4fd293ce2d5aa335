"""One server and one browser for all tests; every test has a context of its own."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.webapp.browser.advisings import make_advisings
from tests.webapp.browser.axe import carry_axe
from tests.webapp.browser.calibrations import make_calibrations
from tests.webapp.browser.gatherings import make_gatherings
from tests.webapp.browser.helping import make_help
from tests.webapp.browser.intakes import make_intakes
from tests.webapp.browser.markup import Checker, start_checker
from tests.webapp.browser.offerings import make_offerings
from tests.webapp.browser.plans import make_plans
from tests.webapp.browser.reviews import make_reviews
from tests.webapp.browser.serving import Server, free_port
from tests.webapp.browser.troubles import make_troubles
from tests.webapp.browser.visiting import ARGUMENTS, Visitor, chromium_path, visiting
from tests.webapp.browser.world import World, empty_world, make_world
from tests.webapp.postgres import cluster

Visit: TypeAlias = Callable[..., Visitor]
SitDown: TypeAlias = Callable[[str], Visitor]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A browser with a fresh profile."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def world() -> Iterator[World]:
    """A running installation with people in it."""
    with _folder() as folder:
        made = make_world(Server(folder, free_port()))
        make_reviews(made)
        make_advisings(made)
        make_offerings(made)
        make_intakes(made)
        make_gatherings(made)
        make_help(made)
        make_calibrations(made)
        make_plans(made)
        make_troubles(made)
        with _running(made):
            yield made


@pytest.fixture(scope="session")
def postgres_world() -> Iterator[World]:
    """A running installation on PostgreSQL, with nobody in it."""
    name = f"browsers_{os.getpid()}"
    cluster().run(f"CREATE DATABASE {name}")
    with _folder() as folder:
        made = empty_world(Server(folder, free_port(), cluster().url(name)))
        with _running(made):
            yield made


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="kretslop-browsers-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@contextmanager
def _running(world: World) -> Iterator[None]:
    """Its web server and its worker are at work."""
    try:
        world.server.start_worker()
        world.server.start()
        yield
    finally:
        world.server.close()
        world.site.database.close()


@pytest.fixture(scope="session")
def checker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Checker]:
    """A checker of HTML."""
    started = start_checker(tmp_path_factory.mktemp("checker"))
    yield started
    started.close()


@pytest.fixture
def visit(chromium: Browser, world: World) -> Iterator[Visit]:
    """Open browsers as somebody; each is checked and closed when the test ends."""
    with ExitStack() as stack:

        def open_browser(who: str = "anonymous", **chosen: Any) -> Visitor:
            return stack.enter_context(visiting(chromium, world, who, **chosen))

        yield open_browser


@pytest.fixture(scope="session")
def seats(chromium: Browser, world: World) -> Iterator[dict[str, Visitor]]:
    """Browsers that stay open from test to test, by who sits there: what every page needs is fetched once."""
    with ExitStack() as stack:

        def seat(who: str) -> Visitor:
            visitor = stack.enter_context(visiting(chromium, world, who))
            carry_axe(visitor.context)
            return visitor

        yield _Seats(seat)


@pytest.fixture
def seated(seats: dict[str, Visitor]) -> Iterator[SitDown]:
    """Take a seat as somebody; what goes wrong on the pages then fails when the test ends."""
    taken: list[Visitor] = []

    def sit_down(who: str) -> Visitor:
        taken.append(seats[who])
        return taken[-1]

    yield sit_down
    wrong = [wrong for visitor in taken for wrong in visitor.watch.look_away()]
    assert not wrong, "\n".join(wrong)


class _Seats(dict[str, Visitor]):
    """Opened when somebody first asks for it."""

    def __init__(self, open_browser: Callable[[str], Visitor]) -> None:
        self._open = open_browser

    def __missing__(self, who: str) -> Visitor:
        self[who] = self._open(who)
        return self[who]
