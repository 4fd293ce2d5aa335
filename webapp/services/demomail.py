"""The mail of a demo, which goes to files and to nobody: read back, so that people can follow its links."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.parser import BytesParser
from email.utils import parsedate_to_datetime
from pathlib import Path

from webapp.mail import FOLDER
from webapp.settings import Settings

NEWEST = 50


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail. ``lines``: its text, line by line."""

    to: str
    subject: str
    sent_utc: datetime
    lines: tuple[str, ...]


def has_inbox(settings: Settings) -> bool:
    """Whether mail may be shown to whoever asks: a demo on one's own machine that sends none."""
    return settings.demo and settings.smtp_url is None and not settings.is_secure


def newest_letters(settings: Settings) -> tuple[Letter, ...]:
    """The latest mail, the newest first."""
    files = sorted((settings.data_dir / FOLDER).glob("*.eml"), key=_written, reverse=True)
    return tuple(_read(file) for file in files[:NEWEST])


def _written(file: Path) -> int:
    return file.stat().st_mtime_ns


def _read(file: Path) -> Letter:
    mail = BytesParser(policy=policy.default).parsebytes(file.read_bytes())
    body = mail.get_body(("plain",))
    text = "" if body is None else body.get_content()
    sent = parsedate_to_datetime(str(mail["Date"]))
    return Letter(str(mail["To"]), str(mail["Subject"]), sent, tuple(text.splitlines()))
