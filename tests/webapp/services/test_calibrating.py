"""Which ratings count for calibration, what of them is shown, and to whom."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from sqlalchemy import delete, select

from tests.webapp.counting import counted
from tests.webapp.services.rated import CIRCULAR, Panel, a_panel
from tests.webapp.sites import NOW, a_company, a_person, as_actor, make_site, submitted
from webapp.db.tables.assessments import Assessment
from webapp.db.tables.organisations import AdvisorAssignment, Participation, ProgrammeAdvisor, ProgrammeStaff
from webapp.db.tables.people import Membership, Person
from webapp.db.tables.reviews import QuestionReview, ReviewRequest
from webapp.errors import NotThere
from webapp.services.calibrating import Calibration, Wanted, open_calibration
from webapp.services.judging import Judgement, judge
from webapp.services.reviewing import decide

AMBITION, MEASUREMENT = "strategy.ambition", "insight.measurement"


@pytest.fixture
def panel(tmp_path: Path) -> Panel:
    return a_panel(make_site(tmp_path))


def opened(panel: Panel, **wanted: str) -> Calibration:
    return open_calibration(panel.site, panel.owner, panel.programme, Wanted(**wanted))


def n(found: Calibration, question: str = AMBITION) -> int:
    return found.line(question).compared.agreement.n


def test_what_thirty_companies_and_their_advisors_chose_becomes_figures(panel: Panel) -> None:
    """Half 3 and 3, half 4 and 2, as in the tables of test_agreement: kappa 1 - 30·30 / (15·15·4) = 0."""
    panel.rate_all([{AMBITION: (3, 3)}] * 15 + [{AMBITION: (4, 2)}] * 15)

    found = opened(panel)

    line = found.lines[0]
    assert (line.question.id, line.section) == (AMBITION, "strategy")
    assert (line.compared.agreement.kappa, line.compared.agreement.bias) == (0, 1)
    assert (line.compared.versions, line.compared.companies) == (("1.0.0",), 30)
    assert (found.pairs, found.companies, found.rounds) == (30, 30, "first")
    assert found.chosen.key == f"{CIRCULAR}@1.0.0"


def test_every_question_that_is_rated_has_a_line_and_no_other(panel: Panel) -> None:
    panel.rate({AMBITION: (3, 3)})
    plan = panel.site.shelf.open(CIRCULAR, "1.0.0").plan

    lines = [line.question.id for line in opened(panel).lines]

    rated = [one.question for one in plan.questions if one.score is not None]
    assert lines == [one.id for one in rated if one.kind not in ("number", "table", "computed")]
    assert len(rated) > len(lines) > 40
    with pytest.raises(NotThere):
        opened(panel).line("insight.nothing")


def test_what_an_advisor_chose_blind_in_the_real_course_of_things_is_a_pair(panel: Panel) -> None:
    site, company = panel.site, panel.company()
    owner, advisor = a_person(site), panel.advisors[0]
    with site.database.write() as session:
        session.add(Membership(organisation_id=company, person_id=owner, role="owner", since_utc=NOW))
        session.add(AdvisorAssignment(organisation_id=company, person_id=advisor, from_utc=NOW))
    id_ = submitted(site, as_actor(site, owner), company).id
    rita = as_actor(site, advisor)
    decide(site, rita, id_, "start_review", NOW)
    judge(site, rita, id_, AMBITION, NOW, judgement=Judgement("1"), base=0)
    judge(site, rita, id_, AMBITION, NOW, judgement=Judgement("4", reason="Vi så planen."), base=1)

    found = opened(panel)

    assert (found.pairs, n(found)) == (1, 1)
    assert [(one.name, one.found.companies) for one in found.raters] == [("Rita Rådgiver", 1)]


@pytest.mark.parametrize("who", ["staff", "advisor", "company", "stranger"])
def test_nobody_but_the_method_owner_finds_it(panel: Panel, who: str) -> None:
    site = panel.site
    owner = a_person(site)
    a_company(site, owners=[owner])
    staff = a_person(site, "stab@fylke.example")
    with site.database.write() as session:
        session.add(ProgrammeStaff(programme_id=panel.programme, person_id=staff, since_utc=NOW))
    people = {
        "staff": staff,
        "advisor": panel.advisors[0],
        "company": owner,
        "stranger": a_person(site, "x@x.example"),
    }

    with pytest.raises(NotThere):
        open_calibration(site, as_actor(site, people[who]), panel.programme, Wanted())


@pytest.mark.parametrize("programme", ["", "x" * 22, "<script>"])
def test_a_programme_that_is_none_of_theirs_is_not_there(panel: Panel, programme: str) -> None:
    with pytest.raises(NotThere):
        open_calibration(panel.site, panel.owner, programme, Wanted())


def test_who_is_no_method_owner_any_more_finds_nothing_with_roles_from_before(panel: Panel) -> None:
    with panel.site.database.write() as session:
        session.scalars(select(ProgrammeStaff)).one().is_method_owner = False

    with pytest.raises(NotThere):
        opened(panel)


def test_an_answer_that_came_in_twice_counts_once_as_it_was_first(panel: Panel) -> None:
    """By the second time the company has been told what the advisor made of it."""
    panel.rate({AMBITION: (4, 1)})
    with panel.site.database.write() as session:
        row = session.scalars(select(Assessment)).one()
        sha = panel.site.shelf.open(CIRCULAR, "1.0.0").plan.sha256
        second = {AMBITION: (1, 1), MEASUREMENT: (2, 2)}
        panel.hand_in(row.id, second, by=0, number=2, sha=sha, states={}, session=session)
    panel.rate_all([{AMBITION: (3, 3)}] * 4)

    found = opened(panel)

    assert (n(found), n(found, MEASUREMENT)) == (5, 1)
    assert found.line(AMBITION).compared.agreement.bias == Fraction(3, 5)


def test_what_a_company_was_asked_to_look_at_again_counts_no_more(panel: Panel) -> None:
    panel.rate({AMBITION: (3, 3), MEASUREMENT: (2, 2)}, number=2)
    with panel.site.database.write() as session:
        row = session.scalars(select(Assessment)).one()
        session.add(
            ReviewRequest(
                assessment_id=row.id, number=1, question_id=AMBITION, reason="Se på den.", at_utc=NOW
            )
        )

    found = opened(panel)

    assert (n(found), n(found, MEASUREMENT)) == (0, 1)


@pytest.mark.parametrize(
    "changed",
    [
        {"state": "draft"},
        {"states": {AMBITION: "unknown"}},
        {"states": {AMBITION: "not_applicable"}},
        {"sha": "0" * 64},
    ],
    ids=["taken back", "unknown", "not relevant", "another definition"],
)
def test_what_is_no_choice_of_this_question_does_not_count(panel: Panel, changed: dict[str, object]) -> None:
    panel.rate({AMBITION: (3, 3)}, **changed)  # type: ignore[arg-type]  # as the table says

    assert opened(panel).pairs == 0


def test_a_figure_is_no_choice(panel: Panel) -> None:
    """It is rated by somebody who sees it."""
    plan = panel.site.shelf.open(CIRCULAR, "1.0.0").plan
    figure = next(one.question.id for one in plan.questions if one.score and one.question.kind == "number")
    panel.rate({figure: (3, 3), AMBITION: (2, 2)})

    assert opened(panel).pairs == 1


def test_what_was_chosen_in_sight_of_the_companys_does_not_count(panel: Panel) -> None:
    panel.rate({AMBITION: (3, 3)})
    with panel.site.database.write() as session:
        session.scalars(select(QuestionReview)).one().was_blind = False

    assert opened(panel).pairs == 0


def test_a_company_that_has_left_the_programme_takes_its_pairs_along(panel: Panel) -> None:
    company = panel.company()
    panel.rate({AMBITION: (3, 3)}, company=company)
    with panel.site.database.write() as session:
        session.execute(delete(Participation).where(Participation.organisation_id == company))

    assert opened(panel).pairs == 0


def test_first_and_later_rounds_share_no_pair(panel: Panel) -> None:
    """Next year's is a round of its own period, and comes after another all the same."""
    company = panel.company()
    first = panel.rate({AMBITION: (3, 3)}, company=company)
    second = panel.rate({AMBITION: (3, 2)}, company=company, previous_id=first)
    panel.rate({AMBITION: (3, 1)}, company=company, previous_id=second, round=2)

    assert [opened(panel, rounds=rounds).pairs for rounds in ("first", "later", "", "all")] == [1, 2, 1, 1]


def test_what_an_address_asks_for_and_is_not_there_is_what_most_is_known_of(panel: Panel) -> None:
    panel.rate({AMBITION: (3, 3)})

    chosen = [
        opened(panel, of=of).chosen.key for of in ("", "x@1.0.0", "sustainability_reporting@1.0.0", "@")
    ]

    assert chosen == [f"{CIRCULAR}@1.0.0"] * 2 + ["sustainability_reporting@1.0.0", f"{CIRCULAR}@1.0.0"]


def test_versions_are_counted_together_where_they_ask_the_same(panel: Panel) -> None:
    """A later version has another wording of one question; each way of asking it keeps its pairs."""
    shelf = panel.site.shelf
    old = shelf.open(CIRCULAR, "1.0.0")
    questionnaire = old.plan.questionnaire
    texts = {code: dict(words) for code, words in questionnaire.texts.items()}
    texts["nb"][f"questions/{MEASUREMENT}/text"] = "Hva måler dere nå?"
    newer = questionnaire.model_copy(update={"version": "1.1.0", "texts": texts})
    plan = replace(old.plan, questionnaire=newer, sha256="1" * 64)
    shelf._found[CIRCULAR, "1.1.0"] = replace(old, plan=plan, number="1.1.0")
    try:
        panel.rate({AMBITION: (3, 3), MEASUREMENT: (3, 3)})
        panel.rate({AMBITION: (2, 2), MEASUREMENT: (2, 2)}, version="1.1.0", sha="1" * 64)
        first, second = (opened(panel, of=f"{CIRCULAR}@{number}") for number in ("1.0.0", "1.1.0"))
    finally:
        del shelf._found[CIRCULAR, "1.1.0"]

    assert [(n(one), n(one, MEASUREMENT)) for one in (first, second)] == [(2, 1), (2, 1)]
    assert first.line(AMBITION).compared.versions == ("1.0.0", "1.1.0")
    assert first.line(MEASUREMENT).compared.versions == ("1.0.0",)
    assert second.line(MEASUREMENT).compared.versions == ("1.1.0",)
    assert [one.key for one in second.versions if CIRCULAR in one.key] == [
        f"{CIRCULAR}@1.0.0",
        f"{CIRCULAR}@1.1.0",
    ]


def test_an_erased_advisor_has_no_line_and_their_ratings_still_count_for_the_others(panel: Panel) -> None:
    panel.rate_all([{AMBITION: (3, 2)}] * 30, by=0)
    panel.rate_all([{AMBITION: (3, 3)}] * 30, by=1)
    with panel.site.database.write() as session:
        session.delete(session.get_one(Person, panel.advisors[1]))

    (rita,) = opened(panel).raters

    assert (rita.name, rita.found.drift, rita.found.others_n) == ("Rita Rådgiver", 1, 30)


def test_whoever_rates_for_somebody_else_is_not_named_and_counts_among_the_others(panel: Panel) -> None:
    panel.rate_all([{AMBITION: (3, 2)}] * 30, by=0)
    panel.rate_all([{AMBITION: (3, 3)}] * 30, by=1)
    with panel.site.database.write() as session:
        session.delete(session.get_one(ProgrammeAdvisor, (panel.programme, panel.advisors[1])))

    (rita,) = opened(panel).raters

    assert (rita.name, rita.found.drift, rita.found.others_n) == ("Rita Rådgiver", 1, 30)


def test_every_hand_in_is_read_once_however_many_of_its_answers_were_rated(panel: Panel) -> None:
    plan = panel.site.shelf.open(CIRCULAR, "1.0.0").plan
    scored = (one.question for one in plan.questions if one.score is not None)
    questions = [one.id for one in scored if one.kind == "single_choice"][:8]
    panel.rate_all([dict.fromkeys(questions, (3, 3))] * 6)

    with counted(panel.site) as asked:
        found = opened(panel)

    assert found.pairs == 48
    assert len([one for one in asked if one.startswith("SELECT")]) == 5
    assert not any("submission.answers" in one for one in asked)
