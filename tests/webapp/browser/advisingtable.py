"""The rows of advisors' companies, their teams, and companies to be handed over."""

from __future__ import annotations

from tests.webapp.browser import deeds
from tests.webapp.browser.advisings import handover, helper_at, team_at
from tests.webapp.browser.rows import PageRow, at, token

_FOLLOWED = "portfolio.show_portfolio"
_NEW = "/portfolio/companies/new"

ADVISING = (
    PageRow("portfolio chosen", _FOLLOWED, "advisor", at("/portfolio?waits=you&name=AS&state=submitted")),
    PageRow("portfolio nothing found", _FOLLOWED, "advisor", at("/portfolio?name=finnes-ikke")),
    PageRow("portfolio helper", _FOLLOWED, "helper", at("/portfolio")),
    PageRow("team", "team.show_team", "staff", team_at()),
    PageRow("team no address", "team.show_team", "staff", team_at(), deeds.send_first_form, 400),
    PageRow("team assign", "team.choose", "staff", team_at("/assignments/new")),
    PageRow(
        "team assign nothing", "team.choose", "staff", team_at("/assignments/new"), deeds.send_first_form, 400
    ),
    PageRow("team assignment", "team.show_assignment", "staff", helper_at("/companies/{long}")),
    PageRow("team removal", "team.think", "staff", helper_at("/removal")),
    PageRow("handover number", "handover.begin", "advisor", at(_NEW)),
    PageRow("handover number missing", "handover.begin", "advisor", at(_NEW), deeds.send_first_form, 400),
    PageRow("handover found", "handover.confirm", "advisor", at(f"{_NEW}/334444449")),
    PageRow("handover unknown", "handover.confirm", "advisor", at(f"{_NEW}/310028754")),
    PageRow("handover known", "handover.confirm", "advisor", at(f"{_NEW}/311046276")),
    PageRow("handover by name", "handover.name_it", "advisor", at(f"{_NEW}/unnumbered")),
    PageRow(
        "handover without name",
        "handover.name_it",
        "advisor",
        at(f"{_NEW}/unnumbered"),
        deeds.send_first_form,
        400,
    ),
    PageRow("handover pending", "handover.show_company", "advisor", handover("pending")),
    PageRow(
        "handover no address",
        "handover.show_company",
        "advisor",
        handover("pending"),
        deeds.send_first_form,
        400,
    ),
    PageRow("handover invited", "handover.show_company", "advisor", handover("invited")),
    PageRow("handover facts", "handover.edit_facts", "advisor", handover("pending", "/facts")),
    PageRow(
        "advisor of a company",
        "outsiders.think",
        "owner",
        lambda w: f"/organisations/{w.companies['workshop']}/advisors/{w.people['helper']}",
    ),
    PageRow("mail off", "mailchoice.ask", "anonymous", token("mail", "/mail/")),
    PageRow("mail is off", "mailchoice.ask", "anonymous", token("mail_off", "/mail/")),
)
