"""`copperdesk mail`: tries the mail server, shows the letters that wait, and sends them now."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from appliance.cli.ask import ask
from appliance.cli.table import columns, local

HEADINGS = ("written", "by", "to", "about", "next try", "why it waits")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "what",
        choices=("test", "queue", "retry"),
        help="test: send a mail at once, and say what is wrong; queue: what waits; retry: send that now",
    )
    parser.add_argument("to", nargs="?", default="", metavar="TO", help="with test: a mail address, or a person's id")
    parser.set_defaults(misunderstood=parser.error)
    parser.add_argument("--json", action="store_true", help="for programs: JSON in place of sentences")


def run(args: argparse.Namespace) -> int:
    if (args.what == "test") != bool(args.to):
        args.misunderstood("test goes with whom the mail is for, and nothing else does")
    match args.what:
        case "test":
            tested = ask(args.data, "mail.test", to=args.to)
            sent = f"The server took it for {tested['to']}."
            told = f"It was not sent: {tested['wrong']}." if tested["wrong"] else sent
            print(json.dumps(tested) if args.json else told)
            return 1 if tested["wrong"] else 0
        case "retry":
            waiting = ask(args.data, "mail.retry")
            told = {0: "Nothing waits to be sent.", 1: "One is tried now."}.get(waiting, f"{waiting} are tried now.")
            print(json.dumps(waiting) if args.json else told)
        case _:
            parcels = ask(args.data, "mail.queue")
            if args.json:
                print("".join(json.dumps(parcel) + "\n" for parcel in parcels), end="")
            elif parcels:
                print("\n".join(columns([HEADINGS, *map(_row, parcels)])))
            else:
                print("Nothing waits to be sent.")
    return 0


def _row(parcel: dict[str, Any]) -> Sequence[object]:
    queued = local(datetime.fromisoformat(parcel["queued"]))
    due = local(datetime.fromisoformat(parcel["due"])) if parcel["due"] else "not any more"
    return (queued, parcel["by"], parcel["to"], parcel["kind"], due, parcel["why"])
