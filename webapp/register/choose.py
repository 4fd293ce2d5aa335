"""Which register an installation asks."""

from __future__ import annotations

from webapp.register.brreg import BrregRegister
from webapp.register.offline import OfflineRegister
from webapp.register.port import Register
from webapp.register.recorded import open_recorded
from webapp.register.remembering import RememberingRegister
from webapp.settings import Settings


def register_of(settings: Settings) -> Register:
    """The register that settings describe; the demo has one of its own, with companies that do not exist."""
    if settings.demo:
        return open_recorded()
    if settings.register_offline:
        return OfflineRegister()
    return RememberingRegister(BrregRegister(settings.register_url))
