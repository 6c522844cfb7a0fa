"""`copperdesk contact`: who calls, and who is not let through."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from appliance.cli.athand import Ask, at_hand
from appliance.cli.contactfile import export_contacts, import_contacts
from appliance.cli.table import columns, local
from appliance.office.contact import PRIVATE, UNAVAILABLE, Gets

FIELDS = ("company", "notes", "language", "rank")
MOST_LISTED = 100

EXAMPLES = f"""\
list [TEXT]           contacts, or those in which TEXT stands
show NUMBER           what is known of a number, and how often it has called
add NUMBER NAME       a new contact; NUMBER may be how several begin, with a * behind: 0900*
change NUMBER         what the options say; the rest stays
remove NUMBER
import FILE           a CSV or vCard file: known numbers are brought up to date, none is there twice
export FILE           all contacts, as CSV or, where FILE ends in .vcf, as vCards
block CALLER          a number, a beginning (0900*), `{PRIVATE}` or `{UNAVAILABLE}`; or --last
unblock CALLER
blocked               who is blocked, and how often that happened"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.description = f"{parser.description}\n\n{EXAMPLES}"
    names = ", ".join(ACTIONS)
    parser.add_argument("action", choices=list(ACTIONS), metavar="ACTION", help=names)
    parser.add_argument("words", nargs="*", metavar="…", help="what the action is about, as above")
    parser.add_argument("--json", action="store_true", default=None, help="for programs: the answer as JSON")
    parser.add_argument("--number", help="change: another number")
    parser.add_argument("--name", help="change: another name")
    parser.add_argument("--company", help="add, change: the company")
    parser.add_argument("--notes", help="add, change, block: what to remember, on one line")
    parser.add_argument("--language", help="add, change: the language spoken, in two letters, such as es")
    parser.add_argument("--rank", type=int, help="add, change: how important calls are, from 0 to 9")
    parser.add_argument("--after", type=int, metavar="N", help="list: go on behind the Nth")
    parser.add_argument("--refused", type=Path, metavar="FILE", help="import: write all refused lines there, as CSV")
    parser.add_argument("--last", action="store_true", default=None, help="block: whoever called last")
    parser.add_argument(
        "--with", dest="gets", choices=[one.value for one in Gets], help="block: what the caller gets (refusal)"
    )
    parser.set_defaults(misunderstood=parser.error)


def run(args: argparse.Namespace) -> int:
    action = ACTIONS[args.action]
    given = [name for name in _OPTIONS if getattr(args, name) is not None]
    if wrong := [name for name in given if name not in (*action.options, "json")]:
        option = "with" if wrong[0] == "gets" else wrong[0]
        args.misunderstood(f"--{option} does not go with {args.action}")
    wanted = 0 if args.last else action.least
    if not wanted <= len(args.words) <= max(wanted, 0 if args.last else action.most):
        args.misunderstood(f"it is: copperdesk contact {args.action} {action.usage}".rstrip())
    with at_hand(args.data) as call:
        return action.run(call, args)


def _list(call: Ask, args: argparse.Namespace) -> int:
    after = args.after or 0
    found = call("contacts.list", find=" ".join(args.words), after=after, limit=MOST_LISTED)
    if args.json:
        return _print_json(found)
    shown = found["contacts"]
    rows = [
        (one["number"], one["name"], one["company"], one["language"], one["rank"] or "", one["notes"]) for one in shown
    ]
    if rows:
        print("\n".join(columns([("number", "name", "company", "language", "rank", "notes"), *rows])))
    else:
        print("No contacts." if not args.words else "No contact has that in it.")
    if (last := after + len(shown)) < found["total"]:
        print(f"{last} of {found['total']}; --after {last} shows more.")
    return 0


def _show(call: Ask, args: argparse.Namespace) -> int:
    facts = call("contacts.caller", number=args.words[0])
    if args.json:
        return _print_json(facts)
    contact = facts["contact"]
    if contact is None:
        print(f"{facts['number']} is no contact.")
    else:
        print("\n".join(f"{name + ':':<10}{value}" for name, value in contact.items() if value))
    calls = facts["calls"]
    if calls:
        times = {1: "once", 2: "twice"}.get(calls, f"{calls} times")
        print(f"Has called {times}, last on {local(datetime.fromisoformat(facts['last_call']))}.")
    else:
        print("Has never called.")
    if blocked := facts["blocked"]:
        print(f"Is blocked by {blocked['caller']}: gets {blocked['gets']}.")
    return 0


def _add(call: Ask, args: argparse.Namespace) -> int:
    number, *name = args.words
    contact = call("contacts.add", contact={"number": number, "name": " ".join(name), **_given(args, FIELDS)})
    return _done(args, contact, f"{contact['name']} is a contact: {contact['number']}.")


def _change(call: Ask, args: argparse.Namespace) -> int:
    fields = _given(args, ("number", "name", *FIELDS))
    if not fields:
        args.misunderstood("say what is to be changed: --number, --name, --company, --notes, --language or --rank")
    contact = call("contacts.change", number=args.words[0], fields=fields)
    return _done(args, contact, f"{contact['name']}, {contact['number']}, is changed.")


def _remove(call: Ask, args: argparse.Namespace) -> int:
    contact = call("contacts.remove", number=args.words[0])
    return _done(args, contact, f"{contact['name']}, {contact['number']}, is no contact any more.")


def _block(call: Ask, args: argparse.Namespace) -> int:
    if args.last:
        gets = args.gets or Gets.REFUSAL.value
        entry = call("contacts.block-last", gets=gets, notes=args.notes or "")
    else:
        entry = call("contacts.block", blocked={"caller": args.words[0], **_given(args, ("gets", "notes"))})
    return _done(args, entry, f"{entry['caller']} is blocked, and gets {_WHAT[Gets(entry['gets'])]}.")


def _unblock(call: Ask, args: argparse.Namespace) -> int:
    entry = call("contacts.unblock", caller=args.words[0])
    return _done(args, entry, f"{entry['caller']} is let through again; {_times(entry['times'])} blocked.")


def _blocked(call: Ask, args: argparse.Namespace) -> int:
    entries: list[dict[str, Any]] = []
    while (found := call("contacts.blocked", after=len(entries)))["blocked"]:
        entries += found["blocked"]
    if args.json:
        return _print_json(entries)
    rows = []
    for one in entries:
        last = local(datetime.fromisoformat(one["last"])) if one["last"] else ""
        rows.append((one["caller"], one["gets"], one["times"], last, one["notes"]))
    print("\n".join(columns([("caller", "gets", "times", "last", "notes"), *rows])) if rows else "Nobody is blocked.")
    return 0


def _given(args: argparse.Namespace, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: value for name in names if (value := getattr(args, name)) is not None}


def _done(args: argparse.Namespace, answer: Any, sentence: str) -> int:
    if args.json:
        return _print_json(answer)
    print(sentence)
    return 0


def _print_json(answer: Any) -> int:
    print(json.dumps(answer, indent=2, ensure_ascii=False))
    return 0


def _times(times: int) -> str:
    return {0: "no call was", 1: "one call was"}.get(times, f"{times} calls were")


_WHAT = {
    Gets.REFUSAL: "a polite refusal",
    Gets.RINGING: "ringing without end",
    Gets.VOICEMAIL: "the voicemail at once",
    Gets.CHALLENGE: "a digit to press before anything else",
}

_OPTIONS = ("number", "name", *FIELDS, "after", "refused", "last", "gets")


@dataclass(frozen=True, slots=True)
class ContactAction:
    """What an action wants: from `least` to `most` words, and these options."""

    run: Callable[[Ask, argparse.Namespace], int]
    usage: str
    least: int
    most: int
    options: tuple[str, ...] = ()


ACTIONS = {
    "list": ContactAction(_list, "[TEXT]", 0, 9, ("after",)),
    "show": ContactAction(_show, "NUMBER", 1, 1),
    "add": ContactAction(_add, "NUMBER NAME", 2, 9, FIELDS),
    "change": ContactAction(_change, "NUMBER --name NAME", 1, 1, ("number", "name", *FIELDS)),
    "remove": ContactAction(_remove, "NUMBER", 1, 1),
    "import": ContactAction(import_contacts, "FILE", 1, 1, ("refused",)),
    "export": ContactAction(export_contacts, "FILE", 1, 1),
    "block": ContactAction(_block, "CALLER, or --last", 1, 1, ("last", "gets", "notes")),
    "unblock": ContactAction(_unblock, "CALLER", 1, 1),
    "blocked": ContactAction(_blocked, "", 0, 0),
}
