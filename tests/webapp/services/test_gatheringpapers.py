"""The papers of a gathering: no name and no gap without consent, and never one that is out of date."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from questionnaires.values import Language
from reports.gathering.pack import PackKind
from tests.webapp.services.gatheringworld import Gathering, a_seated_gathering
from tests.webapp.services.printing import stand_in
from tests.webapp.sites import NOW
from webapp.db.ids import new_id
from webapp.db.tables.organisations import Organisation
from webapp.errors import NotThere, Refused
from webapp.services import gatheringpapers, ideas, privacy, retention
from webapp.services.gatheringprinting import keep_paper, prepare_paper
from webapp.services.ideas import WantedIdea
from webapp.services.jobs import JobFailed, claim, due, finish
from webapp.services.personal_copy import personal_copy


@pytest.fixture
def gathering(tmp_path: Path) -> Gathering:
    return a_seated_gathering(tmp_path)


def state(gathering: Gathering, kind: PackKind, language: Language = "nb") -> tuple[str, str]:
    papers = gatheringpapers.list_papers(gathering.site, gathering.staff, gathering.programme, gathering.id)
    [found] = [one for one in papers if (one.kind, one.language) == (kind, language)]
    return found.id, found.state


def order(gathering: Gathering, kind: PackKind) -> None:
    gatheringpapers.order_paper(
        gathering.site, gathering.staff, gathering.programme, gathering.id, kind, language="nb", now=NOW
    )


def work(gathering: Gathering) -> list[str]:
    """Do every job of papers; the pages they were made from."""
    pages, database = [], gathering.site.database
    for job_id in due(database, ("render_paper",), NOW):
        claimed = claim(database, job_id, NOW)
        assert claimed is not None
        to_print = prepare_paper(gathering.site, str(claimed.body["paper"]))
        assert to_print is not None
        keep_paper(gathering.site, to_print, stand_in(to_print.job))
        pages.append(to_print.job.html)
        finish(database, claimed, NOW)
    return pages


def made(gathering: Gathering, kind: PackKind) -> str:
    order(gathering, kind)
    [page] = work(gathering)
    return page


def test_what_is_printed_names_nobody_without_consent(gathering: Gathering) -> None:
    for kind in ("participants", "tables", "notes", "badges"):
        page = made(gathering, kind)
        assert "Person alfa1" in page, kind
        assert "gamma" not in page, kind


def test_consent_taken_back_makes_what_was_printed_worth_nothing(gathering: Gathering) -> None:
    assert "Person beta1" in made(gathering, "tables")
    paper, before = state(gathering, "tables")
    assert before == "ready"
    assert gatheringpapers.open_paper(gathering.site, gathering.staff, paper, NOW).content.startswith(b"%PDF")

    gathering.consent("beta", ())

    assert state(gathering, "tables")[1] == "outdated"
    with pytest.raises(Refused, match="waiting"):
        gatheringpapers.open_paper(gathering.site, gathering.staff, paper, NOW)
    [page] = work(gathering)
    assert "beta" not in page
    assert len(list(gathering.site.files.list_keys())) == 1


def test_consent_taken_back_while_it_is_printed_is_heard(gathering: Gathering) -> None:
    order(gathering, "badges")
    paper, _ = state(gathering, "badges")
    to_print = prepare_paper(gathering.site, paper)
    assert to_print is not None

    gathering.consent("beta", ())

    with pytest.raises(JobFailed, match="changed_meanwhile"):
        keep_paper(gathering.site, to_print, stand_in(to_print.job))
    assert list(gathering.site.files.list_keys()) == []


def test_ones_own_sheet_is_there_without_consent_and_for_nobody_else(gathering: Gathering) -> None:
    site, own = gathering.site, gathering.actor("gamma1")
    gatheringpapers.order_own(site, own, gathering.id, "nb", NOW)
    [page] = work(gathering)
    [sheet] = [one for one in gatheringpapers.own_papers(site, own, gathering.id, NOW) if one.id]

    assert "Eksempel gamma AS" in page
    assert gatheringpapers.open_paper(site, own, sheet.id, NOW).name.endswith("-own-nb.pdf")
    for who in (gathering.staff, gathering.actor("gamma2"), gathering.actor("stranger")):
        with pytest.raises(NotThere):
            gatheringpapers.open_paper(site, who, sheet.id, NOW)
    staffs = state(gathering, "notes")[0] or "x" * 22
    with pytest.raises(NotThere):
        gatheringpapers.open_paper(site, own, staffs, NOW)


def test_whoever_is_erased_takes_the_papers_and_their_companys_ideas_along(gathering: Gathering) -> None:
    site = gathering.site
    made(gathering, "badges")
    said = WantedIdea("Kanarifugl", 1, gathering.people["alfa2"], "", "", None)
    ideas.add_idea(site, gathering.actor("alfa2"), gathering.id, token=new_id(), wanted=said, now=NOW)
    copy = json.loads(personal_copy(site, gathering.actor("alfa2"), NOW))
    assert [one["idea"] for one in copy["ideas"]] == ["Kanarifugl"]

    privacy.erase_person(site, gathering.people["alfa2"], NOW)

    assert list(site.files.list_keys()) == []
    assert state(gathering, "badges")[1] == "none"
    [idea] = ideas.open_ideas(site, gathering.actor("alfa1"), gathering.id, NOW).ideas
    assert (idea.text, idea.owner, idea.by) == ("Kanarifugl", "", "")
    assert "alfa2" not in made(gathering, "badges")
    privacy.erase_organisation(
        site, gathering.actor("alfa1"), gathering.companies["alfa"], "Eksempel alfa AS", NOW
    )
    assert list(site.files.list_keys()) == []
    assert ideas.open_ideas(site, gathering.staff, gathering.id, NOW).ideas == ()
    assert "alfa" not in made(gathering, "badges")


def test_a_year_later_nobody_knows_who_sat_where_and_ideas_stay_three(gathering: Gathering) -> None:
    site = gathering.site
    made(gathering, "badges")
    said = WantedIdea("Kanarifugl", 1, "", "", "", None)
    ideas.add_idea(site, gathering.actor("alfa2"), gathering.id, token=new_id(), wanted=said, now=NOW)

    with site.database.write() as session:
        for row in session.scalars(select(Organisation)):
            row.active_utc = NOW + timedelta(days=1_100)
    report = retention.run(site, NOW + timedelta(days=367))

    assert {name: report.counts[name] for name in ("gatherings", "gathering_papers", "ideas")} == {
        "gatherings": 1,
        "gathering_papers": 1,
        "ideas": 0,
    }
    assert gathering.room().plan.tables == ()
    assert retention.run(site, NOW + timedelta(days=1_097)).counts["ideas"] == 1
