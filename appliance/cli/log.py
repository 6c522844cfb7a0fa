"""`copperdesk log`: the latest calls, from the daemon or, where none runs, from the log on disk."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from operator import itemgetter
from pathlib import Path
from typing import Any

from appliance.cli.athand import at_hand
from appliance.cli.table import columns, printable
from appliance.cli.times import Times
from appliance.control.folder import DataFolder

MOST_CALLS = 1000
"""Calls at a time, so that the answer fits a line of the control socket several times."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--limit", type=_amount, default=20, metavar="N", help="how many calls (%(default)s)")
    parser.add_argument(
        "--steps", action="store_true", help="with all that happened in each call: who was rung, and why each failed"
    )
    parser.add_argument("--json", action="store_true", help="for programs: one JSON object a call and line")


def run(args: argparse.Namespace) -> int:
    calls = latest(args.data, args.limit)
    if args.json:
        print("".join(json.dumps(call) + "\n" for call in calls), end="")
    elif calls:
        times = Times(args.data)
        heading, *rows = columns([HEADINGS, *(_row(call, times) for call in calls)])
        print(heading)
        for call, row in zip(calls, rows, strict=True):
            print("\n".join([row, *(_steps(call) if args.steps else ())]))
    else:
        print("No calls yet.")
    return 0


def latest(data: Path, limit: int) -> list[dict[str, Any]]:
    """The latest calls, the newest first; each with the fields of `CallRecord` and what is known of the caller."""
    folder = DataFolder(data)
    if not folder.socket.exists() and not folder.calls.exists():
        return []
    with at_hand(data) as call:
        calls: list[dict[str, Any]] = call("log", limit=limit)
    return calls


HEADINGS = ("began", "lasted", "", "line", "caller", "before", "called", "reached", "outcome")


def _row(call: dict[str, Any], times: Times) -> Sequence[object]:
    began = datetime.fromisoformat(call["started"])
    lasted = ""
    if call["ended"]:
        seconds = round((datetime.fromisoformat(call["ended"]) - began).total_seconds())
        lasted = f"{seconds // 60}:{seconds % 60:02}"
    caller = " ".join(filter(None, (call["contact"] or call["caller_name"], call["caller_number"])))
    before = "never" if call["calls_before"] == 0 else call["calls_before"]
    outcome = f"{call['outcome']}: {call['fault']}" if call["fault"] else call["outcome"]
    shown = (times(call["started"]), lasted, call["direction"], call["line"])
    return (*shown, caller, before, call["called"], call["reached"], outcome)


def _steps(call: dict[str, Any]) -> Iterator[str]:
    """A line for each step, with the minutes and seconds since the call began; then an empty one."""
    steps = [(step["seconds"], step["what"]) for step in call["steps"]]
    if call["answered"]:
        began, answered = (datetime.fromisoformat(call[moment]) for moment in ("started", "answered"))
        steps.append(((answered - began).total_seconds(), "answered"))
    for seconds, what in sorted(steps, key=itemgetter(0)):
        yield f"    {seconds // 60:.0f}:{seconds % 60:04.1f}  {printable(what)}"
    yield ""


def _amount(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= MOST_CALLS:
        raise argparse.ArgumentTypeError(f"from 1 to {MOST_CALLS}")
    return int(text)
