"""Letting a programme have the short edition of a report, and taking that back.

The consent is the company's, given by an owner for one assessment. It opens the share edition and nothing
else, to the programmes the company takes part in, until it is taken back.
"""

from __future__ import annotations

from datetime import datetime

from webapp.db.queries_portfolio import programmes_with
from webapp.errors import NotAllowed, NotThere, Refused
from webapp.services.actor import Actor
from webapp.services.audit import record
from webapp.services.opening import reach
from webapp.services.site import Site


def share(site: Site, actor: Actor, assessment_id: str, now: datetime, *, is_shared: bool) -> None:
    """Give or take back the consent; the same again changes nothing.

    Raises NotThere, NotAllowed, NotSaved, and Refused: nothing was handed in, or there is no programme.
    """
    with site.database.write() as session:
        row, organisation = reach(session, actor, assessment_id)
        if not actor.is_any_of(organisation.id, "owner"):
            raise NotAllowed if actor.answers_for(organisation.id) else NotThere
        session.refresh(row, with_for_update=True)
        if is_shared is (row.shared_utc is not None):
            return
        if is_shared and row.submissions == 0:
            raise Refused("sharing.not_handed_in")
        if is_shared and not programmes_with(session, organisation.id):
            raise Refused("sharing.no_programme")
        row.shared_utc = now if is_shared else None
        record(
            session,
            now,
            "assessment_shared" if is_shared else "sharing_withdrawn",
            person_id=actor.person_id,
            organisation_id=organisation.id,
            assessment_id=row.id,
        )
