"""Nothing grows out of proportion: functions, classes, files, and packages without hidden code."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

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


def _files(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (n for n in ast.walk(_tree(path)) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef))


def _classes(path: Path) -> Iterator[ast.ClassDef]:
    return (node for node in ast.walk(_tree(path)) if isinstance(node, ast.ClassDef))


@pytest.mark.parametrize("path", _files(*PACKAGES, "tests"), ids=_name)
def test_a_file_is_at_most_400_lines(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").count("\n")

    assert _name(path) in TABLES or lines <= MAX_FILE_LINES


@pytest.mark.parametrize("path", _files(*PACKAGES, "tests"), ids=_name)
def test_a_function_is_at_most_40_lines(path: Path) -> None:
    long = [
        f.name for f in _functions(path) if (f.end_lineno or f.lineno) - f.lineno + 1 > MAX_FUNCTION_LINES
    ]

    assert long == []


@pytest.mark.parametrize("path", _files(*PACKAGES), ids=_name)
def test_a_class_has_at_most_12_methods(path: Path) -> None:
    counts = {c.name: sum(isinstance(n, ast.FunctionDef) for n in c.body) for c in _classes(path)}

    assert {name: count for name, count in counts.items() if count > MAX_METHODS} == {}


@pytest.mark.parametrize("path", _files(*PACKAGES), ids=_name)
def test_everything_public_says_what_it_gives(path: Path) -> None:
    tree = _tree(path)
    public = [
        node
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
    ]

    assert ast.get_docstring(tree), "the module says its one job"
    assert [node.name for node in public if not ast.get_docstring(node)] == []


@pytest.mark.parametrize("path", _files(*PACKAGES), ids=_name)
def test_an_init_file_holds_a_docstring_and_nothing_else(path: Path) -> None:
    body = _tree(path).body if path.name == "__init__.py" else []

    assert all(isinstance(node, ast.Expr) for node in body)
    assert len(body) <= 1


def test_every_folder_with_code_is_a_package() -> None:
    folders = {path.parent for path in _files(*PACKAGES)}

    assert [str(folder) for folder in sorted(folders) if not (folder / "__init__.py").exists()] == []


@pytest.mark.parametrize("path", _files("tests"), ids=_name)
def test_a_test_asserts_something(path: Path) -> None:
    tests = [f for f in _functions(path) if f.name.startswith("test_")]
    words = ("assert", "raises", "check(")

    assert [t.name for t in tests if not any(w in ast.unparse(t) for w in words)] == []
