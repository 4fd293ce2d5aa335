"""The rows of cohorts: what those see who run the programme, who is invited, and who takes part."""

from __future__ import annotations

from tests.webapp.browser import deeds
from tests.webapp.browser.intakes import answer_at, consents_at, intake_at
from tests.webapp.browser.rows import PageRow

INTAKES = (
    PageRow("cohorts", "cohorts.show_list", "staff", intake_at("")),
    PageRow("cohort new", "cohorts.begin", "staff", intake_at("/new")),
    PageRow("cohort new wrong", "cohorts.begin", "staff", intake_at("/new"), deeds.send_first_form, 400),
    PageRow("cohort", "cohortdesk.show_cohort", "staff", intake_at("/{cohort}")),
    PageRow("cohort settings", "cohorts.edit", "staff", intake_at("/{cohort}/settings")),
    PageRow("cohort invite", "cohortdesk.ask", "staff", intake_at("/{cohort}/invitations")),
    PageRow(
        "cohort invite nothing",
        "cohortdesk.ask",
        "staff",
        intake_at("/{cohort}/invitations"),
        deeds.send_first_form,
        400,
    ),
    PageRow("cohort remind", "cohortdesk.think", "staff", intake_at("/{cohort}/reminder")),
    PageRow("cohort asked", "cohortanswers.look", "anonymous", answer_at("/cohort-invitation/{cohort_link}")),
    PageRow("cohort consider", "cohortanswers.consider", "owner", answer_at("/cohort-invitations/{asked}")),
    PageRow("cohort consents", "cohortanswers.show_consents", "owner", consents_at()),
    PageRow("cohort consents member", "cohortanswers.show_consents", "member", consents_at()),
    PageRow("cohort told", "cohortanswers.show_consents", "member", consents_at(cohort="told")),
    PageRow("cohort figures few", "cohortfigures.show_figures", "staff", intake_at("/{cohort}/figures")),
    PageRow("cohort figures", "cohortfigures.show_figures", "staff", intake_at("/{told}/figures")),
    PageRow(
        "cohort figures no day",
        "cohortfigures.show_figures",
        "staff",
        intake_at("/{cohort}/figures"),
        deeds.send_first_form,
        400,
    ),
    PageRow(
        "cohort figures confirm",
        "cohortfigures.think",
        "staff",
        intake_at("/{told}/figures/circular_business_models"),
    ),
    PageRow("cohort release", "releases.show_release", "staff", answer_at("/cohort-figures/{release}")),
    PageRow("cohort release own", "releases.show_release", "owner", answer_at("/cohort-figures/{release}")),
    PageRow("cohort leave", "cohortanswers.think", "owner", consents_at("/leaving")),
)
