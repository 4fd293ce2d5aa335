"""What goes along with every answer: cookies that stay with us, headers that keep others out."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update
from werkzeug.http import dump_cookie
from werkzeug.test import TestResponse

from tests.webapp.apps import app_of
from tests.webapp.sites import a_person, make_site
from tests.webapp.views.browsing import Browser, anonymous, browser_of
from webapp.app import POLICY, STATIC
from webapp.db.tables.people import Person, SigninLink
from webapp.services.signin import unbound_link
from webapp.services.site import Site
from webapp.views.signin import safe_path

LOOPBACK = ("http://127.0.0.1:8000", "http://localhost", "http://127.1.2.3")
BEYOND = (
    "https://kretslop.example",
    "https://kretslop.example:8443",
    "http://kretslop.example",
    "https://localhost",
)


class Visit:
    """A browser at an installation, where its people reach it."""

    def __init__(self, folder: Path, public_url: str) -> None:
        self.site = make_site(folder, public_url=public_url)
        self.app = app_of(self.site)
        self.client = FlaskClient(self.app, self.app.response_class, use_cookies=True)
        self.base = public_url
        self.cookies: list[str] = []

    def get(self, path: str, **headers: str) -> TestResponse:
        return self._kept(self.client.get(path, base_url=self.base, headers=headers))

    def post(self, path: str, **fields: str) -> TestResponse:
        """As a browser sends a form of ours: with its guard, and where it comes from."""
        page = self.client.get("/nb/signin", base_url=self.base, follow_redirects=True).text
        found = re.search(r'name="csrf" value="([^"]+)"', page)
        assert found is not None
        headers = {"Referer": f"{self.base}/nb/signin"}
        data = {"csrf": found[1], **fields}
        return self._kept(self.client.post(path, base_url=self.base, headers=headers, data=data))

    def link(self) -> str:
        """The token of a link for somebody new."""
        person = a_person(self.site, f"kari{len(self.cookies)}@eksempel.no")
        with self.site.database.write() as session:
            now = datetime.now(UTC)
            return unbound_link(session, session.get_one(Person, person), now, self.site.settings)

    def _kept(self, answer: TestResponse) -> TestResponse:
        self.cookies += answer.headers.getlist("Set-Cookie")
        return answer


def all_cookies(folder: Path, public_url: str) -> list[str]:
    """Every cookie of a life with the application: asking, signing in, a notice, signing out, a trial."""
    visit = Visit(folder, public_url)
    visit.get("/nb/signin")
    visit.post("/nb/signin", email="kari@eksempel.no")
    assert visit.post(f"/nb/signin/{visit.link()}").status_code == 303
    assert visit.get("/nb/assessments").status_code == 200
    assert visit.post("/nb/account/sessions").status_code == 303
    visit.post("/nb/signout")
    visit.post("/nb/try")
    return visit.cookies


@pytest.mark.parametrize("public_url", [*LOOPBACK, *BEYOND])
def test_cookies_stay_with_us(tmp_path: Path, public_url: str) -> None:
    cookies = all_cookies(tmp_path, public_url)

    names = {cookie.partition("=")[0] for cookie in cookies}
    prefix = "" if public_url in LOOPBACK else "__Host-"
    assert names == {f"{prefix}kretslop", f"{prefix}kretslop-browser", f"{prefix}kretslop-form"}
    for cookie in cookies:
        said = {part.strip().partition("=")[0].lower() for part in cookie.split(";")[1:]}
        assert "httponly" in said, cookie
        assert "SameSite=Lax" in cookie, cookie
        assert "Path=/" in cookie, cookie
        assert "domain" not in said, cookie
        assert ("secure" in said) is (public_url in BEYOND), cookie


def test_a_cookie_of_an_unsafe_name_signs_nobody_in_where_names_must_be_safe(tmp_path: Path) -> None:
    visit = Visit(tmp_path, "https://kretslop.example")
    visit.post(f"/nb/signin/{visit.link()}")
    token = visit.client.get_cookie("__Host-kretslop", "kretslop.example")
    assert token is not None
    other = visit.app.test_client(use_cookies=False)

    def asked(name: str) -> int:
        cookie = dump_cookie(name, token.value)
        answer = other.get("/nb/account", base_url=visit.base, headers={"Cookie": cookie})
        return answer.status_code

    assert (asked("kretslop"), asked("__Host-kretslop")) == (303, 200)


@pytest.mark.parametrize("public_url", ["http://127.0.0.1:8000", "http://kretslop.example"])
def test_nothing_is_promised_to_be_https_that_is_not(tmp_path: Path, public_url: str) -> None:
    assert "Strict-Transport-Security" not in Visit(tmp_path, public_url).get("/nb/").headers


def test_https_stays_https(tmp_path: Path) -> None:
    visit = Visit(tmp_path, "https://kretslop.example")
    for path in ("/nb/", "/nb/nowhere", "/nb/assessments", "/static/css/site.css"):
        answer = visit.get(path)
        answer.close()
        said = answer.headers["Strict-Transport-Security"]
        assert int(re.search(r"max-age=(\d+)", said)[1]) >= 31_536_000  # type: ignore[index]


def test_a_form_from_another_site_is_refused_over_https(tmp_path: Path) -> None:
    visit = Visit(tmp_path, "https://kretslop.example")
    page = visit.get("/nb/signin").text
    csrf = re.search(r'name="csrf" value="([^"]+)"', page)[1]  # type: ignore[index]
    for referer in (
        "",
        "https://evil.example/",
        "http://kretslop.example/",
        "https://kretslop.example.evil/",
    ):
        answer = visit.client.post(
            "/nb/signin",
            base_url=visit.base,
            data={"csrf": csrf, "email": "a@b.example"},
            headers={"Referer": referer} if referer else {},
        )
        assert answer.status_code == 400, referer


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return make_site(tmp_path)


@pytest.fixture
def app(site: Site) -> Any:
    return app_of(site)


def test_the_policy_lets_nothing_in_from_elsewhere(app: Any) -> None:
    said = anonymous(app).client.get("/nb/").headers["Content-Security-Policy"]
    rules = dict(rule.strip().split(" ", 1) for rule in said.split(";"))
    assert rules == POLICY
    assert "unsafe" not in said
    assert set(rules.values()) == {"'self'", "'none'", "'self' data:"}


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/nb/signin", 200),
        ("/nb/nowhere", 404),
        ("/nb/assessments", 303),
        ("/nowhere", 404),
        ("/health/live", 200),
    ],
)
def test_every_answer_has_the_headers_and_is_not_kept(app: Any, path: str, status: int) -> None:
    answer = anonymous(app).client.get(path)
    assert answer.status_code == status
    headers = answer.headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "geolocation=()" in headers["Permissions-Policy"].replace(" ", "")
    assert not [name for name, _ in headers if name.lower().startswith("access-control-")]
    assert headers["X-Robots-Tag"] == ("all" if path == "/nb/" else "noindex")


def test_only_the_front_page_may_be_found_by_search_engines(app: Any) -> None:
    client = anonymous(app).client
    assert client.get("/nb/").headers["X-Robots-Tag"] == "all"
    assert client.get("/nb/about/help").headers["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("file", ["css/site.css", "js/site.js", "icon.svg"])
def test_files_of_ours_are_kept_a_while_and_cannot_do_anything(app: Any, file: str) -> None:
    answer = anonymous(app).client.get(f"/static/{file}")
    answer.close()
    assert answer.status_code == 200
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "max-age=86400" in answer.headers["Cache-Control"]
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert "geolocation=()" in answer.headers["Permissions-Policy"]
    assert "Set-Cookie" not in answer.headers


def test_files_of_ours_are_served_under_our_own_address_only(app: Any) -> None:
    answer = anonymous(app).client.get("/static/css/site.css", headers={"Host": "evil.example"})

    assert answer.status_code == 400
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert "evil" not in answer.text


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("POST", "/static/css/site.css", 405), ("GET", "/static/no.css", 404), ("GET", "/static/", 404)],
)
def test_files_answer_no_other_way(app: Any, method: str, path: str, status: int) -> None:
    answer = anonymous(app).client.open(path, method=method)
    assert answer.status_code == status
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"


def test_pages_load_only_files_that_are_there(app: Any, site: Site) -> None:
    """Those that ``make`` fetches are checked where they have been fetched."""
    browser = browser_of(app, site, a_person(site))
    for path in ("/signin", "/assessments", "/account", "/about/help", "/organisations/new"):
        page = browser.client.get(browser.path(path), follow_redirects=True).text
        for address in re.findall(r'(?:src|href)="(/static/[^"?]+)', page):
            assert (STATIC / address.removeprefix("/static/")).is_file(), address


SAFE = ("/", "/nb/", "/nb/assessments/new?questionnaire=a&depth=b", "/nb/account#x", "/nb/søk")
EVIL = (
    *(
        "//evil.example",
        "///evil.example",
        "////evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "\\/evil.example",
    ),
    *(
        "https:evil.example",
        "https://evil.example",
        "http:/evil.example",
        "HTTPS://evil.example/",
        "javascript:alert(1)",
    ),
    *(
        "/\t/evil.example",
        "/\n/evil.example",
        "\t//evil.example",
        " //evil.example",
        "/\r/evil.example",
        "/\x00/evil.example",
    ),
    *(
        "evil.example",
        "@evil.example",
        "?next=//evil.example",
        "#//evil.example",
        ".evil.example",
        "data:text/html,x",
    ),
    *(
        "//localhost@evil.example/",
        "//evil.example:80",
        "//[::1",
        "http://[",
        "/" + "a" * 501,
        "/\u2028/evil.example",
    ),
    *("/nb\\..\\evil", "/\u202e/evil"),
)


def resolved(location: str) -> str:
    """The host that a browser would go to: it drops some signs and takes backslashes for slashes."""
    cleaned = re.sub(r"[\t\r\n]", "", location).strip().replace("\\", "/")
    return urlsplit(urljoin("http://localhost/nb/signin", cleaned)).netloc


@pytest.mark.parametrize("path", EVIL)
def test_nobody_is_sent_to_another_site(path: str) -> None:
    assert safe_path(path) == ""


@pytest.mark.parametrize(
    "path", [*SAFE, "/%2F/evil.example", "/%5Cevil.example", "/.//evil.example", "/%09/evil.example"]
)
def test_places_of_ours_are_gone_to(path: str) -> None:
    assert safe_path(path) == path
    assert resolved(path) == "localhost"


@pytest.mark.parametrize(
    "path", ["//evil.example", "/\\evil.example", "https:evil.example", "/\t/evil.example"]
)
def test_signing_in_leads_nowhere_else(tmp_path: Path, path: str) -> None:
    visit = Visit(tmp_path, "http://localhost")
    page = visit.get(f"/nb/signin?next={quote(path)}").text
    assert 'name="next" value=""' in page
    asked = visit.post("/nb/signin", email="kari@eksempel.no", next=path)
    assert asked.status_code == 303
    token = visit.link()
    with visit.site.database.write() as session:
        session.execute(update(SigninLink).values(next_path=path))  # as if it had got past the form
    entered = visit.post(f"/nb/signin/{token}")
    assert entered.status_code == 303
    assert resolved(entered.headers["Location"]) == "localhost"


@pytest.mark.parametrize("path", ["//evil.example", "/\\evil.example", "https:evil.example"])
def test_setting_up_an_organisation_leads_nowhere_else(app: Any, site: Site, path: str) -> None:
    browser = browser_of(app, site, a_person(site))
    answer = browser.post("/organisations/new/unnumbered?next=" + path, {"name": "Ny AS"})
    assert resolved(answer.headers["Location"]) == "localhost"


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("kretslop.example", 200),
        ("kretslop.example:443", 200),
        ("KRETSLOP.example", 200),
        ("www.kretslop.example", 200),
        ("localhost", 400),
        ("127.0.0.1", 400),
        ("evil.example", 400),
        ("kretslop.example.evil.example", 400),
    ],
)
def test_only_hosts_that_are_named_are_answered(tmp_path: Path, host: str, status: int) -> None:
    site = make_site(tmp_path, public_url="https://kretslop.example", trusted_hosts=("www.kretslop.example",))
    answer = app_of(site).test_client().get("/nb/signin", base_url=f"https://{host}")
    assert answer.status_code == status
    assert "evil" not in answer.text


@pytest.mark.parametrize("proxies", [0, 1])
def test_no_proxy_says_which_host_we_are(tmp_path: Path, proxies: int) -> None:
    said = {
        "X-Forwarded-Proto": "https",
        "X-Forwarded-For": "203.0.113.9",
        "X-Forwarded-Host": "evil.example",
    }
    site = make_site(tmp_path, public_url="https://kretslop.example", trusted_proxies=proxies)
    for path in ("/", "/nb/", "/nb/assessments"):
        answer = app_of(site).test_client().get(path, base_url="http://kretslop.example", headers=said)
        assert "evil.example" not in answer.text + answer.headers.get("Location", "")


def test_signing_out_ends_the_session_wherever_its_cookie_is(app: Any, site: Site) -> None:
    browser = browser_of(app, site, a_person(site))
    name = "kretslop"
    token = browser.client.get_cookie(name)
    assert token is not None
    browser.get("/account")
    browser.post("/signout")
    thief = Browser(app.test_client())
    thief.client.set_cookie(name, token.value)
    thief.get("/account", 303)


def test_signing_in_takes_no_session_over(app: Any, site: Site) -> None:
    """A cookie that was there before is not what the session goes on with."""
    person = a_person(site)
    browser = anonymous(app)
    browser.client.set_cookie("kretslop", "a" * 43)
    with site.database.write() as session:
        token = unbound_link(session, session.get_one(Person, person), datetime.now(UTC), site.settings)
    browser.post(f"/signin/{token}")
    given = browser.client.get_cookie("kretslop")
    assert given is not None
    assert given.value != "a" * 43
    browser.get("/account")
