"""PDF files that others can open: they can be read, are not locked, and start nothing.

Run in a process with limits (:mod:`webapp.evidence.judging`), where alone the parser is imported. The
file is kept as it is: nobody reads it here but the parser. Source: ISO 32000-1, 12.6 (actions).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from webapp.evidence.attachments import check_attached
from webapp.evidence.names import ending_of
from webapp.evidence.problems import FileRefused

if TYPE_CHECKING:
    import pikepdf

SIGNATURE: Final = b"%PDF-"
MAX_PAGES: Final = 5_000
MAX_DEPTH: Final = 1
"""How deep one PDF may lie in another."""

_HARMLESS: Final = frozenset(("/GoTo", "/Named", "/Hide", "/SetOCGState", "/Trans", "/GoTo3DView", "/GoToDp"))
"""Actions that may come by themselves: they stay in the file, and set no scripts of fields going.

Source: ISO 32000-2, table 201.
"""

_NAMED: Final = ("/NextPage", "/PrevPage", "/FirstPage", "/LastPage", "/Print")
_IN_FIELDS: Final = ("/K", "/F", "/V", "/C")
"""Triggers of form fields, which wait for somebody to write: their scripts work out what is shown."""

_OF_ELSEWHERE: Final = ("/F", "/Ref")
"""Entries of streams whose content is not in the file."""

_NAMES_OF_FILES: Final = ("/F", "/UF", "/DOS", "/Mac", "/Unix")
_LAUNCHED: Final = frozenset(
    (
        "pdf",
        "docx",
        "xlsx",
        "pptx",
        "doc",
        "xls",
        "ppt",
        "odt",
        "ods",
        "odp",
        "txt",
        "csv",
        "png",
        "jpg",
        "jpeg",
    )
)
_TELLING = re.compile(rb"/(AA|EF|RF|XFA|RichMedia|OnInstantiate|JavaScript|Launch)\b")
_MAX_ACTIONS: Final = 50
_MAX_NESTING: Final = 50


def check_pdf(data: bytes, depth: int = MAX_DEPTH) -> None:
    """Say nothing of a PDF that can be opened. Raises FileRefused.

    A table of contents that is damaged is mended while reading, as every reader does. ``depth``: how deep
    other PDFs may lie in it.
    """
    import pikepdf  # noqa: PLC0415  # its parser runs in the child only

    try:
        with pikepdf.open(BytesIO(data), suppress_warnings=True) as pdf:
            if not 0 < len(pdf.pages) <= MAX_PAGES:
                raise FileRefused("broken")
            if _is_starting(pdf.Root.get("/OpenAction")):
                raise FileRefused("script")
            pages = {page.obj.objgen for page in pdf.pages} | {pdf.Root.objgen}
            for entries, is_page in _telling(pdf, pages):
                _check_entries(entries, is_page, depth)
    except FileRefused:
        raise
    except pikepdf.PasswordError as error:
        raise FileRefused("encrypted") from error
    except MemoryError as error:
        raise FileRefused("limits") from error
    except Exception as error:  # the parser raises whatever a damaged file leads it to
        raise FileRefused("broken") from error


def _telling(pdf: pikepdf.Pdf, pages: set[tuple[int, int]]) -> Iterator[tuple[dict[str, Any], bool]]:
    """Every dictionary that may start something, with whether it is a page or the document."""
    import pikepdf  # noqa: PLC0415  # as above

    for found in pdf.objects:
        is_stream = isinstance(found, pikepdf.Stream)
        if not is_stream and not isinstance(found, pikepdf.Dictionary | pikepdf.Array):
            continue
        held: Any = found.stream_dict if is_stream else found
        if is_stream and any(key in held for key in _OF_ELSEWHERE):
            raise FileRefused("script")
        if _TELLING.search(held.unparse(resolved=not is_stream)):
            is_page = found.objgen in pages
            for at, entries in enumerate(_dictionaries(held, _MAX_NESTING)):
                yield entries, is_page and at == 0


def _dictionaries(found: Any, nesting: int) -> Iterator[dict[str, Any]]:
    """A dictionary and those that stand in it, but not those it refers to."""
    import pikepdf  # noqa: PLC0415  # as above

    if not nesting:
        raise FileRefused("broken")
    inner: Iterable[Any] = ()
    if isinstance(found, pikepdf.Dictionary):
        entries = _entries(found)
        yield entries
        inner = entries.values()
    elif isinstance(found, pikepdf.Array):
        inner = list(found)
    for one in inner:
        if isinstance(one, pikepdf.Dictionary | pikepdf.Array) and not one.is_indirect:
            yield from _dictionaries(one, nesting - 1)


def _check_entries(entries: dict[str, Any], is_page: bool, depth: int) -> None:
    """Refuse what starts by itself, and files within that harm; scripts of form fields do neither."""
    is_film = str(entries.get("/Subtype")) == "/RichMedia"
    if is_film or any(key in entries for key in ("/XFA", "/OnInstantiate", "/JavaScript")):
        raise FileRefused("script")
    if "/AA" in entries and _is_triggered(entries, is_page):
        raise FileRefused("script")
    if str(entries.get("/S")) == "/Launch" and _is_program(entries):
        raise FileRefused("script")
    if "/EF" in entries:
        _check_files(entries, depth)


def _is_triggered(entries: dict[str, Any], is_page: bool) -> bool:
    """Whether something starts when a page, an annotation or a field is opened, seen or touched."""
    is_field = not is_page and (
        str(entries.get("/Subtype")) == "/Widget" or "/FT" in entries or "/T" in entries
    )
    return any(
        _is_starting(action, ("/JavaScript",) if is_field and trigger in _IN_FIELDS else ())
        for trigger, action in _entries(entries["/AA"]).items()
    )


def _is_starting(action: Any, also: tuple[str, ...] = ()) -> bool:
    """Whether an action, or one that follows it, leaves the file or runs, or too many follow it to tell."""
    import pikepdf  # noqa: PLC0415  # as above

    waiting = [action]
    for _ in range(_MAX_ACTIONS):
        if not waiting:
            return False
        entries = _entries(waiting.pop())
        if not _is_harmless(entries) and str(entries.get("/S")) not in also:
            return True
        following = entries.get("/Next")
        if following is not None:
            waiting += list(following) if isinstance(following, pikepdf.Array) else [following]
    return bool(waiting)


def _is_harmless(entries: dict[str, Any]) -> bool:
    kind = entries.get("/S")
    if kind is None or isinstance(kind, int):
        return True
    return str(kind) in _HARMLESS and (str(kind) != "/Named" or str(entries.get("/N")) in _NAMED)


def _is_program(entries: dict[str, Any]) -> bool:
    """Whether a click would start something else than the program of a document."""
    if any(key in entries for key in ("/Win", "/Mac", "/Unix")):
        return True
    return not all(ending_of(name) in _LAUNCHED for name in _file_names(entries.get("/F")) or ("",))


def _file_names(file: Any) -> list[str]:
    """What a file is called, in all the ways that a reader may take."""
    entries = _entries(file)
    if not entries:
        return [] if file is None else [str(file)]
    return [str(entries[key]) for key in _NAMES_OF_FILES if key in entries]


def _check_files(entries: dict[str, Any], depth: int) -> None:
    """Refuse files within that are not plainly a document, a picture or text."""
    import pikepdf  # noqa: PLC0415  # as above

    names = [str(entries[key]) for key in _NAMES_OF_FILES if key in entries]
    contents = list(_entries(entries["/EF"]).values())
    if "/RF" in entries or not names or not all(isinstance(one, pikepdf.Stream) for one in contents):
        raise FileRefused("embedded")
    for content in contents:
        unpacked = content.read_bytes()
        for name in names:
            check_attached(name, unpacked, lambda inner: _check_inner(inner, depth))


def _check_inner(data: bytes, depth: int) -> None:
    if not depth:
        raise FileRefused("embedded")
    check_pdf(data, depth - 1)


def _entries(found: Any) -> dict[str, Any]:
    """The entries of a dictionary, also that of a stream; nothing where there is something else."""
    import pikepdf  # noqa: PLC0415  # as above

    held = found.stream_dict if isinstance(found, pikepdf.Stream) else found
    return dict(held.items()) if isinstance(held, pikepdf.Dictionary) else {}
