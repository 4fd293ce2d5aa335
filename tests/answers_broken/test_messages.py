"""Every message about answer files can really be had, and says something."""

from __future__ import annotations

import json
import re
from pathlib import Path

import questionnaires.messages
from assessment.jsontext import read_json
from assessment.reading import read_answers
from questionnaires.errors import Problem
from questionnaires.messages import MESSAGES
from tests.answers_broken.edits import EDITS
from tests.answers_broken.whole import WHOLE
from tests.answers_broken.workshop import good_answers, good_text, write_shop
from webapp.services.definitions import Definitions
from webapp.services.scoring import AnswerFileError, check_file

ODD_ANSWERS = {
    "tables.parts_in": {"value": None},
    "flows.reused_pct": {"value": 60},
    "flows.recycled_pct": {"value": "40.5"},
}
ODD_TABLES = {
    "tables.scrap_out": {"value": [{"mass_tonnes": 9}]},
    "flows.reused_pct": {"value": 60},
    "rental.bikes": {"value": "2"},
}


def _codes_under(heading: str) -> set[str]:
    text = Path(questionnaires.messages.__file__).read_text(encoding="utf-8")
    part = text.partition(f"    # {heading}\n")[2]
    return set(
        re.findall(r'^    "([a-z_]+)":', re.split(r"^    # |^}", part, flags=re.MULTILINE)[0], re.MULTILINE)
    )


def _edited(shop: Definitions) -> list[Problem]:
    texts = [good_text().replace(edit.old, edit.new).encode() for edit in EDITS]
    contents = [*texts, *(whole.content for whole in WHOLE)]
    readings = [read_answers(read_json(content, "a.json"), shop.questionnaire) for content in contents]
    return [problem for reading in readings for problem in reading.problems]


def _warnings(folder: Path, shop: Definitions) -> list[Problem]:
    good, found = good_answers(), []
    for at, (answers, profile) in enumerate([(ODD_ANSWERS, {}), (ODD_TABLES, {"rents": False})]):
        file = folder / f"{at}.json"
        odd = {"answers": {**good["answers"], **answers}, "profile": {**good["profile"], **profile}}
        file.write_text(json.dumps({**good, **odd}))
        found += check_file(file, shop)
    return found


def _of_a_broken_definition(folder: Path) -> list[Problem]:
    (write_shop(folder) / "advice.yaml").write_text("[]")
    file = folder / "answers.json"
    file.write_text(good_text())
    try:
        return list(check_file(file, Definitions(folder)))
    except AnswerFileError as error:
        return list(error.problems)


def test_every_message_about_answer_files_is_produced_by_some_case(shop: Definitions, tmp_path: Path) -> None:
    produced = {problem.code for problem in (*_edited(shop), *_of_a_broken_definition(tmp_path))}

    codes = _codes_under("answer files")
    assert len(codes) >= 25
    assert codes - produced == set()


def test_every_warning_is_produced_by_some_case(shop: Definitions, tmp_path: Path) -> None:
    produced = {problem.code for problem in _warnings(tmp_path, shop)}

    assert _codes_under("warnings about answers") == produced


def test_every_message_is_a_sentence_without_gaps(shop: Definitions, tmp_path: Path) -> None:
    problems = [*_edited(shop), *_warnings(tmp_path, shop)]

    said = [text for problem in problems for text in (problem.message, problem.allowed)]

    assert [
        text for text in said if re.search(r"\{|\}[^\"]|None|Decimal|<class|  |''", text.replace("{...}", ""))
    ] == []
    assert [text for text in said if text.endswith(".") and not text.endswith("...")] == []


def test_every_message_here_stands_in_the_table() -> None:
    assert {edit.code for edit in EDITS} | {whole.code for whole in WHOLE} <= set(MESSAGES)
