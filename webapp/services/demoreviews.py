"""The reviews of the demo: ratings, notes, what is asked for again, and a plan that is followed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Literal, TypeAlias

from assessment.review.plan import ActionStatus
from webapp.services import agreeing, documents, judging, notes, plan, requesting
from webapp.services.demoteams import ADVISOR, Desk
from webapp.services.judging import Judgement

Key: TypeAlias = tuple[str, str]
"""Which assessment of the demo: company and questionnaire."""

FOLLOWED: Key = ("eksempel_metallverksted", "circular_business_models")
"""The assessment with a plan."""


@dataclass(frozen=True, slots=True)
class _Note:
    """One note. ``question``: what it is about; None for the whole."""

    audience: Literal["private", "shared"]
    question: str | None
    text: str


@dataclass(frozen=True, slots=True)
class _Action:
    """Something agreed. ``due_in``: days from today; ``status``, ``remark``: how far the company has come."""

    text: str
    question: str
    owner: str
    due_in: int
    effort: Literal["small", "medium", "large"]
    status: ActionStatus = "open"
    remark: str = ""


@dataclass(frozen=True, slots=True)
class _Review:
    """What an advisor makes of a hand-in. ``requests``: what to look at again, by question."""

    ratings: Mapping[str, Judgement]
    notes: tuple[_Note, ...] = ()
    requests: Mapping[str, str] = field(default_factory=dict)
    actions: tuple[_Action, ...] = ()


_METAL, _SHOP = "eksempel_metallverksted", "eksempel_butikk"
_OFFICE = "eksempel_radgivning"
_CIRCULAR, _REPORTING = "circular_business_models", "sustainability_reporting"
_UNDER_WAY = _Review(
    ratings={
        "governance.owner": Judgement("3", is_confirmed=True),
        "governance.policies": Judgement("2"),
        "governance.incentives": Judgement(
            "2",
            reason="Dere fortalte at ledelsen får energitallene hvert kvartal. Da er dere kommet lenger enn "
            "til å diskutere.",
        ),
        "governance.conduct": Judgement("3", is_confirmed=True),
        "data.energy": Judgement("3", is_confirmed=True),
        "data.ghg": Judgement("2"),
        "targets.ghg": Judgement(
            "2",
            is_confirmed=True,
            reason="Målet er vedtatt i styret, men scope 2 for 2022 er bare anslått. Uten det tallet mangler "
            "målet et basisår.",
        ),
    },
    notes=(
        _Note(
            "private",
            "targets.ghg",
            "Spør hvem som laget anslaget for scope 2, og om styret visste at det var et anslag.",
        ),
        _Note(
            "shared",
            "targets.ghg",
            "Fint at målet er vedtatt! Ta med strømregningene for 2022 til møtet, så regner vi ut scope 2 "
            "sammen.",
        ),
    ),
    requests={
        "targets.ghg": "Hvilket utslipp i 2022 går målet ut fra? Legg ved tallene for scope 1 og 2, eller "
        "skriv hva som mangler.",
    },
)
_BACK = _Review(
    ratings={
        "strategy.ambition": Judgement("1"),
        "recovery.takeback": Judgement("1"),
    },
    requests={
        "operations.waste_data": "Kjøpesenteret har ofte tall for hver leietaker. Spør om tonn per "
        "fraksjon for i fjor, og legg ved det dere får.",
        "operations.energy_water": "Be kjøpesenteret om strømforbruket deres, eller les av måleren. Et "
        "anslag sier mer enn «vet ikke».",
        "use.access_models": "Prislisten viser at dere leier ut ski og pulker. Hvem har ansvaret for "
        "utleien? Skriv det i kommentaren.",
    },
)
_DONE = _Review(
    ratings={
        "strategy.ambition": Judgement(
            "3",
            reason="Dere viste meg strategien da vi møttes. Målene står der, med daglig leder som "
            "ansvarlig og frist i 2027.",
        ),
        "strategy.responsibility": Judgement("3"),
        "operations.waste_data": Judgement("3", is_confirmed=True),
        "recovery.takeback": Judgement("2"),
        "recovery.end_market": Judgement(
            "3",
            reason="Dere har én fast kjøper av skrapet. Nivå 4 krever flere kjøpere.",
        ),
        "symbiosis.exchange": Judgement("3", is_confirmed=True),
        "insight.measurement": Judgement("3", is_confirmed=True),
    },
    notes=(
        _Note(
            "shared",
            None,
            "Godt dokumentert, og tydelig framgang siden i fjor. Neste gang ser vi særlig på om målene har "
            "fått et basisår, og om dere får flere produkter i retur.",
        ),
    ),
    actions=(
        _Action(
            "Be grossisten om miljødeklarasjon for alle stålprofiler",
            *("inputs.secondary", "Innkjøpsleder", -4, "small", "done"),
            remark="Mottatt for alle profilene vi kjøper fast.",
        ),
        _Action(
            "Sette mål med basisår for andelen gjenvunnet stål",
            *("insight.targets", "Daglig leder", 33, "medium", "begun"),
            remark="2025 er valgt som basisår. Målet skal opp i styret i neste møte.",
        ),
        _Action(
            "Avtale fast retur av rekkverk og stativer med to byggekunder",
            *("recovery.takeback", "Salgssjef", 95, "large"),
        ),
    ),
)
_REVIEWS: Mapping[Key, _Review] = {
    (_METAL, _REPORTING): _UNDER_WAY,
    (_SHOP, _CIRCULAR): _BACK,
    (_METAL, _CIRCULAR): _DONE,
}
REASONS: Mapping[Key, str] = {
    (_SHOP, _CIRCULAR): "Takk for ærlige svar! Tre av dem bør dere se på en gang til før vi møtes.",
    (_OFFICE, _REPORTING): "Dere har fått nye strømtall fra kontorfellesskapet. Legg dem inn, så ser jeg på "
    "svaret igjen.",
}
"""Why something was sent back or opened again."""


def review(desk: Desk, key: Key, assessment_id: str) -> None:
    """Rate what is in review, write the notes, and note what the company should look at again."""
    found, site = _REVIEWS.get(key), desk.site
    if found is None:
        return
    at = (site, desk.actor(ADVISOR), assessment_id)
    for question, judgement in found.ratings.items():
        judging.judge(*at, question, desk.now(), judgement=judgement, base=0)
    for question, reason in found.requests.items():
        requesting.request_again(*at, question, desk.now(), reason=reason)
    for note in found.notes:
        is_shared = note.audience == "shared"
        notes.write_note(*at, desk.now(), text=note.text, is_shared=is_shared, question_id=note.question)
    for action in found.actions:
        agreeing.agree(*at, desk.now(), wanted=_wanted(desk, action))


def _wanted(desk: Desk, action: _Action) -> agreeing.Wanted:
    today = desk.today.astimezone(desk.site.zone).date()
    due_on = today + timedelta(days=action.due_in)
    return agreeing.Wanted(action.text, action.owner, due_on, action.effort, action.question)


def follow_up(desk: Desk, key: Key, assessment_id: str) -> None:
    """Have the company say how far its actions have come, and its report made with that."""
    found, site = {one.text: one for one in _REVIEWS[key].actions}, desk.site
    owner = desk.actor(f"owner@{key[0].removeprefix('eksempel_')}")
    for entry in plan.open_plan(site, owner, assessment_id, desk.now()).entries:
        said = found[entry.agreed.text]
        if said.status != entry.agreed.status:
            agreeing.follow_up(
                *(site, owner, assessment_id, entry.id, desk.now()),
                status=said.status,
                remark=said.remark,
                base=entry.version,
            )
    documents.order_document(site, owner, assessment_id, "company", "nb", now=desk.now())
