"""`copperdesk announce`: has avahi tell the network which unit this is, and which version runs."""

from __future__ import annotations

import argparse
import re
from importlib.metadata import version
from pathlib import Path

from appliance.control.blocking import BlockingClient
from appliance.control.errors import ControlError
from appliance.control.folder import DataFolder
from appliance.provisioning.announcement import SERVICES, announce, announcement
from appliance.store.labelcode import PATTERN, unit_code

ANSWER_SECONDS = 20.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--services", type=Path, default=SERVICES, metavar="DIR", help="what avahi tells (%(default)s)")


def run(args: argparse.Namespace) -> int:
    try:
        with BlockingClient(DataFolder(args.data).socket, ANSWER_SECONDS) as control:
            label = control.call("recovery.label")["code"]
    except ControlError:
        announce(args.services, announcement())  # Nothing is told rather than what was true of an earlier run.
        raise
    if not (isinstance(label, str) and re.fullmatch(PATTERN, label)):  # Root reads what the daemon says with suspicion.
        announce(args.services, announcement())
        raise ControlError("not-understood", "the unit tells no label's code")
    code = unit_code(label)
    changed = announce(args.services, announcement(code, version("copperdesk")))
    print(f"The network is told of unit {code}." if changed else f"The network knows unit {code} already.")
    return 0
