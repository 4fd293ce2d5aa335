"""The pages of activities: what a company finds and does there, and what those who run the programme do."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar

from questionnaires.values import LANGUAGES, Language
from tests.webapp.services.offers import an_activity
from tests.webapp.services.post import mails
from tests.webapp.views.after import After, hand_in
from tests.webapp.views.browsing import Browser, hidden_in, text_of
from webapp.services import mailing
from webapp.services.jobs import claim, due

SUGGESTED = {"nb": "Foreslått for dere", "nn": "Foreslått for dykk", "en": "Suggested to you"}
SOON = datetime.now(UTC).replace(microsecond=0) + timedelta(days=30)
GONE = datetime.now(UTC).replace(microsecond=0) - timedelta(days=30)
CIRCULAR = "circular_business_models"
RECORDED = {
    "url": "https://video.example.org/opptak",
    "chapters": [{"starts_at_seconds": 750, "title": "Avfall", "addresses": ["operations.*"]}],
}
TYPED = {
    "code": "W7",
    "depth": "basic",
    "title_nb": "Avfall i praksis",
    "title_nn": "Avfall i praksis",
    "title_en": "Waste in practice",
    "day": "3.2.2031",
    "starts": "09:00",
    "ends": "10.30",
    "capacity": "40",
    "place": "Eksempelsalen",
    "questionnaires": [CIRCULAR],
    "addresses": "operations.waste_*",
    "recording": "https://video.example.org/w7",
    "chapters": "1:00 Start\n1:02:30 Sortering [operations.waste_sorting]",
    "presentations": "Lysark https://video.example.org/w7.pdf",
    "prework": [CIRCULAR],
    "agenda": "30 | Velkommen | Velkomen | Welcome",
}


pytestmark = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
"""What the pages do with the other kind, the tests of the services show."""


@pytest.fixture
def after(tmp_path: Path) -> After:
    return hand_in(tmp_path)


def desk(after: After, rest: str = "") -> str:
    return f"/programme/{after.programme}/activities{rest}"


def add(after: After, code: str = "W1", kind: str = "webinar", **said: object) -> str:
    return an_activity(after.site, after.actor(after.staff), after.programme, code, kind, **said)  # type: ignore[arg-type]


def send_all(after: After) -> None:
    now = datetime.now(UTC)
    for job_id in due(after.site.database, ["send_mail"], now):
        claimed = claim(after.site.database, job_id, now)
        assert claimed is not None
        mailing.send_mail(after.site, claimed.body, now)


def told(after: After) -> list[tuple[str, str]]:
    """Who was told of an activity, and how."""
    return [(mail["To"], mail["Subject"]) for mail in mails(after.site) if "Aktivitet" in mail["Subject"]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_company_finds_what_comes_and_what_remains(after: After, language: Language) -> None:
    coming = add(
        after, starts=SOON, place="Eksempelsalen", capacity=20, speaker="Ola Eksempel", language="nn"
    )
    past = add(
        after,
        "W2",
        starts=GONE,
        questionnaires=[CIRCULAR],
        addresses=["operations.*"],
        recording=RECORDED,
    )
    browser = after.browser(after.owner, language)

    listed = text_of(browser.get("/activities"))
    page = browser.get(f"/activities/{past}")

    assert f"{SUGGESTED[language]} " in listed
    assert listed.index("Aktivitet W1") < listed.rindex("Aktivitet W2")
    assert "Eksempelsalen" in text_of(browser.get(f"/activities/{coming}"))
    assert 'href="https://video.example.org/opptak#t=750"' in page.text
    assert "12:30 Avfall" in text_of(page)


def test_people_register_take_the_calendar_file_and_leave(after: After) -> None:
    id_ = add(after, starts=SOON, capacity=1)
    owner, member = after.browser(after.owner), after.browser(after.member)

    owner.post(f"/activities/{id_}/registration")
    assert "Du er påmeldt og har plass." in text_of(owner.get(f"/activities/{id_}"))
    member.post(f"/activities/{id_}/registration")
    page = text_of(member.get(f"/activities/{id_}"))
    assert "som nummer 1" in page
    assert "Kari Nordmann" in page
    owner.post(f"/activities/{id_}/withdrawal")
    send_all(after)

    assert "Du er påmeldt og har plass." in text_of(member.get(f"/activities/{id_}"))
    assert told(after) == [("ola@eksempel.no", "Du har fått plass: Aktivitet W1")]
    file = Calendar.from_ical(member.get(f"/activities/{id_}/calendar.ics").get_data())
    [event] = file.walk("VEVENT")
    assert event.decoded("dtstart") == SOON
    assert str(event["summary"]) == "Aktivitet W1"


def test_staff_write_an_activity_and_find_it_again_as_they_wrote_it(after: After) -> None:
    staff = after.browser(after.staff)
    assert "Nytt webinar" in text_of(staff.get(desk(after)))

    staff.get(desk(after, "/new/gathering"))
    staff.post(desk(after, "/new/gathering"), TYPED)
    [id_] = ids_in(staff, after)

    form = staff.get(desk(after, f"/{id_}")).text
    assert "1:00 Start\n1:02:30 Sortering [operations.waste_sorting]</textarea>" in form
    assert 'value="3.2.2031"' in form
    assert 'value="09:00"' in form
    staff.post(desk(after, f"/{id_}"), {**TYPED, "base": "1", "capacity": "30"})
    late = staff.post(desk(after, f"/{id_}"), {**TYPED, "base": "1", "speaker": "Kari Eksempel"}, status=409)
    assert "Det du skrev, står her." in text_of(late)
    assert 'name="base" value="2"' in late.text
    assert 'value="Kari Eksempel"' in late.text
    page = text_of(after.browser(after.owner, "en").get(f"/activities/{id_}"))
    assert "3 February 2031, 09:00–10:30" in page
    assert "30 places left" in page
    assert "Welcome" in page


def ids_in(staff: Browser, after: After) -> list[str]:
    place = f"/nb{desk(after)}/"
    parts = staff.get(desk(after)).text.split(f'class="title"><a class="ds-link" href="{place}')[1:]
    return [part.partition('"')[0] for part in parts]


def test_everything_that_is_wrong_is_said_at_its_field(after: After) -> None:
    staff = after.browser(after.staff)
    typed = {**TYPED, "title_nn": "", "day": "snart", "capacity": "mange", "chapters": "uten tid"}
    page = staff.post(desk(after, "/new/webinar"), typed, status=400)
    for name in ("title_nn", "day", "capacity", "chapters"):
        assert f'href="#{name}"' in page.text
        assert f'id="{name}-error"' in page.text

    page = staff.post(desk(after, "/new/webinar"), {**TYPED, "recording": "ftp://x"}, status=400)
    assert 'id="recording-error"' in page.text

    typed = {**TYPED, "addresses": "operations.nothing", "ends": "08:00"}
    page = staff.post(desk(after, "/new/webinar"), typed, status=400)
    for name in ("addresses", "ends"):
        assert f'href="#{name}"' in page.text
        assert f'id="{name}-error"' in page.text
    assert "Ingen aktiviteter ennå." in text_of(staff.get(desk(after)))


def test_what_was_shown_is_kept_and_saved_by_the_companies(after: After) -> None:
    id_ = add(after, starts=GONE)
    staff, owner = after.browser(after.staff), after.browser(after.owner)
    place = desk(after, f"/{id_}/files")
    assert "Ingen filer ennå." in text_of(staff.get(place))

    staff.post(place, {"file": (io.BytesIO(b"navn;verdi\nnoe;1\n"), "lysark.csv")})
    staff.post(place, {"file": (io.BytesIO(b"navn;verdi\nnoe;1\n"), "lysark.csv")})
    staff.post(place, {"file": (io.BytesIO(b"MZ"), "lysark.exe")}, status=400)

    page = owner.get(f"/activities/{id_}").text
    [address] = re.findall(rf'href="/nb(/activities/{id_}/files/[^"]+)"', page)
    assert owner.get(address).get_data() == b"navn;verdi\nnoe;1\n"
    after.browser(after.stranger).get(address, status=404)
    staff.post(f"{place}/{address.rpartition('/')[2]}/removal")
    owner.get(address, status=404)


def test_staff_cancel_and_everybody_who_registered_is_told(after: After) -> None:
    id_ = add(after, starts=SOON)
    after.browser(after.owner).post(f"/activities/{id_}/registration")
    staff = after.browser(after.staff)

    assert "1 person er påmeldt" in text_of(staff.get(desk(after, f"/{id_}/cancellation")))
    staff.post(desk(after, f"/{id_}/cancellation"))
    send_all(after)

    assert told(after) == [("kari@eksempel.no", "Avlyst: Aktivitet W1")]
    assert "Avlyst" in text_of(after.browser(after.owner).get("/activities"))
    after.browser(after.member).post(f"/activities/{id_}/registration", status=409)


def test_staff_mark_who_was_there_and_the_company_sees_it(after: After) -> None:
    id_ = add(after, starts=GONE)
    staff = after.browser(after.staff)
    page = desk(after, f"/{id_}/attendance")
    staff.get(page)

    staff.post(page, {"there": [f"{after.company}.", "nobody"]})

    assert "Dere var med" in text_of(after.browser(after.owner).get("/activities"))
    assert "1 bedrift var med" in text_of(staff.get(desk(after)))
    staff.post(page, {"shown": hidden_in(staff.get(page), "shown")})
    assert "var med" not in text_of(staff.get(desk(after)))


def test_a_programme_is_set_up_from_the_template_copied_and_carried_by_file(after: After) -> None:
    staff = after.browser(after.staff)
    said = {"name": "Nytt program", "controller": "Eksempel fylke", "contact": "p@example.org"}
    staff.get("/programme/new")

    answer = staff.post("/programme/new", {**said, "source": "template"})
    place = answer.headers["Location"].removeprefix("/nb").removesuffix("/activities")
    assert "Hva er sirkulær økonomi for bedriften min?" in text_of(staff.get(f"{place}/activities"))
    assert "strategy.business_model Hvilke av de fem" in text_of(staff.get(f"{place}/activities/new/guide"))
    front = staff.get(place)
    assert "Ingen bedrifter er med ennå." in text_of(front)
    assert f"{place}/cohorts/new" in front.text

    staff.post(f"{place}/partners", {"name": "Eksempel fylke", "roles": ["organiser", "reader"]})
    staff.post(f"{place}/partners", {"name": "", "url": "ftp://x"}, status=400)
    staff.post(f"{place}/partners", {"name": "usyn\u202elig", "roles": ["reader"]}, status=400)
    assert "Arrangør · Leser" in text_of(staff.get(f"{place}/partners"))
    partner = re.search(r'partners/([^"/]+)"', staff.get(f"{place}/partners").text)
    assert partner is not None
    at = f"{place}/partners/{partner[1]}"
    changed = {"name": "Eksempel fylke", "roles": ["organiser"], "base": hidden_in(staff.get(at), "base")}
    assert "Velg minst én ting" in text_of(staff.post(at, {**changed, "roles": []}, status=400))
    staff.post(at, changed)
    late = staff.post(at, {**changed, "roles": ["reader"]}, status=409)
    assert "Noen andre har endret dette" in text_of(late)
    assert "Arrangør · Leser" not in text_of(staff.get(f"{place}/partners"))
    staff.post(f"{place}/partners", {"name": "Eksempel klynge", "roles": ["organiser", "reader"]})
    file = staff.get(f"{place}/programme.yaml").get_data()
    assert b"Eksempel fylke" in file

    carried = {**said, "name": "Båret", "source": "file", "file": (io.BytesIO(file), "p.yaml")}
    answer = staff.post("/programme/new", carried)
    other = answer.headers["Location"].removeprefix("/nb").removesuffix("/activities")
    assert "Arrangør · Leser" in text_of(staff.get(f"{other}/partners"))
    copied = staff.post("/programme/new", {**said, "source": other.rpartition("/")[2]}).headers["Location"]
    assert "Ingen partnere ennå." in text_of(staff.get(copied.replace("activities", "partners")))


def test_what_a_programme_says_of_itself_is_changed_once_from_a_page(after: After) -> None:
    staff, at = after.browser(after.staff), f"/programme/{after.programme}/settings"
    said = {"name": "Nytt navn", "controller": "Eksempel fylke", "contact": "p@example.org"}
    sent = {**said, "base": hidden_in(staff.get(at), "base")}

    assert hidden_in(staff.post(at, {**sent, "name": ""}, status=400), "base") == sent["base"]
    staff.post(at, sent)
    late = staff.post(at, {**sent, "contact": "q@example.org"}, status=409)

    assert "Noen andre har endret dette" in text_of(late)
    page = staff.get(at).text
    assert 'value="Nytt navn"' in page
    assert 'value="p@example.org"' in page


def test_an_offer_of_support_is_confirmed_as_its_page_showed_it(after: After) -> None:
    staff, desk = after.browser(after.staff), f"/programme/{after.programme}/support"
    staff.post(f"{desk}/new", {"name": "Eksempel fond", "kind": "funding", "base": "0"})
    entry = re.search(rf"{desk}/([\w-]{{22}})", staff.get(desk).text)
    assert entry is not None
    at = f"{desk}/{entry[1]}"
    shown = {"base": hidden_in(staff.get(at), "base")[0]}

    staff.post(f"{at}/confirmation", shown)
    staff.post(f"{at}/confirmation", shown, status=409)

    assert "Sjekket" in text_of(staff.get(at))


def test_a_file_with_mistakes_is_refused_with_all_of_them_and_their_places(after: After) -> None:
    staff = after.browser(after.staff)
    said = {"name": "Nytt program", "controller": "Eksempel fylke", "contact": "p@example.org"}
    file = (io.BytesIO(b"format: 2\nname: {nb: A}\nnoe: 1\n"), "p.yaml")

    page = text_of(staff.post("/programme/new", {**said, "source": "file", "file": file}, status=400))

    assert "Ingenting er lagret." in page
    for line in ("p.yaml:1:", "p.yaml:2:", "p.yaml:3:"):
        assert line in page
    assert len(staff.get("/portfolio").text.split("/programme/")) == 2 + 1
