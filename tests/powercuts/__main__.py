"""`python -m tests.powercuts [--cuts N] [--seed N]`: power cuts during all kinds of work, at the level of blocks.

Needs root, as it mounts. Each 200 cuts have a piece of work of their own. Ends with 1 where something was lost.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path
from random import Random

from tests.powercuts.cuts import after_cuts, record_work

CUTS_EACH = 200
DEEDS = 120


def main(cuts: int = 1000, seed: int = 1) -> int:
    began, done, lost, asked = time.monotonic(), 0, 0, 0
    while done < cuts:
        some = min(CUTS_EACH, cuts - done)
        with tempfile.TemporaryDirectory(dir=_memory()) as place:
            folder, chance = Path(place), Random(seed)
            recording = record_work(seed, DEEDS, folder)
            print(f"work {seed}: {recording.facts.acknowledged} things acknowledged, {some} power cuts", flush=True)
            moments = recording.moments(some, chance)
            for cut, after in zip(moments, after_cuts(recording, moments, chance, folder), strict=True):
                done += 1
                lost += bool(after.wrong)
                asked += after.questions
                for problem in after.wrong:
                    print(f"  cut at {cut}: {problem}", flush=True)
                if done % 50 == 0:
                    print(f"  {done} of {cuts} after {time.monotonic() - began:.0f} s, {lost} with a loss", flush=True)
        seed += 1
    print(f"{done} power cuts, {lost} after which something is not as it was told")
    print(f"{asked} of the file systems could only be put in order with `fsck.repair=yes`")
    return 1 if lost else 0


def _memory() -> str | None:
    """Where memory is a folder, for disks that are written a thousand times; None: where temporary files are."""
    return "/dev/shm" if Path("/dev/shm").is_dir() else None


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.powercuts", description="Power cuts at the level of blocks.")
    parser.add_argument("--cuts", type=int, default=1000, metavar="N", help="how many (%(default)s)")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="of the first piece of work (%(default)s)")
    sys.exit(main(**vars(parser.parse_args())))
