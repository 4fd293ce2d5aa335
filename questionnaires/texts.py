"""Words by key, and translations that remember which words they translate.

A *unit* is what is translated together (one question, one fact, one level ...), named
``questions/<id>``; a *key* is one text in it: ``questions/<id>/anchors/3``. Each unit of a
translation carries ``of``: the stamp of the source words it was made from. When these change,
the stamp no longer fits and the translation is stale.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from questionnaires.documents import texts_of
from questionnaires.draft import Draft
from questionnaires.errors import Loc, Place
from questionnaires.values import LANGUAGES
from questionnaires.wording import hint, kind_of
from questionnaires.yamlfile import YamlFile

Words: TypeAlias = dict[str, Any]
"""Nested mapping with texts as leaves."""

Units: TypeAlias = dict[str, Words]

MAX_TEXT = 6000
"""Characters in one translated text; a source text has at most 4000."""

GROUPS = ("facts", "sections", "questions", "advice", "levels", "dimensions", "contradictions", "indicators")


def source_units(draft: Draft) -> Units:
    """The words of every entry that could be read and that belongs to something."""
    units: Units = {} if draft.head is None else {"questionnaire": texts_of(draft.head)}
    for group in GROUPS:
        entries: Mapping[str, Any] = getattr(draft, group)
        if group == "questions":
            entries = {entry.id: entry for page in draft.questions.values() for entry in page}
        elif group == "advice":
            entries = {id_: entry for id_, entry in entries.items() if f"questions/{id_}" in draft.places}
        units.update({f"{group}/{id_}": texts_of(entry) for id_, entry in entries.items()})
    return units


def stamp(words: Words) -> str:
    """Eight hexadecimal digits that change whenever one of these words does."""
    canonical = json.dumps(words, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()[:8]


def flatten(prefix: str, words: Words) -> Iterator[tuple[str, str]]:
    """Every text with its key."""
    for name, value in words.items():
        if isinstance(value, dict):
            yield from flatten(f"{prefix}/{name}", value)
        else:
            yield f"{prefix}/{name}", value


def all_texts(draft: Draft, units: Units) -> dict[str, dict[str, str]]:
    """Texts by language and key; complains about everything missing, stale, unknown or not text."""
    source: str = draft.source_language
    texts = {source: dict(pair for unit, words in units.items() for pair in flatten(unit, words))}
    for language in _wanted(draft):
        if language != source:
            texts[language] = _translated(language, draft, units)
    for language, file in draft.translations.items():
        if language not in LANGUAGES or language == source:
            wanted = ", ".join(f"{other}.yaml" for other in LANGUAGES if other != source)
            draft.complain(file.place(()), "unknown_file", name=file.name, names=wanted)
    return texts


def _wanted(draft: Draft) -> tuple[str, ...]:
    """A draft must be complete in every language; a frozen version has those it was published in.

    Its checksum sees to it that none of them is taken away or added afterwards.
    """
    return LANGUAGES if draft.folder.endswith("-draft") else tuple(sorted(draft.translations))


def _translated(language: str, draft: Draft, units: Units) -> dict[str, str]:
    file = draft.translations.get(language)
    if file is None:
        draft.complain(Place(draft.folder), "missing_file", name=f"translations/{language}.yaml")
        return {}
    if not isinstance(file.content, dict):
        if not file.problems:
            found = kind_of(file.content)
            draft.complain(file.place(()), "wrong_type", wanted="a mapping", found=found)
        return {}
    if (said := file.content.get("language")) != language:
        draft.complain(file.place(("language",)), "translation_language", found=said, wanted=language)
    return _Translation(language, file, draft).read(units)


class _Translation:
    """Reads one translation file against the source units."""

    def __init__(self, language: str, file: YamlFile, draft: Draft) -> None:
        self.language = language
        self.file = file
        self.draft = draft
        self.texts: dict[str, str] = {}

    def read(self, units: Units) -> dict[str, str]:
        found = dict(self._units_in_file())
        for unit, words in units.items():
            loc, translated = found.pop(unit, (tuple(unit.split("/")), None))
            if not isinstance(translated, dict):
                self._missing(unit, words, loc)
                continue
            self._check_stamp(loc, words, translated)
            self._match(unit, loc, words, {k: v for k, v in translated.items() if k != "of"})
        for unit, (loc, _) in found.items():
            if unit not in self.draft.places:
                self._complain(loc, "translation_unknown", key=unit, hint=hint(unit, units))
        return self.texts

    def _units_in_file(self) -> Iterator[tuple[str, tuple[Loc, Any]]]:
        for group, value in self.file.content.items():
            if group in GROUPS and not isinstance(value, dict):
                self._complain((group,), "wrong_type", wanted="a mapping", found=kind_of(value))
            elif group in GROUPS:
                for id_, words in value.items():
                    yield f"{group}/{id_}", ((group, id_), words)
            elif group != "language":
                yield group, ((group,), value)

    def _check_stamp(self, loc: Loc, words: Words, translated: Words) -> None:
        """A stamp of digits alone is a number in YAML when it stands without quotes."""
        right, said = stamp(words), translated.get("of")
        if said is None:
            self._complain(loc, "translation_unstamped", stamp=right)
        elif (f"{said:08}" if type(said) is int else said) != right:
            self._complain((*loc, "of"), "translation_stale", stamp=right)

    def _match(self, key: str, loc: Loc, words: Words, translated: Words) -> None:
        for name in translated:
            if name not in words:
                where = (*loc, name)
                self._complain(where, "translation_unknown", key=f"{key}/{name}", hint=hint(name, words))
        for name, source in words.items():
            inner, value, where = f"{key}/{name}", translated.get(name), (*loc, name)
            if isinstance(source, dict) and isinstance(value, dict):
                self._match(inner, where, source, value)
            elif value is None or (isinstance(value, str) and not value.strip()):
                self._missing(inner, source, where)
            elif isinstance(source, dict) or not isinstance(value, str):
                self._complain(where, "translation_not_text", found=kind_of(value))
            elif len(value) > MAX_TEXT:
                self._complain(where, "bad_length", wanted=f"at most {MAX_TEXT} characters")
            else:
                self.texts[inner] = value

    def _missing(self, key: str, words: Words | str, loc: Loc) -> None:
        keys = [inner for inner, _ in flatten(key, words)] if isinstance(words, dict) else [key]
        for inner in keys:
            self._complain(loc, "translation_missing", key=inner, language=self.language)

    def _complain(self, loc: Loc, code: str, **particulars: object) -> None:
        if not self.file.is_refused(loc):
            self.draft.complain(self.file.place(loc), code, **particulars)
