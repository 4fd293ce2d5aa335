"""What an invitation's link lets somebody do: a new person comes in by it, an account does not."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from tests.webapp.services.intakes import Intake
from tests.webapp.services.meanwhile import meanwhile
from tests.webapp.services.post import SOON, mails, text_of
from tests.webapp.sites import NOW, a_company, a_person, a_workshop, as_actor, make_site
from webapp.db import queries_organisations as queries
from webapp.db.tables.organisations import Organisation
from webapp.db.tables.people import BrowserSession, Invitation, Membership, Person
from webapp.errors import NotThere
from webapp.services import cohortjoining, invitations, joining
from webapp.services.actor import Actor
from webapp.services.joining import Joined, Offered
from webapp.services.signin import person_at
from webapp.services.site import Site
from webapp.services.tokens import hash_of

OLA = "ola@eksempel.no"
WORD = "of the mail"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return make_site(tmp_path)


def invited(site: Site, owner: Actor, company: str, word: str = WORD) -> str:
    """Invite Ola; the id of the invitation, whose token is the word."""
    sent = invitations.invite(site, owner, company, NOW, email=OLA, role="member", language="nb")
    with site.database.write() as session:
        session.get_one(Invitation, sent.invitation_id).hash = hash_of(word)
    return sent.invitation_id


def join(site: Site, token: str = WORD) -> object:
    return joining.join(site, token, name="Ola", language="nb", trial_id=None, now=SOON)


def test_the_link_signs_nobody_in_to_an_account_there_is(site: Site) -> None:
    kari, company = a_workshop(site)
    ola = a_person(site, OLA, "Ola Hansen")
    secret_company = a_company(site, "Olas eget AS", None, owners=[ola])
    id_ = invited(site, kari, company)

    offered, joined = joining.look(site, WORD, SOON), join(site)

    assert isinstance(offered, Offered)
    assert offered.has_account
    assert joined == "known"
    with site.database.read() as session:
        assert session.scalar(select(func.count()).select_from(BrowserSession)) == 0
    assert set(as_actor(site, ola).roles) == {secret_company}
    assert joining.join_own(site, as_actor(site, ola), id_, SOON).organisation == "Eksempel Møbelverksted AS"
    assert set(as_actor(site, ola).roles) == {secret_company, company}


def test_the_link_lets_somebody_new_in(site: Site) -> None:
    invited(site, *a_workshop(site))

    offered = joining.look(site, WORD, SOON)

    assert isinstance(offered, Offered)
    assert not offered.has_account
    assert isinstance(join(site), Joined)


def test_the_second_of_two_links_to_somebody_new_asks_them_to_sign_in(site: Site) -> None:
    kari, company = a_workshop(site)
    other = a_company(site, "Annet AS", None, owners=[kari.person_id])
    kari = as_actor(site, kari.person_id)
    for place in (company, other):
        invited(site, kari, place, f"to {place}")

    with ThreadPoolExecutor(2) as pool:
        came = list(pool.map(lambda place: join(site, f"to {place}"), (company, other)))

    assert sorted(type(one).__name__ for one in came) == ["Joined", "str"]
    assert "known" in came
    with site.database.read() as session:
        assert session.scalar(select(func.count()).select_from(Person).where(Person.email == OLA)) == 1


def sign_up(site: Site) -> str:
    """Ola comes by a link of his own; his id."""
    with site.database.write() as session:
        return person_at(session, OLA, "nb", SOON).id


def everybody_at(site: Site, email: str) -> list[str]:
    with site.database.read() as session:
        return list(session.scalars(select(Person.id).where(Person.email == email)))


def test_nobody_gets_an_account_between_two_looks_of_the_link(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    invited(site, *a_workshop(site))

    joined, ola = meanwhile(
        lambda: join(site), (joining, "find_person_by_email"), lambda: sign_up(site), monkeypatch
    )

    assert isinstance(joined, Joined)
    assert everybody_at(site, OLA) == [ola]


def test_nobody_gets_an_account_between_two_looks_of_a_cohorts_link(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    intake = Intake(tmp_path)
    intake.invite()
    [mail] = [one for one in mails(intake.site) if one["To"] == OLA]
    token = text_of(mail).partition("/cohort-invitation/")[2].split()[0]

    entered, ola = meanwhile(
        lambda: cohortjoining.enter(intake.site, token, name="", language="nb", trial_id=None, now=NOW),
        (cohortjoining, "find_person_by_email"),
        lambda: sign_up(intake.site),
        monkeypatch,
    )

    assert entered[1] != ""
    assert everybody_at(intake.site, OLA) == [ola]


@pytest.mark.parametrize("gone", [Invitation, Organisation], ids=["withdrawn", "company erased"])
def test_an_invitation_that_goes_while_it_is_used_lets_nobody_in(
    site: Site, monkeypatch: pytest.MonkeyPatch, gone: type[Invitation] | type[Organisation]
) -> None:
    id_ = invited(site, *a_workshop(site))
    find = queries.find_organisation

    def find_late(session: Session, wanted: str, *, is_locked: bool = False) -> Organisation | None:
        session.execute(delete(gone).execution_options(synchronize_session=False))
        return find(session, wanted, is_locked=is_locked)

    with monkeypatch.context() as patched:
        patched.setattr(queries, "find_organisation", find_late)
        assert join(site) == "unknown"
    with site.database.read() as session:
        assert session.scalar(select(func.count()).select_from(Membership)) in {0, 1}
        assert session.get(Invitation, id_) is None


def test_an_own_invitation_that_goes_while_it_is_accepted_is_not_there(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    id_ = invited(site, *a_workshop(site))
    ola, find = as_actor(site, a_person(site, OLA)), queries.find_organisation

    def find_late(session: Session, wanted: str, *, is_locked: bool = False) -> Organisation | None:
        session.execute(delete(Invitation).execution_options(synchronize_session=False))
        return find(session, wanted, is_locked=is_locked)

    monkeypatch.setattr(queries, "find_organisation", find_late)
    for deed in (joining.join_own, joining.decline_own):
        with pytest.raises(NotThere):
            deed(site, ola, id_, SOON)
