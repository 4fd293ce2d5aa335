"""A gathering for those who come: their own page, where badges lead, and ideas, where table sheets lead."""

from __future__ import annotations

from collections import Counter

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as AnyResponse

from assessment.gathering.ideas import IDEA_STATES
from webapp.auth import current
from webapp.auth.access import Door
from webapp.errors import NotSaved, Refused
from webapp.forms.gathering import FollowUpForm, IdeaForm, read_number
from webapp.services import ideafiles, ideas
from webapp.services.gatheringpapers import own_papers
from webapp.services.ideas import Followed, WantedIdea, open_ideas
from webapp.services.owngathering import open_own
from webapp.views.activitypage import shown
from webapp.views.documentpages import attachment
from webapp.views.gatheringpage import company_views, paper_views, questionnaire_titles
from webapp.views.page import go, notice, show

pages = Blueprint("gatherings", __name__, url_prefix="/<language:lang>/gatherings/<activity_id>")


@pages.get("")
def show_own(lang: str, activity_id: str) -> Response:  # noqa: ARG001
    """One's own table, pre-work and sheet."""
    site, actor, now = current.site(), current.actor(), current.now()
    found = open_own(site, actor, activity_id, now)
    return show(
        "gatherings/own.html.jinja",
        found=found,
        companies=company_views(found),
        papers=paper_views(own_papers(site, actor, activity_id, now)),
        shown=shown(found.activity),
        titles=questionnaire_titles,
    )


@pages.get("/ideas")
def show_ideas(lang: str, activity_id: str) -> Response:  # noqa: ARG001
    """A form for an idea, and those there are; ``table``: where somebody sits who came by a table's code."""
    form = IdeaForm(formdata=None, data={"table": request.args.get("table", "")[:4]})
    return _ideas(activity_id, form)


@pages.post("/ideas")
def add_idea(lang: str, activity_id: str) -> Response | AnyResponse:  # noqa: ARG001
    """Keep an idea; the same form twice keeps it once."""
    form, token = IdeaForm(), request.form.get("token", "")
    if not form.validate():
        return _ideas(activity_id, form, 400, token=token)
    table = read_number(form.table.data or "")
    wanted = WantedIdea(
        text=form.text.data,
        table=table if table > 0 else None,
        owner_id=form.owner_id.data or "",
        owner=form.owner.data or "",
        next_step=form.next_step.data or "",
        due_on=form.due_on,
    )
    try:
        ideas.add_idea(
            current.site(), current.actor(), activity_id, token=token, wanted=wanted, now=current.now()
        )
    except NotSaved:
        return _ideas(activity_id, form, 503, token=token)
    notice("gatherings.idea_saved")
    return go("gatherings.show_ideas", activity_id=activity_id, table=table if table > 0 else None)


@pages.post("/ideas/<idea_id>")
def follow_up(lang: str, activity_id: str, idea_id: str) -> Response | AnyResponse:  # noqa: ARG001
    """Say how far an idea has come, and put it in better words."""
    form, new = FollowUpForm(idea_id), IdeaForm(formdata=None)
    if not form.validate():
        return _ideas(activity_id, new, 400, followed=(idea_id, form))
    base = read_number(request.form.get("base", ""))
    said = Followed(form.state.data, form.text.data, form.next_step.data or "", form.due_on, base)
    try:
        ideas.follow_up(current.site(), current.actor(), activity_id, idea_id, said=said, now=current.now())
    except Refused:  # somebody else was faster: both are shown
        form.text.errors = ["gatherings.idea_changed"]
        return _ideas(activity_id, new, 409, followed=(idea_id, form))
    except NotSaved:
        return _ideas(activity_id, new, 503, followed=(idea_id, form))
    notice("gatherings.idea_followed")
    return go("gatherings.show_ideas", activity_id=activity_id, _anchor=f"idea-{idea_id}")


@pages.get("/ideas.csv")
def take_csv(lang: str, activity_id: str) -> Response:  # noqa: ARG001
    """The ideas as a text table, for those who run the programme."""
    site, actor = current.site(), current.actor()
    found = ideafiles.csv_of(site, actor, activity_id, current.language(), current.now())
    return attachment(found.name, found.content, found.media_type)


@pages.get("/ideas.xlsx")
def take_xlsx(lang: str, activity_id: str) -> Response:  # noqa: ARG001
    """The same as a spreadsheet."""
    site, actor = current.site(), current.actor()
    found = ideafiles.xlsx_of(site, actor, activity_id, current.language(), current.now())
    return attachment(found.name, found.content, found.media_type)


def _ideas(
    activity_id: str,
    form: IdeaForm,
    status: int = 200,
    *,
    token: str = "",
    followed: tuple[str, FollowUpForm] | None = None,
) -> Response:
    found = open_ideas(current.site(), current.actor(), activity_id, current.now())
    if not form.table.data and found.table is not None:
        form.table.data = str(found.table)
    counts = Counter(one.state for one in found.ideas)
    chosen = request.args.get("state", "")
    return show(
        "gatherings/ideas.html.jinja",
        status,
        found=found,
        counts={state: counts[state] for state in IDEA_STATES if counts[state]},
        chosen=chosen if chosen in counts else "",
        listed=[one for one in found.ideas if one.state == chosen or chosen not in counts],
        shown=shown(found.activity),
        form=form,
        token=token or found.token,
        states=IDEA_STATES,
        followed=followed,
        form_is_unsaved=status == 503,
    )


DOOR = Door(
    pages,
    {
        "show_own": "account",
        "show_ideas": "account",
        "add_idea": "account",
        "follow_up": "account",
        "take_csv": "account",
        "take_xlsx": "account",
    },
)
