"""`copperdesk run`: the appliance itself, until it is told to stop."""

from __future__ import annotations

import argparse
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--office", type=Path, metavar="FILE", help="the office to begin with, where the data folder has none yet"
    )


def run(args: argparse.Namespace) -> int:
    from appliance import daemon

    return daemon.main(args.data, office=args.office)
