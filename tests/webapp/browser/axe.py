"""axe-core on a page: what it finds against WCAG 2.2 A and AA."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from playwright.sync_api import BrowserContext, Page

SOURCE = Path(__file__).parents[2] / "vendor" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

OF_STYLES = "css-orientation-lock"
"""A rule about the style sheets alone: it finds the same however and wherever they are looked at. It is one
that axe leaves out unless it is asked for."""

_STYLES = "[...document.styleSheets].map((one) => one.href || one.ownerNode.textContent).join('\\n')"
_RUN = """async ([tags, more]) => {
  const rules = Object.fromEntries(more.map((id) => [id, { enabled: true }]));
  const wanted = { runOnly: { type: 'tag', values: tags }, rules, resultTypes: ['violations'] };
  const found = await axe.run(document, wanted);
  return found.violations.flatMap((one) =>
    one.nodes.map((node) => `${one.id}: ${node.target.join(' ')} ${node.failureSummary}`));
}"""

_read: set[str] = set()
"""The style sheets of pages that have been looked at."""


def axe_problems(page: Page) -> list[str]:
    """Every breach on a page as it is shown now; the program is brought to the page the first time.

    The page is one of a context that :func:`carry_axe` was done for.
    """
    more: list[str] = []
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate("bringAxe()")
        styles: str = page.evaluate(_STYLES)
        more = [] if styles in _read else [OF_STYLES]
        _read.add(styles)
    found: list[str] = page.evaluate(_RUN, [TAGS, more])
    return found


def carry_axe(context: BrowserContext) -> None:
    """Have the program at hand on every page of a context, where it costs little until it is brought."""
    context.add_init_script(f"window.bringAxe = () => {{ {_source()}\n; window.axe = axe; }};")


@cache
def _source() -> str:
    return SOURCE.read_text(encoding="utf-8")
