"""The modem as a telephone on its line: it rings, hears caller ID, waits for dial tone, dials, and hangs up.

It knows nothing but what is on the wires: ring voltage, battery, and sound. What it is told of a call it reads from
those, and what it sends is sound on the line, after the time that such modems take to work it out.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Coroutine
from typing import Any, Protocol

from hw.audio import SILENCE, Frame
from hw.callerid.coding import CallerId
from hw.dsp.dtmf import dtmf_samples
from hw.port.playing import SamplePlayer
from hw.port.timing import Script
from hw.sim.loop import SubscriberLoop
from hw.sim.modem.callerid import CallerIdEar
from hw.tones.progress import ProgressReceiver
from hw.tones.toneplan import DIAL_TONES, TonePlan

RING_SEEN_S = 0.15
"""Ring voltage that lasts so long is a ring: three cycles of 20 Hz."""
KIND_SEEN_S = 0.7
"""Bursts with a shorter pause are one ring of a distinctive kind."""
GONE_S = 0.2
"""The battery is away for so long: the far end has hung up."""
DIAL_TONE_S = 5.0
"""So long dial tone is waited for."""
DIALLING_PAUSE_S = 2.0
"""A comma in a number."""
BUSY_CYCLES = 2
"""So many cycles of a busy tone are heard before it is one."""
LATENCY_FRAMES = 5
"""How long what is heard takes to be understood: 100 ms, as the filters and the USB of such modems do. A far end that
answered at once would find a program that has not asked for the answer yet."""


class LineSound(Protocol):
    """What sends and receives over the line: the carriers of a fax."""

    def feed(self, frame: Frame) -> None: ...

    def next(self) -> Frame: ...


class PhoneEvents(Protocol):
    """Who is told what has happened on the line."""

    @property
    def ring_kinds(self) -> bool:
        """Whether rings are told once their kind is known, and not as they begin."""

    def ring(self, kind: int) -> None:
        """It rings: a burst, or so many bursts where kinds are told apart."""

    def caller(self, caller: CallerId, message: bytes) -> None: ...

    def busy(self) -> None: ...

    def far_end_gone(self) -> None: ...


class ModemPhone:
    """The terminal of a line, or something in parallel with the terminal it has."""

    def __init__(self, loop: SubscriberLoop, plan: TonePlan, events: PhoneEvents) -> None:
        self.loop = loop
        """The wires."""
        self.off_hook = False
        """It closes the loop."""
        self.carrier: LineSound | None = None
        """What has the line's sound; None: nothing is sent."""
        self._plan = plan
        self._events = events
        self._ear = CallerIdEar(plan.caller_id.method)
        self._progress: ProgressReceiver | None = None
        self._dial_tone = asyncio.Event()
        self._keys: SamplePlayer | None = None
        self._heard: deque[Frame] = deque([SILENCE] * LATENCY_FRAMES)
        self._script = Script(f"modem on {loop.name}")
        self._timers: dict[str, asyncio.TimerHandle] = {}
        self._rings = False
        self._bursts = 0

    def plug_in(self) -> None:
        """The telephone cord, and the power, are there."""
        if self.loop.terminal is None:
            self.loop.terminal = self
        else:
            self.loop.extensions.append(self)
        self.loop.terminal_watchers.append(self._look)

    def pull_out(self) -> None:
        """No power: the relay opens the loop, and nothing is heard any more."""
        self.hang_up()
        self._stop_timers()
        self._rings, self._bursts = False, 0
        self.loop.terminal_watchers.remove(self._look)
        if self.loop.terminal is self:
            self.loop.terminal = None
        else:
            self.loop.extensions.remove(self)

    def lift(self) -> None:
        """Close the loop."""
        if not self.off_hook:
            self.off_hook = True
            self._heard = deque([SILENCE] * LATENCY_FRAMES)
            self._stop_timers()
            self._bursts = 0
            self.loop.close(self, True)

    def hang_up(self) -> None:
        """Open the loop. What is sent and dialled ends."""
        self._script.stop()
        self.carrier = self._progress = self._keys = None
        if self.off_hook:
            self.off_hook = False
            self._stop_timers()
            self.loop.close(self, False)

    def dial(self, number: str, dialled: Callable[[bool], None]) -> None:
        """Lift and dial. dialled: whether there was dial tone; called once the last digit was sent. Without a number
        there is nothing to wait for: it enters a call that is there."""
        self.lift()
        if not number:
            dialled(True)
            return
        self._progress = ProgressReceiver(self._plan)
        self._dial_tone.clear()
        self._script.run(self._dial(number, dialled))

    def say(self) -> Frame | None:
        if not self.off_hook:
            return None
        if self._keys is not None:
            keys = self._keys.next()
            if keys is not None:
                return keys
            self._keys = None
        return self.carrier.next() if self.carrier is not None else None

    def hear(self, frame: Frame) -> None:
        if not self.off_hook:
            for caller, message in self._ear.feed(frame):
                self._events.caller(caller, message)
            return
        if self._progress is not None:
            self._hear_progress(self._progress, frame)
        if self.carrier is not None:
            self._heard.append(frame)
            self.carrier.feed(self._heard.popleft())

    def connected(self) -> None:
        """A carrier is there: what is heard is no tone of the exchange any more."""
        self._progress = None

    async def _dial(self, number: str, dialled: Callable[[bool], None]) -> None:
        if not await self._in_time(self._dial_tone.wait(), DIAL_TONE_S):
            dialled(False)
            return
        low, high = self._plan.dtmf_low_dbm0, self._plan.dtmf_high_dbm0
        for part in number.split(","):
            digits = "".join(one for one in part if one in "0123456789*#ABCD")
            if digits:
                self._keys = keys = SamplePlayer(dtmf_samples(digits, low, high))
                await keys.done
            if part is not number.split(",")[-1]:
                await asyncio.sleep(DIALLING_PAUSE_S)
        self._progress = ProgressReceiver(self._plan)  # The dial tone that was there is no part of what follows.
        dialled(True)

    async def _in_time(self, waiting: Coroutine[Any, Any, Any], seconds: float) -> bool:
        try:
            await asyncio.wait_for(waiting, seconds)
        except TimeoutError:
            return False
        return True

    def _hear_progress(self, progress: ProgressReceiver, frame: Frame) -> None:
        for tone, cycles in progress.feed(frame):
            if tone in DIAL_TONES:
                self._dial_tone.set()
            elif tone in ("busy", "reorder") and cycles >= BUSY_CYCLES:
                self._events.busy()
                return

    def _look(self) -> None:
        """Something has changed on the wires."""
        loop = self.loop
        if self.off_hook:
            if loop.polarity:
                self._stop_timer("gone")
            elif "gone" not in self._timers:
                self._start_timer("gone", GONE_S, self._events.far_end_gone)
            return
        if loop.rings == self._rings:
            return
        self._rings = loop.rings
        if self._rings:
            self._stop_timer("kind")
            self._start_timer("ring", RING_SEEN_S, self._ring)
        else:
            self._stop_timer("ring")
            if self._bursts:
                self._start_timer("kind", KIND_SEEN_S, self._kind)

    def _ring(self) -> None:
        if self._events.ring_kinds:
            self._bursts += 1
        else:
            self._events.ring(0)

    def _kind(self) -> None:
        bursts, self._bursts = self._bursts, 0
        self._events.ring(bursts)

    def _start_timer(self, name: str, seconds: float, then: Callable[[], None]) -> None:
        def over() -> None:
            self._timers.pop(name, None)
            then()

        self._stop_timer(name)
        self._timers[name] = asyncio.get_running_loop().call_later(seconds, over)

    def _stop_timer(self, name: str) -> None:
        if timer := self._timers.pop(name, None):
            timer.cancel()

    def _stop_timers(self) -> None:
        for name in list(self._timers):
            self._stop_timer(name)
