"""The pages of cohorts: inviting from a list, answering, consents, progress, reminding, closing."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import update

from questionnaires.values import LANGUAGES, Language
from tests.webapp.services.crowds import a_crowd
from tests.webapp.services.crowds import hand_in as many_hand_in
from tests.webapp.services.post import mails
from tests.webapp.views.after import After, hand_in
from tests.webapp.views.browsing import Browser, anonymous, hidden_in, text_of
from webapp.db.tables.cohorts import Cohort, CohortInvitation
from webapp.db.tables.work import Job
from webapp.services import cohortmailing, mailing, releasing
from webapp.services.jobs import JobFailed, claim, due, fail

CIRCULAR = "circular_business_models"
LIST = (
    "navn;orgnr;kontakt;epost\n"
    "Eksempel Møbelverksted;311046276;Kari;kari@eksempel.no\n"
    "=Eksempel Beta;310028150;Per;per@eksempel.no\n"
)


@pytest.fixture
def after(tmp_path: Path) -> After:
    return hand_in(tmp_path)


def desk(after: After, rest: str = "") -> str:
    return f"/programme/{after.programme}/cohorts{rest}"


def set_up(after: After, staff: Browser) -> str:
    """The address of a new cohort's page, without its language."""
    today = datetime.now(UTC)
    days = {"opens": f"{today:%d.%m.%Y}", "deadline": f"{today + timedelta(days=20):%d.%m.%Y}"}
    form = {"name": "Kull Eksempel", f"prework-{CIRCULAR}": "basic", **days}
    return str(staff.post(desk(after, "/new"), form).headers["Location"]).removeprefix("/nb")


def work(after: After) -> None:
    """Do every job that is due."""
    now = datetime.now(UTC)
    for kind in ("cohort_mails", "send_mail"):
        for job_id in due(after.site.database, [kind], now):
            claimed = claim(after.site.database, job_id, now)
            assert claimed is not None
            if kind == "send_mail":
                mailing.send_mail(after.site, claimed.body, now)
            else:
                cohortmailing.order_mails(after.site, claimed.body, now)


def link_to(after: After, email: str) -> str:
    """The address in the mail to somebody, without its language."""
    [mail] = [one for one in mails(after.site) if one["To"] == email and "Kull" in one["Subject"]]
    body = mail.get_body(("plain",))
    assert body is not None
    found = re.search(r"/cohort-invitation/\S+", body.get_content())
    assert found is not None
    return found[0]


def test_a_list_is_checked_shown_and_imported_and_both_kinds_of_readers_come_in(after: After) -> None:
    staff, owner = after.browser(after.staff), after.browser(after.owner)
    cohort = set_up(after, staff)

    wrong = staff.post(f"{cohort}/invitations", {"text": LIST + "Feil;123;;x\n"}, 400)
    assert "Rad 4, organisasjonsnummer: 123 er ikke ni siffer." in text_of(wrong)
    shown = staff.post(f"{cohort}/invitations", {"file": (io.BytesIO(LIST.encode("cp1252")), "l.csv")}, 200)
    assert "2 bedrifter kan inviteres" in text_of(shown)
    for _ in range(2):
        staff.post(f"{cohort}/invitations/import", {"text": LIST})
    work(after)
    assert len([one for one in mails(after.site) if "Kull Eksempel" in one["Subject"]]) == 2

    owner.get(link_to(after, "kari@eksempel.no"), 303)
    [place] = re.findall(r"/cohort-invitations/[\w-]+", owner.get("/account").text)
    asked = owner.get(place)
    assert not re.search(r'name="uses"[^>]* checked', asked.text)
    joined = owner.post(place, {"company": after.company, "uses": ["aggregate", "tables"]})
    own = str(joined.headers["Location"]).removeprefix("/nb")
    page = owner.get(own)
    assert "Ja: Bordlister og navneskilt" in text_of(page)
    owner.post(own, {"uses": ["aggregate"], "shown": hidden_in(page, "shown")})
    assert "Nei: Bordlister og navneskilt" in text_of(owner.get(own))
    assert "Kull Eksempel" in text_of(owner.get(f"/organisations/{after.company}"))
    after.browser(after.member).post(own, {"uses": ["tables"]}, 403)
    after.browser(after.stranger).get(own, 404)

    new = anonymous(after.app)
    token = link_to(after, "per@eksempel.no")
    assert "er behandlingsansvarlig" in text_of(new.get(token))
    place = str(new.post(token, {"name": "Per Eksempel"}).headers["Location"])
    new.post(place.removeprefix("/nb"), {"company": ""})
    page = text_of(staff.get(cohort))
    assert "Levert" in page
    assert "Ble med" in page

    taken = staff.get(f"{cohort}/progress.csv")
    assert "'=Eksempel Beta" in taken.get_data().decode("utf-8-sig") or ";\"'=" in taken.text
    sheet = load_workbook(io.BytesIO(staff.get(f"{cohort}/progress.xlsx").get_data())).worksheets[0]
    assert sheet.max_row == 3


def test_the_table_is_sifted_and_reminders_are_shown_before_they_go(after: After) -> None:
    staff = after.browser(after.staff)
    cohort = set_up(after, staff)
    staff.post(f"{cohort}/invitations/import", {"text": LIST})
    work(after)
    with after.site.database.write() as session:
        for one in session.query(CohortInvitation):
            one.told_utc = datetime.now(UTC) - timedelta(days=8)

    assert "Beta" not in text_of(staff.get(f"{cohort}?name=311+046"))
    assert "2 bedrifter" in text_of(staff.get(f"{cohort}?step=invited&waits=answer"))
    assert "Send 2 påminnelser" in text_of(staff.get(f"{cohort}/reminder"))
    staff.post(f"{cohort}/reminder")
    staff.post(f"{cohort}/reminder", status=409)
    work(after)

    assert "ingen å minne på" in text_of(staff.get(f"{cohort}/reminder"))
    assert [one["To"] for one in mails(after.site)].count("per@eksempel.no") == 2


def test_who_says_no_by_the_link_needs_no_account(after: After) -> None:
    staff = after.browser(after.staff)
    cohort = set_up(after, staff)
    staff.post(f"{cohort}/invitations/import", {"text": LIST})
    work(after)
    token, reader = link_to(after, "per@eksempel.no"), anonymous(after.app)

    reader.post(f"{token}/refusal")

    reader.get(token, 410)
    assert "Takket nei" in text_of(staff.get(cohort))


def test_a_company_leaves(after: After) -> None:
    staff, owner = after.browser(after.staff), after.browser(after.owner)
    cohort = set_up(after, staff)
    staff.post(f"{cohort}/invitations/import", {"text": LIST})
    [place] = re.findall(r"/cohort-invitations/[\w-]+", owner.get("/account").text)
    own = str(owner.post(place, {"company": after.company}).headers["Location"]).removeprefix("/nb")

    assert "Melde bedriften ut" in text_of(owner.get(f"{own}/leaving"))
    owner.post(f"{own}/leaving")

    owner.get(own, 404)
    assert "Meldt ut" in text_of(staff.get(cohort))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_of_staff_is_in_order_in_each_language(after: After, language: Language) -> None:
    staff = after.browser(after.staff, language)
    staff.post(desk(after, "/new"), {"name": "", "opens": "32.1.2027"}, 400)
    cohort = set_up(after, after.browser(after.staff))
    assert "Kull Eksempel" in text_of(staff.get(desk(after)))
    for rest in ("", "/settings", "/invitations", "/reminder"):
        staff.get(f"{cohort}{rest}")
    staff.post(f"{cohort}/invitations", {"text": LIST}, 200)
    staff.post(f"{cohort}/settings", {"name": "Nytt navn", "opens": "1.1.2027", "deadline": "1.1.2026"}, 400)
    base = hidden_in(staff.get(f"{cohort}/settings"), "base")
    staff.post(f"{cohort}/settings", {"name": "Nytt navn", "opens": "1.1.2026", "base": base})
    staff.post(f"{cohort}/closing")
    with after.site.database.read() as session:
        row = session.query(Cohort).one()
    assert (row.name, row.prework, row.closed_utc is None) == ("Nytt navn", "{}", False)
    staff.post(f"{cohort}/opening")


def test_too_few_companies_are_told_in_words_and_no_figures_come_of_asking(after: After) -> None:
    staff = after.browser(after.staff)
    cohort = set_up(after, staff)
    companies = a_crowd(after.site, after.programme, cohort.rpartition("/")[2], 6)
    many_hand_in(after.site, companies, "2025", datetime.now(UTC))

    for _ in range(2):
        staff.post(f"{cohort}/figures/{CIRCULAR}/1")
    [job_id] = due(after.site.database, ["release_cohort"], datetime.now(UTC))
    claimed = claim(after.site.database, job_id, datetime.now(UTC))
    assert claimed is not None
    with pytest.raises(JobFailed) as failed:
        releasing.release(after.site, claimed.body, datetime.now(UTC))
    fail(after.site.database, claimed, failed.value, datetime.now(UTC))

    page = text_of(staff.get(f"{cohort}/figures"))
    assert "6 av dem har levert i denne runden." in page
    assert "Minst 10 bedrifter må ha sagt ja til å bli talt med og ha levert i runden. Nå er det 6." in page
    assert "Ingen tall er gitt ut ennå." in page
    staff.get(f"{cohort}/figures/{CIRCULAR}", 303)
    staff.get(f"{cohort}/figures/sustainability_reporting", 404)
    assert "Velg en dag" in text_of(staff.post(f"{cohort}/figures", {"begins": "1.1.2999"}, 409))
    assert "1.3.2027" in text_of(staff.post(f"{cohort}/figures", {"begins": "snart"}, 400))
    for stranger in (after.owner, after.advisor, after.stranger):
        after.browser(stranger).get(f"{cohort}/figures", 404)


def test_a_document_that_could_not_be_made_has_a_button_that_has_it_made(after: After) -> None:
    staff = after.browser(after.staff)
    cohort = set_up(after, staff)
    companies = a_crowd(after.site, after.programme, cohort.rpartition("/")[2], 12)
    many_hand_in(after.site, companies, "2025", datetime.now(UTC))
    staff.post(f"{cohort}/figures/{CIRCULAR}/1")
    now = datetime.now(UTC)
    [job_id] = due(after.site.database, ["release_cohort"], now)
    claimed = claim(after.site.database, job_id, now)
    assert claimed is not None
    releasing.release(after.site, claimed.body, now)
    with after.site.database.write() as session:
        session.execute(update(Job).where(Job.kind == "render_release").values(state="failed"))

    page = staff.get(f"{cohort}/figures").text
    [address, *_] = re.findall(r'action="/nb(/cohort-figures/[^"]+/documents)"', page)
    staff.post(address, {"language": "nb"})

    assert page.count("Prøv igjen") == 3
    assert "PDF på bokmål lages" in text_of(staff.get(f"{cohort}/figures"))
