"""Releases of a cohort: who is counted, told once for good, seen by whom, and never what it was made of."""

from __future__ import annotations

import json
import logging
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from sqlalchemy import func, select

from reports.cohort.report import build_cohort_report
from reports.render import cohort_report_html, cohort_site_html
from tests.webapp.services.crowds import CIRCULAR, hand_in
from tests.webapp.services.intakes import Intake, wanted
from tests.webapp.services.meanwhile import meanwhile
from tests.webapp.services.releases import (
    LATER,
    NEXT,
    basis_of,
    body,
    crowd,
    next_round,
    order,
    owner_of,
    readiness,
    released,
    withdraw,
)
from tests.webapp.sites import NOW, a_company, a_person, a_programme, as_actor
from webapp.db.queries_backup import every_key, still_named
from webapp.db.tables.cohorts import Cohort, CohortMember
from webapp.db.tables.organisations import ProfileFact
from webapp.db.tables.releases import CohortRelease, ReleaseDocument
from webapp.db.tables.work import AuditEvent, Job
from webapp.errors import NotThere, Refused
from webapp.services import (
    cohortfigures,
    cohortrounds,
    company_copy,
    releasepages,
    releaseprinting,
    releasing,
    retention,
)
from webapp.services.erasing import remove_organisation
from webapp.services.jobs import Body, JobFailed
from webapp.services.programme import open_programme
from webapp.services.releasing import document_key


@pytest.fixture
def intake(tmp_path: Path) -> Intake:
    return Intake(tmp_path)


def test_counted_is_who_is_in_consents_now_and_has_handed_in_within_the_round(intake: Intake) -> None:
    ids = crowd(intake, 13)
    crowd(intake, 1, NOW - timedelta(days=2))
    withdraw(intake, ids[0])
    with intake.site.database.write() as session:
        session.get_one(CohortMember, (intake.cohort, ids[1])).left_utc = LATER

    row = released(intake)

    assert json.loads(row.told)["owners"] == 11
    assert readiness(intake).handed_in == 11
    assert {one[0] for one in json.loads(basis_of(intake, row))["counted"]} == {*ids[2:]}


def test_companies_under_one_parent_count_once(intake: Intake) -> None:
    parent = a_company(intake.site, "Eksempel Konsern AS", None)
    crowd(intake, 3, parent=parent)
    crowd(intake, 9)

    found = readiness(intake)

    assert (found.handed_in, found.owners, found.refusal) == (12, 10, None)
    assert json.loads(released(intake).told)["owners"] == 10


def test_six_companies_are_too_few_and_it_is_said_how_many_there_are(intake: Intake) -> None:
    crowd(intake, 6)
    order(intake)

    with pytest.raises(JobFailed, match="too_few_owners") as failed:
        releasing.release(intake.site, body(intake), LATER)

    refusal = readiness(intake).refusal
    assert failed.value.is_final
    assert refusal is not None
    assert (refusal.reason, refusal.found, refusal.needed) == ("too_few_owners", 6, 10)


def test_asked_for_twice_and_done_twice_at_once_it_is_one_release(intake: Intake) -> None:
    crowd(intake, 12)

    orders = {order(intake), order(intake)}
    with ThreadPoolExecutor(2) as two:
        done = list(two.map(lambda _: releasing.release(intake.site, body(intake), LATER), range(2)))

    assert len(orders) == 1
    assert sorted(map(len, done)) == [0, 3]
    assert order(intake) is None
    with intake.site.database.read() as session:
        deeds = select(func.count()).where(AuditEvent.action == "cohort_released")
        printed = select(func.count()).where(Job.kind == "render_release")
        counts = [
            session.scalar(one) for one in (select(func.count()).select_from(CohortRelease), deeds, printed)
        ]
    assert counts == [1, 1, 3]
    assert readiness(intake).is_released


def test_a_release_that_comes_while_another_worker_reads_is_that_workers_too(
    intake: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    crowd(intake, 12)

    def do() -> tuple[str, ...]:
        return releasing.release(intake.site, body(intake), LATER)

    done = meanwhile(do, (releasing.queries, "release_in"), do, monkeypatch)

    assert sorted(map(len, done)) == [0, 3]


def test_who_withdraws_while_it_is_worked_out_is_not_counted(
    intake: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = crowd(intake, 13)
    publish, times = releasing.publish, []

    def slowly(*given: object) -> object:
        if not times:
            withdraw(intake, ids[0])
        times.append(1)
        return publish(*given)  # type: ignore[arg-type]  # as it came

    monkeypatch.setattr(releasing, "publish", slowly)

    row = released(intake)

    assert len(times) == 2
    assert json.loads(row.told)["owners"] == 12
    assert ids[0] not in basis_of(intake, row)


def test_what_is_no_longer_asked_once_it_is_worked_out_is_not_released(
    intake: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    crowd(intake, 12)
    publish = releasing.publish

    def publish_slowly(*given: Any) -> object:
        intake.change(replace(wanted(), prework={}), LATER)
        return publish(*given)

    monkeypatch.setattr(releasing, "publish", publish_slowly)

    with pytest.raises(JobFailed, match="not_asked"):
        releasing.release(intake.site, body(intake), LATER)


def test_a_round_counts_its_own_results_and_says_who_moved(intake: Intake) -> None:
    ids = crowd(intake, 24)
    first = released(intake)
    next_round(intake)

    with pytest.raises(JobFailed, match="too_few_owners"):
        releasing.release(intake.site, body(intake, 2), NEXT)
    hand_in(intake.site, ids, "2026", NEXT, up=1)
    second = released(intake, 2, NEXT)

    told = {one["id"]: one for one in json.loads(second.told)["tables"]}
    # Kinds 0, 1 and 3 of six go up a level, 2, 4 and 5 stay: levels are 0 1 2 2 3 3.
    assert told["development"]["groups"] == [["up"], ["same", "down"]]
    assert told["development"]["rows"] == [{"names": [], "counts": [12, 12]}]
    assert [json.loads(one.told)["number"] for one in (first, second)] == [1, 2]


def test_a_new_round_begins_after_the_one_before_and_not_ahead(intake: Intake) -> None:
    for day, wrong in ((0, "round_before"), (31, "round_ahead")):
        with pytest.raises(Refused, match=wrong):
            cohortrounds.begin_round(
                intake.site,
                intake.staff,
                intake.programme,
                intake.cohort,
                begins_on=(NOW + timedelta(days=day)).date(),
                now=NEXT,
            )

    next_round(intake)

    with pytest.raises(NotThere):
        order(intake, round_=1, now=NEXT)
    with pytest.raises(JobFailed, match="round_over"):
        releasing.release(intake.site, body(intake, 1), NEXT)


def test_a_company_in_the_cohort_sees_it_and_for_one_outside_it_is_not_there(intake: Intake) -> None:
    ids = crowd(intake, 12)
    row = released(intake)
    inside = owner_of(intake, ids[0])
    outside = owner_of(intake, a_company(intake.site, "Eksempel Utenfor AS", None))
    other = a_person(intake.site, "annen@fylke.no")
    a_programme(intake.site, "Et annet", staff=[other])

    found = releasepages.open_release(intake.site, inside, row.id, "nn")

    assert (found.company_id, found.programme_id) == (ids[0], "")
    for stranger in (outside, as_actor(intake.site, other)):
        for id_ in (row.id, "A" * 22, "../x"):
            with pytest.raises(NotThere):
                releasepages.open_release(intake.site, stranger, id_, "nb")
            with pytest.raises(NotThere):
                releasepages.take_json(intake.site, stranger, id_)
            with pytest.raises(NotThere):
                releasepages.take_pdf(intake.site, stranger, id_, "nb", LATER)
    with intake.site.database.write() as session:
        session.get_one(CohortMember, (intake.cohort, ids[0])).left_utc = LATER
    with pytest.raises(NotThere):
        releasepages.open_release(intake.site, inside, row.id, "nb")


def test_documents_are_made_before_they_are_asked_for_and_a_lost_one_is_made_again(intake: Intake) -> None:
    crowd(intake, 12)
    row = released(intake)
    with pytest.raises(Refused, match="waiting"):
        releasepages.take_pdf(intake.site, intake.staff, row.id, "nb", LATER)
    wanted: Body = {"release": row.id, "language": "nb"}
    assert releaseprinting.prepare(intake.site, wanted) is not None
    with pytest.raises(JobFailed):
        releaseprinting.keep(intake.site, wanted, b"%PDF-half", LATER)

    releaseprinting.keep(intake.site, wanted, b"%PDF-1.7\n%%EOF\n", LATER)

    pdf = releasepages.take_pdf(intake.site, intake.staff, row.id, "nb", LATER)
    assert pdf.name == "kull_1-circular_business_models-round-1-nb.pdf"
    assert releaseprinting.prepare(intake.site, wanted) is None
    with intake.site.database.read() as session:
        [key] = every_key(session)
        assert still_named(session, key)
    retention.run(intake.site, datetime.now(LATER.tzinfo) + timedelta(days=2))
    assert key in intake.site.files.list_keys()
    intake.site.files.delete(key)
    with pytest.raises(Refused, match="waiting"):
        releasepages.take_pdf(intake.site, intake.staff, row.id, "nb", LATER)
    assert releaseprinting.prepare(intake.site, wanted) is not None


def test_a_document_that_failed_is_made_again_by_a_button_and_not_by_looking(intake: Intake) -> None:
    crowd(intake, 12)
    row = released(intake)
    with intake.site.database.write() as session:
        job = session.scalars(select(Job).where(Job.key == document_key(row.id, "nb"))).one()
        job.state, job.error = "failed", "render_time"

    with pytest.raises(Refused, match=r"documents\.failed"):
        releasepages.take_pdf(intake.site, intake.staff, row.id, "nb", LATER)

    with intake.site.database.read() as session:
        assert session.get_one(Job, job.id).state == "failed"
    assert releasepages.order_pdf(intake.site, intake.staff, row.id, "nb", LATER) == job.id
    assert releasepages.order_pdf(intake.site, intake.staff, row.id, "nb", LATER) is None
    with pytest.raises(Refused, match=r"documents\.waiting"):
        releasepages.take_pdf(intake.site, intake.staff, row.id, "nb", LATER)


def test_the_layout_is_settled_once_and_names_no_place_that_few_share(intake: Intake) -> None:
    ids = crowd(intake, 13)
    with intake.site.database.write() as session:
        session.get_one(ProfileFact, (ids[0], "municipality")).value = '"Hos Kari Eksempel"'

    first = released(intake)
    next_round(intake)
    hand_in(intake.site, ids, "2026", NEXT, up=1)
    crowd(intake, 8, NEXT)
    second = released(intake, 2, NEXT)

    with intake.site.database.read() as session:
        kept = json.loads(session.get_one(Cohort, intake.cohort).layout or "")[CIRCULAR]["layout"]
    assert kept["regions"] == ["Eksempelnes", "Eksempelvik"]  # six each, and one that nobody shares
    assert kept["sectors"] == ["c", "f"]
    assert json.loads(first.told)["layout"] == json.loads(second.told)["layout"]


def test_an_erased_company_is_a_stranger_in_everything_it_was_counted_in(intake: Intake) -> None:
    parent = a_company(intake.site, "Eksempel Konsern AS", None)
    [unit] = crowd(intake, 1, parent=parent)
    ids = crowd(intake, 14)
    first = released(intake)
    next_round(intake)
    results = hand_in(intake.site, [unit, *ids], "2026", NEXT, up=1)
    second = released(intake, 2, NEXT)
    before = [json.loads(basis_of(intake, row))["counted"] for row in (first, second)]

    with intake.site.database.write() as session:
        for gone in (ids[3], unit):
            remove_organisation(session, gone)

    after = [json.loads(basis_of(intake, row))["counted"] for row in (first, second)]
    texts = [basis_of(intake, row) for row in (first, second)]
    assert not any(one in text for text in texts for one in (ids[3], unit, parent, results[0], results[4]))
    strangers = [{one[0] for one in counted} - {parent, *ids} for counted in after]
    assert strangers[0] == strangers[1]
    assert len(strangers[0]) == 2
    places = [sorted(json.dumps(one[2:]) for one in counted) for counted in (*before, *after)]
    assert places[:2] == places[2:]  # where they stood is still counted
    with intake.site.database.read() as session:
        assert [row.told for row in session.scalars(select(CohortRelease).order_by(CohortRelease.round))] == [
            first.told,
            second.told,
        ]


def test_what_it_was_made_of_is_in_no_page_no_file_no_copy_and_no_log(
    intake: Intake, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    ids = crowd(intake, 24)
    row = released(intake)
    basis = json.loads(basis_of(intake, row))["counted"]
    own = owner_of(intake, ids[0])
    report = build_cohort_report(releasepages.open_release(intake.site, own, row.id, "nb").material)
    copy = company_copy.company_copy(intake.site, own, ids[0], LATER)
    with copy.file, ZipFile(copy.file) as archive:
        copied = [archive.read(name).decode() for name in archive.namelist()]
    shown = [
        cohort_report_html(report),
        cohort_site_html(report, "/s.css", ()),
        *(one.content.decode() for one in report.attached),
        releasepages.take_json(intake.site, intake.staff, row.id).content.decode(),
        repr(cohortfigures.open_figures(intake.site, intake.staff, intake.programme, intake.cohort, LATER)),
        repr(replace(open_programme(intake.site, intake.staff, intake.programme), companies=())),
        *copied,
        caplog.text,
    ]

    for owner, result, *_ in basis:
        if owner != ids[0]:
            assert not any(id_ in text for text in shown for id_ in (owner, result))
    with intake.site.database.read() as session:
        details = " ".join(session.scalars(select(AuditEvent.detail)))
        documents = session.scalars(select(ReleaseDocument.language)).all()
    assert not any(id_ in details for id_ in ids)
    assert sorted(documents) == ["en", "nb", "nn"]


def test_the_programme_shows_what_a_cohort_was_told_last(intake: Intake) -> None:
    crowd(intake, 24)
    before = open_programme(intake.site, intake.staff, intake.programme)
    row = released(intake)
    crowd(intake, 5)  # counted in no release yet

    [levels] = open_programme(intake.site, intake.staff, intake.programme).levels

    assert before.levels == ()
    assert (levels.release_id, levels.owners, levels.round) == (row.id, 24, 1)
    # 24 companies on levels 0 1 2 2 3 3, four of each: fewer than six are told with the next.
    assert [(band.low, band.high, band.count) for band in levels.bands] == [(0, 1, 8), (2, 2, 8), (3, 4, 8)]
