"""The words of the blank questionnaire by language."""

from __future__ import annotations

from reports.translations.blank_en import WORDS as ENGLISH
from reports.translations.blank_nb import WORDS as BOKMAL
from reports.translations.blank_nn import WORDS as NYNORSK

BLANK_WORDS: dict[str, dict[str, str]] = {"nb": BOKMAL, "nn": NYNORSK, "en": ENGLISH}
