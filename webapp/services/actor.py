"""Who asks: one person with what they are to each organisation and programme, as of this request.

Everything a use case shows or changes goes through an actor. What nobody granted is not there. Nobody reviews
themselves: whoever belongs to an organisation is not its advisor, whatever was assigned.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from webapp.errors import NotAllowed, NotThere

Role: TypeAlias = Literal["owner", "member", "advisor", "staff"]
"""What somebody is to an organisation; ``staff``: of a programme it takes part in."""

COMPANY_ROLES: tuple[Role, ...] = ("owner", "member")


@dataclass(frozen=True, slots=True)
class Actor:
    """``roles``: by organisation id, as granted; :meth:`is_any_of` knows what does not go together.

    ``programmes``: those they run; ``teams``: where they advise. ``offered``: what a programme they may
    see has for them, of activities and support.
    """

    person_id: str
    name: str
    email: str | None
    language: str
    is_trial: bool = False
    roles: Mapping[str, frozenset[Role]] = field(default_factory=dict)
    programmes: frozenset[str] = frozenset()
    teams: frozenset[str] = frozenset()
    offered: frozenset[str] = frozenset()

    def is_any_of(self, organisation_id: str, *roles: Role) -> bool:
        """Whether they have one of these roles there; an advisor's nobody has where they belong."""
        held = self.roles.get(organisation_id, frozenset())
        if not held.isdisjoint(COMPANY_ROLES):
            held -= {"advisor"}
        return not held.isdisjoint(roles)

    def answers_for(self, organisation_id: str) -> bool:
        """Whether they are one of the organisation's own people."""
        return self.is_any_of(organisation_id, *COMPANY_ROLES)

    def would_review_themselves(self, organisation_id: str) -> bool:
        """Whether they were given an organisation to advise that they belong to."""
        return self.answers_for(organisation_id) and "advisor" in self.roles[organisation_id]

    def needs(self, organisation_id: str, *roles: Role) -> None:
        """Raises NotThere for an organisation that is none of theirs, NotAllowed for a role they lack."""
        if organisation_id not in self.roles:
            raise NotThere
        if not self.is_any_of(organisation_id, *roles):
            raise NotAllowed

    def organisations(self, *roles: Role) -> list[str]:
        """The organisations where they have one of these roles."""
        return [id_ for id_ in self.roles if self.is_any_of(id_, *roles)]
