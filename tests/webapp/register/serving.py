"""A register's interface without a network: recorded replies by address, and what was asked for."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPResponse

from webapp.register.brreg import BrregRegister

ADDRESS = "https://register.example/api"
WORKSHOP, UNIT, OTHER_UNIT = "311046276", "324444440", "324444815"


def a_main(**changes: Any) -> dict[str, Any]:
    """A main unit as the register gives it. Source of the form: its documentation of the interface."""
    return {
        "respons_klasse": "Enhet",
        "organisasjonsnummer": WORKSHOP,
        "navn": "EKSEMPEL MØBELVERKSTED AS",
        "organisasjonsform": {"kode": "AS", "beskrivelse": "Aksjeselskap", "_links": {}},
        "postadresse": {"land": "Norge", "kommune": "EKSEMPELBY", "adresse": ["Postboks 1"]},
        "registreringsdatoEnhetsregisteret": "2015-03-02",
        "registrertIMvaregisteret": True,
        "naeringskode1": {"kode": "31.090", "beskrivelse": "Produksjon av andre møbler"},
        "antallAnsatte": 18,
        "harRegistrertAntallAnsatte": True,
        "forretningsadresse": {"land": "Norge", "kommune": "EKSEMPELVIK", "kommunenummer": "9999"},
        "konkurs": False,
        "underAvvikling": False,
        "underTvangsavviklingEllerTvangsopplosning": False,
        "_links": {"self": {"href": f"{ADDRESS}/enheter/{WORKSHOP}"}},
        **changes,
    }


def a_unit(**changes: Any) -> dict[str, Any]:
    """A sub-unit as the register gives it."""
    return {
        "respons_klasse": "Underenhet",
        "organisasjonsnummer": UNIT,
        "navn": "EKSEMPEL MØBELVERKSTED AS AVD VERKSTED",
        "organisasjonsform": {"kode": "BEDR", "beskrivelse": "Underenhet"},
        "naeringskode1": {"kode": "31.090"},
        "antallAnsatte": 14,
        "overordnetEnhet": WORKSHOP,
        "beliggenhetsadresse": {"land": "Norge", "kommune": "NORE OG UVDAL"},
        **changes,
    }


def a_page(*units: dict[str, Any], pages: int = 1) -> dict[str, Any]:
    """A page of sub-units; without any, the register leaves their list out."""
    listed = {"_embedded": {"underenheter": list(units)}} if units else {}
    return {**listed, "page": {"size": 100, "totalElements": len(units), "totalPages": pages, "number": 0}}


@dataclass
class Reply:
    """What comes back. ``body``: bytes as they are; ``error``: what is raised instead."""

    body: bytes = b""
    status: int = 200
    content_type: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)
    error: Exception | None = None


def as_json(content: Any) -> Reply:
    """A reply of that content."""
    return Reply(json.dumps(content, ensure_ascii=False).encode())


class Line(HTTPAdapter):
    """Answers by path and query, 404 for the rest. ``timeouts``: what each request allowed."""

    def __init__(self, replies: dict[str, Reply]) -> None:
        super().__init__()
        self.replies = replies
        self.asked: list[requests.PreparedRequest] = []
        self.timeouts: list[object] = []

    @property
    def paths(self) -> list[str]:
        """What was asked for, below the address."""
        return [_path(request) for request in self.asked]

    def send(self, request: requests.PreparedRequest, **how: Any) -> requests.Response:  # type: ignore[override]  # fewer named parameters
        """The reply to a request."""
        self.asked.append(request)
        self.timeouts.append(how["timeout"])
        reply = self.replies.get(_path(request), Reply(status=404))
        if reply.error is not None:
            raise reply.error
        raw = HTTPResponse(
            BytesIO(reply.body),
            headers={"Content-Type": reply.content_type, **reply.headers},
            status=reply.status,
            preload_content=False,
        )
        return self.build_response(request, raw)


def _path(request: requests.PreparedRequest) -> str:
    parts = urlsplit(request.url or "")
    assert f"{parts.scheme}://{parts.netloc}" == "https://register.example"
    path = parts.path.removeprefix("/api/")
    return f"{path}?{parts.query}" if parts.query else path


def a_register(replies: dict[str, Reply], ticks: Iterator[float] | None = None) -> tuple[BrregRegister, Line]:
    """A register with these replies by path, and the line to it. ``ticks``: what its clock says."""
    line, session = Line(replies), requests.Session()
    session.mount("https://", line)
    clock = (lambda: 0.0) if ticks is None else (lambda: next(ticks))
    return BrregRegister(f"{ADDRESS}/", session, clock), line


def units_path(page: int = 0, orgnr: str = WORKSHOP) -> str:
    """Where a page of sub-units is."""
    return f"underenheter?overordnetEnhet={orgnr}&size=100&page={page}"
