"""Strict JSON, and the line of every path however the text is laid out."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from assessment.jsontext import JsonText, Lines, NumberText, Pairs, parse_json, read_json
from questionnaires.errors import Loc


def _line(text: str, loc: Loc) -> int | None:
    source = read_json(text.encode(), "a.json")
    assert source.problems == ()
    return Lines(source).place(loc).line


TRICKY = r"""

{ "a" :
    1, "b": [ 10, 11,
  12
  , {"c": "]}{[,:", "d":
      [[], {}, [
   true ]]}
], "e\"f,": {"g":
 {"h": null}}, "\u0061b"
 :

 "\\", "é": "x\ny", "last"
 : "end"
}
"""


@pytest.mark.parametrize(
    ("loc", "line"),
    [
        ((), 1),
        (("a",), 3),
        (("b",), 4),
        (("b", 0), 4),
        (("b", 1), 4),
        (("b", 2), 5),
        (("b", 3), 6),
        (("b", 3, "c"), 6),
        (("b", 3, "d"), 6),
        (("b", 3, "d", 0), 7),
        (("b", 3, "d", 1), 7),
        (("b", 3, "d", 2), 7),
        (("b", 3, "d", 2, 0), 8),
        (('e"f,',), 9),
        (('e"f,', "g"), 9),
        (('e"f,', "g", "h"), 10),
        (("ab",), 10),
        (("é",), 13),
        (("last",), 13),
        (("missing",), 1),
        (("b", 3, "x", "y"), 6),
        (("b", 99), 4),
    ],
    ids=str,
)
def test_every_path_has_the_line_where_it_begins(loc: Loc, line: int) -> None:
    assert _line(TRICKY, loc) == line


def test_a_file_in_one_line_is_all_in_line_1() -> None:
    text = json.dumps({"a": [{"b": 1}, {"c": [2, 3]}]})

    assert _line(text, ("a", 1, "c", 1)) == 1


def test_old_line_ends_of_a_text_are_no_lines() -> None:
    assert _line('{"a": "x\\ny\\r\\n",\r\n"b": 1}', ("b",)) == 2


def test_a_key_that_comes_twice_stands_where_the_second_is_and_its_value_counts() -> None:
    text = '{"a": {"b": [1,\n2]},\n"a": {"b": [\n3,\n"4"]}}'

    source = read_json(text.encode(), "a.json")

    assert source.content.twice == ("a",)
    assert source.content == {"a": {"b": ["3", "4"]}}
    assert [Lines(source).place(("a", "b", at)).line for at in (0, 1)] == [4, 5]
    assert Lines(source).place(("a",)).line == 3


def test_a_key_that_comes_three_times_is_named_once() -> None:
    source = read_json(b'{"a": 1, "b": 2, "a": 3, "a": 4}', "a.json")

    assert source.content.twice == ("a",)


def test_keys_that_are_written_otherwise_are_the_same_key() -> None:
    assert read_json(b'{"a": 1, "\\u0061": 2}', "a.json").content.twice == ("a",)


def test_numbers_keep_their_text_and_are_told_from_texts() -> None:
    content = read_json(b'[1, 1.50, 1e999999, NaN, Infinity, -Infinity, "1"]', "a.json").content

    assert content == ["1", "1.50", "1e999999", "NaN", "Infinity", "-Infinity", "1"]
    assert [type(item) is NumberText for item in content] == [True] * 6 + [False]


def test_the_path_is_written_as_people_read_it() -> None:
    source = read_json(b'{"a": [{"b.c": 1}]}', "a.json")

    place = Lines(source).place(("a", 0, "b.c"))

    assert (place.file, place.path) == ("a.json", "a[0].b.c")


def test_a_key_too_long_to_read_is_cut_in_the_path() -> None:
    source = read_json(json.dumps({"a" * 5000: 1}).encode(), "a.json")

    assert len(Lines(source).place(("a" * 5000,)).path) == 200


def test_eight_levels_are_allowed_and_nine_are_not() -> None:
    assert read_json(b"[" * 8 + b"]" * 8, "a.json").problems == ()
    assert [p.code for p in read_json(b"[" * 9 + b"]" * 9, "a.json").problems] == ["too_deep"]


def test_brackets_in_texts_are_not_nesting() -> None:
    text = json.dumps({"a": "[{" * 1000 + '"\\'})

    assert read_json(text.encode(), "a.json").problems == ()


def test_commas_in_texts_are_not_values() -> None:
    assert read_json(json.dumps("," * 200_000).encode(), "a.json").problems == ()


@pytest.mark.parametrize(
    "read", [lambda text: read_json(text.encode(), "a"), lambda text: parse_json(text, "a")]
)
def test_a_broken_text_gives_a_problem_and_no_content(read: Any) -> None:
    source: JsonText = read('{\n"a": 1,,}')

    assert source.content is None
    assert [(p.code, p.place.line) for p in source.problems] == [("not_json", 2)]
    assert "column 8" in source.problems[0].message


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=12,
)


@given(_json, st.sampled_from([None, 0, 1, 4]))
def test_every_path_stands_where_its_value_does(value: Any, indent: int | None) -> None:
    text = json.dumps(value, indent=indent)
    source = read_json(text.encode(), "a.json")
    assume(not source.problems)
    lines, seen = Lines(source), 1

    for loc in _paths(value, ()):
        line = lines.place(loc).line
        assert line is not None
        assert seen <= line <= text.count("\n") + 1
        seen = line


def _paths(value: Any, loc: Loc) -> list[Loc]:
    if isinstance(value, dict):
        return [loc, *(path for key, item in value.items() for path in _paths(item, (*loc, key)))]
    if isinstance(value, list):
        return [loc, *(path for at, item in enumerate(value) for path in _paths(item, (*loc, at)))]
    return [loc]


@given(st.binary(max_size=200))
def test_no_bytes_at_all_make_it_fail(content: bytes) -> None:
    source = read_json(content, "a.json")

    assert (source.content is None) or not source.problems
    assert all(str(problem) for problem in source.problems)


def test_an_object_is_told_from_a_list_of_pairs() -> None:
    content = read_json(b'{"a": {}, "b": [["c", 1]]}', "a.json").content

    assert type(content) is Pairs
    assert type(content["a"]) is Pairs
    assert content["b"] == [["c", "1"]]
