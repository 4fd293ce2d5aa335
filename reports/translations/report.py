"""The words of the maturity report by language."""

from __future__ import annotations

from reports.translations.report_en import WORDS as ENGLISH
from reports.translations.report_nb import WORDS as BOKMAL
from reports.translations.report_nn import WORDS as NYNORSK
from reports.translations.review_en import WORDS as REVIEW_ENGLISH
from reports.translations.review_nb import WORDS as REVIEW_BOKMAL
from reports.translations.review_nn import WORDS as REVIEW_NYNORSK

REPORT_WORDS: dict[str, dict[str, str]] = {
    "nb": {**BOKMAL, **REVIEW_BOKMAL},
    "nn": {**NYNORSK, **REVIEW_NYNORSK},
    "en": {**ENGLISH, **REVIEW_ENGLISH},
}
