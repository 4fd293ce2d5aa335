"""The words of the gathering pack by language."""

from __future__ import annotations

from reports.translations.gathering_en import WORDS as ENGLISH
from reports.translations.gathering_nb import WORDS as BOKMAL
from reports.translations.gathering_nn import WORDS as NYNORSK

GATHERING_WORDS: dict[str, dict[str, str]] = {"nb": BOKMAL, "nn": NYNORSK, "en": ENGLISH}
