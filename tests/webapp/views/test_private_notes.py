"""What advisors write for themselves never leaves them: no page, file, copy, mail, record or log has it.

The pages are those of the walk's table, each for an assessment in every state: a page that is added there
is looked at here.
"""

from __future__ import annotations

import io
import json
import os
from collections.abc import Callable
from zipfile import ZipFile

import pytest
from sqlalchemy import select

from reports.rendering.workers import RenderPool
from tests.webapp.kinds import KINDS, Kind
from tests.webapp.services.logbook import kept_log
from tests.webapp.services.post import mails, text_of
from tests.webapp.sites import NOW
from tests.webapp.views import snapshots
from tests.webapp.views.noted import Noted, noted
from tests.webapp.views.test_access_walk import pdf_text
from tests.webapp.views.walking import PERSONS, QUESTION
from tests.webapp.views.walks import everything_in
from webapp.db.tables.all import METADATA
from webapp.db.tables.reviews import QuestionReview, QuestionReviewChange, ReviewNote, ReviewRequest
from webapp.db.tables.work import Job
from webapp.services import notes
from webapp.services.company_copy import company_copy
from webapp.services.documents import order_document
from webapp.services.mailing import send_mail
from webapp.services.personal_copy import personal_copy
from webapp.services.printing import prepare_document

READERS = {"owner", "member"}
"""Who reads what advisors write to the company, beside those advisors."""

IS_HOSTILE = os.environ.get("KRETSLOP_HOSTILE") == "1"
EVERY = 3
"""All but an owner look at every third page, each at others; at full count at all of them."""

OTHERS = [person for person in PERSONS if person != "advisor"]
KEPT_IN = {one.__tablename__ for one in (ReviewNote, QuestionReview, QuestionReviewChange, ReviewRequest)}
"""The tables that hold what advisors alone read."""

pytestmark = pytest.mark.parametrize("database_kind", KINDS if IS_HOSTILE else KINDS[:1], indirect=True)


@pytest.fixture
def told(database_kind: Kind) -> Noted:
    return noted(database_kind)


@pytest.mark.parametrize("person", OTHERS)
def test_no_page_and_no_export_shows_it_to_anybody_else(told: Noted, person: str) -> None:
    browser, wrong, pages = told.world.browser(person), list[str](), list(told.pages())
    looked_at = pages if IS_HOSTILE or person == "owner" else pages[OTHERS.index(person) % EVERY :: EVERY]
    for step in looked_at:
        answer = step.take(browser, None)
        text = everything_in(answer)
        wrong += [f"{step.address}: {found}" for found in told.private_in(text)]
        wrong += [f"{step.address}: {answer.status_code}"] if answer.status_code >= 500 else []
        if told.removed in text:
            wrong.append(f"{step.address}: what was taken back")
        if person not in READERS and told.shared_in(text):
            wrong.append(f"{step.address}: {told.shared_in(text)}, which is for the company")
        told.world.sign_in(browser, person)

    assert not wrong, "\n".join(wrong)
    assert len(pages) > 200


def test_the_advisor_does_read_it_and_the_company_what_is_shared(told: Noted) -> None:
    """Else nothing would be found because there is nothing to find."""
    starts = tuple(f"kanari-private-{name.replace('_', '-')}-" for name in told.ids if name != "taken_back")
    in_sight = {one for one in told.world.canaries["private"] if one.startswith(starts)}
    shown = {f"kanari-note-{name.replace('_', '-')}-{at}" for name in told.ids for at in ("svar", "alt")}

    assert len(in_sight) > 2 * len(starts)
    assert not_seen(told, "advisor", in_sight, told.private_in) == set()
    assert not_seen(told, "owner", shown, told.shared_in) == set()


def not_seen(told: Noted, person: str, wanted: set[str], found_in: Callable[[str], list[str]]) -> set[str]:
    """What somebody does not find on the pages of these assessments that are open to them."""
    browser, missing = told.world.browser(person), set(wanted)
    for step in told.pages():
        if missing and person in step.stop.lets_in and any(id_ in step.address for id_ in told.ids.values()):
            missing.difference_update(found_in(everything_in(step.take(browser, None))))
    return missing


@pytest.mark.parametrize("edition", ["company", "share"])
def test_no_document_of_the_company_holds_it(told: Noted, edition: str) -> None:
    """The page and the attachments of each, as they go to the renderer."""
    site, before = told.world.site, snapshots.take(told.world.site)
    owner, wrong = told.actor("owner"), list[str]()
    for name, id_ in told.ids.items():
        if name == "taken_back":
            continue
        listed = order_document(site, owner, id_, edition, "nn", now=NOW)
        ready = prepare_document(site, listed.id, NOW)
        assert ready is not None
        attached = [one.content.decode("utf-8", "replace") for one in ready.job.attached]
        text = "\n".join((ready.job.html, *attached))
        wrong += [f"{name}: {found}" for found in told.private_in(text)]
        wrong += [f"{name}: {found}" for found in told.shared_in(text) if edition == "share"]
    snapshots.put_back(site, before)

    assert not wrong


@pytest.mark.parametrize("edition", ["company", "share"])
def test_no_pdf_of_the_company_holds_it(told: Noted, edition: str) -> None:
    """Its words, what it says of itself and what is attached, as the real renderer makes it."""
    site, before = told.world.site, snapshots.take(told.world.site)
    listed = order_document(site, told.actor("owner"), told.ids["approved"], edition, "en", now=NOW)
    ready = prepare_document(site, listed.id, NOW)
    assert ready is not None
    with RenderPool(1) as pool:
        content = pool.render(ready.job)
    snapshots.put_back(site, before)

    text = pdf_text(content)
    assert "kanari-company-firma" in text.casefold()
    assert told.private_in(text) == []
    assert edition == "company" or told.shared_in(text) == []


def test_no_copy_of_the_company_or_of_anybodys_own_data_holds_it(told: Noted) -> None:
    site, before = told.world.site, snapshots.take(told.world.site)
    copy = company_copy(site, told.actor("owner"), told.world.things["company"], NOW)
    with copy.file, ZipFile(io.BytesIO(copy.file.read())) as archive:
        texts = {name: archive.read(name).decode("utf-8", "replace") for name in archive.namelist()}
    people = ("owner", "member", "removed", "staff", "method_owner", "stranger", "former_advisor")
    own = {one: personal_copy(site, told.actor(one), NOW).decode() for one in people}
    advisors_own = personal_copy(site, told.actor("advisor"), NOW).decode()
    snapshots.put_back(site, before)

    assert {name: found for name, text in texts.items() if (found := told.private_in(name + text))} == {}
    assert {name: found for name, text in own.items() if (found := told.private_in(text))} == {}
    assert {name: told.shared_in(text) for name, text in own.items() if name not in READERS} == {
        name: [] for name in people if name not in READERS
    }
    assert told.shared_in("".join(texts.values()))
    assert told.private_in(advisors_own)


def test_no_mail_holds_a_word_of_any_note(told: Noted) -> None:
    """Everything that was ordered while the notes were written and the steps taken."""
    site, before = told.world.site, snapshots.take(told.world.site)
    with site.database.read() as session:
        bodies = [json.loads(one.body) for one in session.scalars(select(Job).where(Job.kind == "send_mail"))]
    for body in bodies:
        send_mail(site, body, NOW)
    sent = mails(site)
    snapshots.put_back(site, before)

    subjects = {str(one["Subject"]) for one in sent}
    assert len(subjects) > 2
    text = "".join(str(one) + text_of(one) + text_of(one, "html") for one in sent)
    assert told.private_in(text) + told.shared_in(text) == []


def test_it_lies_in_its_own_tables_alone_and_in_no_file(told: Noted) -> None:
    """Neither the record, nor a job, nor what was approved has a word of it."""
    snapshot, wrong = snapshots.take(told.world.site), list[str]()
    for table in METADATA.sorted_tables:
        for row in snapshot.tables[table.name]:
            found = told.private_in(repr(row))
            if found and table.name not in KEPT_IN:
                wrong.append(f"{table.name}: {found}")
        if told.removed in repr(snapshot.tables[table.name]):
            wrong.append(f"{table.name}: what was taken back")
    for key, content in snapshot.files.items():
        wrong += [f"{key}: {found}" for found in told.private_in(content.decode("utf-8", "replace"))]

    assert not wrong


def test_no_log_holds_a_word_of_any_note(told: Noted) -> None:
    """Written, refused, shared and read, by people and by pages."""
    site, before, id_ = told.world.site, snapshots.take(told.world.site), told.ids["in_review"]
    advisor = told.actor("advisor")
    with kept_log() as book:
        note = notes.write_note(
            site, advisor, id_, NOW, text="kanari-logg", is_shared=False, question_id=QUESTION
        )
        notes.share_note(site, advisor, id_, NOW, note_id=note)
        for person in ("advisor", "owner", "stranger"):
            browser = told.world.browser(person)
            for step in told.pages():
                if id_ in step.address:
                    step.take(browser, None)
    snapshots.put_back(site, before)

    assert book.lines()
    assert "kanari" not in book.text
