"""Referring a company to who can help it: who may, what came of it, and what outlives whom."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest

from questionnaires.programme_values import Words
from questionnaires.support import SupportActor, SupportOffer
from tests.webapp.services.plans import QUESTION, Board, a_board
from tests.webapp.sites import NOW
from webapp.db.tables.organisations import Organisation, Programme
from webapp.db.tables.support import Referral
from webapp.errors import NotThere, Refused
from webapp.services import directorydesk, referring
from webapp.services.actor import Actor
from webapp.services.company_copy import company_copy
from webapp.services.personal_copy import personal_copy
from webapp.services.referrals import Referred

LATER = NOW + timedelta(days=1)
LOAN = SupportOffer(id="loan", title=Words(nb="Lån", nn="Lån", en="Loan"), help=("financing",))
FUND = SupportActor(
    id="new", name="Eksempelfondet", kind="funding", url="https://example.org", offers=(LOAN,)
)


class Help:
    """A company with its advisors, and a fund in the directory of its programme."""

    def __init__(self, board: Board) -> None:
        self.board, self.site = board, board.site
        with self.site.database.read() as session:
            self.programme = session.query(Programme).one().id
        self.fund = directorydesk.add_actor(self.site, board.staff, self.programme, FUND, NOW)

    def refer(self, by: Actor, note: str = "Trenger lån til presse.") -> str:
        return referring.refer(
            self.site,
            by,
            self.board.id,
            NOW,
            offer=f"{self.fund}.loan",
            question_id=QUESTION,
            note=note,
            language="nb",
        )

    def came(self, referral: str, outcome: str, by: Actor, note: str = "") -> None:
        referring.follow_up(self.site, by, self.board.id, referral, LATER, outcome=outcome, note=note)

    def referrals(self, by: str = "owner") -> tuple[Referred, ...]:
        return self.board.plan(by).referrals


@pytest.fixture
def aid(tmp_path: Path) -> Help:
    return Help(a_board(tmp_path))


def test_an_advisor_refers_and_the_company_says_what_came_of_it(aid: Help) -> None:
    id_ = aid.refer(aid.board.advisor)
    aid.came(id_, "contacted", aid.board.advisor, "Ringte.")
    aid.came(id_, "helped", aid.board.member, "Fikk lån.")

    for by in ("owner", "member", "advisor", "second"):
        [one] = aid.referrals(by)
        assert (one.actor, one.offer, one.url) == ("Eksempelfondet", "Lån", "https://example.org")
        assert (one.question_id, one.note, one.outcome) == (QUESTION, "Trenger lån til presse.", "helped")
        assert [(came.outcome, came.note, came.by.name) for came in one.history] == [
            ("contacted", "Ringte.", "rita"),
            ("helped", "Fikk lån.", "ola"),
        ]


@pytest.mark.parametrize("who", ["staff", "stranger"])
def test_nobody_else_refers_reads_or_follows_up(aid: Help, who: str) -> None:
    other: Actor = getattr(aid.board, who)
    id_ = aid.refer(aid.board.owner)

    with pytest.raises(NotThere):
        aid.refer(other)
    with pytest.raises(NotThere):
        aid.referrals(who)
    with pytest.raises(NotThere):
        aid.came(id_, "helped", other)


def test_the_same_sent_twice_is_one_referral_and_one_outcome(aid: Help) -> None:
    first, second = aid.refer(aid.board.owner), aid.refer(aid.board.owner)
    for _ in range(2):
        aid.came(first, "no_answer", aid.board.owner)

    [one] = aid.referrals()
    assert (first == second, len(one.history), one.is_live) == (True, 1, False)


def test_what_is_not_there_is_refused(aid: Help) -> None:
    id_ = aid.refer(aid.board.owner)
    said = {"question_id": None, "note": "", "language": "nb"}

    with pytest.raises(Refused, match=r"support\.offer_missing"):
        referring.refer(aid.site, aid.board.owner, aid.board.id, NOW, offer=f"{aid.fund}.gift", **said)  # type: ignore[arg-type]  # of both kinds
    with pytest.raises(Refused, match=r"support\.outcome_missing"):
        aid.came(id_, "lost", aid.board.owner)
    with pytest.raises(Refused, match=r"support\.note_long"):
        aid.came(id_, "helped", aid.board.owner, "x" * 2001)


def test_an_advisor_who_is_to_rate_first_does_neither(aid: Help) -> None:
    aid.board.rate_blind()

    with pytest.raises(Refused, match="rate_first"):
        aid.refer(aid.board.advisor)


def test_a_referral_outlives_the_entry_it_was_to_and_not_the_company(aid: Help) -> None:
    aid.refer(aid.board.owner)

    directorydesk.remove_actor(aid.site, aid.board.staff, aid.programme, aid.fund, LATER)
    [one] = aid.referrals()
    assert (one.actor, one.actor_id, aid.board.plan().has_directory) == ("Eksempelfondet", None, False)

    with aid.site.database.write() as session:
        session.delete(session.get_one(Organisation, aid.board.company))
    with aid.site.database.read() as session:
        assert session.query(Referral).count() == 0


def test_both_copies_hold_a_referral_with_what_came_of_it(aid: Help) -> None:
    id_ = aid.refer(aid.board.advisor, note="kanari-notat")
    aid.came(id_, "declined", aid.board.owner, "kanari-merknad")

    copy = company_copy(aid.site, aid.board.owner, aid.board.company, LATER)
    with copy.file, ZipFile(copy.file) as archive:
        [name] = [one for one in archive.namelist() if one.endswith("referrals.json")]
        [told] = json.loads(archive.read(name))
    assert (told["actor"], told["note"], told["by"]) == ("Eksempelfondet", "kanari-notat", "rita")
    assert [(one["outcome"], one["note"], one["by"]) for one in told["outcomes"]] == [
        ("declined", "kanari-merknad", "kari")
    ]
    own = json.loads(personal_copy(aid.site, aid.board.advisor, LATER))
    assert own["referrals"][0]["note"] == "kanari-notat"
