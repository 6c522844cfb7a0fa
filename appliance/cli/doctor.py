"""`copperdesk doctor`: what works, what does not, and what to do about it. It changes nothing."""

from __future__ import annotations

import argparse
import json
import sys
import textwrap
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from appliance.besidecalls import make_way
from appliance.doctor.archive import write_archive
from appliance.doctor.checks import CHECKS, CheckTold, examined_by, in_order
from appliance.doctor.examined import examine
from appliance.doctor.finding import Condition
from hw.said import told_by, wording

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
    parser.add_argument("--without", action="append", default=[], choices=CHECKS, help="leave this check out")
    parser.add_argument("--archive", type=Path, metavar="FILE", help="write the archive of `support` besides")


def run(args: argparse.Namespace) -> int:
    make_way()
    seen = examine(args.data, args.page)
    told = list(examined_by({name: check for name, check in CHECKS.items() if name not in args.without}, seen))
    if args.archive is not None:
        try:
            write_archive(args.archive, seen, told)
        except OSError as error:
            print(f"copperdesk: {args.archive} cannot be written: {told_by(error)}", file=sys.stderr)
    print(json.dumps([as_json(one) for one in told], indent=2) if args.json else "\n".join(described(told)))
    return 0 if in_order(told) else 1


def as_json(one: CheckTold) -> dict[str, Any]:
    """The sentences in English, and as other languages are made of them (`hw/said.py`)."""
    found = one.found
    return {
        "check": one.check,
        "state": found.condition.value,
        "told": str(found.told),
        "mend": str(found.mend),
        "told_wording": wording(found.told),
        "mend_wording": wording(found.mend) if found.mend else None,
    }


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
