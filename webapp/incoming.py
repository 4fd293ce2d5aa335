"""What may come in, checked before anything reads it; and what goes out whatever is answered."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any

from flask import Flask, abort, request
from werkzeug.exceptions import SecurityError
from werkzeug.wsgi import get_host

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_MULTIPART = "multipart/form-data"
_POLICY = "content-security-policy"

PROMISED = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",
    "Permissions-Policy": "geolocation=(), camera=(), microphone=()",
}
"""The headers of every answer that has not set its own."""

SECURELY = {"Strict-Transport-Security": "max-age=31556926; includeSubDomains"}
"""Beside those, over https."""

STATIC = "/static/"


SANDBOX = "default-src 'none'; frame-ancestors 'none'; sandbox"
"""What a browser may do with a file to keep that it opens in spite of everything: nothing."""


def check_bodies(app: Flask) -> None:
    """Refuse what no form of ours sends: text without end, and parts without a name.

    Werkzeug limits the text of multipart forms only, part by part.
    """
    app.before_request(_check_body)


def _check_body() -> None:
    if request.method != "POST":
        return
    if request.mimetype != _MULTIPART:
        request.max_content_length = request.max_form_memory_size
    elif None in request.form or None in request.files:
        abort(400)


def guarded(app: WSGIApplication, hosts: Collection[str], *, is_secure: bool) -> WSGIApplication:
    """An application whose every answer has the promised headers, and is never a part of a file.

    Files of ours are small; of a part that is not there, the server of static files would say so in an
    answer of its own. Nor does it ask under which of ``hosts`` it was reached. ``is_secure``: meant to be
    reached over https.
    """

    def answer(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        is_https = is_secure and environ["wsgi.url_scheme"] == "https"
        promised = PROMISED | SECURELY if is_https else PROMISED

        def begin(status: str, headers: list[tuple[str, str]], *error: Any) -> Any:
            if any(_is_to_keep(*header) for header in headers):
                headers = [(name, SANDBOX if name.lower() == _POLICY else value) for name, value in headers]
            named = {name.lower() for name, _ in headers}
            missing = [(name, value) for name, value in promised.items() if name.lower() not in named]
            return start(status, [*headers, *missing], *error)

        environ.pop("HTTP_RANGE", None)
        if environ["PATH_INFO"].startswith(STATIC) and not _is_ours(environ, hosts):
            begin("400 Bad Request", [("Content-Type", "text/plain")])
            return [b"This installation has another address."]
        return app(environ, begin)

    return answer


def _is_ours(environ: WSGIEnvironment, hosts: Collection[str]) -> bool:
    try:
        get_host(environ, hosts)
    except SecurityError:
        return False
    return True


def _is_to_keep(name: str, value: str) -> bool:
    return name.lower() == "content-disposition" and value.startswith("attachment")
