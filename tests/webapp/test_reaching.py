"""Whether an address may be asked at all: only what lies open on the net, on the ports of the web."""

from __future__ import annotations

import socket
from urllib.parse import urlsplit

import pytest

from webapp import reaching
from webapp.reaching import is_public, outcome_of, public_number, reach_address

OPEN = "93.184.215.14"


@pytest.mark.parametrize(
    "number",
    [
        "127.0.0.1",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",  # noqa: S104  # nothing is bound to it
        "224.0.0.1",
        "::1",
        "fe80::1%eth0",
        "fc00::1",
        "::ffff:127.0.0.1",
        "2002:7f00:1::",
        "64:ff9b:1::1",
        "64:ff9b::7f00:1",
    ],
)
def test_what_is_not_of_the_open_net_is_not_asked(number: str) -> None:
    assert not is_public(number)


def test_what_is_of_the_open_net_is_asked() -> None:
    assert is_public(OPEN)
    assert is_public("2606:2800:21f:cb07:6820:80da:af6b:8b2c")


@pytest.mark.parametrize(
    "address",
    ["ftp://example.org/", "https://example.org:8443/", "http://example.org:22/", "https:///x", "file:///x"],
)
def test_other_schemes_and_ports_are_barred(address: str) -> None:
    with pytest.raises(reaching._Barred):
        public_number(urlsplit(address), lambda _host, _port: [OPEN])


def test_one_number_that_is_not_public_bars_a_host() -> None:
    with pytest.raises(reaching._Barred):
        public_number(urlsplit("https://example.org"), lambda _host, _port: [OPEN, "127.0.0.1"])


@pytest.mark.parametrize(
    ("address", "outcome"),
    [
        ("http://127.0.0.1/", "not_public"),
        ("http://[::1]/", "not_public"),
        ("http://127.0.0.1:1/", "not_public"),
    ],
)
def test_this_machine_is_never_asked(address: str, outcome: str) -> None:
    assert reach_address(address) == outcome


def test_every_redirect_is_judged_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def lead_on(address: str) -> tuple[int, str | None]:
        asked.append(address)
        public_number(urlsplit(address), lambda host, _port: [OPEN if host == "example.org" else "10.0.0.1"])
        return 302, "http://inside.example.org/secret"

    monkeypatch.setattr(reaching, "_ask", lead_on)

    assert reach_address("https://example.org/a") == "not_public"
    assert asked == ["https://example.org/a", "http://inside.example.org/secret"]


def test_whoever_answers_too_slowly_is_cut_off() -> None:
    ours, theirs = socket.socketpair()
    connection = reaching._Pinned(urlsplit("http://example.org/"), OPEN)
    connection.sock = ours

    connection.cut()

    assert theirs.recv(1) == b""
    connection.close()
    theirs.close()


def test_redirects_come_to_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reaching, "_ask", lambda _address: (302, "/again"))

    assert reach_address("https://example.org/a") == "redirects"


@pytest.mark.parametrize(
    ("status", "outcome"),
    [(200, "ok"), (403, "ok"), (429, "ok"), (404, "gone"), (410, "gone"), (503, "server_error")],
)
def test_a_status_says_what_was_found(status: int, outcome: str) -> None:
    assert outcome_of(status) == outcome
