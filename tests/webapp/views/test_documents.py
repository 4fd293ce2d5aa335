"""Documents on pages: their states, having one made, and downloading it whole."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.webapp.services.printing import print_all
from tests.webapp.views.after import LATER, After, hand_in
from tests.webapp.views.browsing import Browser, text_of
from webapp.db.tables.work import Document, Job
from webapp.services.notes import write_note
from webapp.services.reviewing import decide
from webapp.services.sharing import share
from webapp.services.submitting import submit

_PDF = re.compile(r'href="(/nb/documents/[^"]+)"')


@pytest.fixture
def after(tmp_path: Path) -> After:
    return hand_in(tmp_path)


def pdfs(browser: Browser, path: str) -> list[str]:
    """The downloads a page links to, each once."""
    return list(dict.fromkeys(_PDF.findall(browser.get(path).text)))


def test_while_it_is_made_the_page_says_so_and_how_to_look_again(after: After) -> None:
    page = after.browser(after.owner).get(after.path("result")).text

    assert page.count("data-waiting") == 3
    assert f'<a class="ds-link" href="/nb/assessments/{after.id}/result">Se etter på nytt</a>' in page
    assert 'http-equiv="refresh"' not in page


def test_once_made_it_is_downloaded_under_a_name_of_its_own(after: After) -> None:
    after.print()
    browser = after.browser(after.owner)

    [company, share_edition] = pdfs(browser, after.path("result"))
    answer = browser.get(company)

    assert answer.mimetype == "application/pdf"
    assert answer.data.startswith(b"%PDF-")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Disposition"] == (
        'attachment; filename="eksempel_mobelverksted_as-circular_business_models-nb-company.pdf"'
    )
    assert browser.get(share_edition).headers["Content-Disposition"].endswith('-share.pdf"')


def test_another_language_is_made_when_it_is_asked_for(after: After) -> None:
    browser = after.browser(after.owner)

    browser.post(after.path("documents"), {"edition": "share", "language": "en", "from": "result"})

    with after.site.database.read() as session:
        made = session.scalars(select(Document).where(Document.language == "en")).one()
        jobs = session.scalars(select(Job.state).where(Job.kind == "render_document")).all()
    assert (made.edition, made.state) == ("share", "waiting")
    assert jobs == ["waiting"] * 3
    assert "Rapporten lages nå." in text_of(browser.get(after.path("result")))


def test_reading_a_page_orders_nothing(after: After) -> None:
    for path in ("result", "documents", "report", "report?edition=share"):
        after.browser(after.owner, "en").get(after.path(path))

    with after.site.database.read() as session:
        assert len(session.scalars(select(Document)).all()) == 2


def test_one_that_failed_is_tried_again(after: After) -> None:
    with after.site.database.write() as session:
        for job in session.scalars(select(Job)):
            job.state = "failed"
    browser = after.browser(after.owner)
    assert "Rapporten kunne ikke lages." in text_of(browser.get(after.path("result")))

    browser.post(after.path("documents"), {"edition": "company", "language": "nb"})

    with after.site.database.read() as session:
        states = sorted(session.scalars(select(Job.state).where(Job.kind == "render_document")))
    assert states == ["failed", "waiting"]


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"edition": "advisor", "language": "nb"},
        {"edition": "company", "language": "de"},
        {"edition": "company", "language": "nb", "number": "2"},
        {"edition": "company\x00", "language": "nb"},
    ],
    ids=str,
)
def test_what_is_not_to_be_had_is_not_ordered(after: After, sent: dict[str, str]) -> None:
    after.browser(after.owner).post(after.path("documents"), sent, 404)

    with after.site.database.read() as session:
        assert len(session.scalars(select(Document)).all()) == 2


@pytest.mark.parametrize("number", ["", "x", "-1", "1e9", "9" * 30, "\u0661"])
def test_a_number_that_is_none_means_the_last_hand_in(after: After, number: str) -> None:
    sent = {"edition": "company", "language": "nn", "number": number}

    answer = after.browser(after.owner).post(after.path("documents"), sent)

    assert answer.headers["Location"].endswith("#hand-in-1")


def test_each_hand_in_keeps_its_own(after: After) -> None:
    after.print()
    advisor = after.actor(after.advisor)
    decide(after.site, advisor, after.id, "start_review", LATER)
    decide(after.site, advisor, after.id, "send_back", LATER, reason="Se en gang til.")
    submit(after.site, after.actor(after.owner), after.id, 1, LATER)
    browser = after.browser(after.owner)

    assert len(pdfs(browser, after.path("documents"))) == 2
    after.print()

    page = text_of(browser.get(after.path("documents")))
    assert ("Innsending 1," in page, "Innsending 2," in page) == (True, True)
    assert page.index("Innsending 2,") < page.index("Innsending 1,")
    assert len(pdfs(browser, after.path("documents"))) == 4
    assert len(pdfs(browser, after.path("result"))) == 2


def test_an_advisor_has_all_three_editions(after: After) -> None:
    after.print()
    browser = after.browser(after.advisor)
    assert len(pdfs(browser, after.path("result"))) == 2

    browser.post(after.path("documents"), {"edition": "advisor", "language": "nb"})

    assert "Rådgiverens utgave" in text_of(browser.get(after.path("documents")))


def test_the_meeting_sheet_is_offered_to_advisors_alone(after: After) -> None:
    form = {"edition": "meeting", "language": "nb"}
    advisor, owner = after.browser(after.advisor), after.browser(after.owner)

    assert "Møteark" in text_of(advisor.get(after.path("documents")))
    assert "Møteark" not in text_of(owner.get(after.path("documents")))
    owner.post(after.path("documents"), form, 404)
    advisor.post(after.path("documents"), form)
    print_all(after.site, after.actor(after.advisor), after.id)

    sheet = pdfs(advisor, after.path("documents"))[-1]
    name = advisor.get(sheet).headers["Content-Disposition"]
    assert name.endswith('-circular_business_models-nb-meeting.pdf"')
    owner.get(sheet, 404)
    advisor.get(after.path("report?edition=meeting"), 404)


def test_what_is_outdated_is_offered_anew_and_not_as_it_was(after: After) -> None:
    after.print()
    owner = after.browser(after.owner)
    [company, share_edition] = pdfs(owner, after.path("documents"))
    advisor = after.actor(after.advisor)
    write_note(after.site, advisor, after.id, LATER, text="Til dere.", is_shared=True)

    page = owner.get(after.path("documents"))

    assert pdfs(owner, after.path("documents")) == [share_edition]
    assert "Det er kommet noe nytt siden denne ble laget på bokmål. Lag ny på bokmål" in text_of(page)
    assert "Lag ny rapport (PDF)" in text_of(owner.get(after.path("result")))
    owner.get(company.removeprefix("/nb"), 409)
    assert "Lages nå på bokmål" in text_of(owner.get(after.path("documents")))


def test_staff_have_the_share_edition_of_those_who_share(after: After) -> None:
    after.print()
    [company, share_edition] = pdfs(after.browser(after.owner), after.path("documents"))
    staff = after.browser(after.staff)
    staff.get(share_edition, 404)
    share(after.site, after.actor(after.owner), after.id, LATER, is_shared=True)

    assert pdfs(staff, after.path("documents")) == [share_edition]
    staff.get(share_edition)
    staff.get(company, 404)
    assert "Kvittering" not in text_of(staff.get(after.path("documents")))
    staff.post(after.path("documents"), {"edition": "company", "language": "nb"}, 404)


def test_a_download_is_not_there_for_strangers(after: After) -> None:
    after.print()
    links = pdfs(after.browser(after.owner), after.path("documents"))

    for link in links:
        after.browser(after.stranger).get(link, 404)


@pytest.mark.parametrize("document", ["x", "A" * 22, "A" * 23, "%00", "..%2f"])
def test_a_document_that_is_none_is_not_there(after: After, document: str) -> None:
    assert after.browser(after.owner).client.get(f"/nb/documents/{document}").status_code == 404


def test_what_is_not_ready_is_not_handed_out(after: After) -> None:
    with after.site.database.read() as session:
        waiting = session.scalars(select(Document.id)).first()

    answer = after.browser(after.owner).get(f"/documents/{waiting}", 409)

    assert "lages fortsatt" in text_of(answer)
