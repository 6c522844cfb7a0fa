"""Lines to somebody outside without an exchange between: sound passes as it is, and rings, keys and hang-ups at once.

They are to an analog line of the simulated exchange what a line over SIP is to one of copper: nothing is dialled with
tones to reach the unit, nothing echoes, no current tells anything. What a caller does and hears is sound all the same.
They cost a tenth of the time, for those who make thousands of calls.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

from hw.audio import SILENCE, Frame
from hw.callerid.coding import CallerId
from hw.cleared import Cleared
from hw.dsp.dtmf import dtmf_samples
from hw.linecard import (
    CallTold,
    DigitTold,
    FarEndAnswered,
    FarEndLeft,
    LineError,
    LineEvent,
    LineTraits,
    Proceeding,
    RingingEnded,
    RingStarted,
)
from hw.port.playing import SamplePlayer
from hw.tones.toneplan import TonePlan

DIGITAL = LineTraits(echo_tail_ms=0, dials=True, digital=True)
"""A line that has no echo, takes the number with the seizure, and tells what the far end does."""


class DirectLine:
    """See `hw.linecard.FxoPort`. With `call`, `answer`, `press` and `hang_up` it is the other end, too.

    traits: other ones, such as those of a gateway's line, which tells no answer.
    """

    battery = True
    """It never fails."""
    dead_because = ""
    """So there is never a reason."""

    def __init__(self, name: str, plan: TonePlan, traits: LineTraits = DIGITAL) -> None:
        self.name = name
        """Of the port."""
        self.traits = traits
        """What kind of line it is."""
        self.off_hook = False
        """The unit has the line."""
        self.listeners: list[Callable[[Frame], None]] = []
        """Called with each frame that is heard at the other end."""
        self.on_called: Callable[[str], None] = lambda _number: None
        """Called with each number that the unit calls; it rings, until `answer`."""
        self.mouth: Callable[[], Frame] = lambda: SILENCE
        """Asked for each frame that is said at the other end while no key is pressed."""
        self._plan = plan
        self._calling = False
        self._called = False
        self._keys: SamplePlayer | None = None
        self._on_event: Callable[[LineEvent], None] = lambda _event: None
        self._on_frame: Callable[[Frame], None] = lambda _frame: None

    # The unit's end

    def attach(self, on_event: Callable[[LineEvent], None], on_frame: Callable[[Frame], None]) -> None:
        self._on_event, self._on_frame = on_event, on_frame

    def write(self, frame: Frame) -> None:
        if self.off_hook:
            for listener in self.listeners:
                listener(frame)

    def send_digits(self, digits: str) -> float:
        raise LineError(f"{self.name}: keys are tones")

    def seize(self, number: str = "", caller_id: CallerId | None = None) -> None:
        if self.off_hook:
            return
        self.off_hook = True
        if not self._calling:
            self._called = True
            asyncio.get_running_loop().call_soon(self._on_event, Proceeding())
            self.on_called(number)

    def release(self) -> None:
        self.off_hook = self._calling = self._called = False
        self._stop_keys()

    def flash(self, milliseconds: int) -> None:
        raise LineError(f"{self.name} takes no hook flash")

    # The other end

    def call(self, caller_id: CallerId, called: str = "") -> None:
        """Call the unit. LineError while the line is in use."""
        if self.off_hook or self._calling:
            raise LineError(f"{self.name} is in use")
        self._calling = True
        self._on_event(CallTold(caller_id, called))
        self._on_event(RingStarted())

    def answer(self) -> None:
        """Answer a call from the unit. A line that is not digital tells nothing of it."""
        if self._called and self.traits.digital:
            self._on_event(FarEndAnswered())

    async def press(self, digits: str, on_ms: float = 100, off_ms: float = 100) -> None:
        """Press keys, and return after the last one's pause, or once the line is released. They are tones, unless the
        line tells them."""
        if self.traits.tells_digits:
            for digit in digits:
                self._on_event(DigitTold(digit))
            return
        low, high = self._plan.dtmf_low_dbm0, self._plan.dtmf_high_dbm0
        if self._keys is not None:
            await self._keys.done
        if self.off_hook:
            self._keys = keys = SamplePlayer(dtmf_samples(digits, low, high, on_ms, off_ms))
            await keys.done

    def hang_up(self) -> None:
        """End the call, or give up. Harmless where there is none."""
        self._stop_keys()
        if self._calling or self._called:
            self._calling = self._called = False
            self._on_event(FarEndLeft(Cleared.HUNG_UP) if self.off_hook else RingingEnded())

    def tick(self) -> None:
        """Give the unit a frame of what is said here."""
        if self.off_hook:
            said = self._keys.next() if self._keys is not None else None
            if said is None:
                self._keys = None
            self._on_frame(self.mouth() if said is None else said)

    def _stop_keys(self) -> None:
        if self._keys is not None:
            self._keys.stop()
            self._keys = None


class DirectCard:
    """See `hw.linecard.LineCard`: the lines, which the media engine clocks."""

    def __init__(self, lines: Sequence[DirectLine]) -> None:
        self.fxo = lines
        self.fxs: Sequence[Any] = ()
        self.on_fault: Callable[[str, bool], None] = lambda _fault, _there: None

    async def start(self) -> None:
        """There is nothing to start."""

    async def close(self) -> None:
        for line in self.fxo:
            line.release()

    def status(self) -> dict[str, Any]:
        return {"kind": "direct", "lines": [line.name for line in self.fxo]}

    def before_tick(self) -> None:
        for line in self.fxo:
            line.tick()

    def after_tick(self) -> None:
        """What was written was heard at once."""
