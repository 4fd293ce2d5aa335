"""The checker that looks at every page (:mod:`tests.webapp.browser.test_pages`) sees what is wrong."""

from __future__ import annotations

from tests.webapp.browser.conftest import SitDown
from tests.webapp.browser.markup import Checker

PAGE = '<!DOCTYPE html><html lang="nb"><head><title>Æ</title></head><body><p id=a>ø</p>{}</body></html>'


def test_the_checker_lets_a_good_page_through(seated: SitDown, checker: Checker) -> None:
    asking = seated("anonymous").context.request

    assert checker.problems(asking, PAGE.format("").encode()) == []


def test_the_checker_finds_mistakes_and_where_they_are(seated: SitDown, checker: Checker) -> None:
    asking = seated("anonymous").context.request

    found = checker.problems(asking, PAGE.format("<p id=a><img src=x>").encode())

    assert len(found) == 2
    assert "Duplicate ID" in found[0]
    assert found[1].startswith("line 1: An “img” element must have an “alt” attribute")
