"""`copperdesk lost`: who called and got nobody, and that this is done."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from appliance.cli.ask import ask
from appliance.cli.table import columns, local

HEADINGS = ("call", "when", "caller", "calls", "wanted", "how far", "")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", nargs="?", choices=("list", "done"), default="list", help="list is what is left out")
    parser.add_argument("call", nargs="*", metavar="CALL", help="with done: the calls, as list shows them")
    parser.add_argument("--for", dest="whom", default="", metavar="ID", help="only those of this person or department")
    parser.set_defaults(misunderstood=parser.error)
    parser.add_argument("--json", action="store_true", help="for programs: one JSON object a caller and line")


def run(args: argparse.Namespace) -> int:
    if (args.what == "done") != bool(args.call):
        args.misunderstood("done goes with the calls that are done, and list with none")
    if args.what == "done":
        callers = [ask(args.data, "lost.done", id=call) for call in args.call]
    else:
        callers = ask(args.data, "lost.list", **{"for": args.whom})
    if args.json:
        print("".join(json.dumps(caller) + "\n" for caller in callers), end="")
    elif args.what == "done":
        print("\n".join(f"{_caller(caller)} is done." for caller in callers))
    elif callers:
        print("\n".join(columns([HEADINGS, *map(_row, callers)])))
    else:
        print("Everybody who called has reached somebody, or has been called back.")
    return 0


def _row(caller: dict[str, Any]) -> Sequence[object]:
    when = local(datetime.fromisoformat(caller["last"]))
    asks = "asks to be called back" if caller["call_back"] else ""
    return (caller["id"], when, _caller(caller), caller["calls"], caller["wanted"], caller["got_to"], asks)


def _caller(caller: dict[str, Any]) -> str:
    return " ".join(filter(None, (caller["name"], caller["number"]))) or "somebody without a number"
