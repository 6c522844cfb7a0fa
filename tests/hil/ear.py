"""What was said in a call, recognised from its sound: the recogniser of scenarios, fed off the loop."""

from __future__ import annotations

import threading

import numpy as np

from appliance.clock import off_loop
from appliance.ear import ear
from appliance.ear.clipbook import ClipBook
from appliance.ear.heard import Heard, Kind, plain
from hw.audio import FRAME_SECONDS, Frame
from hw.tones.toneplan import TonePlan

_LISTENING = threading.Lock()
"""All calls use one book of clips, which only one thread may use at a time."""


class CallEar:
    """Recognises what is heard in a call. Times are seconds since the call's first frame."""

    def __init__(self, book: ClipBook, plan: TonePlan) -> None:
        self._ear = ear.Ear(book, plan)
        self._fed = 0
        self._from = 0
        self._going_on: list[Heard] = []

    async def listen(self, frames: list[Frame]) -> None:
        """Recognise what is new. frames: all frames of the call so far."""
        new, first = frames[self._fed :], self._fed
        self._fed = len(frames)
        await off_loop(self._feed, new, first)

    def find(self, *texts: str) -> tuple[str, Heard] | None:
        """The first of these that was heard after what was found last: words, or the name of a tone."""
        items = [item for item in [*self._ear.heard[self._from :], *self._going_on] if item.kind is not Kind.ECHO]
        words: list[str] = []
        for number, item in enumerate(items):
            words += item.text.split() if item.kind is Kind.WORDS else []
            for text in texts:
                tone = item.kind in (Kind.TONE, Kind.BEEP, Kind.FAX) and item.text == text
                if tone or (item.kind is Kind.WORDS and said(text, words)):
                    self._from = min(self._from + number + 1, len(self._ear.heard))
                    return text, item
        return None

    def forget(self) -> None:
        """From now on do not count what was heard before; what still goes on counts."""
        self._from = len(self._ear.heard)

    @property
    def transcript(self) -> list[str]:
        return [f"{item.start_s:.1f} s {item}" for item in [*self._ear.heard, *self._going_on]]

    def _feed(self, frames: list[Frame], first: int) -> None:
        with _LISTENING:
            for number, frame in enumerate(frames):
                self._ear.feed(np.ascontiguousarray(frame), (first + number) * FRAME_SECONDS)
            self._going_on = self._ear.current


def said(text: str, words: list[str]) -> bool:
    """Whether the text is in these words. A word that was cut off counts, and of four or more words one may be missing
    where there was sound."""
    wanted = plain(text).split()
    spare = 1 if len(wanted) >= 4 else 0
    windows = (words[start : start + len(wanted) + 1] for start in range(len(words)))
    return any(_in_order(wanted, window) + spare >= len(wanted) for window in windows)


def _in_order(wanted: list[str], words: list[str]) -> int:
    """How many of the words wanted are among these, in their order."""
    place = found = 0
    for word in words:
        fitting = next((number for number in range(place, len(wanted)) if _same(word, wanted[number])), None)
        if fitting is not None:
            place, found = fitting + 1, found + 1
    return found


def _same(word: str, wanted: str) -> bool:
    """Whether a word heard is this one, or what is left of it where it was cut: `call-`, `-ling`."""
    bare = plain(word)
    if word.endswith("-"):
        return len(bare) > 1 and wanted.startswith(bare)
    if word.startswith("-"):
        return bool(bare) and wanted.endswith(bare)
    return bare == wanted
