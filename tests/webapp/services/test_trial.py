"""A trial that becomes an account: what it holds comes along, and nobody else's way in does."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from tests.webapp.services.filing import QUESTION
from tests.webapp.services.post import SOON, sent, text_of
from tests.webapp.sites import (
    NOW,
    WORKSHOP,
    a_company,
    a_person,
    a_workshop,
    as_actor,
    make_site,
    submitted,
)
from webapp.db.tables.assessments import (
    AnswerChange,
    Assessment,
    StateChange,
    StoredAnswer,
    Submission,
)
from webapp.db.tables.organisations import Organisation, ProfileFact
from webapp.db.tables.people import BrowserSession, Invitation, Membership, Person, SigninLink, Tally
from webapp.errors import TooOften
from webapp.services import invitations, joining, linking, sessions, signin
from webapp.services.actor import Actor
from webapp.services.history import history_of
from webapp.services.linking import Arrival
from webapp.services.oidc import Identity
from webapp.services.question import open_question
from webapp.services.signin import Entered
from webapp.services.site import Site
from webapp.services.tokens import hash_of
from webapp.services.trial import start_trial

EMAIL = "kari@eksempel.no"

WRITTEN = (
    Assessment.started_by,
    StoredAnswer.by_person_id,
    AnswerChange.by_person_id,
    Submission.by_person_id,
    StateChange.by_person_id,
    ProfileFact.by_person_id,
)
"""Where it says who did what."""


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return make_site(tmp_path)


def a_trial(site: Site) -> tuple[str, Actor]:
    """Somebody who tries: the token of their session, and who they are."""
    token = start_trial(site.database, "nb", NOW, site.settings)
    found = sessions.resume(site.database, token, NOW, site.settings)
    assert found is not None
    return token, found.actor


def keep(site: Site, trial: Actor, email: str = EMAIL) -> str:
    """Keep a trial under an address; the token of the new session."""
    signin.ask_for_link(
        site.database,
        email,
        language="nb",
        browser="the browser",
        asker="192.0.2.1",
        now=NOW,
        settings=site.settings,
        person_id=trial.person_id,
    )
    with site.database.write() as session:
        link = session.scalars(select(SigninLink).where(SigninLink.used_utc.is_(None))).one()
        given = signin.give_token(session, link.id)
        assert given is not None
    entered = signin.enter(
        site.database, given[1], browser="the browser", code="", now=SOON, settings=site.settings
    )
    assert isinstance(entered, Entered)
    return entered.token


def authors(session: Session, column: InstrumentedAttribute[str | None]) -> set[str | None]:
    """Everybody a column names."""
    return set(session.scalars(select(column)))


def lives(site: Site, token: str) -> bool:
    return sessions.resume(site.database, token, SOON, site.settings) is not None


@pytest.mark.parametrize("is_known", [False, True], ids=["new address", "known address"])
def test_only_the_session_that_kept_the_trial_lives_on(site: Site, is_known: bool) -> None:
    if is_known:
        a_person(site, EMAIL)
    old, trial = a_trial(site)

    new = keep(site, trial)

    assert (lives(site, old), lives(site, new)) == (False, True)
    with site.database.read() as session:
        assert session.scalar(select(func.count()).select_from(BrowserSession)) == 1


def test_who_keeps_a_trial_by_an_invitation_has_only_the_new_session(site: Site) -> None:
    kari, company = a_workshop(site)
    sent = invitations.invite(site, kari, company, NOW, email="ola@eksempel.no", role="member", language="nb")
    with site.database.write() as session:
        session.get_one(Invitation, sent.invitation_id).hash = hash_of("secret")
    old, trial = a_trial(site)

    joined = joining.join(site, "secret", name="Ola", language="nb", trial_id=trial.person_id, now=SOON)

    assert isinstance(joined, joining.Joined)
    assert joined.token is not None
    assert (lives(site, old), lives(site, joined.token)) == (False, True)


@pytest.mark.parametrize("is_known", [False, True], ids=["new person", "known address"])
def test_who_keeps_a_trial_by_the_identity_provider_has_only_the_new_session(
    site: Site, is_known: bool
) -> None:
    if is_known:
        a_person(site, EMAIL)
    old, trial = a_trial(site)
    arrival = Arrival(Identity("issuer kari-1", EMAIL, "Kari"), "nb", trial_id=trial.person_id)

    entered = linking.enter_identified(site, arrival, SOON)

    assert (lives(site, old), lives(site, entered.token)) == (False, True)


def test_the_mail_of_who_keeps_a_trial_says_so(site: Site) -> None:
    _, trial = a_trial(site)
    asked = signin.ask_for_link(
        site.database,
        EMAIL,
        language="nb",
        browser="secret",
        asker="10.0.0.1",
        now=NOW,
        settings=site.settings,
        person_id=trial.person_id,
    )

    mail = sent(site, asked.job_id)

    assert mail["Subject"] == "Behold svarene dine i Kretsløp"
    assert "Med den knytter vi svarene dine til denne adressen" in text_of(mail)
    assert "Behold svarene dine i Kretsløp" in text_of(mail, "html")


def test_what_was_answered_as_a_trial_is_the_accounts_own(site: Site) -> None:
    known = a_person(site, EMAIL, "Kari Nordmann")
    _, trial = a_trial(site)
    (company,) = trial.organisations("owner")
    handed_in = submitted(site, trial, company, WORKSHOP)

    keep(site, trial)

    at = open_question(site, as_actor(site, known), handed_in.id, QUESTION)
    assert {version.by.name for version in history_of(site, at)} == {"Kari Nordmann"}
    with site.database.read() as session:
        assert session.get(Person, trial.person_id) is None
        assert {column: authors(session, column) for column in WRITTEN} == {
            column: {known} for column in WRITTEN
        }


def test_a_kept_trials_link_is_used_and_not_unknown(site: Site) -> None:
    a_person(site, EMAIL)
    _, trial = a_trial(site)

    keep(site, trial)

    with site.database.read() as session:
        link = session.scalars(select(SigninLink)).one()
    assert (link.used_utc, link.person_id) == (SOON, None)


def test_an_account_that_keeps_a_trial_has_its_own_company_still(site: Site) -> None:
    known = a_person(site, EMAIL)
    company = a_company(site, owners=[known])
    _, trial = a_trial(site)

    keep(site, trial)

    assert set(as_actor(site, known, NOW + timedelta(hours=1)).roles) == {
        company,
        *trial.organisations("owner"),
    }


def test_two_ways_of_keeping_one_trial_at_the_same_moment_leave_one_account_with_it(site: Site) -> None:
    _, trial = a_trial(site)
    ways = [
        Arrival(Identity(f"issuer {number}", f"nr{number}@eksempel.no", ""), "nb", trial_id=trial.person_id)
        for number in range(2)
    ]
    start = Barrier(2)

    def come(way: Arrival) -> str:
        start.wait()
        return linking.enter_identified(site, way, SOON).token

    with ThreadPoolExecutor(2) as pool:
        tokens = list(pool.map(come, ways))

    assert [lives(site, token) for token in tokens] == [True, True]
    with site.database.read() as session:
        assert session.scalar(select(func.count()).select_from(Person)) == 2
        assert session.scalar(select(func.count()).select_from(Membership)) == 1


def try_it(site: Site, asker: str, now: datetime = NOW) -> str:
    return start_trial(site.database, "nb", now, site.settings, asker=asker)


def test_a_network_begins_so_many_trials_an_hour(tmp_path: Path) -> None:
    site = make_site(tmp_path, trials_an_hour_a_network=3)
    for _ in range(3):
        try_it(site, "192.0.2.1")

    with pytest.raises(TooOften):
        try_it(site, "192.0.2.1")
    try_it(site, "192.0.2.2")
    try_it(site, "192.0.2.1", NOW + timedelta(hours=1))

    with site.database.read() as session:
        assert session.scalar(select(func.count()).select_from(Organisation)) == 5


def test_one_ipv6_network_is_one_and_a_mapped_address_is_its_ipv4_one(tmp_path: Path) -> None:
    site = make_site(tmp_path, trials_an_hour_a_network=1)
    try_it(site, "2001:db8:1:2::1")
    try_it(site, "192.0.2.1")

    for same in ("2001:db8:1:2:ffff::7", "::ffff:192.0.2.1"):
        with pytest.raises(TooOften):
            try_it(site, same)
    try_it(site, "2001:db8:1:3::1")


def test_trials_at_the_same_moment_are_counted_together(tmp_path: Path) -> None:
    site = make_site(tmp_path, trials_an_hour_a_network=3)
    start = Barrier(8)

    def begin(_: int) -> bool:
        start.wait()
        with suppress(TooOften):
            return bool(try_it(site, "192.0.2.1"))
        return False

    with ThreadPoolExecutor(8) as pool:
        begun = list(pool.map(begin, range(8)))

    assert begun.count(True) == 3


def test_the_count_of_trials_names_no_network_and_goes_after_a_day(site: Site) -> None:
    try_it(site, "192.0.2.1")
    with site.database.read() as session:
        first = session.scalars(select(Tally.hash)).one()

    try_it(site, "192.0.2.2", NOW + timedelta(days=1))

    assert first != hash_of("192.0.2.1")
    with site.database.read() as session:
        assert session.scalars(select(Tally.at_utc)).all() == [NOW + timedelta(days=1)]
