"""A gathering in the world that browsers meet: today, with tables, a rule that cannot hold, and ideas."""

from __future__ import annotations

from datetime import timedelta

from assessment.gathering.seats import Rule, Settings
from tests.webapp.browser.rows import Path
from tests.webapp.browser.world import CIRCULAR, LONG_WORD, World, now
from tests.webapp.services.offers import an_activity
from webapp.db.ids import new_id
from webapp.services import gatheringdesk, gatherings, gatheringseats, ideas, places
from webapp.services.gatherings import Turn
from webapp.services.ideas import WantedIdea


def make_gatherings(world: World) -> None:
    """Add them to a world with a cohort, whose server has not been started."""
    site, staff, moment = world.site, world.actor("staff"), now().replace(microsecond=0)
    times = {"starts": moment - timedelta(minutes=5), "duration_min": 600}
    id_ = an_activity(
        site, staff, world.programme, "G3", "gathering", place="Eksempelsalen", prework=[CIRCULAR], **times
    )
    later = an_activity(site, staff, world.programme, "G4", "gathering", starts=moment + timedelta(days=40))
    world.tokens |= {"gathering": id_, "unprepared": later}
    workshop = world.companies["workshop"]
    for who in ("owner", "member"):
        places.register(site, world.actor(who), id_, workshop, moment)
    cohort = world.tokens["cohort"]
    gatheringdesk.choose_cohort(site, staff, world.programme, id_, cohort_id=cohort, now=moment)

    def turn() -> Turn:
        version = gatherings.open_room(site, staff, world.programme, id_).version
        return Turn(site, staff, world.programme, id_, version, moment)

    people = [world.people["owner"], world.people["member"]]
    gatheringdesk.save_guests(turn(), there=people, facilitators=[world.people["staff"]])
    gatheringseats.save_settings(turn(), Settings(1, 4, tables=1))
    gatheringseats.propose(turn())
    gatheringseats.publish(turn(), is_open=True)
    gatheringseats.add_rule(turn(), Rule("apart", frozenset(people)))
    gatheringdesk.make_topics(turn())
    for text, due in ((f"Dele utstyr {LONG_WORD}", -1), ("Kurs", 9)):
        day = (moment + timedelta(days=due)).date()
        wanted = WantedIdea(text, 1, world.people["owner"], "", f"Ringe {LONG_WORD}", day)
        ideas.add_idea(site, world.actor("owner"), id_, token=new_id(), wanted=wanted, now=moment)


def desk_at(rest: str = "", name: str = "gathering") -> Path:
    """A page where a gathering is prepared."""
    return lambda world: f"/programme/{world.programme}/activities/{world.tokens[name]}/gathering{rest}"


def own_at(rest: str = "") -> Path:
    """A page of those who come."""
    return lambda world: f"/gatherings/{world.tokens['gathering']}{rest}"
