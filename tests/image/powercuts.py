"""The power is cut while callers leave messages. What the unit had acknowledged before must be there afterwards.

Acknowledged is a message that the unit has listed (`tests/image/kept.py`): its id, and the checksum of its sound. What
was being recorded when the power went is nobody's promise yet; a unit keeps what it has of it, and that is counted.
Ending QEMU loses what the guest had not yet written to its disk, and keeps what it had written without flushing; what a
disk may do to that is tried by cutting at the level of blocks.
"""

from __future__ import annotations

import json
import random
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.image.card import DATA as DATA_PARTITION
from tests.image.exampleoffice import LINES, MAILBOX, have_office
from tests.image.guest import DATA, Guest, GuestTrouble, python

LATEST_S = 45.0
"""The power is cut so long at most after the first message of a start was begun: an emulated machine takes half of that
for one, and the callers of four lines are in different places of their calls by then."""
LISTING_S = 3.0
"""So long an emulated machine may take to list its messages: the cut comes when it comes, not after a list."""
BEGUN_S = 20.0
LEFT_OUT = ("copperdesk-page", "copperdesk-announce", "NetworkManager", "wpa_supplicant", "avahi-daemon")
"""Services that calls do not need: an emulated start is shorter without them."""
SOUND = f"{DATA}/left-by-a-caller.wav"
SOUND_S = 8
TONE = f"""\
import math, struct, sys, wave
with wave.open(sys.argv[1], "wb") as file:
    file.setparams((1, 2, 8000, 0, "NONE", ""))
    swing = (math.sin(n / 3 + 200 * math.sin(n / 900)) * 9000 * (n // 2000 % 3 > 0) for n in range({SOUND_S} * 8000))
    file.writeframes(b"".join(struct.pack("<h", int(value)) for value in swing))
"""
"""Run by the guest's Python: sound with pauses, whose pitch moves as a voice's does."""

Acknowledged = dict[str, str]
"""The checksum of the sound of each message, by its id."""


@dataclass
class CutsTold:
    """What became of all cuts."""

    cuts: int = 0
    acknowledged: Acknowledged = field(default_factory=dict)
    recording: int = 0
    """How many messages were being recorded when the unit was last asked before each cut, all together."""
    found: Acknowledged = field(default_factory=dict)
    """What a unit had after a start that it had not listed before: what it kept of messages that a cut interrupted."""
    wrong: list[str] = field(default_factory=list)
    """What was lost, changed, or unsound on the disk; empty when all is well."""

    def __str__(self) -> str:
        kept = f"{len(self.acknowledged)} messages acknowledged, {self.recording} being recorded"
        return f"{kept}, of which {len(self.found)} were found; {len(self.wrong)} things wrong"


def lost(before: Acknowledged, after: Acknowledged) -> list[str]:
    """The messages of before that are not there any more, or do not sound the same."""
    gone = [f"message {id} is lost" for id in before if id not in after]
    return gone + [f"message {id} sounds otherwise" for id in before if id in after and before[id] != after[id]]


def listed(guest: Guest) -> tuple[Acknowledged, int]:
    """The messages that the unit tells of at this moment, and how many are being recorded. Raises `GuestTrouble`."""
    told = json.loads(guest.python("kept", MAILBOX))
    return told["kept"], told["recording"]


def begin_calls(guest: Guest) -> None:
    """Have callers leave messages on all lines, one after the other, for as long as the guest runs."""
    guest.must("/usr/bin/python3", "-c", TONE, SOUND)
    command = python("callers", SOUND, *LINES)
    guest.must("systemd-run", "--property=User=copperdesk", "--unit=callers", *command)


def switched_on(guest: Guest, told: CutsTold) -> None:
    """Start the unit, and look whether all is there that it had acknowledged. Its page is not waited for."""
    guest.switch_on()
    have_office(guest)
    after, _recording = listed(guest)
    told.wrong += lost(told.acknowledged, after)
    told.found |= {id: sum for id, sum in after.items() if id not in told.acknowledged}
    told.acknowledged |= after


def cut_once(guest: Guest, told: CutsTold, chance: random.Random, scratch: Path) -> None:
    """Switch the guest on, check what was acknowledged in earlier runs, and cut its power at some moment."""
    switched_on(guest, told)
    begin_calls(guest)
    until = time.monotonic() + BEGUN_S * guest.kind.patience
    recording = 0
    while not recording:
        if time.monotonic() > until:
            raise GuestTrouble("no caller began a message")
        _kept, recording = listed(guest)
    cut_at = time.monotonic() + chance.uniform(0.0, LATEST_S)
    while time.monotonic() < cut_at - LISTING_S:
        kept, recording = listed(guest)
        told.acknowledged |= kept
    time.sleep(max(cut_at - time.monotonic(), 0.0))
    guest.cut_power()
    told.cuts += 1
    told.recording += recording
    if fault := guest.card.unsound(DATA_PARTITION, scratch):
        told.wrong.append(f"after cut {told.cuts} the data partition is unsound: {fault}")


def cut_often(guest: Guest, times: int, seed: int, scratch: Path) -> CutsTold:
    """Cut the power so many times, then look once more. scratch: a file for a copy of the data partition."""
    told, chance = CutsTold(), random.Random(seed)
    for _ in range(times):
        cut_once(guest, told, chance, scratch)
        guest.progress.tell(f"cut {told.cuts}: {told}")
    switched_on(guest, told)
    return told
