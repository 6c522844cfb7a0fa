"""What a started image must do. Each check raises `GuestTrouble`, with the reason."""

from __future__ import annotations

import time
from pathlib import Path

from tests.image.card import DATA as DATA_PARTITION
from tests.image.guest import DATA, Answer, Guest, GuestTrouble

OFFICE = Path(__file__).parents[2] / "examples" / "offices" / "riverside-dental.json"
GREETED = "thank you for calling Riverside Dental"
"""What a caller of that office hears first."""
MAILBOX = "office"
"""The mailbox that its menu's key 3 leads to."""
PAGE_S = 120.0
GREETED_S = 20.0
"""From the ring, a caller hears the whole greeting within so many seconds, at the guest's own speed."""
UNIT_DATA = "/var/lib/copperdesk"
FULL_SHARE = 0.9
"""So much of its partition a file system has at least; the rest is for its own tables."""


def all_units_run(guest: Guest) -> None:
    """systemd has finished starting, and no unit has failed."""
    state = guest.run("systemctl", "is-system-running", "--wait", seconds=PAGE_S).out.strip()
    if state != "running":
        failed = guest.run("systemctl", "list-units", "--failed", "--no-legend", "--plain").lines
        raise GuestTrouble(f"the system is {state}; failed: {', '.join(line.split()[0] for line in failed) or 'none'}")
    for unit in ("copperdesk.service", "copperdesk-page.service"):
        if (active := guest.run("systemctl", "is-active", unit).out.strip()) != "active":
            raise GuestTrouble(f"{unit} is {active}")


def page_answers(guest: Guest) -> None:
    """A browser outside gets an answer."""
    until = time.monotonic() + PAGE_S * guest.kind.patience
    while not guest.page_answers():
        if time.monotonic() > until:
            raise GuestTrouble("the page does not answer")
        time.sleep(0.2)


def load_office(guest: Guest) -> None:
    """Give the unit the example office, whose lines are on the built-in exchange."""
    file = "/run/copperdesk-test/office.json"
    guest.write(file, OFFICE.read_text(encoding="utf-8"))
    guest.copperdesk("office", "load", file, seconds=120.0)


def call(guest: Guest, *typed: str, seconds: float) -> Answer:
    """What `copperdesk phone` prints, typed into by somebody who calls from outside."""
    return guest.copperdesk("phone", given="".join(f"{line}\n" for line in typed), seconds=seconds)


def call_is_answered(guest: Guest) -> None:
    """A caller on the exchange inside the guest hears the greeting."""
    heard = call(guest, "call", f"wait {GREETED_S * guest.kind.patience**0.5:g}", "hang up", seconds=60.0)
    if GREETED not in heard.out:
        raise GuestTrouble(f"the caller was not greeted, but heard:\n{heard.out}")


def data_partition_has_grown(guest: Guest) -> None:
    """The data partition reaches to the end of the card, and its file system to the end of the partition."""
    extent = guest.card.partition(DATA_PARTITION)
    unused = guest.card.file.stat().st_size - extent.start - extent.length
    if unused >= 1 << 22:  # Partitions end at whole erase blocks, of 4 MiB.
        raise GuestTrouble(f"{unused / 1e6:,.0f} MB behind the data partition are not used")
    size = int(guest.must("findmnt", "--noheadings", "--bytes", "--output", "SIZE", UNIT_DATA).out)
    if size < extent.length * FULL_SHARE:
        raise GuestTrouble(f"its file system has {size / 1e6:,.0f} MB of the partition's {extent.length / 1e6:,.0f} MB")


def root_is_read_only(guest: Guest) -> None:
    """What is written to the root is gone after a restart, and what is in the data folder is still there."""
    guest.must("touch", "/etc/not-to-be-kept")
    guest.must("touch", f"{DATA}/kept-after-restart")
    guest.start_anew()
    if guest.run("test", "-e", "/etc/not-to-be-kept").code == 0:
        raise GuestTrouble("a file that was written to the root is still there after a restart")
    guest.must("rm", f"{DATA}/kept-after-restart")
    options = [line.split()[0] for line in guest.must("findmnt", "-n", "-o", "OPTIONS", "-S", "LABEL=rootfs").lines]
    if any("ro" not in option.split(",") for option in options):
        raise GuestTrouble(f"the root partition is mounted {', '.join(options)}")
