"""Rings the telephones of the card: one thread for all of them, which goes by `ring_protocol`.

Ringing ends, whatever happens. The loop repeats its orders ten times a second, and the thread rings no more when they
fail to come: the loop hangs. The loop looks at the thread as often, and takes the ring voltage away itself when the
thread has done nothing for 0.3 s, or has died; a new thread is begun then. `guard.py` is there for the case that the
whole program dies.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable

from hw.gpio import GpioError, InputPin, OutputPin
from hw.gpiocard.pace import MakePace, Pace
from hw.gpiocard.ring_protocol import STEP_S, RingPins, RingProtocol

log = logging.getLogger(__name__)

WATCH_S = 0.1
STALLED_S = 0.3
"""A thread that has done no step for so long is taken for dead."""
LOCK_S = 0.05
"""A step takes some microseconds, and longer only where the machine gives the thread no time meanwhile."""


class RingLine:
    """The pins with which one telephone is rung. Whatever uses them holds the ringer's lock."""

    def __init__(
        self,
        name: str,
        pins: tuple[OutputPin, OutputPin, InputPin],
        hertz: float,
        told: Callable[[], None],
    ) -> None:
        self.name = name
        self.protocol = RingProtocol(hertz)
        self.wanted = False
        """The loop orders it to ring."""
        self.failure: GpioError | None = None
        """Why its pins could not be driven, the last time."""
        self.told = told
        """Called on the loop when the telephone was lifted, its burst was cut short, or its pins have failed."""
        self._forward, self._ring_mode, self._hook = pins  # F/R, RM and SHK.
        self._hertz = hertz
        self._driven = RingPins(forward=True, ring_mode=False)

    def step(self, now: float) -> bool:
        """Do what is due; True if there is something to tell. A pin that fails ends the burst.

        A thread that was stuck in here goes on at last with what it was about to drive. Its ring voltage was taken away
        meanwhile (`renew`), and so is what it drives then.
        """
        protocol = self.protocol
        before = (protocol.tripped, protocol.cut_short)
        try:
            self.drive(protocol.step(self._hook.high, now))
        except GpioError as error:
            self.failure = error
            protocol.order(False, now)
            self.quiet()
            return True
        if protocol is not self.protocol:
            self.quiet()
            return False
        return (protocol.tripped, protocol.cut_short) != before

    def drive(self, pins: RingPins) -> None:
        """Drive the pins that differ. RM rises before F/R toggles. GpioError where that fails."""
        if pins.ring_mode != self._driven.ring_mode:
            self._ring_mode.drive(high=pins.ring_mode)
        if pins.forward != self._driven.forward:
            self._forward.drive(high=pins.forward)
        self._driven = pins

    def renew(self) -> None:
        """Begin anew, on hook and with no ring voltage. A step that still goes on has the old protocol."""
        self.wanted = False
        self.protocol = RingProtocol(self._hertz)
        self.quiet()

    def quiet(self) -> None:
        """Take the ring voltage away, whatever was driven so far. A pin that fails is logged."""
        for pin, high in ((self._ring_mode, False), (self._forward, True)):
            try:
                pin.drive(high=high)
            except GpioError as error:
                log.error("%s may ring on: %s", self.name, error)
        self._driven = RingPins(forward=True, ring_mode=False)


class Ringer:
    """The thread, and the loop's watch over it. on_stall: told on the loop that the thread had to be replaced."""

    def __init__(self, make_pace: MakePace, on_stall: Callable[[], None]) -> None:
        self._make_pace = make_pace
        self._on_stall = on_stall
        self._lock = threading.Lock()
        self._lines: list[RingLine] = []
        self._loop: asyncio.AbstractEventLoop | None = None
        self._pace: Pace | None = None
        self._stepped = 0.0
        self._watch: asyncio.TimerHandle | None = None

    def add(self, line: RingLine) -> None:
        """Ring this telephone, too, when it is asked for."""
        self._take_lock()
        self._lines.append(line)
        self._lock.release()

    def remove(self, line: RingLine) -> None:
        """Take its ring voltage away, and forget it. Harmless where it was not added."""
        self._take_lock()
        if line in self._lines:
            self._lines.remove(line)
        line.wanted = False
        line.quiet()
        self._lock.release()

    def start(self) -> None:
        """Begin. Nothing rings yet."""
        self._loop = asyncio.get_running_loop()
        self._pace = self._make_pace("ringing", self._step, self._loop.time)

    def close(self) -> None:
        """Nothing rings from now on, and no thread is left."""
        if self._watch is not None:
            self._watch.cancel()
            self._watch = None
        if self._pace is None:
            return
        self._take_lock()
        self._pace.stop()
        self._pace = None
        for line in self._lines:
            line.wanted = False
            line.quiet()
        self._lines.clear()
        self._lock.release()

    def ring(self, line: RingLine, on: bool) -> None:
        """Ring this telephone, or stop."""
        assert self._loop is not None
        assert self._pace is not None
        self._take_lock()
        now = self._stepped = self._loop.time()
        line.wanted = on
        line.protocol.order(on, now)
        self._lock.release()
        self._pace.wake()
        if self._watch is None:
            self._watch = self._loop.call_later(WATCH_S, self._look)

    def feed(self, line: RingLine, forward: bool) -> None:
        """The polarity of this line while it does not ring. GpioError where that fails."""
        self._take_lock()
        try:
            line.drive(line.protocol.feed(forward))
        finally:
            self._lock.release()

    def _step(self) -> float | None:
        loop = self._loop
        assert loop is not None
        lock = self._lock
        with lock:
            now = self._stepped = loop.time()
            told = []
            for line in self._lines:
                if line.protocol.ringing and line.step(now):
                    told.append(line.told)
                if lock is not self._lock:  # This thread was stuck, and another one has taken its place.
                    return None
            rings = any(line.protocol.ringing for line in self._lines)
        for tell in told:
            loop.call_soon_threadsafe(tell)
        return STEP_S if rings else None

    def _look(self) -> None:
        """Repeat the orders, and see whether the thread does its work."""
        assert self._loop is not None
        assert self._pace is not None
        self._watch = None
        now = self._loop.time()
        if now - self._stepped > STALLED_S or not self._pace.alive:
            self._replace()
        self._take_lock()
        for line in self._lines:
            if line.wanted:
                line.protocol.order(True, now)
        self._lock.release()
        if any(line.wanted or line.protocol.ringing for line in self._lines):
            self._watch = self._loop.call_later(WATCH_S, self._look)

    def _take_lock(self) -> None:
        """Take the lock. A thread that does not give it back within a moment is stuck."""
        if not self._lock.acquire(timeout=LOCK_S):
            self._replace()
            self._lock.acquire()

    def _replace(self) -> None:
        """The thread is stuck or dead, and may hold the lock: leave both to it, and go on with new ones."""
        assert self._loop is not None
        assert self._pace is not None
        self._pace.stop()
        self._lock = threading.Lock()
        for line in self._lines:
            line.renew()
        self._stepped = self._loop.time()
        self._pace = self._make_pace("ringing", self._step, self._loop.time)
        self._on_stall()
