"""What a server of web applications loads: the site that the environment describes."""

from __future__ import annotations

from webapp.app import create_app
from webapp.cli.processes import end_with_parent
from webapp.installation import make_site
from webapp.services import logs
from webapp.settings import Settings
from webapp.warming import warm

end_with_parent()
_settings = Settings()
logs.configure(logs.level_of(_settings))

application = create_app(make_site(_settings))
warm(application)
