"""Every page in every state and language: open to everybody, quiet, and never wider than the screen."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable
from itertools import product
from typing import TypeAlias, get_args

import pytest
from flask import Flask
from playwright.sync_api import Page, ViewportSize

from tests.webapp.browser.axe import axe_problems
from tests.webapp.browser.conftest import SitDown, Visit
from tests.webapp.browser.markup import Checker
from tests.webapp.browser.pagetable import NO_PAGES, PAGES
from tests.webapp.browser.rows import PageRow
from tests.webapp.browser.visiting import DESKTOP, HEIGHT, LANGUAGES, NARROW, PHONE, Scheme, Visitor
from tests.webapp.browser.world import World
from webapp.app import create_app

Look: TypeAlias = tuple[int, Scheme]

IS_HOSTILE = bool(os.environ.get("KRETSLOP_HOSTILE"))
EVERY_LOOK: tuple[Look, ...] = tuple(product((PHONE, DESKTOP), get_args(Scheme)))
PAIRS: tuple[tuple[Look, Look], ...] = (
    ((PHONE, "light"), (DESKTOP, "dark")),
    ((DESKTOP, "light"), (PHONE, "dark")),
)
"""Two looks in which a page is seen at both widths and in both colours."""

ZOOMED: ViewportSize = {"width": NARROW, "height": 256}
"""A desktop's window of 1280 by 1024 at 400 percent."""

_TOO_WIDE = """() => {
  const width = document.documentElement.clientWidth, whole = document.documentElement.scrollWidth;
  if (whole <= width) return [];
  const named = (one) => `${one.tagName}.${one.className} ${one.textContent.trim().slice(0, 40)}`;
  const out = [...document.querySelectorAll('body *')]
    .filter((one) => one.getBoundingClientRect().right > width + 1);
  return [`${whole} of ${width}`, ...out.slice(0, 5).map(named)];
}"""


_QUESTIONS_SHOWN = """() => [...document.querySelectorAll('.slot:not([hidden]) .question')].map((one) => {
  const choices = one.querySelector('.choices'), box = choices.getBoundingClientRect();
  return box.width > 0 && box.height > 0 && getComputedStyle(choices).visibility === 'visible';
})"""


@pytest.fixture(scope="session")
def app(world: World) -> Flask:
    """The application, for its list of addresses."""
    return create_app(world.site)


def test_every_page_of_the_application_is_in_the_table(app: Flask) -> None:
    answering_get = {
        rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or frozenset())
    }
    known = {row.endpoint for row in PAGES if row.endpoint} | NO_PAGES.keys()

    assert answering_get == known


def test_every_page_is_looked_at_at_both_widths_and_in_both_colours() -> None:
    for row in PAGES:
        looks = [look for found in looks_of(row).values() for look in found]

        assert {width for width, _ in looks} == {PHONE, DESKTOP}
        assert {scheme for _, scheme in looks} == {"light", "dark"}


def test_every_language_is_seen_in_every_look_and_about_as_often_as_the_others() -> None:
    seen = Counter(
        (language, look) for row in PAGES for language, found in looks_of(row).items() for look in found
    )

    assert seen.keys() == set(product(LANGUAGES, EVERY_LOOK))
    assert all(count >= len(PAGES) // 8 for count in seen.values())


def test_no_row_comes_twice() -> None:
    assert len({row.name for row in PAGES}) == len(PAGES)


def looks_of(row: PageRow) -> dict[str, tuple[Look, ...]]:
    """How a page is looked at in which languages: in one of them by turns, and in two looks by turns.

    At full count every language has every look.
    """
    if IS_HOSTILE:
        return dict.fromkeys(LANGUAGES, EVERY_LOOK)
    turn = PAGES.index(row)
    return {LANGUAGES[turn % 3]: PAIRS[turn // 3 % 2]}


@pytest.mark.parametrize("row", PAGES, ids=str)
def test_a_page_is_open_to_everybody(row: PageRow, checker: Checker, seated: SitDown, world: World) -> None:
    wrong, visitor = [], seated(row.who)
    for language, looks in looks_of(row).items():
        visitor.language = language
        row.open(visitor, world)
        assert visitor.page.evaluate("document.documentElement.lang") == language
        markup = checker.problems(visitor.context.request, visitor.watch.html())
        wrong += [f"{language} markup, {found}" for found in markup]
        wrong += [f"{language} {found}" for found in _looked_at(visitor, looks)]

    assert not wrong, "\n".join(wrong)


def test_a_section_is_never_shown_without_its_questions(visit: Visit, world: World) -> None:
    visitor = visit("member")
    for _ in range(20):
        page = visitor.go(f"/assessments/{world.assessments['empty']}/sections/insight")
        is_shown = page.evaluate(_QUESTIONS_SHOWN)
        assert is_shown
        assert all(is_shown)


def _looked_at(visitor: Visitor, looks: Iterable[Look]) -> list[str]:
    """What is wrong with a page at the widths and in the colours people have, and in a zoomed window.

    Begins with the window as the page before left it, since every change of it lays the page out anew.
    """
    page, now = visitor.page, visitor.page.viewport_size
    wrong = _too_wide(page) if now == ZOOMED else []
    for width, scheme in sorted(looks, key=lambda look: now is not None and look[0] != now["width"]):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        page.emulate_media(color_scheme=scheme)
        wrong += [f"{width} {scheme} {found}" for found in axe_problems(page)]
    if now != ZOOMED:
        page.set_viewport_size(ZOOMED)
        wrong += _too_wide(page)
    return wrong


def _too_wide(page: Page) -> list[str]:
    return [f"{NARROW} too wide: {found}" for found in page.evaluate(_TOO_WIDE)]
