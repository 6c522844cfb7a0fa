"""`python -m tests.image IMAGE`: boots an image in QEMU and tries it, as docs/image-test.md tells.

The exit code is 1 when something was not as it must be, and 2 when the trial could not be made.
"""

from __future__ import annotations

import argparse
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.image import checks
from tests.image.card import Card, NotAnImage, tools_missing
from tests.image.guest import Guest, GuestTrouble
from tests.image.machine import KINDS
from tests.image.measures import MASKED, idle_needs, seconds_of_bare_debian, seconds_to_lines, seconds_to_page
from tests.image.powercuts import CutsTold, cut_often, put_sound

CARD_BYTES = 4_000_000_000
CUTS = 20
IDLE_S = 600
CHECKS: tuple[tuple[str, Callable[[Guest], None]], ...] = (
    ("the page answers", checks.page_answers),
    ("all units run", checks.all_units_run),
    ("the data partition has grown to the end of the card", checks.data_partition_has_grown),
    ("the example office is loaded", checks.load_office),
    ("a call is answered", checks.call_is_answered),
    ("the root is the same after a restart", checks.root_is_read_only),
    ("the page answers after a restart", checks.page_answers),
    ("all units run after a restart", checks.all_units_run),
)


def main(words: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("image", type=Path, help="the image: copperdesk-arm64.img, not compressed")
    parser.add_argument("--arch", choices=KINDS, default="arm64")
    parser.add_argument("--cuts", type=int, default=CUTS, help="how often the power is cut (%(default)s)")
    parser.add_argument("--idle", type=float, default=IDLE_S, metavar="SECONDS", help="how long it idles (%(default)s)")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32))
    parser.add_argument(
        "--only", default="", metavar="WORDS", help="of the checks, those with these words; nothing else"
    )
    args = parser.parse_args(words)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(2))  # So that the machine is ended, too.
    if missing := tools_missing():
        print(f"copperdesk: this machine has not: {', '.join(missing)}. make setup installs them.", file=sys.stderr)
        return 2
    print(f"seed {args.seed}", flush=True)
    with tempfile.TemporaryDirectory(prefix="image-test-") as name:
        folder = Path(name)
        try:
            card = Card.make(folder / "card.img", args.image, CARD_BYTES)
            wrong = tried(Guest(KINDS[args.arch], card, folder), args, folder)
        except (NotAnImage, GuestTrouble) as error:
            print(f"copperdesk: {error}", file=sys.stderr)
            return 2
    print("All is as it must be." if not wrong else f"{len(wrong)} things are wrong:")
    print("".join(f"  {one}\n" for one in wrong), end="")
    return 1 if wrong else 0


def tried(guest: Guest, args: argparse.Namespace, folder: Path) -> list[str]:
    """Do the checks, then the measures, then the cuts; what was wrong. The unit starts first as out of the box."""
    with guest:
        wrong = checked(guest, args.only)
        if args.only:
            return wrong
        put_sound(guest)
        guest.switch_off()
    wrong += measured(guest, args)
    try:
        told = cut_often(guest, args.cuts, args.seed, folder / "data.part", tell_cuts)
    finally:
        guest.cut_power()
    print(f"{told.cuts} power cuts, {len(told.acknowledged)} messages acknowledged, {len(told.wrong)} things wrong")
    return wrong + told.wrong


def checked(guest: Guest, only: str) -> list[str]:
    """What the checks found."""
    wrong = []
    for title, check in CHECKS:
        if only not in title:
            continue
        began = time.monotonic()
        try:
            check(guest)
        except GuestTrouble as error:
            wrong.append(f"{title}: no: {error}")
        result = "NO" if wrong and wrong[-1].startswith(f"{title}: no") else "yes"
        print(f"  {result:>3}  {title} ({time.monotonic() - began:.0f} s)", flush=True)
    return wrong


def measured(guest: Guest, args: argparse.Namespace) -> list[str]:
    """Tell how long a start takes against that of a bare Debian, and what is needed at idle; what is too much."""
    guest.words = MASKED
    with guest:
        bare = seconds_of_bare_debian(guest)
    guest.words = ()
    with guest:
        lines, page = seconds_to_lines(guest), seconds_to_page(guest)
        print(f"bare Debian started in {bare:.0f} s; lines in {lines:.0f} s ({lines / bare:.2f} of that)", end="; ")
        print(f"page in {page:.0f} s ({page / bare:.2f} of that)", flush=True)
        needs = idle_needs(guest, args.idle)
        guest.switch_off()
    print(f"idle: {needs.memory_mb:.0f} MB of memory, {needs.written_mb_a_day:.1f} MB written in a day", flush=True)
    return needs.too_much


def tell_cuts(told: CutsTold) -> None:
    print(f"  cut {told.cuts}: {len(told.acknowledged)} acknowledged, {len(told.wrong)} wrong", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
