"""What a server of web applications loads: the site that the environment describes.

All that is read in for it stays as long as the process, so nobody looks for rubbish in it meanwhile.
"""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def _make() -> Flask:
    from webapp.app import create_app
    from webapp.cli.processes import end_with_parent
    from webapp.installation import make_site
    from webapp.services import logs
    from webapp.settings import Settings
    from webapp.warming import warm

    end_with_parent()
    settings = Settings()
    logs.configure(logs.level_of(settings))
    application = create_app(make_site(settings))
    warm(application)
    return application


gc.disable()
application = _make()
gc.enable()
