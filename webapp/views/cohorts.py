"""The cohorts of a programme for those who run it: a list, the form, closing and opening."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as AnyResponse

from questionnaires.values import Depth
from webapp.auth import current
from webapp.auth.access import Door
from webapp.forms.cohort import CohortForm, day_in, read_prework
from webapp.services import cohorts
from webapp.services.cohorts import CohortLine, WantedCohort
from webapp.views.page import go, notice, show

pages = Blueprint("cohorts", __name__, url_prefix="/<language:lang>/programme/<id_>/cohorts")


@pages.get("")
def show_list(lang: str, id_: str) -> Response:  # noqa: ARG001
    """All of them, and a way to a new one."""
    found = cohorts.open_cohorts(current.site(), current.actor(), id_, current.now())
    return show("cohorts/list.html.jinja", found=found)


@pages.get("/new")
def begin(lang: str, id_: str) -> Response:  # noqa: ARG001
    """The form of a new one."""
    today = current.now().astimezone(current.site().zone).date()
    return _new(id_, CohortForm(formdata=None, data={"opens": _shown(today)}), {})


@pages.post("/new")
def set_up(lang: str, id_: str) -> Response | AnyResponse:  # noqa: ARG001
    """Set a new one up."""
    site, form = current.site(), CohortForm()
    if not form.validate():
        return _new(id_, form, _prework(), 400)
    made = cohorts.set_up_cohort(site, current.actor(), id_, _wanted(form), current.now())
    notice("cohorts.is_set_up", name=form.name.data)
    return go("cohortdesk.show_cohort", id_=id_, cohort_id=made)


@pages.get("/<cohort_id>/settings")
def edit(lang: str, id_: str, cohort_id: str) -> Response:  # noqa: ARG001
    """The form of one that is there, and closing it."""
    programme, cohort = _opened(id_, cohort_id)
    known = {
        "name": cohort.name,
        "note": cohort.note,
        "opens": _shown(cohort.opens_on),
        "closes": _shown(cohort.closes_on),
        "deadline": _shown(cohort.deadline_on),
        "base": cohort.base,
    }
    return _form(id_, programme, CohortForm(formdata=None, data=known), cohort.prework, cohort=cohort)


@pages.post("/<cohort_id>/settings")
def save(lang: str, id_: str, cohort_id: str) -> Response | AnyResponse:  # noqa: ARG001
    """Keep what was changed."""
    programme, cohort = _opened(id_, cohort_id)
    form = CohortForm()
    if not form.validate():
        return _form(id_, programme, form, _prework(), cohort=cohort, status=400)
    cohorts.change_cohort(
        current.site(),
        current.actor(),
        id_,
        cohort_id,
        wanted=_wanted(form),
        base=form.base.data or "",
        now=current.now(),
    )
    notice("cohorts.saved")
    return go("cohortdesk.show_cohort", id_=id_, cohort_id=cohort_id)


@pages.post("/<cohort_id>/closing")
def close(lang: str, id_: str, cohort_id: str) -> AnyResponse:  # noqa: ARG001
    """Take nobody in any more."""
    return _turn(id_, cohort_id, is_closed=True)


@pages.post("/<cohort_id>/opening")
def reopen(lang: str, id_: str, cohort_id: str) -> AnyResponse:  # noqa: ARG001
    """Take companies in again."""
    return _turn(id_, cohort_id, is_closed=False)


def _turn(id_: str, cohort_id: str, *, is_closed: bool) -> AnyResponse:
    site, actor = current.site(), current.actor()
    cohorts.close_cohort(site, actor, id_, cohort_id, current.now(), is_closed=is_closed)
    notice("cohorts.is_closed" if is_closed else "cohorts.is_opened")
    return go("cohortdesk.show_cohort", id_=id_, cohort_id=cohort_id)


def _opened(id_: str, cohort_id: str) -> tuple[str, CohortLine]:
    return cohorts.open_cohort(current.site(), current.actor(), id_, cohort_id, current.now())


def _wanted(form: CohortForm) -> WantedCohort:
    opens = day_in(form.opens.data)
    assert opens is not None
    return WantedCohort(
        name=form.name.data,
        note=form.note.data or "",
        opens_on=opens,
        closes_on=day_in(form.closes.data or ""),
        deadline_on=day_in(form.deadline.data or ""),
        prework=_prework(),
    )


def _prework() -> dict[str, Depth]:
    return read_prework(request.form, [one.id for one in current.site().shelf.offered])


def _shown(day: object) -> str:
    """A day as people type it; empty for none."""
    return "" if day is None else f"{day:%d.%m.%Y}"


def _new(id_: str, form: CohortForm, prework: Mapping[str, Depth], status: int = 200) -> Response:
    found = cohorts.open_cohorts(current.site(), current.actor(), id_, current.now())
    return _form(id_, found.programme, form, prework, status=status)


def _form(
    id_: str,
    programme: str,
    form: CohortForm,
    prework: Mapping[str, Depth],
    *,
    cohort: CohortLine | None = None,
    status: int = 200,
) -> Response:
    questionnaires = [(one.id, one.title(current.language())) for one in current.site().shelf.offered]
    return show(
        "cohorts/form.html.jinja",
        status,
        programme_id=id_,
        programme=programme,
        form=form,
        prework=prework,
        cohort=cohort,
        questionnaires=questionnaires,
    )


DOOR = Door(
    pages,
    {
        "show_list": "account",
        "begin": "account",
        "set_up": "account",
        "edit": "account",
        "save": "account",
        "close": "account",
        "reopen": "account",
    },
)
