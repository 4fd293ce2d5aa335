"""Whatever is sent, to whatever address: a clear answer with our headers, and never a 500."""

from __future__ import annotations

import os
from collections.abc import Sequence
from urllib.parse import quote, quote_from_bytes, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.webapp.kinds import KINDS, Kind
from tests.webapp.views import snapshots
from tests.webapp.views.hostile import NASTY, Sender, SentForm
from tests.webapp.views.targets import BESIDE, Target, Visitor, targets, visitor
from tests.webapp.views.walking import World, world_of
from tests.webapp.views.walks import method_of, step_of
from tests.webapp.views.walktable import TABLE
from webapp.services import metrics

HOSTILE = os.environ.get("KRETSLOP_HOSTILE") == "1"
EXAMPLES = 4_000 if HOSTILE else 80
UNHELD = (b"a\x00b", "a\ud800b".encode("utf-8", "surrogatepass"), b"9" * 25)
on_both = pytest.mark.parametrize("database_kind", KINDS, indirect=True)


@pytest.fixture(autouse=True)
def few_figures() -> None:
    """Else the page of figures is as long as the tests before have made it."""
    metrics._REQUESTS.clear()


def world() -> World:
    return world_of("sqlite")


def attack(kind: Kind, target: Target, values: list[tuple[str, bytes]]) -> int:
    """Send a form and put the world back where it was taken; the status."""
    who = visitor(kind, target.person)
    before = snapshots.take(who.world.site)
    answer = who.send(target.form, values)
    if answer.status < 400:
        snapshots.put_back(who.world.site, before)
    return answer.status


@on_both
def test_every_form_is_among_the_targets(database_kind: Kind) -> None:
    rules = world_of(database_kind).app.url_map.iter_rules()
    assert targets(database_kind).keys() == {
        rule.endpoint for rule in rules if "POST" in (rule.methods or ())
    }


def some(at: int) -> Sequence[bytes]:
    """Nasty values: all of them in the long run, else another one each time."""
    return NASTY if HOSTILE else (NASTY[at % len(NASTY)],)


@on_both
def test_nothing_in_every_field_of_a_form_is_too_much(database_kind: Kind) -> None:
    for at, (endpoint, target) in enumerate(sorted(targets(database_kind).items())):
        for nasty in some(at):
            values = [(name, nasty) for name in target.form.names]
            assert attack(database_kind, target, values) < 500, endpoint


@on_both
def test_no_field_takes_what_a_database_cannot_hold(database_kind: Kind) -> None:
    """Each field by itself, so that no other one stops the request before."""
    for endpoint, target in sorted(targets(database_kind).items()):
        names = [name for name in target.form.names if not name.endswith((".here", "csrf"))]
        for at, name in enumerate(names if HOSTILE else names[:6]):
            for nasty in UNHELD if HOSTILE else UNHELD[at % 3 : at % 3 + 1]:
                values = [(n, nasty if n == name else v) for n, v in target.form.filled()]
                assert attack(database_kind, target, values) < 500, (endpoint, name)


values = (
    st.sampled_from(NASTY)
    | st.binary(max_size=40)
    | st.text(max_size=20).map(lambda t: t.encode("utf-8", "replace"))
)


@st.composite
def forms(draw: st.DrawFn) -> tuple[Target, list[tuple[str, bytes]]]:
    """A form with fields left out, repeated, added, and anything in them."""
    found = targets("sqlite")
    target = found[draw(st.sampled_from(sorted(found)))]
    names = st.sampled_from([*target.form.names, *BESIDE]) | st.text(max_size=20)
    sent = [one for one in target.form.filled() if draw(st.integers(0, 9)) > 1]
    mutated = [(name, draw(values) if draw(st.integers(0, 4)) == 0 else value) for name, value in sent[:30]]
    return target, mutated + draw(st.lists(st.tuples(names, values), max_size=5))


@settings(max_examples=EXAMPLES)
@given(form=forms())
def test_no_form_breaks_anything(form: tuple[Target, list[tuple[str, bytes]]]) -> None:
    target, sent = form
    assert attack("sqlite", target, sent) < 500


def owner() -> Visitor:
    return visitor("sqlite", "owner")


def send_to(target: Target, body: bytes, kind: str | None, **headers: str) -> int:
    who = visitor("sqlite", target.person)
    before = snapshots.take(who.world.site)
    address = target.form.action.partition("#")[0]
    answer = who.sender.send("POST", address, body=body, kind=kind, headers=list(headers.items()))
    assert not before.changed(snapshots.take(who.world.site)), target.endpoint
    return answer.status


BODIES = {
    "json": (b'{"csrf": "x", "email": ["a"]}', "application/json"),
    "half json": (b'{"csrf": ', "application/json; charset=utf-16"),
    "no kind": (b"csrf=x", None),
    "no such kind": (b"csrf=x", "\x00/\xff; ;;="),
    "no boundary": (b"--x\r\n\r\nabc", "multipart/form-data"),
    "half a part": (
        b"--x\r\nContent-Disposition: form-data; name=csrf\r\n\r\nabc",
        "multipart/form-data; boundary=x",
    ),
    "no parts": (b"nothing of the kind", "multipart/form-data; boundary=x"),
    "long boundary": (b"--" + b"x" * 5000, "multipart/form-data; boundary=" + "x" * 5000),
    "a part without a name": (
        b"--x\r\nContent-Disposition: form-data\r\n\r\na\r\n--x--\r\n",
        "multipart/form-data; boundary=x",
    ),
    "long headers": (
        b"--x\r\nX: " + b"y" * 100_000 + b"\r\n\r\na\r\n--x--\r\n",
        "multipart/form-data; boundary=x",
    ),
    "bad names": (b"%=%00&%zz=1&=&&&csrf=%ff", "application/x-www-form-urlencoded; charset=utf-7"),
}


@pytest.mark.parametrize("what", BODIES)
def test_a_body_of_another_kind_is_refused_and_changes_nothing(what: str) -> None:
    body, kind = BODIES[what]
    for target in targets("sqlite").values():
        assert send_to(target, body, kind) in (400, 404, 413, 415), (what, target.endpoint)


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])
def test_ten_megabytes_of_text_are_too_much(kind: str) -> None:
    target = targets("sqlite")["wizard.save"]
    text = b"y" * 10_000_000
    part = b'--x\r\nContent-Disposition: form-data; name="q.strategy.ambition.comment"\r\n\r\n%b\r\n--x--\r\n'
    body = part % text if kind.startswith("multipart") else b"q.strategy.ambition.comment=" + text
    assert send_to(target, body, kind) == 413


def test_more_than_a_request_may_hold_is_too_much() -> None:
    site = world().site
    body = b"y" * (site.settings.body_mb * 1_000_000 + 1)
    for name in ("wizard.save", "evidence.upload", "signin.send"):
        assert send_to(targets("sqlite")[name], body, "multipart/form-data; boundary=x") == 413


def test_thousands_of_parts_are_too_many() -> None:
    part = b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n'
    body = part * 6_000 + b"--x--\r\n"
    target = targets("sqlite")["wizard.save"]
    assert send_to(target, body, "multipart/form-data; boundary=x") == 413
    many = b"&".join(b"q.strategy.ambition=%d" % at for at in range(50_000))
    assert send_to(target, many, "application/x-www-form-urlencoded") in (400, 413)


PATHS = (
    *(
        b"/",
        b"//",
        b"///nb",
        b"/nb",
        b"/nb//",
        b"/NB/",
        b"/se/",
        b"/nb/%00",
        b"/nb/%0d%0aX: y",
        b"/%2e%2e/%2e%2e/etc/passwd",
    ),
    *(
        b"/nb/../../x",
        b"/static/../app.py",
        b"/static/%2e%2e/app.py",
        b"/static/%2e%2e%2fapp.py",
        b"/static//etc/passwd",
    ),
    *(
        b"/static/%00",
        b"/static/css/site.css%00.png",
        b"/static/" + b"a" * 9000,
        b"/\xc3\x28",
        b"/nb/%ff%fe",
        b"/nb/%ed%a0%80",
    ),
    *(
        "/nb/𝕂".encode(),
        b"/nb/assessments/" + b"a" * 100_000,
        b"/nb/assessments/%2e%2e/%2e%2e",
        b"*",
        b"http://evil.example/",
    ),
    *(
        b"/nb/assessments/;a=b",
        b"/nb/signin/%2F%2Fevil",
        b"/.well-known/x",
        b"/favicon.ico",
        b"/robots.txt",
        b"/\\evil",
    ),
)


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "OPTIONS", "DELETE", "BREW", "\x00"])
def test_strange_paths_lead_nowhere(method: str) -> None:
    for path in PATHS:
        for who in (Sender(world().app), owner().sender):
            answer = who.send(method, path)
            assert answer.status < 500, path
            location = answer.headers.get("Location", "")
            assert urlsplit(location).netloc in ("", "localhost"), path
            assert not location.startswith("/\\"), path


def test_strange_things_in_place_of_every_part_of_an_address() -> None:
    things = world()
    for at, stop in enumerate(TABLE):
        step = step_of(things, stop, method_of(things, stop))
        who = visitor("sqlite", "advisor" if "advisor" in stop.lets_in else "owner")
        for nasty in some(at):
            for name in step.names:
                address = step.address.replace(name, quote_from_bytes(nasty, safe=""))
                assert who.sender.send(step.method, address).status < 500, (stop, nasty)


QUERIES = (
    "next",
    "own",
    "parent",
    "organisation",
    "edition",
    "from",
    "questionnaire",
    "state",
    "code",
    "error",
    "iss",
    "v",
)


def test_strange_queries_do_no_harm() -> None:
    things = world()
    for at, stop in enumerate(TABLE):
        if method_of(things, stop) != "GET":
            continue
        address = step_of(things, stop, "GET").address.partition("?")[0]
        who = visitor("sqlite", "advisor" if "advisor" in stop.lets_in else "owner")
        for nasty in some(at):
            query = "&".join(f"{name}={quote_from_bytes(nasty, safe='')}" for name in QUERIES)
            assert who.sender.send("GET", f"{address}?{query}").status < 500, (stop, nasty)
        assert (
            who.sender.send("GET", address.encode() + b"?%zz&=&&%00=%ff&a[]=1&next&" + b"x=1&" * 3000).status
            < 500
        )


HEADERS = (
    *(
        ("Accept-Language", value)
        for value in ("", ";;;", "nb;q=nan", "x" * 50_000, "nb-\xff,*;q=-1", "no,nn;q=1e999", "\x00")
    ),
    *(
        ("Range", value)
        for value in ("bytes=0-0", "bytes=-1", "bytes=9999999999999999999-", "lines=1-", "bytes=0-1,3-4,\xff")
    ),
    *(("If-None-Match", value) for value in ("*", 'W/"x"', '"' + "x" * 50_000, "\xff")),
    *(("If-Modified-Since", value) for value in ("nonsense", "Thu, 32 Foo 99999 25:61:61 GMT")),
    *(
        ("Cookie", value)
        for value in (
            "=",
            ";;;",
            "kretslop=" + "x" * 100_000,
            "kretslop=\xff\xfe",
            "kretslop-form=.eJw",
            "kretslop-form=a.b.c; kretslop-browser=\x00",
            'kretslop="\\777"',
        )
    ),
    *(("X-Requested-With", value) for value in ("kretslop", "XMLHttpRequest", "\xff")),
    *(("Accept", value) for value in ("nothing/at-all", "*/*;q=x", "\xff")),
    *(("Authorization", value) for value in ("Basic \xff", "Bearer", "Basic YQ==", "Digest ,,=")),
    ("X-Forwarded-Proto", "gopher"),
    ("X-Forwarded-Host", "evil.example"),
    ("Forwarded", "for=;host=evil.example"),
    ("Content-Length", "-1"),
    ("Content-Length", "abc"),
    ("Transfer-Encoding", "chunked"),
    ("X-Original-URL", "/metrics"),
    ("Origin", "null"),
    ("Referer", "http://evil.example/\xff"),
)
PLACES = (
    "/",
    "/nb/",
    "/nb/signin",
    "/nb/nowhere",
    "/nowhere",
    "/static/css/site.css",
    "/static/nowhere.css",
    "/health/live",
    "/metrics",
    "/oidc/callback",
)


@pytest.mark.parametrize(("name", "value"), HEADERS, ids=[f"{n} {v[:12]!a}" for n, v in HEADERS])
def test_strange_headers_do_no_harm(name: str, value: str) -> None:
    draft = f"/nb/assessments/{world().things['draft']}"
    for place in (*PLACES, draft, f"{draft}/files/{world().things['draft_file']}"):
        cookies = "" if name == "Cookie" else owner().cookies
        answer = Sender(world().app, cookies).send("GET", place, headers=[(name, value)])
        assert answer.status < 500, place
        assert "evil.example" not in answer.headers.get("Location", ""), place
        assert "evil.example" not in answer.text, place


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "",
        "localhost.evil.example",
        "localhost:evil",
        "localhost@evil",
        "\xff",
        "a" * 5000,
        "[::1",
        "localhost, evil",
        "localhost/evil",
        "127.0.0.1.nip.io",
        " localhost",
    ],
)
def test_another_host_is_answered_with_a_page_of_ours_that_does_not_name_it(host: str) -> None:
    for place in ("/", "/nb/", "/nb/signin", "/nn/nowhere", "/health/live"):
        answer = Sender(world().app).send("GET", place, host=host)
        assert answer.status == 400, place
        assert "evil" not in answer.text
        assert "<h1" in answer.text
    body = SentForm("", (), ()).body([("email", b"a@b.example")])
    assert Sender(world().app).send("POST", "/nb/signin", body=body, host=host).status == 400


@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 413])
def test_errors_are_said_in_json_to_our_own_scripts(status: int) -> None:
    asked = [("X-Requested-With", "kretslop")]
    draft = f"/en/assessments/{world().things['draft']}/answers"
    stranger = visitor("sqlite", "trial").sender
    answer = {
        400: lambda: owner().sender.send("POST", draft, headers=asked),
        401: lambda: Sender(world().app).send("POST", draft, headers=asked),
        403: lambda: stranger.send("GET", "/en/account", headers=asked),
        404: lambda: stranger.send("GET", draft.removesuffix("/answers"), headers=asked),
        405: lambda: owner().sender.send("GET", draft, headers=asked),
        413: lambda: owner().sender.send("POST", draft, body=b"a=" + b"y" * 3_000_000, headers=asked),
    }[status]()
    assert answer.status == status
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.text.startswith("{")


def test_a_script_in_a_search_of_ours_is_text() -> None:
    evil = quote('"><script>alert(1)</script>')
    for place in ("/nb/signin?next=/", "/nb/nowhere/", "/nb/organisations/new?next=/"):
        assert "<script>alert" not in owner().sender.send("GET", place + evil).text
