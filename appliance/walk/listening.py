"""What a caller heard: recorded while the call goes on, and recognised when it is over.

A recogniser that knows every clip of a large office is slow, and on one path few of them can be heard. So it listens
for those first, and only where it heard something else once more for all that the office says.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from appliance.ear.clipbook import ClipBook
from appliance.ear.ear import Ear
from appliance.ear.heard import Heard, Kind
from appliance.office.phrase import Sayable, phrase
from appliance.prompts.library import PromptLibrary
from appliance.walk.saying import texts
from hw.audio import Frame
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

SHORTEST_SPEECH_SECONDS = 0.6
"""What is heard for less and is no known clip may be the end or beginning of one."""


@dataclass(frozen=True, slots=True)
class Pressed:
    """Keys that the caller pressed, from when on and for how long."""

    at_s: float
    keys: str
    seconds: float


class Listening:
    """For the callers of one office. now: on its clock, for what depends on it."""

    def __init__(self, prompts: PromptLibrary, plan: TonePlan, now: datetime) -> None:
        self._prompts = prompts
        self._plan = plan
        self._now = now
        self._books: dict[str, ClipBook] = {}

    def recognise(
        self, sound: Sequence[tuple[float, Frame]], pressed: Sequence[Pressed], place: str, said: Iterable[Sayable]
    ) -> list[Heard]:
        """Everything that was heard, in order, but for the caller's own keys.

        sound: frames, each with the time at which it was heard. said: what may be heard at this place, of which there
        is a book from the second time on.
        """
        if place not in self._books:
            self._books[place] = self._book(said, self._usual)
        heard = self._listen(sound, pressed, self._books[place])
        if any(one.kind is Kind.SPEECH and one.end_s - one.start_s > SHORTEST_SPEECH_SECONDS for one in heard):
            heard = self._listen(sound, pressed, self._whole)
        return heard

    def _listen(self, sound: Sequence[tuple[float, Frame]], pressed: Sequence[Pressed], book: ClipBook) -> list[Heard]:
        ear = Ear(book, self._plan)
        for one in pressed:
            ear.own_words(one.at_s, one.keys, one.seconds)
        for at_s, frame in sound:
            ear.feed(frame, at_s)
        ear.finish()
        return sorted((one for one in ear.heard if one.kind is not Kind.ECHO), key=lambda one: one.start_s)

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
