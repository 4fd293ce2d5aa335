"""What the access walk meets in a programme: activities, a registration and a partner."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from tests.webapp.services.offers import an_activity
from tests.webapp.views.walkhelp import make_support
from webapp.services import partners, places, programmedesk, shownfiles
from webapp.services.actor import Actor
from webapp.services.evidence import Upload
from webapp.services.site import Site


def make_offers(
    site: Site,
    staff: Actor,
    owner: Actor,
    programme: str,
    company: str,
    *,
    sing: Callable[[str, str], str],
) -> dict[str, str]:
    """Activities with a canary in each text, one registration, and a partner; their ids by name."""
    now = site.now().replace(microsecond=0)
    said = {"place": sing("programme", "sted"), "speaker": sing("programme", "taler")}
    coming = an_activity(site, staff, programme, "W1", starts=now + timedelta(days=400), **said)
    past = an_activity(site, staff, programme, "W2", starts=datetime(2026, 1, 1, 12, tzinfo=UTC), **said)
    today = {"starts": now - timedelta(minutes=1), "duration_min": 600}
    gathering = an_activity(site, staff, programme, "G1", "gathering", **today)
    for one in (coming, gathering):
        places.register(site, owner, one, company, now)
    wanted = partners.NewPartner(sing("programme", "partner"), ("organiser",))
    partner = partners.add_partner(site, staff, programme, wanted, now)
    shown = Upload(f"{sing('programme', 'lysark')}.csv", b"navn;verdi\nnoe;1\n")
    shownfiles.add_file(site, staff, programme, past, upload=shown, now=now)
    file = shownfiles.shown_at(site, past)[0].id
    made = {"coming": coming, "past": past, "gathering": gathering}
    helped = make_support(site, staff, programme, sing=sing)
    base = programmedesk.open_about(site, staff, programme).base
    return helped | made | {"partner": partner, "shown_file": file, "programme_base": base}
