"""`copperdesk status`: trunks, stations, calls, messages and faults at this moment."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from appliance.cli.announcement import described as announced
from appliance.cli.ask import ask
from appliance.cli.person import described as reached
from appliance.cli.table import TableRow, columns, local

LAMP = {
    "off": "dark",
    "on": "lit",
    "slow": "lit: it blinks slowly",
    "fast": "lit: it blinks fast",
    "double": "dark, but for two flashes now and then",
}
"""What a lamp shows, for people, by its pattern."""

LATE_MS = 20.0
"""When one tick in a hundred comes a whole frame late, people hear it."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="for programs: the whole state as one JSON object")


def run(args: argparse.Namespace) -> int:
    state = ask(args.data, "status")
    print(json.dumps(state, indent=2) if args.json else "\n".join(described(state)))
    return 0


def described(state: dict[str, Any]) -> Iterator[str]:
    """The state of the control method `status` in lines for people."""
    since = datetime.fromisoformat(state["since"])
    yield f"{state['office'] or 'An office that is not set up yet'}, running since {local(since)}"
    yield f"The message lamp is {LAMP[state['panel']['message']]}."
    for port, pattern in state["panel"]["lines"].items():
        yield f"The lamp of {port} is {LAMP[pattern]}."
    if state["panel"]["buzzer"]:
        yield "The buzzer sounds: a telephone rings at the desk."
    if state["announcement"]["on"]:
        yield announced(state["announcement"])
    yield from _section("Trunks", [(line["name"], line["state"], line.get("caller")) for line in state["trunks"]])
    yield from _section("Stations", [_station(station) for station in state["stations"]])
    for card in state["cards"]:
        if card["kind"] == "sip":
            yield from _sip(card)
    yield from _section("Calls", [_call(call) for call in state["calls"]])
    if parked := state.get("parked"):
        places = [(f"place {one['place']}", f"by {one['station']}", f"since {one['since'][11:16]}") for one in parked]
        yield from _section("Parked calls", places)
    yield from _section(
        "Messages", [(box["person"], f"{box['new']} new", f"{box['saved']} saved") for box in state["mailboxes"]]
    )
    if people := state.get("people"):
        yield from _section("People not reached as usual", [reached(person) for person in people])
    if state["ticks"]["late_ms"]["p99"] > LATE_MS:
        yield ""
        yield "The sound is late at times: this machine is too busy with other things."
    yield from _section("Faults", [_cells(fault) for fault in state["faults"]])


def _station(station: dict[str, Any]) -> TableRow:
    held = len(station.get("held", ()))
    state = station["state"] if station.get("connected", True) else "not connected"
    return [station["name"], state, f"{held} {'call' if held == 1 else 'calls'} on hold" if held else None]


def _call(call: dict[str, Any]) -> TableRow:
    return [call["id"], call["line"], call["caller"], call["reached"]]


def _sip(sip: dict[str, Any]) -> Iterator[str]:
    """The lines over SIP: the device of each, whether it answers, and the port of the unit its calls must go to."""
    rows = []
    for line in sip["lines"]:
        there = "answers" if line["up"] else "DOES NOT ANSWER"
        there = there if line["heard"] or not line["up"] else "not heard from yet"
        rows.append((line["port"], line["device"], line["address"], there, f"to our port {line['unit_port']}"))
    yield from _section("SIP", rows)
    if sip["unknown_senders"]:
        yield f"  Packets of unknown senders, unanswered: {sip['unknown_senders']}"


def _cells(item: Any) -> TableRow:
    return list(item.values()) if isinstance(item, dict) else [item]


def _section(title: str, rows: Sequence[TableRow]) -> Iterator[str]:
    yield ""
    yield title if rows else f"{title}: none"
    yield from (f"  {line}" for line in columns(rows))
