"""The web application, put together: pages, words, guards."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from flask import Flask, Response, request
from flask_talisman import Talisman
from flask_wtf.csrf import CSRFProtect
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import BaseConverter
from whitenoise import WhiteNoise

from questionnaires.values import LANGUAGES
from reports.compiled import compiled_templates
from webapp.auth import current
from webapp.auth.access import hang
from webapp.auth.cookies import form_cookie
from webapp.incoming import check_bodies, guarded
from webapp.services.site import Site
from webapp.settings import MEGABYTE, Settings
from webapp.views.all import doors_of
from webapp.views.errors import handle_errors
from webapp.views.page import QUESTION_ID, furnish
from webapp.watching import watch

STATIC = Path(__file__).parent / "static"
MAX_FORM_PARTS = 5_000
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
"""What a page may load and do: our own files, no inline script or style, in no frame."""


_CODE = compiled_templates()
"""For every application of this process."""


def create_app(site: Site) -> Flask:
    """The application that serves a site."""
    app = Flask("webapp", static_folder=None)
    app.config.from_mapping(_config(site.settings))
    app.jinja_options = {
        "autoescape": True,
        "undefined": StrictUndefined,
        "trim_blocks": True,
        "lstrip_blocks": True,
        "bytecode_cache": _CODE,
    }
    app.extensions[current.SITE] = site
    app.url_map.converters["language"] = _LanguageCode
    app.url_map.converters["question"] = _QuestionId
    watch(app)
    hang(app, doors_of(site.settings))
    check_bodies(app)
    _secure(app, site.settings)
    furnish(app)
    handle_errors(app)
    files = WhiteNoise(app.wsgi_app, root=STATIC, prefix="static/", max_age=86_400)
    served = guarded(files, site.settings.hosts, is_secure=site.settings.is_secure)
    proxies = site.settings.trusted_proxies
    app.wsgi_app = ProxyFix(served, x_for=proxies, x_proto=proxies) if proxies else served  # type: ignore[method-assign,assignment]  # the way Flask documents
    return app


class _LanguageCode(BaseConverter):
    """The language of a page, which stands first in its address."""

    regex = "|".join(LANGUAGES)


class _QuestionId(BaseConverter):
    """The id of a question."""

    regex = QUESTION_ID


def _config(settings: Settings) -> dict[str, object]:
    return {
        "SECRET_KEY": settings.secret,
        "TRUSTED_HOSTS": list(settings.hosts),
        "MAX_CONTENT_LENGTH": settings.body_mb * MEGABYTE,
        "MAX_FORM_MEMORY_SIZE": 2 * MEGABYTE,
        "MAX_FORM_PARTS": MAX_FORM_PARTS,
        "SESSION_COOKIE_NAME": form_cookie(settings),
        "SESSION_COOKIE_SECURE": settings.is_secure,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_PATH": "/",
        "PERMANENT_SESSION_LIFETIME": timedelta(hours=12),
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_SSL_STRICT": settings.is_secure,
        "WTF_CSRF_FIELD_NAME": "csrf",
    }


def _secure(app: Flask, settings: Settings) -> None:
    CSRFProtect(app)
    Talisman(
        app,
        force_https=False,
        strict_transport_security=settings.is_secure,
        session_cookie_secure=settings.is_secure,
        session_cookie_samesite="Lax",
        content_security_policy=POLICY,
        frame_options="DENY",
        referrer_policy="same-origin",
        permissions_policy={"geolocation": "()", "camera": "()", "microphone": "()"},
    )
    app.after_request(_keep_private)


def _keep_private(response: Response) -> Response:
    """No page of ours is kept by anybody, and no other site gets a handle on one."""
    response.headers.setdefault("Cache-Control", "no-store")
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["X-Robots-Tag"] = "noindex" if request.endpoint != "start.front" else "all"
    return response
