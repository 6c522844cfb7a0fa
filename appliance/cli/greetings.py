"""`copperdesk greetings`: the greetings of a company by a formula that works, to be put into the office document."""

from __future__ import annotations

import argparse
import json

from appliance.office.formula import LONGEST_BLANK, greeting_formula


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        f"{parser.description} The greetings for morning, afternoon and evening, and a text for when you are closed, "
        "in the form of the office document: put them there, change what you like, and load it with "
        "`copperdesk office load`. Or read them out and record them: `copperdesk sound --help`."
    )
    parser.add_argument("--company", required=True, metavar="NAME", help="what callers know you as")
    parser.add_argument("--does", required=True, metavar="WHAT", help='what the company does: "family dentistry"')
    parser.add_argument("--who", default="", metavar="NAME", help="who answers; without it, nobody is named")
    parser.set_defaults(misunderstood=parser.error)


def run(args: argparse.Namespace) -> int:
    given = {name: " ".join(getattr(args, name).split()).rstrip(".,;!") for name in ("company", "does", "who")}
    for name, words in given.items():
        if not words and name != "who":
            args.misunderstood(f"--{name} is empty")
        if len(words) > LONGEST_BLANK:
            args.misunderstood(f"--{name} has {len(words)} characters; callers bear {LONGEST_BLANK}")
    print(json.dumps(greeting_formula(**given), indent=2, ensure_ascii=False))
    return 0
