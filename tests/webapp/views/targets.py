"""Every form of the application with somebody who may send it, as its pages have it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from werkzeug.exceptions import HTTPException

from tests.webapp.kinds import Kind
from tests.webapp.views.hostile import Answer, Sender, SentForm, forms_of
from tests.webapp.views.walking import QUESTION, SECTION, World, world_of
from tests.webapp.views.walks import method_of, step_of
from tests.webapp.views.walktable import TABLE
from webapp.auth.cookies import form_cookie, session_cookie

LOOKERS = ("anonymous", "trial", "owner", "member", "advisor", "staff")
BESIDE = (
    "action",
    "from",
    "next",
    "clear",
    "add_row",
    "remove_row",
    "remove_evidence",
    "keep_theirs",
    "q.",
    "f.",
)
"""Names that some form takes and most do not."""

_CSRF = re.compile(r'name="csrf" value="([^"]+)"')


@dataclass(frozen=True)
class Target:
    """A form somebody may send. ``endpoint``: where it goes."""

    endpoint: str
    person: str
    form: SentForm


class Visitor:
    """Somebody of the world who sends what they like, with the guard their browser has."""

    def __init__(self, world: World, person: str) -> None:
        self.world = world
        client = world.browser(person)
        page = client.get("/nb/signin", follow_redirects=True).text
        found = _CSRF.search(page)
        assert found is not None
        self.csrf = found[1].encode()
        names = (session_cookie(world.site.settings), form_cookie(world.site.settings))
        kept = {name: client.get_cookie(name) for name in names}
        self.cookies = "; ".join(f"{name}={one.value}" for name, one in kept.items() if one is not None)
        self.sender = Sender(world.app, self.cookies)

    def send(self, form: SentForm, values: list[tuple[str, bytes]]) -> Answer:
        """Send a form; where it leads is looked at too."""
        guarded = [("csrf", self.csrf), *((name, value) for name, value in values if name != "csrf")]
        answer = self.sender.send("POST", form.action.partition("#")[0], body=form.body(guarded))
        location = answer.headers.get("Location", "")
        if answer.status == 303 and location.startswith("/"):
            self.sender.send("GET", location.partition("#")[0])
        return answer


@cache
def visitor(kind: Kind, person: str) -> Visitor:
    """A visitor of the world on a kind of database."""
    return Visitor(world_of(kind), person)


@cache
def targets(kind: Kind) -> Mapping[str, Target]:
    """The forms by endpoint: as pages have them, and those that only scripts or few people send."""
    if kind != "sqlite":
        return {name: _moved(target, kind) for name, target in targets("sqlite").items()}
    world = world_of(kind)
    found: dict[str, Target] = {}
    for person in LOOKERS:
        client = world.browser(person)
        for stop in TABLE:
            if person in stop.lets_in and method_of(world, stop) == "GET":
                step = step_of(world, stop, "GET")
                page = step.take(client, None)
                forms = forms_of(page.text, step.address) if page.mimetype == "text/html" else []
                for target in (_target(world, person, form) for form in forms):
                    found.setdefault(target.endpoint, target)
    return found | {target.endpoint: target for target in _others(world, found)}


def _moved(target: Target, kind: Kind) -> Target:
    """The same form in the world on another kind of database."""
    here, there = world_of("sqlite").things, world_of(kind).things

    def moved(text: str) -> str:
        for name, id_ in here.items():
            text = text.replace(id_, there[name])
        return text

    form = target.form
    values = tuple(moved(value) for value in form.values)
    return replace(target, form=replace(form, action=moved(form.action), values=values))


def _target(world: World, person: str, form: SentForm) -> Target:
    adapter = world.app.url_map.bind("localhost")
    try:
        endpoint, _ = adapter.match(re.split("[?#]", form.action)[0], method="POST")
    except HTTPException as error:
        raise AssertionError(f"a form goes nowhere: {form.action}") from error
    return Target(endpoint, person, form)


def _others(world: World, found: Mapping[str, Target]) -> list[Target]:
    """Forms that no page of this world shows."""
    things = world.things
    at = f"/nb/assessments/{things['draft']}"
    section, profile = found["wizard.save"].form, found["profile.save"].form
    forms = (
        SentForm(f"{at}/answers", section.names, section.values),
        SentForm(f"{at}/profile/answers", profile.names, profile.values),
        SentForm(f"{at}/questions/{QUESTION}/restore", ("version", "base"), ("1", "1")),
        SentForm("/nb/account/sessions", (), ()),
        SentForm(f"/nb/organisations/{things['company']}/units", ("answer_for",), ("974760673",)),
        SentForm(f"/nb/invitations/{things['invitation']}/joining", (), ()),
        SentForm(f"/nb/cohort-figures/{things['release']}/documents", ("language",), ("nb",)),
        SentForm(f"/nb/invitations/{things['invitation']}/refusal", (), ()),
        SentForm(f"/nb/cohort-invitations/{things['asked']}", ("company", "uses"), ("", "tables")),
        SentForm(f"/nb/cohort-invitations/{things['asked']}/refusal", (), ()),
        SentForm("/nb/signin/provider/finish", (), ()),
        SentForm(f"{at}/sections/{SECTION}", section.names, section.values),
    )
    review = f"/nb/assessments/{things['in_review']}/review"
    advisors = (
        SentForm(f"{review}/dimensions/use", ("accepted",), ("yes",)),
        SentForm(f"/nb/portfolio/companies/{things['pending']}/invitation/withdrawal", (), ()),
        SentForm(f"{review}/reopen", ("seen", "reason", "due"), ("in_review 1", "Se på dette.", "")),
    )
    cohort = f"/nb/programme/{things['programme']}/cohorts/{things['cohort']}"
    listed = "navn;orgnr;epost\nEksempel Gamma;310028169;gamma@eksempel.no"
    staff = (
        SentForm(f"{cohort}/invitations/import", ("text",), (listed,)),
        SentForm(f"{cohort}/reminder", (), ()),
        SentForm(f"{cohort}/figures/circular_business_models/1", (), ()),
        SentForm(f"{cohort}/opening", (), ()),
    )
    people = [(forms, "owner"), (advisors, "advisor"), (staff, "staff")]
    return [_target(world, person, form) for some, person in people for form in some]
