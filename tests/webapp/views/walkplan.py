"""What the access walk meets on a plan: who gets to what a company and its advisors agreed on."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tests.webapp.sites import NOW
from tests.webapp.views.walkhelp import make_referral
from webapp.services import agreeing
from webapp.services.actor import Actor
from webapp.services.site import Site


def make_plan(
    site: Site, owner: Actor, things: Mapping[str, str], sing: Callable[[str, str], str]
) -> dict[str, str]:
    """An action with a canary in everything that can be written about it; its id by name."""
    assessment = things["handed_in"]
    wanted = agreeing.Wanted(sing("handed_in", "tiltak"), owner=sing("handed_in", "tiltaksansvarlig"))
    id_ = agreeing.agree(site, owner, assessment, NOW, wanted=wanted)
    remark = sing("handed_in", "tiltaksmerknad")
    agreeing.follow_up(site, owner, assessment, id_, NOW, status="begun", remark=remark, base=1)
    return {"action": id_} | make_referral(site, owner, assessment, things["helper_offer"], sing)
