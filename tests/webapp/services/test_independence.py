"""Nobody reviews themselves: whoever belongs to a company is not its advisor, whatever was assigned."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import pytest
from sqlalchemy import select

from tests.webapp.services.advising import Crew
from tests.webapp.services.meanwhile import meanwhile
from tests.webapp.services.test_judging import LATER, QUESTION
from tests.webapp.sites import NOW, a_company, a_person, as_actor, make_site, submitted
from webapp.db.tables.assessments import Assessment
from webapp.db.tables.work import AuditEvent
from webapp.errors import Refused
from webapp.services import judging, notes, requesting, staffing, team
from webapp.services.actor import Actor
from webapp.services.colleagues import leave
from webapp.services.documents import list_documents
from webapp.services.invitations import invite
from webapp.services.joining import join_own, list_own
from webapp.services.portfolio import open_portfolio
from webapp.services.review import open_review
from webapp.services.reviewapproval import draft_approval
from webapp.services.reviewing import decide
from webapp.services.site import Site
from webapp.services.telling import waiting_for

ROLES = ("owner", "member")


@dataclass
class Both:
    """``both`` belongs to the company and was given it to advise; ``other`` is an advisor alone."""

    site: Site
    both_id: str
    other: Actor
    company: str
    id: str

    @property
    def both(self) -> Actor:
        return as_actor(self.site, self.both_id, LATER)

    def state(self) -> str:
        with self.site.database.read() as session:
            return session.get_one(Assessment, self.id).state


def make_both(folder: Path, role: str, *, is_parents: bool = False) -> Both:
    site = make_site(folder)
    owner, both = a_person(site), a_person(site, "b@eksempel.no", "Berit Begge")
    other = a_person(site, "r@fylke.no", "Rita Rådgiver")
    own = {"owners": [owner, both]} if role == "owner" else {"owners": [owner], "members": [both]}
    company = a_company(site, **own, advisors=[] if is_parents else [both, other])
    if is_parents:
        company = a_company(site, "Avdeling Nord", None, parent=company, advisors=[both, other])
    id_ = submitted(site, as_actor(site, owner), company).id
    return Both(site, both, as_actor(site, other), company, id_)


@pytest.fixture(params=[(role, is_parents) for role in ROLES for is_parents in (False, True)])
def world(tmp_path: Path, request: pytest.FixtureRequest) -> Both:
    role, is_parents = request.param
    return make_both(tmp_path, role, is_parents=is_parents)


@pytest.fixture
def member_world(tmp_path: Path) -> Both:
    return make_both(tmp_path, "member")


def test_who_belongs_to_a_company_decides_nothing_about_it(world: Both) -> None:
    for event in ("start_review", "approve", "send_back", "reopen"):
        with pytest.raises(Refused, match=r"review\.own_company"):
            decide(world.site, world.both, world.id, event, LATER, reason="Fordi.")

    assert world.state() == "submitted"


DEEDS: dict[str, Callable[[Both], object]] = {
    "rate": lambda at: judging.judge(
        at.site, at.both, at.id, QUESTION, LATER, judgement=judging.Judgement("4"), base=0
    ),
    "accept": lambda at: judging.accept_dimension(
        at.site, at.both, at.id, "strategy", LATER, is_accepted=True
    ),
    "approve": lambda at: decide(at.site, at.both, at.id, "approve", LATER),
    "send back": lambda at: decide(at.site, at.both, at.id, "send_back", LATER, reason="Fordi."),
    "write a note": lambda at: notes.write_note(
        at.site, at.both, at.id, LATER, text="Et notat", is_shared=False
    ),
    "ask again": lambda at: requesting.request_again(
        at.site, at.both, at.id, QUESTION, LATER, reason="Hvorfor?"
    ),
    "look at the review": lambda at: open_review(at.site, at.both, at.id),
    "look at both results": lambda at: draft_approval(at.site, at.both, at.id),
}


@pytest.mark.parametrize("deed", DEEDS.values(), ids=DEEDS)
def test_a_review_by_somebody_else_is_closed_to_who_belongs_to_the_company(
    member_world: Both, deed: Callable[[Both], object]
) -> None:
    decide(member_world.site, member_world.other, member_world.id, "start_review", LATER)

    with pytest.raises(Refused, match=r"review\.own_company"):
        deed(member_world)

    assert member_world.state() == "in_review"


def test_what_is_for_advisors_alone_is_not_for_them(world: Both) -> None:
    documents = list_documents(world.site, world.both, world.id)
    with world.site.database.read() as session:
        waiting = waiting_for(session, world.site, world.both, LATER)

    assert {one.edition for one in documents}.isdisjoint({"advisor", "meeting"})
    assert open_portfolio(world.site, world.both, LATER).lines == ()
    assert waiting.hand_ins == ()


def test_who_handed_in_and_left_does_not_review_that_hand_in(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    first, second = a_person(site), a_person(site, "b@eksempel.no", "Berit Begge")
    company = a_company(site, owners=[first, second], advisors=[a_person(site, "r@fylke.no")])
    id_ = submitted(site, as_actor(site, second), company).id
    leave(site, as_actor(site, second), company, NOW)
    staffing.add_advisor(site.database, "b@eksempel.no", company, NOW, language="nb")
    advisor = as_actor(site, second, LATER)

    with pytest.raises(Refused, match=r"review\.own_hand_in"):
        decide(site, advisor, id_, "start_review", LATER)

    assert open_review(site, advisor, id_).state == "submitted"


def test_who_handed_in_and_left_does_not_rate_what_another_reviews(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    first, second = a_person(site), a_person(site, "b@eksempel.no", "Berit Begge")
    rita = a_person(site, "r@fylke.no", "Rita Rådgiver")
    company = a_company(site, owners=[first, second], advisors=[rita])
    id_ = submitted(site, as_actor(site, second), company).id
    leave(site, as_actor(site, second), company, NOW)
    staffing.add_advisor(site.database, "b@eksempel.no", company, NOW, language="nb")
    decide(site, as_actor(site, rita, LATER), id_, "start_review", LATER)
    advisor, wanted = as_actor(site, second, LATER), judging.Judgement("4")

    with pytest.raises(Refused, match=r"review\.own_hand_in"):
        judging.judge(site, advisor, id_, QUESTION, LATER, judgement=wanted, base=0)
    with pytest.raises(Refused, match=r"review\.own_hand_in"):
        judging.accept_dimension(site, advisor, id_, "strategy", LATER, is_accepted=True)


# --- assigning and joining -----------------------------------------------------------------------


@pytest.fixture
def crew(tmp_path: Path) -> Crew:
    return Crew(make_site(tmp_path))


def test_a_company_is_not_given_one_of_its_own_people(crew: Crew) -> None:
    crew.add("kari@eksempel.no")

    with pytest.raises(Refused, match=r"team\.own_company"):
        team.assign(crew.site, crew.staff, crew.programme, team.Wanted(crew.owner_id, crew.company), NOW)
    with pytest.raises(Refused, match=r"team\.own_company"):
        staffing.add_advisor(crew.site.database, "kari@eksempel.no", crew.company, NOW, language="nb")

    assert crew.assignments() == []


def test_a_unit_is_not_given_one_of_its_parents_people(crew: Crew) -> None:
    unit = a_company(crew.site, "Avdeling Nord", None, parent=crew.company)

    with pytest.raises(Refused, match=r"team\.own_company"):
        staffing.add_advisor(crew.site.database, "kari@eksempel.no", unit, NOW, language="nb")


def test_an_advisor_who_joins_the_company_advises_it_and_its_units_no_more(crew: Crew) -> None:
    crew.assign()
    unit = a_company(crew.site, "Avdeling Nord", None, parent=crew.company, advisors=[crew.advisor_id])
    elsewhere = a_company(crew.site, "Annet AS", None, advisors=[crew.advisor_id])
    invite(crew.site, crew.owner, crew.company, NOW, email="r@fylke.no", role="member", language="nb")
    [offered] = list_own(crew.site, crew.advisor, NOW)

    join_own(crew.site, crew.advisor, offered.id, LATER)

    ends = {one.organisation_id: one.until_utc for one in crew.assignments()}
    assert ends == {crew.company: LATER, unit: LATER, elsewhere: None}
    assert crew.actor(crew.advisor_id, LATER).organisations("advisor") == [elsewhere]
    with crew.site.database.read() as session:
        said = session.scalars(
            select(AuditEvent.organisation_id).where(AuditEvent.action == "advisor_joined")
        )
        assert set(said) == {crew.company, unit}


def assign_by_team(crew: Crew) -> None:
    crew.assign()


def assign_by_operator(crew: Crew) -> None:
    staffing.add_advisor(crew.site.database, "r@fylke.no", crew.company, NOW, language="nb")


@pytest.mark.parametrize(("module", "assign"), [(team, assign_by_team), (staffing, assign_by_operator)])
def test_an_advisor_who_joins_the_company_while_it_is_given_to_them_does_not_advise_it(
    crew: Crew, monkeypatch: pytest.MonkeyPatch, module: ModuleType, assign: Callable[[Crew], None]
) -> None:
    invite(crew.site, crew.owner, crew.company, NOW, email="r@fylke.no", role="member", language="nb")
    advisor, [offered] = crew.advisor, list_own(crew.site, crew.advisor, NOW)

    meanwhile(
        lambda: assign(crew),
        (module, "refuse_own_people"),
        lambda: join_own(crew.site, advisor, offered.id, LATER),
        monkeypatch,
    )

    assert [one.until_utc for one in crew.assignments()] == [LATER]
