"""Numbers, dates and other people's text as a reader of one language sees them.

Nothing is rounded here but by :func:`assessment.scoring.levels.rounded`, half-up.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from assessment.scoring.levels import index_of, raw_level, rounded

NO_BREAK = "\u00a0"
MINUS = "\u2212"
REPLACEMENT = "\ufffd"

_GROUP_MARKS = {"nb": NO_BREAK, "nn": NO_BREAK, "en": ","}
_LOCALES = {"nb": "nb_NO", "nn": "nn_NO", "en": "en_GB"}
_STEERING = re.compile(
    "[\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
"""Characters that are not seen but turn the direction of what stands around them, or hide in it."""

_LAST_TWO = "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
_LONE = re.compile(f"[\ud800-\udfff\ufdd0-\ufdef{_LAST_TWO}]")
"""What is no character: lone surrogates, and code points that never will be one."""

_EMPTY = "\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"
"""Letters and signs that look like nothing."""

_NARROW = "\u202f"
MOST_MARKS = 4
"""How many marks one letter keeps; more would be drawn over the lines around it."""

MOST_PARAGRAPHS = 300
"""How many lines of one text stand by themselves; those after them follow each other in the last."""

_PARAGRAPH = re.compile(r"\n\s*\n|\r\n?|\n|\u2028|\u2029|\x0b|\x0c|\x85")


@dataclass(frozen=True, slots=True)
class Figures:
    """How one language writes figures and days. ``words``: the report's, by key."""

    language: str
    words: Mapping[str, str]

    def say(self, key: str, **parts: object) -> str:
        """A sentence of ours with its parts filled in."""
        return self.words[key].format(**parts)

    def decimal(self, figure: str) -> str:
        """A figure that is already rounded as this language writes it: 1 234,5 or 1,234.5, a true minus."""
        whole, dot, part = figure.partition(".")
        grouped = f"{int(whole):,}".replace(",", _GROUP_MARKS[self.language]).lstrip("-")
        sign = MINUS if figure.startswith("-") else "+" if figure.startswith("+") else ""
        return f"{sign}{grouped}{self.words['decimal_mark'] if dot else ''}{part}"

    def number(self, value: Fraction, decimals: int = 2) -> str:
        """A value with a fixed number of decimals."""
        return self.decimal(rounded(value, decimals))

    def score(self, value: Fraction, decimals: int = 2) -> str:
        """A score 0..4, with more decimals where these would show a level that it does not reach.

        Half-up as all figures: 1.496 is on level 1, and "1.50" is where level 2 begins.
        """
        while raw_level(Fraction(rounded(value, decimals))) > raw_level(value):
            decimals += 1
        return self.number(value, decimals)

    def signed(self, value: Fraction, decimals: int = 2) -> str:
        """A difference with its sign; what rounds to nothing has none."""
        text = rounded(value, decimals)
        plain = text.lstrip("-")
        if not plain.strip("0."):
            return self.decimal(plain)
        return self.decimal(text if value < 0 else f"+{text}")

    def index(self, score: Fraction) -> str:
        """The index 0..100 of a score 0..4."""
        return self.decimal(index_of(score))

    def percent(self, share: Fraction | None) -> str:
        """A share 0..1 in whole per cent; nothing counts as 0."""
        return self.say("percent", figure=rounded((share or Fraction()) * 100, 0))

    def quantity(self, value: Decimal | int) -> str:
        """A number somebody typed, as they typed it but with this language's marks."""
        from babel.numbers import format_decimal  # noqa: PLC0415  # slow to import

        pattern = "#,##0.######"
        text: str = format_decimal(value, pattern, locale=_LOCALES[self.language])
        return text.replace("\u202f", NO_BREAK).replace("-", MINUS)

    def date(self, day: date) -> str:
        """A day: 1. mars 2026, 1 March 2026."""
        return _long_date(day, _LOCALES[self.language])


@dataclass(frozen=True, slots=True)
class Voice(Figures):
    """One language: how figures are written, and a questionnaire's texts by key."""

    texts: Mapping[str, str]

    def question(self, id_: str) -> str:
        """What a question asks."""
        return self.texts[f"questions/{id_}/text"]

    def dimension(self, id_: str) -> str:
        """What a dimension is called."""
        return self.texts[f"dimensions/{id_}/title"]

    def level(self, level: int) -> str:
        """What a level 0..4 is called."""
        return self.texts[f"levels/{level}/name"]

    def listed(self, items: list[str]) -> str:
        """Items in a sentence: a, b and c."""
        if len(items) < 2:
            return "".join(items)
        return f"{', '.join(items[:-1])} {self.words['and']} {items[-1]}"


@lru_cache(maxsize=1000)
def _long_date(day: date, locale: str) -> str:
    from babel.dates import format_date  # noqa: PLC0415  # slow to import

    text: str = format_date(day, "long", locale=locale)
    return text.replace(" ", NO_BREAK)


def shortened(text: str, most: int) -> str:
    """A text cut at ``most`` characters, with a sign that it was."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def paragraphs(text: str | None) -> tuple[str, ...]:
    """Somebody's text as clean paragraphs, one for each line; none when there is nothing to read."""
    if not text:
        return ()
    lines = [line for line in (clean(part) for part in _PARAGRAPH.split(text)) if line]
    last = MOST_PARAGRAPHS - 1
    return (*lines[:last], " ".join(lines[last:])) if len(lines) > last else tuple(lines)


def clean(text: str | None) -> str:
    """Somebody's text as one line that can be printed: composed, without control or steering characters.

    Lone surrogates and characters that are none become U+FFFD; runs of white space one space. Empty when
    there is nothing to see in it.
    """
    if not text:
        return ""
    composed = unicodedata.normalize("NFC", _LONE.sub(REPLACEMENT, _STEERING.sub("", text)))
    line = re.sub(" +", " ", "".join(_printed(composed))).strip()
    return line if any(map(_is_seen, line)) else ""


def _printed(text: str) -> Iterator[str]:
    """The characters with plain spaces, and no more marks on a letter than can be drawn."""
    marks = 0
    for sign in text:
        kind = unicodedata.category(sign)
        if kind in ("Cc", "Zl", "Zp", "Zs") and sign not in (NO_BREAK, _NARROW):
            sign, kind = " ", "Zs"  # noqa: PLW2901
        if kind in ("Mn", "Me"):
            marks += 1
        elif kind != "Cf":
            marks = 0
        if marks <= MOST_MARKS:
            yield sign


def _is_seen(sign: str) -> bool:
    kind = unicodedata.category(sign)
    return sign not in _EMPTY and (kind[0] not in "CMZ" or kind in ("Cn", "Co"))
