"""Comments: the company's own people alone, each their own, and not without end."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, select

from assessment.answers import Answer
from tests.webapp.sites import (
    NOW,
    a_company,
    a_person,
    a_programme,
    a_workshop,
    an_assessment,
    as_actor,
    make_site,
    submitted,
)
from webapp.db.tables.assessments import Comment
from webapp.db.tables.people import Membership, Person
from webapp.db.tables.work import AuditEvent
from webapp.errors import NotAllowed, NotThere, Refused, TooOften
from webapp.services.actor import Actor
from webapp.services.answering import Said, save_answers
from webapp.services.authors import Author
from webapp.services.discussion import (
    COMMENTS_AN_HOUR,
    MAX_COMMENT,
    Remark,
    marks,
    remove_comment,
    thread_of,
    write_comment,
)
from webapp.services.evidence import Upload, add_file
from webapp.services.question import open_question
from webapp.services.sessions import resume
from webapp.services.site import Site
from webapp.services.trial import start_trial

QUESTION = "strategy.ambition"
OTHER = "inputs.knowledge"
CSV = Upload("tonn.csv", b"fraksjon;tonn\ntre;12,5\n")


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return make_site(tmp_path)


def say(site: Site, actor: Actor, assessment: str, text: str, minutes: int = 0) -> str:
    return write_comment(site, actor, assessment, QUESTION, NOW + timedelta(minutes=minutes), text=text)


def thread(site: Site, actor: Actor, assessment: str) -> tuple[Remark, ...]:
    return thread_of(site, actor, open_question(site, actor, assessment, QUESTION))


def a_pair(site: Site) -> tuple[Actor, Actor, str]:
    """An owner, a member of the same company, and the id of its assessment."""
    kari, ola = a_person(site), a_person(site, "ola@eksempel.no", "")
    company = a_company(site, owners=[kari], members=[ola])
    owner = as_actor(site, kari)
    return owner, as_actor(site, ola), an_assessment(site, owner, company)


def test_a_thread_has_what_was_said_in_order_with_who_said_it(site: Site) -> None:
    owner, member, id_ = a_pair(site)

    say(site, owner, id_, "Har dere tallene?\r\n\r\nJeg fant bare halvåret.", 0)
    say(site, member, id_, "Ja.", 5)

    found = thread(site, owner, id_)
    assert [(one.by, one.lines, one.is_own) for one in found] == [
        (Author("Kari Nordmann"), ("Har dere tallene?", "Jeg fant bare halvåret."), True),
        (Author("ola"), ("Ja.",), False),
    ]


def test_what_cannot_be_seen_is_not_kept(site: Site) -> None:
    owner, company = a_workshop(site)
    id_ = an_assessment(site, owner, company)

    say(site, owner, id_, "Se\x00 her\u202e\ud800 \n\x07")

    assert thread(site, owner, id_)[0].lines == ("Se her\ufffd",)


@pytest.mark.parametrize("text", ["", "  \r\n ", "\x00", "\u200b\u202e"])
def test_nothing_is_no_comment(site: Site, text: str) -> None:
    owner, company = a_workshop(site)
    id_ = an_assessment(site, owner, company)

    with pytest.raises(Refused, match=r"discussion\.empty"):
        say(site, owner, id_, text)


def test_a_comment_is_as_long_as_is_allowed_and_no_longer(site: Site) -> None:
    owner, company = a_workshop(site)
    id_ = an_assessment(site, owner, company)

    say(site, owner, id_, "x" * MAX_COMMENT)

    with pytest.raises(Refused, match=r"discussion\.too_long"):
        say(site, owner, id_, "x" * (MAX_COMMENT + 1))


def test_the_same_words_sent_twice_at_once_are_one_comment(site: Site) -> None:
    owner, company = a_workshop(site)
    id_ = an_assessment(site, owner, company)

    first, again, later = (say(site, owner, id_, "Ja.", minutes) for minutes in (0, 1, 3))

    assert first == again != later


def test_a_removed_comment_leaves_its_place_and_none_of_its_words(site: Site) -> None:
    owner, member, id_ = a_pair(site)
    comment = say(site, member, id_, "Kanarifugl")

    remove_comment(site, member, id_, QUESTION, NOW, comment_id=comment)
    remove_comment(site, member, id_, QUESTION, NOW, comment_id=comment)

    found = thread(site, owner, id_)[0]
    assert (found.is_removed, found.lines, found.by) == (True, (), Author("ola"))
    with site.database.read() as session:
        assert session.scalars(select(Comment.body)).all() == [""]
        removals = session.scalars(select(AuditEvent).where(AuditEvent.action == "comment_removed")).all()
        assert len(removals) == 1


def test_nobody_removes_what_somebody_else_said_not_even_an_owner(site: Site) -> None:
    owner, member, id_ = a_pair(site)
    comment = say(site, member, id_, "Ja.")

    with pytest.raises(NotAllowed):
        remove_comment(site, owner, id_, QUESTION, NOW, comment_id=comment)


def test_a_comment_is_only_there_under_its_own_question_and_assessment(site: Site) -> None:
    owner, company = a_workshop(site)
    id_ = an_assessment(site, owner, company)
    other = an_assessment(site, owner, company, period="2024")
    comment = say(site, owner, id_, "Ja.")

    for assessment, question in ((id_, OTHER), (other, QUESTION)):
        with pytest.raises(NotThere):
            remove_comment(site, owner, assessment, question, NOW, comment_id=comment)
    with pytest.raises(NotThere):
        remove_comment(site, owner, id_, QUESTION, NOW, comment_id="x" * 22)


@pytest.mark.parametrize("question", ["no.such", "", "strategy"])
def test_a_question_that_the_questionnaire_lacks_is_not_there(site: Site, question: str) -> None:
    owner, company = a_workshop(site)
    id_ = an_assessment(site, owner, company)

    with pytest.raises(NotThere):
        write_comment(site, owner, id_, question, NOW, text="Hei")
    with pytest.raises(NotThere):
        open_question(site, owner, id_, question)


def test_advisors_and_staff_have_no_part_in_a_thread(site: Site) -> None:
    kari, rita, pia = a_person(site), a_person(site, "rita@eksempel.no"), a_person(site, "pia@eksempel.no")
    company = a_company(site, owners=[kari], advisors=[rita])
    a_programme(site, staff=[pia], companies=[company])
    draft = an_assessment(site, as_actor(site, kari), company, "sustainability_reporting")
    handed_in = submitted(site, as_actor(site, kari), company).id

    for actor in (as_actor(site, person) for person in (rita, pia)):
        for id_, answer in ((draft, NotThere), (handed_in, NotAllowed)):
            with pytest.raises(answer):
                say(site, actor, id_, "Hei")
            with pytest.raises(answer):
                open_question(site, actor, id_, QUESTION)


def test_strangers_and_removed_members_find_nothing(site: Site) -> None:
    owner, member, id_ = a_pair(site)
    say(site, owner, id_, "Hei")
    stranger = as_actor(site, a_person(site, "else@eksempel.no"))
    with site.database.write() as session:
        session.execute(delete(Membership).where(Membership.person_id == member.person_id))
    removed = as_actor(site, member.person_id)

    for actor in (stranger, removed):
        with pytest.raises(NotThere):
            say(site, actor, id_, "Hei")
        with pytest.raises(NotThere):
            open_question(site, actor, id_, QUESTION)


def test_a_trial_has_nobody_to_talk_to(site: Site) -> None:
    token = start_trial(site.database, "nb", NOW, site.settings)
    signed_in = resume(site.database, token, NOW, site.settings)
    assert signed_in is not None
    actor = signed_in.actor
    id_ = an_assessment(site, actor, next(iter(actor.roles)))

    with pytest.raises(NotAllowed):
        say(site, actor, id_, "Hei")


def test_after_many_comments_in_an_hour_one_waits_until_the_first_is_an_hour_old(site: Site) -> None:
    owner, member, id_ = a_pair(site)
    with site.database.write() as session:
        session.add_all(
            Comment(
                assessment_id=id_,
                question_id=OTHER,
                person_id=owner.person_id,
                body=str(number),
                at_utc=NOW + timedelta(seconds=number),
            )
            for number in range(COMMENTS_AN_HOUR)
        )

    with pytest.raises(TooOften) as stopped:
        say(site, owner, id_, "En til", 20)

    assert stopped.value.wait_minutes == 40
    say(site, member, id_, "Andre kan", 20)
    say(site, owner, id_, "En time etter", 61)


def test_marks_say_what_stands_beside_each_question(site: Site) -> None:
    owner, member, id_ = a_pair(site)
    for who, value, base in ((owner, "1", 0), (member, "2", 1)):
        at = NOW + timedelta(minutes=base)
        save_answers(site, who, id_, [Said(QUESTION, Answer("answered", value), base)], at)
    gone = say(site, owner, id_, "Borte")
    say(site, owner, id_, "En")
    say(site, member, id_, "To")
    remove_comment(site, owner, id_, QUESTION, NOW, comment_id=gone)
    add_file(site, owner, id_, QUESTION, NOW, upload=CSV)
    add_file(site, owner, id_, OTHER, NOW, upload=CSV)

    found = marks(site, id_)

    assert found.keys() == {QUESTION, OTHER}
    here, other = found[QUESTION], found[OTHER]
    assert (here.comments, here.files, here.changes) == (2, 1, 2)
    assert (here.last_by, here.last_at, here.is_last_gone) == ("ola", NOW + timedelta(minutes=1), False)
    assert (other.comments, other.files, other.changes, other.last_at) == (0, 1, 0, None)


def test_what_an_erased_person_said_and_answered_stays_without_their_name(site: Site) -> None:
    owner, member, id_ = a_pair(site)
    save_answers(site, member, id_, [Said(QUESTION, Answer("answered", "1"), 0)], NOW)
    say(site, member, id_, "Ja.")

    with site.database.write() as session:
        session.delete(session.get_one(Person, member.person_id))

    assert thread(site, owner, id_)[0].by == Author(is_gone=True)
    found = marks(site, id_)[QUESTION]
    assert (found.last_by, found.is_last_gone) == ("", True)
