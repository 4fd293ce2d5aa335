"""Two JSON values are compared path by path; a verdict follows from what was found."""

from __future__ import annotations

import json
from typing import Any

import pytest

from assessment.jsontext import parse_json
from reports.verifying.verification import (
    MAX_DIFFERENCES,
    MAX_VALUE,
    Checked,
    Difference,
    Finding,
    Pages,
    Standing,
    compare,
    keys_twice,
    plain,
)

WANTED: dict[str, Any] = {"a": 1, "b": {"c": "x", "d": [1, 2]}, "e": None, "f": True}

CHANGES: dict[str, tuple[str, list[Difference]]] = {
    "nothing": ('{"a": 1, "b": {"c": "x", "d": [1, 2]}, "e": null, "f": true}', []),
    "another order of keys": ('{"f": true, "e": null, "b": {"d": [1, 2], "c": "x"}, "a": 1}', []),
    "a number": ('{"a": 2, "b": {"c": "x", "d": [1, 2]}, "e": null, "f": true}', [Difference("a", 2, 1)]),
    "a number as text": (
        '{"a": "1", "b": {"c": "x", "d": [1, 2]}, "e": null, "f": true}',
        [Difference("a", "1", 1)],
    ),
    "a number with decimals": (
        '{"a": 1.0, "b": {"c": "x", "d": [1, 2]}, "e": null, "f": true}',
        [Difference("a", "1.0", 1)],
    ),
    "one for true": (
        '{"a": 1, "b": {"c": "x", "d": [1, 2]}, "e": null, "f": 1}',
        [Difference("f", 1, True)],
    ),
    "an item of a list": (
        '{"a": 1, "b": {"c": "x", "d": [1, 3]}, "e": null, "f": true}',
        [Difference("b.d[1]", 3, 2)],
    ),
    "an item more": (
        '{"a": 1, "b": {"c": "x", "d": [1, 2, 9]}, "e": null, "f": true}',
        [Difference("b.d[2]", 9, None, "added")],
    ),
    "an item less": (
        '{"a": 1, "b": {"c": "x", "d": [1]}, "e": null, "f": true}',
        [Difference("b.d[1]", None, 2, "missing")],
    ),
    "a key more": (
        '{"a": 1, "b": {"c": "x", "d": [1, 2], "z": {"y": 1}}, "e": null, "f": true}',
        [Difference("b.z", "{y}", None, "added")],
    ),
    "a key less": (
        '{"a": 1, "b": {"c": "x", "d": [1, 2]}, "f": true}',
        [Difference("e", None, None, "missing")],
    ),
    "another kind": ('{"a": 1, "b": 5, "e": null, "f": true}', [Difference("b", 5, "{c, d}")]),
}


@pytest.mark.parametrize(("text", "differences"), CHANGES.values(), ids=CHANGES)
def test_every_path_that_differs_is_named_with_both_values(text: str, differences: list[Difference]) -> None:
    assert list(compare(plain(parse_json(text, "").content), WANTED)) == differences


def test_a_key_that_stands_twice_is_named() -> None:
    content = parse_json('{"a": 1, "b": [{"c": 1, "c": 2}], "a": 1}', "").content

    assert list(keys_twice(content)) == ["a", "b[0].c"]


def test_at_most_a_thousand_differences_are_kept() -> None:
    assert len(compare({str(number): number for number in range(5000)}, {})) == MAX_DIFFERENCES


def test_a_long_text_is_cut() -> None:
    (found,) = compare(json.loads(json.dumps("a" * 5000)), "b")

    assert found.report == "a" * MAX_VALUE + "…"


KNOWN = Standing(questionnaire="bicycle_shop 1.0.0")
SAME = Pages("same", 3)
VERDICTS = {
    "all the same": (Checked("a", standing=KNOWN, pages=SAME), True),
    "a note": (Checked("a", standing=KNOWN, pages=SAME, notes=(Finding("other_files"),)), True),
    "made with another program": (Checked("a", standing=KNOWN, pages=Pages("other_program", 3, (1,))), True),
    "a difference": (Checked("a", standing=KNOWN, pages=SAME, differences=(Difference("a", 1, 2),)), False),
    "an error": (Checked("a", standing=KNOWN, pages=SAME, errors=(Finding("pdf_broken"),)), False),
    "a page": (Checked("a", standing=KNOWN, pages=Pages("differ", 3, (1,))), False),
    "a script": (Checked("a", standing=KNOWN, pages=Pages("not_compared", 3, active=("AcroForm",))), False),
}


@pytest.mark.parametrize(("checked", "is_verified"), VERDICTS.values(), ids=VERDICTS)
def test_a_report_is_verified_when_nothing_differs_that_should_not(
    checked: Checked, is_verified: bool
) -> None:
    assert checked.is_verified is is_verified
