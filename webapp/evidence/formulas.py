"""Formulas that work something out, told from those that start a program or fetch something.

Source: OWASP, CSV injection (dynamic data exchange); Microsoft, list of functions of Excel.
"""

from __future__ import annotations

import re
from typing import Final

_CALLS: Final = (
    "call|register|register\\.id|exec|execute|run|initiate|poke|request|sql\\.request|sql\\.open"
    "|dde|rtd|webservice|nettjeneste|webtjeneste|webbtjänst|webdienst|image|bilde|billede|bild"
    "|stockhistory|py|copilot|translate"
    "|importxml|importhtml|importdata|importfeed|importrange"
    "|fopen|fwrite|fwriteln|urlmon|get\\.workspace"
)
"""Functions that start or fetch something, as Excel, LibreOffice and Google call them here and nearby."""

_LINKS: Final = "hyperlink|hyperkobling|hyperlänk"

_PREFIX: Final = r"(?<![\w.])(?:_xlfn\.|_xlws\.|_xludf\.)*"
_CALLED = re.compile(rf"{_PREFIX}(?:{_CALLS})\s*\(", re.IGNORECASE)
_CALLED_OR_LINKED = re.compile(rf"{_PREFIX}(?:{_CALLS}|{_LINKS})\s*\(", re.IGNORECASE)
_MAY_CALL_OUT = re.compile(rf"[|\\]|//|(?:{_CALLS})\s*\(", re.IGNORECASE)
_TEXTS = re.compile(r'"[^"]*"')
_NAMES = re.compile(r"'[^']*'|\[[^\[\]]*\]")
_ADDRESS = re.compile(r"\\\\|//")

_BEFORE = re.compile(r"[\s\ufeff\u200b-\u200f\u2060\"'`´]*")
"""What a spreadsheet, or whoever types it anew, leaves out before a formula."""

_SIGNS: Final = "=+-@＝＋－＠﹢﹣﹦﹫−"
_EQUALS: Final = "=＝﹦"
_PLAIN = re.compile(r"[+\-−＋－]?[\d\s.,:;/%()'\"’+\-–]*")
"""Numbers, dates, telephone numbers, and the dash for none."""

_OUT_OF_IT = re.compile(r"[|!#\[\\]|//")
_SERVICE = re.compile(r"(?<!\w)[^\W\d]\w*['\"]?\s*\|")
_ITEM = re.compile(r"!\s*[\w'\"$#]")
_SHEET = re.compile(r"[\w'\")\]]![\w'\"$]|'#[\w$]")


def calls_out(formula: str) -> bool:
    """Whether a formula of a workbook, as it stands in the file, starts or fetches something."""
    if not _MAY_CALL_OUT.search(formula):
        return False
    bare = _TEXTS.sub('""', formula)
    return bool(_CALLED.search(bare) or _ADDRESS.search(bare)) or "|" in _NAMES.sub("", bare)


def cell_calls_out(cell: str) -> bool:
    """Whether a cell of a text table is a formula that reaches out of it.

    What begins with ``=`` may hold no other file, sheet or program. What begins with ``+``, ``-`` or ``@`` is
    mostly text, and is refused when it names a program with what to tell it, another sheet, or a function
    that fetches.
    """
    text = cell[_BEFORE.match(cell).end() :]  # type: ignore[union-attr]  # it matches nothing too
    if not text or text[0] not in _SIGNS or _PLAIN.fullmatch(text):
        return False
    if text[0] in _EQUALS and _OUT_OF_IT.search(text):
        return True
    return _names_program(text) or bool(_SHEET.search(text) or _CALLED_OR_LINKED.search(text))


def _names_program(text: str) -> bool:
    """Whether there is ``program|what to tell it!what of it``."""
    service = _SERVICE.search(text)
    return service is not None and _ITEM.search(text, service.end()) is not None
