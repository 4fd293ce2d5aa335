"""Ideas from a table: once however often they are sent, seen by whom they should be, followed up by two."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete

from tests.webapp.counting import counted
from tests.webapp.services.gatheringworld import Gathering, a_seated_gathering
from tests.webapp.services.mornings import DAY, MORNING, to, told
from tests.webapp.services.post import text_of
from tests.webapp.sites import NOW
from webapp.db.ids import new_id
from webapp.db.tables.people import Membership
from webapp.errors import NotThere, Refused
from webapp.services import gatheringdesk, ideafiles, ideas
from webapp.services.ideas import Followed, Idea, WantedIdea

IDEA = WantedIdea("Dele trevirke", 1, "", "", "Ringe Beta", date(2026, 4, 1))


@pytest.fixture
def gathering(tmp_path: Path) -> Gathering:
    return a_seated_gathering(tmp_path)


def write(gathering: Gathering, who: str, wanted: WantedIdea = IDEA, token: str = "") -> None:
    ideas.add_idea(
        gathering.site,
        gathering.actor(who),
        gathering.id,
        token=token or new_id(),
        wanted=wanted,
        now=NOW,
    )


def seen(gathering: Gathering, who: str) -> tuple[Idea, ...]:
    return ideas.open_ideas(gathering.site, gathering.actor(who), gathering.id, NOW).ideas


def test_the_same_form_sent_twice_keeps_one_idea(gathering: Gathering) -> None:
    token = new_id()

    write(gathering, "alfa1", token=token)
    write(gathering, "alfa1", token=token)
    write(gathering, "alfa2", token=token)
    write(gathering, "alfa1", replace(IDEA, text="Enda en, fra samme skjema"), token=token)

    assert len(seen(gathering, "staff")) == 3


def test_ideas_of_many_take_as_many_questions_as_one(gathering: Gathering) -> None:
    questions = []
    for who in ("alfa1", "beta1", "gamma1"):
        write(gathering, who, replace(IDEA, owner_id=gathering.people[who]))
        with counted(gathering.site) as asked:
            found = seen(gathering, "staff")
        questions.append(len(asked))

    assert {one.company for one in found} == {f"Eksempel {name} AS" for name in ("alfa", "beta", "gamma")}
    assert len(set(questions)) == 1


def test_an_idea_is_seen_at_its_table_without_who_wrote_it(gathering: Gathering) -> None:
    write(gathering, "alfa1", replace(IDEA, owner_id=gathering.people["gamma1"]))

    [at_table] = seen(gathering, "beta1")
    assert (at_table.text, at_table.by, at_table.company, at_table.owner) == (IDEA.text, "", "", "")
    assert not at_table.may_change
    [own] = seen(gathering, "alfa2")
    assert (own.by, own.owner, own.may_change) == ("Person alfa1", "", True)
    assert seen(gathering, "staff")[0].owner == ""


def test_what_is_written_without_consent_stays_with_its_company_and_staff(gathering: Gathering) -> None:
    write(gathering, "gamma1", replace(IDEA, owner_id=gathering.people["gamma2"]))

    assert seen(gathering, "beta1") == ()
    assert [one.owner for one in seen(gathering, "gamma2")] == ["Person gamma2"]
    assert [one.company for one in seen(gathering, "staff")] == ["Eksempel gamma AS"]
    gathering.consent("gamma", ("tables",))
    assert [one.owner for one in seen(gathering, "beta1")] == ["Person gamma2"]


def test_two_follow_up_and_the_second_is_told(gathering: Gathering) -> None:
    write(gathering, "alfa1", replace(IDEA, owner_id=gathering.people["beta1"]))
    [idea] = seen(gathering, "beta2")
    said = Followed("done", "Dele trevirke og kapp", "Ringte", None, idea.version)

    def follow(who: str) -> None:
        ideas.follow_up(gathering.site, gathering.actor(who), gathering.id, idea.id, said=said, now=NOW)

    with pytest.raises(NotThere):
        follow("delta1")
    follow("beta2")
    with pytest.raises(Refused, match="changed_meanwhile"):
        follow("staff")
    [after] = seen(gathering, "staff")
    assert (after.state, after.text, after.next_step, after.due_on, after.owner) == (
        "done",
        "Dele trevirke og kapp",
        "Ringte",
        None,
        "Person beta1",
    )


def test_ideas_are_for_the_day_and_for_those_who_come(gathering: Gathering) -> None:
    with pytest.raises(Refused, match="ideas_early"):
        ideas.add_idea(
            gathering.site,
            gathering.actor("alfa1"),
            gathering.id,
            token=new_id(),
            wanted=IDEA,
            now=NOW - timedelta(days=1),
        )
    with pytest.raises(NotThere):
        write(gathering, "stranger")


def test_the_file_is_for_staff_and_harmless_in_a_spreadsheet(gathering: Gathering) -> None:
    write(gathering, "alfa1", replace(IDEA, text="=1+1", owner="Kari Eksempel"))

    file = ideafiles.csv_of(gathering.site, gathering.staff, gathering.id, "nb", NOW)

    lines = file.content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Bord;Idé;Følges opp av")
    assert "'=1+1;Kari Eksempel;Ringe Beta;2026-04-01;Åpen;Eksempel alfa AS" in lines[1]
    with pytest.raises(NotThere):
        ideafiles.csv_of(gathering.site, gathering.actor("alfa1"), gathering.id, "nb", NOW)


def test_who_goes_on_with_an_idea_is_told_once_when_its_day_has_come(gathering: Gathering) -> None:
    staff = gathering.people["staff"]
    gatheringdesk.save_guests(gathering.turn(), there=gathering.comers(), facilitators=[staff])
    due = replace(IDEA, owner_id=gathering.people["beta1"], due_on=date(2026, 3, 4))
    write(gathering, "alfa1", due)
    write(gathering, "staff", replace(due, owner_id=staff))
    assert told(gathering.site) == []  # on 3 March

    found = told(gathering.site, MORNING + DAY)

    assert to(found) == ["beta1@beta.example", "stab@fylke.no"]
    text = text_of(found[0])
    assert "Du følger opp 1 idé fra bordene" in text
    assert "frist 4. mars 2026" in text
    assert f"/nb/gatherings/{gathering.id}/ideas\n" in text
    assert IDEA.text not in text
    assert IDEA.next_step not in text
    assert told(gathering.site, MORNING + 2 * DAY) == []


def test_nobody_is_told_of_what_is_done_or_what_is_not_theirs_any_more(gathering: Gathering) -> None:
    for who in ("beta1", "beta2"):
        write(gathering, who, replace(IDEA, owner_id=gathering.people[who], due_on=date(2026, 3, 4)))
    by_owner = {one.owner: one for one in seen(gathering, "beta1")}
    done = by_owner["Person beta2"]
    said = Followed("done", done.text, "", done.due_on, done.version)
    ideas.follow_up(gathering.site, gathering.actor("beta2"), gathering.id, done.id, said=said, now=NOW)
    with gathering.site.database.write() as session:
        session.execute(delete(Membership).where(Membership.person_id == gathering.people["beta1"]))

    assert told(gathering.site, MORNING + DAY) == []
    assert {one.owner: one.state for one in seen(gathering, "staff")} == {
        "Person beta1": "open",
        "Person beta2": "done",
    }
