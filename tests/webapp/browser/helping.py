"""A directory of support in the world that browsers meet, with long words, and a referral to it."""

from __future__ import annotations

from questionnaires.programme_values import Paragraph, Words
from questionnaires.support import THEMES, SupportActor, SupportOffer
from tests.webapp.browser.offerings import programme_at
from tests.webapp.browser.rows import Path
from tests.webapp.browser.world import LONG_WORD, World, now
from webapp.services import directorydesk, referring

_SAID = Paragraph(nb=f"Hjelp {LONG_WORD}.", nn=f"Hjelp {LONG_WORD}.", en=f"Help {LONG_WORD}.")
_TITLE = Words(nb=f"Råd {LONG_WORD}", nn=f"Råd {LONG_WORD}", en=f"Advice {LONG_WORD}")
_OFFERS = (
    SupportOffer(
        id="long",
        title=_TITLE,
        about=_SAID,
        help=("advice", "network"),
        themes=THEMES,
        municipalities=(f"Eksempel{LONG_WORD}"[:60], "Eksempelvik"),
        url="https://example.org/tilbud",
    ),
    SupportOffer(id="any", title=Words(nb="Lån", nn="Lån", en="Loan"), help=("financing",)),
)
_ENTRY = SupportActor(
    id="new",
    name=f"Eksempel {LONG_WORD}",
    kind="university",
    about=_SAID,
    url="https://example.org",
    languages=("nb", "nn", "en"),
    source="eksempel",
    offers=_OFFERS,
)


def make_help(world: World) -> None:
    """Add them to a world whose server has not been started."""
    site, staff, moment, made = world.site, world.actor("staff"), now(), world.tokens
    made["helper"] = directorydesk.add_actor(site, staff, world.programme, _ENTRY, moment)
    empty = SupportActor(id="new", name="Eksempel klynge", kind="cluster")
    directorydesk.add_actor(site, staff, world.programme, empty, moment)
    made["referral"] = referring.refer(
        site,
        world.actor("owner"),
        world.assessments["submitted"],
        moment,
        offer=f"{made['helper']}.long",
        question_id="strategy.ambition",
        note=f"Trenger {LONG_WORD}.",
        language="nb",
    )
    referring.follow_up(
        site,
        world.actor("owner"),
        world.assessments["submitted"],
        made["referral"],
        moment,
        outcome="contacted",
        note="Ringte.",
    )


def helper_at(rest: str = "") -> Path:
    """A page of the directory for those who run the programme; ``{helper}``: an entry's id."""
    return programme_at(f"/support{rest}")
