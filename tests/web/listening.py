"""What a caller hears at the unit's main number, recognised from the sound as `copperdesk phone` does."""

from __future__ import annotations

import base64
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import numpy as np

from appliance.control.blocking import BlockingClient
from appliance.control.folder import DataFolder
from appliance.ear.clipbook import ClipBook
from appliance.ear.ear import Ear
from appliance.ear.heard import Heard
from appliance.wav.clip import BrokenClip, read_clip
from hw.audio import FRAME_SAMPLES, FRAME_SECONDS
from hw.tones.toneplan import tone_plan
from tests.web.site import Site

PATIENCE_SECONDS = 20.0


def caller_hears(site: Site, words: str) -> str:
    """Call the office and listen until these words are heard: all that was heard until then, or else in their place."""
    heard: list[Heard] = []
    with BlockingClient(DataFolder(site.data).socket, PATIENCE_SECONDS) as watcher:
        news = watcher.watch("phone")
        state = next(news)
        book = ClipBook()
        _learn(book, state["clips"])
        ear = Ear(book, tone_plan(state["country"]), heard.append)
        with _calling(site, state["main_number"]) as phone:
            over = time.monotonic() + PATIENCE_SECONDS
            for event in news:
                _learn(book, event.get("clips", {}))
                if event.get("phone") == phone and "sound" in event:
                    _feed(ear, event)
                if any(words in one.text for one in heard) or time.monotonic() > over:
                    break
    return "; ".join(one.text for one in heard)


@contextmanager
def _calling(site: Site, number: str) -> Iterator[int]:
    with BlockingClient(DataFolder(site.data).socket, PATIENCE_SECONDS) as control:
        phone = control.call("phone.open")["phone"]
        control.call("phone.do", phone=phone, act="lift")
        time.sleep(1.0)  # A caller waits for dial tone.
        control.call("phone.do", phone=phone, act="press", words=number)
        yield phone
        control.call("phone.close", phone=phone)


def _learn(book: ClipBook, clips: dict[str, str]) -> None:
    for file, text in clips.items():
        with suppress(OSError, BrokenClip):
            book.add(text, read_clip(Path(file)))


def _feed(ear: Ear, event: dict[str, Any]) -> None:
    both = np.frombuffer(base64.b64decode(event["sound"]), "<i2").astype(np.int16)
    for number, frame in enumerate(np.ascontiguousarray(both[1::2]).reshape(-1, FRAME_SAMPLES)):
        ear.feed(frame, event["at"] + number * FRAME_SECONDS)
