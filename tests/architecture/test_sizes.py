"""Nothing grows out of proportion: functions, classes, files, and packages without hidden code."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("assessment", "questionnaires", "reports", "webapp")
TABLES = {
    "questionnaires/messages.py",
    "questionnaires/phrases.py",
    "reports/translations/terminal.py",
}  # plain tables of data
MAX_FILE_LINES = 400
MAX_FUNCTION_LINES = 40
MAX_METHODS = 12
_BODIES = ("body", "orelse", "finalbody", "handlers", "cases")


MIGRATIONS = ROOT / "webapp" / "db" / "migrations" / "versions"
"""Steps between tables are as long as the tables are."""


def _files(*folders: str) -> list[Path]:
    found = (path for folder in folders for path in (ROOT / folder).rglob("*.py"))
    return sorted(path for path in found if path.parent != MIGRATIONS)


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def _functions(path: Path) -> tuple[ast.FunctionDef | ast.AsyncFunctionDef, ...]:
    found = _statements(_tree(path))
    return tuple(n for n in found if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef))


def _classes(path: Path) -> Iterator[ast.ClassDef]:
    return (node for node in _statements(_tree(path)) if isinstance(node, ast.ClassDef))


def _statements(tree: ast.Module) -> Iterator[ast.stmt]:
    """All of them, however deep; no expression holds one."""
    left: list[ast.AST] = [tree]
    while left:
        node = left.pop()
        for name in _BODIES:
            left += getattr(node, name, ())
        if isinstance(node, ast.stmt):
            yield node


def _found(paths: Iterable[Path], look: Callable[[Path], object]) -> dict[str, object]:
    """What was found where; nothing where all is well."""
    seen = {_name(path): look(path) for path in paths}
    assert len(seen) > 100  # that many files are there to look at
    return {name: found for name, found in seen.items() if found}


def test_a_file_is_at_most_400_lines() -> None:
    def too_long(path: Path) -> int:
        lines = path.read_text(encoding="utf-8").count("\n")
        return lines if lines > MAX_FILE_LINES and _name(path) not in TABLES else 0

    assert _found(_files(*PACKAGES, "tests"), too_long) == {}


def test_a_function_is_at_most_40_lines() -> None:
    def too_long(path: Path) -> list[str]:
        return [f.name for f in _functions(path) if _lines(f) > MAX_FUNCTION_LINES]

    assert _found(_files(*PACKAGES, "tests"), too_long) == {}


def _lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def test_a_class_has_at_most_12_methods() -> None:
    def too_many(path: Path) -> list[str]:
        counts = {c.name: sum(isinstance(n, ast.FunctionDef) for n in c.body) for c in _classes(path)}
        return [name for name, count in counts.items() if count > MAX_METHODS]

    assert _found(_files(*PACKAGES), too_many) == {}


def test_everything_public_says_what_it_gives() -> None:
    def silent(path: Path) -> list[str]:
        tree = _tree(path)
        own = [] if ast.get_docstring(tree) else ["the module"]
        public = (
            node
            for node in tree.body
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
        )
        return own + [node.name for node in public if not ast.get_docstring(node)]

    assert _found(_files(*PACKAGES), silent) == {}


def test_an_init_file_holds_a_docstring_and_nothing_else() -> None:
    def holds_more(path: Path) -> bool:
        body = _tree(path).body if path.name == "__init__.py" else []
        return len(body) > 1 or not all(isinstance(node, ast.Expr) for node in body)

    assert _found(_files(*PACKAGES), holds_more) == {}


def test_every_folder_with_code_is_a_package() -> None:
    folders = {path.parent for path in _files(*PACKAGES)}

    assert [str(folder) for folder in sorted(folders) if not (folder / "__init__.py").exists()] == []


def _expects_a_status(test: ast.AST) -> bool:
    """Whether a test opens a page or sends a form and says with which status: the browser asserts it."""
    calls = (node for node in ast.walk(test) if isinstance(node, ast.Call))
    pages = (c for c in calls if isinstance(c.func, ast.Attribute) and c.func.attr in ("get", "post"))
    return any(
        any(keyword.arg == "status" for keyword in page.keywords)
        or any(isinstance(a, ast.Constant) and type(a.value) is int for a in page.args)
        for page in pages
    )


def test_a_test_asserts_something() -> None:
    words = ("assert", "raises", "check(", "expect(")

    def empty(path: Path) -> list[str]:
        tests = [f for f in _functions(path) if f.name.startswith("test_")]
        return [
            test.name
            for test in tests
            if not any(word in ast.unparse(test) for word in words) and not _expects_a_status(test)
        ]

    assert _found(_files("tests"), empty) == {}
