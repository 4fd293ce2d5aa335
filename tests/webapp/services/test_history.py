"""What an answer was before, and taking it up again."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from assessment.answers import Answer
from tests.webapp.sites import (
    NOW,
    a_company,
    a_person,
    a_workshop,
    an_assessment,
    answer_like,
    as_actor,
    example_answers,
    make_site,
    submitted,
)
from webapp.db.tables.people import Person
from webapp.errors import NotAllowed, NotThere, Refused
from webapp.services.actor import Actor
from webapp.services.answering import Said, save_answers
from webapp.services.assessments import change_depth
from webapp.services.authors import Author
from webapp.services.history import history_of, restore
from webapp.services.question import OpenedQuestion, open_question
from webapp.services.site import Site

QUESTION = "strategy.ambition"
ADVANCED = "strategy.material_risk"
CONDITIONAL = "design.service_design"
"""For companies without products, which the example has."""

MISSING = Answer("missing")


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return make_site(tmp_path)


def chosen(value: str) -> Answer:
    return Answer("answered", value)


def answer(site: Site, actor: Actor, assessment: str, given: Answer, base: int) -> None:
    at = NOW + timedelta(minutes=base)
    assert save_answers(site, actor, assessment, [Said(QUESTION, given, base)], at).changed


def look(site: Site, actor: Actor, assessment: str, question: str = QUESTION) -> OpenedQuestion:
    return open_question(site, actor, assessment, question)


def test_history_has_every_version_with_what_it_came_from_and_who_saved_it(site: Site) -> None:
    kari, ola = a_person(site), a_person(site, "ola@eksempel.no", "Ola")
    company = a_company(site, owners=[kari], members=[ola])
    owner, member = as_actor(site, kari), as_actor(site, ola)
    id_ = an_assessment(site, owner, company)
    answer(site, owner, id_, chosen("1"), 0)
    answer(site, member, id_, chosen("3"), 1)

    found = history_of(site, look(site, owner, id_))

    assert [(one.number, one.before, one.answer, one.by, one.at_utc) for one in found] == [
        (2, chosen("1"), chosen("3"), Author("Ola"), NOW + timedelta(minutes=1)),
        (1, MISSING, chosen("1"), Author("Kari Nordmann"), NOW),
    ]


def test_nothing_was_said_to_a_question_without_history(site: Site) -> None:
    owner, company = a_workshop(site)
    id_ = an_assessment(site, owner, company)

    assert history_of(site, look(site, owner, id_)) == ()


def test_an_erased_person_s_versions_stay_without_a_name(site: Site) -> None:
    kari, ola = a_person(site), a_person(site, "ola@eksempel.no", "Ola")
    company = a_company(site, owners=[kari], members=[ola])
    owner = as_actor(site, kari)
    id_ = an_assessment(site, owner, company)
    answer(site, as_actor(site, ola), id_, chosen("1"), 0)

    with site.database.write() as session:
        session.delete(session.get_one(Person, ola))

    found = history_of(site, look(site, owner, id_))
    assert [(one.answer, one.by) for one in found] == [(chosen("1"), Author(is_gone=True))]


def test_taking_an_earlier_answer_up_again_makes_a_new_version(site: Site) -> None:
    owner, company = a_workshop(site)
    id_ = an_assessment(site, owner, company)
    answer(site, owner, id_, chosen("1"), 0)
    answer(site, owner, id_, chosen("3"), 1)

    saved = restore(site, owner, id_, QUESTION, NOW, version=1, base=2)

    assert (saved.changed, saved.versions) == ((QUESTION,), {QUESTION: 3})
    assert look(site, owner, id_).held.answer == chosen("1")
    assert [one.answer for one in history_of(site, look(site, owner, id_))] == [
        chosen("1"),
        chosen("3"),
        chosen("1"),
    ]


def test_an_answer_given_since_the_page_was_made_is_not_overwritten(site: Site) -> None:
    kari, ola = a_person(site), a_person(site, "ola@eksempel.no", "Ola")
    company = a_company(site, owners=[kari], members=[ola])
    owner = as_actor(site, kari)
    id_ = an_assessment(site, owner, company)
    answer(site, owner, id_, chosen("1"), 0)
    answer(site, owner, id_, chosen("2"), 1)
    answer(site, as_actor(site, ola), id_, chosen("4"), 2)

    saved = restore(site, owner, id_, QUESTION, NOW, version=1, base=2)

    assert saved.changed == ()
    assert saved.clashes[0].theirs.answer == chosen("4")
    assert look(site, owner, id_).held.answer == chosen("4")


def test_taking_up_what_stands_already_changes_nothing(site: Site) -> None:
    owner, company = a_workshop(site)
    id_ = an_assessment(site, owner, company)
    answer(site, owner, id_, chosen("1"), 0)

    saved = restore(site, owner, id_, QUESTION, NOW, version=1, base=1)

    assert (saved.changed, saved.clashes) == ((), ())


def test_a_version_that_never_was_is_not_there(site: Site) -> None:
    owner, company = a_workshop(site)
    id_ = an_assessment(site, owner, company)
    answer(site, owner, id_, chosen("1"), 0)

    with pytest.raises(NotThere):
        restore(site, owner, id_, QUESTION, NOW, version=2, base=1)


def test_what_was_handed_in_stays_but_its_history_can_be_read(site: Site) -> None:
    owner, company = a_workshop(site)
    handed_in = submitted(site, owner, company)

    at = look(site, owner, handed_in.id)

    assert len(history_of(site, at)) == 1
    assert not at.takes_answers
    with pytest.raises(Refused, match=r"wizard\.locked"):
        restore(site, owner, handed_in.id, QUESTION, NOW, version=1, base=1)


def test_others_cannot_take_answers_up_again(site: Site) -> None:
    kari, rita = a_person(site), a_person(site, "rita@eksempel.no")
    company = a_company(site, owners=[kari], advisors=[rita])
    owner = as_actor(site, kari)
    id_ = an_assessment(site, owner, company)
    answer(site, owner, id_, chosen("1"), 0)

    stranger = a_person(site, "else@eksempel.no")
    for person in (rita, stranger):
        with pytest.raises(NotThere):
            restore(site, as_actor(site, person), id_, QUESTION, NOW, version=1, base=1)
    handed_in = submitted(site, owner, company, period="2024").id
    with pytest.raises(NotAllowed):
        restore(site, as_actor(site, rita), handed_in, QUESTION, NOW, version=1, base=1)


def test_an_answer_of_a_depth_that_is_no_longer_asked_is_kept_and_said_to_be_unused(site: Site) -> None:
    owner, company = a_workshop(site)
    id_ = an_assessment(site, owner, company, depth="advanced")
    given = Answer("unknown")
    assert save_answers(site, owner, id_, [Said(ADVANCED, given, 0)], NOW).changed

    change_depth(site, owner, id_, "basic", NOW)

    at = look(site, owner, id_, ADVANCED)
    assert (at.is_of_depth, at.is_asked, at.is_unused, at.takes_answers) == (False, False, True, False)
    assert at.held.answer == given
    with pytest.raises(NotThere):
        restore(site, owner, id_, ADVANCED, NOW, version=1, base=1)


def test_an_answer_that_other_answers_hide_is_kept_and_can_still_be_looked_back_on(site: Site) -> None:
    owner, company = a_workshop(site)
    id_ = an_assessment(site, owner, company)
    answer_like(site, owner, id_, example_answers())
    for base, value in enumerate(("1", "2")):
        save_answers(site, owner, id_, [Said(CONDITIONAL, chosen(value), base)], NOW)

    at = look(site, owner, id_, CONDITIONAL)

    assert (at.is_of_depth, at.is_asked, at.is_unused, at.takes_answers) == (True, False, True, True)
    assert restore(site, owner, id_, CONDITIONAL, NOW, version=1, base=2).changed == (CONDITIONAL,)
