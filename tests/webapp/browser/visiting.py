"""Visiting pages with Chromium as somebody, and noticing everything that goes wrong on the way."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response

from tests.webapp.browser.world import World
from webapp.auth.cookies import session_cookie

LANGUAGES = ("nb", "nn", "en")
PHONE, DESKTOP, NARROW = 390, 1280, 320
HEIGHT = 844
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--js-flags=--no-opt --no-maglev",
)
"""Without the compilers that make long-running scripts fast: a page of the tests is left before that pays."""

Scheme: TypeAlias = Literal["light", "dark"]

_ANSWERED = "Failed to load resource: the server responded with a status of"
_NOT_ANSWERED = "Failed to load resource: net::"


class ChromiumMissing(Exception):
    """There is no Chromium; ``make test`` installs it."""


def chromium_path() -> str:
    """Where the machine has its Chromium."""
    for name in ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"):
        if (found := shutil.which(name)) is not None:
            return found
    raise ChromiumMissing("the tests need Chromium: run make test, which installs it")


@dataclass
class Watch:
    """What went wrong in a context. ``is_lenient``: failed requests are part of the test."""

    is_lenient: bool = False
    wrong: list[str] = field(default_factory=list)
    documents: list[Response] = field(default_factory=list)

    def look_at(self, context: BrowserContext) -> None:
        """Listen to every page of a context."""
        context.on("console", self._console)
        context.on("weberror", lambda error: self.wrong.append(f"error: {error.error}"))
        context.on("requestfailed", self._failed)
        context.on("response", self._answered)

    def look_away(self) -> list[str]:
        """What went wrong until now; then forget it, and the pages."""
        wrong = list(self.wrong)
        self.wrong.clear()
        self.documents.clear()
        return wrong

    def html(self) -> bytes:
        """The last page as it was sent."""
        return self.documents[-1].body()

    def status(self) -> int:
        """How the last page was answered."""
        return self.documents[-1].status

    def _console(self, message: ConsoleMessage) -> None:
        foreseen = (_ANSWERED, _NOT_ANSWERED) if self.is_lenient else (_ANSWERED,)
        if message.type in ("error", "warning") and not message.text.startswith(foreseen):
            self.wrong.append(f"console: {message.text}")

    def _failed(self, request: Request) -> None:
        if not self.is_lenient and request.failure != "net::ERR_ABORTED":
            self.wrong.append(f"failed: {request.url} {request.failure}")

    def _answered(self, response: Response) -> None:
        if response.request.is_navigation_request():
            if not 300 <= response.status < 400:
                self.documents.append(response)
        elif response.status >= 400 and not self.is_lenient:
            self.wrong.append(f"{response.status}: {response.url}")


@dataclass
class Visitor:
    """Somebody at a browser of their own."""

    context: BrowserContext
    page: Page
    watch: Watch
    language: str = "nb"

    def go(self, path: str) -> Page:
        """Open a page; a path without language is in the visitor's."""
        self.page.goto(self.path(path))
        return self.page

    def path(self, path: str) -> str:
        """A path with its language."""
        return path if path[1:3] in LANGUAGES and path[3:4] in ("/", "") else f"/{self.language}{path}"

    def press(self, name: str, *, within: str = "main") -> None:
        """Press a button by its words."""
        self.page.locator(within).get_by_role("button", name=name, exact=True).first.click()

    def follow(self, name: str, *, within: str = "main") -> None:
        """Follow a link by its words."""
        self.page.locator(within).get_by_role("link", name=name, exact=True).first.click()

    @property
    def text(self) -> str:
        """The words on the page."""
        return self.page.locator("body").inner_text()


@contextmanager
def visiting(
    browser: Browser,
    world: World,
    who: str = "anonymous",
    *,
    language: str = "nb",
    width: int = PHONE,
    scheme: Scheme = "light",
    has_scripts: bool = True,
    is_lenient: bool = False,
) -> Iterator[Visitor]:
    """A browser of somebody; anything unforeseen on its pages fails at the end."""
    chosen: dict[str, Any] = {
        "base_url": world.server.url,
        "viewport": {"width": width, "height": HEIGHT},
        "color_scheme": scheme,
        "reduced_motion": "reduce",
        "java_script_enabled": has_scripts,
        "locale": {"nb": "nb-NO", "nn": "nn-NO", "en": "en-GB"}[language],
        "timezone_id": "Europe/Oslo",
    }
    context = browser.new_context(**chosen)
    watch = Watch(is_lenient)
    watch.look_at(context)
    if who != "anonymous":
        sign_in(context, world, world.session(who))
    context.set_default_timeout(20_000)
    try:
        yield Visitor(context, context.new_page(), watch, language)
        assert not watch.wrong, "\n".join(watch.wrong)
    finally:
        context.close()


def sign_in(context: BrowserContext, world: World, token: str) -> None:
    """Give a browser somebody's session."""
    name = session_cookie(world.site.settings)
    context.add_cookies(
        [{"name": name, "value": token, "url": world.server.url, "httpOnly": True, "sameSite": "Lax"}]
    )
