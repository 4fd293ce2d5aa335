"""The states of pages in which something stands in the way, and the pages that say so."""

from __future__ import annotations

from tests.webapp.browser import deeds, mishaps
from tests.webapp.browser.rows import PageRow, at, of, question, token
from tests.webapp.browser.troubles import CODE_ADDRESS, RESTORED
from tests.webapp.browser.world import World


def _coded_link(world: World) -> str:
    """A link that another browser asked for."""
    return world.mailed_path(CODE_ADDRESS, "signin/")


_ENTERING = (
    PageRow("signin code", "signin.look", "anonymous", _coded_link),
    PageRow("signin code missing", "signin.look", "anonymous", _coded_link, deeds.send_first_form, 400),
    PageRow("signin too often", "", "anonymous", at("/signin"), mishaps.ask_once_more, 429),
    PageRow("signin old form", "", "anonymous", at("/signin"), mishaps.send_an_old_form, 400),
    PageRow("provider", "oidc.finish", "anonymous", at("/signin"), mishaps.come_back_from_the_provider),
    PageRow("provider too late", "oidc.finish", "advisor", at("/signin/provider/finish"), None, 400),
    PageRow("invitation used", "invitation.look", "anonymous", token("used", "/invitation/"), None, 410),
    PageRow("invitation ended", "invitation.look", "anonymous", token("ended", "/invitation/"), None, 410),
    PageRow("account invited", "account.show_account", "staff", at("/account")),
)

_READ_ONLY = (
    PageRow("section handed in", "wizard.section", "owner", of("submitted", "/sections/strategy")),
    PageRow("profile handed in", "profile.edit", "owner", of("submitted", "/profile")),
)

_REOPENED = (
    PageRow("tasks reopened", "assessments.tasks", "owner", of("reopened")),
    PageRow("section reopened", "wizard.section", "owner", of("reopened", "/sections/strategy")),
)

_UNSAVED = (
    PageRow(
        "section unsaved",
        "wizard.section",
        "unlucky",
        of("unlucky", "/sections/strategy"),
        mishaps.change_an_answer,
        503,
    ),
    PageRow(
        "profile unsaved", "profile.edit", "unlucky", of("unlucky", "/profile"), mishaps.change_a_fact, 503
    ),
    PageRow(
        "comment unsaved",
        "question.show_question",
        "unlucky",
        question("unlucky", RESTORED),
        mishaps.comment,
        503,
    ),
    PageRow("start unsaved", "", "unlucky", at("/assessments/new"), mishaps.start_an_assessment, 503),
    PageRow("out of order", "", "unlucky", at("/account"), deeds.send_first_form, 500),
    PageRow("document out of reach", "", "unlucky", token("document", "/documents/"), None, 503),
)

_REFUSED = (
    PageRow(
        "profile clash",
        "profile.edit",
        "hurried",
        of("hurried", "/profile"),
        mishaps.change_a_fact_too_late,
        409,
    ),
    PageRow(
        "question restored too late",
        "question.show_question",
        "hurried",
        question("hurried", RESTORED),
        mishaps.restore_too_late,
        409,
    ),
    PageRow(
        "question file refused",
        "question.show_question",
        "hurried",
        question("hurried", RESTORED),
        mishaps.send_a_program,
        400,
    ),
    PageRow("file too large", "", "hurried", question("hurried", RESTORED), mishaps.send_too_much, 413),
    PageRow(
        "section signed out", "", "hurried", of("hurried", "/sections/strategy"), mishaps.save_signed_out, 401
    ),
    PageRow("refused", "", "hurried", of("hurried", "/new-round"), None, 409),
    PageRow("not allowed", "", "trial", at("/account"), None, 403),
    PageRow("documents failed", "documents.show_documents", "owner", of("sent_back", "/documents")),
    PageRow("result document failed", "result.show_result", "owner", of("sent_back", "/result")),
)

TROUBLES: tuple[PageRow, ...] = (*_ENTERING, *_READ_ONLY, *_REOPENED, *_UNSAVED, *_REFUSED)
