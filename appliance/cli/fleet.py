"""`copperdesk fleet`: the files of many units, made from a table, checked, and compared with the units themselves."""

from __future__ import annotations

import argparse
import asyncio
import getpass
import json
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from itertools import count
from pathlib import Path
from threading import Lock

from appliance.card.labels import UnitLabel, label_sheets
from appliance.card.layout import A4
from appliance.cli.table import printable
from appliance.office.codes import Codes
from appliance.provisioning.announcement import HTTPS_PORT
from appliance.provisioning.comparing import Asking, ComparedUnit, UnitPlace, compared, places_of
from appliance.provisioning.fleet import PlannedUnit, check_fleet, make_fleet, read_fleet
from appliance.provisioning.nearby import units_nearby
from appliance.provisioning.unitpage import NotAsked
from appliance.provisioning.unittable import FleetMistakes
from appliance.store.disk import Disk
from hw.nearest import nearest

SECONDS = 3.0
AT_ONCE = 8
"""Units that are asked at the same time."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "action",
        choices=("make", "check", "compare"),
        help="make: the folders; check: what is wrong with them; compare: with the units in the network",
    )
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="holds a folder for each unit, with its name")
    parser.add_argument("--template", type=Path, metavar="FILE", help="make: a copperdesk.toml with blanks as {name}")
    parser.add_argument("--units", type=Path, metavar="FILE", help="make: a table (CSV), a unit a line")
    parser.add_argument(
        "--at",
        action="append",
        default=[],
        metavar="NAME=ADDRESS",
        help="compare: where a unit is that cannot be found by itself, with its HTTPS port if that is another than 443",
    )
    parser.add_argument("--json", action="store_true", help="compare: for programs")
    parser.set_defaults(misunderstood=parser.error)


def run(args: argparse.Namespace) -> int:
    making = args.action == "make"
    if making != (args.template is not None) or making != (args.units is not None):
        args.misunderstood("make goes with --template and --units, check and compare without")
    if args.action != "compare" and (args.at or args.json):
        args.misunderstood("--at and --json go with compare")
    try:
        match args.action:
            case "make":
                _make(args.folder, args.template, args.units)
            case "check":
                print(f"{args.folder}: {len(check_fleet(args.folder))} units, nothing wrong")
            case _:
                return _compare(args)
    except FleetMistakes as wrong:
        print(*wrong.mistakes, sep="\n", file=sys.stderr)
        return 1
    return 0


def _make(folder: Path, template: Path, table: Path) -> None:
    units = make_fleet(folder, template, table)
    for unit in units:
        Disk().replace(folder / unit.name / "label.pdf", label_sheets([_label(unit)], A4))
    labels = _unused(folder)
    Disk().replace(labels, label_sheets([_label(unit) for unit in units], A4))
    print(f"{folder}: {len(units)} units, and {labels.name}. They hold passwords: keep them as such.")


def _unused(folder: Path) -> Path:
    """Where the labels go: those of units that were made before stay."""
    names = (folder / (f"labels-{number}.pdf" if number > 1 else "labels.pdf") for number in count(1))
    return next(file for file in names if not file.exists())


def _label(unit: PlannedUnit) -> UnitLabel:
    return UnitLabel(unit.name, unit.sheet.label, Codes().address)


def _compare(args: argparse.Namespace) -> int:
    units, mistakes = read_fleet(args.folder)
    told = _told_places(args, {unit.name for unit in units})
    nearby = asyncio.run(units_nearby(SECONDS)).units if any(unit.name not in told for unit in units) else []
    asking = _asking()

    def one(unit: PlannedUnit) -> ComparedUnit:
        return compared(args.folder, unit, places_of(unit, nearby, told), asking)

    with ThreadPoolExecutor(AT_ONCE) as threads:
        found = list(threads.map(one, units))
    if args.json:
        print(json.dumps([asdict(each) for each in found], indent=2))
    else:
        for each in found:
            print(*map(printable, _in_lines(each)), sep="\n")
    print(*mistakes, sep="\n" if mistakes else "", end="\n" if mistakes else "", file=sys.stderr)
    as_planned = sum(each.is_as_planned for each in found)
    print(f"{as_planned} of {len(found) + len(mistakes)} units are as the folder says.", file=sys.stderr)
    return 0 if as_planned == len(found) and not mistakes else 1


def _in_lines(unit: ComparedUnit) -> list[str]:
    if unit.not_reached:
        return [f"{unit.name}: not compared: {unit.not_reached}"]
    where = f"{unit.name} ({unit.address}, version {unit.version})"
    if not unit.differences:
        return [f"{where}: as the folder says", *(f"  {sentence}" for sentence in unit.left_out)]
    number = len(unit.differences)
    told = f"{where}: {number} difference{'s' if number > 1 else ''}"
    return [told, *(f"  {one}" for one in (*unit.differences, *unit.left_out))]


def _told_places(args: argparse.Namespace, names: set[str]) -> dict[str, UnitPlace]:
    places = {}
    for written in args.at:
        name, _, where = written.partition("=")
        address, _, port = where.rpartition(":") if where.count(":") == 1 else (where, "", "")
        if address and name not in names:
            near = nearest(name, names)
            hint = f"; did you mean {near!r}?" if near else ""
            args.misunderstood(f"--at {written}: there is no unit {name!r} in {args.folder}{hint}")
        if not address or not (port.isdecimal() or not port):
            args.misunderstood(f"--at {written}: it is written as {next(iter(sorted(names)), 'NAME')}=192.168.1.20")
        places[name] = UnitPlace(address, int(port or HTTPS_PORT))
    return places


def _asking() -> Asking:
    """At the terminal, one question at a time."""
    one_at_a_time = Lock()

    def asked(what: str, otherwise: str) -> str:
        if not sys.stdin.isatty():
            raise NotAsked(otherwise)
        with one_at_a_time:
            return getpass.getpass(what)

    return Asking(
        lambda unit, name: asked(
            f"{unit}: password of {name}: ", "its folder has no password any more, and nobody is here to be asked"
        ),
        lambda unit, name: asked(
            f"{unit}: code of {name}'s second factor: ", "it wants a second factor, and nobody is here to be asked"
        ),
    )
