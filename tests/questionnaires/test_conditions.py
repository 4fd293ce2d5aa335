"""Conditions: reading, three-valued logic worked by hand, and what is refused."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from questionnaires.condition_tree import (
    AllOf,
    AnyOf,
    Comparison,
    Constant,
    Digits,
    In,
    ListOf,
    Name,
    Node,
    Not,
    height,
)
from questionnaires.conditions import (
    MAX_LENGTH,
    MAX_NESTING,
    Names,
    Value,
    compile_condition,
    names_in,
    parse_condition,
)
from questionnaires.errors import ConditionError

A, B, C = Name("p.a"), Name("p.b"), Name("p.c")


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("p.a", A),
        ("  ( p.a )\n", A),
        ("true", Constant(True)),
        ("false", Constant(False)),
        ("!p.a", Not(A)),
        ("!!p.a", Not(Not(A))),
        ("p.a && p.b && p.c", AllOf((A, B, C))),
        ("p.a || p.b || p.c", AnyOf((A, B, C))),
        ("p.a || p.b && p.c", AnyOf((A, AllOf((B, C))))),
        ("p.a && p.b || p.c", AnyOf((AllOf((A, B)), C))),
        ("(p.a || p.b) && p.c", AllOf((AnyOf((A, B)), C))),
        ("!p.a && p.b", AllOf((Not(A), B))),
        ("!p.a == p.b", Comparison("==", Not(A), B)),
        ("p.a < 3 && p.b", AllOf((Comparison("<", A, Constant(3)), B))),
        ("p.a == p.b == p.c", Comparison("==", Comparison("==", A, B), C)),
        ("p.a >= 2.50", Comparison(">=", A, Constant(Decimal("2.50")))),
        ("p.a != -2", Comparison("!=", A, Constant(-2))),
        ("p.a == - 2.5", Comparison("==", A, Constant(Decimal("-2.5")))),
        ("p.a <= 999999999999999", Comparison("<=", A, Constant(999_999_999_999_999))),
        ('p.a == "it\'s"', Comparison("==", A, Constant("it's"))),
        ("p.a == 'say \"ah\"'", Comparison("==", A, Constant('say "ah"'))),
        ('p.a == "a\\"b"', Comparison("==", A, Constant('a"b'))),
        ("p.a == 'a\\'b'", Comparison("==", A, Constant("a'b"))),
        ('p.a == "a\\\\\\"b"', Comparison("==", A, Constant('a\\"b'))),
        ('p.a == "\\\\\\\\"', Comparison("==", A, Constant("\\\\"))),
        ('p.a == "æøå €"', Comparison("==", A, Constant("æøå €"))),
        ('p.a == "&& || !"', Comparison("==", A, Constant("&& || !"))),
        ('p.a in ["x", "y"]', In(A, ListOf((Constant("x"), Constant("y"))))),
        ("p.a in [1, -2]", In(A, ListOf((Constant(1), Constant(-2))))),
        ("p.a in []", In(A, ListOf(()))),
        ('"x" in p.b', In(Constant("x"), B)),
        ("p.a in p.b && p.c", AllOf((In(A, B), C))),
        ("true.value", Name("true.value")),
        ("p.in", Name("p.in")),
        ("in_house.a", Name("in_house.a")),
        ("p.int == 1", Comparison("==", Name("p.int"), Constant(1))),
        ("a.b.c", Name("a.b.c")),
        ("int(profile.a.substring(0, 2))", Digits(Name("profile.a"), 0, 2)),
        ("int( profile.a.substring( 3 , 100 ) )", Digits(Name("profile.a"), 3, 100)),
        ("int(profile.substring.substring(0, 1))", Digits(Name("profile.substring"), 0, 1)),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_condition_is_read_as(text: str, tree: Node) -> None:
    assert parse_condition(text) == tree


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("", 1),
        ("p.a &&", 7),
        ("p.a && && p.b", 8),
        ("p.a & p.b", 5),
        ("p.a and p.b", 5),
        ("p.a || (p.b", 12),
        ("p.a) || p.b", 4),
        ("()", 2),
        ("p.a = 1", 5),
        ("p.a === 1", 7),
        ("p.a <> 1", 6),
        ("p.a + 1 == 2", 5),
        ("size(p.a)", 1),
        ("p.a.size()", 9),
        ("p.a[0]", 4),
        ("p.a ? p.b : p.c", 5),
        ("a", 1),
        ("P.a", 1),
        ("p.A", 1),
        ("p..a", 1),
        ("p.a.", 4),
        ("1.5.2 == p.a", 1),
        ("p.a == 1.", 8),
        ("p.a == .5", 8),
        ("p.a == 1e3", 8),
        ("p.a == 0x1F", 8),
        ("p.a == 1_000", 8),
        ("p.a == 1234567890123456", 8),
        ("p.a == +1", 8),
        ("p.a == --1", 9),
        ("p.a == null", 8),
        ("p.a == 'x", 8),
        ('p.a == "x\ny"', 8),
        ('p.a == "\\n"', 8),
        ("p.a inp.b", 5),
        ("p.a in[p.b]", 8),
        ("p.a in {1: 2}", 8),
        ("trueish", 1),
        ("p.a == \u0661", 8),
        ("p.\u0430 == 1", 1),
        ("p.a\u00a0== 1", 4),
        ("int(p.a)", 5),
        ("int(p.a.substring(0, 2))", 5),
        ("int(profile.a.substring(0))", 26),
        ("int(profile.a.substring(2, 2))", 25),
        ("int(profile.a.substring(2, 0))", 25),
        ("int(profile.a.substring(0, 101))", 25),
        ("int(profile.a.substring(0, 999999999999999))", 25),
        ("int(profile.a.substring(-1, 2))", 25),
        ("__import__('os')", 1),
        ("{{ p.a }}", 1),
    ],
)
def test_condition_that_makes_no_sense_is_refused_at_its_column(text: str, column: int) -> None:
    with pytest.raises(ConditionError) as caught:
        parse_condition(text)

    assert caught.value.column == column


@pytest.mark.parametrize(
    "text",
    ["!" * MAX_NESTING + "p.a", "<".join(["p.a"] * 60), "!(" * MAX_NESTING + "p.a" + ")" * MAX_NESTING],
    ids=["negations", "chain of comparisons", "brackets"],
)
def test_condition_nested_too_deep_is_refused(text: str) -> None:
    with pytest.raises(ConditionError, match="nested at most 40 deep"):
        parse_condition(text)


def test_condition_nested_as_deep_as_allowed_is_read() -> None:
    tree = parse_condition("!" * (MAX_NESTING - 1) + "p.a")

    assert height(tree) == MAX_NESTING


def test_many_brackets_do_not_nest() -> None:
    assert parse_condition("(" * 300 + "p.a" + ")" * 300) == A


def test_condition_too_long_is_refused() -> None:
    with pytest.raises(ConditionError, match="at most 1000 characters"):
        parse_condition("p.a" + " " * MAX_LENGTH)


def test_names_come_in_order_of_appearance_each_once() -> None:
    found = names_in('p.c in ["p.x"] || p.a && !p.b || int(profile.d.substring(0, 1)) < 1 || p.c')

    assert [name.path for name in found] == ["p.c", "p.a", "p.b", "profile.d"]


def test_name_knows_its_subject_and_field() -> None:
    name = Name("strategy.ambition.score")

    assert (name.subject, name.field) == ("strategy.ambition", "score")


VALUES: dict[str, Names] = {"T": {"p.a": True}, "F": {"p.a": False}, "U": {}}
OTHERS: dict[str, Names] = {"T": {"p.b": True}, "F": {"p.b": False}, "U": {}}
LETTERS = {True: "T", False: "F", None: "U"}


@pytest.mark.parametrize(
    ("left", "right", "conjunction", "disjunction"),
    [
        ("T", "T", "T", "T"),
        ("T", "F", "F", "T"),
        ("T", "U", "U", "T"),
        ("F", "T", "F", "T"),
        ("F", "F", "F", "F"),
        ("F", "U", "F", "U"),
        ("U", "T", "U", "T"),
        ("U", "F", "F", "U"),
        ("U", "U", "U", "U"),
    ],
)
def test_truth_table(left: str, right: str, conjunction: str, disjunction: str) -> None:
    names = {**VALUES[left], **OTHERS[right]}

    assert LETTERS[compile_condition("p.a && p.b")(names)] == conjunction  # type: ignore[index]  # a truth
    assert LETTERS[compile_condition("p.a || p.b")(names)] == disjunction  # type: ignore[index]  # a truth


@pytest.mark.parametrize(("operand", "negated"), [("T", "F"), ("F", "T"), ("U", "U")])
def test_truth_table_of_negation(operand: str, negated: str) -> None:
    value = compile_condition("!p.a")(VALUES[operand])

    assert LETTERS[value] == negated  # type: ignore[index]  # a truth


@pytest.mark.parametrize(
    ("text", "names", "value"),
    [
        ("p.n < 3", {"p.n": 2}, True),
        ("p.n < 3", {"p.n": 3}, False),
        ("p.n <= 3", {"p.n": 3}, True),
        ("p.n > 3", {"p.n": 3}, False),
        ("p.n >= 3", {"p.n": 3}, True),
        ("p.n == 3", {"p.n": 3}, True),
        ("p.n != 3", {"p.n": 3}, False),
        ("3 > p.n", {"p.n": 2}, True),
        ("p.n < 3", {}, None),
        ("3 > p.n", {}, None),
        ("p.n != 3", {}, None),
        ("p.n == p.m", {"p.n": 1, "p.m": 1}, True),
        ("p.n == p.m", {"p.n": 1}, None),
        ("p.n == p.m", {"p.m": 1}, None),
        ("p.n == 0.1", {"p.n": Decimal("0.1")}, True),
        ("p.n == 0.1", {"p.n": Fraction(1, 10)}, True),
        ("p.n < 0.3", {"p.n": Fraction(3, 10)}, False),
        ("p.n == 1.0", {"p.n": 1}, True),
        ("p.t == 'x'", {"p.t": "x"}, True),
        ("p.t == 'x'", {"p.t": "X"}, False),
        ("p.t in ['x', 'y']", {"p.t": "y"}, True),
        ("p.t in ['x', 'y']", {"p.t": "z"}, False),
        ("p.t in ['x', 'y']", {}, None),
        ("'x' in p.l", {"p.l": ("x", "y")}, True),
        ("'x' in p.l", {"p.l": ()}, False),
        ("'x' in p.l", {}, None),
        ("p.t in p.l", {"p.l": ("x",)}, None),
        ("1 < 2", {}, True),
        ("p.n < 3 && false", {}, False),
        ("(p.n < 3) == (p.n > 3)", {"p.n": 3}, True),
        ("(p.n < 3) == (p.n > 3)", {}, None),
        ("false && p.n < 3 || true", {}, True),
        ("p.n", {"p.n": 7}, 7),
    ],
)
def test_condition_comes_out_as(text: str, names: Names, value: Value | None) -> None:
    assert compile_condition(text)(names) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("31.010", 31),
        ("01", 1),
        ("00", 0),
        ("3", None),
        ("", None),
        ("3x", None),
        (" 3", None),
        ("-3", None),
        ("+3", None),
        ("\u0663\u0661", None),
        ("\u00b2\u00b2", None),
        (31, None),
    ],
)
def test_number_is_cut_out_of_a_text(text: Value, value: int | None) -> None:
    derived = compile_condition("int(profile.nace.substring(0, 2))")

    assert derived({"profile.nace": text}) == value


def test_number_cut_out_of_nothing_is_undefined() -> None:
    assert compile_condition("int(profile.nace.substring(0, 2))")({}) is None


def test_error_says_reason_and_column() -> None:
    error = ConditionError("this is odd", 7)

    assert (str(error), error.reason, error.column) == ("this is odd (column 7)", "this is odd", 7)
