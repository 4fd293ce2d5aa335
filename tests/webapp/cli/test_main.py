"""The command itself: help at once, wrong use told from problems."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from tests.webapp.conftest import ROOT, Kretslop, program
from webapp.cli.main import _COMMANDS, build_parser

HEAVY = ("pydantic", "ruamel", "lark", "questionnaires", "assessment", "reports", "stdnum")


@pytest.mark.parametrize(
    "arguments",
    [["--help"], ["score", "--help"], ["definitions", "--help"], ["answers", "move", "--help"], []],
    ids=str,
)
def test_help_imports_nothing_heavy(arguments: list[str]) -> None:
    program_text = (
        "import sys\n"
        "from webapp.cli.main import main\n"
        "try:\n"
        f"    main({arguments!r})\n"
        "except SystemExit:\n"
        "    pass\n"
        f"heavy = [m for m in sys.modules if m.partition('.')[0] in {HEAVY!r}]\n"
        "sys.exit('imported: ' + ', '.join(heavy) if heavy else 0)\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}

    run = subprocess.run(
        [sys.executable, "-c", program_text], env=environment, capture_output=True, text=True, check=False
    )

    assert (run.returncode, "imported" in run.stderr) == (0, False), run.stderr


def test_every_command_has_a_function_that_carries_it_out() -> None:
    functions = [
        getattr(import_module(place.partition(":")[0]), place.partition(":")[2])
        for place in _COMMANDS.values()
    ]

    assert all(callable(function) for function in functions)


@pytest.mark.parametrize("command", _COMMANDS)
def test_every_command_has_help(kretslop: Kretslop, command: str) -> None:
    run = kretslop(*command.split(), "--help")

    assert run.code == 0
    assert f"usage: kretslop {command}" in run.text
    assert run.err == ""


def test_without_a_command_the_help_comes_on_standard_error(kretslop: Kretslop) -> None:
    run = kretslop()

    assert (run.code, run.out) == (2, b"")
    assert "usage: kretslop" in run.err


@pytest.mark.parametrize(
    "arguments", [("nonsense",), ("--nonsense",), ("definitions",), ("definitions", "burn")], ids=str
)
def test_an_unknown_command_is_wrong_use(kretslop: Kretslop, arguments: tuple[str, ...]) -> None:
    run = kretslop(*arguments)

    assert (run.code, run.out) == (2, b"")


@pytest.mark.parametrize(
    "arguments",
    [
        ("score", "a.json"),
        ("answers", "check", "a.json"),
        ("definitions", "list"),
        ("definitions", "check"),
    ],
    ids=str,
)
@pytest.mark.parametrize("folder", ["missing", "file.txt", "empty"])
def test_a_folder_without_definitions_is_wrong_use(
    kretslop: Kretslop, tmp_path: Path, arguments: tuple[str, ...], folder: str
) -> None:
    (tmp_path / "file.txt").write_text("")
    (tmp_path / "empty").mkdir()

    run = kretslop(*arguments, "--definitions", tmp_path / folder)

    assert (run.code, run.out) == (2, b"")
    assert "has no folder 'definitions' in it" in run.err


def test_the_version_is_shown(kretslop: Kretslop) -> None:
    run = kretslop("--version")

    assert run.code == 0
    assert run.text.startswith("kretslop ")


def test_the_exit_code_reaches_the_shell(catalogue: Path, good: Path) -> None:
    codes = [
        program("score", good, "--definitions", catalogue).returncode,
        program("score", "missing.json", "--definitions", catalogue).returncode,
        program("score", "--definitions", catalogue).returncode,
    ]

    assert codes == [0, 1, 2]


def test_interrupting_ends_quietly(
    kretslop: Kretslop, catalogue: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("webapp.cli.answers.check_file", interrupted)

    run = kretslop("answers", "check", "a.json", "--definitions", catalogue)

    assert (run.code, run.out, run.err) == (130, b"", "")


def test_the_parser_knows_every_command() -> None:
    text = build_parser().format_help()

    assert all(command.split()[0] in text for command in _COMMANDS)
