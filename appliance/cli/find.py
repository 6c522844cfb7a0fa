"""`copperdesk find`: the units in the network of the office, by what they announce."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from dataclasses import asdict

from appliance.cli.table import columns
from appliance.office.codes import Codes
from appliance.provisioning import nearby
from appliance.provisioning.nearby import NearbyUnits, units_nearby

SECONDS, LONGEST_SECONDS = 3.0, 60.0

NONE_FOUND = f"""\
No unit has answered. What to do:
- Is it on? A unit that has just been plugged in takes a minute or two.
- Is this computer in the same network as the unit? Units do not answer through a router, a VPN, or from another Wi-Fi
  network of the office.
- A guest Wi-Fi keeps its devices apart ("client isolation"): use the office's own, or a cable.
- Some access points and firewalls block multicast DNS (UDP port 5353): allow it, or look with --seconds 20.
- A telephone of the unit tells its address: dial {Codes().address}. So does the router, in its list of devices."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="for programs")
    parser.add_argument("--seconds", type=float, default=SECONDS, metavar="N", help="how long to listen (%(default)s)")
    parser.set_defaults(misunderstood=parser.error)


def run(args: argparse.Namespace) -> int:
    if not 0 < args.seconds <= LONGEST_SECONDS:
        args.misunderstood(f"--seconds is a number up to {LONGEST_SECONDS:g}")
    heard = asyncio.run(units_nearby(args.seconds))
    if args.json:
        print(json.dumps([asdict(unit) for unit in heard.units], indent=2))
    elif heard.units:
        print(*_listed(heard), sep="\n")
    if heard.more:
        print(f"More than {nearby.MOST_HEARD} announcements were heard: the others are not shown.", file=sys.stderr)
    if not heard.units:
        print(NONE_FOUND, file=sys.stderr)
    return 0 if heard.units else 1


def _listed(heard: NearbyUnits) -> list[str]:
    rows = [
        (unit.name, unit.unit or "-", ", ".join(unit.addresses), unit.version or "-", f"http://{unit.name}.local")
        for unit in heard.units
    ]
    return list(columns([("name", "unit", "address", "version", "page"), *rows]))
