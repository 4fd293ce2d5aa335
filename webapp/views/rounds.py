"""Starting a new round of something handed in."""

from __future__ import annotations

from flask import Blueprint, Response
from werkzeug.wrappers import Response as AnyResponse

from reports.formatting import Voice
from reports.translations.report import REPORT_WORDS
from webapp.auth import current
from webapp.auth.access import Door
from webapp.forms.rounds import RoundForm
from webapp.services.rounds import Preview, preview_round, start_round
from webapp.views.page import go, notice, show

pages = Blueprint("rounds", __name__, url_prefix="/<language:lang>/assessments/<id_>/new-round")
SHOWN = 30
"""How many questions a list of what changes names."""


@pages.get("")
def choose(lang: str, id_: str) -> Response:  # noqa: ARG001
    """What a new round begins with."""
    preview = _preview(id_)
    form = RoundForm(
        formdata=None, data={"period": preview.period, "depth": preview.row.depth, "carry": "carry"}
    )
    return _page(preview, form)


@pages.post("")
def start(lang: str, id_: str) -> Response | AnyResponse:  # noqa: ARG001
    """Start it."""
    preview = _preview(id_)
    form = RoundForm()
    if not _filled(form, preview).validate():
        return _page(preview, form, 400)
    new_id = start_round(
        current.site(),
        current.actor(),
        id_,
        current.now(),
        depth=form.depth.data,
        period=form.period.data,
        carries=form.carry.data == "carry",
    )
    notice("result.round_started")
    return go("profile.edit", id_=new_id)


def _preview(id_: str) -> Preview:
    return preview_round(current.site(), current.actor(), id_, current.now())


def _filled(form: RoundForm, preview: Preview) -> RoundForm:
    form.period.choices = list(preview.periods)
    return form


def _page(preview: Preview, form: RoundForm, status: int = 200) -> Response:
    language = current.language()
    old = preview.old.plan.questionnaire.words(language)
    voice = Voice(language, REPORT_WORDS[language], preview.new.plan.questionnaire.words(language))
    return show(
        "result/round.html.jinja",
        status,
        preview=preview,
        form=_filled(form, preview),
        dropped=[(_named(old, one.path), one.reason) for one in preview.dropped[:SHOWN]],
        new_questions=[voice.question(id_) for id_ in preview.new_questions[:SHOWN]],
    )


def _named(texts: dict[str, str], path: str) -> str:
    """What an answer or fact was called in the version it was given in."""
    kind, _, id_ = path.partition(".")
    return texts[f"{'questions' if kind == 'answers' else 'facts'}/{id_}/text"]


DOOR = Door(pages, {"choose": "signed_in", "start": "signed_in"})
