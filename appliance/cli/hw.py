"""`copperdesk hw`: shows what is connected, tries one port of it, and shows what all ports tell and hear.

`hw list` looks by itself where no unit runs, and `hw test` tries a board of one's own pin by pin then. All else is
asked of the unit that runs.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import textwrap
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from appliance.cli.ask import ask
from appliance.cli.boardtest import try_pins
from appliance.control.blocking import BlockingClient
from appliance.control.client import ControlClient
from appliance.control.errors import ControlError
from appliance.control.folder import DataFolder
from appliance.control.lock import DataFolderLock
from appliance.gpioboard import board_lines
from appliance.hardware.listing import found
from appliance.office.document import parse_office
from appliance.office.model import Office
from appliance.office.problem import OfficeErrors
from appliance.store.office import OfficeStore
from hw.dahdi.found import channels_found
from hw.dahdi.systemconf import system_conf
from hw.found import HEALTHY
from hw.gpiocard.pinmap import BoardLine

LOOK_EVERY_S = 0.5
BAR_FROM_DBM0, BAR_DBM0 = -60, 3
"""A bar begins at the level of an idle line, and has a mark for each 3 dB above that."""
WIDTH = 100


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "what",
        choices=("list", "test", "watch", "press"),
        help="list: what is connected, how it is, and what helps; test: try one port, step by step; "
        "watch: what all ports tell and hear, or, of modem, what is said to the modem and by it, until Ctrl-C; "
        "press: press a simulated button",
    )
    parser.add_argument(
        "name",
        nargs="?",
        default="",
        metavar="NAME",
        help="with test: a port, such as fxo-1; with press: a button; with watch: modem",
    )
    parser.add_argument(
        "--for", dest="seconds", type=float, default=0.2, metavar="S", help="with press: for so many seconds (0.2)"
    )
    parser.add_argument(
        "--dahdi-config", action="store_true", help="with list: /etc/dahdi/system.conf for the DAHDI cards found"
    )
    parser.add_argument(
        "--dial-tone",
        action="store_true",
        help="with list, where no unit runs: take each free line of a card off hook for up to 5 s, and listen for dial "
        "tone. A caller who comes just then hears that the line is busy",
    )
    parser.set_defaults(misunderstood=parser.error)
    parser.add_argument("--json", action="store_true", help="for programs: JSON in place of sentences")


def run(args: argparse.Namespace) -> int:
    if args.dahdi_config and args.what != "list":
        args.misunderstood("--dahdi-config goes with list")
    if args.dial_tone and args.what != "list":
        args.misunderstood("--dial-tone goes with list")
    if args.what == "list" and args.dahdi_config:
        return _dahdi_config()
    if args.what != "watch" and (args.what in ("test", "press")) != bool(args.name):
        args.misunderstood(
            "test goes with a port, press with a button, and nothing else does; `copperdesk hw list` shows the ports"
        )
    if args.what == "watch" and args.name not in ("", "modem"):
        args.misunderstood("watch goes with modem, or with nothing")
    match args.what:
        case "list":
            return _list(args.data, listens=args.dial_tone, as_json=args.json)
        case "test":
            return _test(args.data, args.name, as_json=args.json)
        case "press":
            ask(args.data, "panel.press", button=args.name, seconds=args.seconds)
            return 0
        case _ if args.name:
            return asyncio.run(_watch_modem(args.data, as_json=args.json))
        case _:
            return asyncio.run(_watch(args.data, as_json=args.json))


def _dahdi_config() -> int:
    """Only where there are channels: without any, what is in /etc/dahdi would be replaced by nothing."""
    channels = channels_found()
    if not channels:
        print("copperdesk: no DAHDI card was found; `copperdesk hw list` says what helps", file=sys.stderr)
        return 1
    print(system_conf(channels), end="")
    return 0


def _list(data: Path, *, listens: bool, as_json: bool) -> int:
    try:
        listed = ask(data, "hw.list")
        if listens:
            print(
                "copperdesk: the unit runs, and has its lines: `copperdesk hw test` tries one of them", file=sys.stderr
            )
            return 1
    except ControlError as error:
        if error.code != "not-running":
            raise
        listed = [asdict(one) for one in found(_office(data), None, _progress if listens else None)]
        if not listens and any(one["kind"] == "dahdi" and one["state"] == HEALTHY for one in listed):
            print(
                "Nobody has listened for dial tone. --dial-tone does, and takes free lines off hook.", file=sys.stderr
            )
    print(json.dumps(listed, indent=2) if as_json else "\n".join(_described(listed)))
    return 0 if all(one["state"] == HEALTHY for one in listed) else 1


def _progress(told: str) -> None:
    print(f"  {told} …", file=sys.stderr, flush=True)


def _office(data: Path) -> Office | None:
    """The office in the data folder; None where there is none that can be used."""
    document = OfficeStore(DataFolder(data).office).load().document
    try:
        return None if document is None else parse_office(document)
    except OfficeErrors:
        return None


def _described(listed: list[dict[str, Any]]) -> Iterator[str]:
    if not listed:
        yield "Nothing is connected."
    for one in listed:
        yield f"{one['name']:<14} {one['kind']:<10} {one['state']}"
        for text in (one["told"], one["mend"]):
            yield from textwrap.wrap(text, WIDTH, initial_indent="    ", subsequent_indent="    ")


def _test(data: Path, port: str, *, as_json: bool) -> int:
    """Exit code 0 where nothing was found wrong."""
    line = _on_board(data, port)
    if line is not None and not _runs(data):
        with DataFolderLock(data):
            return try_pins(line, as_json=as_json)
    socket, well = DataFolder(data).socket, True
    with BlockingClient(socket) as watching:
        told = watching.watch("hw.test")
        next(told)
        ask(data, "hw.test", port=port)
        try:
            for event in told:
                for step in event["steps"]:
                    well = well and step["well"] is not False
                    mark = {True: "well ", False: "WRONG", None: "     "}[step["well"]]
                    print(json.dumps(step) if as_json else f"{mark}  {step['told']}", flush=True)
                if event["over"]:
                    break
        except KeyboardInterrupt:
            ask(data, "hw.stop_test")
            raise
    return 0 if well else 1


def _on_board(data: Path, port: str) -> BoardLine | None:
    """The chip of the office's own board that this port is; None where it is another card's."""
    office = _office(data)
    return None if office is None else next((one for one in board_lines(office) if one.port == port), None)


def _runs(data: Path) -> bool:
    try:
        ask(data, "status")
    except ControlError as error:
        if error.code != "not-running":
            raise
        return False
    return True


async def _watch(data: Path, *, as_json: bool) -> int:
    drawn, live = 0, sys.stdout.isatty() and not as_json
    shown: dict[str, str] = {}
    async with ControlClient(DataFolder(data).socket) as control:
        before = await control.call("hw.look")
        after = max((event["number"] for event in before["events"]), default=0)
        print("What ports tell from now on is shown here. Ctrl-C ends it.", file=sys.stderr)
        while True:
            looked = await control.call("hw.look", after=after)
            if drawn:
                print(f"\x1b[{drawn}A\x1b[J", end="")
            for event in looked["events"]:
                after = event["number"]
                print(json.dumps(event) if as_json else f"{event['port']}: {event['told']}")
            now = lamps(looked["panel"])
            for name, shows in now.items():
                if shown.get(name) != shows and not as_json:
                    print(f"{name}: {shows}")
            shown = now
            levels = sorted(looked["levels"].items())
            if as_json:
                print(json.dumps({"levels": looked["levels"], "panel": looked["panel"]}))
            elif live and levels:
                print("\n".join(f"  {port:<10} {_bar(level)}" for port, level in levels))
                drawn = len(levels)
            sys.stdout.flush()
            await asyncio.sleep(LOOK_EVERY_S)


def lamps(panel: dict[str, Any]) -> dict[str, str]:
    """What each lamp shows, and what the buzzer tells, by their names."""
    named = {"message lamp": panel["message"]}
    named |= {f"lamp of {port}": pattern for port, pattern in (panel["mailboxes"] | panel["lines"]).items()}
    return named | {"buzzer": panel["buzzer"] or "silent"}


async def _watch_modem(data: Path, *, as_json: bool) -> int:
    """Everything that is said, numbers of callers who withhold theirs among it, which are shown nowhere else."""
    marks = {"unit": ">", "modem": "<", "note": "-"}
    after = 0
    async with ControlClient(DataFolder(data).socket) as control:
        print("What is said to the modem (>) and by it (<) is shown here. Ctrl-C ends it.", file=sys.stderr)
        while True:
            for line in await control.call("hw.modem", after=after):
                after = line["number"]
                print(json.dumps(line) if as_json else f"{marks[line['by']]} {line['text']}", flush=True)
            await asyncio.sleep(LOOK_EVERY_S)


def _bar(level: float) -> str:
    marks = "#" * max(0, round((level - BAR_FROM_DBM0) / BAR_DBM0))
    return f"{level:6.1f} dBm0  {marks}"
