"""On which database a test runs."""

from __future__ import annotations

import pytest

from tests.webapp import kinds
from tests.webapp.kinds import KINDS, has_its_turn

PAGES = [f"tests/webapp/views/test_a.py::test_a[{number}-{{}}]" for number in range(200)]


def turns(test: str) -> list[str]:
    return [kind for kind in KINDS if has_its_turn(test.format(kind), kind)]


def test_a_test_of_a_page_runs_on_one_database_and_each_database_has_its_share(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(kinds, "_IS_HOSTILE", False)

    chosen = [turns(test) for test in PAGES]

    assert all(len(one) == 1 for one in chosen)
    assert min(chosen.count([kind]) for kind in KINDS) >= len(PAGES) // 3


def test_at_full_count_it_runs_on_both(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kinds, "_IS_HOSTILE", True)

    assert all(turns(test) == list(KINDS) for test in PAGES)


def test_a_use_case_runs_on_both_always() -> None:
    assert turns("tests/webapp/services/test_a.py::test_a[{}]") == list(KINDS)


def test_what_has_no_database_runs() -> None:
    assert has_its_turn("tests/webapp/views/test_a.py::test_a", None)
