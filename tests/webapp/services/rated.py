"""Many companies that were rated blind, made quickly: rows as the use cases write them, without answers.

What the use cases themselves write is shown beside it by one company that goes all the way.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count

from tests.webapp.sites import NOW, a_company, a_person, a_programme, as_actor
from webapp.db.tables.assessments import Assessment, Submission
from webapp.db.tables.organisations import Participation, Programme, ProgrammeAdvisor, ProgrammeStaff
from webapp.db.tables.reviews import QuestionReview
from webapp.services.actor import Actor
from webapp.services.site import Site

CIRCULAR = "circular_business_models"
Pairs = Mapping[str, tuple[int, int]]
"""By question, what the company chose and what the advisor would have."""


@dataclass
class Panel:
    """A programme with its method owner and advisors, and the companies they have rated."""

    site: Site
    programme: str
    owner: Actor
    advisors: Sequence[str]
    counter: count[int] = field(default_factory=count)

    def rate(
        self,
        pairs: Pairs,
        *,
        by: int = 0,
        company: str = "",
        number: int = 1,
        **changed: object,
    ) -> str:
        """One company's assessment with blind ratings; its id. ``changed``: of the assessment, or ``sha``,
        ``states``: of the hand-in."""
        company = company or self.company()
        sha = str(changed.pop("sha", self.site.shelf.open(CIRCULAR, "1.0.0").plan.sha256))
        states = changed.pop("states", {})
        assert isinstance(states, dict)
        row = Assessment(
            **{
                "organisation_id": company,
                "questionnaire": CIRCULAR,
                "version": "1.0.0",
                "depth": "basic",
                "period": str(2000 + next(self.counter)),
                "state": "in_review",
                "round": 1,
                "started_utc": NOW,
                "changed_utc": NOW,
                "submissions": number,
                **changed,
            }
        )
        with self.site.database.write() as session:
            session.add(row)
            session.flush()
            self.hand_in(row.id, pairs, by=by, number=number, sha=sha, states=states, session=session)
        return row.id

    def hand_in(
        self,
        assessment: str,
        pairs: Pairs,
        *,
        by: int,
        number: int,
        sha: str,
        states: Mapping[str, str],
        session: object,
    ) -> None:
        """One hand-in with its ratings."""
        add_all = session.add_all  # type: ignore[attr-defined]  # of whatever session is open
        add_all([_submission(assessment, number, pairs, sha, states)])
        add_all(
            QuestionReview(
                assessment_id=assessment,
                number=number,
                question_id=question,
                rating=str(other),
                first_rating=str(other),
                first_by=self.advisors[by],
                was_blind=True,
                version=1,
                by_person_id=self.advisors[by],
                at_utc=NOW,
            )
            for question, (_, other) in pairs.items()
        )

    def company(self) -> str:
        """A company of the programme."""
        at = next(self.counter)
        company = a_company(self.site, f"Kanaribedrift {at:03} AS", None)
        with self.site.database.write() as session:
            session.add(Participation(programme_id=self.programme, organisation_id=company, since_utc=NOW))
        return company

    def rate_all(self, all_pairs: Iterable[Pairs], *, by: int = 0) -> None:
        """A company each."""
        for pairs in all_pairs:
            self.rate(pairs, by=by)


def a_panel(site: Site, *, advisors: int = 2) -> Panel:
    """A programme that rates blind, before anybody has rated."""
    owner = a_person(site, "metode@fylke.example", "Mette Metodeeier")
    programme = a_programme(site, "Sirkulær region")
    names = ("Rita Rådgiver", "Rolf Rådgiver", "Runa Rådgiver")[:advisors]
    people = [a_person(site, f"r{at}@fylke.example", name) for at, name in enumerate(names)]
    with site.database.write() as session:
        session.get_one(Programme, programme).rates_blind = True
        session.add(
            ProgrammeStaff(programme_id=programme, person_id=owner, is_method_owner=True, since_utc=NOW)
        )
        session.add_all(
            ProgrammeAdvisor(programme_id=programme, person_id=id_, since_utc=NOW) for id_ in people
        )
    return Panel(site, programme, as_actor(site, owner), people)


def _submission(
    assessment: str, number: int, pairs: Pairs, sha: str, states: Mapping[str, str]
) -> Submission:
    questions = [
        {"id": id_, "state": states.get(id_, "answered"), "score": own} for id_, (own, _) in pairs.items()
    ]
    return Submission(
        assessment_id=assessment,
        number=number,
        receipt=f"{assessment[:8]}-{number}",
        answers="{}",
        result=json.dumps({"dimensions": [{"id": "any", "questions": questions}]}),
        definition_sha256=sha,
        engine="1",
        completed_on=NOW.date(),
        level=None,
        at_utc=NOW,
    )
