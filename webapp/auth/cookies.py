"""The cookies: who is signed in, and which browser asked for a link.

All are ``HttpOnly`` and ``SameSite=Lax``; beyond http on a loopback address also ``Secure`` with the prefix
``__Host-``, so that no other host or path can set them.
"""

from __future__ import annotations

from flask import Response, request

from webapp.settings import Settings

_SESSION, _BROWSER, _FORM = "kretslop", "kretslop-browser", "kretslop-form"
BROWSER_SECONDS = 3600


def session_cookie(settings: Settings) -> str:
    """The name of the cookie that holds a session's token."""
    return _name(_SESSION, settings)


def form_cookie(settings: Settings) -> str:
    """The name of the cookie that guards forms and carries notices to the next page."""
    return _name(_FORM, settings)


def _name(plain: str, settings: Settings) -> str:
    return f"__Host-{plain}" if settings.is_secure else plain


def read_session(settings: Settings) -> str | None:
    """The token the browser sent, if it can be one."""
    return _read(session_cookie(settings))


def read_browser(settings: Settings) -> str | None:
    """The secret of the browser that asked for a link, if this is one that did."""
    return _read(_name(_BROWSER, settings))


def _read(name: str) -> str | None:
    value = request.cookies.get(name)
    return value if value and len(value) <= 100 and value.isascii() else None


def give_session(response: Response, token: str, seconds: int, settings: Settings) -> None:
    """Sign the browser in."""
    _set(response, session_cookie(settings), token, seconds, settings)


def take_session(response: Response, settings: Settings) -> None:
    """Sign the browser out."""
    name = session_cookie(settings)
    response.delete_cookie(name, path="/", secure=settings.is_secure, httponly=True, samesite="Lax")


def give_browser(response: Response, secret: str, settings: Settings) -> None:
    """Remember that this browser asked for a link."""
    _set(response, _name(_BROWSER, settings), secret, BROWSER_SECONDS, settings)


def _set(response: Response, name: str, value: str, seconds: int, settings: Settings) -> None:
    response.set_cookie(
        name,
        value,
        max_age=seconds,
        path="/",
        secure=settings.is_secure,
        httponly=True,
        samesite="Lax",
    )
