"""On which database a test runs."""

from __future__ import annotations

import pytest

from tests.webapp import kinds
from tests.webapp.kinds import KINDS, waiting_in

PAGE, USE_CASE = "tests/webapp/views/test_a.py::test_a", "tests/webapp/services/test_a.py::test_a"


def on_both(test: str, count: int = 200) -> dict[str, str | None]:
    return {f"{test}[{number}-{kind}]": kind for number in range(count) for kind in KINDS}


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kinds, "_IS_HOSTILE", False)


def test_a_test_of_a_page_runs_on_one_database_and_each_database_has_its_share() -> None:
    tests = on_both(PAGE)

    run = [test for test in tests if test not in waiting_in(tests)]

    assert len({test.partition("-")[0] for test in run}) == len(run) == len(tests) // 2
    assert min(sum(kind in test for test in run) for kind in KINDS) >= len(run) // 3


def test_at_full_count_it_runs_on_both(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kinds, "_IS_HOSTILE", True)

    assert waiting_in(on_both(PAGE)) == set()


def test_a_use_case_runs_on_both_always() -> None:
    assert waiting_in(on_both(USE_CASE)) == set()


def test_what_is_for_one_database_never_waits() -> None:
    assert waiting_in({f"{PAGE}[{kind}-{at}]": kind for at, kind in enumerate(KINDS)}) == set()


def test_what_has_no_database_never_waits() -> None:
    assert waiting_in({PAGE: None}) == set()
