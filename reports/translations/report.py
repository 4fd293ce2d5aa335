"""The words of the maturity report by language."""

from __future__ import annotations

from reports.translations.report_en import WORDS as ENGLISH
from reports.translations.report_nb import WORDS as BOKMAL
from reports.translations.report_nn import WORDS as NYNORSK

REPORT_WORDS: dict[str, dict[str, str]] = {"nb": BOKMAL, "nn": NYNORSK, "en": ENGLISH}
