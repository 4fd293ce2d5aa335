"""Whether a condition makes sense for a questionnaire: names exist, like is compared with like."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

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
from questionnaires.conditions import parse_condition
from questionnaires.errors import ConditionError
from questionnaires.model import Fact, Question
from questionnaires.wording import hint

Kind: TypeAlias = Literal["boolean", "number", "text", "list", "unknown"]

STATES = ("answered", "unknown", "missing", "not_applicable", "not_asked")
GRAMMAR = '||, &&, !, ==, !=, <, <=, >, >=, in, "text", numbers, true, false, dotted names'


@dataclass(frozen=True, slots=True)
class NameKind:
    """What a name stands for; ``words``: the texts it can hold, ``None`` when any."""

    kind: Kind
    words: tuple[str, ...] | None = None


Finding: TypeAlias = tuple[str, dict[str, object]]


def fact_kinds(facts: tuple[Fact, ...]) -> dict[str, NameKind]:
    """The names of profile facts."""
    kinds: dict[str, Kind] = {"boolean": "boolean", "integer": "number", "text": "text"}
    return {f"profile.{fact.id}": NameKind(kinds[fact.kind]) for fact in facts}


def question_kinds(question: Question, option_ids: tuple[str, ...]) -> dict[str, NameKind]:
    """The names one question gives: ``.state`` always, ``.score`` when scored, ``.value`` unless a table."""
    names = {f"{question.id}.state": NameKind("text", STATES)}
    if question.weight > 0:
        names[f"{question.id}.score"] = NameKind("number")
    value: dict[str, NameKind] = {
        "single_choice": NameKind("text", option_ids),
        "multiple_choice": NameKind("list", option_ids),
        "yes_no": NameKind("boolean"),
        "number": NameKind("number"),
        "computed": NameKind("number"),
        "text": NameKind("text"),
        "date": NameKind("text"),
    }
    if question.kind in value:
        names[f"{question.id}.value"] = value[question.kind]
    return names


def check_condition(text: str, kinds: Mapping[str, NameKind], wanted: Kind) -> Iterator[Finding]:
    """Everything wrong with a condition; nothing when it can be compiled."""
    try:
        node = parse_condition(text)
    except ConditionError as error:
        yield "condition_syntax", {"reason": str(error), "grammar": GRAMMAR}
        return
    findings: list[Finding] = []
    checker = _Checker(kinds, findings)
    checker.want(node, wanted)
    seen: list[Finding] = []
    for finding in findings:
        if finding not in seen:
            seen.append(finding)
            yield finding


@dataclass(frozen=True, slots=True)
class _Checker:
    kinds: Mapping[str, NameKind]
    findings: list[Finding]

    def kind(self, node: Node) -> NameKind:
        """What a node stands for; everything wrong within it is added to the findings."""
        match node:
            case Constant(value):
                return NameKind(_literal_kind(value))
            case Name(path):
                return self._name(path)
            case ListOf():
                return NameKind("list")
            case Digits(name):
                self.want(name, "text")
                return NameKind("number")
            case _:
                self._truth(node)
                return NameKind("boolean")

    def want(self, node: Node, wanted: Kind) -> None:
        """Add a finding when a node is not of the kind that is needed where it stands."""
        found = self.kind(node).kind
        if found not in (wanted, "unknown"):
            self._find("condition_operand", found=f"a {found}", wanted=f"a {wanted}")

    def _truth(self, node: Node) -> None:
        match node:
            case AllOf(terms) | AnyOf(terms):
                for term in terms:
                    self.want(term, "boolean")
            case Not(operand):
                self.want(operand, "boolean")
            case Comparison():
                self._comparison(node)
            case In(item, container):
                self._membership(item, container)

    def _name(self, path: str) -> NameKind:
        if path not in self.kinds:
            self._find("condition_unknown_name", name=path, hint=hint(path, self.kinds))
            return NameKind("unknown")
        return self.kinds[path]

    def _comparison(self, node: Comparison) -> None:
        left, right = self.kind(node.left), self.kind(node.right)
        if "unknown" in (left.kind, right.kind):
            return
        if left.kind != right.kind or left.kind == "list":
            self._find("condition_types", left=f"a {left.kind}", right=f"a {right.kind}")
            return
        if node.operator not in ("==", "!=") and left.kind != "number":
            self._find("condition_operand", found=f"a {left.kind}", wanted="a number")
        for name, other in ((node.left, node.right), (node.right, node.left)):
            if isinstance(name, Name) and isinstance(other, Constant):
                self._word(name, other)

    def _membership(self, item: Node, container: Node) -> None:
        match container:
            case ListOf(constants):
                for constant in constants:
                    self._comparison(Comparison("==", item, constant))
                if not constants:
                    self._find("condition_operand", found="an empty list", wanted="a list")
            case Name():
                self.want(container, "list")
                if self.kind(container).kind == "list":
                    self.want(item, "text")
                if isinstance(item, Constant):
                    self._word(container, item)
            case _:
                self._find("condition_operand", found="a single value", wanted="a list")

    def _word(self, name: Name, constant: Constant) -> None:
        words = self.kinds.get(name.path, NameKind("unknown")).words
        if words is None or not isinstance(constant.value, str) or constant.value in words:
            return
        code = "condition_unknown_state" if name.field == "state" else "condition_unknown_option"
        close = hint(constant.value, words)
        self._find(code, option=constant.value, name=name.subject, hint=close, options=", ".join(words))

    def _find(self, code: str, **particulars: object) -> None:
        self.findings.append((code, particulars))


def _literal_kind(value: object) -> Kind:
    if isinstance(value, bool):
        return "boolean"
    return "text" if isinstance(value, str) else "number"
