"""The commands that run an installation: what they print, what they change, and how they end."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.webapp.conftest import Kretslop, Run
from tests.webapp.services.canaries import Nest, a_copied_nest
from tests.webapp.sites import NOW, a_company, a_person, a_programme, as_actor, make_site
from webapp.db.tables.assessments import Submission
from webapp.db.tables.organisations import AdvisorAssignment, ProgrammeStaff
from webapp.db.tables.people import BrowserSession, Membership, Person
from webapp.db.tables.work import AuditEvent
from webapp.services.site import Site
from webapp.services.trial import start_trial

OWNER, MEMBER = "kanari-eier@a.example", "kanari-kollega@a.example"


@dataclass
class Shop:
    """An installation that the environment names, and its commands."""

    nest: Nest
    run: Kretslop

    @property
    def site(self) -> Site:
        return self.nest.site

    def actions(self) -> list[str]:
        with self.site.database.read() as session:
            return list(session.scalars(select(AuditEvent.action).order_by(AuditEvent.id)))


def name(monkeypatch: pytest.MonkeyPatch, site: Site) -> None:
    """Have the environment name an installation."""
    monkeypatch.setenv("KRETSLOP_DATA_DIR", str(site.settings.data_dir))
    monkeypatch.setenv("KRETSLOP_DATABASE_URL", site.settings.database)
    monkeypatch.setenv("KRETSLOP_REGISTER_OFFLINE", "true")


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kretslop: Kretslop) -> Shop:
    nest = a_copied_nest(tmp_path / "one")
    name(monkeypatch, nest.site)
    return Shop(nest, kretslop)


def well(run: Run) -> Run:
    assert run.code == 0, run.err
    return run


# --- users ---------------------------------------------------------------------------------------


def test_everybody_is_listed_with_what_they_are(shop: Shop) -> None:
    start_trial(shop.site.database, "nb", NOW, shop.site.settings)

    listed = well(shop.run("users", "list", "--json")).json()
    lines = well(shop.run("users", "list")).text.splitlines()

    assert [(one["email"], one["roles"]) for one in listed] == [
        (OWNER, {"owner": 1}),
        (MEMBER, {"member": 1}),
    ]
    assert [line.split("\t")[0] for line in lines] == [OWNER, MEMBER]
    assert len(well(shop.run("users", "list", "--trials", "--json")).json()) == 3


def test_a_link_signs_somebody_in_and_is_recorded(shop: Shop) -> None:
    printed = well(shop.run("users", "link", f" {OWNER.upper()} "))
    said = well(shop.run("users", "link", OWNER, "--json")).json()

    assert printed.text.startswith("http://127.0.0.1:8000/nb/signin/")
    assert said["minutes"] == 15
    assert shop.actions()[-2:] == ["link_made_by_operator"] * 2


def test_an_advisor_is_added_from_one_day_until_another(shop: Shop) -> None:
    company = a_company(shop.site, "Tidsbestemt AS", "923609016")
    named = ("users", "add-advisor", "vikar@fylke.example", "--organisation", "923609016")

    well(shop.run(*named, "--from", "2099-03-05", "--until", "2099-03-10"))

    def held() -> list[tuple[datetime, datetime | None]]:
        with shop.site.database.read() as session:
            rows = session.scalars(
                select(AdvisorAssignment).where(AdvisorAssignment.organisation_id == company)
            )
            return [(row.from_utc, row.until_utc) for row in rows]

    first, last = datetime(2099, 3, 4, 23, tzinfo=UTC), datetime(2099, 3, 10, 23, tzinfo=UTC)
    assert held() == [(first, last)]  # whole days in Oslo
    well(shop.run(*named, "--until", "2099-03-12"))
    assert held() == [(first, datetime(2099, 3, 12, 23, tzinfo=UTC))]


@pytest.mark.parametrize(
    ("days", "code", "said"),
    [
        (("--from", "2020-01-01"), 1, "That day is over."),
        (("--from", "2099-03-05", "--until", "2099-03-04"), 1, "The last day is before the first."),
        (("--from", "i morgen"), 2, "'i morgen' is no day such as 2027-03-01"),
    ],
)
def test_days_that_cannot_be_are_refused(shop: Shop, days: tuple[str, ...], code: int, said: str) -> None:
    run = shop.run("users", "add-advisor", "v@fylke.example", "--organisation", "974760673", *days)

    assert (run.code, said in run.err) == (code, True)


def test_staff_are_added_by_the_name_of_the_programme_and_made_where_they_are_new(shop: Shop) -> None:
    programme = a_programme(shop.site, "Sirkulær region")

    person = well(
        shop.run(
            "users",
            "add-staff",
            "Ny@Fylke.Example",
            "--programme",
            "Sirkulær region",
            "--name",
            "Ny",
            "--lang",
            "nn",
            "--json",
        )
    ).json()["person"]
    well(shop.run("users", "add-staff", "ny@fylke.example", "--programme", programme))

    with shop.site.database.read() as session:
        row = session.get_one(Person, person)
        assert (row.email, row.name, row.language) == ("ny@fylke.example", "Ny", "nn")
        assert session.scalars(select(ProgrammeStaff.person_id)).all() == [person]
    assert shop.actions()[-2:] == ["person_added_by_operator", "staff_added_by_operator"]


def test_a_method_owner_is_made_and_unmade_and_stays_what_they_are_else(shop: Shop) -> None:
    programme = a_programme(shop.site, "Sirkulær region")
    named = ("users", "add-staff", "metode@fylke.example", "--programme", programme)

    def is_owner_after(*said: str) -> bool:
        well(shop.run(*named, *said))
        with shop.site.database.read() as session:
            return session.scalars(select(ProgrammeStaff)).one().is_method_owner

    said = ((), ("--method-owner",), (), ("--method-owner",), ("--no-method-owner",))
    assert [is_owner_after(*one) for one in said] == [False, True, True, True, False]
    wanted = ["staff_added", "method_owner_added", "method_owner_removed"]
    assert shop.actions()[-3:] == [f"{action}_by_operator" for action in wanted]


def test_a_programme_that_is_not_there_is_answered_with_those_that_are(shop: Shop) -> None:
    a_programme(shop.site, "Sirkulær region")

    run = shop.run("users", "add-staff", "ny@fylke.example", "--programme", "Annet")

    assert run.code == 1
    assert "Sirkulær region" in run.err


def test_advisors_are_added_by_number_once_and_again_after_they_left(shop: Shop) -> None:
    for _ in range(2):
        well(shop.run("users", "add-advisor", "r@fylke.example", "--organisation", "974 760 673"))
    with shop.site.database.write() as session:
        assigned = session.scalars(select(AdvisorAssignment)).one()
        assigned.until_utc = assigned.from_utc
    well(shop.run("users", "add-advisor", "r@fylke.example", "--organisation", shop.nest.company))

    with shop.site.database.read() as session:
        assert session.scalars(select(AdvisorAssignment.until_utc)).all() == [None]
    assert shop.actions().count("advisor_added_by_operator") == 2


def test_a_number_that_several_set_up_must_be_told_apart(shop: Shop) -> None:
    other = a_company(shop.site, "Kanarifirma AS", "974760673")

    run = shop.run("users", "add-advisor", "r@fylke.example", "--organisation", "974760673")
    none = shop.run("users", "add-advisor", "r@fylke.example", "--organisation", "1")

    assert (run.code, none.code) == (1, 1)
    assert other in run.err
    assert shop.nest.company in run.err
    assert "no organisation" in none.err


def test_who_advises_a_company_no_more_is_out_at_once(shop: Shop) -> None:
    person = well(
        shop.run("users", "add-advisor", "r@fylke.example", "--organisation", shop.nest.company, "--json")
    ).json()["person"]
    assert as_actor(shop.site, person, datetime.now(UTC)).roles

    well(shop.run("users", "remove-advisor", "r@fylke.example", "--organisation", "974 760 673"))

    assert not as_actor(shop.site, person, datetime.now(UTC)).roles
    again = shop.run("users", "remove-advisor", "r@fylke.example", "--organisation", shop.nest.company)
    assert (again.code, "do not advise" in again.err) == (1, True)
    assert shop.actions()[-1] == "advisor_removed_by_operator"


def test_who_runs_a_programme_no_more_is_out_at_once(shop: Shop) -> None:
    a_programme(shop.site, "Sirkulær region", companies=[shop.nest.company])
    named = ("--programme", "Sirkulær region")
    person = well(shop.run("users", "add-staff", "s@fylke.example", *named, "--json")).json()["person"]
    assert as_actor(shop.site, person, datetime.now(UTC)).roles

    well(shop.run("users", "remove-staff", "s@fylke.example", *named))

    assert not as_actor(shop.site, person, datetime.now(UTC)).roles
    again = shop.run("users", "remove-staff", "s@fylke.example", *named)
    assert (again.code, "do not run" in again.err) == (1, True)


def test_a_company_is_taken_out_of_a_programme(shop: Shop) -> None:
    a_programme(shop.site, "Sirkulær region", companies=[shop.nest.company])
    named = ("--programme", "Sirkulær region", "--organisation", "974760673")

    assert well(shop.run("users", "end-participation", *named, "--json")).json() == {
        "organisations": [shop.nest.company]
    }

    again = shop.run("users", "end-participation", *named)
    assert (again.code, "takes part" in again.err) == (1, True)
    assert shop.actions()[-1] == "participation_ended_by_operator"


def test_what_is_no_address_is_refused(shop: Shop) -> None:
    run = shop.run("users", "add-advisor", "ikke-en-adresse", "--organisation", shop.nest.company)

    assert (run.code, run.err) == (1, "That is not an e-mail address.\n")


def test_somebody_is_signed_out_everywhere(shop: Shop) -> None:
    assert well(shop.run("users", "end-sessions", OWNER, "--json")).json() == {"ended": 1}

    with shop.site.database.read() as session:
        assert session.scalars(select(BrowserSession.person_id)).all() == [shop.nest.member_id]
    assert shop.actions()[-1] == "sessions_ended_by_operator"


def test_somebody_is_erased_where_that_is_meant(shop: Shop) -> None:
    asked = shop.run("users", "erase", MEMBER)
    done = well(shop.run("users", "erase", MEMBER, "--yes", "--json"))

    assert (asked.code, "--yes" in asked.err) == (2, True)
    assert done.json() == {"erased": shop.nest.member_id}
    with shop.site.database.read() as session:
        assert session.get(Person, shop.nest.member_id) is None


@pytest.mark.parametrize(("typed", "code"), [("yes\n", 0), ("no\n", 2), ("\n", 2)])
def test_a_person_at_the_terminal_is_asked(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, typed: str, code: int
) -> None:
    class Terminal:
        def isatty(self) -> bool:
            return True

        def readline(self) -> str:
            return typed

    monkeypatch.setattr(sys, "stdin", Terminal())

    assert shop.run("users", "erase", MEMBER).code == code


def test_the_last_owner_is_not_erased(shop: Shop) -> None:
    run = shop.run("users", "erase", OWNER, "--yes")

    assert (run.code, "Kanarifirma AS" in run.err) == (1, True)


@pytest.mark.parametrize("command", ["link", "end-sessions", "erase"])
def test_somebody_unknown_is_a_problem(shop: Shop, command: str) -> None:
    more = ("--yes",) if command == "erase" else ()

    run = shop.run("users", command, "ingen@a.example", *more)

    assert (run.code, run.text) == (1, "")
    assert run.err == "Nobody is registered with that address.\n"


# --- keeping and checking ------------------------------------------------------------------------


def test_a_backup_is_made_and_brought_back(
    shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "backup"
    said = well(shop.run("backup", folder, "--json")).json()
    refused = shop.run("restore", folder)
    monkeypatch.delenv("KRETSLOP_DATABASE_URL")
    two = make_site(tmp_path / "two")
    name(monkeypatch, two)

    restored = well(shop.run("restore", folder, "--json")).json()

    assert said["files"] == 1 + 4
    assert (refused.code, "--force" in refused.err) == (1, True)
    assert restored["files"] == 4
    with two.database.read() as session:
        assert set(session.scalars(select(Membership.person_id))) == {shop.nest.owner_id, shop.nest.member_id}


def test_people_are_told_what_a_backup_holds(shop: Shop, tmp_path: Path) -> None:
    run = well(shop.run("backup", tmp_path / "backup"))
    again = shop.run("backup", tmp_path / "backup")
    empty = shop.run("restore", tmp_path)

    assert "the database and 4 files" in run.text
    assert (again.code, again.err) == (1, "The folder is not empty. Name a new one.\n")
    assert (empty.code, "manifest.json" in empty.err) == (1, True)


def test_a_backup_without_a_lost_file_is_a_problem_and_names_it(shop: Shop, tmp_path: Path) -> None:
    key = next(iter(shop.site.files.list_keys("documents")))
    shop.site.files.delete(key)

    run = shop.run("backup", tmp_path / "backup")

    assert run.code == 1
    assert key in run.err


def test_scores_are_verified(shop: Shop) -> None:
    assert well(shop.run("verify-scores", "--json")).json() == {"checked": 1, "differing": 0}
    with shop.site.database.write() as session:
        row = session.scalars(select(Submission)).one()
        row.result = row.result.replace('"raw_level": 2', '"raw_level": 3', 1)

    run, words = shop.run("verify-scores", "--json"), shop.run("verify-scores")

    differing, summary = run.lines()
    assert (run.code, words.code) == (1, 1)
    assert (differing["reason"], summary) == ("result_differs", {"checked": 1, "differing": 1})
    assert differing["assessment_id"] == shop.nest.handed_in
    assert "raw_level" in words.text
    assert "1 results checked, 1 differ." in words.err


def test_retention_says_what_it_would_erase_and_what_it_did(shop: Shop) -> None:
    a_person(shop.site, "gammel@a.example")
    with shop.site.database.write() as session:
        old = session.scalars(select(Person).where(Person.email == "gammel@a.example")).one()
        old.seen_utc = old.seen_utc.replace(year=2015)

    dry = well(shop.run("retention", "--dry-run", "--json")).json()
    words = well(shop.run("retention", "--dry-run")).text
    done = well(shop.run("retention", "--json")).json()

    assert (dry["dry_run"], done["dry_run"]) == (True, False)
    assert dry["counts"] == done["counts"]
    assert done["counts"]["people"] == 1
    assert words.startswith("Would erase:")
    assert "       1 people without an organisation" in words


def test_a_database_without_tables_is_told_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kretslop: Kretslop
) -> None:
    monkeypatch.setenv("KRETSLOP_DATA_DIR", str(tmp_path / "none"))
    monkeypatch.delenv("KRETSLOP_DATABASE_URL", raising=False)

    for command in (("users", "list"), ("verify-scores",), ("retention",)):
        run = kretslop(*command)
        assert (run.code, run.text) == (1, "")
        assert "kretslop db upgrade" in run.err


def test_a_backup_of_no_database_is_a_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kretslop: Kretslop
) -> None:
    monkeypatch.setenv("KRETSLOP_DATA_DIR", str(tmp_path / "none"))
    monkeypatch.delenv("KRETSLOP_DATABASE_URL", raising=False)

    run = kretslop("backup", tmp_path / "backup")

    assert run.code == 1
    assert "kretslop db upgrade" in run.err
