"""A company with its people and two advisors, and all that the company's side may try to do.

Each deed says from the model alone what it should meet, tries it, and has the model follow.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule
from sqlalchemy import func, select

from assessment.answers import Answer
from tests.webapp.services.histories import OK, QUESTIONS, Paper
from tests.webapp.sites import NOW, a_company, a_person, an_assessment, as_actor, example_answers
from webapp.db.tables.people import Person
from webapp.errors import NotAllowed, NotThere, Refused
from webapp.services import answering, discussion, profile, reviewing, rounds, submitting
from webapp.services.actor import Actor
from webapp.services.site import Site

MOST_ROUNDS = 2

ADVISORS = ("rita", "rolf")
COMPANY = ("owner", "member")
by_company = st.sampled_from(("owner", "owner", "owner", "member", "member", "rita", "stranger"))
by_advisor = st.sampled_from(("rita", "rita", "rita", "rolf", "rolf", "owner", "stranger"))
papers = st.integers(0, MOST_ROUNDS - 1)
questions = st.sampled_from(QUESTIONS)
values = st.sampled_from(("0", "2", "4"))
reasons = st.sampled_from(("", "Se på tallene.", "Se på tallene."))


def outcome(deed: Callable[[], object]) -> str:
    """What came of a deed: ok, or what was raised."""
    try:
        deed()
    except Refused as refused:
        return f"Refused {refused.code}"
    except (NotThere, NotAllowed) as error:
        return type(error).__name__
    return OK


class CompanySide(RuleBasedStateMachine):
    """One company with its assessments, and the model of each."""

    site: Site

    def __init__(self) -> None:
        super().__init__()
        self.clock, self.at = NOW, 0
        site = self.site
        with site.database.read() as session:
            known = session.scalar(select(func.count()).select_from(Person))
        names = (*COMPANY, *ADVISORS, "stranger")
        self.people = {name: a_person(site, f"{name}{known}@eksempel.no", name) for name in names}
        owner, member, rita, rolf, _ = self.people.values()
        self.company = a_company(
            site, "Eksempel AS", None, owners=[owner], members=[member], advisors=[rita, rolf]
        )
        self.present = {*COMPANY, *ADVISORS}
        facts = example_answers().profile.items()
        said = [profile.SaidFact(id_, value, 0) for id_, value in facts]
        profile.save_profile(site, self.actor("owner"), self.company, said, NOW)
        self.papers = [Paper(an_assessment(site, self.actor("owner"), self.company, period="2025"))]
        self.touched = self.papers[0]

    def actor(self, who: str) -> Actor:
        """Somebody with what they are now."""
        return as_actor(self.site, self.people[who], self.clock)

    def paper(self, at: int) -> Paper:
        """One of the assessments, an hour's fraction later."""
        self.clock += timedelta(minutes=7)
        self.touched = self.papers[at % len(self.papers)]
        return self.touched

    def is_one_of(self, who: str, side: tuple[str, ...]) -> bool:
        """Whether somebody belongs to a side now."""
        return who in side and who in self.present

    def as_company(self, who: str, paper: Paper) -> str:
        """What somebody meets at what is for the company's people."""
        if self.is_one_of(who, COMPANY):
            return OK
        is_seen = self.is_one_of(who, ADVISORS) and paper.state != "draft"
        return "NotAllowed" if is_seen else "NotThere"

    def as_advisor(self, who: str, paper: Paper) -> str:
        """What somebody meets at what is for its advisors alone."""
        is_in = self.is_one_of(who, ADVISORS) and paper.state != "draft"
        return OK if is_in else "NotThere"

    # The company's deeds.

    @rule(at=papers, who=by_company, question=questions, value=values)
    def answer(self, at: int, who: str, question: str, value: str) -> None:
        paper = self.paper(at)
        met = self.as_company(who, paper)
        if met == OK and not paper.is_editable:
            met = "Refused wizard.locked"
        said = answering.Said(question, Answer("answered", value), paper.answers.get(question, ("", 0))[1])

        assert met == outcome(
            lambda: answering.save_answers(self.site, self.actor(who), paper.id, [said], self.clock)
        )
        if met == OK:
            paper.answer(question, value, who)

    @rule(at=papers, who=by_company, question=questions, value=values)
    def answer_on_an_old_page(self, at: int, who: str, question: str, value: str) -> None:
        paper = self.paper(at)
        held, version = paper.answers.get(question, ("", 0))
        if version < 2 or not paper.is_editable or self.as_company(who, paper) != OK:
            return
        said = answering.Said(question, Answer("answered", value), version - 1)

        saved = answering.save_answers(self.site, self.actor(who), paper.id, [said], self.clock)

        was = next(old for id_, number, old in paper.versions if (id_, number) == (question, version - 1))
        is_another, is_own = value not in (held, was), paper.last_by[question] == who
        assert bool(saved.clashes) is (is_another and not is_own)
        if is_another and is_own:
            paper.answer(question, value, who)

    @rule(at=papers, who=by_company, is_late=st.booleans())
    def submit(self, at: int, who: str, is_late: bool) -> None:
        """``is_late``: from a page that was made before the last hand-in."""
        paper = self.paper(at)
        is_late = is_late and paper.submissions > 0
        met = self.as_company(who, paper)
        if met == OK and who != "owner":
            met = "NotAllowed"
        if met == OK and not is_late and not paper.is_editable:
            met = "Refused wizard.locked"
        after = paper.submissions - is_late

        assert met == outcome(
            lambda: submitting.submit(self.site, self.actor(who), paper.id, after, self.clock)
        )
        if met == OK and not is_late:
            paper.submit()

    @rule(at=papers, who=by_company)
    def withdraw(self, at: int, who: str) -> None:
        paper = self.paper(at)
        met = self.as_company(who, paper)
        if met == OK and who != "owner":
            met = "NotAllowed"
        elif met == OK and paper.state != "submitted":
            met = "Refused review.not_now"
        elif met == "NotAllowed":
            met = "NotThere"  # an advisor has no such deed

        assert met == outcome(lambda: reviewing.withdraw(self.site, self.actor(who), paper.id, self.clock))
        if met == OK:
            paper.step("withdraw", "draft")

    @rule(at=papers, who=by_company, question=questions)
    def comment(self, at: int, who: str, question: str) -> None:
        paper, said = self.paper(at), f"Innlegg {self.clock}"
        met, made = self.as_company(who, paper), list[str]()

        assert met == outcome(
            lambda: made.append(
                discussion.write_comment(
                    self.site, self.actor(who), paper.id, question, self.clock, text=said
                )
            )
        )
        for id_ in made:
            paper.comments[id_] = (question, self.people[who], said)

    @rule(at=papers, who=by_company, which=st.integers(0, 9))
    def remove_comment(self, at: int, who: str, which: int) -> None:
        paper = self.paper(at)
        if not paper.comments:
            self.comment(at, "owner", QUESTIONS[0])
        id_ = sorted(paper.comments)[which % len(paper.comments)]
        question, author, _ = paper.comments[id_]
        met = self.as_company(who, paper)
        if met == OK and author != self.people[who]:
            met = "NotAllowed"

        assert met == outcome(
            lambda: discussion.remove_comment(
                self.site, self.actor(who), paper.id, question, self.clock, comment_id=id_
            )
        )
        if met == OK:
            paper.comments[id_] = (question, author, "")

    @rule(at=papers, who=by_company, carries=st.booleans())
    def start_round(self, at: int, who: str, carries: bool) -> None:
        paper = self.paper(at)
        if len(self.papers) == MOST_ROUNDS:
            return
        period, made = str(2026 + len(self.papers)), list[str]()
        met = self.as_company(who, paper)
        if met == OK and paper.is_editable:
            met = "Refused rounds.not_handed_in"

        assert met == outcome(
            lambda: made.append(
                rounds.start_round(
                    self.site,
                    self.actor(who),
                    paper.id,
                    self.clock,
                    depth="basic",
                    period=period,
                    carries=carries,
                )
            )
        )
        for id_ in made:
            paper.step("start_new_round", paper.state)
            self.papers.append(Paper(id_))
            for question, (value, _) in paper.answers.items() if carries else ():
                self.papers[-1].answer(question, value, who)
