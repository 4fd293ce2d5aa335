"""What an approval would say: both results side by side, and every difference with its reason."""

from __future__ import annotations

from dataclasses import dataclass

from assessment.result import AssessmentResult
from assessment.scoring.dimensions import DimensionScore
from webapp.services.actor import Actor
from webapp.services.approving import as_rated
from webapp.services.review import Item, OpenedReview, opened_review
from webapp.services.site import Site


@dataclass(frozen=True, slots=True)
class Sides:
    """A dimension as the company has it, and as the advisors rate it."""

    dimension: str
    company: DimensionScore
    rated: DimensionScore


@dataclass(frozen=True, slots=True)
class ApprovalDraft:
    """What is to be approved. ``rated``, ``sides``: nothing while something is to be rated blind first.

    ``differing``: every question rated with another score than the company's.
    """

    opened: OpenedReview
    rated: AssessmentResult | None
    sides: tuple[Sides, ...]
    differing: tuple[Item, ...]

    @property
    def lacking(self) -> tuple[Item, ...]:
        """Those of which nobody has said why."""
        return tuple(item for item in self.differing if item.lacks_reason)

    @property
    def hidden(self) -> tuple[Item, ...]:
        """What is to be rated first."""
        return tuple(item for item in self.opened.items if item.is_hidden)

    @property
    def is_ready(self) -> bool:
        """Whether it can be approved as it stands."""
        return self.opened.is_open and not self.lacking and not self.hidden


def draft_approval(site: Site, actor: Actor, assessment_id: str) -> ApprovalDraft:
    """Both results as they stand now. Raises NotThere, and Refused where one cannot be computed."""
    with site.database.read() as session:
        opened = opened_review(session, site, actor, assessment_id)
        differing = opened.listed("differs")
        if opened.left_blind:
            return ApprovalDraft(opened, None, (), differing)
        rated = as_rated(session, site, opened.at)
    sides = tuple(
        Sides(id_, score, rated.scores.dimensions[id_])
        for id_, score in opened.result.scores.dimensions.items()
    )
    return ApprovalDraft(opened, rated, sides, differing)
