"""A simulated SLIC of the Ag1171 class, between pins and a telephone's line. It obeys its data sheet (version 1.6)."""

from __future__ import annotations

import asyncio

from hw.audio import SILENCE, Frame
from hw.gpiocard.pinmap import SlicPins
from hw.port.wires import Battery
from hw.sim.loop import Fir, SubscriberLoop, limited
from hw.sim.pins import SimPins

WAKE_S = 0.05
HOOK_S = 0.004
"""SHK follows the loop so long after it; within 5 ms by the data sheet."""
BELL_PULSE_S = 0.006
"""While it rings, SHK is high for so long behind each toggle, as the bell draws current."""
STILL_S = 0.06
"""F/R was not toggled for so long: no ring voltage, only a higher battery."""
MOST_STILL_S = 0.5
COOL_S = 10.0


class SlicChip:
    """The chip. misuse: what was done to it that the data sheet forbids, in words."""

    def __init__(self, pins: SlicPins, gpio: SimPins, line: SubscriberLoop, hybrid: Fir) -> None:
        self.line = line
        self.misuse: list[str] = []
        self.bell = True
        """What rings there draws enough current to be seen at SHK. Electronic ringers do not."""
        self._pins = pins
        self._gpio = gpio
        self._hybrid = hybrid
        self._hot = False
        self._awake_at: float | None = None  # None: it is switched off.
        self._off_at = 0.0
        self._forward = True
        self._ring_mode_since: float | None = None
        self._toggled = 0.0
        self._pulse_until = 0.0
        self._shk: asyncio.TimerHandle | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        for pin, resistor in ((pins.forward, True), (pins.ring_mode, False), (pins.power_down, True)):
            gpio.wire(pin, self._pin_changed, resistor=resistor)
        line.source_watchers.append(self._line_changed)

    def start(self) -> None:
        """The board has power."""
        self._loop = asyncio.get_running_loop()
        self._look()

    def stop(self) -> None:
        """The board has no power any more."""
        self._loop = None
        if self._shk is not None:
            self._shk.cancel()

    def overheat(self) -> None:
        """It switches itself off, until it was switched off from outside for 10 s."""
        self._hot = True
        self._look()

    def pass_frame(self, sent: Frame | None) -> Frame:
        """20 ms: what is sent to VIN goes down the line; what VOUT gives comes back, with the hybrid's echo."""
        self.line.collect()
        up = self.line.up
        if not self._works:
            self.line.deliver(None)
            return SILENCE
        self.line.deliver(sent)
        echo = self._hybrid.echo(sent)
        if up is None:
            return SILENCE if echo is None else limited(echo)
        return limited(up if echo is None else up + echo)

    @property
    def _works(self) -> bool:
        return not self._hot and self._awake_at is not None and self._now() >= self._awake_at - 1e-6

    def _now(self) -> float:
        return self._loop.time() if self._loop is not None else 0.0

    def _pin_changed(self) -> None:
        """A pin has changed, maybe in another thread."""
        if self._gpio.drives_high(self._pins.power_down):
            self.misuse.append("PD was driven high")
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._look)

    def _look(self) -> None:
        if self._loop is None:
            return
        now = self._now()
        if not self._gpio.level(self._pins.power_down):
            if self._awake_at is not None:
                self._awake_at, self._off_at = None, now
        elif self._awake_at is None:
            self._hot = self._hot and now - self._off_at < COOL_S
            self._awake_at = now + WAKE_S
            self._loop.call_later(WAKE_S, self._look)
        forward, ring_mode = self._gpio.level(self._pins.forward), self._gpio.level(self._pins.ring_mode)
        toggled, self._forward = forward != self._forward, forward
        self._ring(ring_mode, toggled, now)
        if not self._works:
            self.line.feed(Battery.OPEN)
        elif self._ring_mode_since is None:
            self.line.feed(Battery.NORMAL if forward else Battery.REVERSED)
        self._line_changed()

    def _ring(self, ring_mode: bool, toggled: bool, now: float) -> None:
        assert self._loop is not None
        if ring_mode and self._ring_mode_since is None:
            self._ring_mode_since = self._toggled = now
            self._loop.call_later(MOST_STILL_S, self._judge_still)
        elif not ring_mode and self._ring_mode_since is not None:
            if now - self._toggled < 0.0095:
                self.misuse.append("RM fell less than 10 ms behind the last toggle")
            self._ring_mode_since = None
        if toggled and ring_mode:
            self._toggled = now
            self._loop.call_later(STILL_S, self._look)
            if self.bell and self._works and not self.line.closed:
                self._pulse_until = now + BELL_PULSE_S
                self._tell_hook(True)
        rings = self._works and ring_mode and now - (self._ring_mode_since or now) > 0 and now - self._toggled < STILL_S
        self.line.ring(rings)

    def _judge_still(self) -> None:
        if self._ring_mode_since is not None and self._now() - self._toggled > MOST_STILL_S:
            self.misuse.append("RM was high for more than 0.5 s without a toggle")
        if self._ring_mode_since is not None and self._loop is not None:
            self._loop.call_later(MOST_STILL_S, self._judge_still)

    def _line_changed(self) -> None:
        """SHK follows the loop in a moment."""
        if self._loop is not None:
            if self._shk is not None:
                self._shk.cancel()
            self._shk = self._loop.call_later(HOOK_S, self._follow)

    def _follow(self) -> None:
        self._shk = None
        pulse = self._pulse_until - self._now()
        if pulse > 0 and self._loop is not None:
            self._shk = self._loop.call_later(pulse, self._follow)
        else:
            self._tell_hook(self._works and self.line.closed)

    def _tell_hook(self, high: bool) -> None:
        self._gpio.drive(self._pins.hook, high)
