"""`copperdesk provision`: puts the file on the boot partition into effect, as the unit does at each start."""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from appliance.provisioning.boot import BootPartition
from appliance.provisioning.effect import Provisioning
from appliance.provisioning.wires import CONNECTIONS
from hw.said import fixed, said

HASH_SECONDS = 60
"""On a busy Raspberry Pi 3 the web page's libraries take some ten seconds to load."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    boot = Path("/boot/firmware")
    parser.add_argument("--boot", type=Path, default=boot, metavar="DIR", help="where it is (%(default)s)")
    parser.add_argument(
        "--connections",
        type=Path,
        default=CONNECTIONS,
        metavar="DIR",
        help="NetworkManager's connections (%(default)s)",
    )


def run(args: argparse.Namespace) -> int:
    mistakes = Provisioning(BootPartition(args.boot), args.data, hashed_by_the_page, args.connections).run()
    for mistake in mistakes:
        print(f"copperdesk.toml: {mistake}", file=sys.stderr)
    return 1 if mistakes else 0


def hashed_by_the_page(name: str, password: str) -> str:
    """The page knows which passwords are good, and what is kept of one. ValueError says why it is no good one."""
    words = (sys.executable, "-m", "appliance.cli", "account", "hash", name)
    typed = password + "\n"
    try:
        done = subprocess.run(words, input=typed, capture_output=True, text=True, timeout=HASH_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise ValueError(said("could not be taken over, as the unit is too busy: start it again")) from None
    if done.returncode:
        last = done.stderr.strip().rpartition("\n")[2]
        raise ValueError(fixed(last.removeprefix("copperdesk: ") or "is not taken"))
    return done.stdout.strip()
