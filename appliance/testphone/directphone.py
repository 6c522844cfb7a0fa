"""A telephone on a direct line to the unit: lifted, it calls. For units whose lines lead to a real exchange."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import numpy as np

from hw.audio import SILENCE, Frame, Samples, decibels
from hw.callerid.coding import CallerId
from hw.linecard import LineError
from hw.port.playing import SamplePlayer
from hw.sim.direct import DirectLine
from hw.sim.loop import limited
from hw.sim.telephone import MICROPHONE_GAIN_DB
from hw.tones.toneplan import TonePlan


class TestLinePort(DirectLine):
    """A direct line whose other end is a telephone."""

    def __init__(self, name: str, plan: TonePlan) -> None:
        super().__init__(name, plan)
        self.on_release: Callable[[], None] = lambda: None
        """Called when the unit hangs up, or never answers."""

    def release(self) -> None:
        super().release()
        self.on_release()


class DirectTelephone:
    """Does what `hw.sim.telephone.Telephone` does for whoever calls in. It has no hook flash."""

    ringing = False
    """Nothing rings it."""
    caller_id: CallerId | None = None
    """Nobody calls it."""

    def __init__(self, name: str, line: TestLinePort) -> None:
        self.name = name
        """What the caller's telephone is called."""
        self.off_hook = False
        """The handset is lifted."""
        self.calls_as = CallerId()
        """Who the next call says that it comes from."""
        self.before_call: Callable[[], None] = lambda: None
        """Called just before the line rings."""
        self.listeners: list[Callable[[Frame], None]] = []
        """Called with each frame that is heard, off hook."""
        self.sent_listeners: list[Callable[[Frame], None]] = []
        """Called with each frame that is sent."""
        self.observers: list[Callable[[str], None]] = []
        """Told `loop-break` when the unit has hung up."""
        self.microphone: Callable[[], Frame | None] = lambda: None
        """Asked for each frame that somebody says while nothing else is sent."""
        self._line = line
        self._speech: SamplePlayer | None = None
        line.mouth = self._say
        line.on_release = self._released
        line.listeners.append(self._hear)

    def lift(self) -> None:
        """Call. LineError while the line is in use, or is just being given up by the unit."""
        if self.off_hook:
            return
        self.before_call()
        self._line.call(self.calls_as)
        self.off_hook = True

    def hang_up(self) -> None:
        if self.off_hook:
            self.off_hook = False
            self._stop_speaking()
            self._line.hang_up()

    def flash(self) -> None:
        raise LineError("this telephone has no hook flash")

    async def press(self, digits: str, on_ms: float = 100, off_ms: float = 100) -> None:
        self._must_be_off_hook()
        await self._line.press(digits, on_ms, off_ms)

    async def speak(self, samples: Samples) -> None:
        """Say this, and return when it is said, or earlier when interrupted or hung up."""
        self._must_be_off_hook()
        self._stop_speaking()
        self._speech = clip = SamplePlayer(limited(samples * np.float32(decibels(MICROPHONE_GAIN_DB))))
        await clip.done

    def _hear(self, frame: Frame) -> None:
        if self.off_hook:
            for listener in self.listeners:
                listener(frame)

    def _say(self) -> Frame:
        said = self._speech.next() if self._speech is not None else None
        if said is None:
            self._speech = None
            said = self.microphone()
        frame = SILENCE if said is None else said
        for listener in self.sent_listeners:
            listener(frame)
        return frame

    def _released(self) -> None:
        self._stop_speaking()
        if self.off_hook:
            asyncio.get_running_loop().call_soon(self._tell_released)

    def _tell_released(self) -> None:
        for observer in list(self.observers):
            observer("loop-break")

    def _stop_speaking(self) -> None:
        if self._speech is not None:
            self._speech.stop()
            self._speech = None

    def _must_be_off_hook(self) -> None:
        if not self.off_hook:
            raise LineError("the telephone is on hook")
