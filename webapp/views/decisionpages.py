"""What the pages of an advisor's decisions get, worked out beforehand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from assessment.result import AssessmentResult
from reports.formatting import paragraphs
from webapp.auth import current
from webapp.forms.review import ReasonForm
from webapp.services.review import Item
from webapp.services.reviewapproval import ApprovalDraft
from webapp.views.reviewpages import Pages, shared_values


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One line of both results. ``is_other``: the two differ."""

    title: str
    company: str
    company_points: str
    rated: str
    rated_points: str
    is_other: bool


@dataclass(frozen=True, slots=True)
class Override:
    """A question that is rated otherwise, with why."""

    text: str
    address: str
    company: str
    rated: str
    reason: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the company is asked to look at again."""

    text: str
    address: str
    reason: tuple[str, ...]


def approve_page(pages: Pages, draft: ApprovalDraft) -> dict[str, Any]:
    """Both results, the differences, and what stands in the way of an approval."""
    ratable = [item for item in pages.opened.items if item.is_ratable]
    return {
        **shared_values(pages),
        "draft": draft,
        "rows": list(_rows(pages, draft)) if draft.rated is not None else [],
        "overrides": [_override(pages, item) for item in draft.differing],
        "lacking": [_link(pages, item) for item in draft.lacking],
        "hidden": [_link(pages, item) for item in draft.hidden],
        "unrated": sum(not item.is_rated for item in ratable),
    }


def send_back_page(pages: Pages, form: ReasonForm) -> dict[str, Any]:
    """What the company will be asked for."""
    form.seen.data = pages.opened.seen
    asked = [
        Asked(*_link(pages, item), paragraphs(item.request)) for item in pages.opened.items if item.request
    ]
    return {**shared_values(pages), "form": form, "asked": asked}


def reopen_page(pages: Pages, form: ReasonForm) -> dict[str, Any]:
    """Why it is to be opened again."""
    form.seen.data = pages.opened.seen
    return {**shared_values(pages), "form": form}


def _link(pages: Pages, item: Item) -> tuple[str, str]:
    return pages.voice.question(item.id), pages.address(item.id)


def _override(pages: Pages, item: Item) -> Override:
    said, view = item.judgement.judgement, pages.view(item)
    return Override(
        text=pages.voice.question(item.id),
        address=pages.address(item.id),
        company=pages.said(item, view) if view is not None else "",
        rated=pages.rated(item, said.rating),
        reason=paragraphs(said.reason),
    )


def _rows(pages: Pages, draft: ApprovalDraft) -> Iterator[ResultRow]:
    rated: AssessmentResult | None = draft.rated
    assert rated is not None
    own, desk = pages.opened.result.overall, pages.desk
    points = pages.voice.number

    def shown(score: Any) -> str:
        return "" if score is None else points(score)

    yield ResultRow(
        title=current.words().say("review.whole"),
        company=desk.level_name(own.level, own.status),
        company_points=shown(own.score),
        rated=desk.level_name(rated.overall.level, rated.overall.status),
        rated_points=shown(rated.overall.score),
        is_other=(own.level, own.score) != (rated.overall.level, rated.overall.score),
    )
    for side in draft.sides:
        yield ResultRow(
            title=pages.voice.dimension(side.dimension),
            company=desk.level_name(side.company.level, side.company.status),
            company_points=shown(side.company.score),
            rated=desk.level_name(side.rated.level, side.rated.status),
            rated_points=shown(side.rated.score),
            is_other=(side.company.level, side.company.score) != (side.rated.level, side.rated.score),
        )
