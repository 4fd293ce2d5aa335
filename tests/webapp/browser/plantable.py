"""The rows of what advisors ask, tell and agree on with a company: each page in the states it can be in."""

from __future__ import annotations

from tests.webapp.browser import deeds, plans
from tests.webapp.browser.rows import PageRow, Path, of, question

_PLAN, _NEW, _ACTION = "plan.show_plan", "plan.new", "plan.show_action"


def _action(assessment: str, name: str) -> Path:
    return lambda world: of(assessment, f"/plan/{world.tokens[name]}")(world)


PLANS = (
    PageRow("plan", _PLAN, "planner", of("planned", "/plan")),
    PageRow("plan advisor", _PLAN, "counsel", of("planned", "/plan")),
    PageRow("plan empty", _PLAN, "owner", of("submitted", "/plan")),
    PageRow("plan of the next round", _PLAN, "planner", of("planned_next", "/plan")),
    PageRow("plan trial", _PLAN, "trial", of("trial", "/plan")),
    PageRow("plan long", _PLAN, "long", of("long_submitted", "/plan")),
    PageRow("plan new", _NEW, "planner", of("planned", "/plan/new")),
    PageRow("plan new from advice", _NEW, "counsel", of("planned", f"/plan/new?question={plans.MEASURED}")),
    PageRow("plan new errors", _NEW, "planner", of("planned", "/plan/new"), deeds.send_first_form, 400),
    PageRow("action", _ACTION, "planner", _action("planned", "action"), deeds.open_everything),
    PageRow("action earlier", _ACTION, "planner", _action("planned_next", "action")),
    PageRow("action parting", _ACTION, "planner", _action("planned", "action"), plans.part_on_an_action, 409),
    PageRow("action long", _ACTION, "long", _action("long_submitted", "long action"), deeds.open_everything),
    PageRow(
        "result signed", "result.show_result", "planner", of("planned", "/result"), deeds.open_everything
    ),
    PageRow("result handed in again", "result.show_result", "planner", of("handed_in_again", "/result")),
    PageRow("overview planner", "assessments.overview", "planner", lambda _world: "/assessments"),
    PageRow("tasks returned", "assessments.tasks", "planner", of("returned")),
    PageRow("tasks with earlier actions", "assessments.tasks", "planner", of("planned_next")),
    PageRow("check returned", "wizard.check", "planner", of("returned", "/check")),
    PageRow("section returned", "wizard.section", "planner", of("returned", "/sections/strategy")),
    PageRow("question returned", "question.show_question", "planner", question("returned", plans.AMBITION)),
    PageRow("question signed", "question.show_question", "planner", question("planned", plans.AMBITION)),
)
