"""Run by itself: renders pages that reach for a listener on this machine and for a canary file.

Prints, as JSON, how many connections came and what became of each page and stylesheet.
"""

from __future__ import annotations

import json
import socket
import sys
import tempfile
import threading
from pathlib import Path

from weasyprint import CSS, HTML
from weasyprint.urls import FatalURLFetchingError

from reports.errors import RenderFailed
from reports.rendering.job import PdfJob
from reports.rendering.pdf import OwnFiles, Renderer
from tests.reports.pdfs import Pdf

CANARY = "KanarifuglIFilen"

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"><title>x</title>{}</svg>'

PAGES = {
    "image": '<img src="{0}" alt="x">',
    "image set": '<img srcset="{0} 2x" src="{0}" alt="x">',
    "stylesheet": '<link rel="stylesheet" href="{0}">',
    "style": '<style>@import url("{0}");</style>',
    "font": '<style>@font-face{{font-family:F;src:url("{0}")}} p{{font-family:F}}</style>',
    "background": "<p style=\"background:url('{0}')\">x</p>",
    "content": '<style>p::before{{content:url("{0}")}}</style>',
    "list": "<ul style=\"list-style-image:url('{0}')\"><li>x</li></ul>",
    "border": "<p style=\"border:3px solid;border-image-source:url('{0}')\">x</p>",
    "object": '<object data="{0}">x</object>',
    "embed": '<embed src="{0}">',
    "svg image": SVG.format('<image href="{0}" width="9" height="9"/>'),
    "svg old image": SVG.format('<image xlink:href="{0}" width="9" height="9"/>'),
    "svg use": SVG.format('<use href="{0}#a"/>'),
    "svg style": SVG.format('<style>@import url("{0}");</style>'),
    "attachment": '<a rel="attachment" href="{0}">x</a>',
    "linked attachment": '<link rel="attachment" href="{0}">',
    "base": '<base href="{0}"><img src="x.png" alt="x">',
    "page": '<style>@page{{background:url("{0}");@top-left{{content:url("{0}")}}}}</style>',
    "data page": '<img alt="x" src="data:image/svg+xml,' + SVG.format("<image href=%22{0}%22/>") + '">',
}

SHEETS = {
    "import": '@import url("{0}");',
    "font": '@font-face{{font-family:F;src:url("{0}")}} p{{font-family:F}}',
    "background": 'p{{background:url("{0}")}}',
    "content": 'p::before{{content:url("{0}")}}',
    "page": '@page{{@top-left{{content:url("{0}")}}}}',
}


def listen() -> tuple[str, list[object]]:
    """The address of a listener, and the connections that have come to it."""
    server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    server.bind(("127.0.0.1", 0))
    server.listen()
    came: list[object] = []

    def accept() -> None:
        while True:
            connection, _ = server.accept()
            came.append(connection)
            connection.close()

    threading.Thread(target=accept, daemon=True).start()
    return f"http://127.0.0.1:{server.getsockname()[1]}/x.png", came


def outcome(renderer: Renderer, page: str) -> str:
    """``refused``; ``without it``: the page came without the thing; ``leaked``: the canary is in it."""
    html = f"<!doctype html><html lang=nb><title>t</title><body><h1>h</h1><p>p</p>{page}</body>"
    try:
        pdf = renderer.render(PdfJob(html, "00"))
    except RenderFailed as failure:
        return "refused" if failure.code == "render_refused" else failure.code
    return "leaked" if CANARY.encode() in Pdf(pdf).decompressed() else "without it"


def sheet_outcome(sheet: str) -> str:
    """As ``outcome``, for a stylesheet read with the fetcher that is ours."""
    fetcher = OwnFiles()
    try:
        style = CSS(string=sheet, url_fetcher=fetcher)
        pdf = HTML(string="<p>x</p>", url_fetcher=fetcher).write_pdf(stylesheets=[style])
    except FatalURLFetchingError:
        return "refused"
    return "leaked" if CANARY.encode() in Pdf(pdf).decompressed() else "without it"


def main() -> None:
    """Try everything with the listener and with the file."""
    address, came = listen()
    with tempfile.NamedTemporaryFile("w", suffix=".css", delete=False) as canary:
        canary.write(f"/* {CANARY} */ p::after {{ content: '{CANARY}' }}")
    renderer = Renderer()
    found = {}
    for place, goal in (("server", address), ("file", f"file://{canary.name}")):
        for name, text in PAGES.items():
            found[f"page: {name} of a {place}"] = outcome(renderer, text.format(goal))
        for name, text in SHEETS.items():
            found[f"sheet: {name} of a {place}"] = sheet_outcome(text.format(goal))
    Path(canary.name).unlink()
    socket.create_connection(("127.0.0.1", int(address.split(":")[2].split("/")[0]))).close()
    threading.Event().wait(0.2)
    json.dump({"connections": len(came) - 1, "outcomes": found}, sys.stdout)


if __name__ == "__main__":
    main()
