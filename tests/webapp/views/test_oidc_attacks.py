"""Signing in with an identity provider: every way that must not be one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from joserfc.jwk import RSAKey

from tests.webapp.oidc_provider import (
    CLIENT_ID,
    signed,
    signed_with_public_key,
    unsigned,
)
from tests.webapp.views.browsing import Browser, anonymous, text_of
from tests.webapp.views.oidc_world import FINISH, World, open_world
from webapp.auth.cookies import session_cookie


@pytest.fixture
def world(tmp_path: Path) -> World:
    return open_world(tmp_path)


def is_refused(world: World, back: str, browser: Browser | None = None) -> bool:
    """Whether coming back that way signs nobody in."""
    browser = browser or world.browser
    answers = [browser.client.get(back), browser.client.get(FINISH), browser.post(FINISH, status=400)]
    is_told = all(answer.status_code == 400 for answer in answers)
    return is_told and world.people() == 0 and not world.is_in(browser)


def test_a_state_that_is_not_ours_is_refused(world: World) -> None:
    assert is_refused(world, world.provider.approve(world.leave(), state="another"))


def test_an_answer_without_a_state_is_refused(world: World) -> None:
    assert is_refused(world, world.provider.approve(world.leave(), state=""))


def test_an_answer_to_another_browser_is_refused(world: World) -> None:
    back = world.provider.approve(world.leave())

    assert is_refused(world, back, anonymous(world.app))


def test_an_answer_of_another_provider_is_refused(world: World) -> None:
    assert is_refused(world, world.provider.approve(world.leave(), iss="https://evil.example"))


def test_whoever_changes_their_mind_is_not_signed_in(world: World) -> None:
    assert is_refused(world, world.provider.approve(world.leave(), error="access_denied"))


def test_a_code_is_good_once(world: World) -> None:
    back = world.provider.approve(world.leave())
    world.browser.client.get(back)
    kept = world.browser.client.get_cookie("kretslop-form")
    assert kept is not None
    world.browser.post(FINISH)

    thief = anonymous(world.app)
    thief.client.set_cookie("kretslop-form", kept.value)
    thief.post(FINISH, status=400)
    world.browser.client.delete_cookie(session_cookie(world.site.settings))
    assert world.browser.client.get(back).status_code == 400

    assert not world.is_in(thief)
    assert not world.is_in()


def test_a_stolen_code_is_no_use_without_the_verifier(world: World) -> None:
    stolen = world.provider.approve(world.leave()).split("code=")[1].split("&")[0]
    thief = anonymous(world.app)

    thief.client.get(world.provider.approve(world.leave(thief), code=stolen))
    thief.post(FINISH, status=400)

    assert (world.people(), world.is_in(thief)) == (0, False)


SECOND_KEY = RSAKey.generate_key(2048, {"kid": "first"})
LIES: dict[str, dict[str, Any]] = {
    "another nonce": {"nonce": "another"},
    "no nonce": {"nonce": None},
    "another audience": {"aud": "somebody else"},
    "several audiences, made for another": {"aud": [CLIENT_ID, "else"], "azp": "else"},
    "no audience": {"aud": None},
    "another issuer": {"iss": "https://evil.example"},
    "no issuer": {"iss": None},
    "expired": {"exp": 1_700_000_000},
    "no end": {"exp": None},
    "an end that is no time": {"exp": "later"},
    "not yet": {"nbf": 4_000_000_000},
    "no subject": {"sub": None},
    "an empty subject": {"sub": ""},
    "a subject that is no text": {"sub": 17},
}


@pytest.mark.parametrize("lies", LIES.values(), ids=LIES)
def test_a_token_that_is_not_for_this_is_refused(world: World, lies: dict[str, Any]) -> None:
    world.provider.lies = lies

    page = world.sign_in(status=400)

    assert "Vi kunne ikke stole på svaret" in text_of(page)
    assert (world.people(), world.is_in()) == (0, False)


def _by_another(claims: dict[str, Any], _key: RSAKey) -> str:
    return signed(claims, SECOND_KEY)


def _cut(claims: dict[str, Any], key: RSAKey) -> str:
    return signed(claims, key).rsplit(".", 1)[0] + "."


def _changed(claims: dict[str, Any], key: RSAKey) -> str:
    head, _, signature = signed(claims, key).split(".")
    body = signed({**claims, "sub": "liv-2"}, SECOND_KEY).split(".")[1]
    return f"{head}.{body}.{signature}"


def _nonsense(_claims: dict[str, Any], _key: RSAKey) -> str:
    return "not.a.token"


FORGERIES: dict[str, Callable[[dict[str, Any], RSAKey], str]] = {
    "no signature needed": unsigned,
    "signed with the public key": signed_with_public_key,
    "signed by another": _by_another,
    "signature cut off": _cut,
    "content exchanged": _changed,
    "nonsense": _nonsense,
}


@pytest.mark.parametrize("sign", FORGERIES.values(), ids=FORGERIES)
def test_a_forged_token_is_refused(world: World, sign: Callable[[dict[str, Any], RSAKey], str]) -> None:
    world.provider.sign = sign

    world.sign_in(status=400)

    assert (world.people(), world.is_in()) == (0, False)


def test_a_provider_that_only_offers_unsigned_tokens_is_not_believed(world: World) -> None:
    world.provider.metadata = {"id_token_signing_alg_values_supported": ["none"]}
    world.provider.sign = unsigned

    world.sign_in(status=400)

    assert world.people() == 0


@pytest.mark.parametrize(
    "metadata",
    [
        {"issuer": "https://evil.example"},
        {"token_endpoint": "http://id.example.no/token"},
        {"jwks_uri": "file:///etc/passwd"},
        {"authorization_endpoint": None},
    ],
    ids=["another issuer", "unencrypted", "a file", "nowhere"],
)
def test_a_provider_that_publishes_nonsense_is_not_used(world: World, metadata: dict[str, Any]) -> None:
    world.provider.metadata = metadata

    assert world.browser.client.get("/nb/signin/provider").status_code == 400
