"""``published.toml``: what it says, and every odd way it can be broken."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaires.errors import DefinitionError
from questionnaires.published import Published, entry_text, read_register

SHA = "0123456789abcdef" * 4
ENTRY = f'[tea_house."1.0.0"]\nsha256 = "{SHA}"\n'


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "published.toml"


def test_file_that_is_not_there_names_nothing(path: Path) -> None:
    assert read_register(path) == {}


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "\ufeff# with a mark\n", "[tea_house]\n"])
def test_file_without_entries_names_nothing(text: str, path: Path) -> None:
    path.write_text(text, encoding="utf-8")

    assert read_register(path) == {}


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        (ENTRY, Published(SHA)),
        (ENTRY + "retired = true\n", Published(SHA, retired=True)),
        (ENTRY.replace("\n", "\r\n"), Published(SHA)),
        (
            ENTRY + 'reasons = {birch = "a new law", "fir as" = "a mistake"}\n',
            Published(SHA, reasons=(("birch", "a new law"), ("fir as", "a mistake"))),
        ),
    ],
)
def test_entry_is_read(text: str, entry: Published, path: Path) -> None:
    path.write_text(text, encoding="utf-8", newline="")

    assert read_register(path) == {("tea_house", "1.0.0"): entry}


@pytest.mark.parametrize(
    ("text", "line", "where", "words"),
    [
        ("[", None, "", "Invalid"),
        ("a = 1\nb = ?\n", 2, "", "Invalid value"),
        ('x = "', None, "", "Unterminated"),
        (ENTRY + ENTRY, 3, "", "twice"),
        (ENTRY + "sha256 = 1\n", 3, "", "overwrite"),
        ("tea_house = 1\n", None, "tea_house", "dictionary"),
        ('[tea_house]\n"1.0.0" = 1\n', None, "tea_house.1.0.0", "dictionary"),
        ('[[tea_house]]\n"1.0.0" = 1\n', None, "tea_house", "dictionary"),
        ('[tea_house."1.0.0"]\n', None, "tea_house.1.0.0.sha256", "required"),
        ('[tea_house."1.0.0"]\nsha256 = 5\n', None, "tea_house.1.0.0.sha256", "string"),
        ('[tea_house."1.0.0"]\nsha256 = "abc"\n', None, "tea_house.1.0.0.sha256", "pattern"),
        (ENTRY.replace(SHA, SHA.upper()), None, "tea_house.1.0.0.sha256", "pattern"),
        (ENTRY.replace(SHA, SHA + "\\n"), None, "tea_house.1.0.0.sha256", "pattern"),
        (ENTRY + 'retired = "yes"\n', None, "tea_house.1.0.0.retired", "boolean"),
        (ENTRY + "retired = 1\n", None, "tea_house.1.0.0.retired", "boolean"),
        (ENTRY + "retierd = true\n", None, "tea_house.1.0.0.retierd", "not permitted"),
        (ENTRY + 'reasons = "none"\n', None, "tea_house.1.0.0.reasons", "dictionary"),
        (ENTRY + "reasons = {birch = 1}\n", None, "tea_house.1.0.0.reasons.birch", "string"),
        (ENTRY.replace("1.0.0", "1.0.0-draft"), None, "tea_house.1.0.0-draft", "pattern"),
        (ENTRY.replace('"1.0.0"', "latest"), None, "tea_house.latest", "pattern"),
        (ENTRY.replace("tea_house", '"../tea"'), None, "../tea", "pattern"),
        ("a = 1979-05-27\n", None, "a", "dictionary"),
        ("a = nan\n", None, "a", "dictionary"),
        ("a = " + "9" * 5000, None, "", "Exceeds the limit"),
        ("a = " + "[" * 3000 + "]" * 3000, None, "", "nested too deep"),
        ("\x00", 1, "", "Invalid"),
    ],
    ids=lambda value: ascii(value)[:30] if isinstance(value, str) else "",
)
def test_broken_register_is_refused(text: str, line: int | None, where: str, words: str, path: Path) -> None:
    path.write_text(text, encoding="utf-8")

    with pytest.raises(DefinitionError) as caught:
        read_register(path)

    problem = next(p for p in caught.value.problems if p.place.path == where)
    assert (problem.code, problem.place.file, problem.place.line) == (
        "published_toml",
        "published.toml",
        line,
    )
    assert words in problem.message


def test_mistakes_in_the_register_are_all_reported_at_once(path: Path) -> None:
    path.write_text('[a."1.0.0"]\nretired = 1\n[b."1.0.0"]\nsha256 = 2\nwhy = "x"\n')

    with pytest.raises(DefinitionError) as caught:
        read_register(path)

    assert [problem.place.path for problem in caught.value.problems] == [
        "a.1.0.0.sha256",
        "a.1.0.0.retired",
        "b.1.0.0.sha256",
        "b.1.0.0.why",
    ]


def test_register_that_is_not_utf8_is_refused(path: Path) -> None:
    path.write_bytes(b"# \xff\n")

    with pytest.raises(DefinitionError, match="UnicodeDecodeError"):
        read_register(path)


def test_folder_in_its_place_is_refused(path: Path) -> None:
    path.mkdir()

    with pytest.raises(DefinitionError, match="IsADirectoryError"):
        read_register(path)


def test_register_of_a_hundred_megabytes_is_refused_unread(path: Path) -> None:
    path.touch()
    os.truncate(path, 100_000_000)

    with pytest.raises(DefinitionError, match="larger than"):
        read_register(path)


@given(
    st.text("0123456789abcdef", min_size=64, max_size=64),
    st.booleans(),
    st.dictionaries(
        st.text(st.characters(categories=["L", "N", "P"]), min_size=1),
        st.text(st.characters(categories=["L", "P"])),
    ),
)
def test_what_is_written_is_what_is_read(sha256: str, retired: bool, reasons: dict[str, str]) -> None:
    entry = Published(sha256, retired, tuple(reasons.items()))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "published.toml"
        path.write_text(entry_text("tea_house", "1.0.0", entry), encoding="utf-8")
        found = read_register(path)

    assert found == {("tea_house", "1.0.0"): entry}


def test_reason_cannot_break_out_of_its_line() -> None:
    entry = Published(SHA, reasons=(("birch", 'a"\n[other."1.0.0"]\n\\'),))

    text = entry_text("tea_house", "1.0.0", entry)

    assert text.splitlines()[-1] == r'"birch" = "a\" [other.\"1.0.0\"] \\"'
