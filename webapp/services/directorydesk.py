"""What those who run a programme do about its directory of support: write it, and say that it still holds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from questionnaires.support import MAX_ACTORS, MAX_OFFERS, SupportActor, SupportOffer
from webapp.db import queries_support as queries
from webapp.db.ids import is_id
from webapp.db.tables.organisations import Programme
from webapp.db.tables.support import SupportActor as ActorRow
from webapp.errors import NotThere, Refused
from webapp.services.actor import Actor
from webapp.services.audit import record
from webapp.services.offering import actor_in, put_actor
from webapp.services.programmedesk import running
from webapp.services.reports import slug
from webapp.services.site import Site


@dataclass(frozen=True, slots=True)
class DeskLine:
    """One of the directory. ``version``: how often it was saved; ``dead``: addresses, each with why."""

    id: str
    actor: SupportActor
    version: int
    dead: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class DirectoryDesk:
    """The whole directory of a programme for those who run it."""

    programme_id: str
    programme: str
    lines: tuple[DeskLine, ...]

    def line(self, actor_id: str) -> DeskLine:
        """One of it. Raises NotThere."""
        for line in self.lines:
            if line.id == actor_id:
                return line
        raise NotThere


def open_directory(site: Site, actor: Actor, programme_id: str) -> DirectoryDesk:
    """The directory for somebody who runs the programme. Raises NotThere."""
    if programme_id not in actor.programmes:
        raise NotThere
    with site.database.read() as session:
        programme = session.get_one(Programme, programme_id)
        rows = queries.actors_of(session, [programme_id])
        links = [one for one in queries.links_of(session, [row.id for row in rows]) if one.dead_since_utc]
        return DirectoryDesk(
            programme_id=programme.id,
            programme=programme.name,
            lines=tuple(
                DeskLine(
                    id=row.id,
                    actor=actor_in(row),
                    version=row.version,
                    dead=tuple((one.address, one.outcome) for one in links if one.actor_id == row.id),
                )
                for row in rows
            ),
        )


def add_actor(site: Site, actor: Actor, programme_id: str, wanted: SupportActor, now: datetime) -> str:
    """One more; its id. Raises NotThere, NotSaved, Refused: its name is there, or there are too many."""
    with running(site, actor, programme_id) as session:
        held = queries.actors_of(session, [programme_id])
        if any(row.name.casefold() == wanted.name.casefold() for row in held):
            raise Refused("support.there", name=wanted.name)
        if len(held) >= MAX_ACTORS:
            raise Refused("support.many", limit=MAX_ACTORS)
        code = free_id(wanted.name, {row.code for row in held}, "actor")
        row = ActorRow(programme_id=programme_id, version=1)
        put_actor(row, wanted.model_copy(update={"id": code}), actor.person_id, now)
        session.add(row)
        session.flush()
        _record(session, actor, row, "support_added", now)
        return row.id


def save_actor(
    site: Site,
    actor: Actor,
    programme_id: str,
    actor_id: str,
    wanted: SupportActor,
    *,
    base: int,
    now: datetime,
) -> None:
    """Have one say something else; its offers stay. Raises as ``add_actor``, and Refused: changed since."""

    def changed(held: SupportActor) -> SupportActor:
        return wanted.model_copy(update={"id": held.id, "offers": held.offers})

    _change(site, actor, programme_id, actor_id, changed, base=base, now=now)


def save_offer(
    site: Site,
    actor: Actor,
    programme_id: str,
    actor_id: str,
    wanted: SupportOffer,
    *,
    offer_id: str | None,
    base: int,
    now: datetime,
) -> None:
    """One more offer without ``offer_id``, else another wording of one. Raises as ``save_actor``."""

    def changed(held: SupportActor) -> SupportActor:
        offers = list(held.offers)
        at = next((at for at, one in enumerate(offers) if one.id == offer_id), None)
        if offer_id is not None and at is None:
            raise NotThere
        if at is not None:
            offers[at] = wanted.model_copy(update={"id": offers[at].id})
        elif len(offers) >= MAX_OFFERS:
            raise Refused("support.many", limit=MAX_OFFERS)
        else:
            code = free_id(wanted.title.nb, {one.id for one in offers}, "offer")
            offers.append(wanted.model_copy(update={"id": code}))
        return held.model_copy(update={"offers": tuple(offers)})

    _change(site, actor, programme_id, actor_id, changed, base=base, now=now)


def remove_offer(
    site: Site, actor: Actor, programme_id: str, actor_id: str, *, offer_id: str, now: datetime
) -> None:
    """One offer less. Raises NotThere, NotSaved."""

    def changed(held: SupportActor) -> SupportActor:
        left = tuple(one for one in held.offers if one.id != offer_id)
        if len(left) == len(held.offers):
            raise NotThere
        return held.model_copy(update={"offers": left})

    _change(site, actor, programme_id, actor_id, changed, base=None, now=now)


def confirm_actor(
    site: Site, actor: Actor, programme_id: str, actor_id: str, *, base: int, now: datetime
) -> None:
    """Say that everything about one still holds, today.

    ``base``: the version of the page. Raises NotThere, NotSaved, and Refused: changed since, unseen.
    """
    today = now.astimezone(site.zone).date()
    _change(
        site,
        actor,
        programme_id,
        actor_id,
        lambda held: held.model_copy(update={"checked_on": today}),
        base=base,
        now=now,
    )


def remove_actor(site: Site, actor: Actor, programme_id: str, actor_id: str, now: datetime) -> None:
    """One less; referrals to it stay, with its name as it was. Raises NotThere, NotSaved."""
    with running(site, actor, programme_id) as session:
        row = _own(session, programme_id, actor_id)
        _record(session, actor, row, "support_removed", now)
        session.delete(row)


def free_id(name: str, taken: set[str], otherwise: str) -> str:
    """An id made of a name that nothing has yet."""
    stem = slug(name)[:50].strip("_")
    if not stem or not stem[0].isalpha():
        stem = otherwise
    return next(
        code
        for number in range(1, 1000)
        if (code := stem if number == 1 else f"{stem}_{number}") not in taken
    )


def addresses_of(said: SupportActor) -> tuple[str, ...]:
    """Where an entry sends people."""
    return tuple(dict.fromkeys(url for url in (said.url, *(one.url for one in said.offers)) if url))


def _change(
    site: Site,
    actor: Actor,
    programme_id: str,
    actor_id: str,
    changed: Callable[[SupportActor], SupportActor],
    *,
    base: int | None,
    now: datetime,
) -> None:
    with running(site, actor, programme_id) as session:
        row = _own(session, programme_id, actor_id)
        if base is not None and base != row.version:
            raise Refused("support.changed_since")
        said = changed(actor_in(row))
        others = (one for one in queries.actors_of(session, [programme_id]) if one.id != row.id)
        if any(one.name.casefold() == said.name.casefold() for one in others):
            raise Refused("support.there", name=said.name)
        put_actor(row, said, actor.person_id, now)
        row.version += 1
        _record(session, actor, row, "support_saved", now)


def _own(session: Session, programme_id: str, actor_id: str) -> ActorRow:
    row = queries.lock_actor(session, actor_id) if is_id(actor_id) else None
    if row is None or row.programme_id != programme_id:
        raise NotThere
    return row


def _record(session: Session, actor: Actor, row: ActorRow, action: str, now: datetime) -> None:
    record(session, now, action, person_id=actor.person_id, programme=row.programme_id, support=row.id)
