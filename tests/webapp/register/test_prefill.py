"""What the register knows becomes proposals for the facts that ask for it, and nothing else does."""

from __future__ import annotations

import pytest

from questionnaires.model import Fact
from webapp.register.port import RegisterEntry
from webapp.register.prefill import PRIVATE_FORMS, PUBLIC_FORMS, prefill
from webapp.services.definitions import Definitions

ENTRY = RegisterEntry("311046276", "EKSEMPEL AS", "main", "KF", "31.090", 18, "Eksempelvik")
EVERY_FORM = """
    AAFY ADOS ANNA ANS AS ASA BA BBL BEDR BO BRL DA ENK EOFG ESEK FKF FLI FYLK GFS IKJP IKS KBO KF KIRK
    KOMM KS KTRF NUF OPMV ORGL PERS PK PRE SA SAM SE SF SPA STAT STI SÆR TVAM UTLA VPFO
"""
"""Source: Enhetsregisteret, organisasjonsformer."""


def _facts(questionnaire: str) -> tuple[Fact, ...]:
    return tuple(Definitions().plan(questionnaire).questionnaire.facts)


def _fact(kind: str, field: str | None) -> Fact:
    return Fact.model_validate({"id": "a", "kind": kind, "register_field": field, "source": "test"})


def test_the_facts_of_every_questionnaire_are_proposed() -> None:
    assert prefill(ENTRY, _facts("circular_business_models")) == {
        "nace": "31.090",
        "employees": 18,
        "municipality": "Eksempelvik",
    }
    assert prefill(ENTRY, _facts("sustainability_reporting")) == {
        "nace": "31.090",
        "employees": 18,
        "public": True,
    }


def test_what_the_register_does_not_know_is_not_proposed() -> None:
    unknown = RegisterEntry("311046276", "EKSEMPEL AS")

    assert prefill(unknown, _facts("circular_business_models")) == {}
    assert prefill(unknown, _facts("sustainability_reporting")) == {}


def test_nobody_employed_is_known_and_proposed() -> None:
    nobody = RegisterEntry("311046276", "EKSEMPEL AS", employees=0)

    assert prefill(nobody, _facts("circular_business_models")) == {"employees": 0}


@pytest.mark.parametrize(
    ("form", "public"),
    [
        ("KOMM", True),
        ("KF", True),
        ("ORGL", True),
        ("ENK", False),
        ("AS", None),
        ("SF", None),
        ("BEDR", None),
    ],
)
def test_a_public_employer_is_told_by_the_legal_form_where_that_is_sure(
    form: str, public: bool | None
) -> None:
    entry = RegisterEntry("311046276", "EKSEMPEL", legal_form=form)

    assert prefill(entry, [_fact("boolean", "legal_form")]).get("a") is public


def test_every_form_we_are_sure_of_is_one_of_the_register_s() -> None:
    assert set(EVERY_FORM.split()) >= PUBLIC_FORMS | PRIVATE_FORMS
    assert PUBLIC_FORMS.isdisjoint(PRIVATE_FORMS)


@pytest.mark.parametrize(
    ("kind", "field"),
    [
        ("text", None),
        ("integer", "nace"),
        ("boolean", "employees"),
        ("text", "employees"),
        ("boolean", "nace"),
    ],
)
def test_a_fact_of_another_kind_is_left_alone(kind: str, field: str | None) -> None:
    assert prefill(ENTRY, [_fact(kind, field)]) == {}


def test_a_legal_form_can_be_proposed_as_it_is() -> None:
    assert prefill(ENTRY, [_fact("text", "legal_form")]) == {"a": "KF"}
