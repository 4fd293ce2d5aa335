"""Each request as one line in the log and one count in the metrics: what it came to, not what was in it."""

from __future__ import annotations

import logging
import time

import structlog
from flask import Flask, Response, g, request

from webapp.db.ids import new_id
from webapp.services.metrics import count_request

NOWHERE = "none"
"""What requests for pages that do not exist are counted under."""

REQUEST_ID = "X-Request-Id"

log = logging.getLogger(__name__)


def watch(app: Flask) -> None:
    """Watch every request of an application; to be hung before everything else, so that all of it counts."""
    app.before_request(_begin)
    app.after_request(_end)


def _begin() -> None:
    g.began = time.perf_counter()
    g.request_id = new_id()
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=g.request_id)


def _end(response: Response) -> Response:
    if "began" not in g:  # the request could not even be begun
        return response
    seconds = time.perf_counter() - g.began
    endpoint = request.endpoint or NOWHERE
    count_request(endpoint, response.status_code, seconds)
    response.headers[REQUEST_ID] = g.request_id
    log.info(
        "request",
        extra={
            "endpoint": endpoint,
            "method": request.method if request.method in _METHODS else "other",
            "status": response.status_code,
            "duration_ms": round(seconds * 1000, 1),
        },
    )
    return response


_METHODS = ("GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE")
"""Anybody can invent others, with anything in them."""
