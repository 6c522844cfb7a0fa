"""`copperdesk log`: the latest calls, from the daemon or, where none runs, from the log on disk."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from appliance.cli.ask import ask
from appliance.cli.table import columns, local
from appliance.control.errors import ControlError
from appliance.control.folder import DataFolder
from appliance.control.lock import DataFolderLock

MOST_CALLS = 1000
"""Calls at a time, so that the answer fits a line of the control socket several times."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--limit", type=_amount, default=20, metavar="N", help="how many calls (%(default)s)")
    parser.add_argument("--json", action="store_true", help="for programs: one JSON object a call and line")


def run(args: argparse.Namespace) -> int:
    calls = latest(args.data, args.limit)
    if args.json:
        print("".join(json.dumps(call) + "\n" for call in calls), end="")
    elif calls:
        print("\n".join(columns([HEADINGS, *(_row(call) for call in calls)])))
    else:
        print("No calls yet.")
    return 0


def latest(data: Path, limit: int) -> list[dict[str, Any]]:
    """The latest calls, the newest first; each with the fields of `CallRecord`, times in ISO 8601."""
    try:
        calls: list[dict[str, Any]] = ask(data, "log", limit=limit)
    except ControlError as error:
        if error.code != "not-running":
            raise
        return _left_behind(data, limit)
    return calls


def _left_behind(data: Path, limit: int) -> list[dict[str, Any]]:
    from appliance.store.calllog import CallLog

    path = DataFolder(data).calls
    if not path.exists():
        return []
    with DataFolderLock(data):  # opening the log closes unfinished calls, which must not be a living daemon's
        log = CallLog.open(path)
        try:
            return [_plain(asdict(record)) for record in log.recent(limit)]
        finally:
            log.close()


def _plain(record: dict[str, Any]) -> dict[str, Any]:
    return {n: v.isoformat() if isinstance(v, datetime) else v for n, v in record.items()}


HEADINGS = ("began", "lasted", "", "line", "caller", "called", "reached", "outcome")


def _row(call: dict[str, Any]) -> Sequence[object]:
    began = datetime.fromisoformat(call["started"])
    lasted = ""
    if call["ended"]:
        seconds = round((datetime.fromisoformat(call["ended"]) - began).total_seconds())
        lasted = f"{seconds // 60}:{seconds % 60:02}"
    caller = " ".join(filter(None, (call["caller_name"], call["caller_number"])))
    outcome = f"{call['outcome']}: {call['fault']}" if call["fault"] else call["outcome"]
    shown = (local(began), lasted, call["direction"], call["line"])
    return (*shown, caller, call["called"], call["reached"], outcome)


def _amount(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= MOST_CALLS:
        raise argparse.ArgumentTypeError(f"from 1 to {MOST_CALLS}")
    return int(text)
