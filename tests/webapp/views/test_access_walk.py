"""Everybody at every door: who gets in is what the table says, and nothing gets out to anybody else."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pikepdf
import pypdfium2  # type: ignore[import-untyped]
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from reports.rendering.workers import RenderPool
from tests.webapp.kinds import KINDS, Kind
from tests.webapp.sites import NOW
from tests.webapp.views import snapshots
from tests.webapp.views.pagecheck import check_page
from tests.webapp.views.squeezed import plain
from tests.webapp.views.stops import Stop
from tests.webapp.views.walking import PERSONS, SECRETS, World, world_of
from tests.webapp.views.walks import (
    Heard,
    Step,
    csrf_of,
    everything_in,
    expected,
    met,
    method_of,
    rule_at,
    step_of,
)
from tests.webapp.views.walktable import TABLE
from webapp.db.tables.work import Document
from webapp.services.printing import keep_document, prepare_document

pytestmark = pytest.mark.parametrize("database_kind", KINDS, indirect=True)


@pytest.fixture
def world(database_kind: Kind) -> World:
    return world_of(database_kind)


def steps(world: World, method: str) -> list[Step]:
    return [step_of(world, stop, method) for stop in TABLE if method_of(world, stop) == method]


def unknown(world: World, step: Step) -> Step:
    return step_of(world, step.stop, step.method, is_unknown=True)


def gets_the_same(world: World, step: Step, person: str) -> bool:
    """Whether what is there must look to a person as if it were not."""
    return expected(world, step.stop, person) not in ("in", "409") and person not in step.stop.told_no


def got_out(world: World, stop: Stop, person: str, text: str) -> list[str]:
    secret = world.got_out(text, person)
    shown = {canary for name in stop.shows for canary in world.canaries[name]}
    return [canary for canary in secret if canary not in shown]


def test_every_route_is_in_the_table(world: World) -> None:
    walked = {rule_at(world, step).rule for method in ("GET", "POST") for step in steps(world, method)}
    there = {rule.rule for rule in world.app.url_map.iter_rules()}
    assert walked == there


def walk(world: World, person: str, method: str) -> list[str]:
    """What is wrong on somebody's way past every stop that takes a method."""
    client = world.browser(person)
    csrf, before, wrong = csrf_of(client), snapshots.take(world.site), []
    for step in steps(world, method):
        answer = step.take(client, csrf)
        found = list(mistakes(world, step, person, answer))
        changed = before.changed(snapshots.take(world.site))
        if changed and (method == "GET" or expected(world, step.stop, person) != "in"):
            found.append(f"changed {changed}")
        if changed:
            snapshots.put_back(world.site, before)
        answers = [answer]
        if gets_the_same(world, step, person):
            other = unknown(world, step)
            answers.append(other.take(client, csrf))
            if unlike := differences(step.heard(answer), other.heard(answers[-1])):
                found.append(f"what is there does not look like what is not: {unlike}")
        wrong += [f"{step.stop}: {one}" for one in found]
        if any("Set-Cookie" in one.headers for one in answers):
            world.sign_in(client, person)
    return wrong


def differences(there: Heard, unknown: Heard) -> list[str]:
    """Where two answers part, each with a little of what stands there."""
    found = []
    for one, other in zip(map(str, there), map(str, unknown), strict=True):
        if one != other:
            pairs = enumerate(zip(one, other, strict=False))
            at = next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))
            found.append(f"{one[max(0, at - 60) : at + 60]!r}, not {other[max(0, at - 60) : at + 60]!r}")
    return found


def mistakes(world: World, step: Step, person: str, answer: TestResponse) -> Iterator[str]:
    """What is wrong with one answer, by itself."""
    found, wanted = met(answer, step.method), expected(world, step.stop, person)
    if found != wanted:
        yield f"{found}, not {wanted}"
    if out := got_out(world, step.stop, person, everything_in(answer)):
        yield f"shows {out[:5]}"
    is_report = step.stop.endpoint == "result.show_report" and found == "in"
    if answer.mimetype == "text/html" and answer.status_code != 303 and not is_report:
        check_page(answer.text, "nb")


@pytest.mark.parametrize("person", PERSONS)
def test_pages_open_to_whom_they_should_and_change_nothing(world: World, person: str) -> None:
    wrong = walk(world, person, "GET")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("person", PERSONS)
def test_deeds_are_for_whom_they_should_be(world: World, person: str) -> None:
    wrong = walk(world, person, "POST")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("guard", [None, "wrong", "another browser's"])
def test_no_deed_is_done_without_the_guard_of_its_form(world: World, guard: str | None) -> None:
    client = world.browser("owner")
    sent = csrf_of(world.browser("owner")) if guard == "another browser's" else guard
    csrf_of(client)
    before, wrong = snapshots.take(world.site), []
    for step in steps(world, "POST"):
        answer = step.take(client, sent)
        if answer.status_code != 400 or "Set-Cookie" in answer.headers:
            wrong.append(f"{step.stop}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)
    assert not before.changed(snapshots.take(world.site))


@pytest.mark.parametrize("person", ["owner", "anonymous"])
def test_other_methods_do_nothing(world: World, person: str) -> None:
    client = world.browser(person)
    before, wrong = snapshots.take(world.site), []
    every = (*steps(world, "GET"), *steps(world, "POST"))
    for step in {(rule_at(world, step).rule, step.method): step for step in every}.values():
        for method in ("HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "PROPFIND"):
            answer = client.open(step.address, method=method)
            is_read = method == "HEAD" and step.method == "GET"
            allowed = (200, 303, 403, 404, 410, 409) if is_read else (200, 303, 400, 401, 403, 404, 405, 410)
            if answer.status_code not in allowed or (method == "HEAD" and answer.data):
                wrong.append(f"{method} {step.stop}: {answer.status_code}")
            if world.got_out(everything_in(answer), person):
                wrong.append(f"{method} {step.stop}: shows something")
    assert not wrong, "\n".join(wrong)
    assert not before.changed(snapshots.take(world.site))


def test_the_canaries_sing_for_those_who_may_hear_them(world: World) -> None:
    """Else the walk would find nothing because there is nothing to find."""
    heard = ""
    for person in ("owner", "advisor"):
        client = world.browser(person)
        open_to_them = (step for step in steps(world, "GET") if person in step.stop.lets_in)
        heard += "".join(everything_in(step.take(client, None)) for step in open_to_them)
    sung = set(world.got_out(heard, "nobody"))
    missed = {secret: world.canaries[secret] - sung for secret in SECRETS}
    missed["gone"] -= {"kanari-gone-removed-epost"}  # whose name is shown in its place
    assert not {secret: sorted(left)[:5] for secret, left in missed.items() if left}


def test_the_short_edition_holds_no_answer(world: World) -> None:
    """As a file made by the real renderer, with what is attached to it."""
    before, staff = snapshots.take(world.site), world.browser("staff")
    form = {"csrf": csrf_of(staff), "edition": "share", "language": "en"}
    place = f"/en/assessments/{world.things['shared']}/documents"
    assert staff.post(place, data=form).status_code == 303
    documents = re.findall(r'href="(/en/documents/[^"]+)"', _printed(world, staff, place))
    text = "".join(pdf_text(staff.get(address).data) for address in documents)
    snapshots.put_back(world.site, before)

    assert plain("kanari-company-firma") in plain(text)
    assert not world.got_out(text, "staff")


def _printed(world: World, staff: FlaskClient, place: str) -> str:
    """The page of documents once the one that was ordered is there."""
    with world.site.database.read() as session:
        ordered = session.scalars(select(Document.id).where(Document.language == "en")).one()
    to_print = prepare_document(world.site, ordered, NOW)
    assert to_print is not None
    with RenderPool(1) as pool:
        keep_document(world.site, to_print, pool.render(to_print.job), NOW)
    return staff.get(place).text


def pdf_text(content: bytes) -> str:
    """Every word of a PDF, of its own data, and of what is attached to it; a stand-in is text already."""
    if b"/Type" not in content:
        return ""
    with pypdfium2.PdfDocument(content) as opened:
        pages = [page.get_textpage().get_text_bounded() for page in opened]
    with pikepdf.open(io.BytesIO(content)) as opened:
        attached = [
            one.get_file().read_bytes().decode("utf-8", "replace") for one in opened.attachments.values()
        ]
        about = [str(opened.docinfo), str(opened.Root.get("/Metadata", ""))]
    return "\n".join((*pages, *attached, *about))
