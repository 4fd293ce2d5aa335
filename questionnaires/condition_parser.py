"""The grammar of conditions, and the parser that makes a tree of a text."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from lark import Lark, Transformer, UnexpectedInput, UnexpectedToken, v_args

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
)
from questionnaires.errors import ConditionError

MAX_CUT = 100
"""The last character ``substring`` may cut out."""

_GRAMMAR = r"""
?start: any_of
?any_of: all_of ("||" all_of)*
?all_of: relation ("&&" relation)*
?relation: unary
         | relation COMPARE unary -> comparison
         | relation _IN unary     -> contains
?unary: "!" unary -> negation
      | primary
?primary: name | "(" any_of ")" | list | digits | literal
digits: _INT "(" CUT_NAME _SUBSTRING "(" INTEGER "," INTEGER ")" ")"
list: "[" [literal ("," literal)*] "]"
name: NAME
literal: SIGN? DECIMAL -> decimal
       | SIGN? INTEGER -> integer
       | STRING -> string
       | _TRUE -> true
       | _FALSE -> false
_IN: /in(?![a-z0-9_.])/
_INT: /int(?![a-z0-9_.])/
_SUBSTRING: /\.substring(?![a-z0-9_.])/
_TRUE: /true(?![a-z0-9_.])/
_FALSE: /false(?![a-z0-9_.])/
COMPARE: "==" | "!=" | "<=" | ">=" | "<" | ">"
SIGN: "-"
DECIMAL: /[0-9]{1,15}\.[0-9]{1,6}(?![a-z0-9_.])/
INTEGER: /[0-9]{1,15}(?![a-z0-9_.])/
STRING: /"([^"\\\n\r]|\\["'\\])*"/ | /'([^'\\\n\r]|\\["'\\])*'/
NAME: /[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+/
CUT_NAME.2: /profile\.[a-z][a-z0-9_]*(?=\.substring\()/
%ignore /[ \t\n\r]+/
"""


@v_args(inline=True)
class _Build(Transformer[Any, Node]):
    """One method for each rule that makes a node."""

    any_of = staticmethod(lambda *terms: AnyOf(terms))
    all_of = staticmethod(lambda *terms: AllOf(terms))
    negation = staticmethod(Not)
    contains = staticmethod(In)
    decimal = staticmethod(lambda *parts: Constant(Decimal("".join(parts))))
    integer = staticmethod(lambda *parts: Constant(int("".join(parts))))
    true = staticmethod(lambda: Constant(True))
    false = staticmethod(lambda: Constant(False))

    def comparison(self, left: Node, sign: Any, right: Node) -> Node:
        return Comparison(str(sign), left, right)  # type: ignore[arg-type]  # one of COMPARE

    def digits(self, name: Any, start: Any, end: Any) -> Node:
        if not int(start) < int(end) <= MAX_CUT:
            reason = f"substring({start}, {end}) is not a cut within 0 to {MAX_CUT}"
            raise ConditionError(reason, start.column)
        return Digits(Name(str(name)), int(start), int(end))

    def list(self, *items: Constant | None) -> Node:
        return ListOf(tuple(item for item in items if item is not None))

    def name(self, path: Any) -> Node:
        return Name(str(path))

    def string(self, quoted: Any) -> Node:
        return Constant(re.sub(r"\\(.)", r"\1", str(quoted)[1:-1]))


_PARSER = Lark(_GRAMMAR, parser="lalr", transformer=_Build())


def parse(text: str) -> Node:
    """Read a condition. Raises ConditionError with the column where it stops making sense."""
    try:
        return _PARSER.parse(text)  # type: ignore[return-value]  # the transformer returns a Node
    except UnexpectedToken as error:
        if error.token.type == "$END":
            raise ConditionError("the condition breaks off", len(text) + 1) from None
        raise ConditionError(f"{str(error.token)!r} is not expected here", error.column) from None
    except UnexpectedInput as error:
        raise ConditionError("this is not part of a condition", error.column) from None
