"""The form of an activity: what was typed, as the content of a programme file.

What a list holds stands one to a line: ``12:30 Title [question.id]`` is a chapter, ``Title https://…``
something that was shown, ``30 | nb | nn | en`` a point of an agenda. What the form cannot read is wrong
here; everything else is for the check of the file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from questionnaires.programme import ProgrammeActivity, written_instant
from questionnaires.values import LANGUAGES
from webapp.forms.days import read_day
from webapp.forms.texts import plain_lines, showable
from webapp.forms.wrong import Wrong

TEXTS = ("title", "about", "audience")
SEVERAL = ("questionnaires", "prework")
NAMES = (
    "code",
    "depth",
    "kind",
    *(f"{text}_{language}" for text in TEXTS for language in LANGUAGES),
    *("basic_of", "addresses", "speaker", "language", "day", "starts", "ends", "place", "capacity"),
    *("agenda", "recording", "chapters", "presentations"),
)
"""Every field with one value."""

_TIME = re.compile(r"([01]?[0-9]|2[0-3])[.:]([0-5][0-9])")
_CHAPTER = re.compile(r"(?:([0-9]{1,2}):)?([0-9]{1,3}):([0-5][0-9])\s+(.+?)(?:\s+\[([^\]]*)\])?")
_SHOWN = re.compile(r"(.+?)\s+(\S+)")
_AGENDA = re.compile(r"([0-9]{1,4})?\s*\|([^|]+)\|([^|]+)\|([^|]+)")
_FIELD = re.compile(r"activities\[0\]\.?([a-z_]*)(?:\[[0-9]+\])?\.?([a-z_]*)")
_FIELDS = {"id": "code", "starts": "starts", "duration_min": "ends", "url": "recording"}


@dataclass(frozen=True, slots=True)
class ActivityForm:
    """``values``: what stands in each field; ``chosen``: of those with several; ``base``: the version shown.

    ``errors``: by field, a key of words or a sentence.
    """

    values: dict[str, str]
    chosen: Mapping[str, tuple[str, ...]]
    base: int = 0
    errors: dict[str, str] = field(default_factory=dict)


def shown_form(activity: ProgrammeActivity, base: int, zone: ZoneInfo, *, is_new: bool) -> ActivityForm:
    """The form as it stands before anything is typed. ``is_new``: only code, kind and part are there."""
    values = dict.fromkeys(NAMES, "")
    values |= {"code": activity.id, "kind": activity.kind, "depth": activity.depth}
    if is_new:
        return ActivityForm(values, dict.fromkeys(SEVERAL, ()))
    for name in TEXTS:
        said = getattr(activity, name)
        values |= {f"{name}_{one}": getattr(said, one) for one in LANGUAGES} if said is not None else {}
    values |= _times(activity, zone) | _lists(activity)
    values |= {
        "basic_of": activity.basic_of or "",
        "speaker": activity.speaker or "",
        "language": activity.language or "",
        "place": activity.place or "",
        "capacity": str(activity.capacity or ""),
    }
    return ActivityForm(values, {name: tuple(getattr(activity, name)) for name in SEVERAL}, base)


def _times(activity: ProgrammeActivity, zone: ZoneInfo) -> dict[str, str]:
    found = {}
    if activity.starts is not None:
        begins = activity.starts.astimezone(zone)
        found = {"day": f"{begins:%-d.%-m.%Y}", "starts": f"{begins:%H:%M}"}
    if activity.ends is not None:
        found["ends"] = f"{activity.ends.astimezone(zone):%H:%M}"
    return found


def _lists(activity: ProgrammeActivity) -> dict[str, str]:
    recording = activity.recording
    chapters = () if recording is None else recording.chapters
    return {
        "addresses": "\n".join(activity.addresses),
        "recording": "" if recording is None else recording.url,
        "chapters": "\n".join(
            f"{clock_of(one.starts_at_seconds)} {one.title}"
            + (f" [{' '.join(one.addresses)}]" if one.addresses else "")
            for one in chapters
        ),
        "presentations": "\n".join(f"{one.title} {one.url}" for one in activity.presentations),
        "agenda": "\n".join(
            f"{one.minutes or ''} | {one.title.nb} | {one.title.nn} | {one.title.en}"
            for one in activity.agenda
        ),
    }


def clock_of(seconds: int) -> str:
    """A place in a recording: ``12:30``, from an hour on ``1:02:30``."""
    hours, rest = divmod(seconds, 3600)
    minutes = f"{rest // 60:02}:{rest % 60:02}" if hours else f"{rest // 60}:{rest % 60:02}"
    return f"{hours}:{minutes}" if hours else minutes


def read_form(sent: Mapping[str, list[str]]) -> ActivityForm:
    """What was typed, as it is kept; ``sent``: every value by field."""
    values = {name: showable(plain_lines((sent.get(name) or [""])[-1])).strip() for name in NAMES}
    base = (sent.get("base") or ["0"])[-1]
    chosen = {name: tuple(showable(one) for one in sent.get(name, [])) for name in SEVERAL}
    is_number = re.fullmatch("[0-9]{1,9}", base) is not None
    return ActivityForm(values, chosen, int(base) if is_number else 0)


def content_of(form: ActivityForm, zone: ZoneInfo, kept: ProgrammeActivity | None) -> dict[str, Any]:
    """What was typed as the content of a file; what cannot be read is in ``errors`` afterwards.

    ``kept``: the activity as it is, for what the form does not hold.
    """
    found = _kept(kept)
    found |= {"id": form.values["code"], "depth": form.values["depth"], "kind": form.values["kind"]}
    found |= {
        name: text for name in ("speaker", "place", "language", "basic_of") if (text := form.values[name])
    }
    found |= {name: list(form.chosen[name]) for name in SEVERAL if form.chosen[name]}
    for name in TEXTS:
        said: dict[str, str] = {one: form.values[f"{name}_{one}"] for one in LANGUAGES}
        if any(said.values()) or name == "title":
            _all_languages(form, name, said)
            found[name] = said
    if addresses := form.values["addresses"].split():
        found["addresses"] = addresses
    if capacity := form.values["capacity"]:
        found["capacity"] = _number(form, "capacity", capacity)
    return found | _when(form, zone) | _recorded(form, kept) | _agenda(form)


def _kept(kept: ProgrammeActivity | None) -> dict[str, Any]:
    if kept is None:
        return {"source": "the programme"}
    names = {"source", "prerequisites", "condition", "duration_min"}
    return kept.model_dump(mode="json", include=names, exclude_defaults=True)


def _all_languages(form: ActivityForm, name: str, said: Mapping[str, str]) -> None:
    for language, text in said.items():
        if not text:
            form.errors[f"{name}_{language}"] = "activities.wrong_languages"


def _number(form: ActivityForm, name: str, text: str) -> int | None:
    if re.fullmatch("[0-9]{1,6}", text) is None:
        form.errors[name] = "activities.wrong_number"
        return None
    return int(text)


def _when(form: ActivityForm, zone: ZoneInfo) -> dict[str, Any]:
    """Its beginning and its end as moments."""
    typed = {name: form.values[name] for name in ("day", "starts", "ends")}
    if not any(typed.values()):
        return {}
    day = read_day(typed["day"])
    if day is None or isinstance(day, Wrong) or not 2000 <= day.year < 2200:
        form.errors["day"] = "activities.wrong_day"
        return {}
    times = {name: _time(text) for name in ("starts", "ends") if (text := typed[name])}
    if not typed["starts"]:
        form.errors["starts"] = "activities.wrong_time"
    for name, found in times.items():
        if found is None:
            form.errors[name] = "activities.wrong_time"
    return {name: _moment(day, found, zone) for name, found in times.items() if found is not None}


def _time(text: str) -> time | None:
    found = _TIME.fullmatch(text)
    return None if found is None else time(int(found[1]), int(found[2]))


def _moment(day: date, at: time, zone: ZoneInfo) -> str:
    return written_instant(datetime.combine(day, at, zone).astimezone(UTC))


def _recorded(form: ActivityForm, kept: ProgrammeActivity | None) -> dict[str, Any]:
    """Its recording and what was shown; a chapter keeps an address of its own: the form holds none."""
    found: dict[str, Any] = {}
    held = () if kept is None or kept.recording is None else kept.recording.chapters
    own = {one.starts_at_seconds: one.url for one in held if one.url is not None}
    chapters = [one for line in form.values["chapters"].splitlines() if (one := _chapter(form, line.strip()))]
    chapters = [
        one | ({"url": own[at]} if (at := one["starts_at_seconds"]) in own else {}) for one in chapters
    ]
    if form.values["recording"]:
        found["recording"] = {"url": form.values["recording"], **({"chapters": chapters} if chapters else {})}
    elif chapters:
        form.errors["recording"] = "activities.wrong_recording"
    shown = [one for line in form.values["presentations"].splitlines() if (one := _shown(form, line.strip()))]
    return found | ({"presentations": shown} if shown else {})


def _chapter(form: ActivityForm, line: str) -> dict[str, Any]:
    found = _CHAPTER.fullmatch(line)
    if found is None:
        if line:
            form.errors["chapters"] = "activities.wrong_chapters"
        return {}
    hours, minutes, seconds, title, addresses = found.groups()
    at = int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)
    chapter: dict[str, Any] = {"starts_at_seconds": at, "title": title}
    return chapter | ({"addresses": addresses.split()} if addresses and addresses.split() else {})


def _shown(form: ActivityForm, line: str) -> dict[str, Any]:
    found = _SHOWN.fullmatch(line)
    if found is None:
        if line:
            form.errors["presentations"] = "activities.wrong_presentations"
        return {}
    return {"title": found[1], "url": found[2]}


def _agenda(form: ActivityForm) -> dict[str, Any]:
    points: list[dict[str, Any]] = []
    for line in form.values["agenda"].splitlines():
        found = _AGENDA.fullmatch(line.strip())
        if found is not None:
            title = dict(zip(LANGUAGES, (text.strip() for text in found.groups()[1:]), strict=True))
            points.append({"title": title, **({"minutes": int(found[1])} if found[1] else {})})
        elif line.strip():
            form.errors["agenda"] = "activities.wrong_agenda"
    return {"agenda": points} if points else {}


def field_of(path: str) -> str:
    """The field that a problem of a file belongs to; ``code`` where there is none of its own."""
    found = _FIELD.match(path)
    if found is None:
        return "code"
    first, second = found.groups()
    if first in TEXTS:
        return f"{first}_{second if second in LANGUAGES else LANGUAGES[0]}"
    if first == "recording":
        return "chapters" if second == "chapters" else "recording"
    name = _FIELDS.get(first, first)
    return name if name in (*NAMES, *SEVERAL) else "code"
