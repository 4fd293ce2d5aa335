"""An installation with an identity provider, and a browser that signs in there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic import SecretStr
from sqlalchemy import func, select

from tests.webapp.apps import app_of
from tests.webapp.oidc_provider import CLIENT_ID, ISSUER, SECRET, InProcess, LocalProvider
from tests.webapp.sites import make_site
from tests.webapp.views.browsing import Browser, anonymous
from webapp.db.tables.people import Person
from webapp.services.oidc import IdentityProvider
from webapp.services.site import Site

FINISH = "/nb/signin/provider/finish"


@dataclass
class World:
    """An installation, its provider, and a browser nobody is signed in with."""

    site: Site
    provider: LocalProvider
    app: Any
    browser: Browser

    def leave(self, browser: Browser | None = None, path: str = "/nb/signin/provider") -> str:
        """Go to the provider; the address it is asked at."""
        answer = (browser or self.browser).get(path, 303)
        return str(answer.headers["Location"])

    def sign_in(self, browser: Browser | None = None, status: int = 303) -> Any:
        """The whole way, as somebody who approves; the answer to the last form."""
        browser = browser or self.browser
        back = browser.client.get(self.provider.approve(self.leave(browser)))
        assert back.headers["Location"] == FINISH
        return browser.post(FINISH, status=status)

    def person(self) -> Person | None:
        """Whoever came last."""
        with self.site.database.read() as session:
            return session.scalar(select(Person).order_by(Person.created_utc.desc()).limit(1))

    def people(self) -> int:
        """How many people there are."""
        with self.site.database.read() as session:
            return int(session.scalar(select(func.count()).select_from(Person)) or 0)

    def is_in(self, browser: Browser | None = None) -> bool:
        """Whether the browser is signed in."""
        answer = (browser or self.browser).client.get("/nb/account")
        return bool(answer.status_code == 200)


def open_world(folder: Path) -> World:
    """A new one."""
    provider = LocalProvider(now=int(datetime.now(UTC).timestamp()))
    bare = make_site(
        folder,
        oidc_issuer=ISSUER,
        oidc_client_id=CLIENT_ID,
        oidc_client_secret=SecretStr(SECRET),
        oidc_name="Prøveporten",
    )
    site = replace(bare, identity=IdentityProvider(bare.settings, InProcess(provider)))
    app = app_of(site)
    return World(site, provider, app, anonymous(app))
