"""Files that cannot be answers at all are refused at once, in words, and never hang or fill the memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from assessment.jsontext import read_json
from assessment.reading import read_answers
from tests.answers_broken.whole import GOOD_BYTES, WHOLE, Whole
from tests.answers_broken.workshop import good_text
from webapp.files import read_json_file
from webapp.services.definitions import Definitions

ROOT = Path(__file__).parents[2]

Reader: TypeAlias = Callable[[Path], list[Any]]


@pytest.fixture(scope="module")
def problems_in(shop_folder: Path) -> Iterator[Reader]:
    """Reads a file within limits; its problems as code, line, message and path."""
    command = [sys.executable, str(Path(__file__).parent / "limited.py"), str(shop_folder)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    pipe = subprocess.PIPE
    with subprocess.Popen(command, env=environment, stdin=pipe, stdout=pipe, text=True, bufsize=1) as program:
        assert program.stdin is not None
        assert program.stdout is not None
        sent, said = program.stdin, program.stdout

        def read(file: Path) -> list[Any]:
            sent.write(f"{json.dumps(str(file))}\n")
            found = json.loads(said.readline())
            assert found is not None, "reading it went beyond the limits"
            return list(found)

        yield read


@pytest.mark.parametrize("whole", WHOLE, ids=lambda whole: whole.id)
def test_a_file_that_is_no_answer_file_is_refused_within_limits(
    whole: Whole, tmp_path: Path, problems_in: Reader
) -> None:
    file = tmp_path / "answers.json"
    file.write_bytes(whole.content)

    problems = problems_in(file)

    code, line, message, path = problems[0]
    assert (code, line) == (whole.code, whole.line)
    assert whole.message in message
    assert len(message) < 3000
    assert len(path) < 500


def test_a_sparse_file_of_100_mb_is_refused_unread(tmp_path: Path, problems_in: Reader) -> None:
    file = tmp_path / "answers.json"
    with file.open("wb") as opened:
        opened.truncate(100_000_000)

    problems = problems_in(file)

    assert [problem[0] for problem in problems] == ["file_too_large"]
    assert "100000000 bytes" in problems[0][2]


def test_a_pipe_nobody_writes_to_does_not_hang(tmp_path: Path, problems_in: Reader) -> None:
    file = tmp_path / "answers.json"
    os.mkfifo(file)

    problems = problems_in(file)

    assert [problem[0] for problem in problems] == ["cannot_read"]
    assert "it is not a file" in problems[0][2]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("/dev/zero", "it is not a file"),
        ("/dev/null", "it is not a file"),
        (".", "Is a directory"),
        ("missing.json", "No such file or directory"),
        ("missing/missing.json", "No such file or directory"),
        ("plain.txt/missing.json", "Not a directory"),
        ("loop.json", "symbolic links"),
        ("x" * 300, "File name too long"),
    ],
)
def test_what_is_no_file_cannot_be_read(name: str, words: str, tmp_path: Path, problems_in: Reader) -> None:
    (tmp_path / "plain.txt").write_text("here")
    (tmp_path / "loop.json").symlink_to(tmp_path / "loop.json")

    problems = problems_in(tmp_path / name)

    assert [problem[0] for problem in problems] == ["cannot_read"]
    assert words in problems[0][2]


def test_a_file_name_with_nothing_in_it_cannot_be_read() -> None:
    source = read_json_file(Path("a\0b.json"))

    assert [problem.code for problem in source.problems] == ["cannot_read"]


def test_a_link_to_a_good_file_is_read(tmp_path: Path, problems_in: Reader) -> None:
    (tmp_path / "good.json").write_bytes(GOOD_BYTES)
    (tmp_path / "link.json").symlink_to(tmp_path / "good.json")

    assert problems_in(tmp_path / "link.json") == []


def test_a_byte_order_mark_does_no_harm(shop: Definitions) -> None:
    marked = read_answers(read_json(b"\xef\xbb\xbf" + GOOD_BYTES, "a.json"), shop.questionnaire)
    plain = read_answers(read_json(GOOD_BYTES, "a.json"), shop.questionnaire)

    assert marked.problems == ()
    assert marked.answers == plain.answers


def test_windows_line_ends_do_not_change_the_lines(shop: Definitions) -> None:
    text = good_text().replace('"rents": true', '"rents": 1').replace("\n", "\r\n")

    problems = read_answers(read_json(text.encode(), "a.json"), shop.questionnaire).problems

    assert [problem.place.line for problem in problems] == [14]


def test_every_beginning_of_a_good_file_is_refused_and_none_crashes(shop: Definitions) -> None:
    text = good_text().rstrip()

    beginnings = [read_json(text[:end].encode(), "a.json") for end in range(len(text))]

    assert {source.problems[0].code for source in beginnings} == {"not_json"}
    assert all(source.problems[0].place.line for source in beginnings)


def test_a_good_file_with_any_one_byte_changed_never_crashes(shop: Definitions) -> None:
    changed = (
        GOOD_BYTES[:at] + bytes([byte]) + GOOD_BYTES[at + 1 :]
        for at in range(0, len(GOOD_BYTES), 3)
        for byte in (0x00, 0x22, 0x2C, 0x31, 0x5B, 0x5C, 0x7D, 0xC3)
    )

    readings = [read_answers(read_json(content, "a.json"), shop.questionnaire) for content in changed]

    assert all((reading.answers is None) == bool(reading.problems) for reading in readings)
    assert all(str(problem) for reading in readings for problem in reading.problems)
