"""What an assessment came to: as it was handed in, or as it stands while it is being filled in.

The page is made from the same material as the PDF, so the two cannot disagree.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from assessment.advice.dimension_step import dimension_steps
from assessment.assess import assess
from assessment.review.lifecycle import is_editable, may
from questionnaires.support import SupportActor
from questionnaires.values import Language
from reports.material import Material
from webapp.db.queries_portfolio import programmes_with
from webapp.db.tables.assessments import Assessment, Submission
from webapp.db.tables.organisations import Organisation
from webapp.errors import NotAllowed, NotThere, Refused
from webapp.services.actor import Actor
from webapp.services.asked import Asked, asked_by_hand_in
from webapp.services.beside import beside_of
from webapp.services.blindness import refuse_unrated
from webapp.services.directory import directory_of
from webapp.services.learning import offer_in, offer_text, pages_of
from webapp.services.levels import Levels, levels_of
from webapp.services.opening import open_assessment, reach_hand_in
from webapp.services.reviewing import last_reason
from webapp.services.site import Site
from webapp.services.submitted import ResultDiffers, material_of, sources_of


@dataclass(frozen=True, slots=True)
class Result:
    """A result for its page. ``submission``: None for an assessment as it stands now.

    ``reason``: why the company has to look at it again; ``programmes``: names of those the company takes
    part in; ``is_own``: the reader answers for the company; ``levels``: None while it is not approved;
    ``asked``: what the company was asked to look at again; ``pages``: ids of the activities its programmes
    offer, by their codes; ``directory``: who can help it, by id.
    """

    row: Assessment
    organisation: Organisation
    material: Material
    submission: Submission | None
    reason: str | None
    programmes: tuple[str, ...]
    is_own: bool
    is_owner: bool
    is_advisor: bool
    levels: Levels | None = None
    asked: tuple[Asked, ...] = ()
    pages: Mapping[str, str] = field(default_factory=dict)
    directory: Mapping[str, SupportActor] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The assessment's id."""
        return self.row.id

    @property
    def is_editable(self) -> bool:
        """Whether the company can change the answers now."""
        return is_editable(self.row.state)

    @property
    def may_withdraw(self) -> bool:
        """Whether the reader can take it back."""
        return self.is_owner and may(self.row.state, "withdraw", "company")  # states

    @property
    def may_renew(self) -> bool:
        """Whether the reader can start a new round from it."""
        return self.is_own and may(self.row.state, "start_new_round", "company")  # states


def open_result(site: Site, actor: Actor, assessment_id: str, language: Language) -> Result:
    """The last hand-in, for the company's own people and its advisors.

    Raises NotThere, and Refused: the reader has answers to rate first, or the stored result cannot be
    recomputed.
    """
    with site.database.read() as session:
        row, organisation, submission = reach_hand_in(session, actor, assessment_id)
        refuse_unrated(session, site, actor, row)
        sources = sources_of(session, submission, row)
        beside = beside_of(session, site, submission, row, "company")
        reason = last_reason(session, row)
        programmes = tuple(one.name for one in programmes_with(session, organisation.id))
        levels = levels_of(session, row)
        asked = asked_by_hand_in(session, row)
        pages = pages_of(session, organisation.id)
        directory = directory_of(session, organisation.id)
    try:
        material = material_of(site, sources, language, "company", beside)
    except ResultDiffers as error:
        raise Refused("documents.result_differs") from error
    return Result(
        row=row,
        organisation=organisation,
        material=material,
        submission=submission,
        reason=reason,
        programmes=programmes,
        is_own=actor.answers_for(organisation.id),
        is_owner=actor.is_any_of(organisation.id, "owner"),
        is_advisor=actor.is_any_of(organisation.id, "advisor"),
        levels=levels,
        asked=asked,
        pages=pages,
        directory=directory,
    )


def open_preview(site: Site, actor: Actor, assessment_id: str, language: Language) -> Result:
    """What the answers so far come to, for the company's own people alone. Raises NotThere."""
    try:
        opened = open_assessment(site, actor, assessment_id)
    except NotAllowed as error:
        raise NotThere from error
    result = assess(opened.shelved.plan, opened.answers)
    with site.database.read() as session:
        offer = offer_text(session, site, opened.organisation.id, site.now())
        pages = pages_of(session, opened.organisation.id)
    material = Material(
        result=result,
        language=language,
        is_draft=True,
        activities=site.shelf.definitions.activities(),
        steps=dimension_steps(result),
        offer=offer_in(offer),
    )
    return Result(
        row=opened.row,
        organisation=opened.organisation,
        material=material,
        submission=None,
        reason=None,
        programmes=(),
        is_own=True,
        is_owner=actor.is_any_of(opened.organisation.id, "owner"),
        is_advisor=False,
        pages=pages,
    )
