"""`python -m tests.image IMAGE`: boots an image in QEMU and tries it, as docs/image-test.md tells.

The exit code is 1 when something was not as it must be, and 2 when the trial could not be made.
"""

from __future__ import annotations

import argparse
import random
import signal
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

from tests.image import checks
from tests.image.card import Card, NotAnImage, tools_missing
from tests.image.exampleoffice import have_office
from tests.image.guest import Guest, GuestTrouble
from tests.image.machine import KINDS, masks
from tests.image.measures import MASKED, idle_needs, seconds_of_bare_debian, seconds_to_lines, seconds_to_page
from tests.image.powercuts import LEFT_OUT, cut_often
from tests.image.progress import Progress
from tests.image.updates import Updates

CARD_BYTES = 4_000_000_000
CUTS = 20
IDLE_S = 600


@dataclass(frozen=True, slots=True)
class Trial:
    """A card with an image, the machine for it, and what was asked for."""

    guest: Guest
    folder: Path
    args: argparse.Namespace


def checked(trial: Trial) -> list[str]:
    """Start the unit as out of the box, and do the checks one after the other; what they found."""
    with trial.guest as guest:
        return each_of(guest, checks.CHECKS)


def measured(trial: Trial) -> list[str]:
    """Tell how long a start takes against that of a bare Debian, and what is needed at idle; what is too much."""
    guest, tell = trial.guest, trial.guest.progress.tell
    guest.words = MASKED
    with guest:
        bare = seconds_of_bare_debian(guest)
        tell(f"bare Debian started in {bare:.0f} s")
    guest.words = ()
    with guest:
        lines, page = seconds_to_lines(guest), seconds_to_page(guest)
        tell(f"lines in {lines:.0f} s ({lines / bare:.2f} of that); page in {page:.0f} s ({page / bare:.2f} of that)")
        have_office(guest)
        needs = idle_needs(guest, trial.args.idle)
        guest.switch_off()
    tell(f"idle: {needs.memory_mb:.0f} MB of memory, {needs.written_mb_a_day:.1f} MB written in a day")
    return needs.too_much


def cut(trial: Trial) -> list[str]:
    """Cut the power while messages are recorded; what was lost, or unsound."""
    trial.guest.words = masks(LEFT_OUT)
    try:
        told = cut_often(trial.guest, trial.args.cuts, trial.args.seed, trial.folder / "data.part")
    finally:
        trial.guest.cut_power()
        trial.guest.words = ()
    trial.guest.progress.tell(f"{told.cuts} power cuts: {told}")
    return told.wrong


def updated(trial: Trial) -> list[str]:
    """Bring the unit a newer version, and then one that takes no calls; what was not as it must be."""
    updates = Updates(trial.folder, trial.guest)
    updates.make_ready()
    with trial.guest as guest:
        return each_of(guest, updates.checks)


PARTS: dict[str, Callable[[Trial], list[str]]] = {
    "checks": checked,
    "measures": measured,
    "cuts": cut,
    "update": updated,
}


def each_of(guest: Guest, wanted: Sequence[tuple[str, Callable[[Guest], None]]]) -> list[str]:
    """Do checks, and tell of each; what was not so."""
    wrong = []
    for title, check in wanted:
        guest.progress.tell(f"      {title}?")
        try:
            check(guest)
        except GuestTrouble as error:
            wrong.append(f"{title}: no: {error}")
            guest.progress.tell(f" NO:  {title}: {error}")
        else:
            guest.progress.tell(f"yes:  {title}")
    return wrong


def main(words: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("image", type=Path, help="the image: copperdesk-arm64.img, not compressed")
    parser.add_argument("--arch", choices=KINDS, default="arm64")
    parser.add_argument("--parts", default=",".join(PARTS), help="which of %(default)s, in this order")
    parser.add_argument("--card-bytes", type=int, default=CARD_BYTES, help="how large the card is (%(default)s)")
    parser.add_argument("--cuts", type=int, default=CUTS, help="how often the power is cut (%(default)s)")
    parser.add_argument("--idle", type=float, default=IDLE_S, metavar="SECONDS", help="how long it idles (%(default)s)")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32))
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="a new folder: card and console logs stay there")
    args = parser.parse_args(words)
    if unknown := set(args.parts.split(",")) - set(PARTS):
        parser.error(f"there is no part {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(2))  # So that the machine is ended, too.
    if missing := tools_missing():
        print(f"copperdesk: this machine has not: {', '.join(missing)}. make setup installs them.", file=sys.stderr)
        return 2
    progress = Progress()
    progress.tell(f"seed {args.seed}")
    if args.keep is not None:
        args.keep.mkdir(parents=True)
    with nullcontext(args.keep) if args.keep else tempfile.TemporaryDirectory(prefix="image-test-") as name:
        try:
            wrong = tried(Path(name), args, progress)
        except (NotAnImage, GuestTrouble) as error:
            print(f"copperdesk: {error}", file=sys.stderr)
            return 2
    print("All is as it must be." if not wrong else f"{len(wrong)} things are wrong:")
    print("".join(f"  {one}\n" for one in wrong), end="")
    return 1 if wrong else 0


def tried(folder: Path, args: argparse.Namespace, progress: Progress) -> list[str]:
    """Do the parts that are asked for, with one card; what was wrong."""
    card = Card.make(folder / "card.img", args.image, args.card_bytes)
    trial = Trial(Guest(KINDS[args.arch], card, folder, progress), folder, args)
    wrong = []
    for name, part in PARTS.items():
        if name in args.parts.split(","):
            progress.tell(f"{name}:")
            wrong += part(trial)
    return wrong


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
