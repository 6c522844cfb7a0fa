"""`copperdesk label`: the label of this unit, or those of several, to print and stick on."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from appliance.card.labels import UnitLabel, label_sheets
from appliance.card.layout import A4, LETTER
from appliance.control.blocking import BlockingClient
from appliance.control.folder import DataFolder
from appliance.machine.addressing import WrongSetting, host_name
from appliance.machine.hostname import host_name_now
from appliance.office.codes import Codes
from appliance.wav.target import cannot_write

PAPERS = {"a4": A4, "letter": LETTER}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("names", nargs="*", metavar="NAME", help="units, without their codes (this one, with its code)")
    parser.add_argument("--pdf", type=Path, required=True, metavar="FILE", help="write it to this file")
    parser.add_argument("--paper", choices=tuple(PAPERS), default="a4", help="what it is printed on (%(default)s)")


def run(args: argparse.Namespace) -> int:
    if refused := cannot_write(args.pdf):
        print(f"copperdesk: {refused}", file=sys.stderr)
        return 1
    spoken_by = Codes().address
    labels, wrong = [], []
    for name in args.names:
        try:
            labels.append(UnitLabel(host_name(name), "", spoken_by))
        except WrongSetting as error:
            wrong.append(f"copperdesk: {name}: {error}")
    if wrong:
        print(*wrong, sep="\n", file=sys.stderr)
        return 1
    if not labels:
        with BlockingClient(DataFolder(args.data).socket) as control:
            labels = [UnitLabel(host_name_now(), control.call("recovery.label")["code"], spoken_by)]
    args.pdf.write_bytes(label_sheets(labels, PAPERS[args.paper]))
    print(f"{args.pdf}: {', '.join(label.name for label in labels)}")
    return 0
