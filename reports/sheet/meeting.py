"""The meeting sheet as frozen values: what to ask, what to agree on, what is open, and room to write.

It is the advisor's and lies on the table while they talk: it holds their questions, and no note.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assessment.review.plan import is_live
from reports.formatting import Voice, clean, shortened
from reports.identity import content_id
from reports.marks import PROGRAM, program_version
from reports.material import Material
from reports.sections.cover import organisation_name
from reports.sections.desk import Desk, lay_out
from reports.sections.nextstep import way
from reports.sections.plan import ActionLine, action_line
from reports.sections.review import level_words
from reports.sheet.asking import LONGEST, Ask, asks
from reports.sheet.room import GAP, LINE, Wish, fit, lines_needed
from reports.translations.report import REPORT_WORDS

ROOM = 1220
"""The height of what varies, in tenths of a mm: the page without what is fixed and five lines to write on."""

RULES = 34
"""Lines to write on, enough for a whole page: what has no room is cut off at its foot."""

EMPTY_ROWS = 2
STEPS_SHOWN = 2
_OPEN_HEAD = 140 + LINE + GAP
"""The height of the heading of the open actions, the head of their table, and the line about the others."""


@dataclass(frozen=True, slots=True)
class Agree:
    """One thing to agree on, with room for who and when beside it. ``lines``: how many it is given."""

    text: str
    effort: str
    lines: int


@dataclass(frozen=True, slots=True)
class Open:
    """An action that is not done yet. ``lines``: how many it is given."""

    action: ActionLine
    lines: int


@dataclass(frozen=True, slots=True)
class MeetingSheet:
    """The whole sheet. ``also``: the level with the advisors' ratings; empty where there are none.

    ``asks_left``, ``opens_left``: about what has no room; empty where all has. ``rules``: lines to write on.
    """

    language: str
    title: str
    about: str
    running: str
    accent: str
    organisation: str
    facts: str
    level: str
    also: str
    next: str
    asks: tuple[Ask, ...]
    asks_left: str
    agrees: tuple[Agree, ...]
    empty_rows: range
    opens: tuple[Open, ...]
    opens_left: str
    rules: range
    marks: tuple[str, ...]
    words: Mapping[str, str]

    @property
    def identifier(self) -> str:
        """64 hexadecimal digits that name its content."""
        return content_id(self)


def build_sheet(material: Material) -> MeetingSheet:
    """The sheet of a result. Pure: the same material gives the same sheet."""
    texts = material.result.plan.questionnaire.words(material.language)
    voice = Voice(material.language, REPORT_WORDS[material.language], texts)
    desk = lay_out(material, voice)
    name, title = organisation_name(desk), texts["questionnaire/title"]
    every = (asks(desk), _agrees(desk), _opens(desk))
    asked, agreed, opened = _fit(*every)
    asks_left, opens_left = len(every[0]) - asked, len(every[2]) - opened
    return MeetingSheet(
        language=material.language,
        title=voice.say("sheet_title", questionnaire=title, organisation=name),
        about=voice.say("sheet_about", organisation=name),
        running=voice.say("sheet_running", organisation=shortened(name, 70)),
        accent=material.branding.accent,
        organisation=shortened(name, LONGEST),
        facts=" · ".join(filter(None, (title, shortened(clean(material.result.answers.period), 60)))),
        level=level_words(desk, desk.result.overall),
        also=_also(desk),
        next=_next(desk),
        asks=every[0][:asked],
        asks_left=voice.say("sheet_more", count=asks_left) if asks_left else "",
        agrees=every[1][:agreed],
        empty_rows=range(EMPTY_ROWS),
        opens=every[2][:opened],
        opens_left=voice.say("sheet_open_more", count=opens_left) if opens_left else "",
        rules=range(RULES),
        marks=(f"{PROGRAM} {program_version()}", "edition meeting"),
        words=voice.words,
    )


def _fit(asking: tuple[Ask, ...], agreeing: tuple[Agree, ...], opened: tuple[Open, ...]) -> tuple[int, ...]:
    return fit(
        ROOM,
        Wish(tuple(one.lines for one in asking), sure=4, most=9),
        Wish(tuple(one.lines for one in agreeing), sure=2, most=5),
        Wish(tuple(one.lines for one in opened), sure=2, most=6, head=_OPEN_HEAD),
    )


def _also(desk: Desk) -> str:
    held = desk.material.review
    if held is None or not (held.is_approved or desk.result.review.ratings):
        return ""
    key = "sheet_approved" if held.is_approved else "sheet_rated"
    return desk.voice.say(key, level=level_words(desk, held.rated.overall))


def _next(desk: Desk) -> str:
    """What the next level takes, in one sentence."""
    voice, words, step = desk.voice, desk.voice.words, desk.result.next_step
    found = way(desk, step)
    if found is None or step is None:
        return words["way_top" if desk.result.overall.level == 4 else "way_none"]
    said = [
        voice.say("sheet_next_step", question=line.question, what=line.what)
        for line in found.lines[:STEPS_SHOWN]
    ]
    left = len(found.lines) - len(said)
    steps = voice.listed(said)
    if left:
        steps = voice.say("sheet_next_more", steps=", ".join(said), count=left)
    return voice.say("sheet_next", level=step.reaches, name=voice.level(step.reaches), steps=steps)


def _agrees(desk: Desk) -> tuple[Agree, ...]:
    """Advice to choose from: the cheapest way up first, and nothing that is agreed on already."""
    taken = {one.question_id for one in desk.material.plan if is_live(one.status)}
    found = [one for one in desk.result.recommendations if one.question not in taken]
    ranked = sorted(found, key=lambda one: "next_step" not in one.reasons)
    texts = [_first_sentence(desk.voice.texts[f"{one.text_key}/text"]) for one in ranked]
    return tuple(
        Agree(text, desk.voice.words[f"effort_{one.effort}"], lines_needed(text, width=93, most=3))
        for one, text in zip(ranked, texts, strict=True)
    )


def _first_sentence(text: str) -> str:
    first, dot, _ = text.partition(". ")
    return shortened(f"{first}." if dot else text, LONGEST)


def _opens(desk: Desk) -> tuple[Open, ...]:
    """What was agreed on and is not done, in the plan's order."""
    lines = [action_line(desk, one) for one in desk.material.plan if is_live(one.status)]
    return tuple(Open(line, _open_lines(line)) for line in lines)


def _open_lines(line: ActionLine) -> int:
    """The most lines that one of its cells takes."""
    return max(lines_needed(line.text, width=79, most=2), lines_needed(line.owner, width=29, most=2))
