"""What says something else now is never handed out, and nothing is once an assignment has ended."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from sqlalchemy import select

from tests.webapp.copies import a_copy
from tests.webapp.services.printing import print_all, printed, stand_in
from tests.webapp.services.reviewworld import (
    ADVISORS,
    ENDED,
    PRIVATE,
    REASON,
    SHARED,
    agree,
    approve,
    made,
    note,
    ordered,
)
from tests.webapp.services.test_judging import LATER, QUESTION, World, in_review, world
from tests.webapp.sites import as_actor
from webapp.db.tables.organisations import AdvisorAssignment
from webapp.db.tables.work import Document, Job
from webapp.errors import NotThere, Refused
from webapp.services import documents
from webapp.services.actor import Actor
from webapp.services.company_copy import company_copy
from webapp.services.erasing import remove_organisation
from webapp.services.jobs import JobFailed
from webapp.services.judging import accept_dimension
from webapp.services.notes import remove_note, share_note
from webapp.services.printing import keep_document, prepare_document
from webapp.services.requesting import request_again
from webapp.services.reviewing import decide
from webapp.services.site import Site

__all__ = ["world"]


# --- never a stale one ------------------------------------------------------------------------------

Deed = Callable[[World], object]
DEEDS: dict[str, tuple[Deed, set[str]]] = {
    "a rating": (lambda w: w.judge("insight.measurement", rating="4", reason=REASON), {"advisor", "meeting"}),
    "a reason alone": (lambda w: w.judge(QUESTION, rating="3", reason="Bedre.", base=1), {"advisor"}),
    "evidence seen": (lambda w: w.judge("design.durability", is_confirmed=True), {"advisor", "meeting"}),
    "a dimension": (
        lambda w: accept_dimension(w.site, w.advisors[0], w.id, "use", LATER, is_accepted=True),
        {"advisor", "meeting"},
    ),
    "a private note": (lambda w: note(w, PRIVATE), {"advisor"}),
    "a shared note": (lambda w: note(w, SHARED, is_shared=True), {"advisor", "company"}),
    "a request": (
        lambda w: request_again(w.site, w.advisors[0], w.id, QUESTION, LATER, reason="Se igjen."),
        {"advisor"},
    ),
    "an action": (agree, {"advisor", "meeting", "company"}),
    "an approval": (approve, {"advisor", "meeting", "company", "share"}),
}


def states(world: World) -> dict[str, str]:
    found = documents.list_documents(world.site, world.advisors[0], world.id)
    return {one.edition: one.state for one in found}


@pytest.fixture
def finished(tmp_path: Path) -> World:
    """The same with a rating and every document made."""
    return a_copy(_finished, tmp_path)


def _finished(site: Site) -> World:
    world = in_review(site)
    world.judge(rating="3", reason="Godt.")
    have_all_made(world)
    return world


def have_all_made(world: World) -> None:
    for edition in ("company", "advisor", "share", "meeting"):
        ordered(world, edition)
    print_all(world.site, world.advisors[0], world.id)
    with world.site.database.write() as session:
        for job in session.scalars(select(Job)):
            job.state = "done"


@pytest.mark.parametrize(("deed", "touched"), DEEDS.values(), ids=DEEDS)
def test_what_says_something_else_now_is_outdated_and_nothing_more(
    finished: World, deed: Deed, touched: set[str]
) -> None:
    assert set(states(finished).values()) == {"ready"}

    deed(finished)

    old = {edition for edition, state in states(finished).items() if state != "ready"}
    assert old == touched


def test_an_outdated_document_is_never_handed_out_and_made_again(finished: World) -> None:
    id_ = ordered(finished, "company").id
    note(finished, SHARED, is_shared=True)

    with pytest.raises(Refused, match=r"documents\.waiting"):
        documents.open_pdf(finished.site, finished.owner, id_, LATER)
    assert documents.find_document(finished.site, finished.owner, id_).state == "waiting"
    page = printed(finished.site, id_)

    assert page is not None
    assert SHARED in page
    documents.open_pdf(finished.site, finished.owner, id_, LATER)


def test_an_outdated_document_is_made_again_when_it_is_ordered(finished: World) -> None:
    note(finished, PRIVATE)

    listed = ordered(finished, "advisor")

    assert listed.state == "waiting"
    assert listed == ordered(finished, "advisor")
    with finished.site.database.read() as session:
        assert session.get_one(Job, listed.job_id).state == "waiting"


@pytest.mark.parametrize(
    "change", [lambda w: note(w, SHARED, is_shared=True), approve], ids=["note", "approval"]
)
def test_what_changes_while_it_is_made_has_it_made_anew(
    world: World, change: Callable[[World], object]
) -> None:
    world.judge(rating="3", reason=REASON)
    listed = ordered(world, "company")
    to_print = prepare_document(world.site, listed.id, LATER)
    assert to_print is not None
    change(world)

    with pytest.raises(JobFailed, match="changed_meanwhile"):
        keep_document(world.site, to_print, stand_in(to_print.job), LATER)

    assert list(world.site.files.list_keys("documents")) == []
    assert documents.find_document(world.site, world.owner, listed.id).state == "waiting"
    printed(world.site, listed.id)
    assert documents.find_document(world.site, world.owner, listed.id).state == "ready"


def test_a_document_that_is_ordered_while_its_company_is_erased_is_not_there(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    look = documents._ordered

    def look_and_erase(*asked: Any) -> object:
        found = look(*asked)
        with world.site.database.write() as session:
            remove_organisation(session, world.company)
        return found

    monkeypatch.setattr(documents, "_ordered", look_and_erase)

    with pytest.raises(NotThere):
        ordered(world, "meeting")


def test_no_file_is_left_of_what_was_made_before(finished: World) -> None:
    before = set(finished.site.files.list_keys())
    note(finished, SHARED, is_shared=True)

    made(finished, "company")

    with finished.site.database.read() as session:
        known = set(session.scalars(select(Document.key)))
    assert set(finished.site.files.list_keys()) == known
    assert len(before - known) == 1


def test_what_is_taken_back_gives_the_same_document_as_before(world: World) -> None:
    first = made(world, "advisor")
    id_ = note(world, PRIVATE)
    second = made(world, "advisor")
    remove_note(world.site, world.advisors[0], world.id, LATER, note_id=id_)

    assert made(world, "advisor") == first != second


def test_a_note_that_is_shared_later_reaches_the_company(world: World) -> None:
    id_ = note(world, "Les dette.")
    assert "Les dette." not in made(world, "company")

    share_note(world.site, world.advisors[0], world.id, LATER, note_id=id_)

    assert "Les dette." in made(world, "company")


def test_an_approval_has_the_companys_documents_made_before_anybody_asks(finished: World) -> None:

    jobs = decide(finished.site, finished.advisors[0], finished.id, "approve", LATER)

    assert len(jobs) == 2
    found = documents.list_documents(finished.site, finished.owner, finished.id)
    assert {(one.edition, one.state, one.job_id in jobs) for one in found} == {
        ("company", "waiting", True),
        ("share", "waiting", True),
    }


def test_a_reopened_assessment_is_not_approved_any_more(world: World) -> None:
    approve(world)
    assert "godkjent av" in made(world, "share")
    decide(world.site, world.advisors[0], world.id, "reopen", LATER, reason="Nye tall.")

    text = made(world, "share")

    assert "godkjent av" not in text
    assert "Egenvurdering – ikke sertifisering" in text


def test_a_company_takes_along_what_is_outdated_under_a_name_that_says_so(finished: World) -> None:
    note(finished, SHARED, is_shared=True)

    names = copied_names(finished)

    assert {name.rpartition("/")[2] for name in names if name.endswith(".pdf")} == {
        "report-company-nb-outdated.pdf",
        "report-share-nb.pdf",
    }


def copied_names(world: World) -> list[str]:
    with company_copy(world.site, world.owner, world.company, LATER).file as file, ZipFile(file) as copy:
        return copy.namelist()


# --- for as long as an assignment holds -------------------------------------------------------------


@dataclass(frozen=True)
class Ending:
    """Ends the assignments of a world's advisors."""

    world: World

    def end(self, *which: int) -> None:
        people = [self.world.advisors[at].person_id for at in which]
        with self.world.site.database.write() as session:
            wanted = select(AdvisorAssignment).where(AdvisorAssignment.person_id.in_(people))
            for row in session.scalars(wanted):
                row.until_utc = ENDED

    def actor(self, at: int) -> Actor:
        return as_actor(self.world.site, self.world.advisors[at].person_id, ENDED)


@pytest.mark.parametrize("edition", ADVISORS)
def test_an_ended_assignment_ends_downloads_and_orders(world: World, edition: str) -> None:
    id_ = ordered(world, edition).id
    printed(world.site, id_)
    documents.open_pdf(world.site, world.advisors[0], id_, LATER)
    ending = Ending(world)
    ending.end(0)

    for deed in (
        lambda: documents.open_pdf(world.site, ending.actor(0), id_, ENDED),
        lambda: documents.find_document(world.site, ending.actor(0), id_),
        lambda: ordered(world, edition, ending.actor(0)),
        lambda: documents.list_documents(world.site, ending.actor(0), world.id),
    ):
        with pytest.raises(NotThere):
            deed()
    assert documents.open_pdf(world.site, ending.actor(1), id_, ENDED).content.startswith(b"%PDF-")


@pytest.mark.parametrize("edition", ADVISORS)
def test_an_assignment_that_ends_between_order_and_finish_gives_nothing(world: World, edition: str) -> None:
    listed = ordered(world, edition)
    to_print = prepare_document(world.site, listed.id, LATER)
    assert to_print is not None
    ending = Ending(world)
    ending.end(0, 1)

    with pytest.raises(JobFailed, match="no_reader") as failed:
        keep_document(world.site, to_print, stand_in(to_print.job), ENDED)

    assert failed.value.is_final
    assert list(world.site.files.list_keys()) == []
    with pytest.raises(NotThere):
        documents.open_pdf(world.site, ending.actor(0), listed.id, ENDED)


@pytest.mark.parametrize("edition", ADVISORS)
def test_what_waits_when_the_last_assignment_ends_is_not_made(world: World, edition: str) -> None:
    listed = ordered(world, edition)
    Ending(world).end(0, 1)

    with pytest.raises(JobFailed, match="no_reader"):
        prepare_document(world.site, listed.id, ENDED)


def test_the_companys_own_are_made_without_an_advisor(world: World) -> None:
    listed = ordered(world, "company")
    Ending(world).end(0, 1)

    to_print = prepare_document(world.site, listed.id, ENDED)
    assert to_print is not None
    keep_document(world.site, to_print, stand_in(to_print.job), ENDED)

    assert documents.open_pdf(world.site, world.owner, listed.id, ENDED).content.startswith(b"%PDF-")


@pytest.mark.parametrize("edition", ADVISORS)
def test_what_is_the_advisors_is_not_there_for_the_company(world: World, edition: str) -> None:
    id_ = ordered(world, edition).id
    printed(world.site, id_)

    with pytest.raises(NotThere):
        documents.open_pdf(world.site, world.owner, id_, LATER)
    with pytest.raises(NotThere):
        ordered(world, edition, world.owner)


def test_the_meeting_sheet_is_no_page_on_the_screen(world: World) -> None:
    with pytest.raises(NotThere):
        documents.report_of(world.site, world.advisors[0], world.id, "nb", "meeting")
