"""Conditions: a small subset of CEL, read into a frozen tree and compiled into closures.

``||``, ``&&``, ``!``, comparisons, ``in``, literals, dotted names, and for derived facts
``int(profile.<text fact>.substring(start, end))``. Names are ``profile.<fact>`` and
``<question>.value|score|state``. A name that stands for nothing makes its comparison *undefined*
(``None`` here, an error in CEL), and the connectives pass undefined on as CEL passes an error:
``false && undefined`` is false, ``true || undefined`` is true, otherwise undefined.
Source: docs/scoring.md section 1.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any, Literal, TypeAlias

from questionnaires.errors import ConditionError

Value: TypeAlias = bool | int | Decimal | Fraction | str | tuple[str, ...]
"""What a name can stand for. Numbers compare exactly, whatever their type."""

Names: TypeAlias = Mapping[str, Value]
"""What is known, by dotted name; a name that is missing is undefined."""

Evaluate: TypeAlias = Callable[[Names], Value | None]
ComparisonOperator: TypeAlias = Literal["==", "!=", "<", "<=", ">", ">="]

MAX_LENGTH = 1000
MAX_NESTING = 40


@dataclass(frozen=True, slots=True)
class Literal_:
    """A constant: boolean, whole or decimal number, text."""

    value: bool | int | Decimal | str


@dataclass(frozen=True, slots=True)
class Name:
    """``profile.<fact>`` or ``<question>.value|score|state``."""

    path: str

    @property
    def subject(self) -> str:
        """The question id, or ``profile``."""
        return self.path.rpartition(".")[0]

    @property
    def field(self) -> str:
        """``value``, ``score``, ``state``, or the fact's id."""
        return self.path.rpartition(".")[2]


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list of constants, only useful to the right of ``in``."""

    items: tuple[Literal_, ...]


@dataclass(frozen=True, slots=True)
class Digits:
    """``int(<name>.substring(start, end))``: a whole number cut out of a text."""

    name: Name
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Not:
    """Negation."""

    operand: Node


@dataclass(frozen=True, slots=True)
class Comparison:
    """``==``, ``!=``, ``<``, ``<=``, ``>``, ``>=`` between two terms."""

    operator: ComparisonOperator
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class In:
    """Whether a constant or name is among the items of a list."""

    item: Node
    container: Node


@dataclass(frozen=True, slots=True)
class AllOf:
    """Terms joined by ``&&``."""

    terms: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Terms joined by ``||``."""

    terms: tuple[Node, ...]


Node: TypeAlias = Literal_ | Name | ListOf | Digits | Not | Comparison | In | AllOf | AnyOf

_GRAMMAR = r"""
?start: any_of
?any_of: all_of ("||" all_of)*
?all_of: relation ("&&" relation)*
?relation: unary
         | relation COMPARE unary -> comparison
         | relation "in" unary    -> contains
?unary: "!" unary -> negation
      | primary
?primary: name | "(" any_of ")" | list | digits | literal
digits: "int" "(" CUT_NAME ".substring" "(" INTEGER "," INTEGER ")" ")"
list: "[" [literal ("," literal)*] "]"
name: NAME
literal: SIGN? DECIMAL -> decimal
       | SIGN? INTEGER -> integer
       | STRING -> string
       | "true" -> true
       | "false" -> false
COMPARE: "==" | "!=" | "<=" | ">=" | "<" | ">"
SIGN: "-"
DECIMAL: /[0-9]{1,15}\.[0-9]{1,6}/
INTEGER: /[0-9]{1,15}/
STRING: /"([^"\\\n]|\\["\\])*"/ | /'([^'\\\n]|\\['\\])*'/
NAME: /[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+/
CUT_NAME.2: /profile\.[a-z][a-z0-9_]*(?=\.substring)/
%ignore /[ \t\n\r]+/
"""


@cache
def parse_condition(text: str) -> Node:
    """Read a condition. Raises ConditionError with the column where it stops making sense."""
    from lark import UnexpectedInput, UnexpectedToken

    if len(text) > MAX_LENGTH:
        raise ConditionError(f"a condition is at most {MAX_LENGTH} characters long")
    if _nesting(text) > MAX_NESTING:
        raise ConditionError(f"a condition is nested at most {MAX_NESTING} deep")
    try:
        return _parser().parse(text)  # type: ignore[no-any-return]  # the transformer returns a Node
    except UnexpectedToken as error:
        found = "the end" if error.token.type == "$END" else repr(str(error.token))
        raise ConditionError(f"{found} is not expected here", error.column) from None
    except UnexpectedInput as error:
        raise ConditionError("this is not part of a condition", error.column) from None


def _nesting(text: str) -> int:
    return text.count("(") + text.count("!") + text.count("[")


@cache
def _parser() -> Any:
    from lark import Lark, Transformer, v_args

    @v_args(inline=True)
    class Build(Transformer):  # type: ignore[misc, type-arg]  # lark's base class is untyped
        def any_of(self, *terms: Node) -> Node:
            return AnyOf(terms)

        def all_of(self, *terms: Node) -> Node:
            return AllOf(terms)

        def comparison(self, left: Node, sign: Any, right: Node) -> Node:
            return Comparison(str(sign), left, right)  # type: ignore[arg-type]  # one of COMPARE

        def contains(self, item: Node, container: Node) -> Node:
            return In(item, container)

        def negation(self, operand: Node) -> Node:
            return Not(operand)

        def digits(self, name: Any, start: Any, end: Any) -> Node:
            return Digits(Name(str(name)), int(start), int(end))

        def list(self, *items: Literal_ | None) -> Node:
            return ListOf(tuple(item for item in items if item is not None))

        def name(self, path: Any) -> Node:
            return Name(str(path))

        def decimal(self, *parts: Any) -> Node:
            return Literal_(Decimal("".join(parts)))

        def integer(self, *parts: Any) -> Node:
            return Literal_(int("".join(parts)))

        def string(self, quoted: Any) -> Node:
            body = str(quoted)[1:-1]
            return Literal_(body.replace('\\"', '"').replace("\\'", "'").replace("\\\\", "\\"))

        def true(self) -> Node:
            return Literal_(True)

        def false(self) -> Node:
            return Literal_(False)

    return Lark(_GRAMMAR, parser="lalr", transformer=Build())


def walk(node: Node) -> Iterator[Node]:
    """Every node of a condition, outermost first."""
    yield node
    for part in _parts(node):
        yield from walk(part)


def _parts(node: Node) -> tuple[Node, ...]:
    match node:
        case AllOf(terms) | AnyOf(terms):
            return terms
        case Not(operand):
            return (operand,)
        case Comparison(_, left, right) | In(left, right):
            return (left, right)
        case Digits(name):
            return (name,)
        case ListOf(items):
            return items
        case Literal_() | Name():
            return ()


def names_in(text: str) -> tuple[Name, ...]:
    """The names a condition uses, in order of appearance, each once."""
    return tuple(dict.fromkeys(node for node in walk(parse_condition(text)) if isinstance(node, Name)))


_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


@cache
def compile_condition(text: str) -> Evaluate:
    """A function from what is known to the condition's value; ``None`` is undefined.

    The text must have passed ``check_condition``: operands of unlike kinds are not looked for here.
    """
    return _compile(parse_condition(text))


def _compile(node: Node) -> Evaluate:
    match node:
        case Literal_(value):
            return lambda names: value
        case ListOf(items):
            constants = tuple(item.value for item in items)
            return lambda names: constants  # type: ignore[return-value]  # read by `in` alone
        case Name(path):
            return lambda names: names.get(path)
        case Digits():
            return _compile_digits(node)
        case Not(operand):
            return _compile_not(_compile(operand))
        case Comparison():
            return _compile_comparison(node)
        case In(item, container):
            return _compile_in(_compile(item), _compile(container))
        case AllOf(terms):
            return _compile_joined([_compile(term) for term in terms], decided_by=False)
        case AnyOf(terms):
            return _compile_joined([_compile(term) for term in terms], decided_by=True)


def _compile_digits(node: Digits) -> Evaluate:
    path, start, end = node.name.path, node.start, node.end

    def digits(names: Names) -> Value | None:
        text = names.get(path)
        if not isinstance(text, str) or len(text) < end:
            return None
        cut = text[start:end]
        return int(cut) if cut.isascii() and cut.isdigit() else None

    return digits


def _compile_not(operand: Evaluate) -> Evaluate:
    def negated(names: Names) -> Value | None:
        value = operand(names)
        return None if value is None else not value

    return negated


def _compile_comparison(node: Comparison) -> Evaluate:
    compare = _COMPARE[node.operator]
    left, right = _compile(node.left), _compile(node.right)
    if isinstance(node.left, Name) and isinstance(node.right, Literal_):
        path, constant = node.left.path, node.right.value

        def with_constant(names: Names) -> Value | None:
            value = names.get(path)
            return None if value is None else compare(value, constant)

        return with_constant

    def compared(names: Names) -> Value | None:
        first, second = left(names), right(names)
        return None if first is None or second is None else compare(first, second)

    return compared


def _compile_in(item: Evaluate, container: Evaluate) -> Evaluate:
    def contained(names: Names) -> Value | None:
        wanted, items = item(names), container(names)
        return None if wanted is None or items is None else wanted in items  # type: ignore[operator]

    return contained


def _compile_joined(terms: list[Evaluate], *, decided_by: bool) -> Evaluate:
    """``&&`` is decided by a false term, ``||`` by a true one; else undefined wins."""

    def joined(names: Names) -> Value | None:
        undefined = False
        for term in terms:
            value = term(names)
            if value is decided_by:
                return decided_by
            if value is None:
                undefined = True
        return None if undefined else not decided_by

    return joined
