"""What a trial's company is called, and one that has no name yet."""

from __future__ import annotations

from datetime import datetime

from webapp.db.tables.organisations import Organisation
from webapp.services.actor import Actor
from webapp.services.site import Site


def is_to_be_named(organisation: Organisation) -> bool:
    """Whether a company's people name it beside its facts: whoever has a number has a name by it."""
    return not organisation.name or (organisation.kind == "trial" and organisation.orgnr is None)


def name_company(site: Site, actor: Actor, organisation_id: str, name: str, now: datetime) -> None:
    """Call a company something, unless it has a name by now that stands.

    Raises NotThere, NotAllowed, NotSaved.
    """
    actor.needs(organisation_id, "owner")
    with site.database.write() as session:
        organisation = session.get_one(Organisation, organisation_id)
        if is_to_be_named(organisation):
            organisation.name, organisation.active_utc = name, now
