"""Large mailboxes: how soon the first message is heard after the PIN, what each step takes, and what the loop notices.

Of the whole way from the PIN to the first word, this is what grows with the mailbox; the rest is one tick of 20 ms.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

from appliance.calls.mail import MailRoom
from appliance.clock import RealClock
from appliance.store.disk import Disk
from appliance.store.envelope import Envelope, to_bytes
from appliance.store.messages import MessageStore
from appliance.wav.clip import written_clip
from tests.bench.figure import Figure

SIZES = (1_000, 10_000)
STEPS = 20
SECONDS = 30
BEAT_SECONDS = 0.001
START_MS, BLOCKED_MS = 300.0, 5.0


def figures() -> list[Figure]:
    return [figure for size in SIZES for figure in asyncio.run(of_size(size))]


async def of_size(size: int) -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        filled(Path(folder), size)
        mail = MailRoom(MessageStore(Path(folder)), RealClock())
        await mail.open(["maria"])
        late: list[float] = []
        beating = asyncio.create_task(beats(late))
        began = time.perf_counter()
        ids = await mail.ids("maria")
        await mail.open_message("maria", ids.new[0])
        start = (time.perf_counter() - began) * 1000
        began = time.perf_counter()
        for number, id in enumerate(ids.new[:STEPS]):
            message, _ = await mail.open_message("maria", id)
            await (mail.delete(message) if number % 2 else mail.keep(message))
        step = (time.perf_counter() - began) * 1000 / STEPS
        beating.cancel()
        gap = max(late)
        await mail.close()
    what = f"mailbox of {size:,} messages"
    return [
        Figure(f"{what}: PIN to the first message", start, "ms", f"<= {START_MS:g}", start <= START_MS),
        Figure(f"{what}: a message opened, then kept or deleted", step, "ms"),
        Figure(f"{what}: longest time the loop was held up", gap, "ms", f"<= {BLOCKED_MS:g}", gap <= BLOCKED_MS),
    ]


def filled(root: Path, size: int) -> None:
    """A mailbox as callers fill it, without waiting for the disk."""
    new = root / "maria" / "new"
    for state in ("tmp", "new", "saved", "deleted", "damaged", "trash"):
        (root / "maria" / state).mkdir(parents=True)
    sound = root / "sound.wav"
    sound.write_bytes(written_clip(np.zeros(SECONDS * 8000, np.int16)))
    first, disk = datetime(2026, 3, 2, 9, tzinfo=UTC), Disk()
    for number in range(1, size + 1):
        folder = new / f"{number:06}"
        folder.mkdir()
        envelope = Envelope("4075550123", "JANE ROE", first + timedelta(minutes=number), SECONDS)
        (folder / "envelope.json").write_bytes(to_bytes(envelope))
        disk.link(sound, folder / "audio.wav")


async def beats(late: list[float]) -> None:
    """Notice, until it is cancelled, by how many milliseconds the loop wakes it too late."""
    while True:
        due = time.perf_counter() + BEAT_SECONDS
        await asyncio.sleep(BEAT_SECONDS)
        late.append((time.perf_counter() - due) * 1000)
