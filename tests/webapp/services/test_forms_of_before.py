"""Forms that were shown before somebody else changed some of what they say."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.webapp.services.gatheringworld import a_gathering
from tests.webapp.services.intakes import Intake, wanted
from tests.webapp.sites import NOW
from webapp.errors import Refused
from webapp.services import cohorts, consents
from webapp.services.boxes import ticked


def test_a_box_that_its_writer_left_alone_stays_as_it_is_by_now() -> None:
    shown = {"a", "b"}

    assert ticked({"a", "b"}, marked={"b", "c"}, shown=shown) == {"b", "c"}
    assert ticked({"b"}, marked={"a", "b", "c"}, shown=shown) == {"b", "c"}
    assert ticked({"a", "b", "d"}, marked={"a", "b"}, shown=shown) == {"a", "b", "d"}
    assert ticked({"a", "b", "c"}, marked=(), shown=shown) == {"c"}


def test_what_a_colleague_has_withdrawn_is_not_given_again_from_an_older_page(tmp_path: Path) -> None:
    gathering = a_gathering(tmp_path)
    where = (gathering.site, gathering.actor("alfa1"), gathering.companies["alfa"], gathering.cohort)
    page = consents.own_cohort(*where).given
    assert "tables" in page

    consents.save_consents(*where, uses=page - {"tables"}, shown=page, now=NOW)
    consents.save_consents(*where, uses=page | {"symbiosis"}, shown=page, now=NOW)

    assert consents.own_cohort(*where).given == page - {"tables"} | {"symbiosis"}


def test_what_a_colleague_has_written_of_a_cohort_meanwhile_stays(tmp_path: Path) -> None:
    intake, page = Intake(tmp_path), wanted()
    base = intake.base()
    later = page.opens_on + timedelta(days=30)
    intake.change(replace(page, deadline_on=later), base=base)

    with pytest.raises(Refused, match="changed_since"):
        intake.change(replace(page, note="Nytt notat"), base=base)

    _, line = cohorts.open_cohort(intake.site, intake.staff, intake.programme, intake.cohort, NOW)
    assert (line.deadline_on, line.note) == (later, "")
