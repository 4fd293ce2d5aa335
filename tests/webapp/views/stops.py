"""What a row of the table of the walk says, and who may stand in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.webapp.views.walking import PERSONS

Who = frozenset[str]

EVERYBODY: Who = frozenset(PERSONS)
SIGNED_IN = EVERYBODY - {"anonymous", "removed"}
ACCOUNTS = SIGNED_IN - {"trial"}
OWNER, MEMBER, ADVISOR, METHOD_OWNER, TRIAL, STRANGER = (
    frozenset({one}) for one in ("owner", "member", "advisor", "method_owner", "trial", "stranger")
)
STAFF = METHOD_OWNER | {"staff"}
NOBODY: Who = frozenset()
COMPANY = OWNER | MEMBER
READERS = COMPANY | ADVISOR
AROUND = ADVISOR | STAFF
"""Who has something to do with the company, and is told so where a page is not for them."""


@dataclass(frozen=True)
class Stop:
    """One page or deed. ``at``: its address's parameters; ``@`` stands before the name of a thing.

    ``lets_in``: who; ``refuses``: who is let in and told that it cannot be done now (409); ``told_no``: who
    knows of it and is told that it is not for them (403). ``otherwise``: what all others get; those who are
    not signed in are asked to, unless the page is public. ``shows``: secrets that whoever is let in sees,
    since the address itself is secret.
    """

    endpoint: str
    lets_in: Who
    at: Mapping[str, str] = field(default_factory=dict)
    told_no: Who = NOBODY
    refuses: Who = NOBODY
    form: Mapping[str, Any] = field(default_factory=dict)
    otherwise: int = 404
    shows: Who = NOBODY

    def __str__(self) -> str:
        return " ".join((self.endpoint, *(f"{name}={thing}" for name, thing in self.at.items())))
