"""`copperdesk announcement`: what all callers hear first, such as on a day of snow, is switched on and off."""

from __future__ import annotations

import argparse
import json
from datetime import datetime
from typing import Any

from appliance.cli.ask import ask
from appliance.cli.table import local


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("position", nargs="?", choices=("on", "off"), help="without it, how it stands is shown")
    parser.add_argument("--until", default="", metavar="WHEN", help='on: 12:00, or "2026-12-24 08:00"; then off again')
    parser.add_argument("--json", action="store_true", help="for programs: on and until as one JSON object")
    parser.set_defaults(misunderstood=parser.error)


def run(args: argparse.Namespace) -> int:
    if args.until and args.position != "on":
        args.misunderstood("--until goes with on")
    if args.position is None:
        state = ask(args.data, "status")["announcement"]
    else:
        state = ask(args.data, "announcement.set", on=args.position == "on", until=args.until)
    print(json.dumps(state) if args.json else described(state))
    return 0


def described(state: dict[str, Any]) -> str:
    """How it stands, for people."""
    if not state["on"]:
        return "The announcement is off."
    until = f", until {local(datetime.fromisoformat(state['until']))}" if state["until"] else ""
    return f"The announcement is on: all callers from outside hear it first{until}."
