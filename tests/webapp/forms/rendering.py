"""Rendering the macros as the application does, and looking at what came out."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

import webapp

TEMPLATES = Path(webapp.__file__).parent / "templates"
QUESTIONS = """{% from "macros/questions.html.jinja" import question, question_errors, first_button %}
{{ question_errors(links, "Rett") }}{{ first_button("Lagre") }}
{% for view in views %}{{ question(view) }}{% endfor %}"""
PROFILE = """{% from "macros/profile.html.jinja" import profile_fields %}
{% from "macros/questions.html.jinja" import question_errors %}
{{ question_errors(view.links, "Rett") }}{{ profile_fields(view) }}"""


@cache
def environment() -> Environment:
    """Templates with the options of the application."""
    loader = FileSystemLoader(TEMPLATES)
    return Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )


def rendered(template: str, **values: Any) -> Page:
    """The page of a template's text."""
    page = Page(environment().from_string(template).render(**values))
    page.close()
    return page


@dataclass(frozen=True, slots=True)
class Tag:
    """One start tag, and for a text area or a paragraph the text that follows it."""

    name: str
    attributes: dict[str, str]
    text: list[str] = field(default_factory=list)


class Page(HTMLParser):
    """The tags of a page in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html = html
        self.tags: list[Tag] = []
        html.encode("utf-8")
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), (tag, names)
        self.tags.append(Tag(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        self.tags.append(Tag(f"/{tag}", {}))

    def handle_data(self, data: str) -> None:
        if self.tags:
            self.tags[-1].text.append(data)

    def all(self, name: str, /, **wanted: str) -> list[Tag]:
        """The tags of a name with these attributes."""
        found = [tag for tag in self.tags if tag.name == name]
        return [t for t in found if all(t.attributes.get(key) == value for key, value in wanted.items())]

    def ids(self) -> list[str]:
        """Every id."""
        return [tag.attributes["id"] for tag in self.tags if "id" in tag.attributes]

    def sent(self) -> dict[str, list[str]]:
        """What a browser sends of the form as it stands, without a button pressed."""
        data: dict[str, list[str]] = {}
        select = ""
        for tag in self.tags:
            name, attributes = tag.attributes.get("name", ""), tag.attributes
            if tag.name == "select":
                select = name
            elif tag.name == "option" and "selected" in attributes:
                data.setdefault(select, []).append(attributes["value"])
            elif tag.name == "textarea":
                data.setdefault(name, []).append("".join(tag.text).removeprefix("\n"))
            elif tag.name == "input":
                is_choice = attributes["type"] in ("radio", "checkbox")
                if not is_choice or "checked" in attributes:
                    data.setdefault(name, []).append(attributes["value"])
        return data


def check(page: Page) -> None:
    """What holds for every form: ids once, inputs labelled, what is referred to there, nothing inline."""
    ids = page.ids()
    assert len(ids) == len(set(ids))
    labelled = {tag.attributes["for"] for tag in page.all("label")}
    for tag in page.tags:
        attributes = tag.attributes
        if tag.name in ("input", "select", "textarea") and attributes.get("type") != "hidden":
            assert attributes["id"] in labelled, attributes
        named = " ".join(attributes.get(name, "") for name in ("aria-describedby", "aria-labelledby", "for"))
        assert set(named.split()) <= set(ids), attributes
        assert not {"style", "onclick", "onchange"} & set(attributes)
        assert tag.name not in ("script", "style")
    targets = {tag.attributes["href"].removeprefix("#") for tag in page.all("a") if "href" in tag.attributes}
    assert targets <= set(ids)
