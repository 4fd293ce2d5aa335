"""Erasing people and companies: what goes, what stays, what stands in the way, and that nothing is left."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import func, select

from tests.webapp.services.canaries import COMPANY, PEOPLE, QUESTION, Nest, a_copied_nest
from tests.webapp.sites import NOW, a_company, a_person, an_assessment, as_actor, make_site
from webapp.db.tables.all import METADATA
from webapp.db.tables.assessments import AnswerChange, Comment, SectionTask, StoredAnswer
from webapp.db.tables.organisations import Organisation
from webapp.db.tables.people import Invitation, Membership, Person
from webapp.db.tables.work import AuditEvent
from webapp.errors import NotAllowed, NotThere, Refused
from webapp.services import colleagues, privacy
from webapp.services.evidence import open_binder
from webapp.services.site import Site
from webapp.services.trial import start_trial


@pytest.fixture
def nest(tmp_path: Path) -> Nest:
    return a_copied_nest(tmp_path)


def counts(site: Site) -> dict[str, int]:
    with site.database.read() as session:
        found = {
            table.name: session.scalar(select(func.count()).select_from(table)) or 0
            for table in METADATA.sorted_tables
        }
    return {name: count for name, count in found.items() if count}


def actions(site: Site) -> list[str]:
    with site.database.read() as session:
        return list(session.scalars(select(AuditEvent.action).order_by(AuditEvent.id)))


# --- companies -----------------------------------------------------------------------------------


def test_an_erased_company_leaves_people_and_the_record_and_nothing_else(nest: Nest) -> None:
    before = len(actions(nest.site))

    privacy.erase_organisation(nest.site, nest.owner, nest.company, "kanarifirma  as", NOW)

    left = counts(nest.site)
    assert left.keys() == {"person", "browser_session", "signin_link", "tally", "job", "audit_event"}
    assert left["person"] == 2
    assert left["audit_event"] == before + 1
    assert actions(nest.site)[-1] == "organisation_erased"
    assert list(nest.site.files.list_keys()) == []


def test_no_byte_of_an_erased_company_is_left_on_the_disk(nest: Nest) -> None:
    kept_on_disk = nest.site.database.engine.dialect.name == "sqlite"
    before = nest.bytes_left()
    assert b"kanari-filinnhold" in before
    assert not kept_on_disk or all(canary in before for canary in (*COMPANY, *PEOPLE))

    privacy.erase_organisation(nest.site, nest.owner, nest.company, "Kanarifirma AS", NOW)

    after = nest.bytes_left()
    assert [canary for canary in COMPANY if canary in after] == []
    assert [canary for canary in (b"kanari-invitert", b"kanari-fikk-del") if canary in after] == []


def test_the_record_of_an_erased_company_holds_ids_and_counts(nest: Nest) -> None:
    privacy.erase_organisation(nest.site, nest.owner, nest.company, "Kanarifirma AS", NOW)

    with nest.site.database.read() as session:
        details = " ".join(session.scalars(select(AuditEvent.detail))).casefold().encode()
    assert [canary for canary in (*COMPANY, *PEOPLE) if canary.lower() in details] == []


def test_another_name_erases_nothing(nest: Nest) -> None:
    before = counts(nest.site)

    with pytest.raises(Refused, match=r"privacy\.other_name"):
        privacy.erase_organisation(nest.site, nest.owner, nest.company, "Kanarifirma", NOW)

    assert counts(nest.site) == before


def test_only_an_owner_erases_a_company(nest: Nest) -> None:
    stranger = as_actor(nest.site, a_person(nest.site, "fremmed@b.example"))

    with pytest.raises(NotAllowed):
        privacy.erase_organisation(nest.site, nest.member, nest.company, "Kanarifirma AS", NOW)
    with pytest.raises(NotThere):
        privacy.erase_organisation(nest.site, stranger, nest.company, "Kanarifirma AS", NOW)
    with pytest.raises(NotAllowed):
        privacy.look_at_ending(nest.site, nest.member, nest.company)


def test_an_owner_who_was_removed_meanwhile_erases_nothing(nest: Nest) -> None:
    owner = nest.owner
    with nest.site.database.write() as session:
        session.delete(session.scalars(select(Membership).where(Membership.role == "owner")).one())

    with pytest.raises(NotThere):
        privacy.erase_organisation(nest.site, owner, nest.company, "Kanarifirma AS", NOW)


def test_units_go_with_their_parent_and_are_named_before(nest: Nest) -> None:
    unit = a_company(nest.site, "Avdeling nord", None, parent=nest.company)
    an_assessment(nest.site, nest.owner, unit)
    other = a_company(nest.site, "Annet firma AS", None)

    looked = privacy.look_at_ending(nest.site, nest.owner, nest.company)
    privacy.erase_organisation(nest.site, nest.owner, nest.company, "Kanarifirma AS", NOW)

    assert looked.units == ("Avdeling nord",)
    assert (looked.people, looked.assessments, looked.files) == (2, 3, 2)
    with nest.site.database.read() as session:
        assert list(session.scalars(select(Organisation.id))) == [other]
    assert actions(nest.site).count("organisation_erased") == 2


def test_files_of_other_companies_stay(nest: Nest) -> None:
    nest.site.files.put("evidence/another_company_0000000/file", b"content")

    privacy.erase_organisation(nest.site, nest.owner, nest.company, "Kanarifirma AS", NOW)

    assert list(nest.site.files.list_keys()) == ["evidence/another_company_0000000/file"]


# --- people --------------------------------------------------------------------------------------


def test_an_erased_person_leaves_the_company_its_answers_as_nobodys(nest: Nest) -> None:
    before = counts(nest.site)

    privacy.erase_person(nest.site, nest.member_id, NOW)

    after = counts(nest.site)
    for kept in ("answer", "answer_change", "comment", "evidence_file", "submission", "assessment"):
        assert after[kept] == before[kept]
    with nest.site.database.read() as session:
        assert session.get(Person, nest.member_id) is None
        for column in (AnswerChange.by_person_id, StoredAnswer.by_person_id, Comment.person_id):
            assert session.scalar(select(func.count()).where(column == nest.member_id)) == 0
        assert session.scalar(select(func.count()).where(Comment.person_id.is_(None))) == 2
    assert actions(nest.site)[-1] == "person_erased"


def test_colleagues_see_that_whoever_wrote_it_is_gone(nest: Nest) -> None:
    privacy.erase_person(nest.site, nest.member_id, NOW)

    binder = open_binder(nest.site, nest.owner, nest.draft)
    assert [file.by.is_gone for file in binder.beside(QUESTION)] == [True]


def test_no_byte_of_an_erased_person_is_left_on_the_disk(nest: Nest) -> None:
    privacy.erase_person(nest.site, nest.member_id, NOW)

    after = nest.bytes_left().lower()
    assert b"kanari-kollega" not in after
    assert nest.site.database.engine.dialect.name != "sqlite" or b"kanari-eier" in after


def test_what_was_given_to_an_erased_person_is_nobodys_again(nest: Nest) -> None:
    privacy.erase_person(nest.site, nest.member_id, NOW)

    with nest.site.database.read() as session:
        task = session.get_one(SectionTask, (nest.draft, "design"))
        assert (task.person_id, task.email, task.given_utc) == (None, None, None)


def test_invitations_to_the_address_of_an_erased_person_are_gone(nest: Nest) -> None:
    other = a_company(nest.site, "Annet firma AS", None)
    with nest.site.database.write() as session:
        session.add(
            Invitation(
                organisation_id=other,
                email="kanari-kollega@a.example",
                role="member",
                language="nb",
                created_utc=NOW,
                ends_utc=NOW,
            )
        )

    privacy.erase_person(nest.site, nest.member_id, NOW)

    with nest.site.database.read() as session:
        assert "kanari-kollega@a.example" not in set(session.scalars(select(Invitation.email)))


def test_invitations_that_an_erased_person_sent_let_nobody_in_any_more(nest: Nest) -> None:
    with nest.site.database.write() as session:
        session.scalars(select(Membership).where(Membership.person_id == nest.member_id)).one().role = "owner"

    privacy.erase_person(nest.site, nest.owner_id, NOW)

    with nest.site.database.read() as session:
        assert list(session.scalars(select(Invitation))) == []
        task = session.get_one(SectionTask, (nest.draft, "strategy"))
        assert (task.email, task.given_utc) == (None, None)


def _erase(site: Site, person_id: str, _company: str) -> None:
    privacy.erase_person(site, person_id, NOW)


def _leave(site: Site, person_id: str, company: str) -> None:
    colleagues.leave(site, as_actor(site, person_id), company, NOW)


@pytest.mark.parametrize("other", [_erase, _leave], ids=["both erase", "one erases, one leaves"])
def test_two_owners_who_go_at_the_same_moment_leave_one(
    tmp_path: Path, other: Callable[[Site, str, str], None]
) -> None:
    site = make_site(tmp_path)
    start = Barrier(2)

    def go(deed: Callable[[Site, str, str], None], person_id: str, company: str) -> None:
        start.wait()
        with suppress(Refused):
            deed(site, person_id, company)

    for number in range(5):
        pair = [a_person(site, f"{name}{number}@eksempel.no") for name in ("kari", "ola")]
        first, second = (a_company(site, f"{number} {name}", None, owners=pair) for name in "ab")
        member = a_person(site, f"liv{number}@eksempel.no")
        add_member(site, member, first, second)
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(go, (_erase, other), pair, (first, first)))

        assert owners_of(site, first) == 1
        assert owners_of(site, second) >= 1


def add_member(site: Site, person_id: str, *companies: str) -> None:
    with site.database.write() as session:
        session.add_all(
            Membership(organisation_id=id_, person_id=person_id, role="member", since_utc=NOW)
            for id_ in companies
        )


def owners_of(site: Site, company: str) -> int:
    with site.database.read() as session:
        is_owner = (Membership.organisation_id == company, Membership.role == "owner")
        return session.scalar(select(func.count()).select_from(Membership).where(*is_owner)) or 0


def test_the_last_owner_of_a_company_with_others_stays_until_it_is_settled(nest: Nest) -> None:
    before = counts(nest.site)

    held = privacy.look_at_leaving(nest.site, nest.owner).held
    with pytest.raises(Refused, match=r"privacy\.last_owner"):
        privacy.erase_person(nest.site, nest.owner_id, NOW)

    assert [(one.id, one.name, one.colleagues) for one in held] == [(nest.company, "Kanarifirma AS", 1)]
    assert counts(nest.site) == before


def test_the_last_owner_goes_once_a_colleague_is_an_owner(nest: Nest) -> None:
    with nest.site.database.write() as session:
        session.scalars(select(Membership).where(Membership.person_id == nest.member_id)).one().role = "owner"

    privacy.erase_person(nest.site, nest.owner_id, NOW)

    with nest.site.database.read() as session:
        assert set(session.scalars(select(Person.id))) == {nest.member_id}
        assert session.get(Organisation, nest.company) is not None


def test_a_company_with_assessments_holds_its_owner_also_when_nobody_else_is_there(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    owner = a_person(site)
    company = a_company(site, owners=[owner])
    an_assessment(site, as_actor(site, owner), company)

    (held,) = privacy.look_at_leaving(site, as_actor(site, owner)).held

    assert (held.id, held.colleagues) == (company, 0)


def test_an_empty_company_goes_along_with_the_one_who_made_it(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    owner = a_person(site)
    a_company(site, "Tomt AS", owners=[owner])

    leaving = privacy.look_at_leaving(site, as_actor(site, owner))
    privacy.erase_person(site, owner, NOW)

    assert (leaving.held, leaving.alone) == ((), ("Tomt AS",))
    assert counts(site) == {"audit_event": 2}


def test_somebody_who_tried_erases_everything_at_once(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    start_trial(site.database, "nb", NOW, site.settings)
    with site.database.read() as session:
        person = session.scalars(select(Person.id)).one()
        company = session.scalars(select(Organisation.id)).one()
    an_assessment(site, as_actor(site, person), company)

    privacy.erase_person(site, person, NOW)

    assert counts(site).keys() == {"audit_event"}


def test_an_erased_person_is_unknown_the_second_time(nest: Nest) -> None:
    privacy.erase_person(nest.site, nest.member_id, NOW)

    with pytest.raises(NotThere):
        privacy.erase_person(nest.site, nest.member_id, NOW)
