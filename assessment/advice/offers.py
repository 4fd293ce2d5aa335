"""What of a programme's own activities can still be taken up, and as what.

An activity that is over or cancelled is suggested as its recording where there is one, else not at
all; one without a date that has a recording is its recording. Nothing else about the rule changes.
Source: decision 0037.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, Protocol, TypeAlias

from assessment.advice.learning import LearningPath, Suggestable, Terms, id_order, learning_path
from assessment.advice.standing import GAP_TARGET
from assessment.result import AssessmentResult
from questionnaires.values import Depth

Kind: TypeAlias = Literal["webinar", "recording", "gathering", "guide"]
Withholding: TypeAlias = Literal["cancelled", "past"]

_TIMELESS: tuple[Kind, ...] = ("recording", "guide")


class Planned(Suggestable, Protocol):
    """What is looked at of a programme's activity (:class:`questionnaires.programme.ProgrammeActivity`).

    ``starts``, ``ends``: moments with a zone; None when not set.
    """

    @property
    def starts(self) -> datetime | None: ...
    @property
    def ends(self) -> datetime | None: ...
    @property
    def duration_min(self) -> int | None: ...
    @property
    def recording(self) -> object | None: ...
    @property
    def is_cancelled(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Offer:
    """An activity as it can be taken up: ``kind`` is ``recording`` where only that is left."""

    id: str
    depth: Depth
    kind: Kind
    questionnaires: tuple[str, ...]
    basic_of: str | None
    addresses: tuple[str, ...]
    condition: Terms


@dataclass(frozen=True, slots=True)
class Withheld:
    """An activity that is not suggested, and why."""

    activity: str
    reason: Withholding


@dataclass(frozen=True, slots=True)
class Offers:
    """What there is, both in the order of ids (C2 before C10)."""

    open: tuple[Offer, ...]
    withheld: tuple[Withheld, ...]

    @property
    def kinds(self) -> Mapping[str, Kind]:
        """As what each open activity is offered, by id."""
        return {offer.id: offer.kind for offer in self.open}


@dataclass(frozen=True, slots=True)
class ProgrammePath:
    """What a programme suggests to one company, and among what."""

    path: LearningPath
    offers: Offers


def offers(activities: Iterable[Planned], now: datetime) -> Offers:
    """The activities that can be taken up at a moment, and those that cannot, each with the reason."""
    open_, withheld = [], []
    for activity in sorted(activities, key=lambda activity: id_order(activity.id)):
        found = _offered(activity, now)
        if isinstance(found, Offer):
            open_.append(found)
        else:
            withheld.append(found)
    return Offers(tuple(open_), tuple(withheld))


def programme_path(
    results: Iterable[AssessmentResult],
    activities: Iterable[Planned],
    now: datetime,
    *,
    attended: Collection[str] = (),
    done: Collection[str] = (),
    has_consented_flows: bool = False,
    target_level: int = GAP_TARGET,
) -> ProgrammePath:
    """The rule of :func:`learning_path` over what a programme offers at a moment.

    ``attended``: ids of the activities the company has attended, ``done``: those marked done; the rule
    treats them alike. Raises as :func:`learning_path` does.
    """
    offered = offers(activities, now)
    path = learning_path(
        results,
        offered.open,
        done={*done, *attended},
        has_consented_flows=has_consented_flows,
        target_level=target_level,
    )
    return ProgrammePath(path, offered)


def is_over(activity: Planned, now: datetime) -> bool:
    """Whether its end has come; without an end its beginning and duration count. Guides never end."""
    if activity.kind in _TIMELESS or (end := _end(activity)) is None:
        return False
    return end <= now


def _end(activity: Planned) -> datetime | None:
    if activity.ends is not None or activity.starts is None:
        return activity.ends
    return activity.starts + timedelta(minutes=activity.duration_min or 0)


def _offered(activity: Planned, now: datetime) -> Offer | Withheld:
    if not activity.is_cancelled and not is_over(activity, now):
        is_only_recorded = activity.recording is not None and activity.starts is None
        stays = activity.kind in _TIMELESS or not is_only_recorded
        return _offer(activity, activity.kind if stays else "recording")
    if activity.recording is not None:
        return _offer(activity, "recording")
    return Withheld(activity.id, "cancelled" if activity.is_cancelled else "past")


def _offer(activity: Planned, kind: Kind) -> Offer:
    return Offer(
        id=activity.id,
        depth=activity.depth,
        kind=kind,
        questionnaires=activity.questionnaires,
        basic_of=activity.basic_of,
        addresses=activity.addresses,
        condition=activity.condition,
    )
