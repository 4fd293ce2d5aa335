"""The words of the cohort report by language."""

from __future__ import annotations

from reports.translations.cohort_en import WORDS as ENGLISH
from reports.translations.cohort_nb import WORDS as BOKMAL
from reports.translations.cohort_nn import WORDS as NYNORSK

COHORT_WORDS: dict[str, dict[str, str]] = {"nb": BOKMAL, "nn": NYNORSK, "en": ENGLISH}
