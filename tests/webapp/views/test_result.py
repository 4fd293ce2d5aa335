"""The page of a result: what it says to whom, what can be done from it, and the whole report."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.webapp.sites import a_person
from tests.webapp.views.after import LATER, After, hand_in
from tests.webapp.views.browsing import text_of
from webapp.services.privacy import erase_person
from webapp.services.reviewing import decide
from webapp.services.staffing import add_advisor

BUILDER = "eksempel_bygg/circular_business_models"
SHOP = "eksempel_butikk/sustainability_reporting"
PAGES = ("result", "what-if", "new-round", "documents", "report", "export.json", "export.xlsx", "preview")
COMMENT = "Strategien fra 2024 sier at halvparten av omsetningen skal komme fra reparasjon"


@pytest.fixture
def after(tmp_path: Path) -> After:
    return hand_in(tmp_path)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("nb", ("2 Under utvikling", "63,0", "96 %", "Måler dere hvor sirkulære dere er?", "Neste steg")),
        ("nn", ("2 Under utvikling", "63,0", "96 %", "Neste steg", "Ta med svara")),
        ("en", ("2 Developing", "63.0", "96%", "Next step", "Take the answers with you")),
    ],
)
def test_it_says_where_the_company_stands_and_what_is_next(
    after: After, language: str, said: tuple[str, ...]
) -> None:
    page = text_of(after.browser(after.owner, language).get(after.path("result"))).replace("\u00a0", " ")

    assert [words for words in said if words not in page] == []
    assert COMMENT in page or language != "nb"


def test_what_a_level_means_is_said_to_be_typical_of_it(after: After) -> None:
    page = text_of(after.browser(after.owner).get(after.path("result")))

    assert "Typisk for nivå 2: Bedriften arbeider med noen områder" in page


def test_who_approved_it_stands_in_place_of_nothing_reviewed(after: After) -> None:
    advisor, owner = after.actor(after.advisor), after.browser(after.owner)
    before = text_of(owner.get(after.path("result")))
    for event in ("start_review", "approve"):
        decide(after.site, advisor, after.id, event, LATER)

    for browser in (owner, after.browser(after.advisor)):
        page = text_of(browser.get(after.path("result"))).replace("\u00a0", " ")
        assert "Gjennomgått Godkjent av Rådgiver Eksempel 2. mars 2026" in page

    assert "Gjennomgått 0" in before
    assert "Godkjent av" not in before


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("nb", "Godkjent av en tidligere rådgiver 2. mars 2026"),
        ("nn", "Godkjend av ein tidlegare rådgjevar 2. mars 2026"),
        ("en", "Approved by a former advisor on 2 March 2026"),
    ],
)
def test_an_approver_who_was_erased_is_a_former_advisor(after: After, language: str, said: str) -> None:
    advisor = after.actor(after.advisor)
    for event in ("start_review", "approve"):
        decide(after.site, advisor, after.id, event, LATER)
    colleague = a_person(after.site, "kollega@fylke.example", "Ragnhild Eksempel")
    add_advisor(after.site.database, "kollega@fylke.example", after.company, LATER, language="nb")

    erase_person(after.site, advisor.person_id, LATER)

    for person, path in ((after.owner, "result"), (colleague, "result"), (colleague, "review")):
        page = text_of(after.browser(person, language).get(after.path(path))).replace("\u00a0", " ")
        assert said in page
        assert advisor.name not in page


def test_an_approval_that_was_taken_back_is_not_shown(after: After) -> None:
    advisor = after.actor(after.advisor)
    for event, reason in (("start_review", None), ("approve", None), ("reopen", "Nye tall.")):
        decide(after.site, advisor, after.id, event, LATER, reason=reason)

    assert "Godkjent av" not in text_of(after.browser(after.owner).get(after.path("result")))


def test_what_stands_out_begins_with_the_answer(after: After) -> None:
    page = after.browser(after.owner).get(after.path("result")).text

    assert (
        "<li><strong>Vi måler ikke noe ennå</strong> "
        '<span class="asked">Måler dere hvor sirkulære dere er?</span> '
        '<span class="soft">0 av 4 · Måling og kompetanse</span></li>'
    ) in page


def test_the_next_step_begins_with_advice_and_says_what_is_to_be_true(after: After) -> None:
    page = after.browser(after.owner).get(after.path("result")).text
    section = page.split('<section class="next-step"')[1].split("</section>")[0]

    assert section.index("Dette kan dere begynne med") < section.index("Enkleste vei til nivå 3, Etablert")
    assert "1 lite steg på 1 spørsmål." in section
    assert "<li><strong>Vi måler bare avfall</strong>" in section
    assert "<details" not in section
    assert "(innsats" not in page


def test_a_long_way_is_folded_and_says_how_large_its_steps_are(tmp_path: Path) -> None:
    after = hand_in(tmp_path, BUILDER, "Eksempel Bygg AS")
    page = after.browser(after.owner).get(after.path("result")).text
    section = page.split('<section class="next-step"')[1].split("</section>")[0]

    # seven questions; from the report of the same example: three lines and "4 til"
    assert "på 7 spørsmål." in section
    assert '<details class="fold"><summary>Se stegene</summary>' in section
    assert section.count('<span class="asked">') == 7


def test_dont_know_is_named_where_it_makes_a_level_provisional(tmp_path: Path) -> None:
    after = hand_in(tmp_path, BUILDER, "Eksempel Bygg AS")

    page = text_of(after.browser(after.owner).get(after.path("result")))

    assert "Foreløpig: «Vet ikke» på 2 av 23 spørsmål." in page
    assert "regnet etter vekt. «Vet ikke» teller ikke som svar." in page
    assert "Foreløpig: «Vet ikke» på 1 av 2 spørsmål." in page


def test_it_carries_the_receipt_of_the_hand_in(after: After) -> None:
    page = text_of(after.browser(after.owner).get(after.path("result")))

    assert "av Kari Nordmann" in page
    assert page.count("Kvittering") == 1


def test_contradictions_are_said_gently_and_without_the_advisors_question(after: After) -> None:
    ask = "Hvilket tall ville vist om dere nådde målet i fjor?"

    own = text_of(after.browser(after.owner).get(after.path("result")))
    advisors = text_of(after.browser(after.advisor).get(after.path("result")))

    assert "Målene kan være satt uten et tall som viser om de er nådd." in own
    assert ask not in own
    assert ask in advisors


def test_a_withheld_level_is_explained(tmp_path: Path) -> None:
    after = hand_in(tmp_path, SHOP, "Eksempel Butikk AS")

    page = text_of(after.browser(after.owner).get(after.path("result"))).replace("\u00a0", " ")

    assert "For få svar til å vise nivået" in page
    assert "Nå er 53 % besvart." in page


def test_a_very_long_name_stands_on_the_page(tmp_path: Path) -> None:
    name = "Sirkulærøkonomisk" * 17

    after = hand_in(tmp_path, name=name)

    assert name in text_of(after.browser(after.owner).get(after.path("result")))


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_every_page_is_whole_in_every_language(after: After, language: str) -> None:
    browser = after.browser(after.owner, language)

    pages = [
        browser.get(after.path(path)) for path in ("result", "what-if", "documents", "new-round", "preview")
    ]

    assert {page.status_code for page in pages} == {200}


@pytest.mark.parametrize("who", ["stranger", "staff"])
def test_nothing_is_there_for_strangers_and_for_staff_without_consent(after: After, who: str) -> None:
    browser = after.browser(getattr(after, who))

    assert {browser.client.get(f"/nb{after.path(path)}").status_code for path in PAGES} == {404}


def test_an_advisor_reads_all_and_changes_nothing(after: After) -> None:
    browser = after.browser(after.advisor)

    for path in ("result", "what-if", "documents", "report", "export.json", "export.xlsx"):
        browser.get(after.path(path))
    browser.get(after.path("new-round"), 403)
    browser.post(after.path("result/withdraw"), status=404)
    browser.post(after.path("result/sharing"), {"shared": "yes"}, 404)


def test_a_preview_is_marked_and_counts_the_answers_so_far(after: After) -> None:
    draft = after.draft()

    page = text_of(after.browser(after.owner).get(f"/assessments/{draft}/preview"))

    assert "Et foreløpig bilde av svarene" in page
    assert "For få svar til å vise nivået" in page
    after.browser(after.stranger).get(f"/assessments/{draft}/preview", 404)


def test_the_company_shares_and_stops(after: After) -> None:
    owner, staff = after.browser(after.owner), after.browser(after.staff)

    owner.post(after.path("result/sharing"), {"shared": "yes"})
    assert "siden" in text_of(owner.get(after.path("result")))
    staff.get(after.path("documents"))
    staff.get(after.path("report?edition=share"))
    staff.get(after.path("report"), 404)
    owner.post(after.path("result/sharing"), {"shared": "no"})

    staff.get(after.path("documents"), 404)
    staff.get(after.path("report?edition=share"), 404)


def test_a_member_sees_the_consent_but_cannot_give_it(after: After) -> None:
    member = after.browser(after.member)

    assert "Bare en eier kan endre dette." in text_of(member.get(after.path("result")))
    member.post(after.path("result/sharing"), {"shared": "yes"}, 403)


def test_it_is_taken_back(after: After) -> None:
    owner = after.browser(after.owner)

    owner.post(after.path("result/withdraw"))

    assert after.state() == "draft"
    assert "Dere har trukket innsendingen tilbake." in text_of(owner.get(after.path("result")))
    owner.post(after.path("result/withdraw"), status=409)


def test_an_advisor_sends_back_and_the_company_reads_why(after: After) -> None:
    advisor, why = after.browser(after.advisor), "Avfallet veies, men tallene mangler."

    advisor.post(after.path("review/start"), {"seen": "submitted 1"})
    advisor.post(after.path("review/send-back"), {"seen": "in_review 1", "reason": why})

    assert after.state() == "sent_back"
    assert why in text_of(after.browser(after.owner).get(after.path("result")))
    assert why in text_of(after.browser(after.owner).get("/assessments"))
    assert why in text_of(advisor.get(after.path("result")))


def test_the_language_can_be_changed_after_something_that_could_not_be_done(after: After) -> None:
    advisor = after.browser(after.advisor)
    advisor.post(after.path("review/start"), {"seen": "submitted 1"})

    unsaid = advisor.post(after.path("review/send-back"), {"seen": "in_review 1", "reason": " "}, 400)
    too_late = after.browser(after.owner).post(after.path("result/withdraw"), status=409)

    assert f'href="/en{after.path("review/send-back")}"' in unsaid.text
    assert f'href="/en{after.path("result")}"' in too_late.text


@pytest.mark.parametrize("reason", ["a\x00b", "\ud800", "\r\n".join("ab"), "<script>alert(1)</script>"])
def test_a_hostile_reason_is_kept_harmless(after: After, reason: str) -> None:
    advisor = after.browser(after.advisor)
    advisor.post(after.path("review/start"), {"seen": "submitted 1"})

    advisor.post(
        after.path("review/send-back"),
        {"seen": "in_review 1", "reason": reason.encode("utf-8", "surrogatepass")},
    )

    assert "<script>alert" not in after.browser(after.owner).get(after.path("result")).text


def test_the_files_are_downloads(after: After) -> None:
    browser = after.browser(after.owner)

    data = browser.get(after.path("export.json"))
    sheet = browser.get(after.path("export.xlsx"))

    assert json.loads(data.data)["answers"]["answers"]["insight.measurement"]["value"] == "0"
    assert data.headers["Content-Disposition"].startswith("attachment;")
    assert sheet.headers["Content-Disposition"].endswith('-nb.xlsx"')
    assert data.headers["Cache-Control"] == sheet.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_whole_report_is_a_page_with_a_way_back(after: After, language: str) -> None:
    browser = after.browser(after.owner, language)

    answer = browser.get(after.path("report"))

    assert f'href="/{language}/assessments/{after.id}/result"' in answer.text
    assert answer.text.count('hreflang="') == 4
    assert f'href="/{language}/about/help"' in answer.text
    assert 'class="w24"' in answer.text
    assert "style=" not in answer.text


def test_the_styles_of_the_report_are_served_and_keep_its_colour(after: After) -> None:
    address = after.browser(after.owner).get(after.path("report")).text.split('rel="stylesheet" href="')[1]

    answer = after.browser(after.owner).get(address.split('"')[0])

    assert answer.mimetype == "text/css"
    assert ":root{--accent:#" in answer.text
    assert ".w24{width:24%}" in answer.text
    assert 'url("/static/vendor/fonts/source-sans-3-latin-400-normal.woff2")' in answer.text
    assert "public" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("colour", ["red", "0d7a5", "0d7a5f0", "0D7A5F", "0d7a5f}"])
def test_no_other_colour_gets_into_a_stylesheet(after: After, colour: str) -> None:
    after.browser(after.owner).get(f"/report/{colour}.css", 404)


def test_the_share_edition_on_screen_holds_no_answer(after: After) -> None:
    page = text_of(after.browser(after.owner).get(after.path("report?edition=share")))

    assert COMMENT not in page
    assert "Vi måler ikke noe ennå" not in page


@pytest.mark.parametrize("edition", ["advisor", "", "Company", "x\x00"])
def test_an_edition_that_is_not_theirs_is_not_there(after: After, edition: str) -> None:
    after.browser(after.owner).get(after.path(f"report?edition={edition}"), 404)
