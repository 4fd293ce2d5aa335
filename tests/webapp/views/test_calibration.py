"""The pages of calibration: what stands on them, what never does, and the files to take along."""

from __future__ import annotations

import csv
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from questionnaires.values import LANGUAGES, Language
from tests.webapp.apps import app_of
from tests.webapp.services.rated import CIRCULAR, Panel, a_panel
from tests.webapp.sites import NOW, SHELF, a_person, make_site
from tests.webapp.views.browsing import Browser, browser_of, text_of
from webapp.db.tables.organisations import Programme, ProgrammeStaff
from webapp.services.judging import BLIND_KINDS

AMBITION, MEASUREMENT, WASTE = "strategy.ambition", "insight.measurement", "operations.waste_data"
RITA, ROLF = "Rita Rådgiver", "Rolf Rådgiver"


@dataclass
class Shown:
    """A panel with somebody at its pages."""

    panel: Panel
    browser: Browser

    def at(self, rest: str = "", **asked: str) -> str:
        query = "&".join(f"{name}={value}" for name, value in asked.items())
        return f"/programme/{self.panel.programme}/calibration{rest}{'?' if query else ''}{query}"

    def text(self, rest: str = "", **asked: str) -> str:
        return text_of(self.browser.get(self.at(rest, **asked)))


def opened(folder: Path, language: Language = "nb") -> Shown:
    panel = a_panel(make_site(folder))
    browser = browser_of(app_of(panel.site), panel.site, panel.owner.person_id, language)
    return Shown(panel, browser)


@pytest.fixture
def empty(tmp_path: Path) -> Shown:
    return opened(tmp_path)


@pytest.fixture
def shown(empty: Shown) -> Shown:
    """32 companies: ambition read differently, measurement alike, waste by four companies alone.

    Ambition: 16 chose 3 and got 3, 16 chose 4 and got 2: kappa 1 - 32·32 / (16·16·4) = 0, and the
    companies are one step higher on average. Rita has rated the first half, Rolf the second.
    """
    alike = [(1, 1), (2, 2)]
    for at in range(32):
        pairs = {AMBITION: (3, 3) if at < 16 else (4, 2), MEASUREMENT: alike[at % 2]}
        empty.panel.rate(pairs | ({WASTE: (4, 0)} if at < 4 else {}), by=at // 16)
    return empty


def part(text: str, start: str, end: str) -> str:
    return text.partition(start)[2].partition(end)[0]


def question_text(id_: str, language: Language = "nb") -> str:
    words = SHELF.open(CIRCULAR, "1.0.0").plan.questionnaire.words(language)
    return " ".join(words[f"questions/{id_}/text"].split())


def test_what_is_read_differently_comes_first_with_kappa_and_who_is_higher(shown: Shown) -> None:
    text = shown.text()

    first = part(text, "Se på disse først", "Hva er kappa?")
    assert question_text(AMBITION) in first
    assert "Leses ulikt kappa 0,00 (n = 32) · 50 % helt like · 50 % høyst ett trinn" in first.replace(
        "\xa0", " "
    )
    assert "Bedriftene setter seg 1,0 trinn høyere enn rådgiverne" in first
    assert question_text(MEASUREMENT) not in first
    alike = text.partition("Hva gjør jeg med et spørsmål")[2]
    assert f"Leses likt {question_text(MEASUREMENT)} kappa 1,00 (n = 32)" in alike
    assert "68 par fra 32 bedrifter." in text


def test_of_few_there_is_a_count_and_no_figure(shown: Shown) -> None:
    text = shown.text()

    few = text.partition("For få par ennå")[2].partition("Rådgiverne mot hverandre")[0]
    assert f"{question_text(WASTE)} For få: 4 av 30 par" in few
    assert "%" not in few.partition(question_text(WASTE))[2][:80]
    assert "Rådgiverne" not in few


def test_advisors_stand_by_name_and_by_how_they_rate_against_each_other(shown: Shown) -> None:
    """Of ambition Rita has 21 pairs that are equal, Rolf 16 two apart and 5 equal; measurement is equal.

    Rita's 37 pairs: (21 · (0 - 32/21) + 16 · 0) / 37 = -32/37; Rolf's the other way round.
    """
    for at in range(10):
        shown.panel.rate({AMBITION: (3, 3)}, by=at % 2)

    text = shown.text().partition("Rådgiverne mot hverandre")[2]

    assert f"{RITA} 0,9 trinn mildere enn de andre (37 par fra 21 bedrifter)" in text
    assert f"{ROLF} 0,9 trinn strengere enn de andre (37 par fra 21 bedrifter)" in text


def test_an_advisor_with_few_pairs_is_told_how_many_are_missing(empty: Shown) -> None:
    empty.panel.rate_all([{AMBITION: (3, 3)}] * 12, by=0)
    empty.panel.rate_all([{AMBITION: (3, 3)}] * 40, by=1)

    text = empty.text()

    assert f"{RITA} For få: 12 av 30 par på spørsmål som også andre har vurdert" in text
    assert f"{ROLF} For få å sammenligne med: 12 av 30 par" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_shows_what_was_chosen_in_bands_with_its_choices(
    tmp_path: Path, language: Language
) -> None:
    shown = opened(tmp_path, language)
    for at in range(32):
        shown.panel.rate({AMBITION: (3, 3) if at < 16 else (4, 2)})

    page = shown.browser.get(shown.at(f"/questions/{AMBITION}"))

    table = re.search(r'(?s)<table class="crossed".*?</table>', page.text)
    assert table is not None
    cells = re.findall(r"<td class=\"[^\"]*\">([^<]*)</td>", table[0])
    assert cells == ["0"] * 18 + ["15–19", "0"] + ["0", "0", "15–19", "0", "0"]
    words = SHELF.open(CIRCULAR, "1.0.0").plan.questionnaire.words(language)
    for score in range(5):
        assert html.escape(words[f"questions/{AMBITION}/anchors/{score}"], quote=False) in page.text
    assert "16" not in re.sub(r"<[^>]+>", " ", table[0]).split()


def test_a_question_with_too_few_pairs_has_its_words_and_no_table(shown: Shown) -> None:
    page = shown.browser.get(shown.at(f"/questions/{WASTE}"))

    assert "For få: 4 av 30 par" in text_of(page)
    assert '<table class="crossed"' not in page.text
    assert "%" not in text_of(page)


@pytest.mark.parametrize("question", ["", "nothing", "strategy.nothing", "insight", "<script>"])
def test_a_question_that_is_none_is_not_there(shown: Shown, question: str) -> None:
    assert shown.browser.client.get(shown.browser.path(shown.at(f"/questions/{question}"))).status_code == 404


@pytest.mark.parametrize("rest", ["", f"/questions/{AMBITION}", "/questions.csv", "/questions.xlsx"])
def test_nobody_else_finds_any_of_it(shown: Shown, rest: str) -> None:
    site = shown.panel.site
    staff = a_person(site, "stab@fylke.example")
    with site.database.write() as session:
        session.add(ProgrammeStaff(programme_id=shown.panel.programme, person_id=staff, since_utc=NOW))
    browsers = [browser_of(app_of(site), site, id_) for id_ in (staff, shown.panel.advisors[0])]

    assert [one.client.get(one.path(shown.at(rest))).status_code for one in browsers] == [404, 404]
    shown.browser.get(shown.at(rest))


def test_no_company_is_named_on_any_page_or_in_any_file(shown: Shown) -> None:
    places = ("", f"/questions/{AMBITION}", f"/questions/{WASTE}", "/questions.csv")
    texts = [shown.browser.get(shown.at(rest)).text for rest in places]
    book = load_workbook(BytesIO(shown.browser.get(shown.at("/questions.xlsx")).data))

    every = [*texts, *(str(cell) for row in book.active.iter_rows(values_only=True) for cell in row)]

    assert not [one for one in every if "kanaribedrift" in one.lower()]
    assert not [one for one in every[1:] if RITA in one]


def rows(shown: Shown) -> Iterator[dict[str, str]]:
    answer = shown.browser.get(shown.at("/questions.csv"))
    assert answer.mimetype == "text/csv"
    assert "calibration-circular_business_models-1.0.0-first-nb.csv" in answer.headers["Content-Disposition"]
    yield from csv.DictReader(StringIO(answer.data.decode("utf-8-sig"), newline=""), delimiter=";")


def test_the_files_have_a_line_for_every_question_and_nothing_of_few(shown: Shown) -> None:
    found = {row["Id"]: row for row in rows(shown)}
    plan = SHELF.open(CIRCULAR, "1.0.0").plan

    kinds = {one.question.id: one.question.kind for one in plan.questions if one.score is not None}
    assert set(found) == {id_ for id_, kind in kinds.items() if kind in BLIND_KINDS}
    assert list(found[AMBITION].values())[2:] == [
        *("1.0.0", "32", "32", "0,00", "0,500", "0,500", "1,0", "Leses ulikt")
    ]
    assert list(found[WASTE].values())[2:] == ["1.0.0", "4", "4", "", "", "", "", ""]
    book = load_workbook(BytesIO(shown.browser.get(shown.at("/questions.xlsx")).data))
    lines = list(book.active.iter_rows(values_only=True))
    assert lines[0][:2] == ("Id", "Spørsmål")
    assert lines[1][0] == AMBITION
    assert lines[1][3:9] == (32, 32, 0, 0.5, 0.5, 1)


def test_another_version_or_round_is_chosen_in_the_address_and_stays_on_the_way(shown: Shown) -> None:
    page = shown.browser.get(shown.at(of="sustainability_reporting@1.0.0", rounds="later"))

    text = text_of(page)
    assert "Ingen vurderinger å sammenligne ennå." in text
    assert '<option value="sustainability_reporting@1.0.0" selected>' in page.text
    assert '<option value="later" selected>' in page.text
    links = re.findall(r'href="([^"]*/calibration/questions[^"]*)"', page.text)
    assert links
    assert all("of=sustainability_reporting@1.0.0" in html.unescape(one).replace("%40", "@") for one in links)
    assert all("rounds=later" in one for one in links)


@pytest.mark.parametrize("asked", ["?of=&rounds=", "?of=%00&rounds=%00", "?of=a&of=b", "?rounds=<script>"])
def test_what_nobody_would_ask_for_is_the_usual_page(shown: Shown, asked: str) -> None:
    assert "68 par fra 32 bedrifter." in text_of(shown.browser.get(shown.at() + asked))


def test_a_programme_that_does_not_rate_blind_is_told_why_nothing_comes(empty: Shown) -> None:
    before = empty.text()
    with empty.panel.site.database.write() as session:
        session.get_one(Programme, empty.panel.programme).rates_blind = False

    said = "Rådgiverne i programmet ser bedriftens valg før de velger selv."
    assert said not in before
    assert said in empty.text()
    assert "Ingen rådgivere har vurdert" in before


def test_the_programme_leads_there_for_the_method_owner(shown: Shown) -> None:
    page = shown.browser.get(f"/programme/{shown.panel.programme}")

    assert f'href="/nb{shown.at()}"' in page.text
