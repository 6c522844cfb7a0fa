"""A backup of a unit with 1,000 messages: how long it takes to make it, to look through it, and to put it in place."""

from __future__ import annotations

import json
import tempfile
import time
from pathlib import Path

import numpy as np

from appliance.backup.making import make_backup
from appliance.backup.restoring import agree, manifest_of, take_over, unpack
from appliance.store.disk import Disk
from appliance.store.office import OfficeStore
from appliance.wav.clip import written_clip
from tests.bench.figure import Figure
from tests.bench.mailbox import filled
from tests.offices import EXAMPLE

MESSAGES, SECONDS = 1_000, 30
PHRASE = "kettle on the copper stove"
MOST_S = 30.0


def figures() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        data, new, file = Path(folder) / "data", Path(folder) / "new", Path(folder) / "one.backup"
        for one in (data, new):
            one.mkdir()
        OfficeStore(data / "office.json").save(json.loads(EXAMPLE.read_text()))
        filled(data / "messages", MESSAGES)
        # Of its own, and with noise: nothing of it can be packed away as speech cannot.
        noise = np.random.default_rng(1).integers(-3000, 3000, (MESSAGES, SECONDS * 8000), np.int16)
        for samples, sound in zip(noise, sorted((data / "messages").rglob("audio.wav")), strict=True):
            sound.unlink()
            sound.write_bytes(written_clip(samples))
        began = time.perf_counter()
        make_backup(data, file, PHRASE, "2026-03-03T02:30:00+00:00", "Riverside Dental", lambda *_: None)
        made = time.perf_counter() - began
        began = time.perf_counter()
        with file.open("rb") as opened:
            unpack(new, *manifest_of(opened, PHRASE), lambda *_: None)
        agree(new)
        assert take_over(new)
        restored = time.perf_counter() - began
        assert len(list((new / "messages").rglob("audio.wav"))) == MESSAGES
        size = file.stat().st_size / 1e6
        Disk().remove(new)
    what = f"backup of {MESSAGES:,} messages of {SECONDS} s"
    return [
        Figure(f"{what}: made", made, "s"),
        Figure(f"{what}: restored", restored, "s", f"<= {MOST_S:g}", restored <= MOST_S),
        Figure(f"{what}: size", size, "MB"),
    ]
