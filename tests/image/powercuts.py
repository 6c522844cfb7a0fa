"""The power is cut while callers leave messages. What the unit had acknowledged before must be there afterwards.

Acknowledged is a message that `copperdesk message list` has shown: its id, and the checksum of its sound. Ending QEMU
loses what the guest had not yet written to its disk, and keeps what it had written without flushing; what a disk may
do to that is tried by cutting at the level of blocks.
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.image.card import DATA as DATA_PARTITION
from tests.image.checks import MAILBOX
from tests.image.guest import DATA, Guest, GuestTrouble, copperdesk

CALLERS = 3
EARLIEST_S, LATEST_S = 5.0, 40.0
"""When the power is cut, after the first message of a start was begun, at the speed of an emulated machine."""
BEGUN_S = 60.0
ROUND = """\
while true; do printf 'call\\nwait 14\\npress 3\\nwait 12\\nplay {sound}\\nwait 2\\nhang up\\n' | {phone}; done
"""
"""What one caller does for ever: greeted, key 3 for the mailbox of the office, its greeting, a message."""
SOUND = f"{DATA}/left-by-a-caller.wav"
SOUND_S = 12
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
    wrong: list[str] = field(default_factory=list)
    """What was lost, changed, or unsound on the disk; empty when all is well."""


def lost(before: Acknowledged, after: Acknowledged) -> list[str]:
    """The messages of before that are not there any more, or do not sound the same."""
    gone = [f"message {id} is lost" for id in before if id not in after]
    return gone + [f"message {id} sounds otherwise" for id in before if id in after and before[id] != after[id]]


def listed(guest: Guest) -> Acknowledged:
    """The messages that the unit has told of, at this moment. Raises `GuestTrouble`."""
    answer = guest.copperdesk("message", "list", MAILBOX, "--json")
    ids = [one["id"] for one in json.loads(answer.out)]
    sums = guest.must("sh", "-c", f"find {DATA} -path '*/{MAILBOX}/*/audio.wav' -exec sha256sum {{}} +").lines
    sound = sounds(sums)
    return {id: sound.get(id, "no sound") for id in ids}


def sounds(sums: list[str]) -> Acknowledged:
    """What sha256sum printed, by message: a message's folder has its id as its name, and letters for its marks."""
    return {path.split("/")[-2].rstrip("ue"): checksum for checksum, path in (line.split(maxsplit=1) for line in sums)}


def put_sound(guest: Guest) -> None:
    """Lay down what callers say: a tone that rises and falls, as a WAV file, since silence would be no message."""
    guest.must("/usr/bin/python3", "-c", TONE, SOUND)


def begin_calls(guest: Guest) -> None:
    """Have callers leave messages, one after the other, for as long as the guest runs."""
    phone = " ".join(copperdesk("phone"))
    for number in range(CALLERS):
        script = ROUND.format(sound=SOUND, phone=phone)
        guest.must("systemd-run", "--unit", f"caller-{number}", "sh", "-c", script)


def recording(guest: Guest) -> bool:
    """Whether a message is being recorded at this moment."""
    return bool(guest.run("sh", "-c", f"ls -d {DATA}/*/{MAILBOX}/tmp/*").lines)


def cut_once(guest: Guest, told: CutsTold, chance: random.Random, scratch: Path) -> None:
    """Switch the guest on, check what was acknowledged in earlier runs, and cut its power at some moment."""
    guest.switch_on()
    guest.must("systemctl", "is-system-running", "--wait", seconds=BEGUN_S)
    told.wrong += lost(told.acknowledged, listed(guest))
    begin_calls(guest)
    until = time.monotonic() + BEGUN_S * guest.kind.patience
    while not recording(guest):
        if time.monotonic() > until:
            raise GuestTrouble("no caller began a message")
    cut_at = time.monotonic() + chance.uniform(EARLIEST_S, LATEST_S)
    while time.monotonic() < cut_at:
        told.acknowledged |= listed(guest)
    guest.cut_power()
    told.cuts += 1
    if fault := guest.card.unsound(DATA_PARTITION, scratch):
        told.wrong.append(f"after cut {told.cuts} the data partition is unsound: {fault}")


def cut_often(guest: Guest, times: int, seed: int, scratch: Path, tell: Callable[[CutsTold], None]) -> CutsTold:
    """Cut the power so many times, then look once more. scratch: a file for a copy of the data partition."""
    told, chance = CutsTold(), random.Random(seed)
    for _ in range(times):
        cut_once(guest, told, chance, scratch)
        tell(told)
    guest.switch_on()
    guest.must("systemctl", "is-system-running", "--wait", seconds=BEGUN_S)
    told.wrong += lost(told.acknowledged, listed(guest))
    return told
