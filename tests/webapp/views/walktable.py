"""Who is let in where: every page and deed of the application, one row each.

Whoever a row does not let in gets what they get for something that does not exist.
"""

from __future__ import annotations

from tests.webapp.views.stops import (
    ACCOUNTS,
    ADVISOR,
    AROUND,
    COMPANY,
    EVERYBODY,
    MEMBER,
    METHOD_OWNER,
    NOBODY,
    OWNER,
    READERS,
    SIGNED_IN,
    STAFF,
    STRANGER,
    TRIAL,
    Stop,
)
from tests.webapp.views.walkcohorts import COHORTS
from tests.webapp.views.walkgathering import GATHERING
from tests.webapp.views.walking import QUESTION, SECTION
from tests.webapp.views.walkprogramme import PROGRAMME
from tests.webapp.views.walksupport import SUPPORT

A_FILE = {"file": "tabell.csv"}
"""Sent as a file: :func:`tests.webapp.views.walks.form_of`."""

DRAFT = {"id_": "@draft"}
DRAFT_SECTION = {"id_": "@draft", "section_id": SECTION}
DRAFT_QUESTION = {"id_": "@draft", "question_id": QUESTION}
HANDED_IN = {"id_": "@handed_in"}
SHARED = {"id_": "@shared"}
COMPANY_AT = {"id_": "@company"}
ADVISORS_PDFS = ("handed_in_advisor", "handed_in_meeting", "shared_advisor", "shared_meeting")
COLLEAGUE = {"id_": "@company", "person_id": "@member"}
INVITATION = {"id_": "@company", "invitation_id": "@invitation"}
NUMBER = "971526920"
"""A number nobody here has."""

STARTED = {
    "organisation": "@company",
    "questionnaire": "sustainability_reporting",
    "depth": "basic",
    "period": "2025",
}
ROUND = {"period": "2022", "depth": "basic", "carry": "carry"}

PUBLIC = (
    Stop("start.root", EVERYBODY),
    Stop("start.front", EVERYBODY),
    Stop("start.begin_trial", EVERYBODY),
    Stop("signin.ask", EVERYBODY),
    Stop("signin.send", EVERYBODY, form={"email": "ny@d.example"}),
    Stop("signin.sent", EVERYBODY),
    Stop("signin.look", EVERYBODY, {"token": "@signin_token"}, shows=frozenset({"addresses"})),
    Stop("signin.use", EVERYBODY, {"token": "@signin_token"}),
    Stop("signin.leave", EVERYBODY),
    Stop("signin.stay", SIGNED_IN),
    Stop("oidc.begin", NOBODY),
    Stop("oidc.come_back", NOBODY),
    Stop("oidc.finish", NOBODY),
    Stop("oidc.enter", NOBODY),
    Stop(
        "invitation.look",
        EVERYBODY,
        {"token": "@invitation_token"},
        shows=frozenset({"company", "names", "addresses"}),
    ),
    Stop("invitation.join", EVERYBODY, {"token": "@invitation_token"}, form={"name": "Ny"}),
    Stop("pages.help_page", EVERYBODY),
    Stop("pages.privacy", EVERYBODY),
    Stop("pages.accessibility", EVERYBODY),
    Stop("health.live", EVERYBODY),
    Stop("health.ready", EVERYBODY),
    Stop("health.metrics", EVERYBODY),
    Stop("result.report_style", EVERYBODY, {"colour": "1a2b3c"}),
    Stop("mailchoice.ask", EVERYBODY, {"token": "@mail_token"}),
    Stop("mailchoice.turn_off", EVERYBODY, {"token": "@mail_token"}),
)

ONESELF = (
    Stop("account.show_account", ACCOUNTS),
    Stop("account.save", ACCOUNTS, form={"name": "Ny", "language": "nn"}),
    Stop("account.end_others", ACCOUNTS),
    Stop("account.ask_for_address", ACCOUNTS, form={"email": "ny@d.example"}),
    Stop("account.look_at_change", OWNER, {"token": "@address_token"}),
    Stop("account.use_change", OWNER, {"token": "@address_token"}),
    Stop("invitation.join_own", NOBODY, {"invitation_id": "@invitation"}),
    Stop("invitation.decline_own", NOBODY, {"invitation_id": "@invitation"}),
    Stop("privacy.export_person", SIGNED_IN),
    Stop("privacy.take_person", SIGNED_IN, shows=frozenset({"company"})),
    Stop("privacy.erase_person", SIGNED_IN),
    Stop("privacy.do_erase_person", SIGNED_IN, refuses=OWNER | STRANGER),
    Stop("portfolio.show_portfolio", ACCOUNTS),
    Stop("portfolio.show_programme", STAFF, {"id_": "@programme"}),
    Stop("calibration.show_calibration", METHOD_OWNER, {"id_": "@programme"}),
    Stop("calibration.show_question", METHOD_OWNER, {"id_": "@programme", "question_id": QUESTION}),
    Stop("calibration.take_csv", METHOD_OWNER, {"id_": "@programme"}),
    Stop("calibration.take_xlsx", METHOD_OWNER, {"id_": "@programme"}),
)

TEAM = {"id_": "@programme"}
IN_TEAM = {**TEAM, "person_id": "@advisor"}
ASSIGNED = {**IN_TEAM, "company_id": "@company"}
PENDING = {"id_": "@pending"}
ADVISOR_OF = {"id_": "@company", "person_id": "@advisor"}

ADVISING = (
    Stop("team.show_team", STAFF, TEAM),
    Stop("team.add", STAFF, TEAM, form={"email": "ny@d.example"}),
    Stop("team.choose", STAFF, TEAM),
    Stop("team.assign", STAFF, TEAM, form={"advisor": "@advisor", "company": "@company"}),
    Stop("team.show_assignment", STAFF, ASSIGNED),
    Stop("team.change_end", STAFF, ASSIGNED, form={"until": "31.12.2099"}),
    Stop("team.end_now", STAFF, ASSIGNED),
    Stop("team.think", STAFF, IN_TEAM),
    Stop("team.remove", STAFF, IN_TEAM),
    Stop("handover.begin", ADVISOR),
    Stop("handover.begin", ADVISOR, {"programme": "@programme"}),
    Stop("handover.find", ADVISOR, {"programme": "@programme"}, form={"number": NUMBER}),
    Stop("handover.confirm", ADVISOR, {"orgnr": NUMBER, "programme": "@programme"}),
    Stop("handover.set_up", ADVISOR, {"orgnr": NUMBER, "programme": "@programme"}, form={"name": "Ny AS"}),
    Stop("handover.name_it", ADVISOR, {"programme": "@programme"}),
    Stop("handover.set_up_unnumbered", ADVISOR, {"programme": "@programme"}, form={"name": "Ny AS"}),
    Stop("handover.show_company", ADVISOR, PENDING, told_no=STAFF),
    Stop("handover.edit_facts", ADVISOR, PENDING, told_no=STAFF),
    Stop("handover.save_facts", ADVISOR, PENDING, told_no=STAFF),
    Stop("handover.invite", ADVISOR, PENDING, told_no=STAFF, form={"email": "ny@d.example"}),
    Stop("handover.withdraw", ADVISOR, PENDING, told_no=STAFF),
    # What has an owner is nobody else's to set up.
    Stop("handover.show_company", ADVISOR, COMPANY_AT, told_no=COMPANY | STAFF, refuses=ADVISOR),
    Stop("handover.edit_facts", ADVISOR, COMPANY_AT, told_no=COMPANY | STAFF, refuses=ADVISOR),
    Stop("handover.save_facts", ADVISOR, COMPANY_AT, told_no=COMPANY | STAFF, refuses=ADVISOR),
    Stop(
        "handover.invite",
        ADVISOR,
        COMPANY_AT,
        told_no=COMPANY | STAFF,
        refuses=ADVISOR,
        form={"email": "ny@d.example"},
    ),
    Stop("handover.withdraw", ADVISOR, COMPANY_AT, told_no=COMPANY | STAFF, refuses=ADVISOR),
    Stop("outsiders.think", OWNER, ADVISOR_OF, told_no=MEMBER | AROUND),
    Stop("outsiders.end_access", OWNER, ADVISOR_OF, told_no=MEMBER | AROUND),
)

# What a trial sets up here is always its own organisation, whatever the address says.
ORGANISATIONS = (
    Stop("organisation.new", SIGNED_IN),
    Stop("organisation.new", OWNER | TRIAL, {"own": "@company"}, told_no=MEMBER | AROUND),
    Stop("organisation.new", OWNER | TRIAL, {"parent": "@company"}, told_no=MEMBER | AROUND),
    Stop("organisation.look_up", SIGNED_IN, form={"number": NUMBER}),
    Stop(
        "organisation.look_up",
        OWNER | TRIAL,
        {"own": "@company"},
        told_no=MEMBER | AROUND,
        form={"number": NUMBER},
    ),
    Stop("organisation.confirm", SIGNED_IN, {"orgnr": NUMBER}),
    Stop(
        "organisation.confirm", OWNER | TRIAL, {"orgnr": NUMBER, "own": "@company"}, told_no=MEMBER | AROUND
    ),
    Stop("organisation.set_up", SIGNED_IN, {"orgnr": NUMBER}, form={"name": "Ny AS"}),
    Stop(
        "organisation.set_up",
        OWNER | TRIAL,
        {"orgnr": NUMBER, "parent": "@company"},
        told_no=MEMBER | AROUND,
        form={"name": "Ny AS"},
    ),
    Stop("organisation.name_it", SIGNED_IN),
    Stop("organisation.name_it", OWNER | TRIAL, {"own": "@company"}, told_no=MEMBER | AROUND),
    Stop("organisation.set_up_unnumbered", SIGNED_IN, form={"name": "Ny AS"}),
    Stop(
        "organisation.set_up_unnumbered",
        OWNER | TRIAL,
        {"own": "@company"},
        told_no=MEMBER | AROUND,
        form={"name": "Ny AS"},
    ),
    Stop("organisation.show_organisation", COMPANY, COMPANY_AT, told_no=AROUND),
    Stop("organisation.show_organisation", COMPANY, {"id_": "@unit"}),
    Stop("organisation.fetch_again", OWNER, COMPANY_AT, told_no=MEMBER | AROUND),
    Stop("organisation.units", OWNER, COMPANY_AT, told_no=MEMBER | AROUND),
    Stop("organisation.add_units", OWNER, COMPANY_AT, told_no=MEMBER | AROUND),
    Stop("colleagues.ask", OWNER, COMPANY_AT, told_no=MEMBER | AROUND),
    Stop(
        "colleagues.invite",
        OWNER,
        COMPANY_AT,
        told_no=MEMBER | AROUND,
        form={"email": "ny@d.example", "role": "member"},
    ),
    Stop("colleagues.send_again", OWNER, INVITATION, told_no=MEMBER | AROUND),
    Stop("colleagues.withdraw", OWNER, INVITATION, told_no=MEMBER | AROUND),
    Stop("colleagues.show_colleague", OWNER, COLLEAGUE, told_no=MEMBER | AROUND),
    Stop("colleagues.change_role", OWNER, COLLEAGUE, told_no=MEMBER | AROUND, form={"role": "owner"}),
    Stop("colleagues.remove", OWNER, COLLEAGUE, told_no=MEMBER | AROUND),
    Stop("colleagues.think", COMPANY, COMPANY_AT, told_no=AROUND),
    Stop("colleagues.leave", COMPANY, COMPANY_AT, told_no=AROUND, refuses=OWNER),
    Stop("privacy.export_organisation", OWNER, COMPANY_AT, told_no=MEMBER | AROUND),
    Stop("privacy.take_organisation", OWNER, COMPANY_AT, told_no=MEMBER | AROUND),
    Stop("privacy.erase_organisation", OWNER, COMPANY_AT, told_no=MEMBER | AROUND),
    Stop(
        "privacy.do_erase_organisation",
        OWNER,
        COMPANY_AT,
        told_no=MEMBER | AROUND,
        form={"name": "kanari-company-firma AS"},
    ),
)

FILLING_IN = (
    Stop("assessments.overview", SIGNED_IN),
    Stop("assessments.choose", SIGNED_IN),
    Stop("assessments.choose", SIGNED_IN, {"organisation": "@company"}),
    # Who has no organisation is sent on to set one up.
    Stop("assessments.start", SIGNED_IN - TRIAL - STRANGER, form=STARTED, otherwise=400),
    Stop("assessments.tasks", COMPANY, DRAFT),
    Stop("assessments.change_depth", COMPANY, DRAFT, form={"depth": "basic"}),
    Stop("profile.edit", COMPANY, DRAFT),
    Stop("profile.save", COMPANY, DRAFT),
    Stop("profile.autosave", COMPANY, DRAFT),
    Stop("wizard.section", COMPANY, DRAFT_SECTION),
    Stop("wizard.save", COMPANY, DRAFT_SECTION),
    Stop("wizard.autosave", COMPANY, DRAFT),
    Stop("wizard.check", COMPANY, DRAFT),
    Stop("wizard.everything", COMPANY, DRAFT),
    Stop("wizard.hand_in", OWNER, DRAFT, told_no=MEMBER, form={"after": "0"}),
    Stop("delegation.give", COMPANY, DRAFT_SECTION),
    Stop("delegation.send", COMPANY, DRAFT_SECTION, form={"who": "@owner"}),
    Stop("delegation.take_back", COMPANY, {"id_": "@draft", "section_id": "design"}),
    Stop("question.show_question", COMPANY, DRAFT_QUESTION),
    Stop("question.comment", COMPANY, DRAFT_QUESTION, form={"text": "Noe nytt"}),
    Stop(
        "question.remove_comment",
        MEMBER,
        {**DRAFT_QUESTION, "comment_id": "@comment"},
        told_no=OWNER,
    ),
    Stop("question.restore", COMPANY, DRAFT_QUESTION, form={"version": "1", "base": "1"}),
    Stop("evidence.show_files", COMPANY, DRAFT),
    Stop("evidence.upload", COMPANY, DRAFT_QUESTION, form=A_FILE),
    Stop("evidence.download", COMPANY, {**DRAFT, "file_id": "@draft_file"}),
    Stop("evidence.remove", COMPANY, {**DRAFT, "file_id": "@draft_file"}),
    Stop("result.preview", COMPANY, DRAFT),
)

HANDED_IN_STOPS = (
    Stop("evidence.show_files", READERS, HANDED_IN, told_no=STAFF),
    Stop("evidence.download", READERS, {**HANDED_IN, "file_id": "@file"}, told_no=STAFF),
    Stop("evidence.remove", NOBODY, {**HANDED_IN, "file_id": "@file"}, told_no=AROUND, refuses=COMPANY),
    Stop("result.show_result", READERS, HANDED_IN),
    Stop("result.show_result", READERS, {"id_": "@sent_back"}),
    Stop("result.show_report", READERS, {**HANDED_IN, "edition": "company"}),
    Stop("result.show_report", READERS, {**HANDED_IN, "edition": "share"}),
    Stop("result.show_report", ADVISOR, {**HANDED_IN, "edition": "advisor"}),
    Stop("result.show_report", READERS, {**SHARED, "edition": "company"}),
    Stop("result.show_report", READERS | STAFF, {**SHARED, "edition": "share"}),
    Stop("result.show_report", ADVISOR, {**SHARED, "edition": "advisor"}),
    Stop("result.take_json", READERS, HANDED_IN),
    Stop("result.take_json", READERS, SHARED),
    Stop("result.take_xlsx", READERS, HANDED_IN),
    Stop("result.take_xlsx", READERS, SHARED),
    Stop("result.change_sharing", OWNER, HANDED_IN, told_no=MEMBER, form={"shared": "yes"}),
    Stop("result.withdraw", OWNER, HANDED_IN, told_no=MEMBER),
    Stop("whatif.show_what_if", READERS, HANDED_IN),
    Stop("whatif.try_out", READERS, HANDED_IN),
    Stop("rounds.choose", COMPANY, HANDED_IN, told_no=ADVISOR),
    Stop("rounds.start", COMPANY, HANDED_IN, told_no=ADVISOR, form=ROUND),
    Stop("documents.show_documents", READERS, HANDED_IN),
    Stop("documents.show_documents", READERS | STAFF, SHARED),
    Stop("documents.order", READERS, HANDED_IN, form={"edition": "share", "language": "en"}),
    Stop("documents.order", READERS, SHARED, form={"edition": "company", "language": "en"}),
    Stop("documents.order", READERS | STAFF, SHARED, form={"edition": "share", "language": "en"}),
    Stop("documents.order", ADVISOR, SHARED, form={"edition": "advisor", "language": "en"}),
    Stop("documents.download", READERS, {"document_id": "@handed_in_company_pdf"}),
    Stop("documents.download", READERS, {"document_id": "@handed_in_share_pdf"}),
    *(Stop("documents.download", ADVISOR, {"document_id": f"@{one}_pdf"}) for one in ADVISORS_PDFS),
    Stop("documents.download", READERS, {"document_id": "@shared_company_pdf"}),
    Stop("documents.download", READERS | STAFF, {"document_id": "@shared_share_pdf"}),
)

IN_REVIEW = {"id_": "@in_review"}
REVIEWED = {**IN_REVIEW, "question_id": QUESTION}
OWN_NOTE = {**IN_REVIEW, "note_id": "@private_note"}
SEEN = {"seen": "in_review 1", "reason": "Se på dette."}

REVIEWING = (
    Stop("review.overview", ADVISOR, HANDED_IN),
    Stop("review.overview", ADVISOR, IN_REVIEW),
    Stop("review.overview", ADVISOR, {"id_": "@sent_back"}),
    Stop("review.accept", ADVISOR, {**IN_REVIEW, "dimension_id": "use"}, form={"accepted": "yes"}),
    Stop("review.show_picture", READERS, {**IN_REVIEW, "file_id": "@picture"}, told_no=STAFF),
    Stop("review.show_question", ADVISOR, REVIEWED),
    Stop("review.show_question", ADVISOR, {"id_": "@sent_back", "question_id": QUESTION}),
    Stop("review.judge", ADVISOR, REVIEWED, form={"base": "1", "rating": "2", "then": "next"}),
    Stop(
        "review.judge",
        NOBODY,
        {**HANDED_IN, "question_id": QUESTION},
        refuses=ADVISOR,
        form={"base": "0", "rating": "2"},
    ),
    Stop("review.write_whole_note", ADVISOR, HANDED_IN, form={"text": "Noe nytt"}),
    Stop("review.write_note", ADVISOR, REVIEWED, form={"text": "Noe nytt", "shared": "yes"}),
    Stop("review.share_note", ADVISOR, OWN_NOTE),
    Stop("review.remove_note", ADVISOR, OWN_NOTE),
    Stop("review.ask_again", ADVISOR, REVIEWED, form={"text": "Se på dette."}),
    Stop("decisions.start", ADVISOR, HANDED_IN, told_no=COMPANY),
    Stop("decisions.ask_send_back", ADVISOR, IN_REVIEW),
    Stop("decisions.send_back", ADVISOR, IN_REVIEW, told_no=COMPANY, form=SEEN),
    Stop("decisions.ask_approve", ADVISOR, IN_REVIEW),
    Stop(
        "decisions.approve", ADVISOR, IN_REVIEW, told_no=COMPANY, form={"seen": "in_review 1", "judged": "1"}
    ),
    Stop("decisions.ask_reopen", ADVISOR, IN_REVIEW),
    Stop("decisions.reopen", NOBODY, IN_REVIEW, told_no=COMPANY, refuses=ADVISOR, form=SEEN),
    # A note or a picture of one assessment is not there in another.
    Stop("review.share_note", NOBODY, {"id_": "@shared", "note_id": "@private_note"}),
    Stop("review.remove_note", NOBODY, {"id_": "@shared", "note_id": "@private_note"}),
    Stop("review.show_picture", NOBODY, {"id_": "@shared", "file_id": "@picture"}, told_no=STAFF),
    Stop("review.show_picture", NOBODY, {**HANDED_IN, "file_id": "@file"}, told_no=STAFF),
)

ACTION = {**HANDED_IN, "action_id": "@action"}
AGREED = {"text": "Noe nytt", "effort": "small"}

PLANNING = (
    Stop("plan.show_plan", READERS, HANDED_IN),
    Stop("plan.show_plan", COMPANY, DRAFT),
    Stop("plan.new", READERS, {**HANDED_IN, "question": QUESTION}),
    Stop("plan.new", COMPANY, DRAFT),
    Stop("plan.add", READERS, HANDED_IN, form=AGREED),
    Stop("plan.add", COMPANY, DRAFT, form=AGREED),
    Stop("plan.show_action", READERS, ACTION),
    Stop("plan.revise", READERS, ACTION, form={**AGREED, "base": "1"}),
    Stop("plan.follow_up", READERS, ACTION, form={"status": "begun", "base": "1"}),
    # An action of one assessment is not there in another.
    Stop("plan.show_action", NOBODY, {**ACTION, "id_": "@shared"}),
    Stop("plan.revise", NOBODY, {**ACTION, "id_": "@other_draft"}, form={**AGREED, "base": "1"}),
    Stop("plan.follow_up", NOBODY, {**ACTION, "id_": "@shared"}, form={"status": "done", "base": "1"}),
)

OTHER = {"id_": "@other_company"}
OTHER_DRAFT = {"id_": "@other_draft"}

# Somebody's own company or assessment in the address opens nothing of another's.
MIXED = (
    Stop("organisation.show_organisation", STRANGER, OTHER),
    Stop("wizard.section", STRANGER, {**OTHER_DRAFT, "section_id": SECTION}),
    Stop("colleagues.show_colleague", NOBODY, {**OTHER, "person_id": "@member"}),
    Stop("colleagues.change_role", NOBODY, {**OTHER, "person_id": "@member"}, form={"role": "owner"}),
    Stop("colleagues.remove", NOBODY, {**OTHER, "person_id": "@member"}),
    Stop("colleagues.send_again", NOBODY, {**OTHER, "invitation_id": "@invitation"}),
    Stop("colleagues.withdraw", NOBODY, {**OTHER, "invitation_id": "@invitation"}),
    Stop(
        "question.remove_comment", NOBODY, {**OTHER_DRAFT, "question_id": QUESTION, "comment_id": "@comment"}
    ),
    Stop("evidence.download", NOBODY, {**OTHER_DRAFT, "file_id": "@draft_file"}),
    Stop("evidence.remove", NOBODY, {**OTHER_DRAFT, "file_id": "@draft_file"}),
    Stop("evidence.download", NOBODY, {**DRAFT, "file_id": "@file"}),
    Stop("outsiders.think", NOBODY, {**OTHER, "person_id": "@advisor"}),
    Stop("outsiders.end_access", NOBODY, {**OTHER, "person_id": "@advisor"}),
    Stop("team.show_assignment", NOBODY, {**IN_TEAM, "company_id": "@other_company"}),
    Stop("team.end_now", NOBODY, {**IN_TEAM, "company_id": "@other_company"}),
    Stop("team.think", NOBODY, {**TEAM, "person_id": "@owner"}),
    Stop("team.remove", NOBODY, {**TEAM, "person_id": "@owner"}),
    Stop("handover.show_company", NOBODY, OTHER, told_no=STRANGER),
)

TABLE = (
    PUBLIC
    + ONESELF
    + ADVISING
    + ORGANISATIONS
    + FILLING_IN
    + HANDED_IN_STOPS
    + REVIEWING
    + PLANNING
    + PROGRAMME
    + COHORTS
    + GATHERING
    + SUPPORT
    + MIXED
)
