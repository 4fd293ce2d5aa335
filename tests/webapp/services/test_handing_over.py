"""Setting a company up and handing it over: what an advisor may do before, and nothing after."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from tests.webapp.registers import COUNCIL
from tests.webapp.services.advising import Crew, at_once
from tests.webapp.services.post import ADDRESS, link_in, sent, text_of
from tests.webapp.sites import NOW, a_company, a_person, an_assessment, make_site
from webapp.db.tables.organisations import Organisation, Participation, ProfileFact
from webapp.db.tables.people import Invitation, Membership
from webapp.errors import NotAllowed, NotThere, Refused, TooOften
from webapp.services import handing_over, joining, team
from webapp.services.opening import open_assessment
from webapp.services.portfolio import open_portfolio
from webapp.services.profile import SaidFact, open_profile, save_profile
from webapp.services.registering import Looked

OWNER = "leder@eksempel.no"


@pytest.fixture
def crew(tmp_path: Path) -> Crew:
    return Crew(make_site(tmp_path, public_url=ADDRESS))


@pytest.fixture
def pending(crew: Crew) -> str:
    return a_pending(crew)


def a_pending(crew: Crew, name: str = "Eksempel Trevare AS") -> str:
    return handing_over.set_up(crew.site, crew.advisor, crew.programme, NOW, looked=None, name=name)


def invited(crew: Crew, company: str, email: str = OWNER) -> str:
    """The token of the link that an invitation brings."""
    now, advisor = NOW, crew.advisor
    found = handing_over.invite_owner(crew.site, advisor, company, now, email=email, language="nb")
    return link_in(sent(crew.site, found.job_id)).rpartition("/")[2]


def taken_over(crew: Crew, company: str) -> Any:
    token = invited(crew, company)
    return joining.join(crew.site, token, name="Liv Leder", language="nb", trial_id=None, now=NOW)


def said(value: int, base: int = 0) -> list[SaidFact]:
    return [SaidFact("employees", value, base)]


# --- setting up ----------------------------------------------------------------------------------


def test_a_company_an_advisor_sets_up_is_in_the_programme_and_theirs_to_advise(crew: Crew) -> None:
    company = a_pending(crew)

    assert crew.advisor.roles[company] == {"advisor"}
    with crew.site.database.read() as session:
        row = session.get_one(Organisation, company)
        assert (row.name, row.orgnr, row.kind) == ("Eksempel Trevare AS", None, "main")
        assert session.get(Participation, (crew.programme, company)) is not None
        assert session.query(Membership).filter_by(organisation_id=company).count() == 0
    assert crew.actions()[-1] == "company_set_up"


def test_what_the_register_says_is_kept(crew: Crew) -> None:
    looked = Looked(COUNCIL.orgnr, COUNCIL)

    company = handing_over.set_up(crew.site, crew.advisor, crew.programme, NOW, looked=looked)

    facts = handing_over.open_facts(crew.site, crew.advisor, company, NOW)
    found = handing_over.open_pending(crew.site, crew.advisor, company, NOW)
    assert (found.name, found.orgnr) == ("EKSEMPEL KOMMUNE", "974760673")
    assert (facts["employees"].value, facts["employees"].source) == (900, "register")
    with pytest.raises(Refused, match=r"handover\.known"):
        handing_over.set_up(crew.site, crew.advisor, crew.programme, NOW, looked=looked)


@pytest.mark.parametrize("who", ["owner", "staff", "former"])
def test_only_advisors_of_the_team_set_companies_up(crew: Crew, who: str) -> None:
    actor = {"owner": crew.owner, "staff": crew.staff, "former": crew.advisor}[who]
    if who == "former":
        team.remove(crew.site, crew.staff, crew.programme, crew.advisor_id, NOW)

    with pytest.raises(NotThere):
        handing_over.set_up(crew.site, actor, crew.programme, NOW, looked=None, name="X")


def test_nobody_sets_companies_up_without_end(crew: Crew, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handing_over, "SET_UP_A_DAY", 1)
    a_pending(crew)

    with pytest.raises(TooOften):
        a_pending(crew)


# --- before it is handed over --------------------------------------------------------------------


def test_an_advisor_fills_in_facts_and_answers_nothing(crew: Crew, pending: str) -> None:
    assert handing_over.write_facts(crew.site, crew.advisor, pending, said(12), NOW) == ()

    assert handing_over.open_facts(crew.site, crew.advisor, pending, NOW)["employees"].value == 12
    for deed in (
        lambda: an_assessment(crew.site, crew.advisor, pending),
        lambda: save_profile(crew.site, crew.advisor, pending, said(13, 1), NOW),
        lambda: open_profile(crew.site, crew.advisor, pending),
    ):
        with pytest.raises(NotAllowed):
            deed()


def test_two_advisors_who_write_the_same_fact_see_each_other(crew: Crew, pending: str) -> None:
    handing_over.write_facts(crew.site, crew.advisor, pending, said(12), NOW)

    [clash] = handing_over.write_facts(crew.site, crew.advisor, pending, said(20), NOW)

    assert (clash.mine, clash.theirs.value) == (20, 12)


def test_the_first_owner_is_asked_by_mail_and_takes_over(crew: Crew, pending: str) -> None:
    found = handing_over.invite_owner(crew.site, crew.advisor, pending, NOW, email=OWNER, language="nb")
    mail = sent(crew.site, found.job_id)
    token = link_in(mail).rpartition("/")[2]

    joined = joining.join(crew.site, token, name="Liv Leder", language="nb", trial_id=None, now=NOW)

    assert mail["To"] == OWNER
    assert "Rita Rådgiver har invitert deg" in text_of(mail)
    assert isinstance(joined, joining.Joined)
    with crew.site.database.read() as session:
        assert [one.role for one in session.query(Membership).filter_by(organisation_id=pending)] == ["owner"]


def test_the_owner_finds_the_facts_and_starts_to_answer(crew: Crew, pending: str) -> None:
    handing_over.write_facts(crew.site, crew.advisor, pending, said(12), NOW)
    taken_over(crew, pending)
    with crew.site.database.read() as session:
        member = session.query(Membership).filter_by(organisation_id=pending).one()
    owner = crew.actor(member.person_id)

    id_ = an_assessment(crew.site, owner, pending)

    assert open_assessment(crew.site, owner, id_).answers.profile["employees"] == 12


def test_another_invitation_takes_the_place_of_the_first(crew: Crew, pending: str) -> None:
    first = invited(crew, pending, "feil@eksempel.no")

    second = invited(crew, pending)

    assert joining.look(crew.site, first, NOW) == "unknown"
    assert isinstance(joining.look(crew.site, second, NOW), joining.Offered)


def test_an_invitation_is_taken_back(crew: Crew, pending: str) -> None:
    token = invited(crew, pending)

    handing_over.withdraw_invitation(crew.site, crew.advisor, pending, NOW)

    assert joining.look(crew.site, token, NOW) == "unknown"
    assert handing_over.open_pending(crew.site, crew.advisor, pending, NOW).invitation is None


def test_an_advisor_cannot_invite_themselves(crew: Crew, pending: str) -> None:
    with pytest.raises(Refused, match=r"handover\.own_address"):
        invited(crew, pending, "R@Fylke.no")


@pytest.mark.parametrize("ending", ["removed", "ended"])
def test_who_is_not_the_advisor_any_more_hands_nothing_over(crew: Crew, pending: str, ending: str) -> None:
    token, advisor = invited(crew, pending), crew.advisor
    if ending == "removed":
        team.remove(crew.site, crew.staff, crew.programme, crew.advisor_id, NOW)
    else:
        place = (crew.programme, crew.advisor_id, pending)
        team.end_now(crew.site, crew.staff, *place, now=NOW)

    with pytest.raises(NotThere):  # a page that is older than the end
        handing_over.invite_owner(crew.site, advisor, pending, NOW, email=OWNER, language="nb")
    assert joining.look(crew.site, token, NOW) == "unknown"


def test_an_advisor_who_is_in_no_team_of_the_company_changes_nothing(crew: Crew) -> None:
    other = a_person(crew.site, "q@fylke.no")
    company = a_company(crew.site, "Uten folk AS", None, advisors=[other, crew.advisor_id])

    for person in (other, crew.advisor_id):
        with pytest.raises(NotAllowed):
            handing_over.open_pending(crew.site, crew.actor(person), company, NOW)


# --- after it was handed over --------------------------------------------------------------------


DEEDS: dict[str, Callable[[Crew, str], object]] = {
    "look": lambda crew, id_: handing_over.open_pending(crew.site, crew.advisor, id_, NOW),
    "read facts": lambda crew, id_: handing_over.open_facts(crew.site, crew.advisor, id_, NOW),
    "write facts": lambda crew, id_: handing_over.write_facts(crew.site, crew.advisor, id_, said(99), NOW),
    "invite": lambda crew, id_: invited(crew, id_, "ny@eksempel.no"),
    "withdraw": lambda crew, id_: handing_over.withdraw_invitation(crew.site, crew.advisor, id_, NOW),
}


@pytest.mark.parametrize("deed", DEEDS.values(), ids=DEEDS)
def test_once_there_is_an_owner_an_advisor_changes_nothing(
    crew: Crew, pending: str, deed: Callable[[Crew, str], object]
) -> None:
    taken_over(crew, pending)

    with pytest.raises(Refused, match=r"handover\.taken_over"):
        deed(crew, pending)

    with crew.site.database.read() as session:
        assert session.scalars(select(ProfileFact)).all() == []
        assert [one.email for one in session.scalars(select(Invitation))] == [OWNER]
    [line] = [one for one in open_portfolio(crew.site, crew.advisor, NOW).lines if one.company_id == pending]
    assert line.stand == "nothing"


def test_a_company_that_has_answered_is_never_an_advisors_to_set_up(crew: Crew) -> None:
    """Also where its people are gone by some other way: nobody becomes its owner through an advisor."""
    crew.assign()
    an_assessment(crew.site, crew.owner, crew.company)
    with crew.site.database.write() as session:
        session.query(Membership).delete()

    with pytest.raises(Refused, match=r"handover\.taken_over"):
        invited(crew, crew.company)


def test_of_an_owner_who_accepts_and_an_advisor_who_writes_at_once_nothing_is_mixed(
    crew: Crew, pending: str
) -> None:
    token, advisor = invited(crew, pending), crew.advisor

    joined, written = at_once(
        lambda: joining.join(crew.site, token, name="Liv", language="nb", trial_id=None, now=NOW),
        lambda: handing_over.write_facts(crew.site, advisor, pending, said(12), NOW),
    )

    assert isinstance(joined, joining.Joined)
    assert written in ((), "handover.taken_over")
    with crew.site.database.read() as session:
        facts = session.scalars(select(ProfileFact)).all()
    assert len(facts) == (1 if written == () else 0)


def test_of_two_advisors_who_invite_somebody_at_once_one_invitation_is_open(crew: Crew, pending: str) -> None:
    advisor = crew.advisor

    at_once(
        *(
            lambda email=email: handing_over.invite_owner(
                crew.site, advisor, pending, NOW + timedelta(minutes=5), email=email, language="nb"
            )
            for email in ("a@eksempel.no", "b@eksempel.no")
        )
    )

    with crew.site.database.read() as session:
        assert len(session.scalars(select(Invitation)).all()) == 1
