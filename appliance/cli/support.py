"""`copperdesk support`: an archive for whoever helps, without names, numbers or secrets."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from appliance.doctor.archive import write_archive
from appliance.doctor.checks import CHECKS, examined_by
from appliance.doctor.examined import examine
from appliance.wav.target import cannot_write
from hw.said import told_by


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="where it is written, such as support.zip")
    parser.add_argument("--page", default="", metavar="URL", help="where the page listens, if not at port 80 or 8080")


def run(args: argparse.Namespace) -> int:
    refused = cannot_write(args.file)
    if not refused and args.file.exists():
        refused = f"{args.file} is there already; name another file"
    if refused:
        print(f"copperdesk: {refused}", file=sys.stderr)
        return 1
    seen = examine(args.data, args.page)
    try:
        write_archive(args.file, seen, list(examined_by(CHECKS, seen)))
    except OSError as error:
        print(f"copperdesk: {args.file} cannot be written: {told_by(error)}", file=sys.stderr)
        return 1
    print(f"The archive is in {args.file}. It has no names, numbers or secrets in it.")
    print("It is a ZIP file of short texts: look for yourself before you send it.")
    return 0
