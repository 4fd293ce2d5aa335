"""What each mail says and to whom; written when it is sent, in its reader's language.

Secrets are made here, at the last moment, and only their hashes are kept. No mail tells an answer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TypeAlias

from sqlalchemy.orm import Session

from questionnaires.values import Language
from reports.formatting import Voice
from reports.translations.report import REPORT_WORDS
from webapp.db.queries_people import roles_of
from webapp.db.tables.assessments import Assessment, SectionTask, Submission
from webapp.db.tables.organisations import Organisation, Programme, ProgrammeAdvisor
from webapp.db.tables.people import AddressChange, Invitation, Person
from webapp.links import (
    address_link,
    assessment_link,
    help_link,
    invitation_link,
    mail_off_link,
    portfolio_link,
    result_link,
    section_link,
    signin_link,
)
from webapp.mail import Message
from webapp.services.activitymailing import write_activity_mail
from webapp.services.addresses import give_token as give_change_token
from webapp.services.cohortmailing import write_cohort_invitation, write_cohort_reminder
from webapp.services.jobs import Body
from webapp.services.letters import Pen, harmless_name, message
from webapp.services.linkmail import write_dead_links
from webapp.services.mailchoice import mail_token
from webapp.services.people import called
from webapp.services.signin import give_token, keeps_trial
from webapp.services.site import Site
from webapp.services.tokens import hash_of, new_token
from webapp.services.waitingmail import write_waiting
from webapp.words import DEFAULT_LANGUAGE, language_of, words_of

Write: TypeAlias = Callable[[Session, Site, Body, datetime], Message | None]
"""Writes a mail; None where it does not apply any more."""

Parts: TypeAlias = dict[str, str]


def _signin(session: Session, site: Site, body: Body, now: datetime) -> Message | None:
    given = give_token(session, str(body["link"]))
    if given is None or given[0].ends_utc <= now:
        return None
    link, token = given
    language = _known(link.language)
    pen = Pen(site.settings, language, "keep" if keeps_trial(session, link) else "signin")
    minutes = max(1, round((link.ends_utc - now).total_seconds() / 60))
    after = [pen.words.plural("mail.signin.minutes", minutes)]
    if link.browser_hash is not None:
        after.append(pen.words.say("mail.signin.code"))
    address = signin_link(site.settings, language, token)
    letter = pen.write(address, (pen.say("lead"),), (*after, pen.words.say("mail.signin.not_you")))
    return message(link.email, letter)


def _invitation(session: Session, site: Site, body: Body, now: datetime) -> Message | None:
    invitation = session.get(Invitation, str(body["invitation"]))
    if invitation is None or invitation.used_utc is not None or invitation.ends_utc <= now:
        return None
    language = _known(invitation.language)
    token = new_token()
    invitation.hash = hash_of(token)
    parts = {
        "who": _who(session, invitation.by_person_id, language),
        "organisation": _company(session, invitation.organisation_id, language),
        "date": _day(site, language, invitation.ends_utc),
    }
    assessment = session.get(Assessment, invitation.assessment_id) if invitation.assessment_id else None
    if assessment is not None and invitation.section_id is not None:
        parts |= _about(session, site, assessment, language)
        parts |= _section(site, assessment, invitation.section_id, language)
    pen = Pen(site.settings, language, "invitation", **parts)
    before = [pen.say("lead"), *([pen.say("section")] if "section" in parts else []), pen.say("what")]
    address = invitation_link(site.settings, language, token)
    letter = pen.write(address, tuple(before), (pen.say("until"), pen.say("not_you")))
    return message(invitation.email, letter)


def _section_given(session: Session, site: Site, body: Body, now: datetime) -> Message | None:
    id_, section = str(body["assessment"]), str(body["section"])
    task = session.get(SectionTask, (id_, section))
    assessment = session.get(Assessment, id_)
    if task is None or assessment is None or task.person_id is None:
        return None
    reader = _colleague(session, assessment.organisation_id, task.person_id, ("owner", "member"), now)
    if reader is None:
        return None
    language, address = reader
    parts = {
        "who": _who(session, task.by_person_id, language),
        **_about(session, site, assessment, language),
        **_section(site, assessment, section, language),
    }
    pen = Pen(site.settings, language, "section_given", **parts)
    link, leave = section_link(site.settings, language, id_, section), _leave(site, language, task.person_id)
    return message(address, pen.write(link, (pen.say("lead"), pen.say("what")), leave=leave))


def _handed_in(session: Session, site: Site, body: Body, now: datetime) -> Message | None:
    submission = session.get(Submission, str(body["submission"]))
    found = _owner_of(session, body, now)
    if submission is None or found is None:
        return None
    assessment, language, address = found
    parts = {
        **_about(session, site, assessment, language),
        "who": _who(session, submission.by_person_id, language),
        "date": _day(site, language, submission.at_utc),
        "time": f"{submission.at_utc.astimezone(site.zone):%H:%M}",
        "code": submission.receipt,
    }
    pen = Pen(site.settings, language, "handed_in", **parts)
    link, leave = result_link(site.settings, language, assessment.id), _leave(site, language, body["person"])
    said = (pen.say("lead"), pen.say("receipt"), pen.say("what"))
    return message(address, pen.write(link, said, leave=leave))


def _sent_back(session: Session, site: Site, body: Body, now: datetime) -> Message | None:
    return _returned(session, site, body, now, "sent_back")


def _reopened(session: Session, site: Site, body: Body, now: datetime) -> Message | None:
    return _returned(session, site, body, now, "reopened")


def _returned(session: Session, site: Site, body: Body, now: datetime, state: str) -> Message | None:
    """That an assessment is the company's to change again, as long as it is."""
    found = _owner_of(session, body, now)
    if found is None or found[0].state != state:
        return None
    assessment, language, address = found
    pen = Pen(site.settings, language, state, **_about(session, site, assessment, language))
    link = assessment_link(site.settings, language, assessment.id)
    leave = _leave(site, language, body["person"])
    return message(address, pen.write(link, (pen.say("lead"), pen.say("what")), leave=leave))


def _advisor_added(session: Session, site: Site, body: Body, _now: datetime) -> Message | None:
    programme_id, person_id = str(body["programme"]), str(body["person"])
    programme, person = session.get(Programme, programme_id), session.get(Person, person_id)
    if programme is None or person is None or person.email is None or not person.wants_mail:
        return None
    if session.get(ProgrammeAdvisor, (programme_id, person_id)) is None:
        return None
    language = _known(person.language)
    named = harmless_name(words_of(language), programme.name, "some_programme")
    who = _who(session, str(body["by"]), language)
    pen = Pen(site.settings, language, "advisor_added", who=who, programme=named)
    leave = _leave(site, language, person.id)
    letter = pen.write(
        portfolio_link(site.settings, language), (pen.say("lead"), pen.say("what")), leave=leave
    )
    return message(person.email, letter)


def _address_change(session: Session, site: Site, body: Body, now: datetime) -> Message | None:
    given = give_change_token(session, str(body["change"]))
    if given is None or given[0].ends_utc <= now:
        return None
    change, token = given
    pen = Pen(site.settings, _known(change.language), "address_change", email=change.email)
    minutes = max(1, round((change.ends_utc - now).total_seconds() / 60))
    after = (pen.words.plural("mail.signin.minutes", minutes), pen.say("browser"), pen.say("not_you"))
    link = address_link(site.settings, change.language, token)
    return message(change.email, pen.write(link, (pen.say("lead"),), after))


def _address_changed(session: Session, site: Site, body: Body, _now: datetime) -> Message | None:
    change = session.get(AddressChange, str(body["change"]))
    if change is None or change.used_utc is None or change.old_email is None:
        return None
    pen = Pen(site.settings, _known(change.language), "address_changed")
    link = help_link(site.settings, change.language)
    return message(change.old_email, pen.write(link, (pen.say("lead"), pen.say("not_you"))))


MAILS: Mapping[str, Write] = {
    "signin": _signin,
    "invitation": _invitation,
    "section_given": _section_given,
    "handed_in": _handed_in,
    "sent_back": _sent_back,
    "reopened": _reopened,
    "advisor_added": _advisor_added,
    "activity_soon": write_activity_mail,
    "activity_place": write_activity_mail,
    "activity_moved": write_activity_mail,
    "activity_cancelled": write_activity_mail,
    "cohort_invitation": write_cohort_invitation,
    "cohort_reminder": write_cohort_reminder,
    "dead_links": write_dead_links,
    "waiting": write_waiting,
    "address_change": _address_change,
    "address_changed": _address_changed,
}
"""Which function writes which mail."""


def _owner_of(session: Session, body: Body, now: datetime) -> tuple[Assessment, Language, str] | None:
    """An assessment with the language and address of somebody who answers for its company still."""
    assessment = session.get(Assessment, str(body["assessment"]))
    if assessment is None:
        return None
    reader = _colleague(session, assessment.organisation_id, str(body["person"]), ("owner",), now)
    return None if reader is None else (assessment, *reader)


def _colleague(
    session: Session, organisation_id: str, person_id: str, roles: tuple[str, ...], now: datetime
) -> tuple[Language, str] | None:
    """The language and address of somebody who has one of these roles now and wants to be told."""
    person = session.get(Person, person_id)
    if person is None or person.email is None or not person.wants_mail:
        return None
    held = {role for id_, role in roles_of(session, person_id, now) if id_ == organisation_id}
    return None if held.isdisjoint(roles) else (_known(person.language), person.email)


def _who(session: Session, person_id: str | None, language: Language) -> str:
    person = session.get(Person, person_id) if person_id is not None else None
    name = called(person.name, person.email) if person is not None else ""
    return harmless_name(words_of(language), name, "somebody")


def _company(session: Session, organisation_id: str, language: Language) -> str:
    name = session.get_one(Organisation, organisation_id).name
    return harmless_name(words_of(language), name, "some_company")


def _about(session: Session, site: Site, assessment: Assessment, language: Language) -> Parts:
    shelved = site.shelf.open(assessment.questionnaire, assessment.version)
    return {
        "organisation": _company(session, assessment.organisation_id, language),
        "questionnaire": shelved.title(language),
    }


def _section(site: Site, assessment: Assessment, section_id: str, language: Language) -> Parts:
    words = site.shelf.open(assessment.questionnaire, assessment.version).plan.questionnaire.words(language)
    return {"section": words[f"sections/{section_id}/title"]}


def _day(site: Site, language: Language, moment: datetime) -> str:
    return Voice(language, REPORT_WORDS[language], {}).date(moment.astimezone(site.zone).date())


def _leave(site: Site, language: Language, person_id: object) -> str:
    """Where somebody turns off what they need not be told."""
    return mail_off_link(site.settings, language, mail_token(site.settings, str(person_id)))


def _known(language: str) -> Language:
    return language_of(language) or DEFAULT_LANGUAGE
