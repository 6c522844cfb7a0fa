"""A simulated DAA of the Ag2130 class with a sensor of the line's voltage, between pins and a line of the exchange."""

from __future__ import annotations

import asyncio
from collections import deque

from hw.audio import SILENCE, Frame
from hw.gpiocard.pinmap import DaaPins
from hw.sim.loop import SubscriberLoop
from hw.sim.pins import SimPins

HALF_RING_S = 0.025
WAITING_FRAMES = 2


class DaaChip:
    """The chip: the terminal of the line."""

    def __init__(self, pins: DaaPins, gpio: SimPins, line: SubscriberLoop) -> None:
        self.line = line
        self._pins = pins
        self._gpio = gpio
        self._closed = False
        self._rs = False
        self._pulses: asyncio.TimerHandle | None = None
        self._to_line: deque[Frame | None] = deque(maxlen=WAITING_FRAMES)
        self._from_line: deque[Frame] = deque(maxlen=WAITING_FRAMES)
        self._loop: asyncio.AbstractEventLoop | None = None
        gpio.wire(pins.loop, self._pin_changed, resistor=False)
        line.terminal = self
        line.terminal_watchers.append(self._look)

    def start(self) -> None:
        """The board has power."""
        self._loop = asyncio.get_running_loop()
        self._look()

    def stop(self) -> None:
        """The board has no power any more."""
        self._loop = None
        if self._pulses is not None:
            self._pulses.cancel()

    def say(self) -> Frame | None:
        return self._to_line.popleft() if self._to_line else None

    def hear(self, frame: Frame) -> None:
        self._from_line.append(frame)

    def pass_frame(self, sent: Frame | None) -> Frame:
        """20 ms: what is sent to VIN goes to the exchange when it next asks; what has come from there comes back."""
        self._to_line.append(sent)
        return self._from_line.popleft() if self._from_line else SILENCE

    def _pin_changed(self) -> None:
        """A pin has changed, maybe in another thread."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._look)

    def _look(self) -> None:
        if self._loop is None:
            return
        closed = self._gpio.level(self._pins.loop)
        if closed != self._closed:
            self._closed = closed
            self._to_line.clear()
            self.line.close(self, closed)  # This has us look again.
            return
        line, pins = self.line, self._pins
        self._tell(pins.current, closed and line.polarity != 0, low=pins.current_low)
        if pins.normal is not None and pins.reversed is not None and pins.idle is not None:
            self._tell(pins.normal, line.polarity > 0)
            self._tell(pins.reversed, line.polarity < 0)
            self._tell(pins.idle, line.polarity != 0 and not line.held)
        if line.rings and self._pulses is None:
            self._pulse()

    def _pulse(self) -> None:
        """RS follows the ring voltage's cycles."""
        self._pulses = None
        self._rs = not self._rs and self.line.rings
        self._tell(self._pins.ring, self._rs, low=self._pins.ring_low)
        if self._loop is not None and (self.line.rings or self._rs):
            self._pulses = self._loop.call_later(HALF_RING_S, self._pulse)

    def _tell(self, pin: int, active: bool, *, low: bool = False) -> None:
        self._gpio.drive(pin, active != low)
