"""A web server that is made to be killed: the application is loaded once, each life of it is a fork.

Run as a program: ``python -m tests.webapp.live.forking``. A line on standard input, JSON, gives ``settings``,
``socket``, ``session`` and ``page``. It opens the page once for whoever has that session, so that every child
has its templates; then it listens on the socket of the file system, forks a child that serves, and forks
another whenever that one dies. A line on standard output names each child. Another line on standard input
ends that, and is answered with an empty one; the end of the input ends it all. Nobody is told that they send
too much: they are here to send much.
"""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import socketserver
import sys
from dataclasses import replace
from typing import Any
from wsgiref.simple_server import ServerHandler, WSGIRequestHandler

from webapp.app import create_app
from webapp.installation import make_site
from webapp.services import discussion, evidence, submitting
from webapp.services.definitions import Definitions
from webapp.services.shelf import Shelf
from webapp.services.site import Site
from webapp.settings import Settings

NO_LIMIT = 10**9


class _Handler(WSGIRequestHandler):
    """Answers one request after the other on a connection without an address."""

    def address_string(self) -> str:
        """Nobody has an address here."""
        return "local"

    def log_message(self, *_: Any) -> None:
        """Say nothing."""

    def get_environ(self) -> dict[str, Any]:
        """As if it came from this machine."""
        self.client_address = ("127.0.0.1", 0)
        return super().get_environ()

    def handle(self) -> None:
        """One request."""
        self.raw_requestline = self.rfile.readline(65537)
        if not self.parse_request():
            return
        handler = ServerHandler(self.rfile, self.wfile, sys.stderr, self.get_environ(), multithread=True)
        handler.request_handler = self  # type: ignore[attr-defined]  # as wsgiref's own server does
        handler.run(self.server.get_app())  # type: ignore[attr-defined]


class _Server(socketserver.ThreadingMixIn, socketserver.BaseServer):
    """Serves on a socket that is listening already."""

    daemon_threads = True

    def __init__(self, listening: socket.socket, app: Any) -> None:
        super().__init__(None, _Handler)
        self.socket = listening
        self.app = app
        self.base_environ = {
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "80",
            "GATEWAY_INTERFACE": "CGI/1.1",
            "REMOTE_HOST": "",
            "CONTENT_LENGTH": "",
            "SCRIPT_NAME": "",
        }

    def get_app(self) -> Any:
        """What answers."""
        return self.app

    def fileno(self) -> int:
        """The socket's."""
        return self.socket.fileno()

    def get_request(self) -> tuple[socket.socket, tuple[str, int]]:
        """The next connection."""
        connection, _ = self.socket.accept()
        return connection, ("127.0.0.1", 0)

    def shutdown_request(self, request: Any) -> None:
        """End a connection."""
        request.close()


def main() -> None:
    """Serve one installation after the other until standard input ends."""
    discussion.COMMENTS_AN_HOUR = evidence.FILES_AN_HOUR = evidence.MAX_FILES = NO_LIMIT
    submitting.HAND_INS_AN_HOUR = NO_LIMIT
    shelf = Shelf(Definitions())
    signal.signal(signal.SIGCHLD, lambda *_: None)
    while order := sys.stdin.readline():
        asked = json.loads(order)
        site = replace(make_site(Settings(**asked["settings"])), shelf=shelf)
        app = _warm(site, asked["session"], asked["page"])
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind(asked["socket"])
            listening.listen(128)
            _serve(listening, app)
        _say("")


def _warm(site: Site, session: str, page: str) -> Any:
    """The application once it has answered."""
    app = create_app(site)
    warm = app.test_client()
    warm.set_cookie("kretslop", session, domain="localhost")
    assert warm.get(page).status_code == 200
    site.database.close()
    return app


def _serve(listening: socket.socket, app: Any) -> None:
    """One child after the other until standard input says so."""
    while True:
        child = os.fork()
        if child == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            _Server(listening, app).serve_forever()
        _say(str(child))
        if _ended_before(child):
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            return


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _ended_before(child: int) -> bool:
    """Whether the program was told to end; False once the child has died."""
    while True:
        found, _ = os.waitpid(child, os.WNOHANG)
        if found == child:
            return False
        ready, _, _ = select.select([sys.stdin], [], [], 0.002)
        if ready:
            sys.stdin.readline()
            return True


if __name__ == "__main__":
    main()
