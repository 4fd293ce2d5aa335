"""axe-core on a page: what it finds against WCAG 2.2 A and AA."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from playwright.sync_api import BrowserContext, Page

SOURCE = Path(__file__).parents[2] / "vendor" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

OF_STYLES = ("css-orientation-lock",)
"""Rules about the style sheets alone: they find the same however the page is looked at."""

_RUN = """async ([tags, without]) => {
  const rules = Object.fromEntries(without.map((id) => [id, { enabled: false }]));
  const wanted = { runOnly: { type: 'tag', values: tags }, rules, resultTypes: ['violations'] };
  const found = await axe.run(document, wanted);
  return found.violations.flatMap((one) =>
    one.nodes.map((node) => `${one.id}: ${node.target.join(' ')} ${node.failureSummary}`));
}"""


def axe_problems(page: Page) -> list[str]:
    """Every breach on a page as it is shown now; the program is brought to the page the first time.

    The page is one of a context that :func:`carry_axe` was done for.
    """
    without: tuple[str, ...] = OF_STYLES
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate("bringAxe()")
        without = ()
    found: list[str] = page.evaluate(_RUN, [TAGS, list(without)])
    return found


def carry_axe(context: BrowserContext) -> None:
    """Have the program at hand on every page of a context, where it costs little until it is brought."""
    context.add_init_script(f"window.bringAxe = () => {{ {_source()}\n; window.axe = axe; }};")


@cache
def _source() -> str:
    return SOURCE.read_text(encoding="utf-8")
