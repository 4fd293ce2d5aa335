"""What the demo's programme offers: partners, webinars behind and ahead, a gathering with people on its list.

Everything is made up; addresses lead nowhere (example.org), and speakers are nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, time, timedelta
from typing import Any

from webapp.db import queries_activities as queries
from webapp.db.tables.organisations import Programme
from webapp.services import activitydesk, partners, places, programmedesk
from webapp.services.demologos import ring, steps
from webapp.services.demoteams import STAFF, Desk
from webapp.services.offering import put_template
from webapp.services.partners import NewPartner

_VIDEO = "https://video.example.org"
_SPEAKERS = ("Tonje Eksempel", "Morten Eksempel")
_HALL = "Eksempelsalen, Eksempelgata 1, Eksempelby"
_DATES: Mapping[str, int] = {
    "C1": -40,
    "R1": -33,
    "C3": -26,
    "R2": -19,
    "C5": -12,
    "C2": 9,
    "C6": 16,
    "R5": 23,
    "C7": 30,
    "R6": 37,
    "G1": 20,
    "S3": 48,
    "G2": 55,
}
"""In how many days from today each takes place; before 0: it is over."""

_CHAPTERS: Mapping[str, tuple[tuple[int, str, tuple[str, ...]], ...]] = {
    "C1": (
        (0, "Velkommen", ()),
        (312, "Hva er en sirkulær strategi?", ("strategy.ambition",)),
        (1265, "Forretningsmodellen", ("strategy.business_model",)),
    ),
    "C3": (
        (0, "Velkommen", ()),
        (245, "Fra faktura til avfallsoversikt", ("operations.waste_data",)),
        (1090, "Sortering som lønner seg", ("operations.waste_sorting",)),
        (1980, "Hvilke materialer bruker dere?", ("inputs.knowledge",)),
    ),
    "C5": (
        (0, "Velkommen", ()),
        (420, "Krav til leverandørene", ("inputs.procurement",)),
        (1515, "Brukte og resirkulerte materialer", ("inputs.secondary",)),
    ),
    "R1": ((0, "Velkommen", ()), (390, "Hvem har ansvaret?", ("governance.*",))),
    "R2": (
        (0, "Velkommen", ()),
        (275, "Energi: fra strømregning til tabell", ("data.energy",)),
        (1440, "Klimaregnskap steg for steg", ("data.ghg",)),
    ),
}
_AGENDA = (
    (30, "Kaffe og registrering", "Kaffi og registrering", "Coffee and registration"),
    (45, "Hva svarte bedriftene?", "Kva svarte verksemdene?", "What did the companies answer?"),
    (90, "Arbeid ved bordene", "Arbeid ved borda", "Work at the tables"),
    (45, "Lunsj", "Lunsj", "Lunch"),
    (60, "Neste steg for hver bedrift", "Neste steg for kvar verksemd", "Next steps for each company"),
)
_GUIDE: Mapping[str, Any] = {
    "id": "V1",
    "kind": "guide",
    "depth": "basic",
    "title": {
        "nb": "Kom i gang med avfallsoversikten",
        "nn": "Kom i gang med avfallsoversikta",
        "en": "Getting started with an overview of waste",
    },
    "language": "nb",
    "questionnaires": ["circular_business_models"],
    "addresses": ["operations.waste_data"],
    "presentations": [{"title": "Veiledning, to sider", "url": "https://example.org/avfallsoversikt.pdf"}],
}
"""Something to read, beside what takes place."""

_LISTED = (
    "owner@mobelverksted",
    "member@mobelverksted",
    "owner@metallverksted",
    "owner@bygg",
    "owner@butikk",
)
_THERE: Mapping[str, tuple[str, ...]] = {
    "C1": ("eksempel_mobelverksted", "eksempel_metallverksted", "eksempel_butikk", "eksempel_bygg"),
    "C3": ("eksempel_metallverksted", "eksempel_bygg"),
    "R1": ("eksempel_mobelverksted", "eksempel_radgivning"),
}


def make_offers(desk: Desk) -> None:
    """Fill the programme with the shipped template, give it dates, and have people take part."""
    site, now = desk.site, desk.now()
    with site.database.write() as session:
        programme = session.get_one(Programme, desk.programme)
        put_template(session, programme, programmedesk.shipped_template(site), desk.people[STAFF], now)
    for partner in _partners():
        partners.add_partner(site, desk.actor(STAFF), desk.programme, partner, desk.now())
    with site.database.read() as session:
        codes = {row.code: row.id for row in queries.activities_of(session, [desk.programme])}
    for at, (code, days) in enumerate(_DATES.items()):
        _date(desk, codes[code], _said(desk, code, days, _SPEAKERS[at % 2]))
    form = activitydesk.open_form(site, desk.actor(STAFF), desk.programme)
    guide = activitydesk.checked(site, form, _GUIDE)
    activitydesk.save(site, desk.actor(STAFF), desk.programme, None, guide, base=0, now=desk.now())
    for name in _LISTED:
        places.register(site, desk.actor(name), codes["G1"], _company(desk, name), desk.now())
    places.register(site, desk.actor(_LISTED[0]), codes["C2"], _company(desk, _LISTED[0]), desk.now())
    for code, companies in _THERE.items():
        _attend(desk, codes[code], companies)


def _partners() -> Iterable[NewPartner]:
    yield NewPartner("Eksempel fylkeskommune", ("organiser", "advisor_team"), logo=ring("#1b4f5c"))
    pages = "https://example.org/forskning"
    yield NewPartner("Eksempel forskningssenter", ("content_owner",), pages, steps("#8a3b12"))
    yield NewPartner("Eksempel næringshage", ("reader",))


def _company(desk: Desk, person: str) -> str:
    return desk.organisations[f"eksempel_{person.partition('@')[2]}"]


def _date(desk: Desk, activity_id: str, said: Mapping[str, Any]) -> None:
    """Write what only this programme knows into an activity."""
    site, staff = desk.site, desk.actor(STAFF)
    form = activitydesk.open_form(site, staff, desk.programme, activity_id)
    assert form.activity is not None
    content = form.activity.model_dump(mode="json", exclude_defaults=True) | dict(said)
    activity = activitydesk.checked(site, form, content)
    activitydesk.save(site, staff, desk.programme, activity_id, activity, base=form.version, now=desk.now())


def _said(desk: Desk, code: str, days: int, speaker: str) -> dict[str, Any]:
    is_gathering = code in ("G1", "G2", "S3")
    begins = moment(desk, days, 10 if is_gathering else 9)
    if is_gathering:
        said = gathering_content(begins) | {"capacity": 4 if code == "G1" else 40}
        return said | ({"prework": ["sustainability_reporting"]} if code == "G2" else {})
    ends = begins + timedelta(hours=1)
    said = {"starts": _text(begins), "ends": _text(ends), "language": "nb", "speaker": speaker}
    if days < 0:
        said["recording"] = {"url": f"{_VIDEO}/{code.lower()}", "chapters": list(_chapters(code))}
        said["presentations"] = [{"title": "Presentasjon", "url": f"{_VIDEO}/{code.lower()}.pdf"}]
    return said


def gathering_content(begins: datetime) -> dict[str, Any]:
    """What a gathering of the demo says beside its title."""
    agenda = [
        {"title": {"nb": nb, "nn": nn, "en": en}, "minutes": minutes} for minutes, nb, nn, en in _AGENDA
    ]
    return {
        "starts": _text(begins),
        "ends": _text(begins + timedelta(hours=5)),
        "language": "nb",
        "place": _HALL,
        "agenda": agenda,
        "prework": ["circular_business_models"],
    }


def _chapters(code: str) -> Iterable[dict[str, Any]]:
    for at, title, addresses in _CHAPTERS[code]:
        chapter = {"starts_at_seconds": at, "title": title}
        yield chapter | ({"addresses": list(addresses)} if addresses else {})


def _attend(desk: Desk, activity_id: str, companies: Iterable[str]) -> None:
    there = [f"{desk.organisations[one]}." for one in companies]
    activitydesk.mark_attendance(
        desk.site, desk.actor(STAFF), desk.programme, activity_id, marked=there, shown=(), now=desk.today
    )


def moment(desk: Desk, days: int, hour: int) -> datetime:
    """An hour of the day that is so many days from today, where the people are; never at a weekend."""
    day = desk.today.astimezone(desk.site.zone).date() + timedelta(days=days)
    day += timedelta(days=max(0, 7 - day.weekday())) if day.weekday() > 4 else timedelta()
    return datetime.combine(day, time(hour), desk.site.zone).astimezone(UTC)


def _text(time_utc: datetime) -> str:
    return time_utc.strftime("%Y-%m-%dT%H:%M:%SZ")
