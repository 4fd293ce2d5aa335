"""Who is let in where at a gathering."""

from __future__ import annotations

from tests.webapp.views.stops import ADVISOR, COMPANY, NOBODY, OWNER, STAFF, Stop
from tests.webapp.views.walktables import VERSION

INSIDE = COMPANY | ADVISOR | STAFF
NAMES = frozenset({"names"})
DESK = {"id_": "@programme", "activity_id": "@gathering"}
ELSEWHERE = {**DESK, "id_": "@other_programme"}
NO_GATHERING = {**DESK, "activity_id": "@coming"}
AT = {"activity_id": "@gathering"}
BASE = {"base": VERSION}
SIZES = {**BASE, "min_seats": "2", "max_seats": "6", "mode": "shared_gaps", "colleagues": "apart"}
RULE = {**BASE, "kind": "together", "of": "owners", "members": "@company"}
PERSON = {**BASE, "person": "@owner", "table": "1"}
IDEA = {**AT, "idea_id": "@idea"}
FOLLOWED = {"base": "1", "text": "Dele på en henger", "state": "done", "next_step": "", "due": ""}

GATHERING = (
    Stop("gatheringdesk.show_desk", STAFF, DESK, shows=NAMES),
    Stop("gatheringdesk.show_desk", NOBODY, NO_GATHERING),
    Stop("gatheringdesk.show_desk", NOBODY, ELSEWHERE),
    Stop("gatheringdesk.choose_cohort", STAFF, DESK, form={"cohort": "@cohort"}),
    Stop("gatheringdesk.choose_cohort", NOBODY, DESK, form={"cohort": "@other_programme"}),
    Stop("gatheringdesk.show_guests", STAFF, DESK, shows=NAMES),
    Stop("gatheringdesk.save_guests", STAFF, DESK, form={**BASE, "there": "@owner"}),
    Stop("gatheringdesk.save_guests", STAFF, DESK, form={"base": "1"}, refuses=STAFF),
    Stop("gatheringdesk.make_topics", STAFF, DESK, form=BASE),
    Stop("gatheringtables.show_tables", STAFF, DESK, shows=NAMES),
    Stop("gatheringtables.show_tables", NOBODY, ELSEWHERE),
    Stop("gatheringtables.save_settings", STAFF, DESK, form=SIZES),
    Stop("gatheringtables.add_rule", STAFF, DESK, form=RULE),
    Stop("gatheringtables.remove_rule", STAFF, {**DESK, "number": "1"}, form=BASE),
    Stop("gatheringtables.remove_rule", NOBODY, {**DESK, "number": "7"}, form=BASE),
    Stop("gatheringtables.propose", STAFF, DESK, form=BASE),
    Stop("gatheringtables.propose", NOBODY, ELSEWHERE, form=BASE),
    Stop("gatheringtables.move", STAFF, DESK, form=PERSON),
    Stop("gatheringtables.swap", STAFF, DESK, form={**PERSON, "other": "@member"}, refuses=STAFF),
    Stop("gatheringtables.keep_seats", STAFF, DESK, form={**BASE, "locked": "@owner"}),
    Stop("gatheringtables.publish", STAFF, DESK, form={**BASE, "open": "yes"}),
    Stop("gatheringpapers.order", STAFF, DESK, form={"kind": "notes", "language": "nb"}),
    Stop("gatheringpapers.order", NOBODY, ELSEWHERE, form={"kind": "notes", "language": "nb"}),
    Stop("gatheringpapers.order_own", OWNER, AT, form={"language": "en"}),
    Stop("gatheringpapers.download", STAFF, {"paper_id": "@badges"}),
    Stop("gatheringpapers.download", OWNER, {"paper_id": "@own_sheet"}),
    Stop("gatherings.show_own", INSIDE, AT),
    Stop("gatherings.show_own", NOBODY, {"activity_id": "@coming"}),
    Stop("gatherings.show_ideas", INSIDE, AT, shows=NAMES),
    Stop("gatherings.add_idea", OWNER | STAFF, AT, form={"text": "Noe nytt"}),
    Stop("gatherings.follow_up", COMPANY | STAFF, IDEA, form=FOLLOWED),
    Stop("gatherings.follow_up", NOBODY, {**IDEA, "activity_id": "@coming"}, form=FOLLOWED),
    Stop("gatherings.take_csv", STAFF, AT, shows=NAMES),
    Stop("gatherings.take_xlsx", STAFF, AT, shows=NAMES),
)
