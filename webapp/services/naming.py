"""What a trial's company is called."""

from __future__ import annotations

from datetime import datetime

from webapp.db.tables.organisations import Organisation
from webapp.services.actor import Actor
from webapp.services.site import Site


def name_trial(site: Site, actor: Actor, organisation_id: str, name: str, now: datetime) -> None:
    """Call a company something. Raises NotThere, NotAllowed, NotSaved."""
    actor.needs(organisation_id, "owner")
    with site.database.write() as session:
        organisation = session.get_one(Organisation, organisation_id)
        organisation.name, organisation.active_utc = name, now
