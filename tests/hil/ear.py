"""What was said in a call, recognised from its sound: the recogniser of scenarios, fed off the loop."""

from __future__ import annotations

import numpy as np

from appliance.clock import off_loop
from appliance.scenario import ear
from appliance.scenario.clipbook import ClipBook
from appliance.scenario.heard import Heard, Kind, plain
from hw.audio import FRAME_SECONDS, Frame
from hw.toneplan import TonePlan


class CallEar:
    """Times are seconds since the call's first frame."""

    def __init__(self, book: ClipBook, plan: TonePlan) -> None:
        self._ear = ear.Ear(book, plan)
        self._fed = 0
        self._from = 0
        self._going_on: list[Heard] = []

    async def listen(self, frames: list[Frame]) -> None:
        """All frames of the call so far, of which those that are new are listened to."""
        new, first = frames[self._fed :], self._fed
        self._fed = len(frames)
        await off_loop(self._feed, new, first)

    def find(self, *texts: str) -> tuple[str, Heard] | None:
        """The first of these that is heard behind what was found last: words, or the name of a tone."""
        items = [item for item in [*self._ear.heard[self._from :], *self._going_on] if item.kind is not Kind.ECHO]
        words = ""
        for number, item in enumerate(items):
            words += f" {plain(item.text)}" if item.kind is Kind.WORDS else ""
            for text in texts:
                tone = item.kind in (Kind.TONE, Kind.BEEP, Kind.FAX) and item.text == text
                if tone or (item.kind is Kind.WORDS and plain(text) in words):
                    self._from = min(self._from + number + 1, len(self._ear.heard))
                    return text, item
        return None

    def forget(self) -> None:
        """What was heard until now does not count any more, but what is going on does."""
        self._from = len(self._ear.heard)

    @property
    def transcript(self) -> list[str]:
        return [f"{item.start_s:.1f} s {item}" for item in [*self._ear.heard, *self._going_on]]

    def _feed(self, frames: list[Frame], first: int) -> None:
        for number, frame in enumerate(frames):
            self._ear.feed(np.ascontiguousarray(frame), (first + number) * FRAME_SECONDS)
        self._going_on = self._ear.current
