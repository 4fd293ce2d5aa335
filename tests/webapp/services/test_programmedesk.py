"""A programme as a template: what is copied and carried, and the partners whose logos stand in documents."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from questionnaires.programme_file import write_template
from tests.reports.pictures import red_png
from tests.webapp.services.offers import an_activity
from tests.webapp.sites import NOW, a_company, a_person, a_programme, as_actor, make_site, submitted
from webapp.db.tables.activities import Partner
from webapp.errors import NotThere, Refused
from webapp.services import activitydesk, partners, places, programmedesk
from webapp.services.activities import list_activities
from webapp.services.actor import Actor
from webapp.services.documents import submitted_material
from webapp.services.partners import NewPartner
from webapp.services.programmedesk import NewProgramme
from webapp.services.site import Site

WANTED = NewProgramme("Et nytt program", "Eksempel fylke", "p@example.org")


class World:
    """A programme with a company in it, and somebody who runs it."""

    def __init__(self, folder: Path) -> None:
        self.site: Site = make_site(folder)
        staff, owner = a_person(self.site), a_person(self.site, "o@eksempel.no")
        self.company = a_company(self.site, owners=[owner])
        self.programme = a_programme(self.site, staff=[staff], companies=[self.company])
        self.staff_id, self.owner = staff, as_actor(self.site, owner)

    @property
    def staff(self) -> Actor:
        return as_actor(self.site, self.staff_id)

    def copy(self) -> str:
        template = programmedesk.copied_template(self.site, self.staff, self.programme)
        return programmedesk.set_up(self.site, self.staff, WANTED, template, NOW)


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def test_a_copy_offers_the_same_and_knows_no_company_no_date_and_nobody(world: World) -> None:
    said = {"place": "Eksempelsalen", "speaker": "Ola Eksempel", "capacity": 3}
    id_ = an_activity(world.site, world.staff, world.programme, "G1", "gathering", **said)
    places.register(world.site, world.owner, id_, world.company, NOW)
    later = NOW + timedelta(days=3)
    marked = [f"{world.company}."]
    activitydesk.mark_attendance(
        world.site, world.staff, world.programme, id_, marked=marked, shown=(), now=later
    )
    partners.add_partner(world.site, world.staff, world.programme, NewPartner("P", ("reader",)), NOW)

    new = world.copy()
    desk = activitydesk.open_list(world.site, world.staff, new, NOW)

    [line] = desk.lines
    assert (line.activity.id, line.registered, line.attended) == ("G1", 0, 0)
    assert (line.activity.starts, line.activity.place, line.activity.speaker) == (None, None, None)
    assert programmedesk.open_desk(world.site, world.staff, new).partners == ()
    assert {one.programme_id for one in list_activities(world.site, world.owner, NOW)} == {world.programme}


def test_what_is_carried_by_file_is_the_same_programme_elsewhere(world: World, tmp_path: Path) -> None:
    template = programmedesk.shipped_template(world.site)
    first = programmedesk.set_up(world.site, world.staff, WANTED, template, NOW)
    partners.add_partner(world.site, world.staff, first, NewPartner("P", ("organiser",)), NOW)
    _, content = programmedesk.programme_file(world.site, world.staff, first)

    other = make_site(tmp_path / "other")
    read = programmedesk.read_programme_file(other, content, "p.yaml")
    id_ = programmedesk.set_up_by_operator(other, WANTED, read, NOW)

    assert programmedesk.exported(other, id_) == content
    assert write_template(read).encode() == content


def test_a_programme_gets_another_name_also_in_its_file(world: World) -> None:
    base = programmedesk.open_about(world.site, world.staff, world.programme).base

    programmedesk.change_about(world.site, world.staff, world.programme, WANTED, base=base, now=NOW)

    assert programmedesk.open_about(world.site, world.staff, world.programme) == WANTED
    assert b"Et nytt program" in programmedesk.exported(world.site, world.programme)
    for nobody in (world.owner, as_actor(world.site, a_person(world.site, "x@eksempel.no"))):
        with pytest.raises(NotThere):
            programmedesk.change_about(world.site, nobody, world.programme, WANTED, base=WANTED.base, now=NOW)


def test_what_a_colleague_has_written_of_it_meanwhile_stays(world: World) -> None:
    page = programmedesk.open_about(world.site, world.staff, world.programme)
    theirs, mine = replace(page, contact="ny@fylke.no"), replace(page, purpose="Noe annet.")
    programmedesk.change_about(world.site, world.staff, world.programme, theirs, base=page.base, now=NOW)

    with pytest.raises(Refused, match="changed_since"):
        programmedesk.change_about(world.site, world.staff, world.programme, mine, base=page.base, now=NOW)

    assert programmedesk.open_about(world.site, world.staff, world.programme) == theirs


def test_nobody_without_a_programme_sets_one_up(world: World) -> None:
    template = programmedesk.shipped_template(world.site)
    for act in (
        lambda: programmedesk.own_programmes(world.site, world.owner),
        lambda: programmedesk.set_up(world.site, world.owner, WANTED, template, NOW),
        lambda: programmedesk.copied_template(world.site, world.owner, world.programme),
    ):
        with pytest.raises(NotThere):
            act()


def test_a_partner_s_logo_stands_in_the_documents_of_the_companies(world: World) -> None:
    handed_in = submitted(world.site, world.owner, world.company)
    wanted = NewPartner("Eksempel fylke", ("organiser",), logo=red_png())

    id_ = partners.add_partner(world.site, world.staff, world.programme, wanted, NOW)

    material = submitted_material(world.site, world.owner, handed_in.id, "nb", "company")
    assert [one.name for one in material.branding.partners] == ["Eksempel fylke"]
    with world.site.database.read() as session:
        key = session.get_one(Partner, id_).logo
    assert key is not None
    partners.remove_partner(world.site, world.staff, world.programme, id_, NOW)
    assert not world.site.files.exists(key)


def test_a_logo_that_is_no_picture_and_a_partner_named_twice_are_refused(world: World) -> None:
    wanted = NewPartner("A", ("reader",), logo=b"no picture")
    with pytest.raises(Refused):
        partners.add_partner(world.site, world.staff, world.programme, wanted, NOW)
    partners.add_partner(world.site, world.staff, world.programme, NewPartner("A", ("reader",)), NOW)
    with pytest.raises(Refused):
        partners.add_partner(world.site, world.staff, world.programme, NewPartner("a", ("reader",)), NOW)


def test_a_partner_says_something_else_and_the_logo_before_is_gone(world: World) -> None:
    site, programme = world.site, world.programme
    id_ = partners.add_partner(
        site, world.staff, programme, NewPartner("A", ("reader",), logo=red_png()), NOW
    )
    before = partners.open_partner(site, world.staff, programme, id_)
    base = partners.state_of(before)

    def save(wanted: NewPartner, base: str, *, keeps_logo: bool = True) -> Partner:
        partners.save_partner(
            site, world.staff, programme, id_, wanted, base=base, keeps_logo=keeps_logo, now=NOW
        )
        return partners.open_partner(site, world.staff, programme, id_)

    renamed = save(NewPartner("B", ("organiser", "reader"), "https://example.org"), base)
    assert (renamed.name, renamed.roles, renamed.logo) == ("B", "organiser reader", before.logo)
    with pytest.raises(Refused):
        save(NewPartner("C", ("reader",)), base)
    drawn = save(NewPartner("B", ("reader",), logo=red_png()), partners.state_of(renamed))
    assert drawn.logo not in (None, before.logo)
    assert not site.files.exists(str(before.logo))
    bare = save(NewPartner("B", ("reader",)), partners.state_of(drawn), keeps_logo=False)
    assert bare.logo is None
    assert not site.files.exists(str(drawn.logo))


def test_a_partner_cannot_take_another_s_name(world: World) -> None:
    site, programme = world.site, world.programme
    for name in ("A", "B"):
        id_ = partners.add_partner(site, world.staff, programme, NewPartner(name, ("reader",)), NOW)
    base = partners.state_of(partners.open_partner(site, world.staff, programme, id_))
    for wanted, is_taken in ((NewPartner("a", ("reader",)), True), (NewPartner("b", ("reader",)), False)):
        with pytest.raises(Refused) if is_taken else nullcontext():
            partners.save_partner(
                site, world.staff, programme, id_, wanted, base=base, keeps_logo=True, now=NOW
            )
