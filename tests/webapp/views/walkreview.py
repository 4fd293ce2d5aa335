"""What the access walk meets in a review, and its stops there: who gets to an advisor's work."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from tests.webapp.sites import NOW, an_assessment, answer_like, example_answers
from tests.webapp.views.reviewed import a_picture
from webapp.services import evidence, judging, notes, requesting, reviewing
from webapp.services.actor import Actor
from webapp.services.site import Site
from webapp.services.submitting import submit

QUESTION = "strategy.ambition"
PERIOD = "2021"


def make_review(
    site: Site, owner: Actor, advisor: Actor, company: str, sing: Callable[[str, str], str]
) -> dict[str, str]:
    """Something in review with a canary in everything an advisor can write; its ids by name."""
    id_ = an_assessment(site, owner, company, period=PERIOD)
    given = example_answers()
    ambition = replace(given.answers[QUESTION], comment=sing("handed_in", "kommentar-under-gjennomgang"))
    answer_like(site, owner, id_, replace(given, answers={**given.answers, QUESTION: ambition}))
    upload = evidence.Upload(f"{sing('handed_in', 'bildenavn')}.png", a_picture())
    picture = evidence.add_file(site, owner, id_, QUESTION, NOW, upload=upload).id
    submit(site, owner, id_, 0, NOW)
    reviewing.decide(site, advisor, id_, "start_review", NOW)
    note = notes.write_note(
        site, advisor, id_, NOW, text=sing("private", "notat"), is_shared=False, question_id=QUESTION
    )
    said = judging.Judgement("1", reason=sing("private", "begrunnelse-for-vurdering"))
    judging.judge(site, advisor, id_, QUESTION, NOW, judgement=said, base=0)
    requesting.request_again(site, advisor, id_, QUESTION, NOW, reason=sing("private", "bestilling"))
    return {"in_review": id_, "picture": picture, "private_note": note}
