"""`copperdesk line`: what a line to the telephone company is like, and what should be set for it."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import textwrap
from pathlib import Path
from typing import Any

from appliance.cli.ask import ask
from appliance.control.blocking import BlockingClient
from appliance.control.folder import DataFolder
from appliance.wav.target import cannot_write

WIDTH = 100


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=("test", "stop", "accept"), help="test a line; end that; set what it proposed")
    parser.add_argument("line", nargs="?", default="", metavar="LINE", help="with test: its name, or its socket")
    parser.add_argument(
        "--with",
        dest="other",
        default="",
        metavar="LINE",
        help="a second line, for the two to call each other, or `person`: you call from a cell phone and are told what "
        "to do; without it, any other line that is free",
    )
    parser.add_argument(
        "--forwarding",
        action="store_true",
        help="also try whether the exchange forwards calls by a code; takes three lines",
    )
    parser.add_argument("--yes", action="store_true", help="with --forwarding: do not ask whether that is meant")
    parser.add_argument("--report", type=Path, metavar="FILE", help="put the report here, a page for a browser")
    parser.add_argument("--json", action="store_true", help="for programs: one JSON object")
    parser.set_defaults(misunderstood=parser.error)


def run(args: argparse.Namespace) -> int:
    if (args.what == "test") != bool(args.line):
        args.misunderstood("test goes with a line, such as `copperdesk line test fxo-1`; the others with none")
    if args.what == "stop":
        went_on = ask(args.data, "lines.stop_test")
        ends = "The test ends, and the line is in service again in a moment."
        print(ends if went_on else "No line is being tested, so there is nothing to stop.")
        return 0
    if args.what == "accept":
        accepted = ask(args.data, "lines.accept")
        print(f"{accepted['line']} is set up by what was measured.")
        return 0
    if args.report is not None and (refused := cannot_write(args.report)):
        print(f"copperdesk: {refused}", file=sys.stderr)
        return 1
    if args.forwarding and not args.yes and not _agreed(args.line):
        return 1
    state = _tested(args)
    report = state["report"]
    if args.report is not None and report:
        shutil.copyfile(report, args.report)
        report = args.report
    if args.json:
        print(json.dumps(state, indent=2))
    else:
        _tell(state, report)
    return 1 if not state["findings"] or any(finding["trouble"] for finding in state["findings"]) else 0


def _agreed(line: str) -> bool:
    """Whether somebody at the terminal wants calls to be forwarded."""
    if not sys.stdin.isatty():
        print("copperdesk: --forwarding asks first; say --yes where nobody can answer", file=sys.stderr)
        return False
    print(f"Calls to {line} are sent to another of your lines for about a minute, and come to it again then.")
    print("If the power fails in that minute, the unit ends it when it is back, or tells you what to dial.")
    return input("Go on? [y/N] ").strip().lower() in ("y", "yes")


def _tested(args: argparse.Namespace) -> dict[str, Any]:
    """Begin, and show what is being done until it is over. Ctrl-C ends the test, too."""
    ask(args.data, "lines.test", line=args.line, forwarding=args.forwarding, **{"with": args.other})
    shown = ""
    try:
        with BlockingClient(DataFolder(args.data).socket) as control:
            for state in control.watch("line-test"):
                if not state["running"]:
                    break
                if state["step"]["text"] != shown:
                    shown = state["step"]["text"]
                    print(f"  {shown} …", file=sys.stderr, flush=True)
    except KeyboardInterrupt:
        ask(args.data, "lines.stop_test")
        raise
    tested: dict[str, Any] = ask(args.data, "lines.test_state")
    return tested


def _tell(state: dict[str, Any], report: object) -> None:
    widest = max((len(finding["heading"]["text"]) for finding in state["findings"]), default=0)
    for finding in state["findings"]:
        mark = "!" if finding["trouble"] else " "
        told = textwrap.wrap(f"{finding['told']['text']} {finding['sure']}", WIDTH - widest - 4)
        print(f"{mark} {finding['heading']['text']:<{widest}}  {told[0]}")
        print("".join(f"{'':{widest + 4}}{more}\n" for more in told[1:]), end="")
    if state["proposals"]:
        print("\nWhat should be set:")
        for one in state["proposals"]:
            value = ", ".join(one["value"]) if isinstance(one["value"], list) else one["value"]
            print(f"  {one['field']}: {value}  ({one['why']['text']})")
        print("`copperdesk line accept` sets it.")
    if not state["findings"]:
        print("copperdesk: the test failed; the log tells more", file=sys.stderr)
    elif report:
        print(f"\nThe report, with what was heard: {report}")
    else:
        print("copperdesk: the report could not be kept; `copperdesk status` says why", file=sys.stderr)
