"""A programme's file is read strictly, and what is written reads back as it was."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaires.activities import DEFAULT_FILE, load_activities
from questionnaires.catalogue import Catalogue
from questionnaires.errors import DefinitionError
from questionnaires.model import Questionnaire
from questionnaires.programme import Part, Parts, ProgrammeTemplate, blank_copy
from questionnaires.programme_file import DEFAULT_TEMPLATE, parse_template, read_template, write_template
from questionnaires.programme_values import Words
from questionnaires.values import LANGUAGES
from questionnaires.yamlfile import MAX_PROBLEMS

GOOD = """\
format: 1
name: {nb: Te i fylket, nn: Te i fylket, en: Tea in the county}
partners:
  - name: Eksempel fylke
    roles: [organiser, reader]
    url: https://fylke.example/
  - {name: Eksempel råd, roles: [advisor_team]}
parts:
  basic: {title: {nb: Grunn, nn: Grunn, en: Basic}}
  advanced: {title: {nb: Mer, nn: Meir, en: More}}
activities:
  - id: T1
    title: {nb: Te fra hagen, nn: Te frå hagen, en: Tea from the garden}
    depth: basic
    kind: webinar
    questionnaires: [tea_house]
    addresses: [leaves.*]
    starts: 2027-02-03T08:00Z
    ends: 2027-02-03T09:00:00Z
    language: nb
    speaker: Navn Navnesen
    capacity: 40
    prework: [tea_house]
    agenda:
      - {title: {nb: Te, nn: Te, en: Tea}, minutes: 20}
    recording:
      url: https://opptak.example/te
      chapters:
        - {starts_at_seconds: 0, title: "Velkommen: te"}
        - starts_at_seconds: 754
          title: Gjenbruk
          addresses: [leaves.reused_pct]
    presentations:
      - title: Lysark
        url: https://opptak.example/te.pdf
  - id: T2
    title: {nb: Treff, nn: Treff, en: Meeting}
    depth: advanced
    kind: gathering
    place: Eksempelsalen
    is_cancelled: true
"""

Parse = Callable[[str], ProgrammeTemplate]


@pytest.fixture
def parse(tea_house: Questionnaire) -> Parse:
    return lambda text: parse_template(text, "p.yaml", [tea_house])


@pytest.fixture(scope="module")
def shipped() -> ProgrammeTemplate:
    catalogue = Catalogue()
    ids = ("circular_business_models", "sustainability_reporting")
    return read_template(DEFAULT_TEMPLATE, [catalogue.load(catalogue.find(id_)).questionnaire for id_ in ids])


def test_a_good_file_is_read_as_it_stands(parse: Parse) -> None:
    programme = parse(GOOD)

    first, second = programme.activities
    assert [partner.roles for partner in programme.partners] == [("organiser", "reader"), ("advisor_team",)]
    assert first.recording is not None
    assert [chapter.starts_at_seconds for chapter in first.recording.chapters] == [0, 754]
    assert (second.questionnaires, second.addresses, second.basic_of) == ((), (), None)
    assert second.is_cancelled


def test_what_is_written_reads_back_and_is_written_alike(parse: Parse) -> None:
    programme = parse(GOOD)

    text = write_template(programme)

    assert parse(text) == programme
    assert write_template(parse(text)) == text


def test_the_same_content_as_json_is_read_alike(parse: Parse) -> None:
    programme = parse(GOOD)
    content = {"format": 1, **programme.model_dump(mode="json", exclude_defaults=True)}

    assert parse(json.dumps(content, indent=1)) == programme


@given(st.text(min_size=1, max_size=40))
def test_any_text_reads_back_as_it_was_or_is_refused(text: str) -> None:
    words = Words.model_construct(nb=text, nn="Te", en="null")
    part = Part(title=Words(nb="nan", nn="- te", en="# 'te'"))
    programme = ProgrammeTemplate(name=words, parts=Parts(basic=part, advanced=part))

    try:
        written = write_template(programme)
    except DefinitionError:
        assert not text.isprintable() or not text.strip()
        return
    assert parse_template(written, "p.yaml", ()) == programme


@pytest.mark.parametrize(
    ("old", "new", "at", "words"),
    [
        ("format: 1", "format: 2", "1 format", "'2' is not one of the allowed values"),
        ("format: 1\n", "", "1 format", "the key 'format' is missing"),
        (", reader]", ", organiser]", "5 partners[0].roles", "a role is named twice"),
        (", reader]", ", boss]", "5 partners[0].roles[1]", "organiser, content_owner, advisor_team, reader"),
        ("Eksempel råd", "Eksempel fylke", "7 partners[1].name", "used twice, first in p.yaml:4"),
        ("https://fylke.example/", "ftp://fylke.example/", "6 partners[0].url", "https:// or http://"),
        ("  advanced: {title: {nb: Mer, nn: Meir, en: More}}\n", "", "8 parts.advanced", "is missing"),
        ("id: T2", "id: T1", "36 activities[1].id", "the id 'T1' is used twice, first in p.yaml:12"),
        ("    addresses: [leaves.*]", "    addresses: [leafs.*]", "17 activities[0].addresses[0]", "leafs.*"),
        ("    questionnaires: [tea_house]\n", "", "16 activities[0].addresses", "names their questionnaire"),
        ("starts: 2027-02-03T08", "starts: 2027-02-30T08", "18 activities[0].starts", "a moment in UTC"),
        ("ends: 2027-02-03T09", "ends: 2027-02-03T08", "19 activities[0].ends", "the end is not after"),
        ("    starts: 2027-02-03T08:00Z\n", "", "18 activities[0].ends", "an end needs a beginning"),
        ("language: nb", "language: de", "20 activities[0].language", "nb, nn, en"),
        ("capacity: 40", "capacity: 0", "22 activities[0].capacity", "Allowed: 1 or more"),
        ("prework: [tea_house]", "prework: [tea_hose]", "23 activities[0].prework[0]", "mean 'tea_house'"),
        ("minutes: 20", "minutes: 20.5", "25 activities[0].agenda[0].minutes", "a whole number"),
        ("_seconds: 754", "_seconds: 0", "30 activities[0].recording.chapters[1].starts_at_seconds", "after"),
        ("_seconds: 754", "_seconds: -1", "30 activities[0].recording.chapters[1].starts_at_seconds", "0 or"),
        ("reused_pct]", "used]", "32 activities[0].recording.chapters[1].addresses[0]", "'leaves.used'"),
        (
            "te.pdf",
            "te.pdf\n        size: 3",
            "36 activities[0].presentations[0].size",
            "'size' is not known",
        ),
    ],
)
def test_a_mistake_is_named_with_its_place(parse: Parse, old: str, new: str, at: str, words: str) -> None:
    assert old in GOOD
    with pytest.raises(DefinitionError) as caught:
        parse(GOOD.replace(old, new))

    here = [p for p in caught.value.problems if f"{p.place.line} {p.place.path}" == at]
    found = [str(problem) for problem in caught.value.problems]
    assert any(words in str(problem) for problem in here), found


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("https://fylke.example/", "ftp://fylke.example/", "et domene, uten brukernavn og mellomrom"),
        ("starts: 2027-02-03T08", "starts: 2027-02-30T08", "et tidspunkt i UTC, som 2027-02-03T08:00Z"),
        ("ends: 2027-02-03T09", "ends: 2027-02-03T08", "slutten er ikke etter starten"),
    ],
)
def test_a_mistake_is_said_in_norwegian_too(parse: Parse, old: str, new: str, words: str) -> None:
    with pytest.raises(DefinitionError) as caught:
        parse(GOOD.replace(old, new))

    assert [words in problem.text_in("nb") for problem in caught.value.problems] == [True]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "this must be a mapping, but is empty"),
        ("[]", "this must be a mapping, but is a list"),
        ("activities: [\n", "this is not YAML"),
        (GOOD + "more: 1\n", "the key 'more' is not known"),
        (GOOD.replace("partners:", "partners: &p"), "anchors are refused"),
    ],
)
def test_a_file_of_another_shape_is_refused(parse: Parse, text: str, words: str) -> None:
    with pytest.raises(DefinitionError, match=words):
        parse(text)


def test_text_larger_than_a_file_may_be_is_refused_unread(parse: Parse) -> None:
    with pytest.raises(DefinitionError, match="the file is too large: 1000001 bytes"):
        parse("#" * 1_000_001)


def test_of_a_file_full_of_mistakes_only_the_first_are_looked_at(parse: Parse) -> None:
    wrong = ", ".join(f"leaves.wrong_{number}" for number in range(60))
    chapters = "".join(
        f"        - {{starts_at_seconds: {number}, title: Te, addresses: [{wrong}]}}\n"
        for number in range(60)
    )
    head, _, _ = GOOD.partition('        - {starts_at_seconds: 0, title: "Velkommen: te"}')

    with pytest.raises(DefinitionError) as caught:
        parse(head + chapters)

    assert len(caught.value.problems) == MAX_PROBLEMS


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(DefinitionError, match=r"nowhere\.yaml: the file cannot be read"):
        read_template(tmp_path / "nowhere.yaml", ())


def test_the_shipped_template_is_written_as_the_program_writes_it(shipped: ProgrammeTemplate) -> None:
    lines = DEFAULT_TEMPLATE.read_text(encoding="utf-8").splitlines(keepends=True)

    assert "".join(line for line in lines if not line.startswith("#")) == write_template(shipped)


def test_the_shipped_template_holds_the_shipped_activities_and_those_for_innovation_actors(
    shipped: ProgrammeTemplate,
) -> None:
    proposed = load_activities(DEFAULT_FILE, ())
    shared = set(type(proposed[0]).model_fields)

    more = shipped.activities[len(proposed) :]
    assert [activity.model_dump(include=shared) for activity in shipped.activities[: len(proposed)]] == [
        activity.model_dump() for activity in proposed
    ]
    assert {one.id: one.questionnaires for one in more} == dict.fromkeys(
        ("G3", "K1", "K2", "K3"), ("collaboration",)
    )


def test_the_shipped_template_names_no_people_dates_places_or_partners(shipped: ProgrammeTemplate) -> None:
    assert shipped.partners == ()
    for activity in shipped.activities:
        assert (activity.speaker, activity.starts, activity.ends, activity.place) == (None,) * 4


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_shipped_template_asks_each_gathering_for_pre_work(
    shipped: ProgrammeTemplate, language: str
) -> None:
    gatherings = [activity for activity in shipped.activities if activity.kind == "gathering"]

    assert {activity.id for activity in gatherings if activity.prework} == {"S3", "G1", "G2", "G3"}
    assert all(getattr(item.title, language).strip() for a in gatherings for item in a.agenda)


HEAD = GOOD.partition("partners:")[0] + "parts:" + GOOD.partition("parts:")[2].partition("activities:")[0]
ACTOR = """\
actors:
  - id: fund
    name: Eksempelfondet
    kind: funding
    url: "https://example.org"
    checked_on: "2026-11-02"
    offers:
      - id: loan
        title:
          nb: Lån
          nn: "Lån"
          en: Loan
        help:
          - financing
        themes:
          - design
"""


def test_a_directory_reads_back_as_it_was(parse: Parse) -> None:
    held = parse(HEAD + ACTOR)

    assert held.actors[0].offers[0].themes == ("design",)
    assert parse(write_template(held)) == held


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("kind: funding", "kind: bank", "county"),
        ("- design", "- designs", "did you mean 'design'"),
        ("- financing", "- money", "financing"),
        ("2026-11-02", "2026-02-30", "YYYY-MM-DD"),
        ("https://example.org", "ftp://example.org", "https://"),
        (
            "offers:\n",
            "offers:\n      - id: loan\n        title: {nb: A, nn: A, en: A}\n        help: [advice]\n",
            "loan",
        ),
        ("actors:\n", "actors:\n  - {id: fund, name: Et annet, kind: other}\n", "fund"),
    ],
)
def test_what_is_wrong_with_a_directory_is_said(parse: Parse, before: str, after: str, words: str) -> None:
    with pytest.raises(DefinitionError) as caught:
        parse(HEAD + ACTOR.replace(before, after))

    assert words in str(caught.value)


def test_another_county_takes_over_what_is_for_the_whole_country(parse: Parse) -> None:
    here = ACTOR + ACTOR.replace("actors:\n", "").replace("id: fund", "id: county").replace(
        "        themes:\n          - design\n", "        counties:\n          - Eksempelfylket\n"
    )

    assert [one.id for one in blank_copy(parse(HEAD + here)).actors] == ["fund"]
