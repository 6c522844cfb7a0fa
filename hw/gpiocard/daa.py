"""The pair of wires behind a DAA of the Ag2130 class: see `hw.port.wires.TerminalWires`."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress

from hw.gpio import GpioError, HeaderPin, InputPin, OutputPin, Pull
from hw.gpiocard.pinmap import DaaPins
from hw.gpiocard.ringdetect_protocol import RingDetect
from hw.gpiocard.watchedpin import WatchedPin
from hw.said import said, told_by

CURRENT_S = 0.02
"""Behind a change of LSC, LC is not believed for so long: the loop's current settles."""


class DaaWires:
    """One line's chip. Until `open` it has no pins: the line has no voltage.

    on_fault: told in words for people what is wrong, and with False when it is over. works: asked whether the line's
    sound is healthy. A line that would answer callers with silence counts as dead.
    """

    def __init__(
        self, name: str, pins: DaaPins, on_fault: Callable[[str, bool], None], works: Callable[[], bool]
    ) -> None:
        self._name = name
        self._numbers = pins
        self._terminal_watchers: list[Callable[[], None]] = []
        self._on_fault = on_fault
        self._works = works
        self._pins: list[HeaderPin] = []
        self._watched: list[WatchedPin] = []
        self._loop_pin: OutputPin | None = None
        self._ring_pin: WatchedPin | None = None
        self._current: WatchedPin | None = None
        self._sensor: tuple[WatchedPin, WatchedPin, WatchedPin] | None = None
        self._rings = RingDetect()
        self._rang_at = 0.0  # When a pulse of RS was seen last, or the pins were taken.
        self._ring_over: asyncio.TimerHandle | None = None
        self._closed = False  # By us.
        self._refused = ""  # The fault told when LSC could not be driven; empty where it could.
        self._settled: asyncio.TimerHandle | None = None
        self._polarity = 1

    @property
    def name(self) -> str:
        return self._name

    @property
    def terminal_watchers(self) -> list[Callable[[], None]]:
        return self._terminal_watchers

    @property
    def there(self) -> bool:
        """Its pins have been taken."""
        return self._loop_pin is not None

    @property
    def polarity(self) -> int:
        return self.voltage if self._works() else 0

    @property
    def voltage(self) -> int:
        """The line's polarity, whether its sound works or not; what was seen last while it rings."""
        if not self.rings:
            self._polarity = self._measured()
        return self._polarity

    @property
    def rings(self) -> bool:
        return self._rings.ringing

    @property
    def quiet_s(self) -> float:
        """For how many seconds no ring voltage has been seen."""
        return asyncio.get_running_loop().time() - self._rang_at

    def close(self, terminal: object, closed: bool) -> None:
        if closed == self._closed or self._loop_pin is None:
            return
        try:
            self._loop_pin.drive(high=closed)
        except GpioError as error:
            why = told_by(error)
            if closed:
                self._refused = said("%(port)s cannot be seized: %(why)s", port=self.name, why=why)
            else:
                self._refused = said("%(port)s cannot be released: %(why)s", port=self.name, why=why)
            self._on_fault(self._refused, True)
            if not closed:  # With the pin given back, the resistor opens the loop. The pins are taken again later.
                self.shut()
                self._changed()
            return
        self._worked()
        self._closed = closed
        if self._settled is not None:
            self._settled.cancel()
        self._settled = asyncio.get_running_loop().call_later(CURRENT_S, self._settle)

    def closed_by_another(self, terminal: object) -> bool:
        if self._sensor is None or self._closed or self._settled is not None or self.rings:
            return False
        return not self._sensor[2].active and self.voltage != 0

    def open(self) -> None:
        """Take the pins, and the line as it is. GpioError, with no pin taken, where one cannot be used."""
        numbers = self._numbers
        self._rang_at = asyncio.get_running_loop().time()
        try:
            self._loop_pin = OutputPin(numbers.loop, high=False)
            self._pins.append(self._loop_pin)
            self._ring_pin = self._watch(numbers.ring, "RS", self._pulse, low=numbers.ring_low)
            self._current = self._watch(numbers.current, "LC", self._changed, low=numbers.current_low)
            if numbers.normal is not None and numbers.reversed is not None and numbers.idle is not None:
                self._sensor = (
                    self._watch(numbers.normal, "LV+", self._changed),
                    self._watch(numbers.reversed, "LV-", self._changed),
                    self._watch(numbers.idle, "LVH", self._changed),
                )
        except GpioError:
            self.shut()
            raise
        self._worked()
        self._changed()

    def shut(self) -> None:
        """Open the loop, and give the pins back. A resistor holds LSC low then (docs/gpiocard.md)."""
        for timer in (self._ring_over, self._settled):
            if timer is not None:
                timer.cancel()
        self._ring_over = self._settled = None
        for watched in self._watched:
            watched.stop()
        if self._loop_pin is not None:
            with suppress(GpioError):  # The pin becomes an input below.
                self._loop_pin.drive(high=False)
        while self._pins:
            self._pins.pop().close()
        self._watched.clear()
        self._rings = RingDetect()
        self._closed = False
        self._loop_pin = self._ring_pin = self._current = self._sensor = None

    def look(self) -> None:
        """Have the watchers look again: whether the sound works has changed."""
        self._changed()

    def _measured(self) -> int:
        if self._current is None or (self._closed and self._settled is None and not self._current.active):
            return 0
        if self._sensor is None:
            return 1
        normal, other, _ = self._sensor
        return 1 if normal.active else -1 if other.active else 0

    def _watch(self, number: int, role: str, on_change: Callable[[], None], *, low: bool = False) -> WatchedPin:
        pin = InputPin(number, Pull.UP if low else Pull.DOWN)
        self._pins.append(pin)
        told = said("%(port)s: %(pin)s changes wildly or cannot be read", port=self.name, pin=role)
        watched = WatchedPin(pin, on_change, lambda there: self._on_fault(told, there), active_low=low)
        self._watched.append(watched)
        watched.start()
        return watched

    def _pulse(self) -> None:
        """RS has changed. Of its edges those at which a pulse begins are counted."""
        if self._ring_pin is None or not self._ring_pin.active:
            return
        before = self.rings
        loop = asyncio.get_running_loop()
        self._rang_at = loop.time()
        self._rings.edge(self._ring_pin.edges[-1] if self._ring_pin.edges else loop.time())
        if self._rings.deadline is not None and self._ring_over is None:
            self._ring_over = loop.call_at(self._rings.deadline, self._maybe_over)
        if self.rings != before:
            self._changed()

    def _maybe_over(self) -> None:
        loop = asyncio.get_running_loop()
        self._ring_over = None
        self._rings.due(loop.time())
        if self._rings.deadline is not None:
            self._ring_over = loop.call_at(self._rings.deadline, self._maybe_over)
        else:
            self._changed()

    def _worked(self) -> None:
        if self._refused:
            self._on_fault(self._refused, False)
            self._refused = ""

    def _settle(self) -> None:
        self._settled = None
        self._changed()

    def _changed(self) -> None:
        for watcher in list(self._terminal_watchers):
            watcher()
