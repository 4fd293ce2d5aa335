"""Every page of the application and the states it can be in: how to get there, and as whom."""

from __future__ import annotations

from tests.webapp.browser import deeds
from tests.webapp.browser.advisingtable import ADVISING
from tests.webapp.browser.calibrationtable import CALIBRATION
from tests.webapp.browser.gatheringtable import GATHERINGS
from tests.webapp.browser.helptable import HELP
from tests.webapp.browser.intaketable import INTAKES
from tests.webapp.browser.offeringtable import OFFERINGS
from tests.webapp.browser.plantable import PLANS
from tests.webapp.browser.reviewtable import REVIEWS
from tests.webapp.browser.rows import PageRow, at, company, of, question, token
from tests.webapp.browser.troubletable import TROUBLES
from tests.webapp.browser.world import World

NO_PAGES = {
    "start.root": "leads to the front page in the reader's language",
    "health.live": "for machines",
    "health.ready": "for machines",
    "health.metrics": "for machines",
    "oidc.begin": "leads to the identity provider",
    "oidc.come_back": "leads on from the identity provider",
    "evidence.download": "a file",
    "review.show_picture": "a file",
    "documents.download": "a file",
    "result.report_style": "a file",
    "releases.report_style": "a file",
    "releases.take_json": "a file",
    "releases.take_pdf": "a file",
    "calibration.take_csv": "a file",
    "activities.take_calendar": "a file",
    "programme.take_file": "a file",
    "cohortdesk.take_csv": "a file",
    "cohortdesk.take_xlsx": "a file",
    "gatheringpapers.download": "a file",
    "gatherings.take_csv": "a file",
    "gatherings.take_xlsx": "a file",
    "shownfiles.download": "a file",
    "calibration.take_xlsx": "a file",
    "result.take_json": "a file",
    "result.take_xlsx": "a file",
}
"""What answers GET and is no page for people, and why."""


def _new_address(world: World) -> str:
    """The link that confirms another address; asked for once."""
    address = "liv@eksempel.example"
    if "address" not in world.tokens:
        world.tokens["address"] = world.ask_for_address("member", address)
    return world.tokens["address"]


_PUBLIC = (
    PageRow("front", "start.front", "anonymous", at("/")),
    PageRow("signin", "signin.ask", "anonymous", at("/signin")),
    PageRow(
        "signin wrong address", "signin.ask", "anonymous", at("/signin"), deeds.write_a_wrong_address, 400
    ),
    PageRow("signin sent", "signin.sent", "anonymous", at("/signin"), deeds.ask_for_a_link),
    PageRow("signin keep trial", "signin.ask", "trial", at("/signin")),
    PageRow("signin link", "signin.look", "anonymous", token("link", "/signin/")),
    PageRow(
        "signin link expired",
        "signin.look",
        "anonymous",
        token("expired", "/signin/"),
        None,
        410,
    ),
    PageRow("signin link unknown", "signin.look", "anonymous", at("/signin/nothing"), None, 404),
    PageRow(
        "invitation",
        "invitation.look",
        "anonymous",
        lambda w: w.mailed_path("innbudt@eksempel.example", "invitation/"),
    ),
    PageRow(
        "invitation with section",
        "invitation.look",
        "anonymous",
        lambda w: w.mailed_path("kollega@eksempel.example", "invitation/"),
    ),
    PageRow("help", "pages.help_page", "anonymous", at("/about/help")),
    PageRow("privacy", "pages.privacy", "anonymous", at("/about/privacy")),
    PageRow("privacy of an owner", "pages.privacy", "owner", at("/about/privacy")),
    PageRow("accessibility", "pages.accessibility", "anonymous", at("/about/accessibility")),
    PageRow("demo mail", "demo.inbox", "anonymous", at("/demo/mail")),
    PageRow("not found", "", "anonymous", at("/nowhere"), None, 404),
    PageRow("not signed in", "", "anonymous", at("/assessments")),
    PageRow("not there", "", "member", at("/assessments/nothing"), None, 404),
)

_START = (
    PageRow("overview empty", "assessments.overview", "newcomer", at("/assessments")),
    PageRow("overview owner", "assessments.overview", "owner", at("/assessments")),
    PageRow("overview member", "assessments.overview", "member", at("/assessments")),
    PageRow("overview trial", "assessments.overview", "trial", at("/assessments")),
    PageRow("overview long", "assessments.overview", "long", at("/assessments")),
    PageRow("session ends", "assessments.overview", "owner", at("/assessments"), deeds.show_session_warning),
    PageRow("new assessment", "assessments.choose", "owner", at("/assessments/new")),
    PageRow("new assessment trial", "assessments.choose", "trial", at("/assessments/new")),
    PageRow("new assessment long", "assessments.choose", "long", at("/assessments/new")),
    PageRow("tasks empty", "assessments.tasks", "owner", of("empty")),
    PageRow("tasks half", "assessments.tasks", "owner", of("draft")),
    PageRow("tasks complete", "assessments.tasks", "member", of("complete")),
    PageRow("tasks trial", "assessments.tasks", "trial", of("trial")),
    PageRow("tasks long", "assessments.tasks", "long", of("long")),
    PageRow("tasks sent back", "assessments.tasks", "owner", of("sent_back")),
)

_WIZARD = (
    PageRow("profile filled", "profile.edit", "owner", of("complete", "/profile")),
    PageRow("profile trial", "profile.edit", "trial", of("trial", "/profile")),
    PageRow(
        "profile errors", "profile.edit", "trial", of("trial", "/profile"), deeds.write_wrong_values, 400
    ),
    PageRow("section empty", "wizard.section", "owner", of("empty", "/sections/strategy")),
    PageRow("section trial", "wizard.section", "trial", of("trial", "/sections/design")),
    PageRow("section filled", "wizard.section", "member", of("complete", "/sections/operations")),
    PageRow(
        "section opened",
        "wizard.section",
        "owner",
        of("complete", "/sections/strategy"),
        deeds.open_everything,
    ),
    PageRow("section numbers", "wizard.section", "owner", of("wide", "/sections/operations")),
    PageRow("section tables", "wizard.section", "owner", of("wide", "/sections/indicators")),
    PageRow(
        "section errors",
        "wizard.section",
        "owner",
        of("wide", "/sections/indicators"),
        deeds.write_wrong_values,
        400,
    ),
    PageRow(
        "section long", "wizard.section", "long", of("long", "/sections/strategy"), deeds.open_everything
    ),
    PageRow("section data", "wizard.section", "member", of("draft", "/sections/data")),
    PageRow("clash written", "wizard.section", "owner", of("clash", "/sections/strategy"), deeds.clash),
    PageRow(
        "clash saved",
        "wizard.section",
        "owner",
        of("clash", "/sections/strategy"),
        deeds.clash_on_saving,
        409,
    ),
    PageRow("check empty", "wizard.check", "owner", of("empty", "/check")),
    PageRow("check half", "wizard.check", "member", of("draft", "/check")),
    PageRow("check complete", "wizard.check", "owner", of("complete", "/check")),
    PageRow("check long", "wizard.check", "long", of("long", "/check")),
    PageRow("all questions", "wizard.everything", "owner", of("draft", "/all")),
    PageRow("all questions long", "wizard.everything", "long", of("long", "/all")),
)

_TOGETHER = (
    PageRow("files", "evidence.show_files", "owner", of("draft", "/files")),
    PageRow("files empty", "evidence.show_files", "owner", of("empty", "/files")),
    PageRow("files advisor", "evidence.show_files", "advisor", of("submitted", "/files")),
    PageRow("files long", "evidence.show_files", "long", of("long", "/files")),
    PageRow("give", "delegation.give", "owner", of("draft", "/sections/data/give")),
    PageRow("give member", "delegation.give", "member", of("draft", "/sections/targets/give")),
    PageRow("give long", "delegation.give", "long", of("long", "/sections/design/give")),
    PageRow(
        "give nobody",
        "delegation.give",
        "owner",
        of("draft", "/sections/value_chain/give"),
        deeds.send_first_form,
        400,
    ),
    PageRow(
        "question", "question.show_question", "owner", lambda w: question("draft", w.tokens["question"])(w)
    ),
    PageRow(
        "question member",
        "question.show_question",
        "member",
        lambda w: question("draft", w.tokens["question"])(w),
    ),
    PageRow("question empty", "question.show_question", "owner", question("empty", "strategy.ambition")),
    PageRow(
        "question handed in", "question.show_question", "owner", question("submitted", "strategy.ambition")
    ),
    PageRow("question long", "question.show_question", "long", question("long", "strategy.ambition")),
    PageRow(
        "question empty comment",
        "question.show_question",
        "owner",
        question("empty", "strategy.ambition"),
        deeds.send_first_form,
        400,
    ),
)

_RESULT = (
    PageRow("result", "result.show_result", "owner", of("submitted", "/result"), deeds.open_everything),
    PageRow("result member", "result.show_result", "member", of("in_review", "/result")),
    PageRow("result approved", "result.show_result", "owner", of("approved", "/result")),
    PageRow("result advisor", "result.show_result", "advisor", of("submitted", "/result")),
    PageRow("result review", "result.show_result", "advisor", of("in_review", "/result")),
    PageRow("result approved advisor", "result.show_result", "advisor", of("approved", "/result")),
    PageRow(
        "result long", "result.show_result", "long", of("long_submitted", "/result"), deeds.open_everything
    ),
    PageRow("preview", "result.preview", "owner", of("draft", "/preview")),
    PageRow("preview empty", "result.preview", "owner", of("empty", "/preview")),
    PageRow("report", "result.show_report", "owner", of("submitted", "/report")),
    PageRow("report share", "result.show_report", "owner", of("submitted", "/report?edition=share")),
    PageRow("report long", "result.show_report", "long", of("long_submitted", "/report")),
    PageRow("what if", "whatif.show_what_if", "owner", of("submitted", "/what-if")),
    PageRow(
        "what if tried", "whatif.show_what_if", "owner", of("submitted", "/what-if"), deeds.send_first_form
    ),
    PageRow("what if long", "whatif.show_what_if", "long", of("long_submitted", "/what-if")),
    PageRow(
        "documents",
        "documents.show_documents",
        "owner",
        of("submitted", "/documents"),
        deeds.wait_for_documents,
    ),
    PageRow("documents advisor", "documents.show_documents", "advisor", of("approved", "/documents")),
    PageRow("new round", "rounds.choose", "owner", of("approved", "/new-round")),
    PageRow("portfolio", "portfolio.show_portfolio", "advisor", at("/portfolio")),
    PageRow("portfolio staff", "portfolio.show_portfolio", "staff", at("/portfolio")),
    PageRow("programme", "portfolio.show_programme", "staff", lambda w: f"/programme/{w.programme}"),
)

_PEOPLE = (
    PageRow("account", "account.show_account", "owner", at("/account")),
    PageRow("account newcomer", "account.show_account", "newcomer", at("/account")),
    PageRow("account long", "account.show_account", "long", at("/account")),
    PageRow("account address", "account.look_at_change", "member", _new_address),
    PageRow("organisation number", "organisation.new", "newcomer", at("/organisations/new")),
    PageRow(
        "organisation number missing",
        "organisation.new",
        "newcomer",
        at("/organisations/new"),
        deeds.send_first_form,
        400,
    ),
    PageRow("organisation found", "organisation.confirm", "newcomer", at("/organisations/new/334444449")),
    PageRow("organisation unknown", "organisation.confirm", "newcomer", at("/organisations/new/310028754")),
    PageRow("organisation closed", "organisation.confirm", "newcomer", at("/organisations/new/354444445")),
    PageRow("organisation known", "organisation.confirm", "owner", at("/organisations/new/311046276")),
    PageRow("organisation by name", "organisation.name_it", "newcomer", at("/organisations/new/unnumbered")),
    PageRow(
        "organisation without name",
        "organisation.name_it",
        "newcomer",
        at("/organisations/new/unnumbered"),
        deeds.send_first_form,
        400,
    ),
    PageRow("organisation owner", "organisation.show_organisation", "owner", company("workshop")),
    PageRow("organisation member", "organisation.show_organisation", "member", company("workshop")),
    PageRow("organisation long", "organisation.show_organisation", "long", company("long")),
    PageRow("units", "organisation.units", "owner", company("workshop", "/units")),
    PageRow("invite", "colleagues.ask", "owner", company("workshop", "/invitations/new")),
    PageRow(
        "invite nobody",
        "colleagues.ask",
        "owner",
        company("workshop", "/invitations/new"),
        deeds.send_first_form,
        400,
    ),
    PageRow(
        "colleague",
        "colleagues.show_colleague",
        "owner",
        lambda w: f"/organisations/{w.companies['workshop']}/people/{w.people['member']}",
    ),
    PageRow("leaving", "colleagues.think", "member", company("workshop", "/leaving")),
    PageRow("leaving last owner", "colleagues.think", "owner", company("workshop", "/leaving")),
)

_PRIVACY = (
    PageRow("take own", "privacy.export_person", "owner", at("/account/copy")),
    PageRow("erase own", "privacy.erase_person", "member", at("/account/erasure")),
    PageRow("erase own last owner", "privacy.erase_person", "owner", at("/account/erasure")),
    PageRow("take company", "privacy.export_organisation", "owner", company("workshop", "/copy")),
    PageRow("erase company", "privacy.erase_organisation", "owner", company("workshop", "/erasure")),
)

PAGES: tuple[PageRow, ...] = (
    *_PUBLIC,
    *_START,
    *_WIZARD,
    *_TOGETHER,
    *_RESULT,
    *REVIEWS,
    *ADVISING,
    *PLANS,
    *OFFERINGS,
    *INTAKES,
    *GATHERINGS,
    *HELP,
    *CALIBRATION,
    *_PEOPLE,
    *_PRIVACY,
    *TROUBLES,
)
"""All of them. A page of the application without a row fails a test."""
