"""What the access walk meets at a gathering: tables, an idea, and papers that are ready."""

from __future__ import annotations

from collections.abc import Callable

from assessment.gathering.seats import Rule, Settings
from tests.webapp.services.printing import stand_in
from webapp.db.ids import new_id
from webapp.services import gatheringdesk, gatheringpapers, gatheringseats, ideas
from webapp.services.actor import Actor
from webapp.services.gatheringprinting import keep_paper, prepare_paper
from webapp.services.gatherings import Turn
from webapp.services.ideas import WantedIdea
from webapp.services.jobs import claim, due, finish
from webapp.services.site import Site

VERSION = "4"
"""Of the gathering: its cohort, the sizes of tables, who sits where, and a rule."""


def make_gathering(
    site: Site, staff: Actor, owner: Actor, things: dict[str, str], sing: Callable[[str, str], str]
) -> dict[str, str]:
    """Have tables, an idea and papers made for the gathering that the owner comes to; ids by name."""
    now, programme, id_ = site.now(), things["programme"], things["gathering"]
    gatheringdesk.choose_cohort(site, staff, programme, id_, cohort_id=things["cohort"], now=now)
    one_table = Settings(1, 8)
    gatheringseats.save_settings(Turn(site, staff, programme, id_, 1, now), one_table)
    gatheringseats.propose(Turn(site, staff, programme, id_, 2, now))
    rule = Rule("together", frozenset({things["company"]}), "owners")
    gatheringseats.add_rule(Turn(site, staff, programme, id_, 3, now), rule)
    said = WantedIdea(
        sing("idea", "tekst"), 1, "", sing("idea", "eier"), sing("idea", "neste steg"), now.date()
    )
    ideas.add_idea(site, owner, id_, token=new_id(), wanted=said, now=now)
    gatheringpapers.order_paper(site, staff, programme, id_, "badges", language="nb", now=now)
    gatheringpapers.order_own(site, owner, id_, "nb", now)
    for job_id in due(site.database, ("render_paper",), now):
        claimed = claim(site.database, job_id, now)
        assert claimed is not None
        to_print = prepare_paper(site, str(claimed.body["paper"]))
        assert to_print is not None
        keep_paper(site, to_print, stand_in(to_print.job))
        finish(site.database, claimed, now)
    papers = gatheringpapers.list_papers(site, staff, programme, id_)
    own = gatheringpapers.own_papers(site, owner, id_, now)
    [idea] = ideas.open_ideas(site, owner, id_, now).ideas
    return {
        "badges": next(one.id for one in papers if one.id),
        "own_sheet": next(one.id for one in own if one.id),
        "idea": idea.id,
    }
