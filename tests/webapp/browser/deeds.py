"""What people do on a page to bring it into a state: mistakes, clashes, things opened."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import TypeAlias

from tests.webapp.browser.visiting import Visitor
from tests.webapp.browser.world import World, a_new_address
from tests.webapp.sites import WORKSHOP

Deed: TypeAlias = Callable[[Visitor, World], None]

CLASHING = "strategy.ambition"
_COUNT = count(1)


def send_first_form(visitor: Visitor, _world: World) -> None:
    """Press the main button of the page as it is."""
    visitor.page.locator("main button[type=submit]:not(.ds-sr-only):visible").first.click()
    visitor.page.wait_for_load_state()


def write_wrong_values(visitor: Visitor, _world: World) -> None:
    """Write what is no number into every number, and save."""
    page = visitor.page
    fields = page.locator("main input[inputmode=decimal]:visible")
    for at in range(min(fields.count(), 6)):
        fields.nth(at).fill("mange")
    page.locator("main button[value=next]").click()
    page.wait_for_selector("[data-error-summary]")


def ask_for_a_link(visitor: Visitor, _world: World) -> None:
    """Ask for a link to a new address."""
    visitor.page.locator("#email").fill(a_new_address())
    visitor.page.locator("main button[type=submit]").click()
    visitor.page.wait_for_selector(".code")


def write_a_wrong_address(visitor: Visitor, _world: World) -> None:
    """Ask for a link to what is no address."""
    visitor.page.locator("#email").fill("kari")
    visitor.page.locator("main button[type=submit]").click()
    visitor.page.wait_for_selector("[data-error-summary]")


def clash(visitor: Visitor, world: World) -> None:
    """Answer a question that somebody else has just answered."""
    world.answer("member", "clash", CLASHING, WORKSHOP, f"Skrevet samtidig, gang {next(_COUNT)}")
    page = visitor.page
    page.locator(f"[name='q.{CLASHING}'][value='0']").check(force=True)
    page.wait_for_selector("[data-clash]")


def clash_on_saving(visitor: Visitor, world: World) -> None:
    """The same, found out by pressing the button."""
    world.answer("member", "clash", CLASHING, WORKSHOP, f"Skrevet samtidig, gang {next(_COUNT)}")
    visitor.page.evaluate(
        """(choice) => {
          document.querySelector(choice).checked = true;  // unseen by the script that would save it at once
          document.querySelector('button[value=next]').click();
        }""",
        f"[name='q.{CLASHING}'][value='0']",
    )
    visitor.page.wait_for_selector("[data-error-summary]")


def open_everything(visitor: Visitor, _world: World) -> None:
    """Open all that can be folded out."""
    visitor.page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")


def wait_for_documents(visitor: Visitor, _world: World) -> None:
    """Wait until the worker has made the first PDFs."""
    for _ in range(60):
        if visitor.page.locator("a[href*='/documents/']").count():
            return
        visitor.page.wait_for_timeout(500)
        visitor.page.reload()
    raise AssertionError("no PDF within half a minute")


def show_session_warning(visitor: Visitor, _world: World) -> None:
    """Let the session be about to end."""
    page = visitor.page
    page.evaluate("""() => {
      const soon = new Date(Date.now() + 60_000).toISOString();
      document.querySelector('[data-session-ends]').dataset.sessionEnds = soon;
      document.dispatchEvent(new CustomEvent('kretslop:alive', { detail: '' }));
    }""")
    page.wait_for_selector(".session-note:visible")
