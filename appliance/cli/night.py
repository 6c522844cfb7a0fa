"""`copperdesk night`: closes or opens the office by hand, lets its hours decide, or says how it stands."""

from __future__ import annotations

import argparse
import json
from datetime import datetime
from typing import Any

from appliance.cli.ask import ask
from appliance.cli.table import local


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "mode",
        nargs="?",
        choices=("automatic", "open", "closed"),
        help="automatic: by the opening hours; without it, how it stands is shown",
    )
    parser.add_argument(
        "--until", default="", metavar="WHEN", help='08:00, or "2026-12-24 08:00"; then automatic again'
    )
    parser.set_defaults(misunderstood=parser.error)
    parser.add_argument("--json", action="store_true", help="for programs: mode and until as one JSON object")


def run(args: argparse.Namespace) -> int:
    if args.until and args.mode in (None, "automatic"):
        args.misunderstood("--until goes with open and closed")
    if args.mode is None:
        state = ask(args.data, "status")["night"]
    else:
        state = ask(args.data, "night.set", mode=args.mode, until=args.until)
    print(json.dumps(state) if args.json else described(state))
    return 0


def described(state: dict[str, Any]) -> str:
    """How it stands, for people."""
    if state["mode"] == "automatic":
        return "The office is open and closed by its hours."
    until = f"until {local(datetime.fromisoformat(state['until']))}" if state["until"] else "until that is changed"
    return f"The office is {state['mode']} by hand, {until}."
