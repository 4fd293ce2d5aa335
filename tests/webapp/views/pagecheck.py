"""What holds for every page: whole HTML, one title and heading, labels, unique ids, nothing inline."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
SELF_CLOSED = {"circle", "path", "rect", "line", "polygon", "polyline", "ellipse", "use"}
LABELLED = {"input", "select", "textarea"}


@dataclass
class Page(HTMLParser):
    """What a page holds, and what is wrong with it."""

    mistakes: list[str] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    labelled: set[str] = field(default_factory=set)
    fields: list[dict[str, str | None]] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    forms: list[dict[str, str | None]] = field(default_factory=list)
    titles: int = 0
    headings: int = 0
    language: str | None = None
    stack: list[str] = field(default_factory=list)
    pointed: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Look at a tag."""
        found = dict(attributes)
        if len(found) != len(attributes):
            self.mistakes.append(f"{tag}: an attribute twice")
        self._look(tag, found)
        if tag not in VOID:
            self.stack.append(tag)

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Look at a tag that closes itself, which only what is drawn may do."""
        if tag not in VOID | SELF_CLOSED:
            self.mistakes.append(f"{tag}: closes itself")
        self._look(tag, dict(attributes))

    def handle_endtag(self, tag: str) -> None:
        """Every tag ends where it should."""
        if not self.stack or self.stack.pop() != tag:
            self.mistakes.append(f"{tag}: ends out of place")

    def _look(self, tag: str, found: dict[str, str | None]) -> None:
        id_ = found.get("id")
        if id_ is not None:
            if id_ in self.ids or not id_ or " " in id_:
                self.mistakes.append(f"{tag}: id {id_!r} is empty, has spaces or comes twice")
            self.ids.add(id_)
        if "style" in found or any(name.startswith("on") for name in found):
            self.mistakes.append(f"{tag}: style or script in an attribute")
        if tag == "style" or (tag == "script" and not found.get("src")):
            self.mistakes.append(f"{tag}: inline")
        if tag == "img" and "alt" not in found:
            self.mistakes.append("img: no alt")
        for name in ("aria-describedby", "aria-labelledby", "for"):
            self.pointed += (found.get(name) or "").split()
        self._count(tag, found)

    def _count(self, tag: str, found: dict[str, str | None]) -> None:
        match tag:
            case "html":
                self.language = found.get("lang")
            case "title" if "svg" not in self.stack:
                self.titles += 1
            case "h1":
                self.headings += 1
            case "label":
                self.labelled.add(found.get("for") or "")
            case "a":
                self.links.append(found.get("href") or "")
            case "form":
                self.forms.append(found)
        if tag in LABELLED and found.get("type") not in ("hidden", "submit"):
            self.fields.append(found)


def check_page(html: str, language: str) -> Page:
    """A page that was read and found in order. Raises AssertionError with everything that is not."""
    page = Page()
    page.feed(html)
    page.close()
    wrong = list(page.mistakes)
    wrong += [f"{tag}: never ends" for tag in page.stack]
    wrong += [f"nothing has the id {id_}" for id_ in page.pointed if id_ not in page.ids]
    wrong += [
        f"{found.get('name')}: no label"
        for found in page.fields
        if found.get("id") not in page.labelled and not found.get("aria-label")
    ]
    wrong += [f"link to {link}" for link in page.links if not link]
    if (page.titles, page.headings, page.language) != (1, 1, language):
        wrong.append(f"{page.titles} titles, {page.headings} h1, lang {page.language}")
    assert not wrong, wrong
    return page
