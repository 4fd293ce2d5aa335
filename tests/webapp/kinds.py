"""On which database a test runs: every test that makes an installation runs on both.

But for pages: what is on them is no matter of the database, and the use cases behind them are tested on both.
In a browser only the story runs on both; other tests of pages take turns, and at full count all run on both.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache, partial
from types import ModuleType
from typing import TYPE_CHECKING, Literal, TypeAlias
from zlib import crc32

from sqlalchemy import Engine, make_url

from webapp.db.engine import Database

if TYPE_CHECKING:
    from tests.webapp.postgres import Kept, Loan

Kind: TypeAlias = Literal["sqlite", "postgresql"]
KINDS: tuple[Kind, ...] = ("sqlite", "postgresql")

_current: list[Kind] = ["sqlite"]
_open: list[Database] = []
_models: dict[str, Engine] = {}
_lasts: list[bool] = []
_kept: dict[str | None, Kept] = {}
_ends: list[Callable[[], None]] = []
_after: list[Callable[[], None]] = []
"""``_ends``: what a test has to give back first; ``_after``: once nothing of it is connected."""

_SITES = "tests.webapp.sites"
_BROWSER = "tests.webapp.browser."
_PAGES = (
    "tests/webapp/views/",
    *(f"tests/webapp/test_{name}.py" for name in ("links", "warming", "watching")),
)
_IS_HOSTILE = bool(os.environ.get("KRETSLOP_HOSTILE"))


def makes_sites(module: ModuleType) -> bool:
    """Whether something a module uses makes installations, itself or by way of other modules of the tests."""
    return not module.__name__.startswith(_BROWSER) and _leads_to_sites(module.__name__, frozenset())


def _leads_to_sites(name: str, seen: frozenset[str]) -> bool:
    if name == _SITES:
        return True
    return any(_leads_to_sites(other, seen | {name}) for other in _used_by(name) - seen - {name})


@cache
def _used_by(name: str) -> frozenset[str]:
    """The modules of the tests from which a module has something."""
    values = vars(sys.modules[name]).values() if name in sys.modules else ()
    origins = {
        value.__name__ if isinstance(value, ModuleType) else getattr(value, "__module__", None)
        for value in values
    }
    return frozenset(one for one in origins if isinstance(one, str) and one.startswith("tests.webapp"))


def waiting_in(tests: Mapping[str, str | None]) -> set[str]:
    """Which tests of pages wait, of those that would run on both databases; their names by kind of database.

    The name has the kind in it. At full count none waits.
    """
    pairs: dict[str, list[str]] = {}
    for test, kind in tests.items():
        if kind is not None and test.startswith(_PAGES):
            pairs.setdefault(test.replace(kind, ""), []).append(test)
    both = (
        {} if _IS_HOSTILE else {name: sorted(pair) for name, pair in pairs.items() if len(pair) == len(KINDS)}
    )
    return {pair[crc32(name.encode()) % len(KINDS)] for name, pair in both.items()}


def choose(kind: Kind) -> None:
    """Have the installations that are made from now on use this kind."""
    _current[0] = kind


def current_kind() -> Kind:
    """The kind the running test uses."""
    return _current[0]


def new_database_url(rows_of: str | None = None) -> str | None:
    """The address of a database with empty tables; None for a file of SQLite in the installation's folder.

    ``rows_of``: the address of another whose rows it has too.
    """
    if _current[0] == "sqlite":
        return None
    from tests.webapp.postgres import cluster, rows_in  # noqa: PLC0415  # started only where it is needed

    rows = {} if rows_of is None else rows_in(rows_of)
    if _lasts:
        return cluster().new_database(rows)
    loan = cluster().lend(rows)
    _kept[_name_in(loan.url)] = loan.kept
    _after.append(partial(_take_back, loan))
    return loan.url


def _take_back(loan: Loan) -> None:
    from tests.webapp.postgres import cluster  # noqa: PLC0415  # is started

    del _kept[_name_in(loan.url)]
    cluster().take_back(loan)


def _name_in(url: str) -> str | None:
    return make_url(url).database


@contextmanager
def lasting() -> Iterator[None]:
    """What is made meanwhile stays after the test: it is made once for all tests of a process."""
    _lasts.append(True)
    try:
        yield
    finally:
        _lasts.pop()


def remember(database: Database) -> Database:
    """Close a database when the test ends; have it use the statements that another of its kind compiled."""
    engine = database.engine
    model = _models.setdefault(engine.dialect.name, engine)
    if model is not engine:
        engine.dialect, engine._compiled_cache = model.dialect, model._compiled_cache
    else:
        engine.connect().close()  # only now does its dialect know the version of the server
    kept = _kept.get(engine.url.database)
    if kept is not None:
        kept.lend_to(engine)
    _open.append(database)
    return database


def when_it_ends(do: Callable[[], None]) -> None:
    """Have something done when the test ends; never for what lasts."""
    if not _lasts:
        _ends.append(do)


def close_all() -> None:
    """Give back what a test was lent, its connections and its databases."""
    while _ends:
        _ends.pop()()
    while _open:
        database = _open.pop()
        for kept in _kept.values():
            kept.take_from(database.engine)
        database.close()
    while _after:
        _after.pop()()
