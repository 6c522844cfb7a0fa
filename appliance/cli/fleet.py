"""`copperdesk fleet`: the files of many units, made from a template and a table, and checked."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from appliance.card.labels import UnitLabel, label_sheets
from appliance.card.layout import A4
from appliance.office.codes import Codes
from appliance.provisioning.fleet import FleetMistakes, PlannedUnit, check_fleet, make_fleet

LABELS = "labels.pdf"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", choices=("make", "check"), help="make: the folders; check: what is wrong with them")
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="holds a folder for each unit, with its name")
    parser.add_argument("--template", type=Path, metavar="FILE", help="make: a copperdesk.toml with blanks as {name}")
    parser.add_argument("--units", type=Path, metavar="FILE", help="make: a table (CSV), a unit a line")
    parser.set_defaults(misunderstood=parser.error)


def run(args: argparse.Namespace) -> int:
    making = args.action == "make"
    if making != (args.template is not None) or making != (args.units is not None):
        args.misunderstood("make goes with --template and --units, check without")
    try:
        units = make_fleet(args.folder, args.template, args.units) if making else check_fleet(args.folder)
    except FleetMistakes as wrong:
        print(*wrong.mistakes, sep="\n", file=sys.stderr)
        return 1
    if making:
        for unit in units:
            (args.folder / unit.name / "label.pdf").write_bytes(label_sheets([_label(unit)], A4))
        (args.folder / LABELS).write_bytes(label_sheets([_label(unit) for unit in units], A4))
        print(f"{args.folder}: {len(units)} units, and {LABELS}. They hold passwords: keep them as such.")
    else:
        print(f"{args.folder}: {len(units)} units, nothing wrong")
    return 0


def _label(unit: PlannedUnit) -> UnitLabel:
    return UnitLabel(unit.name, unit.sheet.label, Codes().address)
