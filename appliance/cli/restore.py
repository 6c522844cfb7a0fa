"""`copperdesk restore`: a backup in place of what the unit has."""

from __future__ import annotations

import argparse
from pathlib import Path

from appliance.cli.backup import restore as run

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="the backup")
    parser.add_argument("--json", action="store_true", help="for programs: how far it is, as JSON, one a line")
    parser.add_argument("--show", action="store_true", help="say what it would change, and change nothing")
    parser.add_argument("--unpack", action="store_true", help="unpack it, until it is agreed to at the page")
