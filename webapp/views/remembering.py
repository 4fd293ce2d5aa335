"""What somebody last wanted to see of their list: so that the way back to it leads to the same.

Kept in the cookie of the forms, which is signed, for as long as a session lasts. Only choices are kept, no
address: the way back is always ours, whatever stands in the cookie.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from flask import session

from webapp.auth import current

_KEY = "followed"


def remember(chosen: Mapping[str, str]) -> None:
    """Keep what was chosen; nothing where everything is shown."""
    if chosen:
        session[_KEY] = {
            "by": current.actor().person_id,
            "at": int(current.now().timestamp()),
            "chosen": dict(chosen),
        }
    elif _KEY in session:
        del session[_KEY]


def remembered() -> dict[str, str]:
    """What was kept, if it was this person, and not too long ago."""
    kept, actor = session.get(_KEY), current.find_actor()
    if not isinstance(kept, dict) or actor is None or kept.get("by") != actor.person_id:
        return {}
    lasts = timedelta(minutes=current.site().settings.session_minutes)
    if current.now().timestamp() - int(kept.get("at", 0)) > lasts.total_seconds():
        return {}
    return {str(name): str(value) for name, value in dict(kept.get("chosen", {})).items()}
