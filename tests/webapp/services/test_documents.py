"""Documents: who may have which, ordered once, handed out whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest

from reports.render import report_html
from tests.webapp.copies import a_copy
from tests.webapp.services.printing import print_all, printed
from tests.webapp.sites import (
    NOW,
    HandedIn,
    Pokes,
    a_company,
    a_person,
    a_programme,
    a_workshop,
    an_assessment,
    as_actor,
    make_site,
    submitted,
)
from webapp.db.tables.assessments import Submission
from webapp.db.tables.people import Person
from webapp.db.tables.work import Document, Job
from webapp.errors import NotThere, Refused
from webapp.services import documents
from webapp.services.actor import Actor
from webapp.services.documents import Listed
from webapp.services.queueing import enqueue
from webapp.services.sharing import share
from webapp.services.site import Site

LATER = NOW + timedelta(hours=1)


@dataclass(frozen=True)
class Cast:
    """Everybody around one handed-in assessment."""

    site: Site
    owner: Actor
    member: Actor
    advisor: Actor
    staff: Actor
    stranger: Actor
    handed_in: HandedIn


@pytest.fixture
def cast(tmp_path: Path) -> Cast:
    return a_copy(a_cast, tmp_path)


@pytest.fixture
def site(cast: Cast) -> Site:
    return cast.site


@pytest.fixture
def empty_site(tmp_path: Path) -> Site:
    return make_site(tmp_path)


def a_cast(site: Site) -> Cast:
    ids = [a_person(site, f"{name}@eksempel.no") for name in ("o", "m", "a", "s", "x")]
    company = a_company(site, owners=[ids[0]], members=[ids[1]], advisors=[ids[2]])
    a_company(site, "Annet AS", None, owners=[ids[4]])
    a_programme(site, staff=[ids[3]], companies=[company])
    owner = as_actor(site, ids[0])
    handed_in = submitted(site, owner, company)
    return Cast(site, owner, *(as_actor(site, id_) for id_ in ids[1:]), handed_in=handed_in)


def order(
    site: Site, actor: Actor, assessment_id: str, edition: str = "company", language: str = "nb"
) -> Listed:
    return documents.order_document(site, actor, assessment_id, edition, language, now=NOW)


def may_order(site: Site, cast: Cast, actor: Actor) -> list[str]:
    found = []
    for edition in ("company", "advisor", "share", "meeting"):
        try:
            found.append(order(site, actor, cast.handed_in.id, edition, "en").edition)
        except NotThere:
            continue
    return found


def test_the_companys_people_have_its_company_and_share_editions(site: Site, cast: Cast) -> None:
    assert may_order(site, cast, cast.owner) == ["company", "share"]
    assert may_order(site, cast, cast.member) == ["company", "share"]


def test_an_advisor_has_all_three_editions_and_the_meeting_sheet(site: Site, cast: Cast) -> None:
    assert may_order(site, cast, cast.advisor) == ["company", "advisor", "share", "meeting"]


def test_programme_staff_have_the_share_edition_once_it_is_shared(site: Site, cast: Cast) -> None:
    before = may_order(site, cast, cast.staff)
    share(site, cast.owner, cast.handed_in.id, NOW, is_shared=True)
    shared = may_order(site, cast, cast.staff)
    share(site, cast.owner, cast.handed_in.id, NOW, is_shared=False)

    assert (before, shared, may_order(site, cast, cast.staff)) == ([], ["share"], [])


def test_strangers_have_nothing(site: Site, cast: Cast) -> None:
    assert may_order(site, cast, cast.stranger) == []


Door = Callable[[Site, Actor, str], object]
DOORS: dict[str, Door] = {
    "find": documents.find_document,
    "open": lambda site, actor, id_: documents.open_pdf(site, actor, id_, NOW),
}


@pytest.mark.parametrize("door", DOORS.values(), ids=DOORS)
def test_a_document_of_others_is_as_unknown_as_one_that_is_not(site: Site, cast: Cast, door: Door) -> None:
    company = order(site, cast.owner, cast.handed_in.id)
    advisors = order(site, cast.advisor, cast.handed_in.id, "advisor")
    refused = [(cast.stranger, company.id), (cast.staff, company.id), (cast.owner, advisors.id)]

    for actor, id_ in [*refused, (cast.owner, "A" * 22), (cast.owner, "no id")]:
        with pytest.raises(NotThere):
            door(site, actor, id_)


@pytest.mark.parametrize("wish", [("company", "xx"), ("all", "nb"), ("", "")], ids="/".join)
def test_there_is_no_other_edition_and_no_other_language(
    site: Site, cast: Cast, wish: tuple[str, str]
) -> None:
    with pytest.raises(NotThere):
        order(site, cast.owner, cast.handed_in.id, *wish)
    with pytest.raises(NotThere):
        documents.submitted_material(site, cast.owner, cast.handed_in.id, wish[1], wish[0])


def test_there_is_nothing_of_what_was_not_handed_in(empty_site: Site) -> None:
    owner, company = a_workshop(empty_site)
    draft = an_assessment(empty_site, owner, company)

    with pytest.raises(NotThere):
        order(empty_site, owner, draft)
    with pytest.raises(NotThere):
        documents.list_documents(empty_site, owner, draft)
    with pytest.raises(NotThere):
        documents.report_of(empty_site, owner, draft, "nb", "company")


def test_the_first_documents_are_ordered_in_the_language_of_who_hands_in(empty_site: Site) -> None:
    owner, company = a_workshop(empty_site, language="nn")

    handed_in = submitted(empty_site, owner, company)

    found = documents.list_documents(empty_site, owner, handed_in.id)
    assert [(one.edition, one.language, one.state) for one in found] == [
        ("company", "nn", "waiting"),
        ("share", "nn", "waiting"),
    ]
    assert {one.job_id for one in found} <= set(handed_in.receipt.jobs)
    assert documents.count_unfinished(empty_site) == 2


def test_a_list_shows_what_its_reader_may_have(site: Site, cast: Cast) -> None:
    order(site, cast.advisor, cast.handed_in.id, "advisor")
    share(site, cast.owner, cast.handed_in.id, NOW, is_shared=True)

    def editions(actor: Actor) -> list[str]:
        return [one.edition for one in documents.list_documents(site, actor, cast.handed_in.id)]

    assert editions(cast.owner) == ["company", "share"]
    assert editions(cast.advisor) == ["advisor", "company", "share"]
    assert editions(cast.staff) == ["share"]


def test_a_document_is_ordered_once(site: Site, cast: Cast) -> None:
    with ThreadPoolExecutor(4) as threads:
        found = set(
            threads.map(lambda _: order(site, cast.owner, cast.handed_in.id, "share", "en"), range(8))
        )

    assert len(found) == 1


def test_a_document_comes_as_a_file_with_a_name(site: Site, cast: Cast) -> None:
    listed = order(site, cast.owner, cast.handed_in.id)
    printed(site, listed.id)

    pdf = documents.open_pdf(site, cast.owner, listed.id, NOW)

    assert pdf.name == "eksempel_mobelverksted_as-circular_business_models-nb-company.pdf"
    assert pdf.content.startswith(b"%PDF-1.7")
    found = documents.find_document(site, cast.owner, listed.id)
    assert (found.state, found.size_bytes) == ("ready", len(pdf.content))


def test_a_document_that_is_not_made_yet_is_not_handed_out(site: Site, cast: Cast) -> None:
    listed = order(site, cast.owner, cast.handed_in.id)

    with pytest.raises(Refused, match=r"documents\.waiting"):
        documents.open_pdf(site, cast.owner, listed.id, NOW)


def test_a_document_that_could_not_be_made_says_so_and_is_tried_again_when_asked_for(
    site: Site, cast: Cast
) -> None:
    listed = order(site, cast.owner, cast.handed_in.id)
    with site.database.write() as session:
        session.get_one(Job, listed.job_id).state = "failed"

    assert documents.find_document(site, cast.owner, listed.id).state == "failed"
    with pytest.raises(Refused, match=r"documents\.failed"):
        documents.open_pdf(site, cast.owner, listed.id, NOW)
    assert order(site, cast.owner, cast.handed_in.id) == listed


def stored_file(site: Site, document_id: str) -> Path:
    with site.database.read() as session:
        key = session.get_one(Document, document_id).key
    assert key is not None
    return site.settings.data_dir / "files" / key


DAMAGES: dict[str, Callable[[Path], object]] = {
    "gone": lambda file: file.unlink(),
    "empty": lambda file: file.write_bytes(b""),
    "half": lambda file: file.write_bytes(file.read_bytes()[:-20]),
    "other": lambda file: file.write_bytes(file.read_bytes().replace(b"1.7", b"1.6")),
    "no_end": lambda file: file.write_bytes(file.read_bytes().replace(b"%%EOF", b"%%EOG")),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_document_is_never_handed_out_and_made_anew(
    site: Site, cast: Cast, damage: Callable[[Path], object]
) -> None:
    listed = order(site, cast.owner, cast.handed_in.id)
    printed(site, listed.id)
    whole = documents.open_pdf(site, cast.owner, listed.id, NOW).content
    with site.database.write() as session:
        session.get_one(Job, listed.job_id).state = "done"
    damage(stored_file(site, listed.id))

    with pytest.raises(Refused, match=r"documents\.waiting"):
        documents.open_pdf(site, cast.owner, listed.id, NOW)
    waiting = documents.find_document(site, cast.owner, listed.id)
    printed(site, listed.id)

    assert waiting.state == "waiting"
    assert isinstance(site.queue, Pokes)
    assert site.queue.ids == [listed.job_id]
    assert documents.open_pdf(site, cast.owner, listed.id, NOW).content == whole


def test_a_damaged_document_is_made_anew_even_when_its_job_is_forgotten(site: Site, cast: Cast) -> None:
    listed = order(site, cast.owner, cast.handed_in.id)
    printed(site, listed.id)
    with site.database.write() as session:
        session.delete(session.get_one(Job, listed.job_id))
    stored_file(site, listed.id).unlink()

    with pytest.raises(Refused):
        documents.open_pdf(site, cast.owner, listed.id, NOW)

    assert documents.find_document(site, cast.owner, listed.id).state == "waiting"


def test_the_report_that_is_shown_on_screen_is_the_one_of_the_pdf(site: Site, cast: Cast) -> None:
    listed = order(site, cast.owner, cast.handed_in.id)

    report = documents.report_of(site, cast.owner, cast.handed_in.id, "nb", "company")

    page = printed(site, listed.id)
    assert page is not None
    body = page[page.index("<body") :]
    assert body in report_html(report)


def test_the_page_on_screen_keeps_to_what_its_reader_may_have(site: Site, cast: Cast) -> None:
    for actor, edition in [(cast.owner, "advisor"), (cast.staff, "share"), (cast.stranger, "company")]:
        with pytest.raises(NotThere):
            documents.report_of(site, actor, cast.handed_in.id, "nb", edition)


def test_a_result_that_cannot_be_recomputed_is_shown_to_nobody(site: Site, cast: Cast) -> None:
    with site.database.write() as session:
        kept = session.get_one(Submission, cast.handed_in.submission_id)
        kept.result = kept.result.replace('"level": 2', '"level": 3')

    with pytest.raises(Refused, match=r"documents\.result_differs"):
        documents.report_of(site, cast.owner, cast.handed_in.id, "nb", "company")


def test_each_hand_in_has_documents_of_its_own(site: Site, cast: Cast) -> None:
    with site.database.write() as session:
        first = session.get_one(Submission, cast.handed_in.submission_id)
        values = {column.key: getattr(first, column.key) for column in Submission.__table__.columns}
        session.add(Submission(**{**values, "id": "B" * 22, "number": 2, "receipt": "TWO", "at_utc": LATER}))

    last = order(site, cast.owner, cast.handed_in.id)
    earlier = documents.order_document(
        site, cast.owner, cast.handed_in.id, "company", "nb", now=NOW, number=1
    )

    assert (last.number, earlier.number) == (2, 1)
    with pytest.raises(NotThere):
        documents.order_document(site, cast.owner, cast.handed_in.id, "company", "nb", now=NOW, number=3)


def test_somebody_who_was_removed_has_nothing_any_more(site: Site, cast: Cast) -> None:
    listed = order(site, cast.owner, cast.handed_in.id)
    print_all(site, cast.owner, cast.handed_in.id)
    removed = replace(cast.owner, roles={})

    with pytest.raises(NotThere):
        documents.open_pdf(site, removed, listed.id, NOW)


def test_other_work_is_not_counted_as_documents(empty_site: Site) -> None:
    with empty_site.database.write() as session:
        enqueue(session, NOW, "send_mail", "signin:x", mail="signin", link="x")

    assert documents.count_unfinished(empty_site) == 0


def test_who_speaks_no_language_of_ours_gets_bokmal(empty_site: Site) -> None:
    owner, company = a_workshop(empty_site)
    with empty_site.database.write() as session:
        session.get_one(Person, owner.person_id).language = "fr"

    handed_in = submitted(empty_site, as_actor(empty_site, owner.person_id), company)

    assert {one.language for one in documents.list_documents(empty_site, owner, handed_in.id)} == {"nb"}
