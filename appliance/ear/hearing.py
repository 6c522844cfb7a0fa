"""The recogniser of `copperdesk phone`: it is fed the sound that the daemon sends, and works off the loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np

from appliance.clock import off_loop
from appliance.ear.clipbook import ClipBook
from appliance.ear.ear import DIAL_TONE_NAMES, Ear
from appliance.ear.heard import Heard, Kind
from appliance.wav.clip import BrokenClip, read_clip
from hw.audio import FRAME_SAMPLES, FRAME_SECONDS, Samples
from hw.tones.toneplan import TonePlan


class Hearing:
    """Recognises what one telephone hears, and gives each thing to `tell` once it is over."""

    def __init__(self, plan: TonePlan, tell: Callable[[Heard], None]) -> None:
        self._tell = tell
        self._book = ClipBook()
        self._files: set[str] = set()
        self._heard: list[Heard] = []
        self._ear = Ear(self._book, plan, self._heard.append)
        self._dial_tone_s = -1.0
        self._more = asyncio.Event()

    async def learn(self, clips: Mapping[str, str]) -> None:
        """Recognise these from now on: texts by their WAV files. One that cannot be read is not recognised."""
        new = {file: text for file, text in clips.items() if file not in self._files}
        self._files |= new.keys()
        await off_loop(self._load, new)

    def own_words(self, at_s: float, text: str, seconds: float) -> None:
        """The telephone itself begins to say, or press, this, which takes so many seconds."""
        self._ear.own_words(at_s, text, seconds)

    async def feed(self, heard: Samples, at_s: float) -> None:
        """Take whole frames, the first of them heard at `at_s`."""
        await off_loop(self._listen, np.ascontiguousarray(heard).reshape(-1, FRAME_SAMPLES), at_s)
        self._tell_heard()

    async def dial_tone(self, since_s: float) -> None:
        """Wait until dial tone has been heard after this time."""
        while self._dial_tone_s <= since_s:
            self._more.clear()
            await self._more.wait()

    async def finish(self) -> None:
        """The telephone was hung up: whatever was going on is over."""
        await off_loop(self._ear.finish)
        self._tell_heard()

    @property
    def going_on(self) -> Heard | None:
        """What is heard at this moment; of words those, too, that are still to come. None for nothing known."""
        current = self._ear.current
        if not current:
            return None
        return replace(current[0], text=self._ear.coming or current[0].text)

    def _load(self, clips: Mapping[str, str]) -> None:
        for file, text in clips.items():
            try:
                self._book.add(text, read_clip(Path(file)))
            except (OSError, BrokenClip):
                continue

    def _listen(self, frames: Samples, at_s: float) -> None:
        for number, frame in enumerate(frames):
            self._ear.feed(frame, at_s + number * FRAME_SECONDS)

    def _tell_heard(self) -> None:
        for item in self._heard:
            if item.kind is not Kind.ECHO:
                self._tell(item)
        for item in [*self._heard, *self._ear.current]:
            if item.kind is Kind.TONE and item.text in DIAL_TONE_NAMES:
                self._dial_tone_s = item.end_s
        self._heard.clear()
        self._more.set()
