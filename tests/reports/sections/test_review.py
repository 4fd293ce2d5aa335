"""What the advisors have made of it: who may read what, both levels side by side, notes, the plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from assessment.answers import Review
from assessment.assess import assess
from questionnaires.values import Language
from reports.material import EDITIONS, Edition, PlannedAction, ReviewNote
from reports.maturity import build_report
from reports.render import report_html, screen_html, site_html
from tests.reports.making import LANGUAGES, WORKSHOP, material_of, raw_answers, section_of, words_of
from tests.reports.reviewing import ASKED, NOTES, PRIVATE, REVIEW, SHARED, reviewed

NB = "\u00a0"


def body(part: str, **how: Any) -> Any:
    return section_of(reviewed(**how), part).body


def parts(**how: Any) -> set[str]:
    return {section.id for section in build_report(reviewed(**how)).sections}


def page(**how: Any) -> str:
    return words_of(report_html(build_report(reviewed(**how))))


# --- the cover and the summary --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("nb", "Egenvurdering – gjennomgått og godkjent av Kari Eksempel, 5. mars 2026"),
        ("nn", "Eigenvurdering – gått gjennom og godkjend av Kari Eksempel, 5. mars 2026"),
        ("en", "Self-assessment – reviewed and approved by Kari Eksempel, 5 March 2026"),
    ],
)
@pytest.mark.parametrize("edition", EDITIONS)
def test_the_cover_says_who_approved_it_and_when(edition: Edition, language: Language, said: str) -> None:
    cover = "masthead" if edition == "share" else "cover"

    found = body(cover, edition=edition, language=language)

    assert found.notice.replace(NB, " ") == said
    assert found.reviewed == ""


def test_before_an_approval_it_is_no_certification() -> None:
    found = body("cover", edition="advisor", is_approved=False)

    assert found.notice == "Egenvurdering – ikke sertifisering"
    assert body("cover", is_approved=False).notice == "Egenvurdering – ikke sertifisering"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"by": None}, "Egenvurdering – gjennomgått og godkjent 5. mars 2026"),
        ({"by": " \u200b"}, "Egenvurdering – gjennomgått og godkjent 5. mars 2026"),
        ({"on": None}, "Egenvurdering – gjennomgått og godkjent av Kari Eksempel"),
        ({"by": None, "on": None}, "Egenvurdering – ikke sertifisering"),
    ],
)
def test_the_cover_says_as_much_of_an_approval_as_is_known(given: dict[str, Any], said: str) -> None:
    assert body("cover", review=replace(REVIEW, **given)).notice.replace(NB, " ") == said


def test_a_long_name_leaves_room_for_the_day() -> None:
    notice = body("cover", review=replace(REVIEW, by="Kari " * 60)).notice

    assert notice.replace(NB, " ").endswith("…, 5. mars 2026")
    assert len(notice) < 150


def test_the_summary_has_both_levels() -> None:
    """By hand: (15·14/5 + 15·16/5 + 15·16/5 + 15·11/6 + 10·3 + 10·14/5 + 10·5/2 + 10·4) / 100 = 577/200."""
    for edition in EDITIONS:
        summary = body("summary", edition=edition)

        assert (summary.level, summary.approved.level) == ("2", "3")
        assert (
            summary.approved.by.replace(NB, " ") == "Gjennomgått og godkjent av Kari Eksempel, 5. mars 2026."
        )
        assert "virksomhetens egne svar" in summary.approved.note


def test_an_approved_report_tells_the_review_from_what_was_confirmed() -> None:
    assert body("summary").facts[2].about == "av svarene er bekreftet hvert for seg av en rådgiver"
    assert body("summary", is_approved=False).facts[2].about == "av svarene er bekreftet av en rådgiver"


def test_the_same_level_needs_no_explanation() -> None:
    approved = body("summary", review=replace(REVIEW, ratings={}, accepted=frozenset())).approved

    assert (approved.level, approved.note) == ("2", "")


def test_without_an_approval_the_summary_has_one_level() -> None:
    assert body("summary", is_approved=False).approved is None
    assert body("summary", edition="advisor", is_approved=False).approved is None


# --- the review -----------------------------------------------------------------------------------


def test_both_sides_stand_beside_each_other_with_the_reasons() -> None:
    review = body("review")
    whole, *dimensions = review.levels
    insight = dimensions[-1]

    assert (whole.own_score, whole.own_level) == ("2,52", "2 Under utvikling")
    assert (whole.rated_score, whole.rated_level, whole.differs) == ("2,89", "3 Etablert", "ulikt")
    assert (insight.title, insight.own_score, insight.rated_score) == ("Måling og kompetanse", "0,33", "4,00")
    assert [line.differs for line in dimensions] == ["", "", "", "", "", "", "", "ulikt"]
    assert [line.reason for line in review.overrides] == [
        "Vi så målingene på befaringen.",
        "To ansatte har tatt kurset.",
    ]
    assert review.overrides[0].company == "0 av 4: Vi måler ikke noe ennå"
    assert review.accepted == "Rådgiveren godtar at mye er satt til ikke relevant i Bruk og levetid."


def test_an_approval_without_other_ratings_says_so() -> None:
    review = body("review", review=replace(REVIEW, ratings={"strategy.ambition": "3"}))

    assert review.overrides == ()
    assert review.overrides_none == "Rådgiveren har ikke vurdert noen svar annerledes enn virksomheten."


def test_what_was_confirmed_since_is_told_apart_from_what_was_handed_in() -> None:
    """As if nothing had been answered when it was handed in."""
    material = reviewed()
    assert material.review is not None
    nothing = assess(
        material.result.plan, material_of({**raw_answers(WORKSHOP), "answers": {}}).result.answers
    )

    review = body("review", own=nothing)

    assert review.handed_in == (
        "Da virksomheten sendte inn: for få svar. Samme svar, med det rådgiveren har bekreftet og godtatt: "
        "2 Under utvikling."
    )
    assert body("review").handed_in == ""


def test_the_company_reads_nothing_of_a_review_before_its_approval_but_shared_notes() -> None:
    review = body("review", is_approved=False)

    assert (review.levels, review.overrides, review.accepted, review.asked) == ((), (), "", ())
    assert [one.note.is_shared for one in review.notes] == [True]
    assert "review" not in parts(is_approved=False, notes=())
    text = page(is_approved=False)
    assert "Vi så målingene" not in text
    assert "Godkjent" not in text


def test_the_advisor_sees_where_it_stands_before_the_approval() -> None:
    review = body("review", edition="advisor", is_approved=False)

    assert review.column_rated == "Rådgiveren"
    assert review.levels[0].rated_level == "3 Etablert"
    assert review.lead.startswith("Gjennomgangen er ikke avsluttet.")


def test_the_advisor_reads_what_was_asked_for_again_and_the_company_does_not() -> None:
    asked = body("review", edition="advisor").asked

    assert [one.said.replace(NB, " ") for one in asked] == [
        "Hvilke tall bygger dette på? (20. februar 2026) Svaret er endret etterpå."
    ]
    assert body("review").asked == ()
    left = replace(ASKED[0], is_changed=False), replace(ASKED[0], is_changed=None)
    said = [one.said for one in body("review", edition="advisor", asked_again=left).asked]
    assert said[0].endswith("Svaret er ikke endret etterpå.")
    assert said[1].replace(NB, " ").endswith("(20. februar 2026)")


def test_a_note_about_a_question_that_is_not_shown_is_not_lost() -> None:
    hidden = ReviewNote("design.assortment", "Kari", date(2026, 3, 3), (f"{SHARED}: om sortimentet",), True)
    gone = replace(hidden, question="no.longer_there")

    notes = body("review", notes=(hidden, gone)).notes

    assert [(bool(one.about), one.note.lines) for one in notes] == [
        (True, (f"{SHARED}: om sortimentet",)),
        (False, (f"{SHARED}: om sortimentet",)),
    ]


def test_a_rating_of_a_question_that_was_not_asked_is_listed_and_changes_nothing() -> None:
    review = Review(ratings={"design.assortment": "2"})

    check = section_of(material_of(WORKSHOP, edition="advisor", review=review), "check").body

    assert [(line.company, line.differs) for line in check.ratings] == [("Ikke stilt", "ulikt")]


# --- single answers -------------------------------------------------------------------------------


def answer(id_: str, **how: Any) -> Any:
    views = body("dimensions", **how).dimensions
    return next(answer for view in views for answer in view.answers if answer.id == id_)


def test_the_advisor_finds_everything_at_the_answer() -> None:
    ambition = answer("strategy.ambition", edition="advisor")

    assert ambition.rated.startswith("3 – ")
    assert ambition.remarks.confirmed == "En rådgiver har sett dokumentasjonen."
    private, shared = ambition.remarks.notes
    assert (private.kind, private.is_shared, private.by.replace(NB, " ")) == (
        "Privat notat",
        False,
        "En rådgiver, 4. mars 2026",
    )
    assert (shared.kind, shared.is_shared, shared.by.replace(NB, " ")) == (
        "Delt notat",
        True,
        "Per Eksempel, 4. mars 2026",
    )
    assert answer("operations.waste_data", edition="advisor").remarks.asked != ()


def test_the_company_finds_what_is_shared_and_what_was_approved_otherwise() -> None:
    ambition, measurement = answer("strategy.ambition"), answer("insight.measurement")

    assert ambition.rated == ""  # the same as its own
    assert [note.kind for note in ambition.remarks.notes] == ["Delt notat"]
    assert measurement.rated.startswith("4 – ")
    assert measurement.remarks.reason == ("Vi så målingene på befaringen.",)
    assert answer("operations.waste_data").remarks.asked == ()
    assert answer("insight.measurement", is_approved=False).rated == ""


def test_a_note_is_cleaned_and_escaped() -> None:
    note = ReviewNote(
        None, "<b>Kari</b>", date(2026, 3, 3), ("<script>\u202ealert</script>",), is_shared=True
    )

    html = report_html(build_report(reviewed(notes=(note,))))

    assert "<script>" not in html
    assert "&lt;script&gt;alert&lt;/script&gt;" in html
    assert "\u202e" not in html


# --- nothing private --------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("is_approved", [True, False])
def test_no_private_note_is_in_the_company_or_share_edition(is_approved: bool, language: Language) -> None:
    for edition in ("company", "share"):
        report = build_report(reviewed(edition=edition, is_approved=is_approved, language=language))

        for html in (report_html(report), screen_html(report), site_html(report, "/s.css", ())):
            assert PRIVATE not in html
            assert "Privat notat" not in html


def test_the_share_edition_holds_no_note_no_reason_and_no_action() -> None:
    text = page(edition="share")

    for word in (PRIVATE, SHARED, "Vi så målingene", "Mål andelen", "materialliste", "Hvilke tall"):
        assert word not in text
    assert parts(edition="share") == {"masthead", "summary", "profile", "method", "verification"}


def test_the_canary_would_be_seen() -> None:
    assert page(edition="advisor").count(PRIVATE) == 2
    assert "Privat notat" in page(edition="advisor")
    assert page().count(SHARED) == 2
    assert len(NOTES) == 4


# --- the plan -------------------------------------------------------------------------------------


def test_the_plan_has_what_was_agreed_now_and_how_far_the_earlier_actions_are() -> None:
    plan = body("plan")
    now, earlier = plan.groups

    assert plan.title == "Avtalte tiltak og hvor langt de er kommet"
    assert (now.title, earlier.title) == ("Avtalt i denne runden", "Avtalt tidligere")
    first, second = now.lines
    assert (first.owner, first.due.replace(NB, " "), first.effort, first.status) == (
        "Ola",
        "1. juni 2026",
        "liten",
        "ikke begynt",
    )
    assert first.about == "Gjelder: Måler dere hvor sirkulære dere er?"
    assert (second.owner, second.due, second.effort, second.status) == ("–", "–", "–", "i gang")
    assert second.remark == "Ett møte er holdt."
    assert (earlier.lines[0].status, earlier.lines[0].about) == ("ferdig", "")


def test_a_plan_of_one_kind_has_one_table_and_its_own_title() -> None:
    fresh = body("plan", plan=(PlannedAction("1", None, "Mål andelen"),))
    old = body("plan", plan=(PlannedAction("1", None, "Mål", status="dropped", is_earlier=True),))

    assert (fresh.title, [group.title for group in fresh.groups]) == ("Avtalte tiltak", [""])
    assert (old.title, [group.title for group in old.groups]) == (
        "Avtalte tiltak og hvor langt de er kommet",
        [""],
    )
    assert old.lead == "Dette ble avtalt i tidligere runder."


def test_without_actions_there_is_no_plan() -> None:
    assert "plan" not in parts(plan=())
