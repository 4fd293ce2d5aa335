"""What can be set, what cannot, and that the page for operators says the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import SecretStr, ValidationError

from tests.webapp.conftest import Kretslop
from webapp.settings import Settings

PAGE = Path(__file__).parents[2] / "docs" / "operating.md"
_ROW = re.compile(r"\| `([A-Z_]+)` \| (?:`([^|]*)` )?\| [^|]+ \|")


def test_the_page_for_operators_lists_every_setting_with_its_default() -> None:
    part = PAGE.read_text(encoding="utf-8").partition("## Settings")[2].partition("\n## ")[0]
    listed = {found[1].lower(): found[2] or "" for found in map(_ROW.fullmatch, part.splitlines()) if found}

    defaults = {name: field.get_default() for name, field in Settings.model_fields.items()}
    known = {
        name: str(value).lower() if isinstance(value, bool) else str(value or "" if value != 0 else "0")
        for name, value in defaults.items()
    }
    assert listed == {name: "" if text == "()" else text for name, text in known.items()}


def test_host_names_have_commas_between_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KRETSLOP_PUBLIC_URL", "https://kretslop.example")
    monkeypatch.setenv("KRETSLOP_TRUSTED_HOSTS", "www.kretslop.example, 127.0.0.1,")

    assert Settings().hosts == ("kretslop.example", "www.kretslop.example", "127.0.0.1")


def test_what_cannot_be_is_named_and_not_repeated(
    kretslop: Kretslop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KRETSLOP_PUBLIC_URL", "smtp://kanari:hemmelig@post")
    monkeypatch.setenv("KRETSLOP_TRIAL_DAYS", "kanari")

    run = kretslop("db", "upgrade")

    assert run.code == 2
    assert [line.partition(":")[0] for line in run.err.splitlines()] == [
        "KRETSLOP_PUBLIC_URL",
        "KRETSLOP_TRIAL_DAYS",
    ]
    assert "kanari" not in run.err


def test_secrets_are_not_shown_with_the_settings() -> None:
    settings = Settings(secret_key=SecretStr("kanari"), smtp_url=SecretStr("smtp://x:kanari@y"))

    assert "kanari" not in f"{settings!r} {settings}"


@pytest.mark.parametrize("address", ["", "ftp://x", "https://", "https://x?y", "https://x#y", "example.org"])
def test_a_public_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(ValidationError, match="must be an address"):
        Settings(public_url=address)


def test_an_ipv6_number_is_refused_before_every_request_would_be() -> None:
    with pytest.raises(ValidationError, match="must name the machine"):
        Settings(public_url="http://[::1]:8000")


@pytest.mark.parametrize(
    ("address", "is_secure"),
    [
        ("http://127.0.0.1:8000", False),
        ("http://localhost", False),
        ("https://localhost", True),
        ("http://kretslop.example", True),
        ("http://127.0.0.1.kretslop.example", True),
    ],
)
def test_cookies_travel_encrypted_but_on_this_machine(address: str, is_secure: bool) -> None:
    assert Settings(public_url=address).is_secure is is_secure


def test_a_secret_is_made_once_and_its_owners_alone(tmp_path: Path) -> None:
    first = Settings(data_dir=tmp_path / "data").secret

    assert Settings(data_dir=tmp_path / "data").secret == first
    assert len(first) == 64
    assert (tmp_path / "data" / "secret.key").stat().st_mode & 0o777 == 0o600
