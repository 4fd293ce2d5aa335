"""Reviews in the world that browsers meet: one that came back changed, and one that is rated blind."""

from __future__ import annotations

from tests.webapp.browser.visiting import Visitor
from tests.webapp.browser.world import LONG_WORD, World, hand_in, now
from tests.webapp.sites import a_company, a_person, a_programme
from tests.webapp.views.reviewed import AMBITION, MEASURED, Reviewed, fill
from webapp.db.tables.organisations import Programme
from webapp.services import notes, reviewing
from webapp.services.judging import Judgement, judge
from webapp.services.requesting import request_again


def make_reviews(world: World) -> None:
    """Add them to a world whose server has not been started, with two advisors."""
    ids = fill(world.site, orgnr=None)
    made = Reviewed(site=world.site, app=None, **ids)
    world.people.update(reviewer=made.advisor, reviewed=made.owner)
    world.assessments["reviewed"] = made.id
    made.begin()
    made.rate(MEASURED, "2", by=made.colleague)
    made.rate(AMBITION, "2", reason="Bare ett mål.")
    request_again(
        world.site, made.actor(made.advisor), made.id, AMBITION, now(), reason="Legg ved styrevedtaket."
    )
    made.resubmit(AMBITION, "4")
    _notes(made)
    _blind(world, made)
    _long(world, made)


def _notes(made: Reviewed) -> None:
    advisor, colleague = made.actor(made.advisor), made.actor(made.colleague)
    for who, text, is_shared in (
        (advisor, "Spør om hvem som eier målene.", False),
        (colleague, "Fint arbeid med målene.", True),
        (colleague, f"Se på {LONG_WORD}.", False),
    ):
        for question in (AMBITION, None):
            notes.write_note(
                made.site, who, made.id, now(), text=text, is_shared=is_shared, question_id=question
            )
    request_again(made.site, advisor, made.id, MEASURED, now(), reason="Hvilke tall har dere?")


def _blind(world: World, made: Reviewed) -> None:
    """A company in a programme that rates blind; one answer is rated."""
    site = world.site
    world.people["blind"] = a_person(site, "blind@eksempel.example", "Berit Blind")
    company = a_company(
        site,
        "Eksempel Skjult AS",
        None,
        owners=[world.people["blind"]],
        advisors=[made.advisor, made.colleague],
    )
    world.companies["blind"] = company
    programme = a_programme(site, "Blind region (eksempel)", companies=[company])
    with site.database.write() as session:
        session.get_one(Programme, programme).rates_blind = True
    hand_in(world, "blind", "blind", "blind", "2025")
    id_, advisor = world.assessments["blind"], made.actor(made.advisor)
    reviewing.decide(site, advisor, id_, "start_review", now())
    judge(site, advisor, id_, AMBITION, now(), judgement=Judgement("2", reason="Bare ett mål."), base=0)


def _long(world: World, made: Reviewed) -> None:
    """Words no line holds, in what advisors write; begun by the world's own advisor."""
    site, advisor, id_ = world.site, world.actor("advisor"), world.assessments["long_submitted"]
    reviewing.decide(site, advisor, id_, "start_review", now())
    said = Judgement("0", is_confirmed=True, reason=LONG_WORD)
    judge(site, advisor, id_, AMBITION, now(), judgement=said, base=0)
    request_again(site, advisor, id_, AMBITION, now(), reason=LONG_WORD)
    notes.write_note(site, advisor, id_, now(), text=LONG_WORD, is_shared=True, question_id=AMBITION)


def clash_in_review(visitor: Visitor, world: World) -> None:
    """Rate an answer that a colleague has rated since the page was made."""
    page = visitor.page
    page.evaluate("document.querySelector('input[name=base]').value = '999'")
    page.locator("#rating-1").check(force=True)
    page.locator("#reason").fill("Ingen mål er skrevet ned.")
    page.locator("button[value=stay]").click()
    page.wait_for_selector(".clash")


def write_an_empty_note(visitor: Visitor, _world: World) -> None:
    """Save a note with nothing in it."""
    visitor.page.locator(".note-form.is-private button").click()
    visitor.page.wait_for_selector("[data-error-summary]")


def send_back_without_reason(visitor: Visitor, _world: World) -> None:
    """Press the button of the form with nothing written."""
    visitor.page.locator("main form button[type=submit]").last.click()
    visitor.page.wait_for_selector("[data-error-summary]")
