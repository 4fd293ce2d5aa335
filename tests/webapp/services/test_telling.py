"""The daily mail: who is told what, in which words, and what never stands in it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from questionnaires.values import LANGUAGES, Language
from tests.webapp.services.advising import Crew
from tests.webapp.services.mornings import HOUR, SECRET, an_action, sent_back, to, told
from tests.webapp.services.post import ADDRESS, text_of
from tests.webapp.sites import NOW, a_company, a_person, make_site, submitted
from webapp.db.tables.organisations import AdvisorAssignment
from webapp.db.tables.people import Membership, Person
from webapp.services import waitingmail
from webapp.services.mailchoice import mail_token
from webapp.services.notes import write_note
from webapp.services.reviewing import decide
from webapp.words import words_of


@pytest.fixture
def crew(tmp_path: Path) -> Crew:
    found = Crew(make_site(tmp_path, public_url=ADDRESS))
    found.assign()
    return found


def test_an_advisor_is_told_of_what_was_handed_in(crew: Crew) -> None:
    submitted(crew.site, crew.owner, crew.company)

    [mail] = told(crew.site)

    assert (mail["To"], mail["Subject"]) == ("r@fylke.no", "Noe venter på deg i Kretsløp")
    assert text_of(mail) == (
        "Hei!\n\n"
        "Her er det som venter på deg nå.\n\n"
        "1 egenvurdering er klar til gjennomgang:\n\n"
        "– Eksempel Møbelverksted AS: Sirkulære forretningsmodeller 2025, frist 16. mars 2026\n\n"
        f"Se hva som venter:\n{ADDRESS}/nb/portfolio\n\n"
        "Du får høyst én slik e-post om dagen, og bare når det er noe nytt.\n\n"
        "Hilsen Kretsløp\n\n"
        "Vil du ikke ha slike e-poster? Slå dem av her:\n"
        f"{ADDRESS}/nb/mail/{mail_token(crew.site.settings, crew.advisor_id)}\n"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_everybody_is_told_in_their_language(crew: Crew, language: Language) -> None:
    submitted(crew.site, crew.owner, crew.company)
    with crew.site.database.write() as session:
        session.get_one(Person, crew.advisor_id).language = language

    [mail] = told(crew.site)

    words = words_of(language)
    assert mail["Subject"] == words.say("mail.waiting.subject")
    assert words.plural("mail.waiting.hand_ins", 1) in text_of(mail)
    assert f"{ADDRESS}/{language}/portfolio" in text_of(mail)
    assert f'href="{ADDRESS}/{language}/mail/' in text_of(mail, "html")


@pytest.mark.parametrize(
    ("event", "said"), [("send_back", "sendt tilbake til dere"), ("reopen", "åpnet igjen")]
)
def test_everybody_in_a_company_is_told_that_it_is_theirs_again(crew: Crew, event: str, said: str) -> None:
    member = a_person(crew.site, "ola@eksempel.no", "Ola")
    with crew.site.database.write() as session:
        place = {"organisation_id": crew.company, "person_id": member}
        session.add(Membership(**place, role="member", since_utc=NOW))
    sent_back(crew, due_on=date(2026, 3, 20), event=event)

    found = told(crew.site)

    assert to(found) == ["kari@eksempel.no", "ola@eksempel.no"]
    text = text_of(found[0])
    assert f"1 egenvurdering er {said}:" in text
    assert "Eksempel Møbelverksted AS: Sirkulære forretningsmodeller 2025, frist 20. mars 2026" in text
    assert f"\n{ADDRESS}/nb/assessments\n" in text
    assert "grunn" not in text


def test_who_answers_for_a_parent_is_told_of_its_units(crew: Crew) -> None:
    unit = a_company(crew.site, "Avdeling Nord", None, parent=crew.company, advisors=[crew.advisor_id])
    id_ = submitted(crew.site, crew.owner, unit).id
    decide(crew.site, crew.advisor, id_, "start_review", NOW)
    decide(crew.site, crew.advisor, id_, "send_back", NOW, reason="Se på tallene.")

    [mail] = told(crew.site)

    assert mail["To"] == "kari@eksempel.no"
    assert "Avdeling Nord" in text_of(mail)


@pytest.mark.parametrize(
    ("due_on", "status", "is_told"),
    [
        (date(2026, 3, 10), "open", True),  # seven days ahead of 3 March
        (date(2026, 3, 11), "open", False),
        (date(2026, 3, 1), "begun", True),  # over
        (date(2026, 3, 4), "done", False),
        (date(2026, 3, 4), "dropped", False),
    ],
)
def test_what_was_agreed_is_told_a_week_before(crew: Crew, due_on: date, status: str, is_told: bool) -> None:
    an_action(crew, due_on, status=status)

    found = told(crew.site)

    assert to(found) == (["kari@eksempel.no"] if is_told else [])
    assert [mail for mail in found if SECRET in str(mail) or SECRET in text_of(mail)] == []


def test_who_is_both_gets_one_mail(crew: Crew) -> None:
    own = a_company(crew.site, "Rådgiverne AS", None, owners=[crew.advisor_id], advisors=[crew.owner_id])
    submitted(crew.site, crew.owner, crew.company)
    id_ = submitted(crew.site, crew.advisor, own).id
    decide(crew.site, crew.owner, id_, "start_review", NOW)
    decide(crew.site, crew.owner, id_, "send_back", NOW, reason="Se på tallene.")

    [mail] = [one for one in told(crew.site) if one["To"] == "r@fylke.no"]

    assert "klar til gjennomgang" in text_of(mail)
    assert "sendt tilbake" in text_of(mail)
    assert f"\n{ADDRESS}/nb/\n" in text_of(mail)


def ended(crew: Crew) -> None:
    with crew.site.database.write() as session:
        session.scalars(select(AdvisorAssignment)).one().until_utc = NOW + HOUR


def off(crew: Crew) -> None:
    with crew.site.database.write() as session:
        session.get_one(Person, crew.advisor_id).wants_mail = False


def without_address(crew: Crew) -> None:
    with crew.site.database.write() as session:
        session.get_one(Person, crew.advisor_id).email = None


@pytest.mark.parametrize("change", [ended, off, without_address])
def test_who_is_not_to_be_told_is_not(crew: Crew, change: Any) -> None:
    submitted(crew.site, crew.owner, crew.company)
    change(crew)

    assert told(crew.site) == []


def test_staff_and_those_for_whom_nothing_waits_are_told_nothing(crew: Crew) -> None:
    id_ = submitted(crew.site, crew.owner, crew.company).id
    decide(crew.site, crew.advisor, id_, "start_review", NOW)
    decide(crew.site, crew.advisor, id_, "approve", NOW)

    assert told(crew.site) == []


def test_the_mail_holds_no_level_no_answer_no_note_and_no_address(crew: Crew) -> None:
    id_ = submitted(crew.site, crew.owner, crew.company).id
    decide(crew.site, crew.advisor, id_, "start_review", NOW)
    write_note(crew.site, crew.advisor, id_, NOW, text="Hemmelig notat", question_id=None, is_shared=False)
    an_action(crew, date(2026, 3, 5))

    found = told(crew.site)

    assert to(found) == ["kari@eksempel.no", "r@fylke.no"]
    for mail in found:
        text = text_of(mail) + text_of(mail, "html")
        secrets = ("Nivå", "nivå", "Under utvikling", "Strategien fra 2024", "Hemmelig", SECRET, "@", "96 %")
        assert [secret for secret in secrets if secret in text] == []


def test_a_name_that_lures_is_not_repeated(crew: Crew) -> None:
    lure = a_company(
        crew.site, "Vinn på www.lure.example", None, owners=[crew.owner_id], advisors=[crew.advisor_id]
    )
    submitted(crew.site, crew.owner, lure)

    [mail] = told(crew.site)

    assert "lure" not in text_of(mail)
    assert "– En virksomhet: Sirkulære forretningsmodeller 2025" in text_of(mail)


def test_a_long_list_is_cut(crew: Crew, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waitingmail, "MAX_LINES", 1)
    for period in ("2023", "2024", "2025"):
        submitted(crew.site, crew.owner, crew.company, period=period)

    [mail] = told(crew.site)

    assert "3 egenvurderinger" in text_of(mail)
    assert text_of(mail).count("– ") == 2
    assert "– og 2 til" in text_of(mail)


def test_the_way_out_stands_in_the_head_too(crew: Crew) -> None:
    submitted(crew.site, crew.owner, crew.company)

    [mail] = told(crew.site)

    token = mail_token(crew.site.settings, crew.advisor_id)
    assert mail["List-Unsubscribe"] == f"<{ADDRESS}/nb/mail/{token}>"
