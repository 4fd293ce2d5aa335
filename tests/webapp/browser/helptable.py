"""The rows of support: looking somebody up, the directory of a programme, and referrals."""

from __future__ import annotations

from tests.webapp.browser import deeds
from tests.webapp.browser.helping import helper_at
from tests.webapp.browser.rows import PageRow, Path, at, of


def _referral() -> Path:
    return lambda world: of("submitted", f"/referrals/{world.tokens['referral']}")(world)


HELP = (
    PageRow("support", "support.show_list", "owner", at("/support")),
    PageRow("support nobody fits", "support.show_list", "owner", at("/support?text=ingen")),
    PageRow(
        "support actor", "support.show_actor", "owner", lambda world: f"/support/{world.tokens['helper']}"
    ),
    PageRow("support desk", "supportdesk.show_list", "staff", helper_at()),
    PageRow("support demand", "supportdesk.show_demand", "staff", helper_at("/demand")),
    PageRow("support new", "supportdesk.begin", "staff", helper_at("/new"), deeds.send_first_form, 400),
    PageRow("support entry", "supportdesk.edit", "staff", helper_at("/{helper}")),
    PageRow(
        "support offer new",
        "supportdesk.begin_offer",
        "staff",
        helper_at("/{helper}/new-offer"),
        deeds.send_first_form,
        400,
    ),
    PageRow("support offer", "supportdesk.edit_offer", "staff", helper_at("/{helper}/offers/long")),
    PageRow(
        "referral new",
        "referrals.begin",
        "owner",
        of("submitted", "/referrals/new"),
        deeds.send_first_form,
        400,
    ),
    PageRow("referral", "referrals.show_referral", "owner", _referral()),
)
