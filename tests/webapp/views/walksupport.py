"""Who is let in where in a directory of support, and to referrals."""

from __future__ import annotations

from tests.webapp.views.stops import ADVISOR, COMPANY, NOBODY, READERS, STAFF, Stop

DESK = {"id_": "@programme"}
ENTRY = {**DESK, "actor_id": "@helper"}
OFFER = {**ENTRY, "offer_id": "raad"}
ELSEWHERE = {"id_": "@other_programme", "actor_id": "@helper"}
REFERRED = {"id_": "@handed_in", "referral_id": "@referral"}
NAMED = {"base": "1", "name": "Eksempel fond", "kind": "funding"}
OFFERED = {"base": "1", "title_nb": "Lån", "title_nn": "Lån", "title_en": "Loan", "help": "financing"}
CHOSEN = {"offer": "@helper_offer", "note": "Ring."}
CAME = {"outcome": "helped", "note": "Fikk lån."}
SEERS = COMPANY | ADVISOR | STAFF

SUPPORT = (
    Stop("support.show_list", SEERS),
    Stop("support.show_actor", SEERS, {"id_": "@helper"}),
    Stop("supportdesk.show_list", STAFF, DESK),
    Stop("supportdesk.show_demand", STAFF, DESK),
    Stop("supportdesk.begin", STAFF, DESK),
    Stop("supportdesk.add", STAFF, DESK, form={**NAMED, "base": "0"}),
    Stop("supportdesk.edit", STAFF, ENTRY),
    Stop("supportdesk.save", STAFF, ENTRY, form=NAMED),
    Stop("supportdesk.confirm", STAFF, ENTRY, form={"base": "1"}),
    Stop("supportdesk.remove", STAFF, ENTRY),
    Stop("supportdesk.begin_offer", STAFF, ENTRY),
    Stop("supportdesk.add_offer", STAFF, ENTRY, form=OFFERED),
    Stop("supportdesk.edit_offer", STAFF, OFFER),
    Stop("supportdesk.save_offer", STAFF, OFFER, form=OFFERED),
    Stop("supportdesk.remove_offer", STAFF, OFFER),
    # What one programme lists is not there in another.
    Stop("supportdesk.edit", NOBODY, ELSEWHERE),
    Stop("supportdesk.remove", NOBODY, ELSEWHERE),
    Stop("referrals.begin", READERS, {"id_": "@handed_in"}),
    Stop("referrals.refer", READERS, {"id_": "@handed_in"}, form=CHOSEN),
    Stop("referrals.show_referral", READERS, REFERRED),
    Stop("referrals.follow_up", READERS, REFERRED, form=CAME),
    Stop("referrals.begin", COMPANY, {"id_": "@draft"}),
    Stop("referrals.show_referral", NOBODY, {**REFERRED, "id_": "@other_draft"}),
    Stop("referrals.follow_up", NOBODY, {**REFERRED, "id_": "@other_draft"}, form=CAME),
)
