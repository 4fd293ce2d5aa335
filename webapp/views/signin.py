"""Signing in by a link, and out again."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, request, session
from werkzeug.wrappers import Response as AnyResponse

from webapp.auth import cookies, current
from webapp.auth.access import Door
from webapp.errors import NotSaved
from webapp.forms.signin import AskForm, CodeForm
from webapp.services import signin
from webapp.services.sessions import end_session
from webapp.services.tokens import new_token
from webapp.views.errors import error_page, wants_json
from webapp.views.page import go, notice, session_end, show, show_unsaved

pages = Blueprint("signin", __name__, url_prefix="/<language:lang>")
DAY_SECONDS = 86_400
_SENT = "signin-sent"
"""Where a browser that has asked for a link keeps what its page shows, until the link is used or too old."""


@pages.get("/signin")
def ask(lang: str) -> Response | AnyResponse:  # noqa: ARG001
    """The form that asks for an address."""
    found = current.find_actor()
    if found is not None and not found.is_trial:
        return go("assessments.overview")
    return show("signin/ask.html.jinja", form=AskForm(), next_path=safe_path(request.args.get("next", "")))


@pages.post("/signin")
def send(lang: str) -> Response | AnyResponse:  # noqa: ARG001
    """Send a link; the next page says the same whoever has the address."""
    site = current.site()
    form, next_path = AskForm(), safe_path(request.form.get("next", ""))
    if not form.validate():
        return show("signin/ask.html.jinja", 400, form=form, next_path=next_path)
    browser, trial = new_token(), current.find_actor()
    try:
        asked = signin.ask_for_link(
            site.database,
            form.email.data,
            language=current.language(),
            browser=browser,
            asker=request.remote_addr or "",
            now=current.now(),
            settings=site.settings,
            next_path=next_path,
            person_id=trial.person_id if trial is not None and trial.is_trial else None,
        )
    except NotSaved:
        return show_unsaved("signin/ask.html.jinja", form=form, next_path=next_path)
    site.queue.poke(asked.job_id)
    session[_SENT] = {"email": form.email.data, "code": asked.code, "at": current.now().timestamp()}
    answer = go("signin.sent")
    cookies.give_browser(answer, browser, site.settings)  # type: ignore[arg-type]  # a redirect is a response
    return answer


@pages.get("/signin/sent")
def sent(lang: str) -> Response | AnyResponse:  # noqa: ARG001
    """Where the link went, and the code it may need; to be read again and in every language."""
    kept, lasts = session.get(_SENT), current.site().settings.link_minutes * 60
    if kept is None or current.now().timestamp() - kept["at"] > lasts:
        return go("signin.ask")
    return show("signin/sent.html.jinja", email=kept["email"], code=kept["code"])


@pages.get("/signin/<token>")
def look(lang: str, token: str) -> Response:  # noqa: ARG001
    """What a link is good for: a button to use it. Looking uses nothing up."""
    site = current.site()
    browser, now = cookies.read_browser(site.settings), current.now()
    state = signin.look_at_link(site.database, token, browser, now)
    if state in ("ready", "needs_code"):
        email = signin.find_address(site.database, token, browser, now)
        return show("signin/link.html.jinja", form=CodeForm(), token=token, email=email)
    return error_page(410 if state != "unknown" else 404, f"link_{state}")


@pages.post("/signin/<token>")
def use(lang: str, token: str) -> Response | AnyResponse:  # noqa: ARG001
    """Use a link up."""
    site, form = current.site(), CodeForm()
    entered = signin.enter(
        site.database,
        token,
        browser=cookies.read_browser(site.settings),
        code=(form.code.data or "") if form.validate() else "?",
        now=current.now(),
        settings=site.settings,
    )
    if isinstance(entered, signin.Entered):
        return welcome(entered)
    if entered == "needs_code":
        form.code.errors = ["signin.code_wrong"]
        return show("signin/link.html.jinja", 400, form=form, token=token, email=None)
    return error_page(410 if entered != "unknown" else 404, f"link_{entered}")


def welcome(entered: signin.Entered) -> AnyResponse:
    """Sign the browser in and send it where its person wanted to go."""
    settings = current.site().settings
    session.pop(_SENT, None)
    if entered.kept_at:
        notice("signin.kept", email=entered.kept_at)
    answer = go("start.front")
    if entered.next_path:
        answer.headers["Location"] = safe_path(entered.next_path) or answer.headers["Location"]
    cookies.give_session(answer, entered.token, settings.session_days * DAY_SECONDS, settings)  # type: ignore[arg-type]  # a redirect is a response
    return answer


@pages.post("/signout")
def leave(lang: str) -> AnyResponse:  # noqa: ARG001
    """Sign out; on to the next page, where one is named."""
    site, next_path = current.site(), safe_path(request.form.get("next", ""))
    token = cookies.read_session(site.settings)
    if token is not None:
        end_session(site.database, token)
    notice("signin.signed_out")
    answer = go("start.front")
    answer.headers["Location"] = next_path or answer.headers["Location"]
    cookies.take_session(answer, site.settings)  # type: ignore[arg-type]  # a redirect is a response
    return answer


@pages.post("/stay")
def stay(lang: str) -> Response | AnyResponse:  # noqa: ARG001
    """Keep the session alive: asking is enough."""
    return jsonify({"ends": session_end()}) if wants_json() else go("start.front")


def safe_path(path: str) -> str:
    """A path of this site, else nothing: no other host, no scheme, no tricks with slashes."""
    is_path = path.startswith("/") and not path.startswith("//") and "\\" not in path
    return path if is_path and len(path) <= 500 and path.isprintable() else ""


DOOR = Door(
    pages,
    {
        "ask": "public",
        "send": "public",
        "sent": "public",
        "look": "public",
        "use": "public",
        "leave": "public",
        "stay": "signed_in",
    },
)
