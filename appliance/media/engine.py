"""The engine: every 20 ms it takes a frame from each line, lets everybody listen, and gives each line a frame."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import numpy as np

from appliance.media.metrics import TickMetrics
from appliance.media.port import MediaPort
from hw.audio import FRAME_SECONDS, Frame

__all__ = ["Engine", "MediaPort"]

BEHIND_CARD_S = 0.008
"""A port is opened because its line has told something, which a card does at the times of its own 20 ms frames. The
engine ticks 8 ms after those. With the 3 ms that a tick of eight lines takes that is the middle: what comes and what
goes may be 8 ms late without a frame missing."""

FOLLOWED_TICKS = 50
"""How often the engine looks whether it still ticks 8 ms after the frames of a card with a crystal of its own: once in
so many ticks, 1 s, as its ports do."""
MOST_MOVED_S = 0.001
"""By so much it moves its ticks then at the most: 0.1 %, which lines of other cards absorb (`hw.dsp.drift`)."""

MOST_CAUGHT_UP = 3
"""How many late ticks are made up for at once. A card holds about so many frames, and drops what is older."""


class Engine:
    """Ticks on the running loop's clock while a port is open. Without a port it sets no timer.

    It follows the clock of the first open port whose card has a crystal of its own, so that sound from and to that card
    waits for nothing. Sound of further such cards is resampled.

    In one tick all ports first take their frame, then feed their detectors and taps, then send. So a frame said
    into one port leaves by another in the same tick.

    before_tick, after_tick: called around each tick. A card without a clock of its own delivers its frames in the
    first, and sends those it was given in the second. So it needs no timer of its own.
    """

    def __init__(self) -> None:
        self.metrics = TickMetrics()
        self.before_tick: Callable[[], None] = lambda: None
        self.after_tick: Callable[[], object] = lambda: None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._ports: tuple[MediaPort, ...] = ()
        self._timer: asyncio.TimerHandle | None = None
        self._zero = 0.0
        self._count = 0
        self._tick_number = 0

    async def start(self) -> None:
        """Bind to the running loop. Ports can be opened afterwards."""
        self._loop = asyncio.get_running_loop()

    async def close(self) -> None:
        """Close every port. The engine may be started again."""
        for port in self._ports:
            port.close()
        self._loop = None

    def open(
        self,
        name: str,
        write: Callable[[Frame], None],
        *,
        echo_tail_ms: int = 0,
        drifts: bool = False,
        jitters: bool = False,
    ) -> MediaPort:
        """A new port that sends its frames to `write`. echo_tail_ms: the longest echo removed; 0: no echo canceller.

        drifts: the frames it is given come by another clock than the loop's. jitters: see `InboundQueue`.
        Raises RuntimeError when the engine is not started.
        """
        if self._loop is None:
            raise RuntimeError("the media engine is not started")
        clock = self._loop.time if drifts else None
        port = MediaPort(name, write, self._forget, echo_tail_ms=echo_tail_ms, clock=clock, jitters=jitters)
        self._ports = (*self._ports, port)
        if self._timer is None:
            self._zero = self._loop.time() + BEHIND_CARD_S
            self._count = 0
            self._timer = self._loop.call_at(self._zero, self._wake)
        return port

    @property
    def ports(self) -> tuple[MediaPort, ...]:
        return self._ports

    def _forget(self, port: MediaPort) -> None:
        self._ports = tuple(kept for kept in self._ports if kept is not port)
        if not self._ports and self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _wake(self) -> None:
        """Make the tick that is due, or after a delay up to three; leave out those that are older."""
        assert self._loop is not None
        timer, zero, now = self._timer, self._zero, self._loop.time()
        behind = max(0, int((now - zero) / FRAME_SECONDS) - self._count)
        skipped = max(0, behind - MOST_CAUGHT_UP)
        self.metrics.skipped += skipped
        self.metrics.overruns += behind
        self._count += skipped
        for _ in range(behind - skipped + 1):
            late = now - zero - self._count * FRAME_SECONDS
            self._count += 1
            self.metrics.tick(max(0.0, late) * 1000)
            self._tick()
            if self._timer is not timer:
                # Every port was closed in this tick. If another was opened at once, it has begun a new grid.
                return
        if self._count % FOLLOWED_TICKS == 0:
            self._follow_card()
        self._timer = self._loop.call_at(self._zero + self._count * FRAME_SECONDS, self._wake)

    def _follow_card(self) -> None:
        """Move the grid towards 8 ms behind the frames of the first port whose card has a crystal of its own."""
        for port in self._ports:
            if port.behind_s is not None and port.behind_s < FRAME_SECONDS:  # Else that card delivers nothing now.
                self._zero += float(np.clip(BEHIND_CARD_S - port.behind_s, -MOST_MOVED_S, MOST_MOVED_S))
                return

    def _tick(self) -> None:
        """Make one tick. A failure in one port never reaches another: ports and the rack catch what fails in them."""
        self._tick_number += 1
        self.before_tick()
        ports = self._ports
        for port in ports:
            port.take(self._tick_number)
        for port in ports:
            port.listen()
        for port in ports:
            port.speak()
        self.after_tick()
