"""What the register proposes for the profile of an organisation."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from assessment.answers import FactValue
from questionnaires.model import Fact
from webapp.register.port import RegisterEntry

PUBLIC_FORMS: Final = frozenset({"ADOS", "FKF", "FYLK", "IKS", "KF", "KOMM", "ORGL", "STAT"})
"""Legal forms that only the public sector has: administrative units, enterprises of counties and of
municipalities, counties, municipalities and what they own together, the State and parts of it.

Source: Enhetsregisteret, organisasjonsformer; likestillings- og diskrimineringsloven § 26.
"""

PRIVATE_FORMS: Final = frozenset({"ASA", "BBL", "BRL", "ENK", "ESEK", "NUF", "PRE", "SPA"})
"""Legal forms that no public body has: of listed and foreign companies, housing, sole traders, savings banks.

Every other form is asked about. A municipality or a health region may own an AS, an ANS or a foundation; a
statsforetak (SF) or a company under a law of its own (SÆR) may compete in a market or serve the public; and
a sub-unit (BEDR, AAFY) says nothing of who is above it.
"""


def prefill(entry: RegisterEntry, facts: Iterable[Fact]) -> dict[str, FactValue]:
    """What the register says of these facts, by id; what it does not know is left out.

    The source is the register, the day the one on which it was asked: the caller knows that, and leaves
    alone what people have typed.
    """
    found = {fact.id: _value(entry, fact) for fact in facts}
    return {id_: value for id_, value in found.items() if value is not None}


def _value(entry: RegisterEntry, fact: Fact) -> FactValue | None:
    match fact.register_field, fact.kind:
        case "nace", "text":
            return entry.nace or None
        case "employees", "integer":
            return entry.employees
        case "municipality", "text":
            return entry.municipality or None
        case "legal_form", "boolean":
            return _is_public(entry.legal_form)
        case "legal_form", "text":
            return entry.legal_form or None
    return None


def _is_public(legal_form: str) -> bool | None:
    if legal_form in PUBLIC_FORMS:
        return True
    return False if legal_form in PRIVATE_FORMS else None
