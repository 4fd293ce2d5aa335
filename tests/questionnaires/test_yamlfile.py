"""Strict YAML: values, lines, and everything that is refused, at once."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaires.yamlfile import MAX_BYTES, YamlFile, parse_yaml, read_yaml


def read(text: str) -> YamlFile:
    return parse_yaml(text, "a.yaml")


def found(text: str) -> list[tuple[str, int | None, str]]:
    return [(p.code, p.place.line, p.place.path) for p in read(text).problems]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("a: 1", {"a": 1}),
        ("a: [1, two, {b: 3}]", {"a": (1, "two", {"b": 3})}),
        ("- a\n- b", ("a", "b")),
        ("", None),
        ("# nothing", None),
        ("---\na: 1\n...\n", {"a": 1}),
        ("just text", "just text"),
        ("a:\nb: ~\nc: null", {"a": None, "b": None, "c": None}),
        ("1: a\ntrue: b\n~: c\n'': d", {"1": "a", "true": "b", "~": "c", "": "d"}),
        ("a: |\n  one\n  two\n", {"a": "one\ntwo\n"}),
        ("a: >-\n  one\n  two\n", {"a": "one two"}),
        ("a: 'it''s'", {"a": "it's"}),
        ('a: "\\u00e6\\t\\n"', {"a": "æ\t\n"}),
        ("a: {}\nb: []", {"a": {}, "b": ()}),
        ("<<: {a: 1}", {"<<": {"a": 1}}),
        ("? a\n: b", {"a": "b"}),
        ("\ufeffa: 1", {"a": 1}),
        ("a: 1\r\nb: 2\r\n", {"a": 1, "b": 2}),
    ],
)
def test_content_is_read_as_plain_values(text: str, content: Any) -> None:
    file = read(text)

    assert (file.content, file.problems) == (content, ())


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("a: 1\na: 2", [("duplicate_key", 2, "a")]),
        ("a: {b: 1, b: 2}", [("duplicate_key", 1, "a.b")]),
        ("'a': 1\na: 2", [("duplicate_key", 2, "a")]),
        ("- {a: 1}\n- a: 1\n  a: 2", [("duplicate_key", 3, "[1].a")]),
        ("a: &x 1\nb: *x", [("anchor", 1, "a"), ("alias", 2, "b")]),
        ("a: &x\n  b: 1\nc: *x", [("anchor", 1, "a"), ("alias", 3, "c")]),
        ("a: &x [*x]", [("anchor", 1, "a"), ("alias", 1, "a[0]")]),
        ("&x a: 1", [("anchor", 1, "a")]),
        ("&x a: 1\n*x : 2", [("anchor", 1, "a"), ("alias", 2, "*")]),
        ("&x\na: 1", [("anchor", 1, "")]),
        ("a: !!int 1", [("tag", 1, "a")]),
        ("a: !!set {b}", [("tag", 1, "a")]),
        ("a: !x [1]", [("tag", 1, "a")]),
        ("!x a: 1", [("tag", 1, "a")]),
        ("a: !!python/name:os.system x", [("tag", 1, "a")]),
        ("? [a]\n: b\nc: d", [("key_not_text", 1, "?")]),
        ("? {a: b}\n: c", [("key_not_text", 1, "?")]),
        ("? [a]\n: 1\n? [b]\n: 2", [("key_not_text", 1, "?"), ("key_not_text", 3, "?")]),
        ("? [a]\n: 1\n'?': 3", [("key_not_text", 1, "?"), ("duplicate_key", 3, "?")]),
        ("? [a, [b]]\n: {c: 1, c: 2}", [("key_not_text", 1, "?"), ("duplicate_key", 2, "?.c")]),
        ("a: .nan", [("not_a_number", 1, "a")]),
        ("a: -.inf", [("not_a_number", 1, "a")]),
        ("a: NaN\nb: 1e999999", [("not_a_number", 1, "a"), ("not_a_number", 2, "b")]),
        ("%YAML 1.2\n---\na: 1", [("directive", 1, "")]),
        ("%TAG ! tag:x,2000:\n---\na: 1", [("directive", 1, "")]),
        ("a: 1\n---\nb: 2", [("several_documents", 2, "")]),
        ("a: 1\n...\n---\nb: 2", [("several_documents", 3, "")]),
        ("a: [1\nb: 2", [("not_yaml", 2, "")]),
        ("a: 'x", [("not_yaml", 1, "")]),
        ("a: b: c", [("not_yaml", 1, "")]),
        ("\ta: 1", [("not_yaml", 1, "")]),
        ("a: @b", [("not_yaml", 1, "")]),
        ("a: %b", [("not_yaml", 1, "")]),
        ("a: *nothing\nb: 1", [("alias", 1, "a")]),
        ("%YAML 3.0\n---\na: 1", [("not_yaml", 1, "")]),
        ('a: "\\ud800"', [("not_yaml", 1, "")]),
        ('a: "\\0"', [("character", 1, "a")]),
        ('a: "\\e[31m"', [("character", 1, "a")]),
        ('a: ["x", "\\u202e"]', [("character", 1, "a[1]")]),
        ("a: 1\nb: \x07", [("character", 2, "")]),
        ("a: 1\nb: \u202e", [("character", 2, "")]),
        ("a: 1\nb: x\ufeff", [("character", 2, "")]),
        ("a: 1\nb: x\x85c", [("character", 2, "")]),
        ("a: 1\nb: \ufffd", [("character", 2, "")]),
    ],
)
def test_content_is_refused(text: str, problems: list[tuple[str, int, str]]) -> None:
    listed = found(text)

    assert [code for code, _, _ in listed] == [code for code, _, _ in problems]
    assert listed == problems


def test_mistakes_are_all_reported_at_once() -> None:
    text = "a: 1\na: 2\nb: &x 3\nc: *x\nd: !!str 4\ne: .inf\n? [f]\n: 5\n"

    codes = [code for code, _, _ in found(text)]

    assert codes == ["duplicate_key", "anchor", "alias", "tag", "not_a_number", "key_not_text"]


def test_refused_parts_are_named_and_the_rest_is_kept() -> None:
    file = read("a: &x 1\nb: {c: .nan, d: 2}")

    assert file.refused == {("a",), ("b", "c")}
    assert file.content == {"a": 1, "b": {"c": ".nan", "d": 2}}


def test_part_within_a_refused_part_is_refused() -> None:
    file = read("a: !x {b: 1}\nc: 2")

    assert file.is_refused(("a", "b"))
    assert not file.is_refused(("c",))
    assert not file.is_refused(())


def test_first_of_two_equal_keys_is_kept() -> None:
    assert read("a: {b: 1}\na: {b: 2}").content == {"a": {"b": 1}}


@pytest.mark.parametrize("text", ["a: [1", "a: 1\n---\nb: 2", "[" * 20, 'a: 1\nb: "\x00"'])
def test_content_that_breaks_off_is_none(text: str) -> None:
    assert read(text).content is None


@pytest.mark.parametrize(
    ("loc", "line"),
    [
        ((), 2),
        (("a",), 2),
        (("a", "b"), 3),
        (("a", "b", 1), 5),
        (("a", "b", 2, "c"), 6),
        (("a", "b", 2, "d"), 7),
        (("a", "b", 2, "missing"), 6),
        (("a", "b", 9), 3),
        (("missing",), 2),
    ],
)
def test_place_has_the_line_of_the_path_or_its_nearest_parent(loc: tuple[str | int, ...], line: int) -> None:
    file = read("# a comment\na:\n  b:\n    - 1\n    - 2\n    - c: 3\n      d: |\n        four\n")

    assert file.place(loc).line == line


def test_path_is_written_as_people_read_it() -> None:
    assert read("a: 1").place(("a", "b", 2, "c", 0)).path == "a.b[2].c[0]"


def test_depth_is_counted_from_the_outermost() -> None:
    assert found("[" * 12 + "]" * 12) == []
    assert [code for code, _, _ in found("[" * 13 + "]" * 13)] == ["too_deep"]


def test_file_of_the_largest_size_is_read(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    path.write_text("a: 1 " + "#" * (MAX_BYTES - 5))

    assert read_yaml(path, "large.yaml").content == {"a": 1}


def test_file_one_byte_larger_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    path.write_text("a: 1 " + "#" * (MAX_BYTES - 4))

    (problem,) = read_yaml(path, "large.yaml").problems

    assert (problem.code, problem.particulars["size"]) == ("file_too_large", MAX_BYTES + 1)


def test_file_that_is_not_there_is_reported(tmp_path: Path) -> None:
    (problem,) = read_yaml(tmp_path / "nowhere.yaml", "nowhere.yaml").problems

    assert problem.message == "the file cannot be read: No such file or directory"


@given(st.text(alphabet=st.sampled_from("ab:-?[]{}&*!|>%@'\"\\#, \n\t~0.e"), max_size=60))
def test_any_text_is_read_or_refused_but_never_raises(text: str) -> None:
    file = read(text)

    assert all(problem.message and problem.allowed for problem in file.problems)


@given(
    st.recursive(
        st.integers(-5, 5)
        | st.booleans()
        | st.text(st.characters(codec="ascii", categories=["L"])).map(lambda word: f"x{word}"),
        lambda inner: (
            st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3)
        ),
        max_leaves=8,
    )
)
def test_what_is_written_is_what_is_read(value: Any) -> None:
    assert as_lists(read(str(value).replace("True", "true").replace("False", "false")).content) == value


def as_lists(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: as_lists(inner) for key, inner in value.items()}
    return [as_lists(inner) for inner in value] if isinstance(value, tuple) else value


def test_decimals_are_exact() -> None:
    assert read("a: 0.1").content == {"a": Decimal("0.1")}
