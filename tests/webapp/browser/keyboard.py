"""Somebody with nothing but a keyboard, who watches where the focus is."""

from __future__ import annotations

from dataclasses import dataclass, field

from playwright.sync_api import Page

MAX_STOPS = 400

_STOP = """() => {
  const one = document.activeElement;
  if (!one || one === document.body || one === document.documentElement) return null;
  if (!window.stops) { window.stops = new Map(); }
  if (!window.stops.has(one)) window.stops.set(one, window.stops.size + 1);
  const box = one.getBoundingClientRect();
  const label = one.labels && one.labels[0];
  const hits = [[.5, .5], [.1, .2], [.9, .8], [.1, .8], [.9, .2]].map(([x, y]) =>
    document.elementFromPoint(box.left + x * box.width, box.top + y * box.height));
  const around = [one, one.closest('.ds-field')].filter(Boolean).map((each) => getComputedStyle(each));
  const ring = around.some((style) => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0);
  const group = one.type === 'radio' ? one.form.querySelectorAll(`[name="${CSS.escape(one.name)}"]`) : [];
  return {
    number: window.stops.get(one),
    tag: one.tagName.toLowerCase(),
    type: one.type || '',
    name: one.name || '',
    value: one.value || '',
    text: (one.innerText || (label && label.innerText) || one.name || '').trim(),
    is_marked: ring || around.some((style) => style.boxShadow !== 'none'),
    is_seen: hits.some((hit) => hit && (one.contains(hit) || hit.contains(one))),
    is_answered: [...group].some((other) => other.checked) || one.checked === true,
    is_status: !!one.closest('.statuses, .estimate'),
  };
}"""


@dataclass(frozen=True)
class Stop:
    """Where the focus is. ``number``: how many stops of this page came before it the first time."""

    number: int
    tag: str
    type: str
    name: str
    value: str
    text: str
    is_marked: bool
    is_seen: bool
    is_answered: bool
    is_status: bool


@dataclass
class Keyboard:
    """The hands at it. ``wrong``: stops where the focus was not to be seen, or lost."""

    page: Page
    wrong: list[str] = field(default_factory=list)
    stops: int = 0

    def tab(self) -> Stop | None:
        """Go one stop on; None when the page is at its end."""
        self.page.keyboard.press("Tab")
        self.stops += 1
        return self.here()

    def here(self) -> Stop | None:
        """Where the focus is, looked at; None on no element."""
        found = self.page.evaluate(_STOP)
        if found is None:
            return None
        stop = Stop(**found)
        if not stop.is_marked:
            self.wrong.append(f"{self.page.url}: no ring around {stop.tag} {stop.text[:60]!r}")
        if not stop.is_seen:
            self.wrong.append(f"{self.page.url}: {stop.tag} {stop.text[:60]!r} is covered")
        return stop

    def reach(self, text: str) -> Stop:
        """Go on until a link or button that says something."""
        seen: set[int] = set()
        for _ in range(MAX_STOPS):
            stop = self.tab()
            if stop is None:
                if seen:
                    raise AssertionError(f"{self.page.url}: the focus was lost before {text!r}")
                continue
            if stop.text == text:
                return stop
            if stop.number in seen:
                raise AssertionError(f"{self.page.url}: trapped at {stop.text!r} before {text!r}")
            seen.add(stop.number)
        raise AssertionError(f"{self.page.url}: {text!r} is never reached")

    def press(self, key: str) -> None:
        """Press a key and let what it does happen."""
        self.page.keyboard.press(key)

    def go(self, text: str) -> None:
        """Reach a link or button, press Enter, and wait for the next page."""
        self.reach(text)
        with self.page.expect_navigation():
            self.press("Enter")

    def fill_form(self, button: str, answers: dict[str, str]) -> None:
        """Answer what is asked on the way to a button, and press it. ``answers``: what to type, by field."""
        for _ in range(MAX_STOPS):
            stop = self.tab()
            if stop is not None and stop.tag == "button" and stop.text == button:
                with self.page.expect_navigation():
                    self.press("Enter")
                return
            if stop is not None:
                self._answer(stop, answers)
        raise AssertionError(f"{self.page.url}: {button!r} is never reached")

    def _answer(self, stop: Stop, answers: dict[str, str]) -> None:
        if stop.type in ("radio", "checkbox") and not stop.is_answered and not stop.is_status:
            self.press("Space")
            if stop.type == "radio":
                self.press("ArrowDown")
        elif stop.tag in ("input", "textarea") and stop.name in answers and not stop.value:
            self.page.keyboard.type(answers[stop.name])
