"""Signing in with an identity provider: OpenID Connect, authorization code with PKCE.

The order: ``begin`` sends the browser to the provider and gives what it must keep meanwhile; the provider
sends it back with a code; ``redeem`` exchanges the code and checks every claim of the identity token. What
the provider publishes of itself is read once an hour.
Sources: OpenID Connect Core 1.0, section 3.1.3.7; RFC 7636 (PKCE); RFC 9207 (issuer of the answer).
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from email_validator import EmailNotValidError, validate_email
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

from webapp.errors import WebappError
from webapp.services.tokens import new_token
from webapp.settings import Settings, is_loopback

SCOPE = "openid profile email"
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
"""How an identity token may be signed: only with keys whose secret half the provider alone has."""

CALLBACK = "/oidc/callback"
KNOWN_FOR = timedelta(hours=1)
RENEW_AFTER = timedelta(minutes=1)
ATTEMPT_FOR = timedelta(minutes=15)
LEEWAY_SECONDS = 60
WAIT_SECONDS = 8
MAX_SUBJECT = 500
MAX_EMAIL = 254


class NotIdentified(WebappError):
    """Nobody was identified. ``code``: ``cancelled``, ``expired``, ``unreachable`` or ``refused``."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


@dataclass(frozen=True, slots=True)
class Attempt:
    """What the browser keeps between leaving for the provider and coming back; of no use to anybody else."""

    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True, slots=True)
class Identity:
    """Who somebody is, as the provider says.

    ``email``: in small letters; only where it was verified, and mail can be sent to it.
    """

    subject: str
    email: str | None
    name: str


@dataclass(frozen=True, slots=True)
class _Provider:
    """What a provider publishes of itself, and when it was read."""

    metadata: Mapping[str, Any]
    keys: KeySet
    read_utc: datetime


class IdentityProvider:
    """One provider. ``adapter``: what carries the requests to it, in place of the network."""

    def __init__(self, settings: Settings, adapter: requests.adapters.BaseAdapter | None = None) -> None:
        self._settings = settings
        self._issuer = settings.oidc_issuer.rstrip("/")
        self._adapter = adapter
        self._known: _Provider | None = None

    def begin(self, language: str, now: datetime) -> tuple[str, Attempt]:
        """Where to send the browser, and what it must keep. Raises NotIdentified."""
        provider = self._provider(now)
        attempt = Attempt(new_token(), new_token(), new_token())
        with closing(self._client(provider.metadata)) as client:
            address, _ = client.create_authorization_url(
                provider.metadata["authorization_endpoint"],
                state=attempt.state,
                nonce=attempt.nonce,
                code_verifier=attempt.verifier,
                ui_locales=f"{language} no",
            )
        return address, attempt

    def redeem(self, code: str, attempt: Attempt, now: datetime) -> Identity:
        """Who came back with a code. Raises NotIdentified; a code can be redeemed once."""
        provider = self._provider(now)
        with closing(self._client(provider.metadata)) as client:
            try:
                token = client.fetch_token(
                    provider.metadata["token_endpoint"],
                    grant_type="authorization_code",
                    code=code,
                    code_verifier=attempt.verifier,
                    allow_redirects=False,
                )
                claims = self._claims(provider, token, attempt, now)
                told = {**self._ask_userinfo(client, provider.metadata, claims), **claims}
            except requests.RequestException as error:
                raise NotIdentified("unreachable") from error
            except (AuthlibBaseError, JoseError, ValueError, TypeError, KeyError) as error:
                raise NotIdentified("refused") from error
        return _identity(told, provider.metadata["issuer"])

    def is_from_here(self, issuer: str | None) -> bool:
        """Whether an answer that names its issuer, or names none, may be this provider's."""
        return issuer is None or issuer.rstrip("/") == self._issuer

    def _claims(
        self, provider: _Provider, token: Mapping[str, Any], attempt: Attempt, now: datetime
    ) -> dict[str, Any]:
        """What a signed and current identity token, made for us and for this attempt, says."""
        signed = str(token["id_token"])
        rules = JWSRegistry(algorithms=_algorithms(provider.metadata), strict_check_header=False)
        try:
            decoded = jwt.decode(signed, provider.keys, registry=rules)
        except (JoseError, ValueError):
            if now - provider.read_utc < RENEW_AFTER:
                raise
            provider = self._read(now)  # the provider may have changed its keys meanwhile
            decoded = jwt.decode(signed, provider.keys, registry=rules)
        claims = CodeIDToken(
            decoded.claims,
            decoded.header,
            {
                "iss": {"essential": True, "value": provider.metadata["issuer"]},
                "aud": {"essential": True, "value": self._settings.oidc_client_id},
                "sub": {"essential": True},
            },
            {
                "nonce": attempt.nonce,
                "client_id": self._settings.oidc_client_id,
                "access_token": token.get("access_token"),
            },
        )
        claims.validate(now=int(now.timestamp()), leeway=LEEWAY_SECONDS)
        return dict(claims)

    def _ask_userinfo(
        self, client: OAuth2Session, metadata: Mapping[str, Any], claims: Mapping[str, Any]
    ) -> dict[str, Any]:
        """What the provider tells of the same person beside the token, where that holds no address."""
        endpoint = metadata.get("userinfo_endpoint")
        if "email" in claims or not endpoint or not client.token:
            return {}
        answer = client.get(_address(endpoint), allow_redirects=False)
        answer.raise_for_status()
        told = answer.json()
        return told if isinstance(told, dict) and told.get("sub") == claims["sub"] else {}

    def _provider(self, now: datetime) -> _Provider:
        known = self._known
        return known if known is not None and now - known.read_utc < KNOWN_FOR else self._read(now)

    def _read(self, now: datetime) -> _Provider:
        with closing(self._session()) as session:
            try:
                metadata = _get(session, f"{self._issuer}/.well-known/openid-configuration")
                if str(metadata["issuer"]).rstrip("/") != self._issuer:
                    raise NotIdentified("refused")
                for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
                    _address(metadata[name])
                keys = KeySet.import_key_set(_get(session, metadata["jwks_uri"]))  # type: ignore[arg-type]  # JSON from the provider; a wrong one raises
            except requests.RequestException as error:
                raise NotIdentified("unreachable") from error
            except (JoseError, ValueError, TypeError, KeyError) as error:
                raise NotIdentified("refused") from error
        self._known = _Provider(metadata, keys, now)
        return self._known

    def _client(self, metadata: Mapping[str, Any]) -> OAuth2Session:
        secret = self._settings.oidc_client_secret
        client = OAuth2Session(
            self._settings.oidc_client_id,
            None if secret is None else secret.get_secret_value(),
            token_endpoint_auth_method=_way_in(metadata, has_secret=secret is not None),
            code_challenge_method="S256",
            scope=SCOPE,
            redirect_uri=self._settings.public_url + CALLBACK,
            default_timeout=WAIT_SECONDS,
        )
        self._carry(client)
        return client

    def _session(self) -> requests.Session:
        session = requests.Session()
        self._carry(session)
        return session

    def _carry(self, session: requests.Session) -> None:
        if self._adapter is not None:
            session.mount("https://", self._adapter)
            session.mount("http://", self._adapter)


def provider_of(settings: Settings) -> IdentityProvider | None:
    """The provider that settings describe; None where people sign in by links alone."""
    return IdentityProvider(settings) if settings.oidc_issuer and settings.oidc_client_id else None


def _get(session: requests.Session, address: str) -> dict[str, Any]:
    answer = session.get(_address(address), timeout=WAIT_SECONDS, allow_redirects=False)
    answer.raise_for_status()
    found = answer.json()
    if not isinstance(found, dict):
        raise TypeError(address)
    return found


def _address(address: object) -> str:
    """An address nobody can listen in on. Raises ValueError."""
    parts = urlsplit(str(address))
    if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(parts.hostname or "")):
        raise ValueError(address)
    return str(address)


def _algorithms(metadata: Mapping[str, Any]) -> list[str]:
    named = metadata.get("id_token_signing_alg_values_supported") or ["RS256"]
    return [name for name in ALGORITHMS if name in named]


def _way_in(metadata: Mapping[str, Any], *, has_secret: bool) -> str:
    if not has_secret:
        return "none"
    offered = metadata.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
    return "client_secret_basic" if "client_secret_basic" in offered else "client_secret_post"


def _identity(told: Mapping[str, Any], issuer: str) -> Identity:
    subject = f"{issuer} {told['sub']}"
    if len(subject) > MAX_SUBJECT or not subject.isprintable():
        raise NotIdentified("refused")
    return Identity(subject, _verified_email(told), _name(told.get("name")))


def _verified_email(told: Mapping[str, Any]) -> str | None:
    email = told.get("email")
    if told.get("email_verified") is not True or not isinstance(email, str):
        return None
    try:
        found = validate_email(
            email.strip(), check_deliverability=False, allow_smtputf8=False, globally_deliverable=False
        )
    except EmailNotValidError:
        return None
    return found.normalized.lower() if len(found.normalized) <= MAX_EMAIL else None


def _name(told: object) -> str:
    text = " ".join(told.split())[:300] if isinstance(told, str) else ""
    return text if text.isprintable() else ""
