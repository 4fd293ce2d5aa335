"""The profile as a template shows it: what is asked now, what is known, and where it comes from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assessment.answers import FactValue
from questionnaires.conditions import Names, compile_condition
from questionnaires.model import Fact
from questionnaires.profile import resolve_facts
from webapp.forms.numbers import write_number
from webapp.forms.problems import say_wrong
from webapp.forms.profile import PREFIX, FactInput, ProfileInput, follows, is_asked
from webapp.forms.questions import ErrorLink
from webapp.forms.texts import showable
from webapp.words import Words

_LABELS = "forms.profile."


@dataclass(frozen=True, slots=True)
class KnownFact:
    """A fact that is known, or proposed. ``note``: where it comes from, in the reader's words.

    ``version``: of what is stored; 0 for a proposal.
    """

    value: FactValue
    version: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class FactView:
    """One fact to fill in. ``value``: what stands in the input, ``yes`` or ``no`` for a yes/no fact."""

    id: str
    name: str
    html_id: str
    kind: str
    text: str
    help: str
    is_required: bool
    version: int
    value: str
    note: str
    error: str
    described_by: str


@dataclass(frozen=True, slots=True)
class FactGroup:
    """A fact, and those that are asked when its answer is yes."""

    first: FactView
    others: tuple[FactView, ...]


@dataclass(frozen=True, slots=True)
class ProfileView:
    """The whole form. ``labels``: the fixed words; ``links``: the lines of the error summary."""

    groups: tuple[FactGroup, ...]
    language: str
    labels: Mapping[str, str]
    links: tuple[ErrorLink, ...]


def profile_view(
    facts: Sequence[Fact],
    known: Mapping[str, KnownFact],
    words: Words,
    texts: Mapping[str, str],
    *,
    proposed: Mapping[str, KnownFact] | None = None,
    said: ProfileInput | None = None,
) -> ProfileView:
    """The profile as it stands, or as it was ``said`` where that could not be kept.

    ``proposed``: what another source says (the business register), shown where nothing is known. A fact
    with a rule for proposing it follows that where nobody says anything. ``texts``: the questionnaire's.
    """
    shown = {**(proposed or {}), **known}
    names = resolve_facts(facts, _values(shown, said))
    desk = _Desk(words, texts, shown, said, names)
    views = {fact.id: _view(desk, fact) for fact in facts if fact.derived is None}
    firsts = [fact for fact in facts if not follows(fact, facts) and is_asked(fact, names)]
    groups = tuple(
        FactGroup(views[first.id], tuple(views[f.id] for f in facts if follows(f, facts) == first.id))
        for first in firsts
    )
    all_shown = [view for group in groups for view in (group.first, *group.others)]
    links = tuple(ErrorLink(_first_input(view), view.error, view.text) for view in all_shown if view.error)
    labels = {key[len(_LABELS) :]: text for key, text in words.texts.items() if key.startswith(_LABELS)}
    return ProfileView(groups, words.language, labels, links)


@dataclass(frozen=True, slots=True)
class _Desk:
    words: Words
    texts: Mapping[str, str]
    known: Mapping[str, KnownFact]
    said: ProfileInput | None
    names: Names

    def text(self, fact: Fact, part: str) -> str:
        return self.texts.get(f"facts/{fact.id}/{part}", "")

    def said_of(self, fact: Fact) -> FactInput | None:
        return self.said.find(fact.id) if self.said is not None else None


def _values(known: Mapping[str, KnownFact], said: ProfileInput | None) -> dict[str, FactValue]:
    typed = said.facts if said is not None else ()
    return {
        **{id_: fact.value for id_, fact in known.items()},
        **{one.fact.id: one.value for one in typed if one.value is not None},
    }


def _view(desk: _Desk, fact: Fact) -> FactView:
    html_id, help_text = f"f-{fact.id}", desk.text(fact, "help")
    said = desk.said_of(fact)
    shown = desk.known.get(fact.id) or _guess(desk, fact)
    error = say_wrong(said.wrong, desk.words) if said is not None and said.wrong is not None else ""
    note = shown.note if shown is not None and said is None else ""
    parts = (("error", error), ("help", help_text), ("note", note))
    return FactView(
        id=fact.id,
        name=f"{PREFIX}{fact.id}",
        html_id=html_id,
        kind=fact.kind,
        text=desk.text(fact, "text"),
        help=help_text,
        is_required=fact.required,
        version=said.base if said is not None else shown.version if shown is not None else 0,
        value=showable(said.typed) if said is not None else _written(shown, desk.words),
        note=note,
        error=error,
        described_by=" ".join(f"{html_id}-{name}" for name, is_there in parts if is_there),
    )


def _guess(desk: _Desk, fact: Fact) -> KnownFact | None:
    """What the fact's own rule proposes from the others."""
    if fact.prefill is None:
        return None
    value = compile_condition(fact.prefill)(desk.names)
    if not isinstance(value, bool | int | str):
        return None
    return KnownFact(value, note=desk.words.say(f"{_LABELS}guess"))


def _written(known: KnownFact | None, words: Words) -> str:
    match known.value if known is not None else "":
        case bool() as value:
            return "yes" if value else "no"
        case int() as value:
            return write_number(Decimal(value), words.language)
        case str() as value:
            return showable(value)


def _first_input(view: FactView) -> str:
    return f"{view.html_id}-yes" if view.kind == "boolean" else f"{view.html_id}-value"
