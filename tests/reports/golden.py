"""The golden pages of two example companies and of a gathering's pack, renewed by ``make golden``.

Read the difference before committing it: a golden page changes only when a document is meant to.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from questionnaires.values import Language
from reports.gathering.pack import PAGES as PACK
from reports.gathering.pack import PackKind, build_pack
from reports.render import gathering_html
from tests.reports.gathering.gatherings import material
from tests.reports.making import LANGUAGES, page_of

FOLDER = Path(__file__).parent / "golden"
_STYLE = re.compile(r"<style>.*?</style>\n", re.DOTALL)


def company_page(language: Language) -> str:
    """The workshop's own report."""
    return page_of("eksempel_mobelverksted/circular_business_models", language, "company")


def advisor_page(language: Language) -> str:
    """The builder's report for its advisor."""
    return page_of("eksempel_bygg/sustainability_reporting", language, "advisor")


def pack_page(kind: PackKind, language: Language) -> str:
    """One document of a gathering's pack, without its styles: they are a file of their own."""
    return _STYLE.sub("", gathering_html(build_pack(kind, material(language))))


PAGES: Mapping[str, Callable[[Language], str]] = {
    "eksempel_mobelverksted-company": company_page,
    "eksempel_bygg-advisor": advisor_page,
    **{f"gathering-{kind}": partial(pack_page, kind) for kind in PACK},
}
"""Each page by its name; it is made in every language."""


def golden_file(name: str, language: Language) -> Path:
    """Where a page stands."""
    return FOLDER / f"{name}-{language}.html"


def renew() -> None:
    """Write every golden page anew."""
    FOLDER.mkdir(exist_ok=True)
    for name, made in PAGES.items():
        for language in LANGUAGES:
            golden_file(name, language).write_text(made(language), encoding="utf-8")


if __name__ == "__main__":
    renew()
