"""What companies of a programme lack beside the help there is, for those who run it.

What companies lack is read from what a cohort has been told, never from anybody's answers. An organisation
that answered the questionnaire on collaboration is named where it lets its name be shown, and else not
counted: a number that changes from one day to the next would tell who joined.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from assessment.answers import Answer
from assessment.cohort.told import ToldTable
from assessment.support.demand import Named, ThemeBalance, balance, theme_demand
from webapp.db import queries_cohorts
from webapp.db import queries_support as queries
from webapp.db.queries_assessments import submissions_with
from webapp.db.queries_organisations import organisations_named
from webapp.db.queries_portfolio import handed_in
from webapp.db.queries_releases import newest_in_programme
from webapp.db.tables.organisations import Programme
from webapp.errors import NotThere
from webapp.services.actor import Actor
from webapp.services.offering import actor_in
from webapp.services.releasepages import told_in
from webapp.services.shelf import SUPPORT
from webapp.services.site import Site
from webapp.services.submitted import ResultDiffers, given_answers, given_of
from webapp.services.uses import Use

QUESTIONNAIRE = "collaboration"

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Balance:
    """Demand and support of a programme. ``has_figures``: something was released; ``helpers``: names."""

    programme_id: str
    programme: str
    themes: tuple[ThemeBalance, ...]
    has_figures: bool
    helpers: tuple[str, ...]
    entries: int

    @property
    def short(self) -> tuple[ThemeBalance, ...]:
        """The themes where much is lacking and little help is there."""
        return tuple(one for one in self.themes if one.is_short)


def open_balance(site: Site, actor: Actor, programme_id: str) -> Balance:
    """The balance for somebody who runs the programme; without any release only the help is known.

    Raises NotThere.
    """
    if programme_id not in actor.programmes:
        raise NotThere
    with site.database.read() as session:
        programme = session.get_one(Programme, programme_id)
        actors = [actor_in(row) for row in queries.actors_of(session, [programme_id])]
        named = _named(session, site, programme_id)
        demand = theme_demand(_told(session, programme_id))
    return Balance(
        programme_id=programme_id,
        programme=programme.name,
        themes=balance(demand, actors, named),
        has_figures=bool(demand),
        helpers=tuple(one.name for one in named),
        entries=sum(bool(one.offers) for one in actors),
    )


def _told(session: Session, programme_id: str) -> list[ToldTable]:
    """The tables of the newest release of each questionnaire."""
    newest = newest_in_programme(session, programme_id)
    return [table for row, cohort in newest for table in told_in(row, cohort).tables]


def _letting(session: Session, programme_id: str, use: Use) -> set[str]:
    """The companies that let a use in some cohort of a programme."""
    cohorts = queries_cohorts.cohorts_of(session, programme_id)
    return {id_ for one in cohorts for id_ in queries_cohorts.consenting(session, one.id, use)}


def _named(session: Session, site: Site, programme_id: str) -> list[Named]:
    """Organisations that have handed in what they offer and let their names be shown, by name."""
    every = handed_in(session, sorted(_letting(session, programme_id, "tables")))
    rows = [row for row in every if row.questionnaire == QUESTIONNAIRE]
    held = {one.id: (one, whose) for one, whose in submissions_with(session, [r.submission_id for r in rows])}
    names = {one.id: one.name for one in organisations_named(session, {r.organisation_id for r in rows})}
    found: dict[str, Named] = {}
    for row in rows:
        if row.organisation_id in found:
            continue
        given = given_of(*held[row.submission_id])
        try:
            answers = given_answers(site, given).answers
        except ResultDiffers:
            log.error("a hand-in of %s names nobody that helps", given.questionnaire)
            continue
        found[row.organisation_id] = Named(
            name=names[row.organisation_id],
            help=_chosen(answers, SUPPORT),
            themes=_chosen(answers, "needs.themes"),
        )
    return sorted(found.values(), key=lambda one: one.name.casefold())


def _chosen(answers: Mapping[str, Answer], question_id: str) -> frozenset[str]:
    """The options of an answer with several."""
    answer = answers.get(question_id)
    return frozenset(map(str, answer.value)) if answer and isinstance(answer.value, tuple) else frozenset()
