"""Two people's different answers to one question, side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from questionnaires.model import Question
from reports.formatting import Voice
from webapp.auth import current
from webapp.forms.sheets import AskedQuestion
from webapp.services.answering import Clash
from webapp.views.page import clock, to
from webapp.views.told import Side, sides


@dataclass(frozen=True, slots=True)
class ClashView:
    """Two different answers to one question. ``who`` gave the other one, at ``time``.

    ``history``: the address of every version there was.
    """

    who: str
    time: str
    mine: Side
    theirs: Side
    before: Side
    version: int
    history: str

    @property
    def sides(self) -> tuple[tuple[str, Side], ...]:
        """Each side under what it is called."""
        say = current.words().say
        theirs = say("wizard.clash_theirs", who=self.who, time=self.time)
        return (
            (say("wizard.clash_mine"), self.mine),
            (theirs, self.theirs),
            (say("wizard.clash_before"), self.before),
        )


def clash_view(
    assessment_id: str,
    voice: Voice,
    asked: AskedQuestion,
    question: Question,
    clash: Clash,
    *,
    people: Mapping[str, str],
) -> ClashView:
    """A clash as a page shows it; ``people``: names by id."""
    at = clash.theirs.at_utc
    mine, theirs, before = sides(voice, asked, question, (clash.mine, clash.theirs.answer, clash.before))
    return ClashView(
        who=people.get(clash.theirs.by_person_id or "", "") or current.words().say("wizard.clash_former"),
        time="" if at is None else clock(at),
        mine=mine,
        theirs=theirs,
        before=before,
        version=clash.theirs.version,
        history=to("question.show_question", id_=assessment_id, question_id=question.id, _anchor="history"),
    )
