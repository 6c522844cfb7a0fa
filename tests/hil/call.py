"""One call of the kit's: what is told about it, and what is said and heard in it, frame by frame."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Any

import numpy as np

from appliance.ear.heard import Heard
from hw.audio import FRAME_SAMPLES, FRAME_SECONDS, SILENCE, Frame, Samples
from hw.sip import wire
from hw.sip.call import SipCall
from hw.sip.message import SipMessage
from hw.sip.profile import Profile
from hw.tones.tonegen import ToneGenerator
from hw.tones.toneplan import Tone
from tests.hil.ear import CallEar

AT_A_TIME = 5
"""How many frames are given to the recogniser at a time."""


class NotInTime(AssertionError):
    """Something did not happen, or was not heard, in its time."""


class BenchCall:
    """One call. The far end's frames are its clock: for each that comes in, one goes out. Times are the loop's."""

    def __init__(
        self, name: str, call: SipCall, ear: CallEar, profile: Profile, message: SipMessage | None = None
    ) -> None:
        self.name = name
        """What it is called in the report."""
        self.message = message
        """The INVITE, if the gateway has called; None if the kit has."""
        self.told: list[Any] = []
        """All reports about it."""
        self.heard: list[Frame] = []
        """All frames that came in."""
        self.said: list[Frame] = []
        """All frames that went out; `said[n]` went out when `heard[n]` came in."""
        self.began_at = self._now()
        """When it began."""
        self.rang_at = self.answered_at = self.ended_at = 0.0
        """When it rang at the far end, was answered, and ended; 0: not yet."""
        self._call = call
        self._ear = ear
        self._profile = profile
        self._to_say: deque[Frame] = deque()
        self._tone: ToneGenerator | None = None
        self._changed = asyncio.Event()
        call.on_report = self._report
        call.on_frame = self._frame

    # What is told

    @property
    def up(self) -> bool:
        return bool(self.answered_at) and not self.ended_at

    @property
    def digits(self) -> str:
        """The keys the gateway has told of."""
        return "".join(report.digit for report in self.told if isinstance(report, wire.KeyPressed))

    @property
    def flashes(self) -> int:
        return sum(isinstance(report, wire.Flashed) for report in self.told)

    @property
    def status(self) -> int:
        """The SIP status with which it ended."""
        return next((report.status for report in self.told if isinstance(report, wire.Ended)), 0)

    async def until(self, met: Callable[[], Any], seconds: float, what: str) -> None:
        """Wait until this is met. If it is not in time, NotInTime tells what was told and heard instead."""
        try:
            async with asyncio.timeout(seconds):
                while not met():
                    self._changed.clear()
                    await self._changed.wait()
        except TimeoutError:
            raise NotInTime(f"{self.name}: not {what} within {seconds:g} s; {self.story()}") from None

    async def answered(self, seconds: float = 30.0) -> BenchCall:
        """Wait until it is answered, and sound passes."""
        await self.until(lambda: self.answered_at or self.ended_at, seconds, "answered")
        if self.ended_at:
            raise NotInTime(f"{self.name}: ended with status {self.status} instead of being answered")
        await self.until(lambda: self.heard or self.ended_at, 5.0, "heard at all")
        return self

    async def ended(self, seconds: float) -> float:
        """Wait until it is over; how long that took from now on, in seconds."""
        began = self._now()
        await self.until(lambda: self.ended_at, seconds, "over")
        return max(self.ended_at - began, 0.0)

    # What is done

    def accept(self) -> None:
        self._call.accept()

    def hang_up(self, status: int = 486) -> None:
        self._call.clear(status)

    def press(self, keys: str) -> None:
        """Press keys in the way that the gateway's model takes them. What was heard before does not count any more."""
        self._ear.forget()
        if keys:
            self._call.send_digits(keys, self._profile.digits_out)

    def flash(self) -> None:
        self._call.send_flash(self._profile.flash_out, self._profile.flash_info_type)

    async def say(self, samples: Samples) -> tuple[int, int]:
        """Say all of it. Returns the numbers of the call's frames with which it began and ended."""
        short = -len(samples) % FRAME_SAMPLES
        frames = np.concatenate([samples, np.zeros(short, np.int16)]).reshape(-1, FRAME_SAMPLES)
        first = len(self.said) + len(self._to_say)
        self._to_say.extend(frames)
        await self.frames_until(first + len(frames))
        return first, first + len(frames)

    def play(self, tone: Tone | None) -> None:
        """Send this tone until another is asked for, or none."""
        self._tone = ToneGenerator(tone) if tone is not None else None

    # What is heard

    async def frames_until(self, number: int) -> None:
        """Wait until so many frames have passed since the call's beginning."""
        seconds = max(number - len(self.said), 0) * FRAME_SECONDS * 2 + 5
        await self.until(lambda: len(self.said) >= number or self.ended_at, seconds, f"at frame {number}")
        if len(self.said) < number:
            raise NotInTime(f"{self.name}: over after {len(self.said)} of {number} frames; {self.story()}")

    async def passes(self, seconds: float) -> tuple[int, int]:
        """Let the call go on for so long. Returns the numbers of its first and last frame in that time."""
        first = len(self.said)
        last = first + round(seconds / FRAME_SECONDS)
        await self.frames_until(last)
        return first, last

    def heard_in(self, first: int, last: int) -> Samples:
        return np.concatenate(self.heard[first:last] or [SILENCE[:0]])

    def said_in(self, first: int, last: int) -> Samples:
        return np.concatenate(self.said[first:last] or [SILENCE[:0]])

    async def hears(self, *texts: str, seconds: float = 15.0) -> str:
        """Wait until one of these is heard: words, or the name of a tone. Returns which it was."""
        return (await self.heard_of(*texts, seconds=seconds))[0]

    async def heard_of(self, *texts: str, seconds: float = 15.0) -> tuple[str, Heard]:
        """The same, with when it was heard, in seconds since the call's first frame."""
        first = len(self.heard)
        while True:
            await self._ear.listen(self.heard)
            found = self._ear.find(*texts)
            if found is not None:
                return found
            over = bool(self.ended_at) or (len(self.heard) - first) * FRAME_SECONDS > seconds
            if over:
                raise NotInTime(f"{self.name}: {' or '.join(map(repr, texts))} was not heard; {self.story()}")
            wanted = len(self.heard) + AT_A_TIME
            await self.until(lambda wanted=wanted: len(self.heard) >= wanted or self.ended_at, seconds + 5, "heard")

    @property
    def now_s(self) -> float:
        """Seconds since the call's first frame."""
        return len(self.heard) * FRAME_SECONDS

    def story(self) -> str:
        """What was told and heard, for people."""
        kinds = [type(report).__name__ for report in self.told if not isinstance(report, wire.Reception)]
        told = ", ".join(kinds) or "nothing"
        return f"told: {told}; heard: {'; '.join(self._ear.transcript[-12:]) or 'nothing'}"

    # From the endpoint

    def _report(self, report: Any) -> None:
        self.told.append(report)
        match report:
            case wire.ProvisionalAnswer(_, 180, _) if not self.rang_at:
                self.rang_at = self._now()
            case wire.Confirmed():
                self.answered_at = self._now()
            case wire.Ended():
                self.ended_at = self._now()
        self._changed.set()

    def _frame(self, frame: Frame) -> None:
        self.heard.append(frame)
        said = self._tone.next() if self._tone is not None else SILENCE
        if self._to_say:
            said = self._to_say.popleft()
        self._call.write(said)
        self.said.append(said)
        self._changed.set()

    @staticmethod
    def _now() -> float:
        return asyncio.get_running_loop().time()
