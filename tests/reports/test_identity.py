"""The id and the short code of a report."""

from __future__ import annotations

from assessment.answers import Review
from reports.identity import code_of, identify
from tests.reports.making import WORKSHOP, material_of, raw_answers


def test_a_code_is_the_first_sixty_bits_in_groups_of_four() -> None:
    # 0x0123456789abcde = 00000 00100 10001 10100 01010 11001 11100 01001 10101 01111 00110 11110
    assert code_of("0123456789abcde" + "f" * 49) == "04HM-ASW9-NF6Y"


def test_every_edition_and_language_has_the_same_id() -> None:
    ids = {
        identify(material_of(WORKSHOP, language, edition).result).id
        for language, edition in (("nb", "company"), ("en", "share"), ("nn", "advisor"))
    }

    assert len(ids) == 1


def test_a_single_changed_answer_changes_the_id() -> None:
    raw = raw_answers(WORKSHOP)
    before = identify(material_of(raw).result)
    raw["answers"]["design.durability"]["value"] = "2"

    assert identify(material_of(raw).result) != before


def test_a_review_changes_the_id() -> None:
    plain = identify(material_of(WORKSHOP).result)
    reviewed = identify(material_of(WORKSHOP, review=Review(frozenset({"design.durability"}))).result)

    assert plain != reviewed
