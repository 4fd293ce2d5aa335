"""Who is let in where in cohorts."""

from __future__ import annotations

from tests.webapp.views.stops import (
    AROUND,
    COMPANY,
    EVERYBODY,
    MEMBER,
    NOBODY,
    OWNER,
    STAFF,
    Stop,
)

DESK = {"id_": "@programme"}
COHORT = {**DESK, "cohort_id": "@cohort"}
ELSEWHERE = {"id_": "@other_programme", "cohort_id": "@cohort"}
OWN = {"id_": "@company", "cohort_id": "@cohort"}
LINK = {"token": "@cohort_token"}
ASKED = {"invitation_id": "@asked"}
FORM = {"name": "Nytt kull", "opens": "1.1.2027"}
LIST = {"text": "navn;orgnr;epost\nEksempel Gamma;310028169;gamma@eksempel.no"}
CIRCULAR = {**COHORT, "questionnaire": "circular_business_models"}
RELEASE = {"release_id": "@release"}
INVITED = frozenset({"invited"})

COHORTS = (
    Stop("cohorts.show_list", STAFF, DESK),
    Stop("cohorts.begin", STAFF, DESK),
    Stop("cohorts.set_up", STAFF, DESK, form=FORM),
    Stop("cohorts.edit", STAFF, COHORT),
    Stop("cohorts.save", STAFF, COHORT, form={**FORM, "base": "@cohort_base"}),
    Stop("cohorts.close", STAFF, COHORT),
    Stop("cohorts.reopen", STAFF, COHORT),
    Stop("cohortdesk.show_cohort", STAFF, COHORT, shows=INVITED),
    Stop("cohortdesk.take_csv", STAFF, COHORT, shows=INVITED),
    Stop("cohortdesk.take_xlsx", STAFF, COHORT, shows=INVITED),
    Stop("cohortdesk.ask", STAFF, COHORT),
    Stop("cohortdesk.preview", STAFF, COHORT, form=LIST),
    Stop("cohortdesk.import_list", STAFF, COHORT, form=LIST),
    Stop("cohortdesk.take_back", STAFF, {**COHORT, "invitation_id": "@asked"}),
    Stop("cohortdesk.think", STAFF, COHORT, shows=INVITED),
    Stop("cohortdesk.remind", STAFF, COHORT),
    Stop("cohortfigures.show_figures", STAFF, COHORT),
    Stop("cohortfigures.begin_round", STAFF, COHORT, form={"begins": "1.1.2020"}, refuses=STAFF),
    Stop("cohortfigures.think", STAFF, CIRCULAR),
    Stop("cohortfigures.release", STAFF, {**CIRCULAR, "number": "1"}),
    Stop("releases.show_release", STAFF | COMPANY, RELEASE),
    Stop("releases.take_json", STAFF | COMPANY, RELEASE),
    Stop("releases.take_pdf", NOBODY, {**RELEASE, "spoken": "nb"}, refuses=STAFF | COMPANY),
    Stop("releases.order_pdf", STAFF | COMPANY, RELEASE, form={"language": "nb"}),
    Stop("releases.report_style", EVERYBODY, {"colour": "1b4f5c"}),
    # A cohort of one programme is not there in another.
    Stop("cohortfigures.show_figures", NOBODY, ELSEWHERE),
    Stop(
        "cohortfigures.release",
        NOBODY,
        {**ELSEWHERE, "questionnaire": "circular_business_models", "number": "1"},
    ),
    Stop("cohorts.edit", NOBODY, ELSEWHERE),
    Stop("cohorts.close", NOBODY, ELSEWHERE),
    Stop("cohortdesk.show_cohort", NOBODY, ELSEWHERE),
    Stop("cohortdesk.take_back", NOBODY, {**ELSEWHERE, "invitation_id": "@asked"}),
    Stop("cohortanswers.look", EVERYBODY, LINK, shows=INVITED | {"programme"}),
    Stop("cohortanswers.enter", EVERYBODY, LINK, form={"name": "Ny"}),
    Stop("cohortanswers.refuse", EVERYBODY, LINK),
    Stop("cohortanswers.consider", NOBODY, ASKED),
    Stop("cohortanswers.accept", NOBODY, ASKED, form={"company": "@company"}),
    Stop("cohortanswers.decline", NOBODY, ASKED),
    Stop("cohortanswers.show_consents", COMPANY, OWN, told_no=AROUND),
    Stop("cohortanswers.save_consents", OWNER, OWN, told_no=MEMBER | AROUND),
    Stop("cohortanswers.think", OWNER, OWN, told_no=MEMBER | AROUND),
    Stop("cohortanswers.leave", OWNER, OWN, told_no=MEMBER | AROUND),
    Stop("cohortanswers.show_consents", NOBODY, {**OWN, "id_": "@other_company"}),
)
