"""Cohorts: inviting all or nobody, joining with consents, leaving, progress, and no flood of mail."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from tests.webapp.counting import counted
from tests.webapp.services.intakes import ALFA, BETA, GAMMA, LIST, Intake, wanted
from tests.webapp.services.post import mails, text_of
from tests.webapp.sites import NOW, a_company, a_person, a_programme, an_assessment, as_actor
from webapp.db.tables.assessments import Assessment
from webapp.db.tables.cohorts import CohortConsent, CohortInvitation, CohortMember, CohortReminder
from webapp.db.tables.organisations import AdvisorAssignment, Organisation, Participation, ProgrammeAdvisor
from webapp.db.tables.people import Person
from webapp.db.tables.work import AuditEvent
from webapp.errors import NotAllowed, NotThere, Refused
from webapp.services import (
    cohortinviting,
    cohortjoining,
    cohortmailing,
    cohortprogress,
    cohortreminding,
    cohortrounds,
    cohorts,
    consents,
    retention,
    team,
)
from webapp.services.actor import Actor
from webapp.services.cohortcopies import company_cohorts, personal_cohorts
from webapp.services.cohortjoining import Asked
from webapp.services.cohortstanding import Standing
from webapp.services.erasing import forget_person


@pytest.fixture
def intake(tmp_path: Path) -> Intake:
    return Intake(tmp_path)


def token_in(intake: Intake, email: str) -> str:
    [found] = [one for one in mails(intake.site) if one["To"] == email]
    return text_of(found).partition("/cohort-invitation/")[2].split()[0]


def join(intake: Intake, actor: Actor, uses: tuple[str, ...] = (), company: str = "") -> tuple[Actor, str]:
    """Join by the actor's first invitation; the actor with their company, and its id."""
    asked = cohortjoining.list_asked(intake.site, actor, NOW)[0]
    id_, _ = cohortjoining.accept(intake.site, actor, asked.id, company_id=company, uses=uses, now=NOW)
    return as_actor(intake.site, actor.person_id), id_


def standings(intake: Intake) -> dict[str, Standing]:
    _, lines = cohortprogress.all_progress(intake.site, intake.staff, intake.programme, intake.cohort, NOW)
    return {one.orgnr: one.standing for one in lines}


def test_a_list_is_imported_once_and_each_is_told_once(intake: Intake) -> None:
    assert intake.invite() == 2
    assert intake.invite() == 0

    assert intake.addressees() == ["kari@eksempel.no", "ola@eksempel.no"]
    assert standings(intake) == {one: Standing("invited", "answer") for one in (ALFA, BETA)}


def test_one_wrong_row_and_nothing_is_imported(intake: Intake) -> None:
    broken = f"{LIST}Eksempel Gamma;310028143;;per@eksempel.no\n"

    with pytest.raises(Refused, match="list_wrong"):
        intake.invite(broken)

    with intake.site.database.read() as session:
        assert session.scalar(select(func.count()).select_from(CohortInvitation)) == 0


def test_an_address_is_invited_for_one_company_only(intake: Intake) -> None:
    intake.invite()
    text = f"navn;orgnr;epost\nEksempel Beta;{BETA};ny@eksempel.no\nEksempel Gamma;{GAMMA};kari@eksempel.no\n"

    found = cohortinviting.preview(
        intake.site, intake.staff, intake.programme, intake.cohort, text=text, language="nb"
    )

    assert [one.orgnr for one in found.known] == [BETA]
    assert [(one.row, one.code) for one in found.problems] == [(3, "address_taken")]


def test_somebody_new_comes_in_by_the_link_and_registers_the_company_on_the_way(intake: Intake) -> None:
    intake.invite()
    token = token_in(intake, "kari@eksempel.no")
    assert isinstance(cohortjoining.look(intake.site, token, NOW), Asked)

    entered = cohortjoining.enter(
        intake.site, token, name="Kari Eksempel", language="nb", trial_id=None, now=NOW
    )

    assert not isinstance(entered, str)
    assert entered[1]
    with intake.site.database.read() as session:
        person = session.scalars(select(Person).where(Person.email == "kari@eksempel.no")).one()
    actor, company = join(intake, as_actor(intake.site, person.id), ("aggregate",))
    with intake.site.database.read() as session:
        assert session.get_one(Organisation, company).orgnr == ALFA
        assert session.get(Participation, (intake.programme, company)) is not None
    [own] = consents.own_cohorts(intake.site, actor, company)
    assert own.given == {"aggregate"}
    assert cohortjoining.look(intake.site, token, NOW) == "used"
    assert standings(intake)[ALFA] == Standing("joined", "company")


def test_an_address_with_an_account_is_not_signed_in_by_the_link(intake: Intake) -> None:
    intake.actor("kari@eksempel.no")
    intake.invite()

    entered = cohortjoining.enter(
        intake.site, token_in(intake, "kari@eksempel.no"), name="", language="nb", trial_id=None, now=NOW
    )

    assert not isinstance(entered, str)
    assert entered[1] == ""


def test_a_company_joins_by_an_owner_and_only_by_their_own_invitation(intake: Intake) -> None:
    intake.invite()
    kari, stranger = intake.actor("kari@eksempel.no"), intake.actor("per@eksempel.no")
    asked = cohortjoining.list_asked(intake.site, kari, NOW)[0]
    theirs = a_company(intake.site, owners=[stranger.person_id])
    mine = a_company(intake.site, members=[kari.person_id])
    kari = as_actor(intake.site, kari.person_id)

    for who, company, wrong in (
        (stranger, "", NotThere),
        (kari, theirs, NotThere),
        (kari, mine, NotAllowed),
    ):
        with pytest.raises(wrong):
            cohortjoining.accept(intake.site, who, asked.id, company_id=company, uses=(), now=NOW)


def test_saying_no_by_the_link_ends_the_invitation(intake: Intake) -> None:
    intake.invite()
    token = token_in(intake, "ola@eksempel.no")

    assert cohortjoining.refuse_by_link(intake.site, token, NOW) is None

    assert cohortjoining.look(intake.site, token, NOW) == "used"
    assert standings(intake)[BETA] == Standing("declined", "nobody")
    assert intake.remind(days=8) == 1


def test_every_yes_and_no_stays_and_the_newest_counts(intake: Intake) -> None:
    intake.invite()
    kari, company = join(intake, intake.actor("kari@eksempel.no"), ("aggregate", "tables"))

    changed = consents.save_consents(
        intake.site,
        kari,
        company,
        intake.cohort,
        uses=["aggregate", "advisor", "nonsense"],
        shown=["aggregate", "tables"],
        now=NOW,
    )

    [own] = consents.own_cohorts(intake.site, kari, company)
    assert (changed, set(own.given)) == (2, {"aggregate", "advisor"})
    assert [(one.use, one.is_given, one.by) for one in own.log] == [
        ("tables", False, "Kari"),
        ("advisor", True, "Kari"),
        ("tables", True, "Kari"),
        ("aggregate", True, "Kari"),
    ]
    with intake.site.database.read() as session:
        deeds = select(AuditEvent.action).where(AuditEvent.action.like("consent%"))
        assert len(list(session.scalars(deeds))) == 4
        copied = company_cohorts(session, company, {kari.person_id: "Kari"})
        own_copy = personal_cohorts(session, kari)
    assert len(copied[0]["consents"]) == len(own_copy["consents"]) == 4
    assert own_copy["cohort_invitations"][0]["email"] == "kari@eksempel.no"


def test_a_member_reads_but_does_not_decide(intake: Intake) -> None:
    intake.invite()
    _, company = join(intake, intake.actor("kari@eksempel.no"))
    stranger = intake.actor("per@eksempel.no")
    member = replace(stranger, roles={company: frozenset(("member",))})

    with pytest.raises(NotAllowed):
        consents.save_consents(
            intake.site, member, company, intake.cohort, uses=["tables"], shown=(), now=NOW
        )
    with pytest.raises(NotThere):
        consents.own_cohort(intake.site, stranger, company, intake.cohort)


def test_taking_the_advisor_back_ends_what_the_programme_gave(intake: Intake) -> None:
    intake.invite()
    kari, company = join(intake, intake.actor("kari@eksempel.no"), ("advisor",))
    advisor = a_person(intake.site, "r@fylke.no", "Rita Eksempel")
    with intake.site.database.write() as session:
        session.add(ProgrammeAdvisor(programme_id=intake.programme, person_id=advisor, since_utc=NOW))
        session.add(AdvisorAssignment(organisation_id=company, person_id=advisor, from_utc=NOW))
    after = NOW + timedelta(minutes=1)

    consents.save_consents(intake.site, kari, company, intake.cohort, uses=[], shown=["advisor"], now=after)

    assert not as_actor(intake.site, advisor, after).roles


def test_without_a_yes_the_programme_gives_no_advisor(intake: Intake) -> None:
    intake.invite()
    _, company = join(intake, intake.actor("kari@eksempel.no"), ("aggregate",))
    advisor = a_person(intake.site, "r@fylke.no", "Rita Eksempel")
    with intake.site.database.write() as session:
        session.add(ProgrammeAdvisor(programme_id=intake.programme, person_id=advisor, since_utc=NOW))

    with pytest.raises(Refused, match="no_advisor"):
        team.assign(intake.site, intake.staff, intake.programme, team.Wanted(advisor, company), NOW)


def test_a_member_asks_an_owner_to_accept(intake: Intake) -> None:
    intake.invite()
    kari = intake.actor("kari@eksempel.no")
    a_company(intake.site, orgnr=ALFA, members=[kari.person_id])

    with pytest.raises(Refused, match="owner_needed"):
        join(intake, as_actor(intake.site, kari.person_id))


def test_leaving_ends_every_use_and_the_programme_it_came_by(intake: Intake) -> None:
    intake.invite()
    kari, company = join(intake, intake.actor("kari@eksempel.no"), ("aggregate", "tables"))

    consents.leave(intake.site, kari, company, intake.cohort, NOW)

    assert standings(intake)[ALFA] == Standing("left", "nobody")
    with intake.site.database.read() as session:
        assert session.get(Participation, (intake.programme, company)) is None
        rows = session.scalars(select(CohortConsent).order_by(CohortConsent.id)).all()
    assert [(one.use, one.is_given) for one in rows[2:]] == [("aggregate", False), ("tables", False)]
    with pytest.raises(NotThere):
        consents.leave(intake.site, kari, company, intake.cohort, NOW)


def test_a_company_in_two_cohorts_leaves_one(intake: Intake) -> None:
    second = intake.add("Kull 2")
    intake.invite()
    kari, company = join(intake, intake.actor("kari@eksempel.no"), ("aggregate",))
    intake.invite(cohort=second)
    kari, _ = join(intake, kari, ("tables",), company)

    consents.leave(intake.site, kari, company, intake.cohort, NOW)

    [own] = consents.own_cohorts(intake.site, kari, company)
    assert (own.id, set(own.given)) == (second, {"tables"})
    with intake.site.database.read() as session:
        assert session.get(Participation, (intake.programme, company)) is not None
        assert session.get_one(CohortMember, (second, company)).brought_in


def test_nobody_is_reminded_twice_in_seven_days_by_any_cohort(intake: Intake) -> None:
    second = intake.add("Kull 2")
    intake.invite()
    join(intake, intake.actor("kari@eksempel.no"))

    assert intake.invite(cohort=second) == 2
    assert (intake.remind(days=6), intake.remind(days=6, cohort=second)) == (0, 0)
    assert (intake.remind(days=8), intake.remind(days=8), intake.remind(days=8, cohort=second)) == (2, 0, 0)
    assert intake.addressees() == ["kari@eksempel.no"] * 3 + ["ola@eksempel.no"] * 3


def test_before_reminding_it_is_shown_whom_without_naming_people(intake: Intake) -> None:
    intake.invite()
    join(intake, intake.actor("kari@eksempel.no"))

    found = cohortreminding.open_reminding(
        intake.site, intake.staff, intake.programme, intake.cohort, NOW + timedelta(days=8)
    )

    assert found.companies == (("Eksempel Alfa", 1),)
    assert found.invited == (("Eksempel Beta", "Ola Eksempel"),)
    assert found.count == 2


def test_whom_to_remind_takes_as_many_questions_for_two_companies_as_for_one(intake: Intake) -> None:
    intake.invite()
    questions = []
    for email in ("kari@eksempel.no", "ola@eksempel.no"):
        join(intake, intake.actor(email))
        with counted(intake.site) as seen:
            found = cohortreminding.open_reminding(
                intake.site, intake.staff, intake.programme, intake.cohort, NOW + timedelta(days=8)
            )
        questions.append(len(seen))

    assert len(found.companies) == 2
    assert questions[0] == questions[1]


def test_who_has_finished_or_wants_no_mail_is_not_reminded(intake: Intake) -> None:
    intake.invite()
    kari, company = join(intake, intake.actor("kari@eksempel.no"))
    ola, _ = join(intake, intake.actor("ola@eksempel.no"))
    begun = an_assessment(intake.site, kari, company)
    with intake.site.database.write() as session:
        assessment = session.get_one(Assessment, begun)
        assessment.state, assessment.submissions = "submitted", 1
        session.get_one(Person, ola.person_id).wants_mail = False

    assert intake.remind(days=8) == 0
    assert standings(intake)[ALFA] == Standing("handed_in", "nobody")


def test_a_closed_cohort_takes_nobody_in_and_reminds_nobody(intake: Intake) -> None:
    intake.invite()
    token = token_in(intake, "kari@eksempel.no")
    cohorts.close_cohort(intake.site, intake.staff, intake.programme, intake.cohort, NOW, is_closed=True)

    assert cohortjoining.look(intake.site, token, NOW) == "expired"
    assert intake.remind(days=8) == 0
    with pytest.raises(Refused, match="closed"):
        intake.invite()


def test_near_the_deadline_a_day_reminds_once(intake: Intake) -> None:
    intake.invite()
    near = NOW + timedelta(days=15)

    assert cohortmailing.order_daily(intake.site, NOW) == ()
    assert len(cohortmailing.order_daily(intake.site, near)) == 1
    assert cohortmailing.order_daily(intake.site, near) == ()


def test_the_first_day_stays_before_the_second_round(intake: Intake) -> None:
    where, second = (intake.site, intake.staff, intake.programme, intake.cohort), NOW + timedelta(days=10)
    cohortrounds.begin_round(*where, begins_on=second.date(), now=second)

    with pytest.raises(Refused, match="opens_after_round"):
        intake.change(replace(wanted(), opens_on=second.date()), second)
    earlier = (second - timedelta(days=1)).date()
    intake.change(replace(wanted(), opens_on=earlier), second)


def test_only_staff_of_the_programme_reach_its_cohorts(intake: Intake) -> None:
    other = a_programme(intake.site, "Et annet program", staff=[intake.staff.person_id])
    staff, stranger = as_actor(intake.site, intake.staff.person_id), intake.actor("per@eksempel.no")

    for actor, programme in ((stranger, intake.programme), (staff, other)):
        with pytest.raises(NotThere):
            cohorts.open_cohort(intake.site, actor, programme, intake.cohort, NOW)
        with pytest.raises(NotThere):
            cohortprogress.open_progress(intake.site, actor, programme, intake.cohort, now=NOW)
        with pytest.raises(NotThere):
            cohorts.change_cohort(
                intake.site, actor, programme, intake.cohort, wanted=wanted(), base="", now=NOW
            )


def test_who_is_erased_is_in_no_invitation_and_what_they_said_stays_as_nobodys(intake: Intake) -> None:
    intake.invite()
    kari, _ = join(intake, intake.actor("kari@eksempel.no"), ("aggregate",))
    intake.remind(days=8)

    with intake.site.database.write() as session:
        forget_person(session, session.get_one(Person, kari.person_id))

    with intake.site.database.read() as session:
        emails = session.scalars(select(CohortInvitation.email)).all()
        [said] = session.scalars(select(CohortConsent)).all()
        reminders = session.scalar(select(func.count()).select_from(CohortReminder))
    assert (emails, said.by_person_id, reminders) == (["ola@eksempel.no"], None, 0)


def test_old_invitations_and_reminders_are_erased(intake: Intake) -> None:
    intake.invite()
    join(intake, intake.actor("kari@eksempel.no"))
    intake.remind(days=8)

    counts = retention.run(intake.site, NOW + timedelta(days=120)).counts

    assert (counts["cohort_invitations"], counts["cohort_reminders"]) == (2, 1)


def test_what_is_recorded_names_no_address(intake: Intake) -> None:
    intake.invite()

    with intake.site.database.read() as session:
        events = session.scalars(select(AuditEvent)).all()
    [invited] = [one for one in events if one.action == "cohort_invited"]
    assert json.loads(invited.detail)["count"] == 2
    assert not any("@" in one.detail for one in events)
