"""The words of the pages: the same in every language, all of them there, and none that nobody says."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest
from jinja2 import Environment, nodes

from assessment.change.moving import DropReason
from assessment.progress import PartState
from assessment.review.calibration import Reading
from assessment.review.lifecycle import State
from assessment.review.plan import PARTS as ACTION_PARTS
from assessment.review.plan import STATUSES as ACTION_STATUSES
from assessment.support.demand import Size, Supply
from assessment.support.outcomes import OUTCOMES
from questionnaires.activities import ActivityKind
from questionnaires.messages import MESSAGES
from questionnaires.programme import PartnerRole
from questionnaires.support import ACTOR_KINDS
from questionnaires.values import LANGUAGES, Depth, Language
from tests.webapp.gatheringwords import FAMILIES as GATHERINGS
from tests.webapp.wordparts import LETTERS, both, each, named
from webapp.evidence.kinds import FileKind
from webapp.evidence.problems import FileCode
from webapp.forms.activity import NAMES as ACTIVITY_FIELDS
from webapp.forms.activity import SEVERAL, TEXTS
from webapp.reaching import Outcome
from webapp.register.numbers import NumberCode
from webapp.services.addresses import ChangeState
from webapp.services.assessments import REASONED
from webapp.services.attention import STANDS, WAITS
from webapp.services.beside import KINDS
from webapp.services.calibrating import ROUNDS
from webapp.services.calibrationfiles import COLUMNS
from webapp.services.cohortfigures import BLOCKS
from webapp.services.cohortfiles import COLUMNS as PROGRESS_COLUMNS
from webapp.services.cohortjoining import AnswerState
from webapp.services.cohortlayouts import SECTORS
from webapp.services.cohortstanding import STEPS, WAITING, CohortState
from webapp.services.documents import DocumentState
from webapp.services.invitees import PARTS, ProblemCode
from webapp.services.joining import InvitationState
from webapp.services.organisations import RegisterField
from webapp.services.review import FILTERS
from webapp.services.since import Way
from webapp.services.uses import USES
from webapp.views.calibrationpage import Side
from webapp.views.errors import KNOWN
from webapp.views.pages import QUESTIONS
from webapp.views.resultsteps import EFFORTS
from webapp.words import Words, words_of

WEBAPP = Path(__file__).parents[2] / "webapp"
STATES = get_args(State)


FAMILIES: dict[str, set[str]] = {
    "a state of an assessment": each("assessments.state_", *STATES),
    "a state of a review": each("review.state_", *(state for state in STATES if state != "draft")),
    "a list of a review": each("review.show_", *FILTERS) | each("review.nothing_", *FILTERS),
    "who reads a note": {
        f"review.{deed}_{who}" for deed in ("write", "save") for who in ("private", "shared")
    },
    "what a state asks of a company": each("result.state_", "sent_back", "reopened"),
    "why it is the company's again": each("assessments.reason_", *REASONED) | each("wizard.", *REASONED),
    "a state of a section": each("wizard.state_", *get_args(PartState)),
    "the depth": {
        key
        for prefix in ("depth_", "depth_change_", "depth_now_", "depth_to_")
        for key in each(f"assessments.{prefix}", *get_args(Depth))
    },
    "a language": each("common.language_", *LANGUAGES) | each("documents.in_", *LANGUAGES),
    "an edition": each("documents.edition_", *KINDS) | each("documents.about_", *KINDS),
    "a status of HTTP": both("errors.status_", *map(str, KNOWN)),
    "a link": both("errors.link_", "used", "expired", "unknown"),
    "a link to another address": both("errors.address_", "used", "expired", "unknown"),
    "an invitation": both("errors.invitation_", *get_args(InvitationState)),
    "the identity provider": both("errors.provider_", "expired", "cancelled", "refused", "unreachable"),
    "an error by its name": both("errors.", "form_expired", "out_of_reach"),
    "why a file is refused": each("evidence.file.", *get_args(FileCode)),
    "a kind of file": each("evidence.kind.", *get_args(FileKind)),
    "a role": each("organisation.now_", "owner", "member")
    | each("organisation.role_", "owner", "member", end="_you"),
    "a number": each("organisation.", *get_args(NumberCode)),
    "what a register names": each("organisation.fact.", *get_args(RegisterField), "public"),
    "how many units": each("organisation.units_added.", "one", "other"),
    "how large steps are": {
        f"result.steps_{effort}.{count}" for effort in EFFORTS for count in ("one", "other")
    },
    "why an answer does not come along": each("result.dropped_", *get_args(DropReason)),
    "how far an agreed action has come": each("plan.status_", *ACTION_STATUSES),
    "why an address cannot be reached": each(
        "activities.dead_", *(one for one in get_args(Outcome) if one != "ok")
    ),
    "a kind of activity": each("activities.kind_", *get_args(ActivityKind))
    | each("activities.new_", *get_args(ActivityKind)),
    "when an activity is": each("activities.group_", "coming", "anytime", "undated", "past"),
    "a field of an activity": each(
        "activities.field_",
        *SEVERAL,
        *TEXTS,
        *(one for one in ACTIVITY_FIELDS if one != "kind" and one.split("_")[0] not in TEXTS),
    ),
    "a text in a language": each("activities.in_", *LANGUAGES),
    "where an activity is": each("activities.hint_place_", "webinar", "gathering"),
    "what kind of organisation helps": each("support.kind_", *ACTOR_KINDS),
    "in which language it answers": each("support.in_", *LANGUAGES),
    "what came of a referral": each("support.outcome_", "none", *OUTCOMES),
    "how much is lacking": each("support.size_", *get_args(Size)),
    "how much help there is": each("support.supply_", *get_args(Supply)),
    "a part of a programme": each("programme.part_", *get_args(Depth)),
    "what a partner does": each("programme.role_", *get_args(PartnerRole)),
    "whether a cohort is open": each("cohorts.state_", *get_args(CohortState)),
    "how far a company has come": each("cohorts.step_", *STEPS),
    "what a company waits for": each("cohorts.waits_", *WAITING),
    "a column of progress": each("cohorts.column_", *PROGRESS_COLUMNS),
    "a part of a list": each("cohorts.part_", *PARTS),
    "what is wrong with a list": each("cohorts.problem_", *get_args(ProblemCode)),
    "a use of answers": each("cohorts.use_", *USES) | each("cohorts.use_", *USES, end="_text"),
    "what is asked of a company": each("cohorts.depth_", "none", *get_args(Depth)),
    "what stands in the way of figures": each("releases.blocked_", *BLOCKS),
    "a section of NACE": each("releases.sector_", *SECTORS),
    **GATHERINGS,
    "an invitation to a cohort": both("errors.cohort_invitation_", *get_args(AnswerState)),
    "a part of an agreed action": each("plan.part_", *ACTION_PARTS),
    "how a question is read": each("calibration.reading_", *get_args(Reading))
    | each("calibration.higher_", *get_args(Side)),
    "which rounds": each("calibration.rounds_", *ROUNDS),
    "how an advisor rates": each("calibration.", "stricter", "milder", "as_others"),
    "what to do with a question": each("calibration.use_", "table", "words", "higher", "version"),
    "a column of calibration": each("calibration.column_", *COLUMNS),
    "erasing": {
        f"privacy.erase_{who}.{what}" for who in ("person", "trial") for what in ("title", "lead", "erase")
    },
    "a copy of a company": each("privacy.export_organisation.", "answers", "files", "people", "talk"),
    "a copy of a person": each("privacy.export_person.", "who", "where", "wrote", "did"),
    "accessibility": named("pages.accessibility.", "works", "limits", "tested", "tell"),
    "privacy": named("pages.privacy.", "what", "why", "who", "compared", "not_done"),
    "help": named("pages.help.", *QUESTIONS),
    "what one gets": named("start.get_", "see", "do", "share", "answer"),
    "somebody without a name": each(
        "mail.",
        "somebody",
        "some_company",
        "a_company",
        "some_programme",
        "some_activity",
        "some_cohort",
        "on_page",
    ),
    "what waits": {
        f"mail.waiting.{kind}.{count}"
        for kind in ("hand_ins", "sent_back", "reopened", "promises", "ideas")
        for count in ("one", "other")
    },
    "until when something waits": each("mail.waiting.", "due", "overdue"),
    "whose turn it is": each("portfolio.waits_", *WAITS) | each("portfolio.group_", "overdue", *WAITS),
    "a company without a hand-in": each("portfolio.stand_", *(one for one in STANDS if one not in STATES)),
    "the way of a level": each("portfolio.way_", *get_args(Way)),
    "mail": {
        f"mail.{kind}.{what}"
        for kind, more in LETTERS.items()
        for what in ("subject", "lead", "action", *more)
    },
}
"""Keys that are put together while the program runs, by what they are about."""


@dataclass(frozen=True)
class Spoken:
    """One place that says something. ``parts``: names it gives; None where they are not written there."""

    place: str
    key: str
    parts: frozenset[str] | None


@cache
def templates() -> tuple[tuple[str, nodes.Template], ...]:
    files = sorted((WEBAPP / "templates").rglob("*.jinja"))
    reader = Environment(autoescape=True)
    return tuple((str(file.relative_to(WEBAPP)), reader.parse(file.read_text("utf-8"))) for file in files)


@cache
def modules() -> tuple[tuple[str, ast.Module], ...]:
    files = sorted(WEBAPP.rglob("*.py"))
    return tuple((str(file.relative_to(WEBAPP)), ast.parse(file.read_text("utf-8"))) for file in files)


def in_templates(name: str) -> Iterator[Spoken]:
    for place, tree in templates():
        for call in tree.find_all(nodes.Call):
            is_meant = getattr(call.node, "name", "") == name and bool(call.args)
            for key in _constants_of(call.args[0]) if is_meant else ():
                given = None if call.dyn_kwargs else frozenset(one.key for one in call.kwargs)
                yield Spoken(f"{place}:{call.lineno}", key, given)


def in_modules(*names: str) -> Iterator[Spoken]:
    for place, tree in modules():
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            called = getattr(call.func, "attr", getattr(call.func, "id", ""))
            for key in _constants(call.args[0]) if called in names and call.args else ():
                whole = all(one.arg for one in call.keywords)
                given = frozenset(one.arg for one in call.keywords if one.arg) if whole else None
                yield Spoken(f"{place}:{call.lineno}", key, given)


def _constants_of(node: nodes.Node | None) -> list[str]:
    """The same of a template."""
    if isinstance(node, nodes.CondExpr):
        return _constants_of(node.expr1) + _constants_of(node.expr2)
    return [node.value] if isinstance(node, nodes.Const) and isinstance(node.value, str) else []


def _constants(node: ast.expr) -> list[str]:
    """The texts an argument can be: as it is written, or one of two."""
    if isinstance(node, ast.IfExp):
        return _constants(node.body) + _constants(node.orelse)
    return [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) else []


@cache
def written() -> frozenset[str]:
    """Every text that stands in the program."""
    in_python = (
        node.value for _, tree in modules() for node in ast.walk(tree) if isinstance(node, ast.Constant)
    )
    in_jinja = (node.value for _, tree in templates() for node in tree.find_all(nodes.Const))
    return frozenset(value for value in (*in_python, *in_jinja) if isinstance(value, str))


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def nb() -> Words:
    return words_of("nb")


def said() -> list[Spoken]:
    """Whole keys that are said, with the forms of those that count."""
    pen = (
        "services/mails.py",
        "services/letters.py",
        "services/waitingmail.py",
        "services/activitymailing.py",
        "services/cohortmailing.py",
        "services/linkmail.py",
    )  # says the ends of keys; see below
    plain = [*in_templates("say"), *in_modules("say", "notice")]
    plain = [one for one in plain if not one.place.startswith("cli/")]  # operators read English
    found = [one for one in plain if not one.place.startswith(pen) or "." in one.key]
    for one in (*in_templates("plural"), *in_modules("plural")):
        given = None if one.parts is None else one.parts | {"count"}
        found += [Spoken(one.place, f"{one.key}.{form}", given) for form in ("one", "other")]
    return found


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "nb"])
def test_every_language_has_the_same_keys_and_the_same_parts(language: Language) -> None:
    other = words_of(language).texts
    assert other.keys() == nb().texts.keys()
    unlike = {key for key, text in nb().texts.items() if placeholders(text) != placeholders(other[key])}
    assert not unlike


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_says_something_and_has_plain_parts(language: Language) -> None:
    for key, text in words_of(language).texts.items():
        assert text, key
        assert text == text.strip(), key
        assert "  " not in text, key
        assert all(name.isidentifier() for name in placeholders(text)), key


def test_what_counts_has_both_forms() -> None:
    ones, others = (
        {k.removesuffix(form) for k in nb().texts if k.endswith(form)} for form in (".one", ".other")
    )
    assert not ones - others
    assert others - ones <= {"together"}  # where the word means somebody else


def test_everything_that_is_said_is_there_and_gets_its_parts() -> None:
    wrong = []
    for one in said():
        if not nb().has(one.key):
            wrong.append(f"{one.place}: no {one.key}")
        elif one.parts is not None and (missing := placeholders(nb().texts[one.key]) - one.parts):
            wrong.append(f"{one.place}: {one.key} without {sorted(missing)}")
    assert not wrong, "\n".join(wrong)


def test_every_family_is_there() -> None:
    missing = {about: found for about, keys in FAMILIES.items() if (found := keys - nb().texts.keys())}
    assert not missing


def refused() -> set[str]:
    """What can be refused, by the codes in the program."""
    codes = {one.key for one in in_modules("Refused") if "." in one.key}  # operators' have no words
    return (
        codes
        | each("documents.", *get_args(DocumentState)[::2])
        | each("account.link_", *get_args(ChangeState)[1:3])
    )


def test_every_refusal_has_its_words() -> None:
    there = {key.removeprefix("errors.refused.") for key in nb().texts if key.startswith("errors.refused.")}
    assert refused() == there


def test_every_refusal_gives_the_parts_of_its_words() -> None:
    for one in in_modules("Refused"):
        if one.parts is not None and "." in one.key:
            assert placeholders(nb().texts[f"errors.refused.{one.key}"]) == one.parts, one


def test_every_problem_of_a_form_has_its_words() -> None:
    there = {key.removeprefix("forms.problem.") for key in nb().texts if key.startswith("forms.problem.")}
    own = {one.key for one in in_modules("Wrong")}
    assert not own - there
    assert not {code for code in there - own if code not in MESSAGES and code not in written()}


def test_every_message_of_a_form_is_there() -> None:
    """The checks of forms name keys; a form has no addresses, which look like keys."""
    areas = {key.partition(".")[0] for key in nb().texts}
    for place, tree in modules():
        if place.startswith("forms/"):
            for node in ast.walk(tree):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    found = re.fullmatch(r"([a-z]+)\.[a-z_.]*[a-z]", node.value)
                    if found and found[1] in areas:
                        assert nb().has(node.value), (place, node.value)


LABELS = ("forms.question.", "forms.profile.")
"""Tables whose texts a page gets all at once; the ends of their keys stand in the program."""


def is_said(key: str) -> bool:
    """Whether a key stands in the program, or is one of those that are put together there."""
    prefix, _, end = key.rpartition(".")
    match f"{prefix}.":
        case "errors.refused." | "forms.problem.":
            raise AssertionError("judged by its own test")
        case "organisation.form.":  # the register's codes come from outside
            return True
        case labels if labels in LABELS:
            return end in written()
    counted = prefix if end in ("one", "other") else key
    return not written().isdisjoint((key, counted)) or any(key in keys for keys in FAMILIES.values())


def test_nothing_is_there_that_nobody_says() -> None:
    own = ("errors.refused.", "forms.problem.")
    assert not sorted(key for key in nb().texts if not key.startswith(own) and not is_said(key))
