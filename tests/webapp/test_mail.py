"""Handing one mail over: to a server by SMTP, or into a folder; and no line more than was written."""

from __future__ import annotations

import email
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import AsyncMessage
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pydantic import SecretStr

from webapp import mail
from webapp.mail import MailFailed, Message, checked_address, compose, send
from webapp.settings import Settings

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LINK = f"http://127.0.0.1:8000/nb/signin/{'t' * 43}"
HELLO = Message("kari@eksempel.no", "Hei på deg", f"Hei på deg!\n\n{LINK}\n", "<p>Hei på deg!</p>", "nn")


class Catcher(AsyncMessage):
    """A server's inbox. ``refuses``: what it answers to an address."""

    def __init__(self, refuses: str | None = None) -> None:
        super().__init__(EmailMessage)
        self.mails: list[EmailMessage] = []
        self.refuses = refuses

    async def handle_message(self, message: Any) -> None:
        """Keep a mail."""
        self.mails.append(email.message_from_bytes(bytes(message), policy=SMTP))  # type: ignore[arg-type]  # as the policy says

    async def handle_RCPT(  # noqa: N802  # aiosmtpd's name
        self, _server: object, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Take an address, or not."""
        if self.refuses is not None:
            return self.refuses
        envelope.rcpt_tos.append(address)
        return "250 OK"


def _lets_in(
    _server: object, _session: Session, _envelope: Envelope, _mechanism: str, given: Any
) -> AuthResult:
    assert isinstance(given, LoginPassword)
    is_right = (given.login, given.password) == (b"kretslop", b"p@ss/word")
    return AuthResult(success=is_right, handled=False)


@contextmanager
def serving(catcher: Catcher, **options: Any) -> Iterator[int]:
    """A mail server on this machine; its port."""
    controller = Controller(catcher, hostname="127.0.0.1", port=free_port(), ready_timeout=10, **options)
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


def free_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path, public_url="https://kretslop.example.org")


def with_server(settings: Settings, url: str) -> Settings:
    return settings.model_copy(update={"smtp_url": SecretStr(url)})


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate for 127.0.0.1, with its key in the same file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime.now(UTC) - timedelta(days=1))
        .not_valid_after(datetime.now(UTC) + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file = tmp_path / "server.pem"
    file.write_bytes(made.public_bytes(serialization.Encoding.PEM) + secret)
    return file


def server_context(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


def text_of(found: EmailMessage, kind: str = "plain") -> str:
    part = found.get_body((kind,))
    assert part is not None
    text: str = part.get_content()
    return text.replace("\r\n", "\n")


def test_a_mail_without_a_server_is_a_file_only_its_owner_can_read(settings: Settings) -> None:
    send(settings, HELLO, NOW)

    (file,) = (settings.data_dir / "mail").iterdir()
    assert file.name.startswith("20260302T090000-")
    assert file.suffix == ".eml"
    assert (file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert LINK in file.read_text(encoding="utf-8")


def test_a_folder_that_takes_nothing_is_a_failure_to_try_again(settings: Settings) -> None:
    (settings.data_dir / "mail").write_text("a file in the way")

    with pytest.raises(MailFailed, match="mail_folder") as failed:
        send(settings, HELLO, NOW)
    assert not failed.value.is_final


def test_a_server_gets_the_mail_as_it_was_written(settings: Settings, loopback: None) -> None:
    catcher = Catcher()
    with serving(catcher) as port:
        send(with_server(settings, f"smtp://127.0.0.1:{port}"), HELLO, NOW)

    (found,) = catcher.mails
    assert (found["To"], found["Subject"]) == ("kari@eksempel.no", "Hei på deg")
    assert (found["From"], found["Content-Language"]) == ("Kretsløp <kretslop@localhost>", "nn")
    assert found["Date"].datetime == NOW
    assert found["Auto-Submitted"] == "auto-generated"
    assert found["Message-ID"].endswith("@kretslop.example.org>")
    assert text_of(found) == HELLO.text
    assert text_of(found, "html").strip() == HELLO.html


@pytest.mark.filterwarnings("ignore:Requiring AUTH:UserWarning")
@pytest.mark.parametrize("way", ["starttls", "tls"])
def test_a_mail_travels_encrypted_and_signed_in(
    settings: Settings, loopback: None, certificate: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    context, catcher = server_context(certificate), Catcher()
    options = {"ssl_context": context} if way == "tls" else {"tls_context": context, "require_starttls": True}
    asks = {"authenticator": _lets_in, "auth_required": True, "auth_require_tls": way != "tls"}
    scheme = "smtps" if way == "tls" else "smtp"

    with serving(catcher, **options, **asks) as port:
        url = f"{scheme}://kretslop:p%40ss%2Fword@127.0.0.1:{port}"
        send(with_server(settings, url), HELLO, NOW)

    assert [found["To"] for found in catcher.mails] == ["kari@eksempel.no"]


def test_a_server_nobody_vouches_for_gets_nothing(
    settings: Settings, loopback: None, certificate: Path
) -> None:
    catcher = Catcher()
    with (
        serving(catcher, tls_context=server_context(certificate)) as port,
        pytest.raises(MailFailed, match="SSLCertVerificationError") as failed,
    ):
        send(with_server(settings, f"smtp://127.0.0.1:{port}"), HELLO, NOW)

    assert not failed.value.is_final
    assert catcher.mails == []


def test_a_server_elsewhere_that_cannot_encrypt_gets_nothing(
    settings: Settings, loopback: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mail, "is_loopback", lambda _host: False)
    catcher = Catcher()
    with (
        serving(catcher) as port,
        pytest.raises(MailFailed, match="mail_not_encrypted"),
    ):
        send(with_server(settings, f"smtp://127.0.0.1:{port}"), HELLO, NOW)

    assert catcher.mails == []


@pytest.mark.filterwarnings("ignore:Requiring AUTH:UserWarning")
def test_a_wrong_password_is_a_failure_to_try_again(settings: Settings, loopback: None) -> None:
    asks = {"authenticator": _lets_in, "auth_required": True, "auth_require_tls": False}
    with (
        serving(Catcher(), **asks) as port,
        pytest.raises(MailFailed, match="SMTPAuthenticationError") as failed,
    ):
        send(with_server(settings, f"smtp://kretslop:wrong@127.0.0.1:{port}"), HELLO, NOW)

    assert "wrong" not in str(failed.value)
    assert not failed.value.is_final


@pytest.mark.parametrize(("answer", "is_final"), [("550 no such user", True), ("450 come back later", False)])
def test_whether_a_refused_address_is_tried_again_is_the_servers_to_say(
    settings: Settings, loopback: None, answer: str, is_final: bool
) -> None:
    with serving(Catcher(answer)) as port, pytest.raises(MailFailed, match="recipient_refused") as failed:
        send(with_server(settings, f"smtp://127.0.0.1:{port}"), HELLO, NOW)

    assert failed.value.is_final is is_final


def test_a_server_that_is_away_is_a_failure_to_try_again(settings: Settings, loopback: None) -> None:
    with pytest.raises(MailFailed, match="mail_unreachable: ConnectionRefusedError") as failed:
        send(with_server(settings, f"smtp://127.0.0.1:{free_port()}"), HELLO, NOW)

    assert not failed.value.is_final


def test_a_server_that_says_nothing_is_not_waited_for_long(
    settings: Settings, loopback: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mail, "SECONDS", 0.2)
    with (
        socket.create_server(("127.0.0.1", 0)) as silent,
        pytest.raises(MailFailed, match="mail_server: SMTPServerDisconnected"),
    ):
        send(with_server(settings, f"smtp://127.0.0.1:{silent.getsockname()[1]}"), HELLO, NOW)


BAD_ADDRESSES = {
    "line": "kari@eksempel.no\r\nBcc: alle@eksempel.no",
    "two": "kari@eksempel.no, alle@eksempel.no",
    "named": "Kari <kari@eksempel.no>",
    "none": "",
    "no_domain": "kari",
    "long": f"{'k' * 250}@eksempel.no",
    "nul": "kari\x00@eksempel.no",
    "letters_no_old_server_takes": "kåre@eksempel.no",
}


@pytest.mark.parametrize("address", BAD_ADDRESSES.values(), ids=BAD_ADDRESSES)
def test_what_is_no_address_gets_no_mail_now_or_later(settings: Settings, address: str) -> None:
    with pytest.raises(MailFailed, match="address") as failed:
        send(settings, Message(address, "Hei", "Hei"), NOW)

    assert failed.value.is_final
    assert not (settings.data_dir / "mail").exists()


@pytest.mark.parametrize(
    ("written", "taken"),
    [
        ("kari@eksempel.no", "kari@eksempel.no"),
        ("kari@blåbær.no", "kari@xn--blbr-roah.no"),
        ("owner@butikk.example", "owner@butikk.example"),
    ],
    ids=["plain", "norwegian", "example"],
)
def test_an_address_is_written_as_every_server_takes_it(written: str, taken: str) -> None:
    assert checked_address(written) == taken


@pytest.mark.parametrize("subject", ["Hei\r\nBcc: alle@eksempel.no", "Hei\nBcc: alle@eksempel.no", "\ud800"])
def test_a_subject_of_several_lines_sends_nothing(settings: Settings, subject: str) -> None:
    with pytest.raises(MailFailed, match="mail_headers"):
        send(settings, Message("kari@eksempel.no", subject, "Hei"), NOW)


def test_a_mail_for_old_servers_is_plain_ascii(settings: Settings) -> None:
    found = compose(settings, HELLO, NOW, encoding="quoted-printable").as_bytes()

    assert found.isascii()
    assert max(map(len, found.split(b"\r\n"))) <= 78
