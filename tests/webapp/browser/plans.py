"""What advisors ask of a company, tell it and agree on with it, in the world that browsers meet."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from assessment.answers import Answer
from tests.webapp.browser.visiting import Visitor
from tests.webapp.browser.world import LONG_WORD, World, hand_in, now
from tests.webapp.sites import a_company, a_person, an_assessment
from webapp.services import agreeing, notes, reviewing
from webapp.services.agreeing import Wanted
from webapp.services.answering import Said, save_answers
from webapp.services.judging import Judgement, judge
from webapp.services.opening import open_assessment
from webapp.services.requesting import request_again
from webapp.services.submitting import submit

AMBITION, WASTE, MEASURED = "strategy.ambition", "operations.waste_data", "insight.measurement"
REASONS = {
    AMBITION: "Legg ved styrevedtaket, eller skriv hvem som har bestemt målet.",
    WASTE: "Tallene for høsten mangler.",
}


def make_plans(world: World) -> None:
    """Add them to a world whose server has not been started."""
    site = world.site
    world.people["planner"] = a_person(site, "planner@eksempel.example", "Pia Planlegger")
    world.people["counsel"] = a_person(site, "counsel@eksempel.example", "Rita Rådgiver")
    world.companies["planned"] = a_company(
        site,
        "Eksempel Tekstil AS",
        "310028142",
        owners=[world.people["planner"]],
        advisors=[world.people["counsel"]],
    )
    for name, period in (("planned", "2023"), ("returned", "2024"), ("handed_in_again", "2022")):
        hand_in(world, name, "planned", "planner", period)
    _approve(world)
    _agree(world)
    for name in ("returned", "handed_in_again"):
        _return(world, name)
    submit(site, world.actor("planner"), world.assessments["handed_in_again"], 1, now())
    world.assessments["planned_next"] = an_assessment(
        site, world.actor("planner"), world.companies["planned"], period="2025", now=now()
    )
    _long(world)


def _approve(world: World) -> None:
    site, counsel, id_ = world.site, world.actor("counsel"), world.assessments["planned"]
    _take(world, "planned", ["start_review"])
    for question, rating, reason in (
        (AMBITION, "1", "Målet gjelder bare emballasje,\nog ingen har ansvaret for det."),
        (WASTE, "1", "Vi fant ingen veielapper."),
    ):
        said = Judgement(rating, reason=reason)
        judge(site, counsel, id_, question, now(), judgement=said, base=0)
    _tell(world, "planned", AMBITION, "Be styret vedta målet før sommeren.\n\nJeg har en mal dere kan bruke.")
    _tell(world, "planned", None, "Godt gjennomarbeidet. Vi tar resten på møtet.")
    _take(world, "planned", ["approve"])


def _agree(world: World) -> None:
    site, id_, today = world.site, world.assessments["planned"], now().date()
    for who, text, owner, days, effort, question in (
        ("planner", "Vei restavfallet hver uke i tre måneder", "Verksmester Ola", -20, "small", WASTE),
        ("counsel", "Få styret til å vedta et mål for sirkulære inntekter", "Pia", 60, "medium", AMBITION),
        (
            "planner",
            "Lag en side om hva dere måler\nPå nettsiden, med tall fra i fjor",
            "",
            None,
            None,
            MEASURED,
        ),
        ("planner", "Spør tre leverandører om retur av emballasje", "Innkjøp", 10, "large", None),
        ("counsel", "Send kurstilbudet til alle", "Pia", -40, "small", None),
    ):
        wanted = Wanted(text, owner, None if days is None else today + timedelta(days=days), effort, question)
        action = agreeing.agree(site, world.actor(who), id_, now(), wanted=wanted)
        world.tokens[f"action {len(world.tokens)}"] = action
        if text.startswith("Få styret"):
            world.tokens["action"] = action
            _follow(world, action, "begun", "Saken står på styremøtet i mai.")
        elif text.startswith("Send"):
            _follow(world, action, "done", "Sendt. Åtte har meldt seg på.")


def _follow(world: World, action: str, status: str, remark: str, who: str = "planner") -> None:
    id_ = world.assessments["planned"]
    agreeing.follow_up(world.site, world.actor(who), id_, action, now(), status=status, remark=remark, base=1)


def _return(world: World, name: str) -> None:
    """Sent back with two questions to look at; one of them is done."""
    site, counsel, owner, id_ = (
        world.site,
        world.actor("counsel"),
        world.actor("planner"),
        world.assessments[name],
    )
    _take(world, name, ["start_review"])
    for question, reason in REASONS.items():
        request_again(site, counsel, id_, question, now(), reason=reason)
    _tell(world, name, AMBITION, "Fint mål! Si gjerne hvem som følger det opp.")
    due = now().date() + timedelta(days=16)
    reason = "Se på de to spørsmålene, så godkjenner jeg."
    reviewing.decide(site, counsel, id_, "send_back", now(), reason=reason, due_on=due)
    held = open_assessment(site, owner, id_).held[WASTE]
    said = Said(WASTE, Answer("answered", "1", comment="Vi har tall fra august."), held.version)
    assert save_answers(site, owner, id_, [said], now()).changed


def _take(world: World, name: str, events: Iterable[str]) -> None:
    for event in events:
        reviewing.decide(world.site, world.actor("counsel"), world.assessments[name], event, now())


def _tell(world: World, name: str, question: str | None, text: str) -> None:
    counsel, id_ = world.actor("counsel"), world.assessments[name]
    notes.write_note(world.site, counsel, id_, now(), text=text, is_shared=True, question_id=question)


def _long(world: World) -> None:
    """Words no line holds."""
    owner, id_ = world.actor("long"), world.assessments["long_submitted"]
    wanted = Wanted(LONG_WORD, f"{LONG_WORD}"[:100], now().date() - timedelta(days=3), "large", AMBITION)
    world.tokens["long action"] = agreeing.agree(world.site, owner, id_, now(), wanted=wanted)
    agreeing.follow_up(
        world.site, owner, id_, world.tokens["long action"], now(), status="begun", remark=LONG_WORD, base=1
    )


def part_on_an_action(visitor: Visitor, world: World) -> None:
    """Follow an action up that the advisor has followed up since the page was made."""
    page = visitor.page
    page.evaluate("document.querySelector('input[name=base]').value = '1'")
    page.locator("#status-dropped").check(force=True)
    page.locator("#remark").fill("Styret har ikke tid.")
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_selector(".parting")
