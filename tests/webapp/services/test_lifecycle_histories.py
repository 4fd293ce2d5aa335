"""Owners, members and two advisors do whatever comes to mind, in any order, over several rounds.

After every deed what is stored is what the model says: no step was taken that cannot be, and no comment,
note, judgement, request, answer or hand-in was ever lost.
"""

from __future__ import annotations

import os
import threading
from collections import Counter
from itertools import pairwise
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import select

from tests.webapp.services.histories import EDITABLE, OK, QUESTIONS, Paper, Said, stored
from tests.webapp.services.players import (
    ADVISORS,
    COMPANY,
    CompanySide,
    by_advisor,
    outcome,
    papers,
    questions,
    reasons,
)
from tests.webapp.sites import NOW, make_site
from webapp.db.tables.assessments import StateChange
from webapp.db.tables.people import Membership
from webapp.services import colleagues, judging, notes, requesting, reviewing, staffing

IS_HOSTILE = os.environ.get("KRETSLOP_HOSTILE") == "1"
HISTORIES, DEEDS = (200, 60) if IS_HOSTILE else (12, 30)
ELSEWHERE = 200 if IS_HOSTILE else 6
"""How many on PostgreSQL, where each takes longer: what it does differently is shown by two at once."""


class Histories(CompanySide):
    """With the advisors' side, and people who come and go."""

    @rule(
        at=papers,
        who=by_advisor,
        event=st.sampled_from(("start_review", "send_back", "approve", "reopen")),
        reason=reasons,
    )
    def decide(self, at: int, who: str, event: str, reason: str) -> None:
        paper = self.paper(at)
        met = self.as_advisor(who, paper)
        if self.is_one_of(who, COMPANY):
            met = "NotAllowed"
        elif met == OK:
            met = paper.may_decide(event, reason)

        assert met == outcome(lambda: self._decide(who, paper, event, reason))
        if met == OK:
            paper.decide(event, reason)

    @rule(
        at=papers,
        steps=st.lists(st.tuples(st.integers(0, 3), st.none() | questions), min_size=3, max_size=10),
    )
    def go_on(self, at: int, steps: list[tuple[int, str | None]]) -> None:
        """Take steps that can be taken, so that histories get somewhere.

        Of each: how it is chosen where there are two, and a question that is judged on the way.
        """
        for choice, question in steps:
            state = self.papers[at % len(self.papers)].state
            who = next((one for one in ADVISORS if one in self.present), "rita")
            if question is not None and state == "in_review":
                said = Said("2", True, "" if choice == 0 else "Vi så planen.")
                self.judge(at, who, question, said, is_old=False)
            if state in EDITABLE:
                self.submit(at, "owner", is_late=False)
            elif state == "submitted" and choice == 0:
                self.withdraw(at, "owner")
            else:
                events = {"submitted": "start_review", "approved": "reopen", "in_review": "send_back"}
                event = "approve" if state == "in_review" and choice in (0, 1) else events[state]
                self.decide(at, who, event, "Se over.")
            self.everything_is_there_and_nothing_else()

    def _decide(self, who: str, paper: Paper, event: str, reason: str) -> None:
        reviewing.decide(self.site, self.actor(who), paper.id, event, self.clock, reason=reason)

    @precondition(lambda self: self.present.issuperset(ADVISORS))
    @rule(at=papers, wishes=st.permutations(("approve", "send_back")))
    def decide_at_once(self, at: int, wishes: list[str]) -> None:
        """Of two who decide in the same moment one does."""
        paper = self.paper(at)
        if paper.state == "submitted":
            wishes = ["start_review", "start_review"]
        if any(paper.may_decide(event, "Se over.") != OK for event in wishes):
            return
        start, met = threading.Barrier(2), dict[str, str]()

        def one(who: str, event: str) -> None:
            start.wait()
            met[who] = outcome(lambda: self._decide(who, paper, event, "Se over."))

        threads = [threading.Thread(target=one, args=pair) for pair in zip(ADVISORS, wishes, strict=True)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert sorted(met.values()) == ["Refused review.not_now", OK]
        paper.decide(wishes[ADVISORS.index(next(who for who in met if met[who] == OK))], "Se over.")

    @rule(
        at=papers,
        who=by_advisor,
        question=questions,
        said=st.builds(
            Said,
            st.sampled_from((None, "0", "2", "4")),
            st.booleans(),
            st.sampled_from(("", "Vi så planen.")),
        ),
        is_old=st.integers(0, 4).map(lambda one: one == 0),
    )
    def judge(self, at: int, who: str, question: str, said: Said, is_old: bool) -> None:
        """``is_old``: from a page that was made before the last one saved."""
        paper = self.paper(at)
        version, _ = paper.judged.get((paper.submissions, question), (0, None))
        is_old = is_old and version > 0
        met = self.as_advisor(who, paper)
        if met == OK and paper.state != "in_review":
            met = "Refused review.not_now"
        wanted = judging.Judgement(said.rating, said.is_confirmed, said.reason)

        assert met == outcome(
            lambda: judging.judge(
                self.site,
                self.actor(who),
                paper.id,
                question,
                self.clock,
                judgement=wanted,
                base=version - is_old,
            )
        )
        if met == OK and not is_old:
            paper.judge(question, said)

    @rule(at=papers, who=by_advisor, question=questions, reason=reasons)
    def request_again(self, at: int, who: str, question: str, reason: str) -> None:
        paper = self.paper(at)
        met = self.as_advisor(who, paper)
        if met == OK and paper.state != "in_review":
            met = "Refused review.not_now"

        assert met == outcome(
            lambda: requesting.request_again(
                self.site, self.actor(who), paper.id, question, self.clock, reason=reason
            )
        )
        if met == OK:
            paper.request(question, reason)

    @rule(at=papers, who=by_advisor, question=st.none() | questions, is_shared=st.booleans())
    def write_note(self, at: int, who: str, question: str | None, is_shared: bool) -> None:
        paper = self.paper(at)
        met, made = self.as_advisor(who, paper), list[str]()
        if met == OK and is_shared and paper.state == "approved":
            met = "Refused review.locked"
        text = f"{'Delt' if is_shared else PRIVATE} {self.clock}"

        assert met == outcome(
            lambda: made.append(
                notes.write_note(
                    self.site,
                    self.actor(who),
                    paper.id,
                    self.clock,
                    text=text,
                    is_shared=is_shared,
                    question_id=question,
                )
            )
        )
        for id_ in made:
            paper.notes[id_] = [question, paper.submissions, self.people[who], text, is_shared]

    @rule(at=papers, who=by_advisor, which=st.integers(0, 9), is_sharing=st.booleans())
    def share_or_remove_note(self, at: int, who: str, which: int, is_sharing: bool) -> None:
        paper = self.paper(at)
        if not paper.notes:
            self.write_note(at, "rita", None, is_shared=False)
        if not paper.notes:
            return
        id_ = sorted(paper.notes)[which % len(paper.notes)]
        note, met = paper.notes[id_], self.as_advisor(who, paper)
        if met == OK and note[2] != self.people[who]:
            met = "NotAllowed"
        elif met == OK and is_sharing and paper.state == "approved":
            met = "Refused review.locked"
        elif met == OK and not is_sharing and note[4]:
            met = "Refused review.note_shared"
        deed = notes.share_note if is_sharing else notes.remove_note

        assert met == outcome(lambda: deed(self.site, self.actor(who), paper.id, self.clock, note_id=id_))
        if met == OK and is_sharing and note[3]:
            note[4] = True
        elif met == OK and not is_sharing:
            note[3] = ""

    # People who come and go.

    @rule(who=st.sampled_from(ADVISORS))
    def end_or_give_assignment(self, who: str) -> None:
        email = self.actor(who).email or ""
        if who in self.present:
            staffing.remove_advisor(self.site.database, email, self.company, self.clock)
        else:
            staffing.add_advisor(self.site.database, email, self.company, self.clock, language="nb")
        self.present ^= {who}

    @rule()
    def remove_or_bring_back_the_member(self) -> None:
        member = self.people["member"]
        if "member" in self.present:
            colleagues.remove(self.site, self.actor("owner"), self.company, member, self.clock)
        else:
            with self.site.database.write() as session:
                session.add(
                    Membership(organisation_id=self.company, person_id=member, role="member", since_utc=NOW)
                )
        self.present ^= {"member"}

    # What holds whatever was done.

    @invariant()
    def everything_is_there_and_nothing_else(self) -> None:
        with self.site.database.read() as session:
            assert stored(session, self.touched.id) == self.touched.seen()

    @invariant()
    def the_company_reads_what_was_shared_and_nothing_else(self) -> None:
        found = notes.shared_notes(self.site, self.actor("owner"), self.touched.id)
        shared = {id_: note[3] for id_, note in self.touched.notes.items() if note[4]}
        assert {one.id: " ".join(one.lines) for one in found} == shared
        assert PRIVATE not in repr([one for one in found if not one.is_shared])

    def teardown(self) -> None:
        """The others have not changed meanwhile either."""
        with self.site.database.read() as session:
            for paper in self.papers:
                assert stored(session, paper.id) == paper.seen()
                decided_once(paper)


PRIVATE = "Privat"
EVERY_STEP = (
    *("submit", "withdraw", "start_review", "send_back"),
    *("resubmit", "approve", "reopen", "start_new_round"),
)
"""Histories that got nowhere would have shown nothing."""


def decided_once(paper: Paper) -> None:
    """Between two hand-ins nothing is decided twice, and an approval stands exactly while it is approved."""
    told = [event for event, _, _ in paper.steps if event in ("submit", "resubmit", "send_back", "approve")]
    assert all("submit" in first + second for first, second in pairwise(told))
    assert [one for *_, one in paper.approvals].count(False) == (paper.state == "approved")


def test_what_was_made_of_an_answer_outlives_a_hand_in_that_was_taken_back(tmp_path: Path) -> None:
    """Nobody reviewed the second hand-in; the third is reviewed with what was made of the first."""
    Here = type("Here", (Histories,), {"site": make_site(tmp_path)})  # noqa: N806
    history, said = Here(), Said("2", True, "Vi så planen.")
    history.submit(0, "owner", is_late=False)
    history.decide(0, "rita", "start_review", "")
    history.judge(0, "rita", QUESTIONS[0], said, is_old=False)
    history.decide(0, "rita", "send_back", "Se over.")
    history.submit(0, "owner", is_late=False)
    history.withdraw(0, "owner")
    history.submit(0, "owner", is_late=False)

    history.decide(0, "rita", "start_review", "")

    assert history.papers[0].judged[3, QUESTIONS[0]] == (1, said)
    history.everything_is_there_and_nothing_else()


def test_no_history_takes_an_illegal_step_or_loses_a_word(tmp_path: Path) -> None:
    class Here(Histories):
        site = make_site(tmp_path)

    is_sqlite = Here.site.database.engine.dialect.name == "sqlite"
    run_state_machine_as_test(  # type: ignore[no-untyped-call]  # as Hypothesis has it
        Here,
        settings=settings(
            max_examples=HISTORIES if is_sqlite else ELSEWHERE,
            stateful_step_count=DEEDS,
            suppress_health_check=list(HealthCheck),
        ),
    )

    with Here.site.database.read() as session:
        counts = Counter(session.scalars(select(StateChange.event)))
    assert min(counts[event] for event in EVERY_STEP) > 0, counts
