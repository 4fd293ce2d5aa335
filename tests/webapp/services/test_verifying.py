"""A report is recomputed from its attachments; whatever was changed in it is found."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from questionnaires.catalogue import PACKAGE_FOLDER
from tests.reports.hostile_pdfs import edited, reattached, small_pdf
from tests.webapp.services.reportshop import Workshop, attached, changed, codes, paths, remarked
from webapp.services.definitions import Definitions
from webapp.services.remaking import Bench
from webapp.services.reports import Order, ReportDesk
from webapp.services.verifying import verify_file, verify_files


@pytest.mark.parametrize("name", ["company", "advisor"])
def test_a_report_as_it_was_made_is_verified_byte_for_byte(workshop: Workshop, name: str) -> None:
    checked = workshop.check(workshop.reports[name], with_pages=True)

    assert checked.is_verified
    assert checked.edition == name
    assert checked.pages.status == "identical"
    assert checked.differences == ()


def test_a_share_edition_as_it_was_made_holds_together(workshop: Workshop) -> None:
    checked = workshop.check(workshop.reports["share"])

    assert checked.is_verified
    assert (checked.edition, checked.standing.level, checked.standing.score) == ("share", 2, "1511/600")
    assert checked.pages.status == "not_compared"
    assert [note.code for note in checked.notes] == ["share_answers"]


def test_a_report_saved_again_by_another_program_has_the_same_pages(workshop: Workshop) -> None:
    again = edited(workshop.reports["company"], lambda _: None)

    checked = workshop.check(again, with_pages=True)

    assert checked.is_verified
    assert checked.pages.status == "same"


def test_a_foreign_attachment_is_only_noted(workshop: Workshop) -> None:
    checked = workshop.check(reattached(workshop.reports["company"], bilde=b"x"))

    assert [note.code for note in checked.notes] == ["other_files"]
    assert checked.is_verified


def test_a_single_changed_answer_is_found(workshop: Workshop) -> None:
    def change(answers: Any) -> None:
        answers["answers"]["strategy.ambition"]["value"] = "0"

    checked = workshop.check(changed(workshop.reports["advisor"], "answers", change))

    assert not checked.is_verified
    assert {"answers_sha256", "overall.score", "metadata.id", "metadata.code"} <= set(paths(checked))


def test_a_changed_comment_is_found_though_no_figure_follows_from_it(workshop: Workshop) -> None:
    def change(answers: Any) -> None:
        answers["answers"]["strategy.ambition"]["comment"] = "Vedtatt i går"

    checked = workshop.check(changed(workshop.reports["advisor"], "answers", change))

    assert paths(checked) == ["answers_sha256", "metadata.id", "metadata.code"]


def test_a_changed_figure_is_named_with_both_values(workshop: Workshop) -> None:
    checked = workshop.check(
        changed(workshop.reports["advisor"], "result", lambda result: result["overall"].update(level=3))
    )

    (difference,) = checked.differences
    assert (difference.path, difference.report, difference.recomputed) == ("overall.level", 3, 2)
    assert checked.standing.level == 2


def test_a_changed_figure_beside_untouched_pages_is_no_change_of_pages(workshop: Workshop) -> None:
    altered = changed(workshop.reports["advisor"], "result", lambda result: result["overall"].update(level=3))

    checked = workshop.check(altered, with_pages=True)

    assert checked.pages.status == "same"
    assert not checked.is_verified


def test_a_foreign_key_in_the_result_is_found(workshop: Workshop) -> None:
    altered = changed(workshop.reports["advisor"], "result", lambda result: result.update(approved=True))

    (difference,) = workshop.check(altered).differences

    assert (difference.path, difference.kind) == ("approved", "added")


def test_a_foreign_key_in_the_answers_is_refused(workshop: Workshop) -> None:
    altered = changed(workshop.reports["advisor"], "answers", lambda answers: answers.update(approved=True))

    assert codes(workshop.check(altered)) == ["answers_unknown_key"]


def test_a_changed_review_is_found(workshop: Workshop) -> None:
    altered = changed(workshop.reports["advisor"], "review", lambda review: review.update(by="Ola"))

    assert paths(workshop.check(altered)) == ["metadata.id", "metadata.code"]


def test_a_removed_review_is_found(workshop: Workshop) -> None:
    checked = workshop.check(reattached(workshop.reports["advisor"], review=None))

    assert "overall.reviewed" in paths(checked)
    assert "metadata.id" in paths(checked)


@pytest.mark.parametrize("name", ["answers", "result"])
def test_a_removed_attachment_is_named(workshop: Workshop, name: str) -> None:
    checked = workshop.check(reattached(workshop.reports["company"], **{name: None}))

    assert codes(checked) == ["missing_attachment"]
    assert checked.errors[0].particulars == {"name": f"{name}.json"}


def test_a_report_without_attachments_says_so(workshop: Workshop) -> None:
    bare = edited(workshop.reports["company"], lambda pdf: pdf.Root.__delitem__("/Names"))

    assert codes(workshop.check(bare)) == ["no_attachments"]


def test_another_checksum_of_the_definition_is_a_finding_of_its_own(workshop: Workshop) -> None:
    altered = changed(
        workshop.reports["company"], "result", lambda result: result.update(definition_sha256="0" * 64)
    )

    checked = workshop.check(altered)

    assert codes(checked) == ["definition_changed"]
    assert paths(checked) == ["definition_sha256"]


def test_a_version_that_does_not_exist_is_a_finding_of_its_own(workshop: Workshop) -> None:
    altered = changed(workshop.reports["company"], "answers", lambda answers: answers.update(version="9.9.9"))

    assert codes(workshop.check(altered)) == ["unknown_version"]


def test_a_published_definition_that_was_changed_is_a_finding_of_its_own(
    workshop: Workshop, tmp_path: Path
) -> None:
    shutil.copytree(PACKAGE_FOLDER / "definitions", tmp_path / "definitions")
    shutil.copy(PACKAGE_FOLDER / "published.toml", tmp_path)
    scoring = next((tmp_path / "definitions" / "sustainability_reporting").glob("*/scoring.yaml"))
    text = scoring.read_text(encoding="utf-8")
    scoring.write_text(text.replace("core: true", "core: false", 1), encoding="utf-8")
    bench = Bench(ReportDesk(Order(), Definitions(tmp_path)), workshop.figures.pool)
    file = tmp_path / "r.pdf"
    file.write_bytes(workshop.reports["company"])

    checked = verify_file(file, bench)

    assert set(codes(checked)) == {"definition_unusable"}


def test_an_engine_that_does_not_exist_is_a_finding_of_its_own(workshop: Workshop) -> None:
    altered = changed(workshop.reports["company"], "result", lambda result: result.update(engine="99"))

    checked = workshop.check(altered)

    assert codes(checked) == ["unknown_engine"]
    assert paths(checked) == ["engine"]


@pytest.mark.parametrize(
    "value", [None, [], {"1": 1}, 1, "\ud800"], ids=["null", "list", "object", "number", "lone"]
)
def test_an_engine_that_is_no_text_is_named_as_any_other(workshop: Workshop, value: object) -> None:
    altered = changed(workshop.reports["company"], "result", lambda result: result.update(engine=value))

    assert codes(workshop.check(altered)) == ["unknown_engine"]


def test_a_key_that_stands_twice_is_refused(workshop: Workshop) -> None:
    twice = (
        b'{"overall": {"level": 4}, '
        + json.dumps(attached(workshop.reports["company"], "result")).encode()[1:]
    )

    assert codes(workshop.check(reattached(workshop.reports["company"], result=twice))) == ["key_twice"]


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "not_json"), (b"[]", "shape"), (b"\xff", "not_utf8"), (b"[" * 50, "too_deep")],
    ids=["empty", "a list", "not UTF-8", "deep"],
)
def test_a_broken_result_is_refused(workshop: Workshop, content: bytes, code: str) -> None:
    assert codes(workshop.check(reattached(workshop.reports["company"], result=content))) == [code]


@pytest.mark.parametrize(("name", "old"), [("id", "id "), ("code", "code ")])
def test_a_changed_id_or_code_is_found(workshop: Workshop, name: str, old: str) -> None:
    checked = workshop.check(remarked(workshop.reports["company"], old, f"{old}A"))

    assert paths(checked) == [f"metadata.{name}"]


def test_a_changed_level_in_a_share_edition_is_found(workshop: Workshop) -> None:
    altered = changed(workshop.reports["share"], "result", lambda result: result["overall"].update(level=3))

    checked = workshop.check(altered)

    assert paths(checked) == ["overall.level"]
    assert checked.standing.level == 2


def test_answers_in_a_share_edition_do_not_belong_there(workshop: Workshop) -> None:
    assert codes(workshop.check(reattached(workshop.reports["share"], answers=b"{}"))) == ["not_shared"]


def test_a_key_of_a_company_edition_in_a_share_edition_is_found(workshop: Workshop) -> None:
    altered = changed(workshop.reports["share"], "result", lambda result: result.update(strengths=[]))

    assert paths(workshop.check(altered)) == ["strengths"]


def test_a_share_edition_of_an_unknown_version_says_so(workshop: Workshop) -> None:
    altered = changed(workshop.reports["share"], "result", lambda result: result.update(version="9.9.9"))

    assert codes(workshop.check(altered)) == ["unknown_definition"]


def test_a_share_edition_whose_id_is_not_that_of_its_answers_is_noted(workshop: Workshop) -> None:
    other = "f" * 64
    marked = remarked(
        workshop.reports["share"], workshop.check(workshop.reports["share"]).standing.id or "", other
    )

    checked = workshop.check(marked)

    assert [note.code for note in checked.notes] == ["share_answers", "share_id"]
    assert paths(checked) == ["metadata.code"]


def test_a_pipe_and_a_folder_are_refused_at_once(workshop: Workshop, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.pdf"
    os.mkfifo(pipe)

    assert codes(verify_file(pipe, workshop.figures)) == ["not_a_file"]
    assert codes(verify_file(tmp_path, workshop.figures)) == ["cannot_read"]


def test_a_file_of_more_than_30_mb_is_refused(workshop: Workshop, tmp_path: Path) -> None:
    large = tmp_path / "large.pdf"
    with large.open("wb") as file:
        file.truncate(30_000_001)

    assert codes(verify_file(large, workshop.figures)) == ["pdf_size"]


def test_files_come_back_in_their_order_and_none_stops_another(workshop: Workshop, tmp_path: Path) -> None:
    contents = {
        "a": b"",
        "b": workshop.reports["share"],
        "c": small_pdf({}),
        "d": workshop.reports["share"][:999],
    }
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)

    found = list(verify_files([tmp_path / name for name in (*contents, "e")], workshop.figures))

    assert [Path(checked.file).name for checked in found] == ["a", "b", "c", "d", "e"]
    assert [codes(checked) for checked in found] == [
        ["pdf_format"],
        [],
        ["no_attachments"],
        ["pdf_broken"],
        ["cannot_read"],
    ]
