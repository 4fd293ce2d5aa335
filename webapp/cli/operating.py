"""The commands that run the web application, as the parser knows them. Standard library only."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    Commands: TypeAlias = argparse._SubParsersAction[argparse.ArgumentParser]
    Add: TypeAlias = Callable[[Commands, str, str, str], argparse.ArgumentParser]
    Group: TypeAlias = Callable[[Commands, str, str], Commands]

COMMANDS = {
    "serve": "webapp.cli.serve:serve",
    "worker": "webapp.cli.worker:worker",
    "demo": "webapp.cli.demo:demo",
    "db upgrade": "webapp.cli.db:upgrade",
    "backup": "webapp.cli.backup:backup",
    "restore": "webapp.cli.backup:restore",
    "retention": "webapp.cli.retention:retention",
    "verify-scores": "webapp.cli.verify_scores:verify_scores",
    "programmes list": "webapp.cli.programmes:list_",
    "programmes add": "webapp.cli.programmes:add",
    "programmes export": "webapp.cli.programmes:export",
    "programmes check-links": "webapp.cli.programmes:check_links",
    "users list": "webapp.cli.users:list_",
    "users link": "webapp.cli.users:link",
    "users add-staff": "webapp.cli.users:add_staff",
    "users add-advisor": "webapp.cli.users:add_advisor",
    "users remove-staff": "webapp.cli.users:remove_staff",
    "users remove-advisor": "webapp.cli.users:remove_advisor",
    "users end-participation": "webapp.cli.users:end_participation",
    "users end-sessions": "webapp.cli.users:end_sessions",
    "users erase": "webapp.cli.users:erase",
}
"""Which function carries out which command."""

PORT = 8000


def add_operating(commands: Commands, add: Add, group: Group) -> None:
    """Add the commands that run the web application; settings come from ``KRETSLOP_…`` variables."""
    serve = add(commands, "serve", "serve", "serve the web application")
    _add_address(serve)
    serve.add_argument("--processes", type=int, default=2, metavar="N", help="web processes (2)")
    serve.add_argument("--worker", action="store_true", help="run a worker beside it")
    add(commands, "worker", "worker", "do the background work: reports and mail")
    demo = add(commands, "demo", "demo", "serve a programme with example companies, to look at")
    _add_address(demo)
    demo.add_argument(
        "--data", type=Path, metavar="DIR", help="keep everything there; else it is thrown away"
    )
    demo.add_argument("--json", action="store_true", help="print who can sign in as one JSON object")
    database = group(commands, "db", "the database: upgrade")
    add(database, "upgrade", "db upgrade", "bring the tables to this version of the program")
    _add_keeping(commands, add)
    _add_programmes(group(commands, "programmes", "programmes: list, add, export, check links"), add)
    users = group(commands, "users", "people: list, link, sign out, erase; who advises and runs what")
    _add_users(users, add)
    _add_roles(users, add)


def _add_keeping(commands: Commands, add: Add) -> None:
    """Keeping what there is, checking it, and erasing what has been kept long enough."""
    backup = add(commands, "backup", "backup", "copy the database and all files into a new folder")
    backup.add_argument("folder", type=Path, metavar="DIR")
    restore = add(commands, "restore", "restore", "bring a backup back; nothing may run meanwhile")
    restore.add_argument("folder", type=Path, metavar="DIR")
    restore.add_argument("--force", action="store_true", help="also in the place of what there is")
    retention = add(commands, "retention", "retention", "erase what has been kept long enough")
    retention.add_argument("--dry-run", action="store_true", help="only say what would be erased")
    verify = add(commands, "verify-scores", "verify-scores", "score every hand-in again and compare")
    for one in (backup, restore, retention, verify):
        _add_json(one)


def _add_programmes(programmes: Commands, add: Add) -> None:
    listed = add(programmes, "list", "programmes list", "every programme there is")
    new = add(programmes, "add", "programmes add", "set a programme up from the template or a file")
    export = add(programmes, "export", "programmes export", "write the one file that carries a programme")
    links = add(programmes, "check-links", "programmes check-links", "ask the addresses of recordings")
    new.add_argument("name", metavar="NAME")
    new.add_argument("--controller", required=True, help="the organisation that answers for its data")
    new.add_argument("--contact", required=True, metavar="EMAIL", help="whom people write to")
    new.add_argument("--purpose", default="", help="what the data is used for")
    new.add_argument("--file", type=Path, metavar="PROGRAMME.yaml", help="in place of the template")
    export.add_argument("programme", metavar="NAME", help="its name or id")
    export.add_argument("-o", "--out", type=Path, required=True, help="the file")
    for one in (listed, new, links):
        _add_json(one)


def _add_users(users: Commands, add: Add) -> None:
    everybody = add(users, "list", "users list", "everybody there is")
    everybody.add_argument("--trials", action="store_true", help="also those who only try")
    link = add(users, "link", "users link", "print a link that signs somebody in once, in any browser")
    ended = add(users, "end-sessions", "users end-sessions", "sign somebody out everywhere")
    erased = add(users, "erase", "users erase", "erase somebody for good; their answers stay")
    for one in (link, ended, erased):
        one.add_argument("email", metavar="EMAIL")
    for one in (everybody, link, ended, erased):
        _add_json(one)
    erased.add_argument("--yes", action="store_true", help="do not ask")


def _add_roles(users: Commands, add: Add) -> None:
    """Who runs a programme, who advises an organisation, and which organisations take part."""
    staff = add(users, "add-staff", "users add-staff", "have somebody run a programme")
    advisor = add(users, "add-advisor", "users add-advisor", "have somebody advise an organisation")
    no_staff = add(users, "remove-staff", "users remove-staff", "have somebody run a programme no more")
    no_advisor = add(
        users, "remove-advisor", "users remove-advisor", "have somebody advise an organisation no more"
    )
    out = add(
        users, "end-participation", "users end-participation", "take an organisation out of a programme"
    )
    for one in (staff, advisor, no_staff, no_advisor):
        one.add_argument("email", metavar="EMAIL")
    for one in (staff, no_staff, out):
        one.add_argument("--programme", required=True, metavar="NAME", help="its name or id")
    for one in (advisor, no_advisor, out):
        one.add_argument("--organisation", required=True, metavar="ORGNR", help="its number or id")
    for one in (staff, advisor):
        one.add_argument("--name", default="", help="what somebody new is called")
        one.add_argument("--lang", choices=("nb", "nn", "en"), default="nb", help="their language (nb)")
    staff.add_argument(
        "--method-owner",
        action=argparse.BooleanOptionalAction,
        help="they see how companies and advisors read the questions, or no more",
    )
    advisor.add_argument("--from", dest="first", type=_day, metavar="DAY", help="first day, 2027-03-01 (now)")
    advisor.add_argument("--until", dest="last", type=_day, metavar="DAY", help="last day (none)")
    for one in (staff, advisor, no_staff, no_advisor, out):
        _add_json(one)


def _day(text: str) -> date:
    """A day as ISO 8601 has it. Raises ArgumentTypeError."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day such as 2027-03-01") from None


def _add_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print JSON")


def _add_address(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    parser.add_argument("--port", type=int, default=PORT, help=f"port to listen on ({PORT})")
