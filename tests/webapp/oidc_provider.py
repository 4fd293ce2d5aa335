"""An identity provider of the tests' own: a small WSGI application, reached without a network.

It does what a real one does: publishes itself and its keys, lets somebody approve, exchanges each code once
against the secret and the PKCE verifier, and signs what it says. Every part of it can be made to lie.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

import requests
from joserfc import jwt
from joserfc.jwk import RSAKey
from requests.adapters import BaseAdapter
from werkzeug import Request, Response
from werkzeug.test import Client

ISSUER = "https://id.example.no"
CLIENT_ID = "kretslop"
SECRET = "between us"  # noqa: S105  # of a provider that is not there
KEY = RSAKey.generate_key(2048, {"kid": "first", "use": "sig"})
"""Made once: it takes a while."""


@dataclass(frozen=True)
class Approved:
    """What a code stands for until it is exchanged."""

    nonce: str
    challenge: str
    redirect_uri: str


@dataclass
class LocalProvider:
    """``claims``: of whoever signs in; ``lies``: what the identity token says instead, at the last moment.

    ``sign``: makes the token; ``calls``: paths asked for. ``now``: seconds, for the token's times.
    """

    now: int
    claims: dict[str, Any] = field(
        default_factory=lambda: {"sub": "kari-1", "email": "kari@eksempel.no", "email_verified": True}
    )
    lies: dict[str, Any] = field(default_factory=dict)
    metadata: dict[str, Any] = field(default_factory=dict)
    userinfo: dict[str, Any] = field(default_factory=dict)
    key: RSAKey = field(default_factory=lambda: KEY)
    sign: Callable[[dict[str, Any], RSAKey], str] | None = None
    approved: dict[str, Approved] = field(default_factory=dict)
    calls: list[str] = field(default_factory=list)
    is_down: bool = False

    def approve(self, address: str, **changes: str) -> str:
        """Where the browser is sent back to when somebody approves what an address asks."""
        asked = dict(parse_qsl(urlsplit(address).query))
        assert asked["response_type"] == "code"
        assert asked["code_challenge_method"] == "S256"
        assert asked["client_id"] == CLIENT_ID
        code = secrets.token_urlsafe(8)
        self.approved[code] = Approved(asked["nonce"], asked["code_challenge"], asked["redirect_uri"])
        answer = {"code": code, "state": asked["state"], "iss": ISSUER, **changes}
        return f"{urlsplit(asked['redirect_uri']).path}?{urlencode(answer)}"

    def __call__(self, environ: Any, start_response: Any) -> Any:
        """Answer one request."""
        request = Request(environ)
        self.calls.append(request.path)
        pages = {
            "/.well-known/openid-configuration": self._publish,
            "/keys": lambda _: _json({"keys": [self.key.as_dict(private=False)]}),
            "/token": self._exchange,
            "/userinfo": self._tell,
        }
        answer = Response(status=503) if self.is_down else pages[request.path](request)
        return answer(environ, start_response)

    def _publish(self, _request: Request) -> Response:
        return _json(
            {
                "issuer": ISSUER,
                "authorization_endpoint": f"{ISSUER}/authorize",
                "token_endpoint": f"{ISSUER}/token",
                "jwks_uri": f"{ISSUER}/keys",
                "userinfo_endpoint": f"{ISSUER}/userinfo",
                "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"],
                "token_endpoint_auth_methods_supported": ["client_secret_basic"],
                **self.metadata,
            }
        )

    def _exchange(self, request: Request) -> Response:
        approved = self.approved.pop(request.form["code"], None)
        known = request.authorization
        is_client = known is not None and (
            unquote(known.username or ""),
            unquote(known.password or ""),
        ) == (CLIENT_ID, SECRET)
        if not is_client:
            return _json({"error": "invalid_client"}, 401)
        if (
            approved is None
            or request.form["redirect_uri"] != approved.redirect_uri
            or challenge_of(request.form["code_verifier"]) != approved.challenge
        ):
            return _json({"error": "invalid_grant"}, 400)
        token = {"access_token": "access", "token_type": "Bearer", "id_token": self._token(approved)}
        return _json(token)

    def _token(self, approved: Approved) -> str:
        claims = {
            "iss": ISSUER,
            "aud": CLIENT_ID,
            "iat": self.now,
            "exp": self.now + 300,
            "nonce": approved.nonce,
            **self.claims,
            **self.lies,
        }
        claims = {name: value for name, value in claims.items() if value is not None}
        return (self.sign or signed)(claims, self.key)

    def _tell(self, request: Request) -> Response:
        assert request.headers["Authorization"] == "Bearer access"
        return _json(self.userinfo)


def challenge_of(verifier: str) -> str:
    """What RFC 7636 makes of a verifier with S256."""
    return _bare(hashlib.sha256(verifier.encode()).digest())


def signed(claims: dict[str, Any], key: RSAKey) -> str:
    """A token as it should be."""
    return jwt.encode({"alg": "RS256", "kid": key.kid}, claims, key)


def unsigned(claims: dict[str, Any], _key: RSAKey) -> str:
    """A token that says it needs no signature."""
    return (
        f"{_bare(json.dumps({'alg': 'none', 'typ': 'JWT'}).encode())}.{_bare(json.dumps(claims).encode())}."
    )


def signed_with_public_key(claims: dict[str, Any], key: RSAKey) -> str:
    """A token whose secret is the public key: what everybody has."""
    import hmac  # noqa: PLC0415  # of this attack only

    head = _bare(json.dumps({"alg": "HS256", "kid": key.kid}).encode())
    body = f"{head}.{_bare(json.dumps(claims).encode())}"
    return f"{body}.{_bare(hmac.digest(key.as_pem(private=False), body.encode(), 'sha256'))}"


def _bare(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _json(value: Any, status: int = 200) -> Response:
    return Response(json.dumps(value), status, mimetype="application/json")


class InProcess(BaseAdapter):
    """Carries the requests of ``requests`` to a WSGI application."""

    def __init__(self, application: Any) -> None:
        super().__init__()
        self._client = Client(application)

    def send(self, request: requests.PreparedRequest, **_: Any) -> requests.Response:  # type: ignore[override]  # the options do not matter here
        """The application's answer."""
        parts = urlsplit(str(request.url))
        answered = self._client.open(
            parts.path,
            base_url=f"{parts.scheme}://{parts.netloc}",
            query_string=parts.query,
            method=request.method,
            headers=dict(request.headers),
            data=request.body or b"",
        )
        answer = requests.Response()
        answer.status_code, answer.url, answer.request = answered.status_code, str(request.url), request
        answer.headers.update(answered.headers)
        answer._content = answered.data
        return answer

    def close(self) -> None:
        """Nothing to close."""
