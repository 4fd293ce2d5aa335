"""The papers of a gathering: no name and no gap without consent, and never one that is out of date."""

from __future__ import annotations

from pathlib import Path

import pytest

from assessment.gathering.seats import Settings
from questionnaires.values import Language
from reports.gathering.pack import PackKind
from tests.webapp.services.gatheringworld import Gathering
from tests.webapp.services.printing import stand_in
from tests.webapp.sites import NOW
from webapp.errors import NotThere, Refused
from webapp.services import gatheringpapers, gatheringseats
from webapp.services.gatheringprinting import keep_paper, prepare_paper
from webapp.services.jobs import JobFailed, claim, due, finish


@pytest.fixture
def gathering(tmp_path: Path) -> Gathering:
    made = Gathering(tmp_path)
    gatheringseats.save_settings(made.turn(), Settings(2, 8, tables=1))
    made.seat()
    return made


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
