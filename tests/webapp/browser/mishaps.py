"""What people do where something then stands in the way (see :mod:`tests.webapp.browser.troubles`)."""

from __future__ import annotations

from itertools import count

from playwright.sync_api import FilePayload, Page, Route

from tests.webapp.browser.deeds import CLASHING
from tests.webapp.browser.troubles import (
    BUSY_ADDRESS,
    RESTORED,
    change_employees,
    way_back_cookie,
)
from tests.webapp.browser.visiting import Visitor
from tests.webapp.browser.world import World
from tests.webapp.sites import WORKSHOP
from webapp.auth.cookies import form_cookie, session_cookie
from webapp.settings import MEGABYTE

SAVE = "main button[name=action][value=next]"
_COUNT = count(1)
_PROGRAM: FilePayload = {
    "name": "regnskap.exe",
    "mimeType": "application/octet-stream",
    "buffer": b"MZ\x90\x00" + bytes(200),
}


def _press(page: Page, button: str) -> None:
    """Press a button that leads to a page."""
    with page.expect_navigation():
        page.locator(button).first.click()


def change_an_answer(visitor: Visitor, _world: World) -> None:
    """Answer a question, unseen by the script that would save it at once, and press the button."""
    choice = f"[name='q.{CLASHING}'][value='0']"
    visitor.page.evaluate("(choice) => { document.querySelector(choice).checked = true; }", choice)
    _press(visitor.page, SAVE)


def change_a_fact(visitor: Visitor, _world: World) -> None:
    """Say something else about the company, so that it comes with the button and not before."""
    visitor.page.evaluate("() => { document.querySelector(\"[name='f.employees']\").value = '7'; }")
    _press(visitor.page, SAVE)


def change_a_fact_too_late(visitor: Visitor, world: World) -> None:
    """The same, after somebody else has."""
    change_employees(world, "quicker", "hurried", 20 + next(_COUNT))
    change_a_fact(visitor, world)


def comment(visitor: Visitor, _world: World) -> None:
    """Say something about a question."""
    visitor.page.locator("#text").fill("Spør Liv om tallene.")
    _press(visitor.page, "form[action$='/comments'] button")


def restore_too_late(visitor: Visitor, world: World) -> None:
    """Take an earlier answer up again after somebody has answered anew."""
    world.answer("quicker", "hurried", RESTORED, WORKSHOP, f"Skrevet imens, gang {next(_COUNT)}")
    _press(visitor.page, "form[action$='/restore'] button")


def send_a_program(visitor: Visitor, _world: World) -> None:
    """Send a file of a kind that is not taken."""
    visitor.page.locator("#file").set_input_files(_PROGRAM)
    _press(visitor.page, "form.upload button")


def send_too_much(visitor: Visitor, world: World) -> None:
    """Send a file that is larger than anything that is let in."""
    file = world.server.folder / "video.mp4"
    with file.open("wb") as opened:
        opened.truncate((world.site.settings.body_mb + 1) * MEGABYTE)
    visitor.page.locator("#file").set_input_files(file)
    _press(visitor.page, "form.upload button")


def ask_once_more(visitor: Visitor, _world: World) -> None:
    """Ask for a link to an address that has got all it can get."""
    visitor.page.locator("#email").fill(BUSY_ADDRESS)
    _press(visitor.page, "main button[type=submit]")


def start_an_assessment(visitor: Visitor, _world: World) -> None:
    """Choose the questionnaire that nobody answers yet, and start."""
    visitor.page.locator("input[name=questionnaire]").last.check()
    _press(visitor.page, "main .actions button[type=submit]")


def send_an_old_form(visitor: Visitor, _world: World) -> None:
    """Send a form of a session that is over."""
    visitor.page.evaluate("document.querySelector('main [name=csrf]').value = 'of yesterday'")
    _press(visitor.page, "main button[type=submit]")


def save_signed_out(visitor: Visitor, world: World) -> None:
    """Press the button after signing out elsewhere; afterwards be signed in again."""
    context, name = visitor.context, session_cookie(world.site.settings)
    kept = [cookie for cookie in context.cookies() if cookie.get("name") == name]
    context.clear_cookies(name=name)
    _press(visitor.page, SAVE)
    context.add_cookies(kept)  # type: ignore[arg-type]  # what a context gives it also takes


def come_back_from_the_provider(visitor: Visitor, world: World) -> None:
    """Be at the page that signs in, before its button presses itself."""

    def wait(route: Route) -> None:
        route.fulfill(content_type="text/javascript", body="")

    context, name = visitor.context, form_cookie(world.site.settings)
    context.route("**/js/provider.js*", wait)
    context.add_cookies([{"name": name, "value": way_back_cookie(world), "url": world.server.url}])
    visitor.go("/signin/provider/finish")
