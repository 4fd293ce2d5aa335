"""The directory of support: who writes it, who looks something up in it, and what stands beside needs."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from assessment.cohort.told import Row, ToldTable
from assessment.support.matching import Wanted
from questionnaires.programme_values import Words
from questionnaires.support import SupportActor, SupportOffer
from tests.webapp.counting import counted
from tests.webapp.sites import (
    NOW,
    a_company,
    a_person,
    a_programme,
    answer_like,
    as_actor,
    example_answers,
    make_site,
)
from webapp.db.queries_support import links_of
from webapp.db.tables.assessments import Submission
from webapp.db.tables.cohorts import Cohort, CohortConsent, CohortMember
from webapp.db.tables.organisations import Organisation
from webapp.errors import NotThere, Refused
from webapp.services import assessments, balancing, directorydesk, linkchecking, programmedesk, submitting
from webapp.services.actor import Actor
from webapp.services.directory import look_up, open_actor
from webapp.services.programmedesk import NewProgramme
from webapp.services.site import Site

LATER = NOW + timedelta(days=1)
LOAN = SupportOffer(
    id="loan", title=Words(nb="Lån", nn="Lån", en="Loan"), help=("financing",), themes=("design",)
)
FUND = SupportActor(
    id="new", name="Eksempelfondet", kind="funding", url="https://fond.example.org", offers=(LOAN,)
)
EMPTY = SupportActor(id="new", name="Eksempelklyngen", kind="cluster")


class Place:
    """A programme with staff, a company in it, and somebody elsewhere."""

    def __init__(self, folder: Path) -> None:
        self.site: Site = make_site(folder)
        people = [a_person(self.site, f"{name}@eksempel.no", name) for name in ("siri", "kari", "else")]
        self.company = a_company(self.site, owners=people[1:2])
        a_company(self.site, "Eksempel Annet AS", "310028142", owners=people[2:])
        self.programme = a_programme(self.site, staff=people[:1], companies=[self.company])
        self.staff, self.owner, self.stranger = (as_actor(self.site, one) for one in people)

    def add(self, said: SupportActor) -> str:
        return directorydesk.add_actor(self.site, self.staff, self.programme, said, NOW)

    def names(self, by: Actor, wanted: Wanted = Wanted()) -> list[str]:  # noqa: B008 - frozen
        return [one.actor.name for one in look_up(self.site, by, wanted, "nb").found]


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def test_companies_see_those_with_an_offer_and_nobody_elsewhere_sees_any(place: Place) -> None:
    fund, empty = place.add(FUND), place.add(EMPTY)

    assert place.names(place.owner) == ["Eksempelfondet"]
    assert place.names(place.owner, Wanted(theme="use")) == []
    assert open_actor(place.site, place.owner, fund).actor.offers == (LOAN,)
    with pytest.raises(NotThere):
        open_actor(place.site, place.owner, empty)
    again = [as_actor(place.site, one.person_id) for one in (place.owner, place.stranger)]
    assert ["support" in one.offered for one in again] == [True, False]
    with pytest.raises(NotThere):
        open_actor(place.site, place.stranger, fund)


def test_an_entry_is_changed_and_its_offers_stay(place: Place) -> None:
    fund = place.add(FUND)
    desk = {"base": 1, "now": LATER}
    said = FUND.model_copy(update={"name": "Eksempelbanken", "offers": ()})

    directorydesk.save_actor(place.site, place.staff, place.programme, fund, said, base=1, now=LATER)
    with pytest.raises(Refused, match=r"support\.changed_since"):
        directorydesk.save_actor(place.site, place.staff, place.programme, fund, said, **desk)  # type: ignore[arg-type]  # of two kinds
    with pytest.raises(Refused, match=r"support\.changed_since"):
        directorydesk.confirm_actor(place.site, place.staff, place.programme, fund, base=1, now=LATER)
    directorydesk.confirm_actor(place.site, place.staff, place.programme, fund, base=2, now=LATER)

    [line] = directorydesk.open_directory(place.site, place.staff, place.programme).lines
    assert (line.actor.id, line.actor.name, line.actor.offers) == (
        "eksempelfondet",
        "Eksempelbanken",
        (LOAN,),
    )
    assert line.actor.checked_on == LATER.date()


def test_offers_come_change_and_go(place: Place) -> None:
    fund = place.add(EMPTY)
    at = (place.site, place.staff, place.programme, fund)

    directorydesk.save_offer(*at, LOAN, offer_id=None, base=1, now=LATER)
    directorydesk.save_offer(*at, LOAN, offer_id=None, base=2, now=LATER)
    dearer = LOAN.model_copy(update={"help": ("financing", "advice")})
    directorydesk.save_offer(*at, dearer, offer_id="lan", base=3, now=LATER)
    directorydesk.remove_offer(*at, offer_id="lan_2", now=LATER)

    [line] = directorydesk.open_directory(place.site, place.staff, place.programme).lines
    assert [(one.id, one.help) for one in line.actor.offers] == [("lan", ("financing", "advice"))]
    with pytest.raises(NotThere):
        directorydesk.remove_offer(*at, offer_id="lan_2", now=LATER)


def test_a_name_is_there_once_and_only_staff_write(place: Place) -> None:
    place.add(FUND)

    with pytest.raises(Refused, match=r"support\.there"):
        place.add(FUND.model_copy(update={"name": "EKSEMPELFONDET"}))
    with pytest.raises(NotThere):
        directorydesk.add_actor(place.site, place.owner, place.programme, FUND, NOW)


def test_a_directory_is_carried_in_the_file_of_its_programme(place: Place) -> None:
    place.add(FUND)
    name, content = programmedesk.programme_file(place.site, place.staff, place.programme)

    template = programmedesk.read_programme_file(place.site, content, name)
    new = programmedesk.set_up(
        place.site, place.staff, NewProgramme("Nytt", "Eksempel", "p@eksempel.no"), template, NOW
    )

    carried = programmedesk.exported(place.site, new).decode()
    assert "Eksempelfondet" in carried
    assert "loan" in carried


def test_a_page_that_is_gone_is_told_to_staff_and_companies(place: Place) -> None:
    fund = place.add(FUND)

    linkchecking.check_all(place.site, lambda _address: "gone", NOW)

    [line] = directorydesk.open_directory(place.site, place.staff, place.programme).lines
    assert line.dead == (("https://fond.example.org", "gone"),)
    assert open_actor(place.site, place.owner, fund).dead == {"https://fond.example.org"}
    with place.site.database.read() as session:
        assert [one.failures for one in links_of(session, [fund])] == [1]


def consent(place: Place, organisation_id: str, *uses: str) -> None:
    """In a cohort of the programme, having said yes to some uses."""
    with place.site.database.write() as session:
        cohort = session.query(Cohort).first() or Cohort(
            programme_id=place.programme,
            name="Kull",
            note="",
            opens_on=NOW.date(),
            prework="{}",
            created_utc=NOW,
        )
        session.add(cohort)
        session.flush()
        session.add(CohortMember(cohort_id=cohort.id, organisation_id=organisation_id, joined_utc=NOW))
        for use in uses:
            word = {"cohort_id": cohort.id, "organisation_id": organisation_id, "at_utc": NOW}
            session.add(CohortConsent(use=use, is_given=True, **word))


def answer_with_support(place: Place, company: str = "") -> None:
    """Have a company of the owner, or the first one, say what it offers others."""
    answers = example_answers("eksempel_industriklynge/collaboration")
    owner = as_actor(place.site, place.owner.person_id)
    wanted = assessments.Wanted(company or place.company, "collaboration", "advanced", "2025")
    id_ = assessments.start_assessment(place.site, owner, wanted, NOW)
    answer_like(place.site, owner, id_, answers)
    submitting.submit(place.site, owner, id_, 0, NOW)


def test_who_answers_what_it_offers_is_named_only_with_its_yes(place: Place) -> None:
    answer_with_support(place)
    place.add(FUND)

    assert balancing.open_balance(place.site, place.staff, place.programme).helpers == ()
    consent(place, place.company, "tables")

    with place.site.database.read() as session:
        name = session.get_one(Organisation, place.company).name
    found = balancing.open_balance(place.site, place.staff, place.programme)
    assert (found.helpers, found.has_figures, found.short) == ((name,), False, ())
    by_theme = {one.theme: (one.actors, one.named) for one in found.themes}
    assert by_theme["design"] == (("Eksempelfondet",), (name,))
    assert by_theme["use"] == ((), ())
    with pytest.raises(NotThere):
        balancing.open_balance(place.site, place.owner, place.programme)


def test_what_everybody_offers_is_read_at_once(place: Place) -> None:
    answer_with_support(place)
    consent(place, place.company, "tables")
    with counted(place.site) as alone:
        balancing.open_balance(place.site, place.staff, place.programme)
    other = a_company(place.site, "Eksempel Fylke", None, owners=[place.owner.person_id])
    answer_with_support(place, other)
    consent(place, other, "tables")

    with counted(place.site) as both:
        found = balancing.open_balance(place.site, place.staff, place.programme)

    assert len(found.helpers) == 2
    assert len(both) == len(alone)


def test_answers_that_cannot_be_read_any_more_name_nobody(place: Place) -> None:
    answer_with_support(place)
    consent(place, place.company, "tables")
    with place.site.database.write() as session:
        for row in session.scalars(select(Submission)):
            row.answers = "{}"

    assert balancing.open_balance(place.site, place.staff, place.programme).helpers == ()


def test_released_levels_are_laid_beside_the_help_there_is(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.add(FUND)
    told = ToldTable(
        "level.use", "level.use", None, (("none_or_0", "1"), ("2", "3", "4")), (Row((), (12, 8)),)
    )

    monkeypatch.setattr(balancing, "_told", lambda *_: [told])
    found = balancing.open_balance(place.site, place.staff, place.programme)

    assert [(one.theme, one.supply) for one in found.short] == [("use", "none")]
