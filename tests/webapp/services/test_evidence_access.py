"""Evidence files: who may have, add and remove them, and when."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import delete

from tests.webapp.services.filing import (
    LATER,
    QUESTION,
    TONNES,
    a_pair,
    add,
    keys,
    reopened,
    table,
    with_advisor,
)
from tests.webapp.sites import (
    NOW,
    a_person,
    a_workshop,
    an_assessment,
    answer_like,
    as_actor,
    example_answers,
    make_site,
)
from webapp.db.tables.people import Membership
from webapp.errors import NotAllowed, NotThere, Refused
from webapp.services.evidence import Upload, add_file, fetch_file, open_binder, remove_file
from webapp.services.sessions import resume
from webapp.services.site import Site
from webapp.services.submitting import submit
from webapp.services.trial import start_trial


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return make_site(tmp_path)


def test_a_file_is_removed_by_who_uploaded_it_or_by_an_owner(site: Site) -> None:
    owner, member, id_ = a_pair(site)
    own, owners, members = (
        add(site, actor, id_, table(n)) for n, actor in enumerate((member, owner, member))
    )

    with pytest.raises(NotAllowed):
        remove_file(site, member, id_, owners, NOW)
    assert remove_file(site, member, id_, own, NOW) == QUESTION
    remove_file(site, owner, id_, members, NOW)

    assert [one.id for one in open_binder(site, owner, id_).files] == [owners]
    assert len(keys(site)) == 1
    assert [one.may_remove for one in open_binder(site, member, id_).files] == [False]


def test_nobody_removes_or_adds_anything_once_it_is_handed_in(site: Site) -> None:
    owner, company = a_workshop(site)
    id_ = an_assessment(site, owner, company)
    answer_like(site, owner, id_, example_answers())
    file_id = add(site, owner, id_)
    submit(site, owner, id_, 0, LATER)

    with pytest.raises(Refused, match=r"wizard\.locked"):
        remove_file(site, owner, id_, file_id, LATER)
    with pytest.raises(Refused, match=r"wizard\.locked"):
        add(site, owner, id_, table(2))

    assert [one.may_remove for one in open_binder(site, owner, id_).files] == [False]


def test_what_was_handed_in_stays_also_when_the_assessment_is_sent_back(site: Site) -> None:
    owner, company = a_workshop(site)
    id_ = an_assessment(site, owner, company)
    answer_like(site, owner, id_, example_answers())
    old = add(site, owner, id_)
    submit(site, owner, id_, 0, LATER)
    reopened(site, id_)
    new = add(site, owner, id_, table(2))

    with pytest.raises(Refused, match=r"evidence\.handed_in"):
        remove_file(site, owner, id_, old, LATER)

    listed = {one.id: (one.is_kept, one.may_remove) for one in open_binder(site, owner, id_).files}
    assert listed == {old: (True, False), new: (False, True)}
    remove_file(site, owner, id_, new, LATER)
    assert fetch_file(site, owner, id_, old).content == TONNES


def test_an_advisor_has_what_was_handed_in_and_nothing_before_or_after(site: Site) -> None:
    owner, advisor, _, id_ = with_advisor(site)
    old = add(site, owner, id_)

    with pytest.raises(NotThere):
        open_binder(site, advisor, id_)
    with pytest.raises(NotThere):
        fetch_file(site, advisor, id_, old)

    submit(site, owner, id_, 0, LATER)
    reopened(site, id_)
    new = add(site, owner, id_, table(2))

    found = open_binder(site, advisor, id_)
    assert [one.id for one in found.files] == [old]
    assert (found.room, found.files[0].may_remove) == (None, False)
    assert fetch_file(site, advisor, id_, old).content == TONNES
    with pytest.raises(NotThere):
        fetch_file(site, advisor, id_, new)


def test_an_advisor_neither_adds_nor_removes(site: Site) -> None:
    owner, advisor, _, id_ = with_advisor(site)
    file_id = add(site, owner, id_)
    with pytest.raises(NotThere):  # a draft is the company's alone
        add(site, advisor, id_, table(2))

    submit(site, owner, id_, 0, LATER)

    with pytest.raises(NotAllowed):
        add(site, advisor, id_, table(2))
    with pytest.raises(NotAllowed):
        remove_file(site, advisor, id_, file_id, NOW)


def test_programme_staff_never_see_a_file(site: Site) -> None:
    owner, _, staff, id_ = with_advisor(site)
    file_id = add(site, owner, id_)
    submit(site, owner, id_, 0, LATER)

    with pytest.raises(NotAllowed):
        open_binder(site, staff, id_)
    with pytest.raises(NotAllowed):
        fetch_file(site, staff, id_, file_id)
    with pytest.raises(NotAllowed):
        remove_file(site, staff, id_, file_id, NOW)


def test_strangers_and_removed_members_find_nothing(site: Site) -> None:
    owner, member, id_ = a_pair(site)
    file_id = add(site, owner, id_)
    stranger = as_actor(site, a_person(site, "else@eksempel.no"))
    with site.database.write() as session:
        session.execute(delete(Membership).where(Membership.person_id == member.person_id))

    for actor in (stranger, as_actor(site, member.person_id)):
        with pytest.raises(NotThere):
            open_binder(site, actor, id_)
        with pytest.raises(NotThere):
            fetch_file(site, actor, id_, file_id)
        with pytest.raises(NotThere):
            add(site, actor, id_, table(2))
        with pytest.raises(NotThere):
            remove_file(site, actor, id_, file_id, NOW)


def test_a_file_is_only_there_under_its_own_assessment(site: Site) -> None:
    owner, company = a_workshop(site)
    id_ = an_assessment(site, owner, company)
    other = an_assessment(site, owner, company, period="2024")
    file_id = add(site, owner, id_)

    for wrong in (file_id, "x" * 22, "", "../../secret.key"):
        with pytest.raises(NotThere):
            fetch_file(site, owner, other, wrong)
        with pytest.raises(NotThere):
            remove_file(site, owner, other, wrong, NOW)


@pytest.mark.parametrize("question", ["no.such", "strategy.material_risk", "insight.productivity"])
def test_a_question_that_takes_no_answer_takes_no_file(site: Site, question: str) -> None:
    owner, company = a_workshop(site)
    id_ = an_assessment(site, owner, company)

    with pytest.raises(NotThere):
        add_file(site, owner, id_, question, NOW, upload=Upload("tonn.csv", TONNES))


def test_a_trial_stores_no_files(site: Site) -> None:
    signed_in = resume(
        site.database, start_trial(site.database, "nb", NOW, site.settings), NOW, site.settings
    )
    assert signed_in is not None
    actor = signed_in.actor
    id_ = an_assessment(site, actor, next(iter(actor.roles)))

    with pytest.raises(NotAllowed):
        add(site, actor, id_)

    assert keys(site) == []
