"""A port to the exchange that is under test: what it does, what is sent on it, and what it tells and carries."""

from __future__ import annotations

import asyncio
import math
from collections import deque
from collections.abc import Callable

import numpy as np

from appliance.linedoctor.measuring.levels import pilot
from appliance.linedoctor.timeline import Timeline
from hw.audio import FRAME_SAMPLES, SILENCE, Frame, Samples, level_dbm0
from hw.dsp.dtmf import dtmf_samples
from hw.linecard import BatteryLost, FxoPort, LineEvent, RingStarted
from hw.said import Said, said
from hw.tones.toneplan import TonePlan

LOOK_EVERY_S = 0.01
"""How often the battery is looked at, so that a loop break is measured to within this."""
SETTLE_S = 2.5
"""On hook for so long, a line is idle again; an exchange takes up to 2 s to notice (docs/lines.md)."""
SOUND_DBM0 = -42.0
"""A frame as loud as this is no noise of the line."""
SOUNDING_FRAMES = 4
"""So many of them in a row are a sound."""


class TestEnded(Exception):
    """The test must end at once; the message says why, for people."""


class TestedPort:
    """One port, which tells nobody else while it is tested."""

    __test__ = False  # It is no test of pytest's.

    def __init__(self, name: str, number: str, port: FxoPort, plan: TonePlan) -> None:
        self.name = name
        """The line's, for people."""
        self.number = number
        """By which it is called; empty where that is not known."""
        self.port = port
        """The card's, which is heard and driven here alone."""
        self.timeline = Timeline()
        """What it has told and carried."""
        self.expected = False
        """A call of ours is to ring it now; any other call ends the test."""
        self.end: Callable[[Said], None] = self.interrupt
        """Called with the reason where the test must end at once, whichever of its lines is waited for."""
        self._plan = plan
        self._loop = asyncio.get_running_loop()
        self._outgoing: deque[Frame] = deque()
        self._endless: Samples | None = None
        self._endless_at = 0
        self._interrupted: asyncio.Future[None] = self._loop.create_future()
        self._looking: asyncio.TimerHandle | None = None
        port.attach(self._event, self._frame)

    # What is done

    def seize(self, number: str = "") -> float:
        """Close the loop, and say when."""
        self.port.seize(number)
        return self.now

    def release(self) -> float:
        """Open it, and say when."""
        self._outgoing.clear()
        self._endless = None
        self.port.release()
        return self.now

    def send(self, samples: Samples) -> None:
        """Send this behind what is being sent."""
        short = -len(samples) % FRAME_SAMPLES
        whole = np.concatenate([samples, np.zeros(short, dtype=np.int16)])
        self._outgoing.extend(whole.reshape(-1, FRAME_SAMPLES))

    async def dial(self, digits: str) -> None:
        """Dial, and return as soon as all is sent."""
        if self.port.traits.takes_digits:
            await self.wait(self.port.send_digits(digits))
            return
        self.send(dtmf_samples(digits, self._plan.dtmf_low_dbm0, self._plan.dtmf_high_dbm0))
        await self.sent()

    async def sent(self) -> None:
        """Return as soon as all is sent."""
        while self._outgoing and self.port.off_hook:
            await self.wait(0.02)

    def send_pilot(self, on: bool) -> None:
        """Send the test tone from now on, or no more."""
        self._endless = pilot(1.0) if on else None
        self._endless_at = 0

    def close(self) -> None:
        """Hang up, and look at nothing more. Whoever had the port attaches again."""
        self.look_at_battery(False)
        self.release()

    def interrupt(self, why: Said) -> None:
        """End the test: everything that waits for this line raises TestEnded."""
        if not self._interrupted.done():
            self._interrupted.set_exception(TestEnded(why))
            self._interrupted.exception()

    # What is waited for

    @property
    def now(self) -> float:
        return self._loop.time()

    async def wait(self, seconds: float) -> None:
        """Raises TestEnded."""
        await self.until(lambda: False, seconds, every=seconds)

    async def until(self, true: Callable[[], bool], seconds: float, every: float = 0.05) -> bool:
        """Wait until something is so, and say whether it is after so many seconds at the most. Raises TestEnded."""
        end = self.now + seconds
        while not true():
            left = end - self.now
            if left <= 1e-6:
                return False
            await asyncio.wait([self._interrupted], timeout=min(every, left))
            if self._interrupted.done():
                self._interrupted.result()
        return True

    async def sound_begins(self, since: float, seconds: float) -> float | None:
        """When a sound began on the line; None where none did within so many seconds from now."""
        looked_until, run, began = since, 0, since

        def heard() -> bool:
            """Look at what has come since it was last looked."""
            nonlocal looked_until, run, began
            for one in self.timeline.arrived(looked_until):
                looked_until = one.at + 1e-6
                loud = level_dbm0(one.frame) > SOUND_DBM0
                began = one.at if loud and not run else began
                run = run + 1 if loud else 0
                if run == SOUNDING_FRAMES:
                    return True
            return False

        return began if await self.until(heard, seconds, every=0.2) else None

    async def rung(self, since: float, times: int, seconds: float) -> bool:
        """Whether it rang so often by then."""
        return await self.until(lambda: len(self.timeline.rings(since)) >= times, seconds)

    def look_at_battery(self, on: bool) -> None:
        """Look from now on whether there is line voltage, or no more."""
        if self._looking is not None:
            self._looking.cancel()
            self._looking = None
        if on:
            self._look()

    def _look(self) -> None:
        self.timeline.battery(self.now, self.port.battery)
        self._looking = self._loop.call_later(LOOK_EVERY_S, self._look)

    # What the port tells

    def _event(self, event: LineEvent) -> None:
        self.timeline.event(self.now, event)
        if isinstance(event, BatteryLost):
            self.end(said("%(line)s has lost its voltage", line=self.name))
        if isinstance(event, RingStarted) and not self.expected:
            self.end(said("a call has come in on %(line)s", line=self.name))

    def _frame(self, frame: Frame) -> None:
        """Keep what comes in, and send a frame for each: so we keep the card's own pace."""
        self.timeline.frame(self.now, frame)
        if self.port.off_hook:
            self.port.write(self._next())

    def _next(self) -> Frame:
        if self._outgoing:
            return self._outgoing.popleft()
        if self._endless is None:
            return SILENCE
        frame: Frame = self._endless[self._endless_at : self._endless_at + FRAME_SAMPLES]
        self._endless_at = (self._endless_at + FRAME_SAMPLES) % (math.floor(len(self._endless) / 160) * 160)
        return frame
