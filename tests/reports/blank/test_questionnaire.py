"""The blank questionnaire asks everything the depth has, of whom it says, and stays readable on paper."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from html import unescape
from pathlib import Path
from string import Formatter

import pikepdf
import pytest

from questionnaires.loader import load_folder
from questionnaires.model import Questionnaire, asked_at
from questionnaires.values import LANGUAGES, Depth, Language
from reports.blank.questionnaire import Asked, BlankMaterial, BlankQuestionnaire, build_blank
from reports.branding import Branding, Partner
from reports.images import Logo
from reports.render import blank_html
from reports.rendering.job import PdfJob
from reports.translations.blank import BLANK_WORDS
from tests.answers_broken.workshop import write_shop
from tests.reports.pictures import red_png
from tests.reports.press import Press
from webapp.services.definitions import Definitions

SHIPPED = {
    id_: Definitions().plan(id_).questionnaire
    for id_ in ("circular_business_models", "sustainability_reporting")
}
EVERY = [
    (id_, depth, language) for id_ in SHIPPED for depth in ("basic", "advanced") for language in LANGUAGES
]


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Questionnaire:
    """The bicycle shop: one question of every kind."""
    return load_folder(write_shop(tmp_path_factory.mktemp("shop")))


def material(
    questionnaire: Questionnaire, depth: Depth = "advanced", language: Language = "nb", **more: str
) -> BlankMaterial:
    return BlankMaterial(questionnaire, more.get("number", "1.0.0"), "0" * 64, depth, language)


def text_of(html: str) -> str:
    """What a reader sees of a page, with single spaces."""
    body = html[html.index("<body") :]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def question(blank: BlankQuestionnaire, id_: str) -> Asked:
    return next(q for section in blank.sections for q in section.questions if q.id == id_)


def article(html: str, blank: BlankQuestionnaire, id_: str) -> str:
    """The part of a page that one question takes."""
    number = question(blank, id_).number
    return next(part for part in html.split("<article")[1:] if f">{number}</span>" in part)


def test_the_words_are_complete_in_every_language() -> None:
    fields = {
        language: {
            key: {name for _, name, _, _ in Formatter().parse(text) if name} for key, text in words.items()
        }
        for language, words in BLANK_WORDS.items()
    }

    assert tuple(BLANK_WORDS) == LANGUAGES
    assert fields == dict.fromkeys(LANGUAGES, fields["nb"])
    assert all(text.strip() for words in BLANK_WORDS.values() for text in words.values())


def test_every_word_is_used() -> None:
    folder = Path(__file__).parents[3] / "reports"
    files = [
        *folder.glob("blank/*.py"),
        *(folder / "templates").glob("blank*"),
        *folder.glob("templates/blank/*"),
    ]
    code = " ".join(file.read_text(encoding="utf-8") for file in files if file.is_file())
    made = ("depth_", "value_")  # keys put together from a depth or a comparison

    unused = [
        key for key in BLANK_WORDS["nb"] if not key.startswith(made) and not re.search(rf"\b{key}\b", code)
    ]

    assert unused == ["decimal_mark"]  # a voice's own


@pytest.mark.parametrize(("id_", "depth", "language"), EVERY)
def test_every_question_of_the_depth_is_asked_with_all_its_words(
    id_: str, depth: Depth, language: Language
) -> None:
    questionnaire = SHIPPED[id_]
    asked = [q for _, q in questionnaire.questions() if asked_at(q, depth) and q.kind != "computed"]
    prefixes = tuple(f"questions/{q.id}/" for q in asked)
    words = {key: text for key, text in questionnaire.words(language).items() if key.startswith(prefixes)}

    blank = build_blank(material(questionnaire, depth, language))
    text = text_of(blank_html(blank))

    assert [q.id for section in blank.sections for q in section.questions] == [q.id for q in asked]
    assert [key for key, word in words.items() if " ".join(word.split()) not in text] == []


@pytest.mark.parametrize(("id_", "depth", "language"), EVERY)
def test_facts_are_asked_but_for_the_derived_ones(id_: str, depth: Depth, language: Language) -> None:
    questionnaire = SHIPPED[id_]
    words = questionnaire.words(language)

    blank = build_blank(material(questionnaire, depth, language))

    wanted = [words[f"facts/{fact.id}/text"] for fact in questionnaire.facts if fact.derived is None]
    derived = [words[f"facts/{fact.id}/text"] for fact in questionnaire.facts if fact.derived is not None]
    assert [fact.text for fact in blank.facts] == wanted
    assert [text for text in derived if f"{text} (A" in text_of(blank_html(blank))] == []


def test_questions_of_the_other_depth_are_left_out_with_sections_that_become_empty(
    shop: Questionnaire,
) -> None:
    basic, advanced = (build_blank(material(shop, depth)) for depth in ("basic", "advanced"))

    assert [section.id for section in basic.sections] == ["workshop", "flows", "rental"]
    assert [section.id for section in advanced.sections] == ["tables", "workshop", "flows", "rental"]
    assert [q.number for q in basic.sections[1].questions] == ["2.1", "2.2"]


def test_the_five_anchors_are_boxes_with_their_scores(shop: Questionnaire) -> None:
    blank = build_blank(material(shop))

    part = text_of("<body" + article(blank_html(blank), blank, "workshop.tools"))

    assert "☐ 0 Ingen ☐ 1 Noe ☐ 2 En tavle ☐ 3 En tavle med omriss ☐ 4 Tavlen rydder selv ☐ Vet ikke" in part


def test_dont_know_is_always_there_and_not_relevant_where_it_is_allowed(shop: Questionnaire) -> None:
    blank = build_blank(material(shop))
    html = blank_html(blank)

    articles = {q.id: article(html, blank, q.id) for section in blank.sections for q in section.questions}

    assert [id_ for id_, part in articles.items() if "Vet ikke</span>" not in part] == []
    assert [id_ for id_, part in articles.items() if "Ikke relevant, fordi" not in part] == ["workshop.tools"]
    assert [
        id_ for id_, part in articles.items() if "Kommentar" not in part or "Dokumentasjon" not in part
    ] == []


def test_options_say_what_they_go_with_in_both_directions(shop: Questionnaire) -> None:
    asked = question(build_blank(material(shop)), "workshop.repairs")

    assert [(choice.mark, choice.note) for choice in asked.choices] == [
        ("a", ""),
        ("b", ""),
        ("c", "Ikke sammen med d."),
        ("d", "Ikke sammen med c."),
        ("e", "Bare sammen med c eller d."),
        ("f", "Bare alene."),
    ]
    assert [choice.mark for choice in asked.scores] == ["0", "1", "2", "3", "4"]


@pytest.mark.parametrize(
    ("id_", "expected"),
    [
        ("workshop.stand", [("0", "Gulvet"), ("2", "En krok"), ("4", "En løftebukk")]),
        ("workshop.counted", [("4", "Ja"), ("0", "Nei")]),
    ],
)
def test_options_of_their_own_carry_their_scores(
    shop: Questionnaire, id_: str, expected: list[tuple[str, str]]
) -> None:
    asked = question(build_blank(material(shop)), id_)

    assert [(choice.mark, choice.text) for choice in asked.choices] == expected


def test_a_number_has_its_unit_its_limits_and_the_thresholds_without_boxes(shop: Questionnaire) -> None:
    blank = build_blank(material(shop))

    part = text_of("<body" + article(blank_html(blank), blank, "workshop.training_hours"))

    assert "Tall timer (fra 0 til 2 000)" in part.replace("\u00a0", " ")
    assert "Poeng 0 Under 1 1 1 til 5 2 5 til 10" in part


def test_a_table_has_its_columns_with_units_and_empty_rows(shop: Questionnaire) -> None:
    blank = build_blank(material(shop))

    part = article(blank_html(blank), blank, "tables.parts_in")

    assert question(blank, "tables.parts_in").columns == ("Del", "Tonn", "Brukt før (%)", "Gjenvunnet (%)")
    assert (part.count('<th scope="col">'), part.count("<td></td>")) == (4, 24)


@pytest.mark.parametrize(
    ("id_", "expected"), [("workshop.motto", "Tekst"), ("workshop.opened_on", "dag måned år")]
)
def test_texts_and_dates_have_room(shop: Questionnaire, id_: str, expected: str) -> None:
    blank = build_blank(material(shop))

    assert expected in text_of("<body" + article(blank_html(blank), blank, id_))


def test_computed_questions_are_named_in_one_sentence_and_not_asked(shop: Questionnaire) -> None:
    blank = build_blank(material(shop))

    said = {section.id: section.worked_out for section in blank.sections if section.worked_out}

    assert list(said) == ["flows"]
    assert said["flows"].endswith("som dere ikke skal svare på: Hvor stor del er sirkulær?")


def test_a_figure_a_table_gives_says_which_table(shop: Questionnaire) -> None:
    asked = question(build_blank(material(shop)), "flows.reused_pct")

    assert "hvis dere har fylt ut tabell 1.1" in asked.skip


def test_a_fact_that_hangs_on_another_says_so(shop: Questionnaire) -> None:
    facts = {fact.number: fact for fact in build_blank(material(shop)).facts}

    assert facts["A4"].only_for == "Bare når svaret på «Leier dere ut sykler?» (A3) er ja."
    assert [number for number, fact in facts.items() if fact.only_for] == ["A4"]


@pytest.mark.parametrize(
    ("id_", "expected"),
    [
        ("rental.bikes", "Bare for noen virksomheter: når svaret på «Leier dere ut sykler?» (A3) er ja."),
        ("workshop.opened_on", "Stilles bare når svarene over gjør det aktuelt. Se 2.4."),
        ("workshop.tools", ""),
    ],
)
def test_a_question_says_whom_it_is_for(shop: Questionnaire, id_: str, expected: str) -> None:
    assert question(build_blank(material(shop)), id_).only_for == expected


def test_the_first_page_names_depth_count_version_and_language(shop: Questionnaire) -> None:
    text = text_of(blank_html(build_blank(material(shop, "basic", "nn", number="1.0.0-draft"))))

    assert "Omfang: Basisdel · Spørsmål: 11 · Versjon: 1.0.0 (utkast) · Språk: Nynorsk" in text


def test_the_programmes_own_words_are_escaped(shop: Questionnaire) -> None:
    evil = '<script>alert(1)</script> & "x" {{ 7*7 }} </style>\u202e'
    logo = Logo(red_png(), 1, 1)
    look = Branding(programme=evil, contact=evil, logo=logo, partners=(Partner(evil, logo),))

    html = blank_html(build_blank(replace(material(shop), branding=look)))

    assert "<script" not in html
    assert "\u202e" not in html
    assert html.count("&lt;script&gt;alert(1)&lt;/script&gt;") == 4
    assert html.count("{{ 7*7 }}") == 4


def test_a_logo_without_a_name_still_has_a_text(shop: Questionnaire) -> None:
    logo = Logo(red_png(), 1, 1)
    look = Branding(logo=logo, partners=(Partner("\u202e", logo),))

    html = blank_html(build_blank(replace(material(shop), branding=look)))

    assert html.count('alt="Logo"') == 2


def test_the_same_material_gives_the_same_bytes(shop: Questionnaire, press: Press) -> None:
    blank = build_blank(material(shop, "basic", "en"))

    first, second = (press.render(PdfJob(blank_html(blank), blank.identifier)) for _ in range(2))

    assert first == second


@pytest.mark.parametrize(
    ("id_", "depth", "language", "counts"),
    [
        ("sustainability_reporting", "basic", "nb", range(10, 15)),
        ("circular_business_models", "advanced", "nn", range(28, 37)),
        ("sustainability_reporting", "advanced", "en", range(16, 23)),
    ],
)
def test_the_pdf_is_tagged_bookmarked_and_whole(
    press: Press, id_: str, depth: Depth, language: Language, counts: range
) -> None:
    blank = build_blank(material(SHIPPED[id_], depth, language))

    read = press.printed(PdfJob(blank_html(blank), blank.identifier))

    assert read.failures == []
    raw = pikepdf.open(io.BytesIO(read.data))
    assert (str(raw.Root.Lang), str(raw.docinfo["/Title"])) == (language, blank.title)
    assert len(raw.pages) in counts
    assert "/AcroForm" not in raw.Root
    questions = [q for section in blank.sections for q in section.questions]
    bookmarks = read.bookmarks
    assert [q.number for q in questions if f"{q.number} {q.text}" not in bookmarks] == []
    assert [s.title for s in blank.sections if f"{s.number} {s.title}" not in bookmarks] == []
    assert read.text.count("☐") == blank_html(blank).count("☐")


def test_very_long_texts_lose_no_word_and_break_no_tag(shop: Questionnaire, press: Press) -> None:
    long = " ".join(f"ord{number}" for number in range(1200))
    keys = ("questions/workshop.tools/help", "questions/workshop.tools/anchors/2", "facts/rents/help")
    words = {**shop.texts["nb"], **dict.fromkeys(keys, long), "questions/workshop.repairs/text": "x" * 3000}
    blank = build_blank(material(shop.model_copy(update={"texts": {**shop.texts, "nb": words}})))

    pdf = press.printed(PdfJob(blank_html(blank), blank.identifier))

    text = pdf.text
    assert pdf.failures == []
    assert [number for number in range(1200) if len(re.findall(rf"\bord{number}\b", text)) != 3] == []
    assert text.count("x") >= 3000
