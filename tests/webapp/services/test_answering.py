"""Saving answers: nothing is overwritten unseen, nothing acknowledged is lost."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
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
    as_actor,
    make_site,
    submitted,
)
from webapp.db import queries_assessments as queries
from webapp.errors import NotThere, Refused
from webapp.services.actor import Actor
from webapp.services.answering import Said, save_answers
from webapp.services.opening import open_assessment
from webapp.services.site import Site

QUESTION = "strategy.ambition"
LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return make_site(tmp_path)


def chosen(value: str) -> Answer:
    return Answer("answered", value)


def two_at_one(site: Site) -> tuple[Actor, Actor, str]:
    """An owner, a colleague, and the assessment of both."""
    kari, ola = a_person(site), a_person(site, "ola@eksempel.no", "Ola")
    company = a_company(site, owners=[kari], members=[ola])
    owner = as_actor(site, kari)
    return owner, as_actor(site, ola), an_assessment(site, owner, company)


def test_an_answer_gets_a_version_and_a_line_of_history(site: Site) -> None:
    actor, company = a_workshop(site)
    id_ = an_assessment(site, actor, company)

    saved = save_answers(site, actor, id_, [Said(QUESTION, chosen("2"), 0)], NOW)

    assert saved.versions == {QUESTION: 1}
    held = open_assessment(site, actor, id_).held[QUESTION]
    assert (held.answer, held.version, held.by_person_id) == (chosen("2"), 1, actor.person_id)
    with site.database.read() as session:
        assert [change.version for change in queries.changes_of(session, id_, QUESTION)] == [1]


def test_saying_the_same_again_changes_nothing_whatever_version_it_came_from(site: Site) -> None:
    actor, company = a_workshop(site)
    id_ = an_assessment(site, actor, company)
    save_answers(site, actor, id_, [Said(QUESTION, chosen("2"), 0)], NOW)

    again = save_answers(site, actor, id_, [Said(QUESTION, chosen("2"), 0)], LATER)

    assert (again.versions, again.changed, again.clashes) == ({QUESTION: 1}, (), ())


def test_two_people_who_answer_differently_get_a_clash_with_mine_theirs_and_before(site: Site) -> None:
    owner, colleague, id_ = two_at_one(site)
    save_answers(site, owner, id_, [Said(QUESTION, chosen("1"), 0)], NOW)
    save_answers(site, colleague, id_, [Said(QUESTION, chosen("2"), 1)], LATER)

    saved = save_answers(site, owner, id_, [Said(QUESTION, chosen("3"), 1)], LATER)

    clash = saved.clashes[0]
    assert (clash.mine, clash.theirs.answer, clash.before) == (chosen("3"), chosen("2"), chosen("1"))
    assert (clash.theirs.version, clash.theirs.by_person_id) == (2, colleague.person_id)
    assert open_assessment(site, owner, id_).held[QUESTION].answer == chosen("2")


def test_nobody_clashes_with_themselves_and_the_earlier_answer_stays_in_the_history(site: Site) -> None:
    """The reply to the first was lost on its way, or the page is open twice."""
    owner, company = a_workshop(site)
    id_ = an_assessment(site, owner, company)
    save_answers(site, owner, id_, [Said(QUESTION, chosen("2"), 0)], NOW)

    saved = save_answers(site, owner, id_, [Said(QUESTION, chosen("3"), 0)], LATER)

    assert (saved.clashes, saved.versions) == ((), {QUESTION: 2})
    with site.database.read() as session:
        assert [change.version for change in queries.changes_of(session, id_, QUESTION)] == [2, 1]


def test_somebody_else_between_two_own_answers_is_a_clash(site: Site) -> None:
    owner, colleague, id_ = two_at_one(site)
    save_answers(site, owner, id_, [Said(QUESTION, chosen("1"), 0)], NOW)
    save_answers(site, colleague, id_, [Said(QUESTION, chosen("2"), 1)], NOW)

    saved = save_answers(site, owner, id_, [Said(QUESTION, chosen("4"), 0)], LATER)

    assert [clash.theirs.answer for clash in saved.clashes] == [chosen("2")]


@pytest.mark.parametrize(("is_touched", "stands"), [(False, "2"), (True, "1")])
def test_going_back_to_what_stood_before_is_saved_where_it_is_known_to_be_meant(
    site: Site, *, is_touched: bool, stands: str
) -> None:
    owner, company = a_workshop(site)
    id_ = an_assessment(site, owner, company)
    save_answers(site, owner, id_, [Said(QUESTION, chosen("1"), 0)], NOW)
    save_answers(site, owner, id_, [Said(QUESTION, chosen("2"), 1)], NOW)

    saved = save_answers(site, owner, id_, [Said(QUESTION, chosen("1"), 1, is_touched)], LATER)

    assert saved.clashes == ()
    assert open_assessment(site, owner, id_).held[QUESTION].answer == chosen(stands)


def test_an_untouched_question_of_an_old_form_leaves_the_other_s_answer_alone(site: Site) -> None:
    owner, company = a_workshop(site)
    id_ = an_assessment(site, owner, company)
    save_answers(site, owner, id_, [Said(QUESTION, chosen("1"), 0)], NOW)
    save_answers(site, owner, id_, [Said(QUESTION, chosen("2"), 1)], LATER)

    saved = save_answers(site, owner, id_, [Said(QUESTION, chosen("1"), 1)], LATER)

    assert (saved.clashes, saved.changed) == ((), ())
    assert open_assessment(site, owner, id_).held[QUESTION].answer == chosen("2")


def test_saving_from_the_newest_version_settles_a_clash(site: Site) -> None:
    owner, company = a_workshop(site)
    id_ = an_assessment(site, owner, company)
    save_answers(site, owner, id_, [Said(QUESTION, chosen("1"), 0)], NOW)
    save_answers(site, owner, id_, [Said(QUESTION, chosen("2"), 1)], NOW)

    save_answers(site, owner, id_, [Said(QUESTION, chosen("3"), 2)], LATER)

    assert open_assessment(site, owner, id_).held[QUESTION].answer == chosen("3")


def test_of_two_first_answers_at_the_same_moment_one_stands_and_one_clashes(site: Site) -> None:
    owner, colleague, id_ = two_at_one(site)
    start, found = threading.Barrier(2), []

    def answer(who: Actor, value: str) -> None:
        start.wait()
        found.append(save_answers(site, who, id_, [Said(QUESTION, chosen(value), 0)], NOW))

    threads = [threading.Thread(target=answer, args=said) for said in ((owner, "1"), (colleague, "3"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(len(saved.clashes) for saved in found) == [0, 1]
    assert sorted(len(saved.changed) for saved in found) == [0, 1]


@pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)
def test_on_postgresql_answers_are_saved_side_by_side(site: Site) -> None:
    owner, company = a_workshop(site)
    id_ = an_assessment(site, owner, company)

    with ThreadPoolExecutor(1) as other, site.database.write(is_alone=False):
        saving = other.submit(
            save_answers, site, owner, id_, [Said(QUESTION, Answer("answered", "2"), 0)], NOW
        )
        saved = saving.result(5)

    assert saved.changed == (QUESTION,)


def test_an_answer_that_was_handed_in_cannot_be_changed(site: Site) -> None:
    owner, company = a_workshop(site)
    handed_in = submitted(site, owner, company)

    with pytest.raises(Refused, match=r"wizard\.locked"):
        save_answers(site, owner, handed_in.id, [Said(QUESTION, chosen("0"), 1)], LATER)


def test_another_company_s_assessment_is_not_there(site: Site) -> None:
    owner, company = a_workshop(site)
    id_ = an_assessment(site, owner, company)
    stranger = a_person(site, "else@eksempel.no")
    a_company(site, "Eksempel Butikk AS", "315637023", owners=[stranger])

    with pytest.raises(NotThere):
        save_answers(site, as_actor(site, stranger), id_, [Said(QUESTION, chosen("1"), 0)], NOW)


@pytest.mark.parametrize("question", ["no.such", "inputs.knowledge_advanced", ""])
def test_a_question_that_is_not_asked_is_not_there(site: Site, question: str) -> None:
    owner, company = a_workshop(site)
    id_ = an_assessment(site, owner, company)

    with pytest.raises(NotThere):
        save_answers(site, owner, id_, [Said(question, chosen("1"), 0)], NOW)


def test_an_emptied_answer_is_a_version_of_its_own(site: Site) -> None:
    owner, company = a_workshop(site)
    id_ = an_assessment(site, owner, company)
    save_answers(site, owner, id_, [Said(QUESTION, chosen("1"), 0)], NOW)

    saved = save_answers(site, owner, id_, [Said(QUESTION, Answer("missing"), 1)], LATER)

    opened = open_assessment(site, owner, id_)
    assert saved.versions == {QUESTION: 2}
    assert QUESTION not in opened.answers.answers
