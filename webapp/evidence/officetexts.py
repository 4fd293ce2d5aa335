"""Parts of office files that are XML: read once, with what in them could fetch or start something refused."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final, TypeAlias
from xml.parsers import expat

from webapp.evidence.formulas import calls_out
from webapp.evidence.officefields import Fields, check_field
from webapp.evidence.officelinks import check_base, check_relation, check_source
from webapp.evidence.problems import FileCode, FileRefused

_Attributes: TypeAlias = Mapping[str, str]
_Action: TypeAlias = "Callable[[PartReader, _Attributes], None]"

_WITH_FORMULAS = ("spreadsheetml", "/excel", "/chart")
_DRAWN = "urn:schemas-microsoft-com:vml"

_REFUSED: Final[Mapping[str, FileCode]] = {
    "ddeLink": "remote",
    "oleLink": "remote",
    "webVideoPr": "remote",
    "connectString": "remote",
    "altChunk": "embedded",
}
"""Elements by name, whatever their namespace and wherever they stand."""


class PartReader:
    """Reads one part. ``name``: in small letters. ``types``: what a list of contents says.

    A large workbook has millions of elements: those of no interest are let by with as little work as can be,
    and ends of elements are heard only while something waits for one.
    """

    def __init__(self, name: str, *, may_name_doctype: bool = False) -> None:
        self.name = name
        self.types: list[tuple[str, str]] = []
        self.fields = Fields()
        self._actions: dict[str, _Action] = {}
        self._plain: set[str] = set()
        self._waiting: list[tuple[int, Callable[[], None]]] = []
        self._depth = 0
        self._heard: list[str] | None = None
        self._parser = expat.ParserCreate(namespace_separator="|")
        self._parser.buffer_text = True
        self._parser.ordered_attributes = True
        self._start = self._starter()
        self._parser.StartElementHandler = self._start
        self._parser.StartDoctypeDeclHandler = refuse_entities if may_name_doctype else _refuse_doctype

    def read(self, pieces: Iterable[bytes]) -> None:
        """Read the whole part; one of nothing at all says nothing. Raises FileRefused."""
        is_empty = True
        try:
            for piece in pieces:
                is_empty = False
                self._parser.Parse(piece, False)
            if not is_empty:
                self._parser.Parse(b"", True)
        except (expat.ExpatError, ValueError, LookupError) as error:  # the last two: odd encodings
            raise FileRefused("broken") from error
        self.fields.leave_all()

    def listen(self, then: Callable[[str], None]) -> None:
        """Tell the text of the element that begins now, with that of those in it, when it ends."""
        if self._heard is not None:
            return
        heard: list[str] = []

        def tell() -> None:
            self._heard = self._parser.CharacterDataHandler = None
            then("".join(heard))

        self._heard, self._parser.CharacterDataHandler = heard, heard.append
        self.at_end(tell)

    def at_end(self, then: Callable[[], None]) -> None:
        """Do something when the element that begins now ends."""
        if not self._waiting:
            self._depth = 1
            self._parser.StartElementHandler, self._parser.EndElementHandler = self._start_within, self._end
        self._waiting.append((self._depth, then))

    def _starter(self) -> Callable[[str, list[str]], None]:
        """What is called where an element begins, as fast as can be."""
        plain, meet = self._plain, self._meet

        def start(name: str, attributes: list[str]) -> None:
            if name not in plain:
                meet(name, attributes)

        return start

    def _start_within(self, name: str, attributes: list[str]) -> None:
        self._depth += 1
        self._meet(name, attributes)

    def _meet(self, name: str, attributes: list[str]) -> None:
        if name in self._plain:
            return
        action = self._actions.get(name) or _action_of(name)
        if action is None:
            self._plain.add(name)
            return
        self._actions[name] = action
        action(self, dict(zip(attributes[::2], attributes[1::2], strict=True)))

    def _end(self, _name: str) -> None:
        while self._waiting and self._waiting[-1][0] == self._depth:
            self._waiting.pop()[1]()
        self._depth -= 1
        if not self._waiting:
            self._parser.StartElementHandler, self._parser.EndElementHandler = self._start, None


def _refuse_doctype(*_said: object) -> None:
    """No part of these formats has one, and what blows up in memory begins with one."""
    raise FileRefused("broken")


def refuse_entities(_name: str, _system: str | None, _public: str | None, has_own: int) -> None:
    """A document type may be named, but not made."""
    if has_own:
        raise FileRefused("broken")


def _said(attributes: _Attributes, name: str) -> str:
    """An attribute, whatever its namespace. Raises FileRefused where it is said twice."""
    found = [value for key, value in attributes.items() if key.rpartition("|")[2] == name]
    if len(found) > 1:
        raise FileRefused("broken")
    return found[0] if found else ""


def _on_relation(part: PartReader, attributes: _Attributes) -> None:
    if part.name.endswith(".rels"):
        type_, target, mode = (_said(attributes, name) for name in ("Type", "Target", "TargetMode"))
        check_relation(part.name, type_, target, mode)


def _on_type(part: PartReader, attributes: _Attributes) -> None:
    named = _said(attributes, "PartName") or _said(attributes, "Extension")
    part.types.append((named.lower().lstrip("/"), _said(attributes, "ContentType").lower()))


def _on_workbook(_part: PartReader, attributes: _Attributes) -> None:
    if _said(attributes, "updateLinks").strip().lower() == "always":
        raise FileRefused("remote")


def _on_formula(part: PartReader, _attributes: _Attributes) -> None:
    part.listen(_check_formula)


def _check_formula(text: str) -> None:
    if calls_out(text):
        raise FileRefused("commands")


def _on_base(part: PartReader, _attributes: _Attributes) -> None:
    part.listen(check_base)


def _on_mark(part: PartReader, attributes: _Attributes) -> None:
    part.fields.mark(_said(attributes, "fldCharType").strip())


def _on_field(_part: PartReader, attributes: _Attributes) -> None:
    check_field(_said(attributes, "instr"))


def _on_code(part: PartReader, _attributes: _Attributes) -> None:
    part.listen(part.fields.add)


def _on_text(part: PartReader, _attributes: _Attributes) -> None:
    if part.fields.is_in_code:
        part.listen(part.fields.add)


def _on_space(part: PartReader, _attributes: _Attributes) -> None:
    if part.fields.is_in_code:
        part.fields.add(" ")


def _on_sign(part: PartReader, _attributes: _Attributes) -> None:
    if part.fields.is_in_code:
        part.fields.add("\0")


def _on_story(part: PartReader, _attributes: _Attributes) -> None:
    part.fields.enter()
    part.at_end(part.fields.leave)


def _on_drawn(_part: PartReader, attributes: _Attributes) -> None:
    for key, value in attributes.items():
        if key.rpartition("|")[2] in ("src", "althref"):
            check_source(value)


_ACTIONS: Final[Mapping[str, _Action]] = {
    "Relationship": _on_relation,
    "Override": _on_type,
    "Default": _on_type,
    "workbookPr": _on_workbook,
    "HyperlinkBase": _on_base,
    "txbxContent": _on_story,
    "footnote": _on_story,
    "endnote": _on_story,
    "comment": _on_story,
    "fldChar": _on_mark,
    "fldSimple": _on_field,
    "instrText": _on_code,
    "delInstrText": _on_code,
    "t": _on_text,
    "delText": _on_text,
    "tab": _on_space,
    "br": _on_space,
    "cr": _on_space,
    "sym": _on_sign,
    "softHyphen": _on_sign,
    "noBreakHyphen": _on_sign,
}
_FORMULAS: Final = frozenset(
    ("f", "formula", "formula1", "formula2", "definedName", "calculatedColumnFormula", "totalsRowFormula")
)


def _refuse(code: FileCode) -> _Action:
    def refuse(_part: PartReader, _attributes: _Attributes) -> None:
        raise FileRefused(code)

    return refuse


def _action_of(name: str) -> _Action | None:
    """What to do where an element begins; None for those that are of no interest."""
    namespace, _, local = name.rpartition("|")
    if local in _REFUSED:
        return _refuse(_REFUSED[local])
    if namespace.startswith(_DRAWN):
        return _on_drawn
    if local in _FORMULAS:
        return _on_formula if any(word in namespace for word in _WITH_FORMULAS) else None
    return _ACTIONS.get(local)
