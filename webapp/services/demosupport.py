"""The demo's directory of support, with referrals to it, and an organisation that says what it offers.

What is made up stands beside what the shipped template says of bodies there are.
"""

from __future__ import annotations

from questionnaires.programme_values import Paragraph, Words
from questionnaires.support import SupportActor, SupportOffer
from webapp.db import queries_support as queries
from webapp.services import democohorts, directorydesk, referring
from webapp.services.demoteams import ADVISOR, STAFF, Desk

_COUNTY = SupportActor(
    id="new",
    name="Eksempel fylkeskommune",
    kind="county",
    about=Paragraph(
        nb="Veileder bedrifter i fylket og kjenner de andre aktørene.",
        nn="Rettleier verksemder i fylket og kjenner dei andre aktørane.",
        en="Advises companies in the county and knows the other actors.",
    ),
    url="https://example.org/fylkeskommune",
    languages=("nb", "nn"),
    offers=(
        SupportOffer(
            id="rules",
            title=Words(
                nb="Veiledning om regelverk og tillatelser",
                nn="Rettleiing om regelverk og løyve",
                en="Guidance on rules and permits",
            ),
            help=("advice", "regulation"),
            themes=("recovery", "symbiosis"),
            counties=("Eksempelfylket",),
        ),
        SupportOffer(
            id="start",
            title=Words(
                nb="Førstelinje: hvem kan hjelpe dere videre?",
                nn="Førstelinje: kven kan hjelpe dykk vidare?",
                en="First contact: who can help you further?",
            ),
            help=("advice", "network"),
            counties=("Eksempelfylket",),
        ),
    ),
)
_CLUSTER = SupportActor(
    id="new",
    name="Eksempel industriklynge",
    kind="cluster",
    about=Paragraph(
        nb="Samler industribedrifter som vil bruke hverandres overskudd.",
        nn="Samlar industriverksemder som vil bruke overskotet til kvarandre.",
        en="Brings together industrial companies that want to use each other's surplus.",
    ),
    url="https://example.org/klynge",
    languages=("nb",),
    offers=(
        SupportOffer(
            id="connect",
            title=Words(
                nb="Kobling av bedrifter om en bestemt ressurs",
                nn="Kopling av verksemder om ein bestemt ressurs",
                en="Connecting companies over a particular resource",
            ),
            help=("network", "advice"),
            themes=("symbiosis", "recovery", "inputs"),
            municipalities=("Eksempelvik", "Eksempelby"),
            url="https://example.org/klynge/kobling",
        ),
        SupportOffer(
            id="course",
            title=Words(
                nb="Kurs i materialregnskap",
                nn="Kurs i materialrekneskap",
                en="Course in material accounting",
            ),
            help=("training",),
            themes=("operations", "insight"),
            counties=("Eksempelfylket",),
        ),
    ),
)
_WORKSHOP = ("eksempel_metallverksted", "circular_business_models")
_FURNITURE = ("eksempel_mobelverksted", "circular_business_models")


def make_support(desk: Desk) -> None:
    """Give the programme its own entries beside the template's, and have two companies referred."""
    site, staff = desk.site, desk.actor(STAFF)
    with site.database.read() as session:
        held = {row.code: row.id for row in queries.actors_of(session, [desk.programme])}
    directorydesk.remove_actor(site, staff, desk.programme, held["fylkeskommunen"], desk.now())
    county = directorydesk.add_actor(site, staff, desk.programme, _COUNTY, desk.now())
    cluster = directorydesk.add_actor(site, staff, desk.programme, _CLUSTER, desk.now())
    for actor_id in (county, cluster):
        directorydesk.confirm_actor(site, staff, desk.programme, actor_id, base=1, now=desk.now())
    helped = _refer(desk, _WORKSHOP, f"{cluster}.connect", "symbiosis.mapping", "Spon og overskuddsvarme.")
    for outcome, note in (
        ("contacted", "Ringte og fikk et møte."),
        ("helped", "Koblet med et gartneri som vil bruke varmen."),
    ):
        referring.follow_up(
            site,
            desk.actor(ADVISOR),
            desk.made[_WORKSHOP],
            helped,
            desk.now(),
            outcome=outcome,
            note=note,
        )
    _refer(desk, _FURNITURE, f"{held['siva']}.katapult", "design.durability", "")
    democohorts.make_actors_cohort(desk)


def _refer(desk: Desk, made: tuple[str, str], offer: str, question_id: str, note: str) -> str:
    return referring.refer(
        desk.site,
        desk.actor(ADVISOR),
        desk.made[made],
        desk.now(),
        offer=offer,
        question_id=question_id,
        note=note,
        language="nb",
    )
