"""`copperdesk person`: who is at the office, does not want to be disturbed, or has calls forwarded."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from appliance.cli.ask import ask
from appliance.cli.table import TableRow, columns, local

WHEN = ("always", "no-answer", "busy", "unreached", "with-desk")

NO_SEPARATORS = str.maketrans("", "", " -.()/")
"""Between the digits of a number, as people write it."""

EXAMPLES = f"""\
list                              everybody, with extension, and how each is reached now
do-not-disturb jane on|off        the telephone does not ring; --until 17:00 ends that by itself
forward jane always 95551234      calls go there; without a number, to the cell phone; also
                                  {", ".join(WHEN[1:])}
forward jane off                  calls are no longer forwarded
presence jane here|away           at the office, or not
member jane sales in|out          whether the department's calls ring Jane's telephone

Jane is named by her id in the office document, or by her extension; so is the department."""


@dataclass(frozen=True, slots=True)
class PersonCommand:
    """What can be said of a person. words: what may stand at each place behind the person; empty: any word."""

    words: Sequence[Sequence[str]]
    method: str
    params: Callable[[Sequence[str]], dict[str, Any]]
    least: int

    def fits(self, words: Sequence[str]) -> bool:
        """Whether the action is understood with these words."""
        known = all(not allowed or word in allowed for word, allowed in zip(words, self.words, strict=False))
        return self.least <= len(words) <= len(self.words) and known


ACTIONS = {
    "do-not-disturb": PersonCommand([("on", "off")], "people.do-not-disturb", lambda said: {"on": said[0] == "on"}, 1),
    "forward": PersonCommand(
        [(*WHEN, "off"), ()],
        "people.forward",
        lambda said: {
            "when": "never" if said[0] == "off" else said[0],
            "to": "".join(said[1:]).translate(NO_SEPARATORS),
        },
        1,
    ),
    "presence": PersonCommand([("here", "away")], "people.presence", lambda said: {"here": said[0] == "here"}, 1),
    "member": PersonCommand(
        [(), ("in", "out")],
        "people.member",
        lambda said: {"department": said[0], "logged_in": said[1] == "in"},
        2,
    ),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.description = f"{parser.description}\n\n{EXAMPLES}"
    parser.add_argument("action", choices=["list", *ACTIONS], metavar="ACTION", help=", ".join(["list", *ACTIONS]))
    parser.add_argument("words", nargs="*", metavar="…", help="who, and what is to be so, as above")
    parser.add_argument("--until", default="", metavar="WHEN", help='do-not-disturb on: 17:00, or "2026-12-24 08:00"')
    parser.add_argument("--json", action="store_true", help="for programs: the answer as JSON")
    parser.set_defaults(misunderstood=parser.error)


def run(args: argparse.Namespace) -> int:
    if args.action == "list":
        if args.words or args.until:
            args.misunderstood("list shows everybody, and takes nothing more")
        people = ask(args.data, "people.list")
        shown = [described(person) for person in people]
        print(json.dumps(people, indent=2) if args.json else "\n".join(columns(shown)))
        return 0
    action, said = ACTIONS[args.action], args.words[1:]
    if not args.words or not action.fits(said):
        usage = next(line for line in EXAMPLES.splitlines() if line.startswith(args.action)).split("   ")[0]
        args.misunderstood(f"it is, for example: copperdesk person {usage}")
    params = {"person": args.words[0], **action.params(said)}
    if args.until:
        if (args.action, said[0]) != ("do-not-disturb", "on"):
            args.misunderstood("--until goes with do-not-disturb on")
        params["until"] = args.until
    person = ask(args.data, action.method, **params)
    print(json.dumps(person) if args.json else "  ".join(cast(Sequence[str], described(person))))
    return 0


def described(person: dict[str, Any]) -> TableRow:
    """A person and how that person is reached now, for people."""
    now = ["at the office" if person["here"] else "away"]
    if person["do_not_disturb"]:
        until = f" until {local(datetime.fromisoformat(person['until']))}" if person["until"] else ""
        now.append(f"do not disturb{until}")
    if person["forwarding"] != "never":
        now.append(f"forwarded {person['forwarding']} to {person['to'] or 'nowhere'}")
    if person["logged_out"]:
        now.append(f"logged out of {', '.join(person['logged_out'])}")
    return [person["extension"], person["name"], ", ".join(now)]
