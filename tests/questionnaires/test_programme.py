"""The values a programme is made of: moments, addresses, copies for another county."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from pydantic import ValidationError

from questionnaires.activities import ActivityTitle
from questionnaires.programme import (
    Chapter,
    Part,
    PartnerOrganisation,
    Parts,
    Presentation,
    ProgrammeActivity,
    ProgrammeTemplate,
    Recording,
    blank_copy,
    chapter_address,
)
from questionnaires.programme_values import Words

TEA = Words(nb="Te", nn="Te", en="Tea")


def activity(**more: Any) -> ProgrammeActivity:
    title = ActivityTitle(nb="Te", nn="Te", en="Tea")
    return ProgrammeActivity(id="T1", title=title, depth="basic", kind="webinar", **more)


def test_a_moment_is_kept_in_utc_to_the_second() -> None:
    oslo = timezone(timedelta(hours=1))
    given = datetime(2027, 2, 3, 9, 0, 30, 999, tzinfo=oslo)

    held = activity(starts="2027-02-03T08:00Z", ends=given)

    assert held.starts == datetime(2027, 2, 3, 8, 0, tzinfo=UTC)
    assert held.ends == datetime(2027, 2, 3, 8, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "moment",
    [
        "2027-02-03",
        "2027-02-03T08:00",
        "2027-02-03T08:00+01:00",
        "2027-02-30T08:00Z",
        "2027-02-03T25:00Z",
        "1999-12-31T08:00Z",
        "２027-02-03T08:00Z",
        datetime(2027, 2, 3, 8, 0),  # a moment without a zone is what is refused
        datetime(1999, 2, 3, 8, 0, tzinfo=UTC),
        1801555200,
    ],
)
def test_what_is_no_moment_in_utc_is_refused(moment: object) -> None:
    with pytest.raises(ValidationError):
        activity(starts=moment)


@pytest.mark.parametrize(
    "address",
    [
        "https://eksempel.example/opptak?v=1&t=2#del",
        "http://eksempel.example:8080/a%20b",
        "https://bærekraft.example/",
        "https://video-1.eksempel.example",
    ],
)
def test_addresses_of_the_web_are_taken(address: str) -> None:
    assert Presentation(title="Te", url=address).url == address


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "ftp://eksempel.example/",
        "//eksempel.example/",
        "https://",
        "https:///sti",
        "https://navn@eksempel.example/",
        "https://navn:ord@eksempel.example/",
        "https://eksempel.example\\@annen.example/",
        "https://eksempel.example/a b",
        "https://eksempel.example/\u202e",
        "https://eksempel.example/\n",
        " https://eksempel.example/",
        "https://eksempel.example:99999/",
        "https://[::1/",
        'https://eksempel.example/"onclick="',
        "https://eksempel.example/" + "a" * 1000,
        "",
    ],
)
def test_what_is_no_address_of_the_web_or_hides_where_it_leads_is_refused(address: str) -> None:
    with pytest.raises(ValidationError):
        Presentation(title="Te", url=address)


@pytest.mark.parametrize(
    ("recording", "expected"),
    [
        ("https://eksempel.example/o.mp4", "https://eksempel.example/o.mp4#t=754"),
        ("https://eksempel.example/o.mp4#del", "https://eksempel.example/o.mp4#del"),
        ("https://www.youtube.com/watch?v=Te1&t=3s", "https://www.youtube.com/watch?v=Te1&t=754s"),
        ("https://youtu.be/Te1", "https://youtu.be/Te1?t=754s"),
        ("https://youtube.com.eksempel.example/a", "https://youtube.com.eksempel.example/a#t=754"),
    ],
)
def test_a_chapter_is_seen_at_its_second(recording: str, expected: str) -> None:
    chapter = Chapter(starts_at_seconds=754, title="Vann")

    assert chapter_address(Recording(url=recording), chapter) == expected


def test_a_chapter_with_an_address_of_its_own_is_seen_there() -> None:
    chapter = Chapter(starts_at_seconds=754, title="Vann", url="https://eksempel.example/vann")

    assert chapter_address(Recording(url="https://eksempel.example/o"), chapter) == chapter.url


def test_a_copy_for_another_county_keeps_what_is_learnt_and_drops_who_where_and_when() -> None:
    recording = Recording(url="https://eksempel.example/o")
    held = activity(
        starts="2027-02-03T08:00Z",
        ends="2027-02-03T09:00Z",
        place="Eksempelsalen",
        speaker="Navn Navnesen",
        capacity=20,
        is_cancelled=True,
        recording=recording,
        language="nn",
    )
    programme = ProgrammeTemplate(
        name=TEA,
        parts=Parts(basic=Part(title=TEA), advanced=Part(title=TEA)),
        partners=(PartnerOrganisation(name="Eksempel fylke", roles=("organiser",)),),
        activities=(held,),
    )

    copy = blank_copy(programme)

    assert copy.partners == ()
    assert copy.activities == (activity(recording=recording, language="nn"),)
