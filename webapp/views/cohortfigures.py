"""A cohort's figures for those who run its programme: what stands in the way, releasing, and new rounds."""

from __future__ import annotations

from flask import Blueprint, Response
from werkzeug.wrappers import Response as AnyResponse

from webapp.auth import current
from webapp.auth.access import Door
from webapp.forms.cohort import BeginRoundForm, day_in
from webapp.services import cohortfigures, cohortrounds, releasing
from webapp.services.cohortfigures import FiguresDesk
from webapp.views.page import go, notice, show

pages = Blueprint(
    "cohortfigures", __name__, url_prefix="/<language:lang>/programme/<id_>/cohorts/<cohort_id>/figures"
)


@pages.get("")
def show_figures(lang: str, id_: str, cohort_id: str) -> Response:  # noqa: ARG001
    """What could be released now, and what was."""
    return _page(id_, cohort_id, BeginRoundForm(formdata=None))


@pages.post("")
def begin_round(lang: str, id_: str, cohort_id: str) -> Response | AnyResponse:  # noqa: ARG001
    """Begin the next round."""
    form = BeginRoundForm()
    if not form.validate():
        return _page(id_, cohort_id, form, 400)
    begins_on = day_in(form.begins.data)
    assert begins_on is not None
    site, actor, now = current.site(), current.actor(), current.now()
    number = cohortrounds.begin_round(site, actor, id_, cohort_id, begins_on=begins_on, now=now)
    notice("releases.round_begun", round=number)
    return go("cohortfigures.show_figures", id_=id_, cohort_id=cohort_id)


@pages.get("/<questionnaire>")
def think(lang: str, id_: str, cohort_id: str, questionnaire: str) -> Response | AnyResponse:  # noqa: ARG001
    """What releasing means."""
    found = _open(id_, cohort_id)
    one = found.of(questionnaire)
    if not one.can_be_released:
        return go("cohortfigures.show_figures", id_=id_, cohort_id=cohort_id)
    is_first = not any(release.shelved.id == questionnaire for release in found.releases)
    return show("cohorts/release.html.jinja", found=found, one=one, is_first=is_first)


@pages.post("/<questionnaire>/<int:number>")
def release(lang: str, id_: str, cohort_id: str, questionnaire: str, number: int) -> AnyResponse:  # noqa: ARG001
    """Have them released: once, however often it is asked for."""
    site, actor, now = current.site(), current.actor(), current.now()
    job_id = releasing.order_release(
        site, actor, id_, cohort_id, questionnaire=questionnaire, round_=number, now=now
    )
    if job_id is not None:
        site.queue.poke(job_id)
        notice("releases.released_now")
    return go("cohortfigures.show_figures", id_=id_, cohort_id=cohort_id)


def _open(programme_id: str, cohort_id: str) -> FiguresDesk:
    return cohortfigures.open_figures(current.site(), current.actor(), programme_id, cohort_id, current.now())


def _page(programme_id: str, cohort_id: str, form: BeginRoundForm, status: int = 200) -> Response:
    return show("cohorts/figures.html.jinja", status, found=_open(programme_id, cohort_id), form=form)


DOOR = Door(
    pages,
    {"show_figures": "account", "begin_round": "account", "think": "account", "release": "account"},
)
