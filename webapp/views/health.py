"""For machines: whether this process lives, whether the installation is ready, and its figures.

Anybody may ask whether all is well; what is not well, and the figures, are for the operator: by the token of
the settings, or from this machine itself where it is certain that the request comes from there.
"""

from __future__ import annotations

import hmac
import threading
import time
from dataclasses import dataclass, field

from flask import Blueprint, Response, current_app, jsonify, request
from prometheus_client import CONTENT_TYPE_LATEST

from webapp.auth import current
from webapp.auth.access import Door
from webapp.errors import OutOfReach
from webapp.services import health
from webapp.services.metrics import measured
from webapp.settings import Settings, is_loopback

pages = Blueprint("health", __name__)

KEPT_SECONDS = 5
"""How long an examination holds: asking more often costs nothing."""

FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Real-IP")
_LAST = "kretslop.health"


@dataclass
class _Last:
    """The last examination of this process."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    until: float = 0
    found: health.Health | None = None


@pages.get("/health/live")
def live() -> Response:
    """This process answers."""
    return jsonify({"status": "live"})


@pages.get("/health/ready")
def ready() -> Response:
    """Whether people can be let in; to the operator also what was looked at."""
    found = _examined()
    said: dict[str, object] = {"status": found.status}
    if _is_operator(current.site().settings):
        said["checks"] = [
            {"name": check.name, "state": check.state, "about": check.about} for check in found.checks
        ]
    answer = jsonify(said)
    answer.status_code = 200 if found.is_ready else 503
    return answer


@pages.get("/metrics")
def metrics() -> Response:
    """The figures, for the operator."""
    if not _is_operator(current.site().settings):
        return Response("Only from this machine, or with the token.\n", 403, mimetype="text/plain")
    try:
        return Response(measured(current.site(), current.now()), content_type=CONTENT_TYPE_LATEST)
    except OutOfReach:
        return Response("The database cannot be reached.\n", 503, mimetype="text/plain")


def _examined() -> health.Health:
    last: _Last = current_app.extensions.setdefault(_LAST, _Last())
    with last.lock:
        if last.found is None or time.monotonic() >= last.until:
            last.found = health.examine(current.site(), current.now())
            last.until = time.monotonic() + KEPT_SECONDS
        return last.found


def _is_operator(settings: Settings) -> bool:
    """Whether the operator's token came along, or the request can only come from this machine."""
    token = settings.metrics_token
    scheme, _, said = request.headers.get("Authorization", "").partition(" ")
    if token is not None and scheme.lower() == "bearer":
        return hmac.compare_digest(said.strip().encode(), token.get_secret_value().encode())
    return _is_from_here(settings)


def _is_from_here(settings: Settings) -> bool:
    """A proxy on this machine makes everybody look as if they were here, unless it says for whom it asks.

    So a request counts as ours where no proxy is involved at all: none has left its mark, and either people
    reach this installation on a loopback address, or its proxy is known to mark what it forwards.
    """
    is_marked = any(name in request.headers for name in FORWARDED)
    is_certain = settings.trusted_proxies > 0 or _is_local(settings)
    return not is_marked and is_certain and is_loopback(request.remote_addr or "")


def _is_local(settings: Settings) -> bool:
    return all(is_loopback(host) for host in settings.hosts)


DOOR = Door(pages, {"live": "public", "ready": "public", "metrics": "public"})
