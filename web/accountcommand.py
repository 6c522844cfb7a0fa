"""`copperdesk account`: the accounts of the local page at the unit itself, for whoever cannot sign in any more."""

from __future__ import annotations

import argparse
import getpass
import json
import sys
from pathlib import Path
from typing import Any

from appliance.control.blocking import BlockingClient
from appliance.control.errors import ControlError
from appliance.control.folder import DataFolder
from web import passwords
from web.encrypting import facts

ACTIONS = {
    "list": "who can sign in",
    "add": "let somebody sign in",
    "password": "set somebody's password",
    "remove": "let somebody sign in no longer",
    "sign-out": "end somebody's sessions",
    "second-factor-off": "ask somebody for the password alone",
    "lift-delays": "let everybody try again at once who has guessed wrongly",
    "label": "the code for the label of the unit",
    "hash": "for programs: what is kept of a password",
    "fingerprint": "of the certificate that devices are told to trust",
}
OF_SOMEBODY = {"add", "password", "remove", "sign-out", "second-factor-off", "hash"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    told = "; ".join(f"{action}: {what}" for action, what in ACTIONS.items())
    parser.add_argument("action", choices=tuple(ACTIONS), help=told)
    parser.add_argument("name", nargs="?", default="", metavar="NAME", help="what they sign in with")
    parser.add_argument(
        "--role", choices=("administrator", "operator", "person"), default="person", help="with add (%(default)s)"
    )
    parser.add_argument("--person", default="", metavar="ID", help="with add: the person whose mailbox it has")
    parser.add_argument("--json", action="store_true", help="with list, for programs: JSON in place of sentences")
    parser.set_defaults(misunderstood=parser.error)


def run(args: argparse.Namespace) -> int:
    if (args.action in OF_SOMEBODY) != bool(args.name):
        args.misunderstood(f"{args.action} goes {'with' if args.action in OF_SOMEBODY else 'without'} a name")
    if args.action == "fingerprint":
        return _fingerprint(args.data)
    if args.action == "hash":
        print(_new_hash(args.name))
        return 0
    with BlockingClient(DataFolder(args.data).socket) as control:
        match args.action:
            case "list":
                _print_list(control.call("accounts.list"), as_json=args.json)
            case "add":
                hashed = _new_hash(args.name)
                control.call("accounts.add", name=args.name, role=args.role, person=args.person, hash=hashed)
                print(f"{args.name} can sign in now.")
            case "password":
                control.call("accounts.change", name=args.name, hash=_new_hash(args.name))
                control.call("sessions.end-of", account=control.call("accounts.find", name=args.name)["name"])
                print(f"{args.name} has a new password, and is signed out everywhere.")
            case "remove":
                control.call("accounts.remove", name=args.name)
                print(f"{args.name} can no longer sign in.")
            case "sign-out":
                control.call("sessions.end-of", account=control.call("accounts.find", name=args.name)["name"])
                print(f"{args.name} is signed out everywhere.")
            case "second-factor-off":
                control.call("accounts.set-second-factor", name=args.name, secret="")
                print(f"{args.name} is asked for the password alone.")
            case "lift-delays":
                control.call("accounts.lift-delays")
                print("Nobody has to wait any more.")
            case "label":
                print(control.call("recovery.label")["code"])
    return 0


def _print_list(accounts: list[dict[str, Any]], *, as_json: bool) -> None:
    if as_json:
        print("".join(json.dumps(account) + "\n" for account in accounts), end="")
    for account in accounts if not as_json else ():
        mailbox = f", mailbox of {account['person']}" if account["person"] else ""
        print(f"{account['name']}: {account['role']}{mailbox}{', second factor' * account['second_factor']}")


def _new_hash(name: str) -> str:
    """Of a password that is typed unseen, or comes as a line of standard input. ControlError for one that is weak."""
    typed = getpass.getpass("New password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    if objection := passwords.objection(typed, name):
        raise ControlError("weak-password", str(objection))
    return passwords.hashed(typed)


def _fingerprint(data: Path) -> int:
    known = facts(data / "web")
    print(known["fingerprint"] if known else "There is no certificate yet: it is made when the web page starts.")
    return 0 if known else 1
