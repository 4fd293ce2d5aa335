"""Files and folders that are broken as a whole, and content made to exhaust the machine."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from questionnaires.errors import DefinitionError, Problem
from questionnaires.loader import load_folder
from tests.questionnaires.conftest import Edit, Problems

IN_LITTLE_SPACE = """
import resource, sys
from pathlib import Path
from questionnaires.errors import DefinitionError
from questionnaires.loader import load_folder
resource.setrlimit(resource.RLIMIT_CPU, (4, 4))
resource.setrlimit(resource.RLIMIT_DATA, (200_000_000, 200_000_000))
try:
    load_folder(Path(sys.argv[1]))
except DefinitionError as error:
    print(*sorted({problem.code for problem in error.problems}))
"""
"""Loads a folder in a process that may take 200 MB and (with its start) 4 seconds of processor time."""


def codes_in_little_space(folder: Path) -> str:
    command = [sys.executable, "-c", IN_LITTLE_SPACE, str(folder)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def place(problem: Problem) -> tuple[str, int | None]:
    return problem.place.file, problem.place.line


def test_good_definition_loads_without_a_problem(folder: Path) -> None:
    questionnaire = load_folder(folder)

    assert questionnaire.id == "tea_house"


def test_byte_order_mark_is_read_over(folder: Path) -> None:
    file = folder / "scoring.yaml"
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())

    questionnaire = load_folder(folder)

    assert questionnaire.scheme.dimensions[0].id == "brewing"


def test_windows_line_ends_are_read_over(folder: Path) -> None:
    before = load_folder(folder)
    file = folder / "sections" / "brewing.yaml"
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))

    questionnaire = load_folder(folder)

    assert questionnaire == before


def test_line_numbers_count_windows_line_ends_once(folder: Path, problems: Problems) -> None:
    file = folder / "scoring.yaml"
    broken = file.read_bytes().replace(b"weight: 35", b"weight: 34").replace(b"\n", b"\r\n")
    file.write_bytes(broken)

    (problem,) = problems()

    assert place(problem) == ("1.0.0-draft/scoring.yaml", 7)


def test_invalid_utf8_is_reported_with_its_line(folder: Path, problems: Problems) -> None:
    file = folder / "scoring.yaml"
    file.write_bytes(file.read_bytes().replace(b"weight: 35", b"weight: \xff35"))

    (problem,) = problems()

    assert problem.code == "not_utf8"
    assert place(problem) == ("1.0.0-draft/scoring.yaml", 20)


def test_utf16_is_refused(folder: Path, problems: Problems) -> None:
    file = folder / "scoring.yaml"
    file.write_text(file.read_text(encoding="utf-8"), encoding="utf-16")

    (problem,) = problems()

    assert problem.code == "not_utf8"


def test_nul_byte_is_reported_with_its_line(folder: Path, problems: Problems) -> None:
    file = folder / "scoring.yaml"
    file.write_bytes(file.read_bytes().replace(b"weight: 35", b"weight: \x0035"))

    (problem,) = problems()

    assert (problem.code, problem.particulars["character"]) == ("character", "U+0000")
    assert place(problem) == ("1.0.0-draft/scoring.yaml", 20)


@pytest.mark.parametrize("name", ["questionnaire.yaml", "scoring.yaml", "advice.yaml"])
def test_missing_file_is_the_only_problem(name: str, folder: Path, problems: Problems) -> None:
    (folder / name).unlink()

    (problem,) = problems()

    assert (problem.code, problem.particulars["name"]) == ("missing_file", name)


def test_missing_translation_is_reported(folder: Path, problems: Problems) -> None:
    (folder / "translations" / "en.yaml").unlink()

    (problem,) = problems()

    assert problem.message == "the file translations/en.yaml is missing"


def test_missing_section_is_reported_where_it_is_listed(folder: Path, problems: Problems) -> None:
    (folder / "sections" / "tables.yaml").unlink()

    found = problems()

    assert ("unknown_section", "sections[0]") in [(p.code, p.place.path) for p in found]


def test_missing_folder_lacks_every_file(tmp_path: Path) -> None:
    with pytest.raises(DefinitionError) as caught:
        load_folder(tmp_path / "nowhere" / "1.0.0")

    assert [p.code for p in caught.value.problems] == ["missing_file"] * 3


@pytest.mark.parametrize(
    "name",
    [
        "notes.txt",
        "sections/brewing.yml",
        "sections/more/brewing.yaml",
        "translations/de.yaml",
        "translations/nb.yaml",
        "sections/.brewing.yaml.swp",
        "scoring.yaml~",
    ],
)
def test_file_that_does_not_belong_is_reported(name: str, folder: Path, problems: Problems) -> None:
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text("language: de\n")

    (problem,) = problems()

    assert problem.code == "unknown_file"
    assert place(problem)[0] == f"1.0.0-draft/{name}"


def test_file_name_cannot_break_the_line_of_its_problem(folder: Path, problems: Problems) -> None:
    (folder / "a\nb\x1b[31m.yaml").write_text("")

    (problem,) = problems()

    assert str(problem).startswith("1.0.0-draft/a\\nb\\x1b[31m.yaml: the file a\\nb\\x1b[31m.yaml does not")


def test_file_name_that_is_not_utf8_is_reported(folder: Path, problems: Problems) -> None:
    (Path(os.fsdecode(os.fsencode(folder) + b"/\xff.yaml"))).write_text("")

    (problem,) = problems()

    assert "\\udcff.yaml" in str(problem)


@pytest.mark.parametrize("name", ["scoring.yaml", "sections/brewing.yaml", "translations/nn.yaml"])
def test_link_out_of_the_folder_is_refused(
    name: str, folder: Path, tmp_path: Path, problems: Problems
) -> None:
    (folder / name).rename(tmp_path / "elsewhere.yaml")
    (folder / name).symlink_to(tmp_path / "elsewhere.yaml")

    (problem,) = problems()

    assert problem.code == "not_a_file"


def test_linked_folder_of_sections_is_not_followed(folder: Path, tmp_path: Path, problems: Problems) -> None:
    (folder / "sections").rename(tmp_path / "elsewhere")
    (folder / "sections").symlink_to(tmp_path / "elsewhere")

    found = problems()

    assert ("unknown_file", "1.0.0-draft/sections") in [(p.code, p.place.file) for p in found]


def test_pipe_in_the_place_of_a_file_is_refused_without_waiting(folder: Path, problems: Problems) -> None:
    (folder / "scoring.yaml").unlink()
    os.mkfifo(folder / "scoring.yaml")

    (problem,) = problems()

    assert problem.code == "not_a_file"


def test_folder_in_the_place_of_a_file_is_refused(folder: Path, problems: Problems) -> None:
    (folder / "scoring.yaml").unlink()
    (folder / "scoring.yaml").mkdir()

    (problem,) = problems()

    assert problem.code == "missing_file"


def test_device_in_the_place_of_a_file_is_refused(folder: Path, problems: Problems) -> None:
    (folder / "advice.yaml").unlink()
    (folder / "advice.yaml").symlink_to("/dev/zero")

    (problem,) = problems()

    assert problem.code == "not_a_file"


def test_file_that_may_not_be_read_is_reported(
    folder: Path, problems: Problems, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("questionnaires.yamlfile._first_bytes", refuse)

    found = problems()

    assert {(p.code, p.message) for p in found} == {
        ("cannot_read", "the file cannot be read: Permission denied")
    }


def test_too_many_files_are_not_read(folder: Path, problems: Problems) -> None:
    for number in range(60):
        (folder / "sections" / f"extra_{number}.yaml").write_text("")

    (problem,) = problems()

    assert problem.message == "the folder holds too many files: more than 60"


def test_files_too_large_together_are_not_read(folder: Path, problems: Problems) -> None:
    for number in range(4):
        (folder / "sections" / f"extra_{number}.yaml").write_text("#" * 900_000)

    (problem,) = problems()

    assert problem.code == "folder_too_large"


def test_mistakes_beyond_a_hundred_in_a_file_are_not_listed(edit: Edit, problems: Problems) -> None:
    edit("advice.yaml", "brewing.water:\n", "twice: {}\n" * 400 + "brewing.water:\n")

    found = [problem.code for problem in problems()]

    assert found.count("duplicate_key") == 100
    assert "too_many_problems" in found


def test_unknown_keys_beyond_fifty_in_an_entry_are_not_listed(edit: Edit, problems: Problems) -> None:
    keys = "".join(f"    extra_{number}: 1\n" for number in range(60))
    edit("sections/serving.yaml", "    why: Kopper går på tur.\n", f"    why: Kopper går på tur.\n{keys}")

    found = [problem.code for problem in problems()]

    assert found.count("unknown_key") == 50
    assert found.count("too_many_problems") == 1


def test_mistakes_beyond_two_thousand_are_not_listed(folder: Path, problems: Problems) -> None:
    for number in range(40):
        entries = "questions:\n" + "  - {id: a.b}\n" * 100
        (folder / "sections" / f"extra_{number}.yaml").write_text(entries)

    found = [problem.code for problem in problems()]

    assert len(found) == 2001
    assert found.count("too_many_problems") == 1


def aliases(levels: int) -> str:
    lines = ['a0: &a0 ["ha", "ha"]']
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, levels)]
    return "\n".join(lines)


BOMBS = {
    "flow sequences": ("[" * 400_000, "too_deep"),
    "flow mappings": ("{a: " * 200_000, "too_deep"),
    "block sequences": ("- " * 400_000 + "x", "too_deep"),
    "complex keys": ("? " * 400_000 + "x", "key_not_text too_deep"),
    "aliases": (aliases(20), "alias anchor too_many_problems"),
    "many values": ("a: [" + "1," * 400_000 + "]", "too_many_values"),
    "many keys": ("\n".join(f"k{n}: 1" for n in range(80_000)), "too_many_values"),
    "one key again and again": ("a: 1\n" * 190_000, "duplicate_key too_many_problems"),
    "many tags": ("a: [" + "!x 1, " * 150_000 + "]", "tag too_many_problems"),
    "many documents": ("---\n" * 200_000, "several_documents"),
    "one long word": ("a" * 990_000, "wrong_type"),
    "one long number": ("a: " + "9" * 990_000, "missing_key not_a_number unknown_key"),
    "one long key": ("a" * 990_000 + ": 1", "not_yaml"),
    "quotes": ('"' * 990_000, "not_yaml"),
    "colons": (": " * 490_000, "not_yaml"),
    "comment": ("#" * 990_000, "wrong_type"),
    "spaces": (" " * 990_000, "wrong_type"),
}


@pytest.mark.parametrize(("content", "code"), BOMBS.values(), ids=BOMBS)
def test_content_made_to_exhaust_the_machine_is_refused_in_little_space(
    content: str, code: str, folder: Path
) -> None:
    (folder / "scoring.yaml").write_text(content)

    found = codes_in_little_space(folder)

    assert found.split() == code.split()


def test_file_of_a_hundred_megabytes_is_refused_unread(folder: Path) -> None:
    os.truncate(folder / "scoring.yaml", 100_000_000)

    found = codes_in_little_space(folder)

    assert found == "file_too_large"


def test_file_that_grows_while_it_is_read_is_refused(
    folder: Path, problems: Problems, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("questionnaires.yamlfile._first_bytes", lambda _, count: b"#" * count)

    found = problems()

    assert {problem.code for problem in found} == {"file_too_large"}


def test_bomb_of_facts_is_refused_in_little_space(edit: Edit, folder: Path) -> None:
    facts = "".join(
        f"  - {{id: f{n}, kind: integer, text: F, source: s, "
        f"asked_if: 'profile.guests in [{', '.join(map(str, range(0, 600, 3)))}]'}}\n"
        for n in range(150)
    )
    edit("questionnaire.yaml", "  - id: has_garden\n", facts + "  - id: has_garden\n")

    found = codes_in_little_space(folder)

    assert found == "translation_missing"
