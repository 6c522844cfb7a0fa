"""What a caller heard: recorded while the call goes on, and recognised when it is over.

A recogniser that knows every clip of a large office is slow, and on one path few of them can be heard. So it listens
for those first, and only where it heard something else once more for all that the office says.

A direct line adds no noise: "One moment, please" is the same on every path, sample for sample. So each stretch of sound
between two silences is recognised once, and known when it comes again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from hashlib import blake2b

import numpy as np

from appliance.ear.clipbook import ClipBook
from appliance.ear.ear import Ear
from appliance.ear.heard import Heard, Kind
from appliance.office.phrase import Sayable, phrase
from appliance.prompts.library import PromptLibrary
from appliance.walk.saying import texts
from hw.audio import FRAME_SAMPLES, FRAME_SECONDS, SAMPLE_RATE, Frame, Samples, seconds_of
from hw.tones.toneplan import TonePlan

ANYWHERE = [
    "dial-extension-any-time",
    "for-operator",
    "did-not-hear",
    "not-valid",
    "connecting-operator",
    "one-moment",
    "goodbye",
    "thank-you-goodbye",
    "no-line-free",
    "nobody-available",
    "system-fault",
    "leave-message",
    "greeting-default-general",
    "mailbox-full",
    "information-menu",
    "no-fax",
]
"""What any path may lead to, besides what the office itself says."""

LONGEST_SCRAP_SECONDS = 0.6
"""What is shorter and is no known clip may be the beginning or end of one."""

PAUSE_SAMPLES = SAMPLE_RATE // 10
"""Of silence, between two stretches of sound: what is said behind a full stop comes later."""

SILENCE_AROUND_FRAMES = 10
"""Enough for an ear to know how loud silence is."""


class Listening:
    """For the callers of one office. now: on its clock, for what depends on it."""

    def __init__(self, prompts: PromptLibrary, plan: TonePlan, now: datetime) -> None:
        self._prompts = prompts
        self._plan = plan
        self._now = now
        self._books: dict[str, ClipBook] = {}
        self._known: dict[bytes, list[Heard]] = {}

    def recognise(self, sound: Sequence[tuple[float, Frame]], place: str, said: Iterable[Sayable]) -> list[Heard]:
        """Everything that was heard, in order.

        sound: frames without a gap, each with the time at which it was heard. said: what may be heard at this place, of
        which there is a book from the second time on.
        """
        if not sound:
            return []
        begun_s, samples = sound[0][0], np.concatenate([frame for _, frame in sound])
        heard = [one for begin, end in stretches(samples) for one in self._stretch(samples, begin, end, place, said)]
        if any(one.kind is Kind.SPEECH for one in heard):
            heard = self._listen(samples, self._whole)
        return [_later(one, begun_s) for one in heard]

    def _stretch(self, samples: Samples, begin: int, end: int, place: str, said: Iterable[Sayable]) -> list[Heard]:
        """What is heard in one stretch. One that is not known by its clips is heard as a sound of no words."""
        piece = samples[begin:end]
        digest = blake2b(piece.tobytes()).digest()
        heard = self._known.get(digest)
        if heard is None:
            if place not in self._books:
                self._books[place] = self._book(said, self._usual)
            heard = self._known[digest] = self._listen(piece, self._books[place])
        if not heard and len(piece) > LONGEST_SCRAP_SECONDS * SAMPLE_RATE:
            heard = [Heard(0.0, seconds_of(piece), Kind.SPEECH, "a sound")]
        return [_later(one, begin / SAMPLE_RATE) for one in heard]

    def _listen(self, samples: Samples, book: ClipBook) -> list[Heard]:
        """What an ear hears that is given this from second 0 on, with some silence around it."""
        quiet = np.zeros(SILENCE_AROUND_FRAMES * FRAME_SAMPLES, np.int16)
        end = np.zeros(-len(samples) % FRAME_SAMPLES, np.int16)
        ear = Ear(book, self._plan)
        for number, frame in enumerate(np.concatenate([quiet, samples, end, quiet]).reshape(-1, FRAME_SAMPLES)):
            ear.feed(frame, (number - SILENCE_AROUND_FRAMES) * FRAME_SECONDS)
        ear.finish()
        return sorted((one for one in ear.heard if not _is_scrap(one)), key=lambda one: one.start_s)

    @cached_property
    def _usual(self) -> ClipBook:
        return self._book([phrase(name) for name in ANYWHERE])

    @cached_property
    def _whole(self) -> ClipBook:
        book = ClipBook()
        for language in self._prompts.languages:
            for text, clip in self._prompts.texts(language).items():
                book.add(text, clip)
        return book

    def _book(self, said: Iterable[Sayable], base: ClipBook | None = None) -> ClipBook:
        book = ClipBook(base)
        for text in texts(said, self._prompts.languages, self._now):
            for language in self._prompts.languages:
                if (clip := self._prompts.texts(language).get(text)) is not None:
                    book.add(text, clip)
        return book


def stretches(samples: Samples) -> list[tuple[int, int]]:
    """Where there is sound, from its first sample to behind its last: what lies between is silence of some length."""
    sounding = np.flatnonzero(samples)
    if not len(sounding):
        return []
    gaps = np.flatnonzero(np.diff(sounding) > PAUSE_SAMPLES)
    begins = [int(sounding[0]), *(int(sounding[gap + 1]) for gap in gaps)]
    ends = [*(int(sounding[gap]) + 1 for gap in gaps), int(sounding[-1]) + 1]
    return list(zip(begins, ends, strict=True))


def _is_scrap(heard: Heard) -> bool:
    return heard.kind is Kind.SPEECH and heard.end_s - heard.start_s <= LONGEST_SCRAP_SECONDS


def _later(heard: Heard, seconds: float) -> Heard:
    return replace(heard, start_s=heard.start_s + seconds, end_s=heard.end_s + seconds)
