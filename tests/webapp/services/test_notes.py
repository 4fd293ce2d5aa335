"""Notes of advisors: private ones are the advisors', shared ones the company's too, and none is lost."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from tests.webapp.services.advising import at_once
from tests.webapp.sites import NOW, a_company, a_person, a_programme, as_actor, make_site, submitted
from webapp.db.tables.reviews import ReviewNote
from webapp.errors import NotAllowed, NotThere, Refused
from webapp.services import notes
from webapp.services.actor import Actor
from webapp.services.judging import reach_review
from webapp.services.notes import (
    MAX_NOTE,
    Note,
    all_notes,
    remove_note,
    share_note,
    shared_notes,
    write_note,
)
from webapp.services.reviewing import decide
from webapp.services.site import Site

LATER = NOW + timedelta(days=1)
MUCH_LATER = NOW + timedelta(days=2)
QUESTION = "strategy.ambition"
PRIVATE = "Kanari: de vet ikke hvor avfallet tar veien."


@dataclass
class World:
    """A company, its two advisors, programme staff and a stranger, and something in review."""

    site: Site
    owner: Actor
    advisors: tuple[Actor, Actor]
    staff: Actor
    stranger: Actor
    id: str

    def write(self, text: str = PRIVATE, *, is_shared: bool = False, question: str | None = QUESTION) -> str:
        return write_note(
            self.site,
            self.advisors[0],
            self.id,
            LATER,
            text=text,
            is_shared=is_shared,
            question_id=question,
        )

    def all(self, by: int = 0) -> tuple[Note, ...]:
        with self.site.database.read() as session:
            at = reach_review(session, self.site, self.advisors[by], self.id)
            return all_notes(session, self.advisors[by], at)


@pytest.fixture
def world(tmp_path: Path) -> World:
    site = make_site(tmp_path)
    people = [
        a_person(site, f"{name}@eksempel.no", name) for name in ("kari", "rita", "rolf", "siri", "else")
    ]
    company = a_company(site, owners=people[:1], advisors=people[1:3])
    a_programme(site, staff=people[3:4], companies=[company])
    owner, first, second, staff, stranger = (as_actor(site, id_) for id_ in people)
    id_ = submitted(site, owner, company).id
    decide(site, first, id_, "start_review", LATER)
    return World(site, owner, (first, second), staff, stranger, id_)


def test_a_private_note_is_for_the_advisors_alone(world: World) -> None:
    world.write()

    assert [note.lines for note in world.all(by=1)] == [(PRIVATE,)]
    assert [note.is_own for note in world.all(by=1)] == [False]
    assert shared_notes(world.site, world.owner, world.id) == ()


def test_a_shared_note_is_read_by_both(world: World) -> None:
    world.write("Legg ved avfallsrapporten.\n\nDen holder.", is_shared=True, question=None)

    (note,) = shared_notes(world.site, world.owner, world.id)
    assert note.lines == ("Legg ved avfallsrapporten.", "Den holder.")
    assert (note.question_id, note.number, note.by.name) == (None, 1, "rita")
    assert shared_notes(world.site, world.advisors[1], world.id) == (note,)


@pytest.mark.parametrize("who", ["staff", "stranger"])
def test_nobody_else_reads_or_writes_any(world: World, who: str) -> None:
    actor: Actor = getattr(world, who)
    world.write(is_shared=True)

    for ask in (
        lambda: shared_notes(world.site, actor, world.id),
        lambda: write_note(world.site, actor, world.id, LATER, text="Hei", is_shared=False),
    ):
        with pytest.raises(NotThere):
            ask()
    with pytest.raises(NotThere):
        write_note(world.site, world.owner, world.id, LATER, text="Hei", is_shared=True)


def test_a_note_can_be_shared_later_and_not_taken_back_then(world: World) -> None:
    id_ = world.write()

    share_note(world.site, world.advisors[0], world.id, MUCH_LATER, note_id=id_)

    assert [note.id for note in shared_notes(world.site, world.owner, world.id)] == [id_]
    with pytest.raises(Refused, match=r"review\.note_shared"):
        remove_note(world.site, world.advisors[0], world.id, MUCH_LATER, note_id=id_)


def test_a_private_note_that_is_taken_back_leaves_its_place_and_no_words(world: World) -> None:
    id_ = world.write()

    remove_note(world.site, world.advisors[0], world.id, MUCH_LATER, note_id=id_)
    remove_note(world.site, world.advisors[0], world.id, MUCH_LATER, note_id=id_)

    assert [(note.is_removed, note.lines) for note in world.all()] == [(True, ())]
    share_note(world.site, world.advisors[0], world.id, MUCH_LATER, note_id=id_)
    assert shared_notes(world.site, world.owner, world.id) == ()


@pytest.mark.parametrize("deed", [share_note, remove_note])
def test_a_colleagues_note_is_theirs(world: World, deed: Callable[..., None]) -> None:
    id_ = world.write()

    with pytest.raises(NotAllowed):
        deed(world.site, world.advisors[1], world.id, LATER, note_id=id_)
    for unknown in ("x" * 22, "", "<script>"):
        with pytest.raises(NotThere):
            deed(world.site, world.advisors[0], world.id, LATER, note_id=unknown)


def test_the_same_words_twice_at_once_are_one_note(world: World) -> None:
    assert world.write() == world.write()
    assert world.write() != world.write(question=None)


@pytest.mark.parametrize(("text", "code"), [(" \n ", "empty"), ("x" * (MAX_NOTE + 1), "long")])
def test_a_text_that_says_nothing_or_too_much_is_refused(world: World, text: str, code: str) -> None:
    with pytest.raises(Refused, match=rf"review\.note_{code}"):
        world.write(text)


def test_what_was_signed_off_takes_private_notes_only(world: World) -> None:
    id_ = world.write()
    decide(world.site, world.advisors[0], world.id, "approve", LATER)

    world.write("Ring dem til våren.")
    for say in (
        lambda: world.write("Bra!", is_shared=True),
        lambda: share_note(world.site, world.advisors[0], world.id, LATER, note_id=id_),
    ):
        with pytest.raises(Refused, match=r"review\.locked"):
            say()


def test_notes_stay_over_hand_ins(world: World) -> None:
    world.write(is_shared=True)
    decide(world.site, world.advisors[0], world.id, "send_back", LATER, reason="Se over.")

    assert [note.number for note in shared_notes(world.site, world.owner, world.id)] == [1]


# --- two at once -----------------------------------------------------------------------------------


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is about to be written takes its time, so that somebody could come in between."""
    look = notes._just_written

    def linger(session: Session, note: ReviewNote) -> str | None:
        found = look(session, note)
        time.sleep(0.3)
        return found

    monkeypatch.setattr(notes, "_just_written", linger)


@pytest.mark.usefixtures("slow")
def test_a_button_that_is_pressed_twice_at_the_same_moment_writes_one_note(world: World) -> None:
    first, second = at_once(world.write, world.write)

    assert first == second
    assert len(world.all()) == 1


@pytest.mark.usefixtures("slow")
def test_nothing_is_told_the_company_once_a_colleague_has_signed_off(world: World) -> None:
    """Whichever comes first: the note was there at the approval, or it is refused."""

    def approve() -> str:
        time.sleep(0.1)
        decide(world.site, world.advisors[1], world.id, "approve", LATER)
        return "approved"

    outcomes = at_once(lambda: bool(world.write("Bra!", is_shared=True)), approve)

    assert outcomes in ([True, "approved"], ["review.locked", "approved"])
