"""What a form was made from, so that what somebody has changed meanwhile is seen when it comes in."""

from __future__ import annotations

import hashlib
import json


def base_of(*said: object) -> str:
    """What a form carries for what it shows: texts, days, lists; the same for the same, whoever asks."""
    return hashlib.sha256(json.dumps(said, default=str).encode()).hexdigest()[:32]
