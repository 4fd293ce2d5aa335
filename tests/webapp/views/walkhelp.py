"""What the access walk meets in a directory of support: an organisation, and a referral to it."""

from __future__ import annotations

from collections.abc import Callable

from questionnaires.programme_values import Words
from questionnaires.support import SupportActor, SupportOffer
from tests.webapp.sites import NOW
from webapp.services import directorydesk, referring
from webapp.services.actor import Actor
from webapp.services.site import Site


def make_support(
    site: Site, staff: Actor, programme: str, *, sing: Callable[[str, str], str]
) -> dict[str, str]:
    """An organisation in the directory with a canary in each text; its ids by name."""
    said = sing("programme", "stottetilbud")
    offer = SupportOffer(id="raad", title=Words(nb=said, nn=said, en=said), help=("advice",))
    entry = SupportActor(
        id="new",
        name=sing("programme", "stotteaktor"),
        kind="cluster",
        source=sing("programme", "kilde"),
        offers=(offer,),
    )
    id_ = directorydesk.add_actor(site, staff, programme, entry, NOW)
    return {"helper": id_, "helper_offer": f"{id_}.raad"}


def make_referral(
    site: Site, owner: Actor, assessment: str, offer: str, sing: Callable[[str, str], str]
) -> dict[str, str]:
    """A referral with a canary in its notes; its id by name."""
    note = sing("handed_in", "henvisning")
    id_ = referring.refer(
        site, owner, assessment, NOW, offer=offer, question_id=None, note=note, language="nb"
    )
    came = sing("handed_in", "henvisningsmerknad")
    referring.follow_up(site, owner, assessment, id_, NOW, outcome="contacted", note=came)
    return {"referral": id_}
