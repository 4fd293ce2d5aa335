"""No test reaches the network, or the cache of whoever runs it."""

from __future__ import annotations

import os
import socket
import tempfile
import urllib.request
from pathlib import Path

import pytest

from questionnaires.cache import cache_folder
from tests.conftest import NetworkUsed


def test_no_socket_with_an_address_can_be_made() -> None:
    with pytest.raises(NetworkUsed):
        socket.socket(socket.AF_INET, socket.SOCK_STREAM)


def test_no_name_can_be_looked_up() -> None:
    with pytest.raises(NetworkUsed):
        socket.getaddrinfo("localhost", 80)


def test_no_page_can_be_fetched() -> None:
    with pytest.raises((NetworkUsed, OSError)):
        urllib.request.urlopen("http://127.0.0.1:9/", timeout=1)


def test_the_cache_is_the_tests_own() -> None:
    assert os.environ["KRETSLOP_CACHE"].startswith(tempfile.gettempdir())
    assert cache_folder() == Path(os.environ["KRETSLOP_CACHE"])


def test_a_test_that_asks_for_it_reaches_this_machine(loopback: None) -> None:
    server = socket.create_server(("127.0.0.1", 0))
    one = socket.create_connection(server.getsockname(), timeout=5)
    other, _ = server.accept()
    one.sendall(b"here")

    with server, one, other:
        assert other.recv(10) == b"here"


def test_a_test_that_asks_for_it_reaches_no_other_machine(loopback: None) -> None:
    with pytest.raises(NetworkUsed):
        socket.create_connection(("192.0.2.1", 80), timeout=1)
    with pytest.raises(NetworkUsed):
        socket.getaddrinfo("example.org", 80)
