"""Mails: what they say, in whose language, to whom; and when they do not apply any more."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest

from questionnaires.values import LANGUAGES, Language
from tests.webapp.services.post import (
    ADDRESS,
    SOON,
    asked,
    body_of,
    invited,
    link_in,
    mail_jobs,
    mails,
    not_sent,
    sent,
    text_of,
)
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
from webapp.db.tables.assessments import Assessment, SectionTask, Submission
from webapp.db.tables.people import Invitation, Membership, Person, SigninLink
from webapp.db.tables.work import Job
from webapp.services import mailing
from webapp.services.actor import Actor
from webapp.services.reviewing import decide
from webapp.services.signin import look_at_link
from webapp.services.site import Site
from webapp.services.tokens import hash_of
from webapp.words import words_of


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return make_site(tmp_path, public_url=ADDRESS, help_email="hjelp@fylke.no", operator_name="Fylket")


def test_a_sign_in_link_works_and_only_its_hash_is_kept(site: Site) -> None:
    mail = sent(site, asked(site))

    token = link_in(mail).removeprefix(f"{ADDRESS}/nb/signin/")
    assert mail["To"] == "kari@eksempel.no"
    assert look_at_link(site.database, token, "this browser", SOON) == "ready"
    assert look_at_link(site.database, token, None, SOON) == "needs_code"
    with site.database.read() as session:
        assert session.query(SigninLink).one().hash == hash_of(token)
        assert token not in session.query(Job).one().body


def test_a_mail_sent_twice_makes_the_last_link_the_one_that_works(site: Site) -> None:
    body = body_of(site, asked(site))

    for _ in range(2):
        mailing.send_mail(site, body, SOON)

    tokens = {link_in(mail).rpartition("/")[2] for mail in mails(site)}
    states = [look_at_link(site.database, token, "this browser", SOON) for token in tokens]
    assert sorted(states) == ["ready", "unknown"]


def test_the_whole_of_a_letter_in_bokmal(site: Site) -> None:
    mail = sent(site, asked(site))

    assert mail["Subject"] == "Logg inn i Kretsløp"
    assert text_of(mail) == (
        "Hei!\n\n"
        "Her er lenken du ba om.\n\n"
        f"Logg inn:\n{link_in(mail)}\n\n"
        "Lenken virker én gang, i 14 minutter.\n\n"
        "Åpner du lenken i en annen nettleser enn den du ba om den fra, må du skrive koden som står der.\n\n"
        "Har du ikke bedt om denne lenken? Da kan du se bort fra e-posten.\n\n"
        "Hilsen Kretsløp\nFylket\nSpørsmål? Skriv til hjelp@fylke.no.\n"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_says_the_same_as_text_and_as_a_page(site: Site, language: Language) -> None:
    mail = sent(site, asked(site, language))

    page = text_of(mail, "html")
    assert f'<html lang="{language}">' in page
    assert mail["Content-Language"] == language
    assert f'href="{link_in(mail)}"' in page
    assert [line for line in text_of(mail).split("\n\n")[1:2] if line not in page] == []
    assert mail["Subject"] == words_of(language).say("mail.signin.subject")


def test_a_link_that_has_ended_is_not_sent(site: Site) -> None:
    job = asked(site)
    body = body_of(site, job)

    mailing.send_mail(site, body, NOW + timedelta(minutes=16))

    assert mails(site) == []


def test_a_link_that_any_browser_may_use_asks_for_no_code(site: Site) -> None:
    job = asked(site)
    with site.database.write() as session:
        session.query(SigninLink).one().browser_hash = None

    assert "koden" not in text_of(sent(site, job))


def test_an_invitation_says_who_asks_and_until_when(site: Site) -> None:
    owner, company = a_workshop(site)

    mail = sent(site, invited(site, owner, company))

    text = text_of(mail)
    token = link_in(mail).removeprefix(f"{ADDRESS}/nn/invitation/")
    assert mail["To"] == "ola@eksempel.no"
    assert (
        "Kari Nordmann har invitert deg til å svare på eigenvurderinga for Eksempel Møbelverksted AS." in text
    )
    assert "Invitasjonen gjeld til 16. mars 2026." in text
    with site.database.read() as session:
        assert session.query(Invitation).one().hash == hash_of(token)


def test_an_invitation_to_one_section_names_it(site: Site) -> None:
    owner, company = a_workshop(site)
    assessment = an_assessment(site, owner, company)

    text = text_of(sent(site, invited(site, owner, company, assessment)))

    assert "«Sirkulære forretningsmodellar»" in text


@pytest.mark.parametrize("change", ["used", "ended", "gone"])
def test_an_invitation_that_does_not_apply_any_more_is_not_sent(site: Site, change: str) -> None:
    owner, company = a_workshop(site)
    job = invited(site, owner, company)
    with site.database.write() as session:
        invitation = session.query(Invitation).one()
        match change:
            case "used":
                invitation.used_utc = NOW
            case "ended":
                invitation.ends_utc = NOW
            case _:
                session.delete(invitation)

    assert not_sent(site, job)


def given(site: Site, owner: Actor, company: str, colleague: str) -> str:
    assessment = an_assessment(site, owner, company)
    with site.database.write() as session:
        task = SectionTask(
            assessment_id=assessment,
            section_id="design",
            person_id=colleague,
            by_person_id=owner.person_id,
            given_utc=NOW,
        )
        session.add(task)
        return mailing.order_section_given(session, assessment, "design", NOW)


def with_colleague(site: Site) -> tuple[Actor, str, str]:
    people = [
        a_person(site, "kari@eksempel.no", "Kari Nordmann"),
        a_person(site, "ola@eksempel.no", "Ola", "en"),
    ]
    company = a_company(site, owners=people[:1], members=people[1:])
    return as_actor(site, people[0]), company, people[1]


def test_a_colleague_is_told_which_section_is_theirs(site: Site) -> None:
    owner, company, colleague = with_colleague(site)

    mail = sent(site, given(site, owner, company, colleague))

    assert mail["To"] == "ola@eksempel.no"
    assert "Kari Nordmann is asking you to answer the section" in text_of(mail)
    assert re.fullmatch(rf"{ADDRESS}/en/assessments/[\w-]{{22}}/sections/design", link_in(mail))


def test_a_colleague_who_was_removed_meanwhile_is_told_nothing(site: Site) -> None:
    owner, company, colleague = with_colleague(site)
    job = given(site, owner, company, colleague)
    with site.database.write() as session:
        session.query(Membership).filter_by(person_id=colleague).delete()

    assert not_sent(site, job)


def test_who_wants_no_mail_gets_none(site: Site) -> None:
    owner, company, colleague = with_colleague(site)
    with site.database.write() as session:
        session.get_one(Person, colleague).wants_mail = False

    assert not_sent(site, given(site, owner, company, colleague))


def test_every_owner_gets_the_receipt_of_a_hand_in(site: Site) -> None:
    people = [a_person(site, "kari@eksempel.no", "Kari Nordmann"), a_person(site, "eli@eksempel.no", "Eli")]
    company = a_company(site, owners=people)
    handed_in = submitted(site, as_actor(site, people[0]), company)

    found = [sent(site, job) for job in mail_jobs(site, "handed_in")]

    assert {mail["To"] for mail in found} == {"kari@eksempel.no", "eli@eksempel.no"}
    said = "Kari Nordmann sendte inn egenvurderingen «Sirkulære forretningsmodeller»"
    assert f"{said} for Eksempel Møbelverksted AS 2. mars 2026 kl. 10:00." in text_of(found[0])
    assert f"Kvittering: {handed_in.receipt.code}" in text_of(found[0])
    assert link_in(found[0]) == f"{ADDRESS}/nb/assessments/{handed_in.id}/result"


def test_no_mail_tells_an_answer(site: Site) -> None:
    owner, company = a_workshop(site)
    submitted(site, owner, company)
    mail = sent(site, mail_jobs(site, "handed_in")[0])

    with site.database.read() as session:
        kept = session.query(Submission).one()
    comments = re.findall(r'"comment": "([^"]{10,})"', kept.answers)
    assert comments
    assert [comment for comment in comments if comment[:10] in str(mail)] == []
    assert "nivå" not in text_of(mail).lower()


def test_owners_of_a_parent_get_the_receipt_of_a_unit_without_owners(site: Site) -> None:
    owner, company = a_workshop(site)
    unit = a_company(site, "Avdeling Nord", None, parent=company)

    submitted(site, as_actor(site, owner.person_id), unit)

    assert sent(site, mail_jobs(site, "handed_in")[0])["To"] == "kari@eksempel.no"


def test_a_trial_without_an_address_asks_for_no_mail(site: Site) -> None:
    owner, company = a_workshop(site)
    with site.database.write() as session:
        session.get_one(Person, owner.person_id).email = None

    submitted(site, owner, company)

    assert mail_jobs(site, "handed_in") == []


def sent_back(site: Site) -> tuple[str, str]:
    owner, company = a_workshop(site)
    handed_in = submitted(site, owner, company)
    with site.database.write() as session:
        row = session.get_one(Assessment, handed_in.id)
        row.state = "sent_back"
        return mailing.order_sent_back(session, row, SOON)[0], handed_in.id


def test_owners_are_told_that_it_came_back_and_where_to_read_why(site: Site) -> None:
    job, assessment = sent_back(site)

    mail = sent(site, job)

    assert mail["Subject"] == "Egenvurderingen er sendt tilbake: Sirkulære forretningsmodeller"
    assert link_in(mail) == f"{ADDRESS}/nb/assessments/{assessment}"


def test_what_was_handed_in_again_meanwhile_is_not_told_as_sent_back(site: Site) -> None:
    job, assessment = sent_back(site)
    with site.database.write() as session:
        session.get_one(Assessment, assessment).state = "submitted"

    assert not_sent(site, job)


def reopened(site: Site) -> tuple[str, str]:
    """The job of a mail to an English owner, and what was opened again."""
    owner_id, advisor_id = a_person(site, language="en"), a_person(site, "r@fylke.no")
    company = a_company(site, owners=[owner_id], advisors=[advisor_id])
    handed_in = submitted(site, as_actor(site, owner_id), company)
    advisor = as_actor(site, advisor_id)
    decide(site, advisor, handed_in.id, "start_review", NOW)
    decide(site, advisor, handed_in.id, "approve", NOW)
    (job,) = decide(site, advisor, handed_in.id, "reopen", NOW, reason="A secret reason.")
    return job, handed_in.id


def test_owners_are_told_that_it_was_opened_again_and_not_why(site: Site) -> None:
    job, assessment = reopened(site)

    mail = sent(site, job)

    assert (mail["To"], mail["Subject"]) == (
        "kari@eksempel.no",
        "The self-assessment has been reopened: Circular business models",
    )
    assert link_in(mail) == f"{ADDRESS}/en/assessments/{assessment}"
    assert "secret" not in str(mail)


def test_what_was_handed_in_again_meanwhile_is_not_told_as_opened_again(site: Site) -> None:
    job, assessment = reopened(site)
    with site.database.write() as session:
        session.get_one(Assessment, assessment).state = "submitted"

    assert not_sent(site, job)
