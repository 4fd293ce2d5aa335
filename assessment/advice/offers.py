"""What of a programme's own activities can still be taken up, and as what.

An activity that is over or cancelled is suggested as its recording where there is one, else not at
all; one without a date that has a recording is its recording. Nothing else about the rule changes.
Source: decision 0037.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, Protocol, TypeAlias

from assessment.advice.learning import Suggestable, Terms, id_order
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
