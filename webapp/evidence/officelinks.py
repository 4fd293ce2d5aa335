"""What parts of an office file are to each other, and which of them may lie elsewhere.

Lists of what is allowed: whatever an office program may one day fetch or start is refused until it is
known to be harmless. Source: ECMA-376 part 1 (relationships by part), MS-DOCX, MS-XLSX and MS-OI29500 for
what came later.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final
from urllib.parse import unquote

from webapp.evidence.problems import FileRefused

_COMMON = """
    officedocument core-properties extended-properties extendedproperties custom-properties customproperties
    attachedtemplate thumbnail origin signature certificate image hyperlink chart chartex chartstyle
    chartcolorstyle chartusershapes theme themeoverride diagramdata diagramlayout diagramquickstyle
    diagramcolors diagramdrawing customxml customxmlprops customxmldata hdphoto media font package tags
    classificationlabels metadata documentmetadata usershapes
"""
_TEXT = """
    styles styleswitheffects numbering fonttable settings websettings header footer footnotes endnotes
    comments commentsextended commentsids commentsextensible people glossarydocument recipientdata
    mailmergerecipientdata bibliography documenttasks intelligence printersettings ink
"""
_SHEETS = """
    worksheet chartsheet sharedstrings calcchain drawing vmldrawing table tablesinglecells xmlmaps
    pivottable pivotcachedefinition pivotcacherecords slicer slicercache timeline timelinecache
    sheetmetadata externallink externallinkpath externallinklongpath xlpathmissing xlstartup
    xlalternatestartup xllibrary xlexternallinkpath customproperty ctrlprop threadedcomment person
    revisionheaders revisionlog usernames worksheetsortmap wssortmap namedsheetview workbookmetadata
    cellimage cellimages richvaluerel rdrichvalue rdrichvaluestructure rdrichvaluetypes rdarray
    rdsupportingpropertybag rdsupportingpropertybagstructure rdrichvaluewebimage richstyles rdrichstyles
    featurepropertybag
"""
_SLIDES = """
    slide slidelayout slidemaster notesslide notesmaster handoutmaster presprops viewprops tablestyles
    commentauthors authors slideupdateinfo revisioninfo changesinfo section
"""
ALLOWED: Final = frozenset(f"{_COMMON} {_TEXT} {_SHEETS} {_SLIDES}".split())
"""The last parts of the types of relationships, in small letters; Google's and WPS's among them."""

_PROGRAMS = (
    "macro",
    "vba",
    "activex",
    "control",
    "jsaproject",
    "attachedtoolbars",
    "keymapcustomizations",
    "extensibility",
)
_FETCHING = ("connections", "query", "webextension", "mailmerge", "volatiledependencies", "python")

_SCHEME = re.compile(r"[a-z][a-z0-9+.\-]*:", re.IGNORECASE)
_LINK = re.compile(r"(https?|mailto|tel):", re.IGNORECASE)
_PAGE = re.compile(r"https?:", re.IGNORECASE)
_LETTER = re.compile(r"cid:", re.IGNORECASE)
_OWN_DISK = re.compile(
    r"(file:///)?[a-z]:[\\/](?![\\/])|file://(localhost)?/(users|applications|library|volumes)/",
    re.IGNORECASE,
)


def check_relation(part: str, type_: str, target: str, mode: str) -> None:
    """Say nothing of a relationship that harms nobody. ``part``: the list it stands in, in small letters.

    Raises FileRefused.
    """
    kind = type_.rpartition("/")[2].strip().lower()
    if any(word in kind for word in _PROGRAMS):
        raise FileRefused("macro")
    address = _plain(target)
    if is_outer(address) or mode.strip().lower() not in ("", "internal"):
        place, may_be = _OUTSIDE.get(kind, _NOWHERE)
        if not re.fullmatch(place, part) or not may_be(address):
            raise FileRefused("remote")
        return
    if any(word in kind for word in _FETCHING):
        raise FileRefused("remote")
    if kind not in ALLOWED:
        raise FileRefused("embedded")


def check_source(address: str) -> None:
    """Say nothing of the address of a picture that stands in a drawing itself. Raises FileRefused."""
    if is_outer(_plain(address)) and not _may_be_picture(_plain(address)):
        raise FileRefused("remote")


def check_base(address: str) -> None:
    """Say nothing of what links are told to start from. Raises FileRefused."""
    if not _may_be_link(_plain(address)):
        raise FileRefused("remote")


def is_outer(address: str) -> bool:
    """Whether an address leads out of the file and of the folder it lies in."""
    return bool(_SCHEME.match(address)) or address.startswith(("\\", "//", "/\\"))


def _plain(target: str) -> str:
    return "".join(sign for sign in unquote(target) if sign > " ")


def _may_be_link(address: str) -> bool:
    return not is_outer(address) or bool(_LINK.match(address))


def _may_be_picture(address: str) -> bool:
    return not is_outer(address) or bool(_LETTER.match(address) or _OWN_DISK.match(address))


def _may_be_on_own_disk(address: str) -> bool:
    return bool(_OWN_DISK.match(address))


def _may_be_workbook(address: str) -> bool:
    """Excel asks before it reads another workbook; a share would be told who asks."""
    return not is_outer(address) or bool(_PAGE.match(address) or _OWN_DISK.match(address))


_ANYWHERE = r".*"
_NOWHERE: Final = (r"", _may_be_link)
_LINKED = (r"xl/externallinks/_rels/[^/]+", _may_be_workbook)
_FIGURES = (r".*/charts/_rels/[^/]+", _may_be_on_own_disk)
_OUTSIDE: Final[Mapping[str, tuple[str, Callable[[str], bool]]]] = {
    "hyperlink": (_ANYWHERE, _may_be_link),
    "image": (_ANYWHERE, _may_be_picture),
    "attachedtemplate": (_ANYWHERE, _may_be_on_own_disk),
    "externallinkpath": _LINKED,
    "externallinklongpath": _LINKED,
    "xlpathmissing": _LINKED,
    "xlstartup": _LINKED,
    "xlalternatestartup": _LINKED,
    "xllibrary": _LINKED,
    "oleobject": _FIGURES,
    "package": _FIGURES,
}
"""What may lie elsewhere: in which lists that may stand, and where it may lead."""
