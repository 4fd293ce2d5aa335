"""Activities in the world that browsers meet: one to come that is full, one over, one called off."""

from __future__ import annotations

from datetime import timedelta

from tests.webapp.browser.rows import Path
from tests.webapp.browser.world import CIRCULAR, LONG_WORD, World, now
from tests.webapp.services.offers import an_activity
from webapp.services import activitydesk, partners, places, shownfiles
from webapp.services.evidence import Upload

_CHAPTERS = [
    {"starts_at_seconds": 0, "title": "Velkommen"},
    {"starts_at_seconds": 754, "title": f"Avfall {LONG_WORD}", "addresses": ["operations.*"]},
]
_SAID = {"nb": "Om avfall.", "nn": "Om avfall.", "en": "On waste."}
_OVER = {
    "questionnaires": [CIRCULAR],
    "addresses": ["operations.*"],
    "recording": {"url": "https://video.example.org/w2", "chapters": _CHAPTERS},
    "presentations": [{"title": "Lysark", "url": "https://video.example.org/w2.pdf"}],
}
_COMING = {
    "place": f"Eksempelsalen {LONG_WORD}",
    "capacity": 1,
    "about": _SAID,
    "audience": _SAID,
    "prework": [CIRCULAR],
    "agenda": [{"title": {"nb": "Velkommen", "nn": "Velkomen", "en": "Welcome"}, "minutes": 30}],
    "language": "nb",
    "speaker": "Ola Eksempel",
}


def make_offerings(world: World) -> None:
    """Add them to a world whose server has not been started."""
    site, staff, moment = world.site, world.actor("staff"), now().replace(microsecond=0)
    times = {
        "coming": moment + timedelta(days=9),
        "open": moment + timedelta(days=99),
        "over": moment - timedelta(9),
    }
    made = world.tokens
    made["coming"] = an_activity(
        site, staff, world.programme, "G1", "gathering", starts=times["coming"], **_COMING
    )
    made["open"] = an_activity(site, staff, world.programme, "W1", starts=times["open"])
    made["called_off"] = an_activity(site, staff, world.programme, "W3", starts=times["open"])
    made["over"] = an_activity(site, staff, world.programme, "W2", starts=times["over"], **_OVER)
    an_activity(site, staff, world.programme, "V1", "guide", starts=None)
    for who in ("owner", "member"):
        places.register(site, world.actor(who), made["coming"], world.companies["workshop"], moment)
    activitydesk.cancel(site, staff, world.programme, made["called_off"], moment)
    there = [f"{world.companies['workshop']}."]
    activitydesk.mark_attendance(
        site, staff, world.programme, made["over"], marked=there, shown=(), now=moment
    )
    file = Upload(f"{LONG_WORD}.csv", b"navn;verdi\nnoe;1\n")
    shownfiles.add_file(site, staff, world.programme, made["over"], upload=file, now=moment)
    for name in ("Eksempel fylkeskommune", f"Eksempel {LONG_WORD}"):
        partner = partners.NewPartner(name, ("organiser", "content_owner"), "https://example.org")
        made["partner"] = partners.add_partner(site, staff, world.programme, partner, moment)


def activity_at(name: str) -> Path:
    """The page of an activity."""
    return lambda world: f"/activities/{world.tokens[name]}"


def programme_at(rest: str) -> Path:
    """A page of the programme; ``{name}``: an activity's id."""
    return lambda world: f"/programme/{world.programme}{rest.format(**world.tokens)}"
