"""A real server for browsers: `kretslop serve` and a worker, on a port and a folder of their own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from email import policy
from email.parser import BytesParser
from pathlib import Path

from pydantic import SecretStr

from tests.webapp.oidc_provider import CLIENT_ID, ISSUER
from tests.webapp.oidc_provider import SECRET as PROVIDER_SECRET
from webapp.settings import Settings

ROOT = Path(__file__).parents[3]
PATIENCE_SECONDS = 60
SECRET = "a secret of the tests"  # noqa: S105  # of servers that end with the tests

_FREE_PORT = "import socket; s = socket.socket(); s.bind(('127.0.0.1', 0)); print(s.getsockname()[1])"
_WAIT = """
import sys, time, urllib.request
while True:
    try:
        urllib.request.urlopen(sys.argv[1], timeout=5).read()
        break
    except OSError:
        time.sleep(0.05)
"""


@dataclass
class Server:
    """An installation in ``folder``. ``web``, ``worker``: its processes while they run.

    ``database_url``: None for a file of SQLite in the folder.
    """

    folder: Path
    port: int
    database_url: str | None = None
    web: subprocess.Popen[bytes] | None = None
    worker: subprocess.Popen[bytes] | None = None
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """Where it is reached."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def settings(self) -> Settings:
        """Its settings, as its own processes read them."""
        return Settings(
            data_dir=self.folder,
            database_url=None if self.database_url is None else SecretStr(self.database_url),
            public_url=self.url,
            secret_key=SecretStr(SECRET),
            demo=True,  # a register of its own, with companies that do not exist
            help_email="hjelp@kretslop.example",
            operator_name="Eksempel fylkeskommune",
            oidc_issuer=ISSUER,
            oidc_client_id=CLIENT_ID,
            oidc_client_secret=SecretStr(PROVIDER_SECRET),
            oidc_name="Prøveporten",
        )

    def start(self) -> None:
        """Start the web server and wait until it answers."""
        self.web = self._run("serve", "--port", str(self.port), "--processes", "1")
        wait_for(f"{self.url}/health/ready")

    def start_worker(self) -> None:
        """Start the background work."""
        self.worker = self._run("worker")

    def kill(self) -> None:
        """End the web server at once, with all its processes."""
        _end(self.web, signal.SIGKILL)
        self.web = None

    def close(self) -> None:
        """End everything."""
        for process in (self.web, self.worker):
            _end(process, signal.SIGTERM)

    def mail_to(self, address: str, *, after: int = 0) -> str:
        """The text of the newest mail to an address, once there are more than ``after``."""
        ends = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < ends:
            found = self.mails_to(address)
            if len(found) > after:
                return found[-1]
            time.sleep(0.1)
        raise AssertionError(f"no mail to {address} within {PATIENCE_SECONDS} seconds")

    def mails_to(self, address: str) -> list[str]:
        """The texts of all mails to an address, oldest first."""
        found = []
        written = (self.folder / "mail").glob("[!.]*.eml")  # with a dot first: being written still
        for file in sorted(written, key=lambda file: file.stat().st_mtime_ns):
            if address.encode() not in file.read_bytes():
                continue
            mail = BytesParser(policy=policy.default).parsebytes(file.read_bytes())
            body = mail.get_body(("plain",))
            if address in str(mail["To"]) and body is not None:
                found.append(body.get_content())
        return found

    def command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Carry out one command of the program."""
        return subprocess.run(
            [sys.executable, "-m", "webapp.cli.main", *arguments],
            env=self._surroundings(),
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE_SECONDS,
        )

    def _run(self, *arguments: str) -> subprocess.Popen[bytes]:
        log = (self.folder / "log").open("ab")
        with log:
            return subprocess.Popen(
                [sys.executable, "-m", "webapp.cli.main", *arguments],
                env=self._surroundings(),
                cwd=ROOT,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def _surroundings(self) -> dict[str, str]:
        own = {
            "KRETSLOP_DATA_DIR": str(self.folder),
            "KRETSLOP_PUBLIC_URL": self.url,
            "KRETSLOP_SECRET_KEY": SECRET,
            "KRETSLOP_DEMO": "true",
            "KRETSLOP_HELP_EMAIL": "hjelp@kretslop.example",
            "KRETSLOP_OPERATOR_NAME": "Eksempel fylkeskommune",
            "KRETSLOP_OIDC_ISSUER": ISSUER,
            "KRETSLOP_OIDC_CLIENT_ID": CLIENT_ID,
            "KRETSLOP_OIDC_CLIENT_SECRET": PROVIDER_SECRET,
            "KRETSLOP_OIDC_NAME": "Prøveporten",
            "PYTHONPATH": str(ROOT),
        }
        if self.database_url is not None:
            own["KRETSLOP_DATABASE_URL"] = self.database_url
        return {**os.environ, **own, **self.environment}


def free_port() -> int:
    """A port nobody listens on; asked for outside this process, which has no sockets."""
    command = [sys.executable, "-c", _FREE_PORT]
    return int(subprocess.run(command, capture_output=True, check=True, timeout=PATIENCE_SECONDS).stdout)


def wait_for(url: str) -> None:
    """Wait until an address answers; asked outside this process, which has no sockets."""
    subprocess.run([sys.executable, "-c", _WAIT, url], check=True, timeout=PATIENCE_SECONDS)


def _end(process: subprocess.Popen[bytes] | None, how: signal.Signals) -> None:
    """End a process and everything it started, and wait for it."""
    if process is None:
        return
    with suppress(ProcessLookupError):
        os.killpg(process.pid, how)
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(timeout=10)
