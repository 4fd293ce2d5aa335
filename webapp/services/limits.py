"""How often something may be done by one network, or to one address, whoever asks.

Counted in the database, so that several processes count together. A network and an address are kept as a
hash with the installation's secret: a row alone tells nobody who it was.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network

from sqlalchemy.orm import Session

from webapp.db.queries_limits import add_tally, count_tallies
from webapp.errors import TooOften
from webapp.settings import Settings

LETTERS_A_DAY = 6
"""To one address, by all companies together: nobody is to be flooded with invitations through us."""

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
_IPV6_NETWORK = 64
"""How many bits of an IPv6 address stay the same for one household or office."""


def network_hash(settings: Settings, address: str) -> str:
    """What is kept of where somebody asks from: their IPv4 address, or their IPv6 network."""
    return _keyed(settings, f"network {_network_of(address)}")


def _network_of(address: str) -> str:
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if not isinstance(found, IPv6Address):
        return str(found)
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(ip_network((int(found), _IPV6_NETWORK), strict=False))


def _keyed(settings: Settings, text: str) -> str:
    return hmac.new(settings.secret, text.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()


def count_trial(session: Session, settings: Settings, network: str, now: datetime) -> None:
    """Count a trial that a network begins. Raises TooOften."""
    if count_tallies(session, "trial", network, now - HOUR) >= settings.trials_an_hour_a_network:
        raise TooOften(60)
    add_tally(session, "trial", network, now, until=now - DAY)


def count_letter(session: Session, settings: Settings, email: str, now: datetime) -> None:
    """Count a mail that somebody has sent to an address, which is in small letters. Raises TooOften."""
    address = _keyed(settings, f"address {email}")
    if count_tallies(session, "letter", address, now - DAY) >= LETTERS_A_DAY:
        raise TooOften(24 * 60)
    add_tally(session, "letter", address, now, until=now - DAY)
