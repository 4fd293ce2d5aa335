"""Looking after addresses: what is dead is told, what comes back is forgotten, nothing is asked too often."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.webapp.services.offers import an_activity
from tests.webapp.services.post import mail_jobs, sent, text_of
from tests.webapp.sites import NOW, a_person, a_programme, as_actor, make_site
from webapp.reaching import Outcome
from webapp.services import activitydesk, linkchecking
from webapp.services.activitydesk import Dead
from webapp.services.actor import Actor
from webapp.services.site import Site

pytestmark = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
VIDEO, SLIDES = "https://video.example.org/w1", "https://video.example.org/w1.pdf"


class Net:
    """Answers as it is told, and remembers what it was asked."""

    def __init__(self) -> None:
        self.outcomes: dict[str, Outcome] = {}
        self.asked: list[str] = []

    def __call__(self, address: str) -> Outcome:
        self.asked.append(address)
        return self.outcomes.get(address, "ok")


class World:
    """A programme with one activity that was recorded."""

    def __init__(self, folder: Path) -> None:
        self.site: Site = make_site(folder)
        staff = a_person(self.site)
        self.programme = a_programme(self.site, staff=[staff])
        self.staff: Actor = as_actor(self.site, staff)
        said = {"recording": {"url": VIDEO}, "presentations": [{"title": "Lysark", "url": SLIDES}]}
        self.activity = an_activity(self.site, self.staff, self.programme, "W1", **said)
        self.net = Net()

    def check(self, days: int = 0) -> None:
        linkchecking.check_all(self.site, self.net, NOW + timedelta(days=days))

    def dead(self) -> tuple[Dead, ...]:
        return activitydesk.open_list(self.site, self.staff, self.programme, NOW).dead


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def test_what_is_gone_is_told_at_once_and_what_fails_from_the_second_time(world: World) -> None:
    world.net.outcomes = {VIDEO: "gone", SLIDES: "unreachable"}

    world.check()
    assert [(one.address, one.outcome) for one in world.dead()] == [(VIDEO, "gone")]
    world.check(days=1)
    assert [one.address for one in world.dead()] == [VIDEO, SLIDES]
    world.net.outcomes = {}
    world.check(days=2)
    assert world.dead() == ()


def test_staff_are_told_once_when_something_has_died(world: World) -> None:
    world.net.outcomes = {VIDEO: "gone", SLIDES: "gone"}
    world.check()
    world.check(days=1)

    [job] = mail_jobs(world.site, "dead_links")
    mail = sent(world.site, job)

    assert mail["Subject"] == "Lenker i programmet virker ikke"
    assert "Det gjelder 2 adresser." in text_of(mail)


def test_what_was_there_is_asked_again_after_a_week(world: World) -> None:
    world.check()
    world.check(days=1)
    assert sorted(world.net.asked) == [VIDEO, SLIDES]
    world.check(days=7)
    assert len(world.net.asked) == 4


def test_what_an_activity_names_no_more_is_forgotten(world: World) -> None:
    world.net.outcomes = {VIDEO: "gone"}
    world.check()
    form = activitydesk.open_form(world.site, world.staff, world.programme, world.activity)
    assert form.activity is not None
    other = form.activity.model_copy(update={"recording": None})

    activitydesk.save(world.site, world.staff, world.programme, world.activity, other, base=1, now=NOW)

    assert world.dead() == ()


def test_it_is_ordered_once_a_day_and_not_where_it_is_turned_off(world: World) -> None:
    assert linkchecking.order(world.site, NOW) is not None
    assert linkchecking.order(world.site, NOW) is None
    world.site.settings.__dict__["check_links"] = False
    assert linkchecking.order(world.site, NOW + timedelta(days=1)) is None
