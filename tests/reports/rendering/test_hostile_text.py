"""Whatever people write is text and nothing else, and gives a document that can be read."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from html.parser import HTMLParser
from itertools import product
from typing import Any, TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.answers import Review
from reports.attachments import attachments
from reports.branding import Branding
from reports.formatting import clean
from reports.material import EDITIONS, Edition, Material
from reports.maturity import MaturityReport, build_report
from reports.render import report_html, screen_html
from reports.rendering.job import PdfJob
from reports.rendering.workers import RenderPool
from reports.sections.desk import Section
from tests.reports.making import LARGEST, WORKSHOP, material_of, raw_answers
from tests.reports.pdfs import Pdf

HOSTILE = os.environ.get("KRETSLOP_HOSTILE") == "1"

TEXTS = {
    "html": '<script>alert(1)</script><img src="file:///etc/passwd" onerror=x><h1>stor</h1></p></section>',
    "css": '</style><style>*{background:url(http://127.0.0.1:9/)}</style> } @import "file:///etc/passwd";',
    "svg": '<svg><title>x</title><image href="http://127.0.0.1:9/"/></svg>',
    "addresses": "javascript:alert(1) file:///etc/passwd http://127.0.0.1:9/ data:text/html,x",
    "templates": "{{ 7 * 7 }} {% include 'x' %} {0.__class__} {question} %s %(x)s ${x}",
    "quotes": "\"'`<>&amp;&#60;script&#62; ]]> --> <!--",
    "long word": "x" * (10_000 if HOSTILE else 1_500),
    "right to left": "مرحبا بالعالم שלום עולם \u202esnudd\u202c",
    "emoji": "👩‍👩‍👧‍👦 👍🏽 🇳🇴 ♻️ 🏭 1️⃣",
    "sami": "Sámi giella: áčđŋšŧž ÁČĐŊŠŦŽ",
    "combining": "e\u0301 a\u030a " + "o" + "\u0301" * 100 + " \u20d0 \u0f71",
    "controls": "a\x00b\x07c\x1bd\x7fe\x85f\ufffe\uffff",
    "surrogates": "halv \ud83d og \udc00 slutt",
    "other scripts": "漢字 ไทย हिन्दी ქართული Ελληνικά Кириллица Việt ﷺ \ue000 \U0010fffd",
    "spaces": "a\u2003b\u00a0c\u200bd\u00ade\u2028f\u3000g",
    "lines": "linje\n" * (200 if HOSTILE else 25),
}


COMMENTED = 1 if HOSTILE else 4


class Elements(HTMLParser):
    """Counts every element and looks at every attribute."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: dict[str, int] = {}
        self.addresses: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.found[tag] = self.found.get(tag, 0) + 1
        self.addresses += [value or "" for name, value in attributes if name in ("src", "href")]
        assert not [name for name, _ in attributes if name.startswith("on")]


def filled(*texts: str, every: int) -> dict[str, Any]:
    """The largest example with a text in everything a company can write; several take turns.

    ``every``: at which of its questions there are comments.
    """
    raw, text = raw_answers(LARGEST), texts[0]
    raw["organisation"]["name"] = text[:300]
    raw["period"] = text[:40]
    raw["profile"]["municipality"] = text[:200]
    for at, answer in enumerate(raw["answers"].values()):
        text = texts[at // every % len(texts)]
        answer["comment"], answer["evidence"] = "", []
        if at % every == 0:
            answer["comment"] = text
            answer["evidence"] = [{"title": text[:1000], "kind": "file"}]
        for row in answer["value"] if isinstance(answer.get("value"), list) else []:
            if isinstance(row, dict):
                row[next(iter(row))] = text[:500] if text[:500].strip() else "x"
    raw["answers"]["design.lca"] = {"status": "not_applicable", "reason": texts[-1]}
    return raw


def material(*texts: str, every: int = COMMENTED) -> Material:
    review = Review(by=texts[0][:300], on=date(2026, 3, 1))
    branding = Branding(programme=texts[-1][:200], contact=texts[-1][:500])
    return material_of(filled(*texts, every=every), "nb", "advisor", review=review, branding=branding)


def elements(text: str) -> dict[str, int]:
    return Elements(report_html(build_report(material(text)))).found


@pytest.fixture(scope="module")
def pool() -> Iterator[RenderPool]:
    with RenderPool(1) as found:
        yield found


def rendered(pool: RenderPool, found: Material, report: MaturityReport | None = None) -> Pdf:
    report = report or build_report(found)
    return Pdf(pool.render(PdfJob(report_html(report), report.identifier, attachments(found))))


def with_texts(pool: RenderPool, *texts: str, every: int = COMMENTED) -> Pdf:
    """A document with texts in every place there is, and with the questions that have one at hand."""
    found = material(*texts, every=every)
    answers = found.result.answers.answers
    told = {id_ for id_, answer in answers.items() if answer.comment or answer.reason}

    def shortened(section: Section) -> Section:
        if section.id != "dimensions":
            return section
        views = [
            replace(view, answers=tuple(a for a in view.answers if a.id in told or a.table))
            for view in section.body.dimensions
        ]
        return replace(section, body=replace(section.body, dimensions=tuple(views)))

    report = build_report(found)
    return rendered(pool, found, replace(report, sections=tuple(map(shortened, report.sections))))


@pytest.mark.parametrize("name", [name for name in TEXTS if name not in ("lines", "spaces", "controls")])
def test_a_text_makes_no_element_and_no_attribute(name: str) -> None:
    assert elements(TEXTS[name]) == elements("vanlig")


@pytest.mark.parametrize("name", TEXTS)
def test_no_address_comes_from_a_text(name: str) -> None:
    for page in (
        report_html(build_report(material(TEXTS[name]))),
        screen_html(build_report(material(TEXTS[name]))),
    ):
        assert [address for address in Elements(page).addresses if not address.startswith("#")] == []


LONG = ("long word", "lines")
SHORT = tuple(name for name in TEXTS if name not in LONG)
TOGETHER = [(name,) for name in TEXTS] if HOSTILE else [SHORT[::2], SHORT[1::2], LONG]
"""Which texts stand in one document: at full count, each in one of its own."""


Printed: TypeAlias = Callable[[tuple[str, ...]], Pdf]


@pytest.fixture(scope="module")
def printed(pool: RenderPool) -> Printed:
    """A document in which texts take turns, by their names; each is made once."""
    return cache(lambda names: with_texts(pool, *(TEXTS[name] for name in names)))


@pytest.mark.parametrize("names", TOGETHER, ids=" ".join)
def test_a_text_gives_a_document_that_is_accessible(printed: Printed, names: tuple[str, ...]) -> None:
    pdf = printed(names)

    assert pdf.failures == []
    assert pdf.tags.count("H1") == 1
    assert "\x00" not in pdf.title


@pytest.mark.parametrize(
    "text",
    ["{{ 7 * 7 }}", "{0.__class__}", "áčđŋšŧž ÁČĐŊŠŦŽ", "\ufffd"],
    ids=["braces", "a format", "Sami", "a character without a shape"],
)
def test_what_is_written_is_printed_as_it_is_or_as_a_shape(printed: Printed, text: str) -> None:
    assert text in printed(SHORT[::2]).text


def test_the_largest_comments_still_give_a_document(pool: RenderPool) -> None:
    """At full count at every question, else at one."""
    pdf = rendered(
        pool, material("En lang kommentar om drift og innkjøp. " * 500, every=1 if HOSTILE else 100)
    )

    assert pdf.failures == []
    assert [number for number, text in enumerate(pdf.pages, 1) if not text] == []


STATUSES = ("missing", "unknown", "not_applicable")
NOTHING = [
    (edition, status)
    for at, (edition, status) in enumerate(product(EDITIONS, STATUSES))
    if HOSTILE or (at // len(STATUSES) + at) % len(STATUSES)
]
"""At full count every edition with nothing of every kind; else each with two of them."""


@pytest.mark.parametrize(("edition", "status"), NOTHING)
def test_nothing_answered_still_gives_a_good_document(
    pool: RenderPool, edition: Edition, status: str
) -> None:
    raw = raw_answers(WORKSHOP)
    answer = {"status": status, **({"reason": "Gjelder ikke"} if status == "not_applicable" else {})}
    allowed = {
        q.id
        for _, q in material_of(WORKSHOP).result.plan.questionnaire.questions()
        if q.allows_not_applicable
    }
    raw["answers"] = {id_: answer for id_ in raw["answers"] if status != "not_applicable" or id_ in allowed}

    pdf = rendered(pool, material_of(raw, "nb", edition))

    assert pdf.failures == []
    assert len(pdf.pages) >= 2


@given(st.text(max_size=200))
@settings(max_examples=2000 if HOSTILE else 100)
def test_any_text_comes_out_clean(text: str) -> None:
    found = clean(text)

    assert found == clean(found)
    assert not any(c in found for c in "\n\r\t\x00\u202e\u2066\u2028")
    found.encode()


def test_random_texts_give_accessible_documents(pool: RenderPool) -> None:
    @given(st.text(max_size=2000))
    @settings(max_examples=60 if HOSTILE else 2)
    def check(text: str) -> None:
        assert with_texts(pool, text or "x").failures == []

    check()
