"""Organisations: set up by number or name, with units, and nobody learns who else is here."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import select

from tests.webapp.registers import BERGEN, COUNCIL, OSLO, WORKSHOP, ListedRegister, site_with_register
from tests.webapp.sites import NOW, a_company, a_person, a_programme, as_actor
from webapp.db.queries_organisations import legal_owners
from webapp.db.tables.organisations import Organisation
from webapp.db.tables.people import Membership
from webapp.errors import NotAllowed, NotThere, Refused
from webapp.services import registering
from webapp.services.actor import Actor
from webapp.services.organisations import open_organisation
from webapp.services.profile import SaidFact, open_profile, save_profile
from webapp.services.registering import Looked, Wanted, look_up
from webapp.services.sessions import resume
from webapp.services.site import Site
from webapp.services.trial import start_trial

LATER = NOW + timedelta(days=30)


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Site, ListedRegister]:
    return site_with_register(tmp_path)


@pytest.fixture
def site(pair: tuple[Site, ListedRegister]) -> Site:
    return pair[0]


@pytest.fixture
def register(pair: tuple[Site, ListedRegister]) -> ListedRegister:
    return pair[1]


@pytest.fixture
def kari(site: Site) -> Actor:
    return as_actor(site, a_person(site))


def again(site: Site, actor: Actor) -> Actor:
    """The same person with the roles they have by now."""
    return as_actor(site, actor.person_id)


def wanted(site: Site, orgnr: str, *numbers: str, name: str = "", parent: str | None = None) -> Wanted:
    return Wanted(look_up(site, orgnr), name, frozenset(numbers or (orgnr,)), parent)


def test_a_number_brings_name_and_facts_with_their_source_and_day(site: Site, kari: Actor) -> None:
    id_ = registering.set_up(site, kari, wanted(site, WORKSHOP.orgnr), NOW)

    kari = again(site, kari)
    profile = open_profile(site, kari, id_)
    opened = open_organisation(site, kari, id_, NOW)
    assert (opened.name, opened.orgnr, opened.own_role) == (WORKSHOP.name, WORKSHOP.orgnr, "owner")
    assert {fact: held.value for fact, held in profile.items()} == {
        "nace": "31.010",
        "employees": 18,
        "municipality": "Trondheim",
    }
    assert {(held.source, held.source_on) for held in profile.values()} == {("register", date(2026, 3, 2))}
    assert opened.register_utc == NOW


def test_a_public_body_is_known_by_its_form_and_a_limited_company_is_asked(site: Site, kari: Actor) -> None:
    council = registering.set_up(site, kari, wanted(site, COUNCIL.orgnr), NOW)
    workshop = registering.set_up(site, again(site, kari), wanted(site, WORKSHOP.orgnr), NOW)

    kari = again(site, kari)
    assert open_profile(site, kari, council)["public"].value is True
    assert "public" not in open_profile(site, kari, workshop)


def test_without_the_register_a_typed_name_will_do(site: Site, register: ListedRegister, kari: Actor) -> None:
    register.is_silent = True

    looked = look_up(site, WORKSHOP.orgnr)
    id_ = registering.set_up(site, kari, Wanted(looked, "Møbelverkstedet"), NOW)

    opened = open_organisation(site, again(site, kari), id_, NOW)
    assert (looked.is_available, looked.entry) == (False, None)
    assert (opened.name, opened.orgnr, opened.facts) == ("Møbelverkstedet", WORKSHOP.orgnr, ())


def test_an_organisation_needs_no_number(site: Site, kari: Actor) -> None:
    id_ = registering.set_up(site, kari, Wanted(None, "Bygdekafeen"), NOW)

    opened = open_organisation(site, again(site, kari), id_, NOW)
    assert (opened.name, opened.orgnr) == ("Bygdekafeen", None)


def test_two_strangers_with_one_number_do_not_meet(site: Site, kari: Actor) -> None:
    ola = as_actor(site, a_person(site, "ola@eksempel.no", "Ola"))

    first = registering.set_up(site, kari, wanted(site, WORKSHOP.orgnr), NOW)
    assert registering.find_own(site, ola, WORKSHOP.orgnr) is None
    second = registering.set_up(site, ola, wanted(site, WORKSHOP.orgnr), NOW)

    kari, ola = again(site, kari), again(site, ola)
    assert first != second
    assert (set(kari.roles), set(ola.roles)) == ({first}, {second})
    with pytest.raises(NotThere):
        open_organisation(site, ola, first, NOW)


def test_nobody_adds_their_own_company_twice(site: Site, kari: Actor) -> None:
    id_ = registering.set_up(site, kari, wanted(site, WORKSHOP.orgnr), NOW)

    kari = again(site, kari)
    assert registering.find_own(site, kari, WORKSHOP.orgnr) == id_
    with pytest.raises(Refused, match="already_yours"):
        registering.set_up(site, kari, wanted(site, WORKSHOP.orgnr), NOW)


def at_once(deed: Callable[[], object], times: int = 6) -> list[str]:
    """What came of doing something so many times at the same moment."""
    start = Barrier(times)

    def carry_out(_: int) -> str:
        start.wait()
        try:
            deed()
        except Refused as refused:
            return refused.code
        return "done"

    with ThreadPoolExecutor(times) as pool:
        return sorted(pool.map(carry_out, range(times)))


def test_one_number_sent_many_times_at_the_same_moment_makes_one_company(site: Site, kari: Actor) -> None:
    found = at_once(lambda: registering.set_up(site, kari, wanted(site, WORKSHOP.orgnr), NOW))

    assert found == ["done", *["organisation.already_yours"] * 5]
    assert len(again(site, kari).roles) == 1


def test_a_company_under_a_parent_sent_many_times_is_one(site: Site, kari: Actor) -> None:
    parent = registering.set_up(site, kari, wanted(site, COUNCIL.orgnr), NOW)
    kari = again(site, kari)

    found = at_once(
        lambda: registering.set_up(site, kari, wanted(site, WORKSHOP.orgnr, parent=parent), NOW), 4
    )

    assert found == ["done", *["organisation.already_yours"] * 3]


def test_a_number_given_to_two_at_the_same_moment_is_one_companys(site: Site, kari: Actor) -> None:
    two = [registering.set_up(site, kari, Wanted(None, name), NOW) for name in ("Bygdekafeen", "Bygdekino")]
    kari = again(site, kari)

    found = at_once(lambda: registering.identify(site, kari, two.pop(), wanted(site, WORKSHOP.orgnr), NOW), 2)

    assert found == ["done", "organisation.already_yours"]


def test_units_stand_under_the_whole_and_its_people_reach_them(site: Site, kari: Actor) -> None:
    choice = wanted(site, WORKSHOP.orgnr, WORKSHOP.orgnr, OSLO.orgnr)

    id_ = registering.set_up(site, kari, choice, NOW)

    kari = again(site, kari)
    opened = open_organisation(site, kari, id_, NOW)
    (oslo,) = opened.units
    below = open_organisation(site, kari, oslo.id, NOW)
    assert (oslo.name, oslo.orgnr) == (OSLO.name, OSLO.orgnr)
    assert (below.kind, below.own_role, below.is_owner, below.parent_people) == ("unit", "", True, 1)
    assert below.parent is not None
    assert below.parent.id == id_
    assert open_profile(site, kari, oslo.id)["employees"].value == 7


def test_units_chosen_without_the_whole_stand_alone(site: Site, kari: Actor) -> None:
    id_ = registering.set_up(site, kari, wanted(site, WORKSHOP.orgnr, OSLO.orgnr, BERGEN.orgnr), NOW)

    kari = again(site, kari)
    assert len(kari.roles) == 2
    opened = open_organisation(site, kari, id_, NOW)
    assert (opened.kind, opened.parent, opened.own_role) == ("unit", None, "owner")


def test_units_that_stand_alone_have_one_legal_owner(site: Site, kari: Actor) -> None:
    registering.set_up(site, kari, wanted(site, WORKSHOP.orgnr, OSLO.orgnr, BERGEN.orgnr), NOW)

    ids = set(again(site, kari).roles)
    with site.database.read() as session:
        owners = legal_owners(session, ids)
    assert owners.keys() == ids
    assert len(set(owners.values())) == 1
    assert set(owners.values()) < ids


def test_another_number_is_another_legal_owner(site: Site, kari: Actor) -> None:
    id_ = registering.set_up(site, kari, wanted(site, OSLO.orgnr), NOW)
    whole = registering.set_up(site, kari, wanted(site, WORKSHOP.orgnr), LATER)
    kari = again(site, kari)
    with site.database.read() as session:
        assert legal_owners(session, [whole]) == {whole: id_}  # it is a unit of that entity, and came first

    registering.identify(site, kari, id_, Wanted(None, "Eksempel Uten nummer"), LATER)

    with site.database.read() as session:
        assert legal_owners(session, [id_, whole]) == {id_: id_, whole: whole}


def test_numbers_that_are_no_units_of_it_are_not_taken(site: Site, kari: Actor) -> None:
    id_ = registering.set_up(site, kari, wanted(site, WORKSHOP.orgnr, WORKSHOP.orgnr, COUNCIL.orgnr), NOW)

    assert set(again(site, kari).roles) == {id_}


def test_units_are_added_later_and_only_once(site: Site, kari: Actor) -> None:
    id_ = registering.set_up(site, kari, wanted(site, WORKSHOP.orgnr, WORKSHOP.orgnr, OSLO.orgnr), NOW)

    added = registering.add_units(
        site,
        again(site, kari),
        id_,
        look_up(site, WORKSHOP.orgnr),
        numbers=(OSLO.orgnr, BERGEN.orgnr),
        now=NOW,
    )

    assert added == 1
    assert len(again(site, kari).roles) == 3


def test_a_parent_answers_for_a_company_with_its_own_number(site: Site, kari: Actor) -> None:
    parent = registering.set_up(site, kari, wanted(site, COUNCIL.orgnr), NOW)

    child = registering.set_up(site, again(site, kari), wanted(site, WORKSHOP.orgnr, parent=parent), NOW)

    ola = a_person(site, "ola@eksempel.no", "Ola")
    with site.database.write() as session:
        session.add(Membership(organisation_id=parent, person_id=ola, role="member", since_utc=NOW))
    assert as_actor(site, ola).roles[child] == {"member"}
    with site.database.read() as session:
        assert not session.scalars(select(Membership).where(Membership.organisation_id == child)).all()


def test_a_unit_has_no_units_and_a_stranger_adds_none(site: Site, kari: Actor) -> None:
    id_ = registering.set_up(site, kari, wanted(site, WORKSHOP.orgnr, WORKSHOP.orgnr, OSLO.orgnr), NOW)
    kari = again(site, kari)
    (oslo,) = open_organisation(site, kari, id_, NOW).units
    ola = as_actor(site, a_person(site, "ola@eksempel.no", "Ola"))

    with pytest.raises(Refused, match="no_units_here"):
        registering.set_up(site, kari, wanted(site, COUNCIL.orgnr, parent=oslo.id), NOW)
    with pytest.raises(NotThere):
        registering.set_up(site, ola, wanted(site, COUNCIL.orgnr, parent=id_), NOW)
    with pytest.raises(NotThere):
        registering.add_units(site, ola, id_, look_up(site, WORKSHOP.orgnr), numbers=[BERGEN.orgnr], now=NOW)


def test_a_member_changes_nothing(site: Site) -> None:
    ola = a_person(site, "ola@eksempel.no", "Ola")
    company = a_company(site, members=[ola])

    with pytest.raises(NotAllowed):
        registering.identify(site, as_actor(site, ola), company, Wanted(None, "Mitt"), NOW)
    with pytest.raises(NotAllowed):
        registering.fetch_again(site, as_actor(site, ola), company, NOW)


def test_what_people_typed_outlives_what_the_register_says(
    site: Site, register: ListedRegister, kari: Actor
) -> None:
    id_ = registering.set_up(site, kari, wanted(site, WORKSHOP.orgnr), NOW)
    kari = again(site, kari)
    save_profile(site, kari, id_, [SaidFact("municipality", "Malvik", 1)], NOW)
    register.change(WORKSHOP.orgnr, employees=21, municipality="Oslo", name="EKSEMPEL MØBEL AS")

    assert registering.fetch_again(site, kari, id_, LATER)

    profile = open_profile(site, kari, id_)
    assert open_organisation(site, kari, id_, LATER).name == "EKSEMPEL MØBEL AS"
    assert (profile["municipality"].value, profile["municipality"].source) == ("Malvik", "typed")
    assert (profile["employees"].value, profile["employees"].source_on) == (21, date(2026, 4, 1))
    assert (profile["nace"].version, profile["nace"].source_on) == (1, date(2026, 4, 1))


def test_a_silent_register_changes_nothing(site: Site, register: ListedRegister, kari: Actor) -> None:
    id_ = registering.set_up(site, kari, wanted(site, WORKSHOP.orgnr), NOW)
    register.is_silent = True

    assert not registering.fetch_again(site, again(site, kari), id_, LATER)
    assert open_organisation(site, again(site, kari), id_, LATER).register_utc == NOW


def test_a_trial_gets_its_name_and_number_the_same_way(site: Site) -> None:
    signed_in = resume(
        site.database, start_trial(site.database, "nb", NOW, site.settings), NOW, site.settings
    )
    assert signed_in is not None
    trial = signed_in.actor
    (own,) = trial.organisations("owner")

    registering.identify(site, trial, own, wanted(site, WORKSHOP.orgnr), NOW)

    with site.database.read() as session:
        row = session.get_one(Organisation, own)
    assert (row.name, row.orgnr, row.kind) == (WORKSHOP.name, WORKSHOP.orgnr, "trial")
    assert open_profile(site, trial, own)["nace"].source == "register"
    with pytest.raises(NotAllowed):
        registering.set_up(site, trial, wanted(site, COUNCIL.orgnr), NOW)
    with pytest.raises(Refused, match="no_units_here"):
        registering.add_units(site, trial, own, look_up(site, WORKSHOP.orgnr), numbers=[OSLO.orgnr], now=NOW)


def test_what_the_register_says_of_a_number_is_not_kept_under_another(
    site: Site, kari: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    id_ = registering.set_up(site, kari, wanted(site, WORKSHOP.orgnr), NOW)
    kari, ask, waits = again(site, kari), registering.look_up, [True]

    def ask_slowly(site: Site, orgnr: str) -> Looked:
        found = ask(site, orgnr)
        if waits:
            waits.clear()
            registering.identify(site, kari, id_, Wanted(ask(site, COUNCIL.orgnr)), NOW)
        return found

    monkeypatch.setattr(registering, "look_up", ask_slowly)

    with pytest.raises(Refused, match="renumbered"):
        registering.fetch_again(site, kari, id_, LATER)
    opened = open_organisation(site, kari, id_, NOW)
    assert (opened.orgnr, opened.name) == (COUNCIL.orgnr, COUNCIL.name)


def test_units_of_another_number_are_not_taken(site: Site, kari: Actor) -> None:
    id_ = registering.set_up(site, kari, wanted(site, WORKSHOP.orgnr), NOW)
    kari, looked = again(site, kari), look_up(site, WORKSHOP.orgnr)
    registering.identify(site, kari, id_, Wanted(look_up(site, COUNCIL.orgnr)), NOW)

    with pytest.raises(Refused, match="renumbered"):
        registering.add_units(site, kari, id_, looked, numbers=[OSLO.orgnr], now=NOW)

    assert open_organisation(site, again(site, kari), id_, NOW).units == ()


def test_a_number_is_not_given_to_two_of_ones_own(site: Site, kari: Actor) -> None:
    registering.set_up(site, kari, wanted(site, WORKSHOP.orgnr), NOW)
    other = registering.set_up(site, again(site, kari), Wanted(None, "Bygdekafeen"), NOW)

    with pytest.raises(Refused, match="already_yours"):
        registering.identify(site, again(site, kari), other, wanted(site, WORKSHOP.orgnr), NOW)


def test_there_is_an_end_to_how_many(site: Site, kari: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registering, "MAX_ORGANISATIONS", 1)
    registering.set_up(site, kari, Wanted(None, "Bygdekafeen"), NOW)

    with pytest.raises(Refused, match="too_many"):
        registering.set_up(site, again(site, kari), Wanted(None, "Bygdekino"), NOW)


def test_ended_units_are_not_offered(site: Site, register: ListedRegister) -> None:
    register.change(BERGEN.orgnr, is_ended=True)

    looked = look_up(site, WORKSHOP.orgnr)

    assert looked == Looked(WORKSHOP.orgnr, WORKSHOP, (OSLO,))


def test_its_page_says_who_else_sees_it(site: Site) -> None:
    kari, ragnhild = a_person(site), a_person(site, "ragnhild@raad.no", "Ragnhild Rådgiver")
    stranger, stab = a_person(site, "per@raad.no", "Per"), a_person(site, "stein@fylke.no", "Stein")
    company = a_company(site, owners=[kari], advisors=[ragnhild])
    a_programme(site, staff=[stab], companies=[company])

    opened = open_organisation(site, as_actor(site, kari), company, NOW)

    assert [one.name for one in opened.advisors] == ["Ragnhild Rådgiver"]
    assert [(one.name, one.controller) for one in opened.programmes] == [
        ("Sirkulær region", "Eksempel fylkeskommune")
    ]
    assert [one.name for one in opened.colleagues] == ["Kari Nordmann"]
    for other in (ragnhild, stab):
        with pytest.raises(NotAllowed):
            open_organisation(site, as_actor(site, other), company, NOW)
    with pytest.raises(NotThere):
        open_organisation(site, as_actor(site, stranger), company, NOW)
