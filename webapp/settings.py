"""What an operator can set, from environment variables that begin with ``KRETSLOP_``.

Everything has a default that is safe on one machine; secrets that are not given are made once and
kept in the data folder, readable by its owner alone.
"""

from __future__ import annotations

import os
import secrets
from functools import cached_property
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from questionnaires.values import Language
from webapp.words import DEFAULT_LANGUAGE

Days = Annotated[int, Field(ge=1, le=3650)]
Minutes = Annotated[int, Field(ge=1, le=1440)]
Times = Annotated[int, Field(ge=1, le=100_000)]
MEGABYTE = 1_000_000


class Settings(BaseSettings):
    """One installation. Times and sizes carry their unit in the name.

    ``database_url``: ``sqlite`` in the data folder unless given; ``postgresql+psycopg://…`` else.
    ``public_url``: where people reach it; cookies are ``Secure`` unless it is http on a loopback address.
    ``smtp_url``: ``smtp://user:password@host:587`` (STARTTLS) or ``smtps://``; without it mail is written
    to files in ``<data_dir>/mail`` for the operator to read.
    """

    model_config = SettingsConfigDict(
        env_prefix="KRETSLOP_", frozen=True, extra="ignore", hide_input_in_errors=True
    )

    data_dir: Path = Path("data")
    database_url: SecretStr | None = None
    files_url: SecretStr | None = None
    public_url: str = "http://127.0.0.1:8000"
    trusted_hosts: Annotated[tuple[str, ...], NoDecode] = ()
    trusted_proxies: Annotated[int, Field(ge=0, le=5)] = 0
    secret_key: SecretStr | None = None
    language: Language = DEFAULT_LANGUAGE
    time_zone: str = "Europe/Oslo"

    smtp_url: SecretStr | None = None
    mail_from: str = "Kretsløp <kretslop@localhost>"
    help_email: str = ""
    operator_name: str = ""

    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: SecretStr | None = None
    oidc_name: str = "ID-porten"

    register_url: str = "https://data.brreg.no/enhetsregisteret/api"
    register_offline: bool = False
    check_links: bool = True

    link_minutes: Minutes = 15
    invitation_days: Days = 14
    session_minutes: Annotated[int, Field(ge=5, le=1440)] = 120
    session_warning_minutes: Annotated[int, Field(ge=1, le=60)] = 10
    session_days: Days = 14
    trial_days: Days = 30
    inactive_days: Days = 1095
    audit_days: Days = 1825
    links_an_hour_a_network: Times = 120
    trials_an_hour_a_network: Times = 60

    body_mb: Annotated[int, Field(ge=1, le=100)] = 25
    file_mb: Annotated[int, Field(ge=1, le=100)] = 20
    organisation_files_mb: Annotated[int, Field(ge=1, le=100_000)] = 500
    render_workers: Annotated[int, Field(ge=1, le=64)] = 1
    demo: bool = False
    metrics_token: SecretStr | None = None

    @field_validator("trusted_hosts", mode="before")
    @classmethod
    def _is_a_list(cls, hosts: object) -> object:
        """Names with commas between them, as one types them in an environment."""
        return (
            tuple(name.strip() for name in hosts.split(",") if name.strip())
            if isinstance(hosts, str)
            else hosts
        )

    @field_validator("public_url")
    @classmethod
    def _is_an_address(cls, text: str) -> str:
        parts = urlsplit(text)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
            raise ValueError("must be an address such as https://kretslop.example.org")
        if ":" in parts.hostname:  # what reads the Host header cannot hold such a number against a list
            raise ValueError(
                "must name the machine or give its IPv4 number, such as https://kretslop.example.org"
            )
        return text.rstrip("/")

    @cached_property
    def is_secure(self) -> bool:
        """Whether cookies must only travel encrypted: always but for http on a loopback address."""
        parts = urlsplit(self.public_url)
        return not (parts.scheme == "http" and is_loopback(parts.hostname or ""))

    @cached_property
    def hosts(self) -> tuple[str, ...]:
        """The host names requests may name."""
        own = urlsplit(self.public_url).hostname or ""
        beside = ("localhost", "127.0.0.1", "[::1]") if is_loopback(own) else ()
        return tuple(dict.fromkeys((own, *self.trusted_hosts, *beside)))

    @cached_property
    def database(self) -> str:
        """The address of the database."""
        if self.database_url is not None:
            return self.database_url.get_secret_value()
        return f"sqlite:///{(self.data_dir / 'kretslop.db').absolute()}"

    @cached_property
    def secret(self) -> bytes:
        """The key that signs forms and short-lived values; made and kept where none is given."""
        if self.secret_key is not None:
            return self.secret_key.get_secret_value().encode()
        return _kept_secret(self.data_dir / "secret.key")


def is_loopback(host: str) -> bool:
    """Whether a host name is this machine itself."""
    try:
        return host == "localhost" or ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _kept_secret(file: Path) -> bytes:
    """The secret of a file; whoever comes first writes it, all others read what was written."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not file.exists():
        part = file.with_name(f".{file.name}.{secrets.token_hex(8)}")
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as opened:
            opened.write(secrets.token_hex(32).encode())
            opened.flush()
            os.fsync(opened.fileno())
        try:
            os.link(part, file)
        except FileExistsError:
            pass
        finally:
            part.unlink()
    return file.read_bytes()
