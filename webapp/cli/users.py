"""``kretslop users``: people, for operators."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from webapp.cli.installed import on_site
from webapp.cli.main import FINE, PROBLEMS, WRONG_USE
from webapp.cli.output import print_json, say, talk
from webapp.errors import NotThere, Refused
from webapp.links import signin_link
from webapp.services import staffing
from webapp.words import DEFAULT_LANGUAGE, language_of

if TYPE_CHECKING:
    from webapp.services.site import Site

_WORDS = {
    "no_address": "That is not an e-mail address.",
    "no_programme": "There is no such programme. There are: {known}.",
    "no_staff": "They do not run a programme with that name or id.",
    "no_advisor": "They do not advise an organisation with that number or id.",
    "no_participation": "No such organisation takes part in a programme with that name or id.",
    "no_organisation": "There is no organisation with that number or id.",
    "several_organisations": "Several organisations have that number. Name one by its id: {ids}.",
    "team.own_company": "They belong to that organisation, so they cannot advise it.",
    "team.day_past": "That day is over.",
    "team.day_before": "The last day is before the first.",
    "privacy.last_owner": "They are the only owner of {names}. Make somebody else an owner first.",
}
"""What stands in the way, by the code of the refusal."""


def list_(arguments: argparse.Namespace) -> int:
    """Everybody there is."""

    def carry_out(site: Site, now: datetime) -> int:
        people = staffing.list_people(site.database, now, with_trials=arguments.trials)
        if arguments.json:
            print_json([_plain(one) for one in people])
            return FINE
        for one in people:
            roles = ", ".join(f"{role} {count}" for role, count in sorted(one.roles.items()))
            say(f"{one.email or '(trial)'}\t{one.name}\t{one.seen_utc:%Y-%m-%d}\t{roles}")
        return FINE

    return _done(carry_out)


def _plain(one: staffing.Listed) -> dict[str, Any]:
    times = {name: getattr(one, name).isoformat() for name in ("created_utc", "seen_utc")}
    return asdict(one) | times


def link(arguments: argparse.Namespace) -> int:
    """Print a link that signs somebody in once, in any browser."""

    def carry_out(site: Site, now: datetime) -> int:
        token, spoken = staffing.make_link(site.database, arguments.email, now, site.settings)
        address = signin_link(site.settings, language_of(spoken) or DEFAULT_LANGUAGE, token)
        if arguments.json:
            print_json({"link": address, "minutes": site.settings.link_minutes})
        else:
            say(address)
        talk(f"It works once, for {site.settings.link_minutes} minutes.")
        return FINE

    return _done(carry_out)


def add_staff(arguments: argparse.Namespace) -> int:
    """Have somebody run a programme, as its method owner where that is said."""
    add = partial(staffing.add_staff, is_method_owner=arguments.method_owner)
    return _added(arguments, add, arguments.programme)


def add_advisor(arguments: argparse.Namespace) -> int:
    """Have somebody advise an organisation, from one day until another where days are given."""

    def term(site: Site, now: datetime) -> dict[str, Any]:
        return {"term": staffing.term_of(site.zone, arguments.first, arguments.last, now)}

    return _added(arguments, staffing.add_advisor, arguments.organisation, term)


def _added(
    arguments: argparse.Namespace,
    add: Callable[..., str],
    to: str,
    more: Callable[[Site, datetime], dict[str, Any]] | None = None,
) -> int:
    def carry_out(site: Site, now: datetime) -> int:
        named = {"name": arguments.name, "language": arguments.lang}
        named |= {} if more is None else more(site, now)
        person = add(site.database, arguments.email, to, now, **named)
        _tell(arguments, {"person": person}, "Done. They sign in with their address, as everybody does.")
        return FINE

    return _done(carry_out)


def remove_staff(arguments: argparse.Namespace) -> int:
    """Have somebody run a programme no more."""
    return _removed(arguments, staffing.remove_staff, arguments.programme)


def remove_advisor(arguments: argparse.Namespace) -> int:
    """Have somebody advise an organisation no more."""
    return _removed(arguments, staffing.remove_advisor, arguments.organisation)


def _removed(arguments: argparse.Namespace, remove: Callable[..., str], where: str) -> int:
    def carry_out(site: Site, now: datetime) -> int:
        person = remove(site.database, arguments.email, where, now)
        _tell(arguments, {"person": person}, "Done, from their next request on.")
        return FINE

    return _done(carry_out)


def end_participation(arguments: argparse.Namespace) -> int:
    """Take an organisation out of a programme."""

    def carry_out(site: Site, now: datetime) -> int:
        named = arguments.programme, arguments.organisation
        gone = staffing.end_participation(site.database, *named, now)
        _tell(arguments, {"organisations": gone}, "Done. Its assessments are its own, as before.")
        return FINE

    return _done(carry_out)


def end_sessions(arguments: argparse.Namespace) -> int:
    """Sign somebody out everywhere."""

    def carry_out(site: Site, now: datetime) -> int:
        ended = staffing.end_sessions(site.database, arguments.email, now)
        _tell(arguments, {"ended": ended}, f"Sessions that were ended: {ended}")
        return FINE

    return _done(carry_out)


def erase(arguments: argparse.Namespace) -> int:
    """Erase somebody for good, having asked whether that is meant."""
    if not arguments.yes and not _is_meant(arguments.email):
        talk("Nothing was erased. Say --yes where nobody can be asked.")
        return WRONG_USE

    def carry_out(site: Site, now: datetime) -> int:
        from webapp.services.privacy import erase_person

        person = staffing.find_id(site.database, arguments.email)
        erase_person(site, person, now, by_operator=True)
        _tell(arguments, {"erased": person}, "Erased. What they answered stays with their organisations.")
        return FINE

    return _done(carry_out)


def _is_meant(email: str) -> bool:
    if not sys.stdin.isatty():
        return False
    print(f"Erase {email} for good? Type yes: ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() == "yes"


def _tell(arguments: argparse.Namespace, said: dict[str, Any], words: str) -> None:
    if arguments.json:
        print_json(said)
    else:
        say(words)


def _done(carry_out: Callable[[Site, datetime], int]) -> int:
    """Carry something out, and say what stood in the way where something did."""

    def guarded(site: Site, now: datetime) -> int:
        try:
            return carry_out(site, now)
        except NotThere:
            talk("Nobody is registered with that address.")
        except Refused as refusal:
            talk(_WORDS[refusal.code].format(**refusal.parts))
        return PROBLEMS

    return on_site(guarded)
