"""Sending one mail: by SMTP, or into a folder where no server is set up.

Addresses and subjects become headers by the standard library's policy, which refuses line breaks. Nothing
of a mail is logged.
"""

from __future__ import annotations

import os
import secrets
import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from email_validator import EmailNotValidError, validate_email

from webapp.settings import Settings, is_loopback

FOLDER = "mail"
SECONDS = 20
"""How long a server may take to answer one step."""

STARTTLS_PORT, TLS_PORT = 587, 465
MAX_SUBJECT = 200


class MailFailed(Exception):
    """A mail was not taken. ``code``: why; ``is_final``: the same mail would not be taken later either."""

    def __init__(self, code: str, *, is_final: bool = False) -> None:
        self.code = code
        self.is_final = is_final
        super().__init__(code)


@dataclass(frozen=True, slots=True)
class Message:
    """One mail to one person. ``text``: the whole of it; ``html``: the same for those who see it.

    ``leave``: the address of a page that turns such mail off; empty where it cannot be. ``id``: what a mail
    keeps that is sent again; empty where each has one of its own.
    """

    to: str
    subject: str
    text: str
    html: str | None = None
    language: str = "nb"
    leave: str = ""
    id: str = ""


def send(settings: Settings, message: Message, now: datetime) -> None:
    """Hand a mail over; it has left this program when this returns. Raises MailFailed."""
    if settings.smtp_url is None:
        _write(settings.data_dir / FOLDER, compose(settings, message, now, encoding="8bit"), now)
        return
    server = urlsplit(settings.smtp_url.get_secret_value())
    mail = compose(settings, message, now, encoding="quoted-printable")
    try:
        with _connect(server, _own_name(settings)) as connection:
            if server.username:
                connection.login(unquote(server.username), unquote(server.password or ""))
            connection.send_message(mail)
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _ in error.recipients.values()]
        raise MailFailed("recipient_refused", is_final=all(code >= 500 for code in codes)) from None
    except smtplib.SMTPException as error:
        raise MailFailed(f"mail_server: {type(error).__name__}") from None
    except OSError as error:
        raise MailFailed(f"mail_unreachable: {type(error).__name__}") from None


def compose(settings: Settings, message: Message, now: datetime, *, encoding: str) -> EmailMessage:
    """A mail as it is sent. ``encoding``: of its text. Raises MailFailed for an address that is none."""
    mail = EmailMessage(policy=SMTP)
    try:
        mail["From"] = _sender(settings.mail_from)
        mail["To"] = Address(addr_spec=checked_address(message.to))
        mail["Subject"] = message.subject[:MAX_SUBJECT]
    except (ValueError, MessageError):
        raise MailFailed("mail_headers", is_final=True) from None
    mail["Date"] = format_datetime(now)
    mail["Message-ID"] = f"<{message.id or secrets.token_hex(16)}@{urlsplit(settings.public_url).hostname}>"
    mail["Auto-Submitted"] = "auto-generated"  # nobody's absence note answers it; RFC 3834
    if message.leave:
        mail["List-Unsubscribe"] = f"<{message.leave}>"  # RFC 2369
    mail.set_content(message.text, cte=encoding)
    if message.html is not None:
        mail.add_alternative(message.html, subtype="html", cte=encoding)
    mail["Content-Language"] = message.language
    return mail


def checked_address(text: str) -> str:
    """An address in the form every mail server takes. Raises MailFailed for anything else."""
    try:
        found = validate_email(text, check_deliverability=False, globally_deliverable=False)
    except EmailNotValidError:
        raise MailFailed("address", is_final=True) from None
    if found.ascii_email is None:
        raise MailFailed("address", is_final=True)
    return found.ascii_email


def _sender(text: str) -> Address:
    name, address = parseaddr(text)
    return Address(name, addr_spec=address)


def _own_name(settings: Settings) -> str:
    """What this program calls itself to a server; the standard library would ask the network for a name."""
    host = urlsplit(settings.public_url).hostname or "localhost"
    if not is_loopback(host) or host == "localhost":
        return host
    return f"[IPv6:{host}]" if ":" in host else f"[{host}]"


def _connect(server: SplitResult, own_name: str) -> smtplib.SMTP:
    """A connection nobody can listen to; on this machine it may be an open one."""
    host = server.hostname or "localhost"
    context = ssl.create_default_context()
    if server.scheme == "smtps":
        return smtplib.SMTP_SSL(host, server.port or TLS_PORT, own_name, timeout=SECONDS, context=context)
    connection = smtplib.SMTP(host, server.port or STARTTLS_PORT, own_name, timeout=SECONDS)
    try:
        connection.ehlo_or_helo_if_needed()
        if connection.has_extn("starttls"):
            connection.starttls(context=context)
        elif not is_loopback(host):
            raise MailFailed("mail_not_encrypted")
    except BaseException:
        connection.close()
        raise
    return connection


def _write(folder: Path, mail: EmailMessage, now: datetime) -> None:
    """Put a mail into a folder that only the operator can open; there as a whole or not at all."""
    name = f"{now:%Y%m%dT%H%M%S}-{secrets.token_hex(6)}.eml"
    part = folder / f".{name}"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(bytes(mail))
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, folder / name)
    except OSError as error:
        with suppress(OSError):
            part.unlink()
        raise MailFailed(f"mail_folder: {type(error).__name__}") from None
