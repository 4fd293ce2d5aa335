"""What people see when something stands in the way: what happened, and what to do."""

from __future__ import annotations

from flask import Flask, Response, current_app, jsonify, request, url_for
from flask.globals import request_ctx
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, SecurityError

from webapp.auth import current
from webapp.errors import NotAllowed, NotSaved, NotThere, OutOfReach, Refused, TooOften
from webapp.views.page import go, show
from webapp.words import DEFAULT_LANGUAGE, words_of

KNOWN = (400, 401, 403, 404, 405, 408, 409, 413, 414, 415, 429, 431, 500, 503)


def handle_errors(app: Flask) -> None:
    """Say every error in words of ours, and in JSON to scripts of ours."""
    app.register_error_handler(NotThere, lambda _error: error_page(404))
    app.register_error_handler(NotAllowed, lambda _error: error_page(403))
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(TooOften, _too_often)
    app.register_error_handler(NotSaved, lambda _error: error_page(503))
    app.register_error_handler(OutOfReach, lambda _error: error_page(503, "out_of_reach"))
    app.register_error_handler(current.SignInNeeded, _sign_in_needed)
    app.register_error_handler(CSRFError, lambda _error: error_page(400, "form_expired"))
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unexpected)


def wants_json() -> bool:
    """Whether a script of ours asks."""
    return request.headers.get("X-Requested-With") == "kretslop"


def error_page(status: int, about: str | None = None, **parts: object) -> Response:
    """The page of an error. ``about``: key of its words in place of the status's own."""
    words = current.words()
    key = about or f"status_{status if status in KNOWN else 400}"
    title = words.say(f"errors.{key}.title", **parts)
    text = words.say(f"errors.{key}.text", **parts)
    if wants_json():
        answer = jsonify({"error": key, "title": title, "text": text})
        answer.status_code = status
        return answer
    return show("error.html.jinja", status, title=title, text=text)


def _refused(error: Refused) -> Response:
    words = current.words()
    text = words.say(f"errors.refused.{error.code}", **error.parts)
    if wants_json():
        answer = jsonify({"error": error.code, "text": text})
        answer.status_code = 409
        return answer
    return show("error.html.jinja", 409, title=words.say("errors.refused_title"), text=text)


def _too_often(error: TooOften) -> Response:
    answer = error_page(429, minutes=error.wait_minutes)
    answer.headers["Retry-After"] = str(error.wait_minutes * 60)
    return answer


def _sign_in_needed(_error: current.SignInNeeded) -> Response:
    """Reading: sign in and come back. Sending: say that nothing was saved, and how to save it still."""
    if request.method in ("GET", "HEAD") and not wants_json():
        where = request.full_path.rstrip("?")
        return go("signin.ask", next=where)  # type: ignore[return-value]  # a redirect is a response
    answer = error_page(401)
    answer.headers["Location"] = url_for("signin.ask", lang=current.language())
    return answer


def _http(error: HTTPException) -> Response:
    if isinstance(error, SecurityError):  # another host than ours: the page still has to name addresses
        request_ctx.url_adapter = current_app.url_map.bind(current.site().settings.hosts[0])
    answer = error_page(error.code or 500)
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After"):
            answer.headers[name] = value
    return answer


def _unexpected(error: Exception) -> Response:
    current_app.logger.error("unexpected", exc_info=error)
    try:
        return error_page(500)
    except Exception as second:  # the page of an error must not need what is out of order
        current_app.logger.error("unexpected", exc_info=second)
        words = words_of(DEFAULT_LANGUAGE)
        texts = (words.say("errors.status_500.title"), words.say("errors.status_500.text"))
        return Response("\n\n".join(texts), status=500, mimetype="text/plain")
