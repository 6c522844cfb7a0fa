"""`copperdesk doctor`: what works, what does not, and what to do about it. It changes nothing."""

from __future__ import annotations

import argparse
import json
import textwrap
from collections.abc import Iterator, Sequence
from typing import Any

from appliance.doctor.checks import CHECKS, CheckTold, examined_by, in_order
from appliance.doctor.examined import examine
from appliance.doctor.finding import Condition

WIDTH = 100
HEADINGS = {
    Condition.BROKEN: "This does not work",
    Condition.ATTENTION: "See to this",
    Condition.UNKNOWN: "This is not known",
    Condition.WORKS: "This works",
}
"""In the order in which people need them."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.description = f"{parser.description} Exit status 1 where something does not work."
    parser.add_argument("--page", default="", metavar="URL", help="where the page listens, if not at port 80 or 8080")
    parser.add_argument("--json", action="store_true", help="for programs: everything that was found, as JSON")


def run(args: argparse.Namespace) -> int:
    told = list(examined_by(CHECKS, examine(args.data, args.page)))
    print(json.dumps([as_json(one) for one in told], indent=2) if args.json else "\n".join(described(told)))
    return 0 if in_order(told) else 1


def as_json(one: CheckTold) -> dict[str, Any]:
    found = one.found
    return {"check": one.check, "state": found.condition.value, "told": str(found.told), "mend": str(found.mend)}


def described(told: Sequence[CheckTold]) -> Iterator[str]:
    """One page for people, the worst first."""
    for condition, heading in HEADINGS.items():
        some = [one.found for one in told if one.found.condition is condition]
        if some:
            yield f"{heading}:"
        for found in some:
            yield from textwrap.wrap(found.told, WIDTH, initial_indent="  ", subsequent_indent="    ")
            yield from textwrap.wrap(found.mend, WIDTH, initial_indent="      ", subsequent_indent="      ")
        if some:
            yield ""
    yield "Nothing is broken." if in_order(told) else "Something does not work: begin at the top."
