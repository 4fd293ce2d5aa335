"""The outcome of a check in plain words, and as JSON for programs."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import groupby
from typing import Any

from questionnaires.values import Language
from reports.formatting import Voice, clean
from reports.translations.verify import VERIFY_WORDS
from reports.verifying.verification import Approved, Checked, Difference, Finding, Pages

SHOWN_DIFFERENCES = 20
SHOWN_VALUE = 80
WIDTH = 92


def describe_verdict(checked: Checked, language: Language) -> str:
    """For people: the verdict first, then what was recomputed, what was found, and what it proves."""
    voice = Voice(language, VERIFY_WORDS[language], {})
    words = voice.words
    lines = [
        f"{clean(checked.file)}: {_verdict(checked, voice)}",
        *_standing(checked, voice),
        *_listed(words["problems"], (_said(error, voice) for error in checked.errors)),
        *_listed(words["differences"], _differences(checked, voice)),
        *_listed(words["pages"], _pages(checked.pages, voice) if checked.standing.is_known else ()),
        *_listed(words["notes"], (_said(note, voice) for note in checked.notes)),
        *_wrapped(words[_proves(checked)], "  "),
    ]
    return "\n".join(lines) + "\n"


def verdict_json(checked: Checked, language: Language) -> dict[str, Any]:
    """For programs (docs/contracts.md); messages in the language, codes and paths in none."""
    voice = Voice(language, VERIFY_WORDS[language], {})
    standing, pages = checked.standing, checked.pages
    return {
        "file": checked.file,
        "verified": checked.is_verified,
        "edition": checked.edition,
        "id": standing.id,
        "code": standing.code,
        "level": standing.level,
        "score": standing.score,
        **_approved_json(standing.approved),
        "differences": [
            {"path": d.path, "report": d.report, "recomputed": d.recomputed, "kind": d.kind}
            for d in checked.differences
        ],
        "pages": {
            "status": pages.status,
            "count": pages.count,
            "differing": list(pages.differing),
            "active": list(pages.active),
            "reason": pages.reason,
            "made_with": pages.made_with,
            "here": pages.here,
        },
        "notes": [{"code": note.code, "message": _said(note, voice)} for note in checked.notes],
        "errors": [_error_json(error, voice) for error in checked.errors],
    }


def _approved_json(approved: Approved | None) -> dict[str, Any]:
    """One key more for a file that says it was approved."""
    if approved is None:
        return {}
    return {"approved": {"level": approved.level, "score": approved.score}}


def _error_json(error: Finding, voice: Voice) -> dict[str, Any]:
    if error.problem is None:
        path = str(error.particulars.get("path", ""))
        return {
            "code": error.code,
            "path": path,
            "line": None,
            "message": _said(error, voice),
            "allowed": "",
        }
    problem, language = error.problem, _language(voice)
    return {
        "code": error.code,
        "path": problem.place.path,
        "line": problem.place.line,
        "message": f"{problem.place.file}: {problem.message_in(language)}",
        "allowed": problem.allowed_in(language),
    }


def _language(voice: Voice) -> Language:
    return "nn" if voice.language == "nn" else "en" if voice.language == "en" else "nb"


def _verdict(checked: Checked, voice: Voice) -> str:
    return voice.say(_verdict_key(checked), count=len(checked.differences))


def _verdict_key(checked: Checked) -> str:
    if not checked.standing.is_known:
        return "unreadable"
    if checked.differences:
        return "altered_figures"
    if checked.errors or (checked.edition == "share" and checked.pages.active):
        return "unsound"
    if checked.edition == "share":
        return "sound_share"
    if checked.pages.status == "differ":
        return "altered_pages"
    return "sound" if checked.pages.status in ("identical", "same") else "sound_figures"


def _proves(checked: Checked) -> str:
    if checked.differences or checked.errors or not checked.standing.is_known:
        return "proves_nothing"
    return "proves_share" if checked.edition == "share" else "proves"


def _standing(checked: Checked, voice: Voice) -> Iterator[str]:
    """What was recomputed, so that the reader can compare it with the page."""
    standing, words = checked.standing, voice.words
    if not standing.is_known:
        return
    about = (standing.organisation, standing.period, standing.questionnaire)
    yield from _wrapped(f"{words['about']}: {' · '.join(clean(part) for part in about if part)}", "  ")
    level = words["no_level"] if standing.level is None else str(standing.level)
    if standing.status == "provisional":
        level += f" ({words['provisional']})"
    parts = [f"{words['level']}: {level}"]
    if standing.score is not None:
        score = Fraction(standing.score)
        parts.append(voice.say("figures", score=voice.score(score), index=voice.index(score)))
    parts.append(f"{words['code']}: {clean(standing.code) or words['no_code']}")
    yield f"  {' · '.join(parts)}"
    if standing.approved is not None:
        approved = standing.approved.level
        yield from _wrapped(
            voice.say("approved", level=words["no_level"] if approved is None else approved), "  "
        )
    yield from _wrapped(words["look_share" if checked.edition == "share" else "look"], "  ")


def _listed(title: str, items: Iterable[str]) -> Iterator[str]:
    """A title and its items, nothing where there are none."""
    found = list(items)
    if found:
        yield f"  {title}"
        for item in found:
            yield from _wrapped(item, "    ")


def _differences(checked: Checked, voice: Voice) -> Iterator[str]:
    for difference in checked.differences[:SHOWN_DIFFERENCES]:
        yield _difference(difference, voice)
    if len(checked.differences) > SHOWN_DIFFERENCES:
        yield voice.say("more", count=len(checked.differences) - SHOWN_DIFFERENCES)


def _difference(difference: Difference, voice: Voice) -> str:
    parts = {"report": _value(difference.report), "recomputed": _value(difference.recomputed)}
    return voice.say(difference.kind, path=clean(difference.path), **parts)


def _value(value: object) -> str:
    text = clean(value if isinstance(value, str) else json.dumps(value))
    return text if len(text) <= SHOWN_VALUE else f"{text[:SHOWN_VALUE]}…"


def _said(finding: Finding, voice: Voice) -> str:
    if finding.problem is not None:
        return clean(finding.problem.text_in(_language(voice)))
    parts = {name: clean(str(value)) for name, value in finding.particulars.items()}
    return voice.say(finding.code, **parts)


def _pages(pages: Pages, voice: Voice) -> Iterator[str]:
    words = voice.words
    if pages.status == "not_compared":
        yield f"{words['not_compared']} {words[f'reason_{pages.reason}']}"
    elif pages.differing or pages.status in ("identical", "same"):
        unnamed = words["unnamed"]
        yield voice.say(
            pages.status,
            pages=page_ranges(pages.differing),
            made_with=clean(pages.made_with) or unnamed,
            here=clean(pages.here) or unnamed,
        )
    if pages.active:
        yield voice.say("active", names=", ".join(pages.active))


def page_ranges(numbers: Iterable[int]) -> str:
    """Page numbers in rising order as people write them: 1, 3–5."""
    runs = groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0])
    ends = [[number for _, number in run] for _, run in runs]
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in ends)


def _wrapped(text: str, indent: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False)
