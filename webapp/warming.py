"""Doing before the first request what somebody would else wait for.

Templates are compiled and questionnaires read. What is there then stays as long as the process, so the
collector need not look through it again: a look through all of it takes a tenth of a second and more, in the
middle of somebody's request. And threads take turns more often than Python has them do: a short request that
comes back from the disk does not wait for a long one each time.
"""

from __future__ import annotations

import gc
import sys

from flask import Flask

from questionnaires.values import LANGUAGES
from webapp.auth import current
from webapp.services.site import Site

TURN_SECONDS = 0.0005
"""How long a thread may go on while others wait; Python's own is ten times that."""


def warm(app: Flask) -> None:
    """Make an application ready to answer quickly."""
    site: Site = app.extensions[current.SITE]
    for name in app.jinja_env.list_templates():
        app.jinja_env.get_template(name)
    for shelved in site.shelf.offered:
        for language in LANGUAGES:
            shelved.title(language)
    sys.setswitchinterval(TURN_SECONDS)
    gc.collect()
    gc.freeze()
