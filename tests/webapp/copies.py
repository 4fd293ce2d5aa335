"""What many tests begin with: made once a kind of database, and copied for each of them."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Protocol, TypeVar

from tests.webapp.kinds import Kind, current_kind, lasting
from tests.webapp.sites import make_site
from webapp.services.site import Site


class InASite(Protocol):
    """Something that stands in an installation."""

    @property
    def site(self) -> Site:
        """Which."""


Made = TypeVar("Made", bound=InASite)


def a_copy(make: Callable[[Site], Made], folder: Path) -> Made:
    """What a function makes in an installation with empty tables, in one of its own."""
    model = _model(make, current_kind())
    kept = {name: deepcopy(value) for name, value in vars(model).items() if name != "site"}
    copied = object.__new__(type(model))
    vars(copied).update(kept, site=make_site(folder, like=model.site.settings))
    return copied


@cache
def _model(make: Callable[[Site], Made], _kind: Kind) -> Made:
    folder = tempfile.TemporaryDirectory(prefix="kretslop-copied-")
    _KEPT.append(folder)
    with lasting():
        made = make(make_site(Path(folder.name)))
    made.site.database.close()
    return made


_KEPT: list[tempfile.TemporaryDirectory[str]] = []
