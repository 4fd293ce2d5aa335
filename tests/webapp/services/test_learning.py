"""From gap to help: a company's own programme in place of the usual list, and what it has attended."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from reports.sections.learning import Learning
from tests.webapp.services.offers import an_activity
from tests.webapp.sites import (
    a_company,
    a_person,
    a_programme,
    as_actor,
    make_site,
    submitted,
)
from webapp.db.tables.assessments import Assessment, Submission
from webapp.services import activitydesk
from webapp.services.actor import Actor
from webapp.services.beside import KINDS, besides
from webapp.services.documents import report_of
from webapp.services.site import Site

CIRCULAR = "circular_business_models"
pytestmark = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)


class World:
    """A company that has handed in, in a programme with staff."""

    def __init__(self, folder: Path) -> None:
        self.site: Site = make_site(folder)
        owner, staff = a_person(self.site), a_person(self.site, "s@fylke.no", "Stab Eksempel")
        self.company = a_company(self.site, owners=[owner])
        self.programme = a_programme(self.site, staff=[staff], companies=[self.company])
        self.owner: Actor = as_actor(self.site, owner)
        self.staff: Actor = as_actor(self.site, staff)
        self.id = submitted(self.site, self.owner, self.company).id

    def add(self, code: str, **said: object) -> str:
        """An activity that helps with all questions of operations, in a month unless said otherwise."""
        about = {
            "questionnaires": [CIRCULAR],
            "addresses": ["operations.*"],
            "starts": self.site.now() + MONTH,
        }
        return an_activity(self.site, self.staff, self.programme, code, **(about | said))  # type: ignore[arg-type]

    def learning(self) -> Learning:
        """The part of the company's report."""
        report = report_of(self.site, self.owner, self.id, "nb", "company")
        body = next(one.body for one in report.sections if one.id == "learning")
        assert isinstance(body, Learning)
        return body


MONTH = timedelta(days=30)


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def titles(found: Learning) -> list[str]:
    return [one.title for one in found.webinars]


def test_a_programme_without_activities_leaves_the_usual_list(world: World) -> None:
    assert "C3" in [one.id for one in world.learning().webinars]


def test_the_programme_s_own_activities_stand_in_place_of_the_usual_list(world: World) -> None:
    world.add("W1", place="Eksempelsalen")

    [line] = world.learning().webinars

    assert line.title == "Aktivitet W1"
    assert line.when.endswith(", Eksempelsalen")
    assert line.because.startswith("Fordi svaret på ")


def test_what_is_over_is_its_recording_and_without_one_is_nothing(world: World) -> None:
    recording = {
        "url": "https://video.example.org/w2",
        "chapters": [{"starts_at_seconds": 750, "title": "Avfall", "addresses": ["operations.*"]}],
    }
    world.add("W1", starts=world.site.now() - MONTH)
    world.add("W2", starts=world.site.now() - MONTH, recording=recording)

    found = world.learning()

    assert [(line.id, line.address) for line in found.webinars] == [("W2", "https://video.example.org/w2")]
    assert {one.address for one in found.chapters} == {"https://video.example.org/w2#t=750"}
    assert all(one.said == "Aktivitet W2, 12:30: Avfall" for one in found.chapters)


def test_what_the_company_has_attended_is_not_suggested_again(world: World) -> None:
    done = world.add("W1", starts=world.site.now() - MONTH, recording={"url": "https://video.example.org/w1"})
    world.add("W2")
    assert titles(world.learning()) == ["Aktivitet W1", "Aktivitet W2"]

    activitydesk.mark_attendance(
        world.site,
        world.staff,
        world.programme,
        done,
        marked=[f"{world.company}."],
        shown=(),
        now=world.site.now(),
    )

    assert titles(world.learning()) == ["Aktivitet W2"]


def test_a_document_is_outdated_once_the_activities_are_others(world: World) -> None:
    with world.site.database.read() as session:
        submission, assessment = session.query(Submission).one(), session.query(Assessment).one()
        before = besides(session, world.site, submission, assessment, list(KINDS))

    world.add("W1")

    with world.site.database.read() as session:
        after = besides(session, world.site, submission, assessment, list(KINDS))
    assert {kind for kind in KINDS if before[kind].mark != after[kind].mark} == {"company", "advisor"}
