"""The pair of wires that a SLIC of the Ag1171 class feeds: see `hw.port.wires.SourceWires`."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

from hw.gpio import GpioError, HeaderPin, InputPin, OpenDrainPin, OutputPin, Pull
from hw.gpiocard.pinmap import SlicPins
from hw.gpiocard.ringer import Ringer, RingLine
from hw.gpiocard.watchedpin import WatchedPin
from hw.port.wires import Battery
from hw.said import Said, said, told_by

P = TypeVar("P", bound=HeaderPin)

WAKE_S = 0.05
"""Behind PD the chip is awake again, and SHK is valid, after so long (Ag1171, data sheet 1.6)."""
RING_SETTLE_S = 0.03
"""Behind ringing SHK is not believed for so long: F/R and RM go back meanwhile."""


class SlicWires:
    """One telephone's chip. Until `open` it has no pins: the telephone has no battery, and is not seen.

    ring_hz: the frequency of its ringing. on_fault: told in words for people what is wrong, and with False when it is
    over.
    """

    def __init__(
        self, name: str, pins: SlicPins, ringer: Ringer, ring_hz: float, on_fault: Callable[[str, bool], None]
    ) -> None:
        self._name = name
        self._numbers = pins
        self._source_watchers: list[Callable[[], None]] = []
        self._on_fault = on_fault
        self._ringer = ringer
        self._ring_hz = ring_hz
        self._pins: list[HeaderPin] = []
        self._hook: WatchedPin | None = None
        self._ring: RingLine | None = None
        self._power_down: OpenDrainPin | None = None
        self._fed = Battery.NORMAL
        self._off = True  # The chip is switched off, or wakes, or has no pins yet.
        self._lifted = False  # The telephone was lifted while it was rung.
        self._break_over: asyncio.TimerHandle | None = None
        self._settled: asyncio.TimerHandle | None = None
        self._faults: dict[str, Said] = {}  # What was told and is not over.

    @property
    def name(self) -> str:
        return self._name

    @property
    def source_watchers(self) -> list[Callable[[], None]]:
        return self._source_watchers

    @property
    def closed(self) -> bool:
        if self.ringing:
            return self._lifted
        return self._hook is not None and self._hook.active

    @property
    def battery(self) -> Battery:
        return Battery.OPEN if self._off else self._fed

    @property
    def there(self) -> bool:
        """Its pins have been taken."""
        return self._ring is not None

    @property
    def ringing(self) -> bool:
        """It is being rung, or was a moment ago."""
        return self._settled is not None or (self._ring is not None and self._ring.wanted)

    def open(self) -> None:
        """Take the pins, and the telephone as it is. GpioError, with no pin taken, where one cannot be used."""
        numbers = self._numbers
        try:
            ring_mode = self._taken(OutputPin(numbers.ring_mode, high=False))
            forward = self._taken(OutputPin(numbers.forward, high=self._fed is not Battery.REVERSED))
            hook = self._taken(InputPin(numbers.hook, Pull.DOWN))
            self._power_down = self._taken(OpenDrainPin(numbers.power_down))
            self._hook = WatchedPin(hook, self._hook_changed, self._chatters)
            self._ring = RingLine(self.name, (forward, ring_mode, hook), self._ring_hz, self._told)
            self._hook.start()
        except GpioError:
            self.shut()
            raise
        self._ringer.add(self._ring)
        self._wake()

    def shut(self) -> None:
        """No ring voltage any more, and give the pins back. Resistors hold RM low then (docs/gpiocard.md)."""
        for timer in (self._break_over, self._settled):
            if timer is not None:
                timer.cancel()
        self._break_over = self._settled = None
        self._off = True
        if self._ring is not None:
            self._ringer.remove(self._ring)
        if self._hook is not None:
            self._hook.stop()
        self._hook = self._ring = self._power_down = None
        while self._pins:
            self._pins.pop().close()

    def feed(self, battery: Battery) -> None:
        before, self._fed = self._fed, battery
        if self._ring is None or self._break_over is not None or (battery is before and not self._off):
            return
        if battery is Battery.OPEN:
            self._switch(off=True)
        elif self._off:
            self._wake()
        else:
            self._polarise()
            self.announce()

    def open_for(self, seconds: float) -> None:
        if self._ring is None:
            return
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        if self._break_over is not None:
            end = max(end, self._break_over.when())
            self._break_over.cancel()
        self._break_over = loop.call_at(end, self._end_break)
        self._switch(off=True)

    def ring(self, on: bool) -> None:
        if self._ring is None or on == self._ring.wanted:
            return
        if self._settled is not None:
            self._settled.cancel()
            self._settled = None
        if on:
            self._lifted = False
            self._ring.failure = None
            self._tell("ring", None)
        else:
            self._settled = asyncio.get_running_loop().call_later(RING_SETTLE_S, self._settle)
        self._ringer.ring(self._ring, on)

    def announce(self) -> None:
        for watcher in list(self._source_watchers):
            watcher()

    def _taken(self, pin: P) -> P:
        self._pins.append(pin)
        return pin

    def _end_break(self) -> None:
        self._break_over = None
        if self._fed is not Battery.OPEN:
            self._wake()

    def _switch(self, *, off: bool) -> None:
        self._off = True
        if self._power_down is not None:
            self._do(self._power_down.pull_low if off else self._power_down.let_go)
        self.announce()

    def _wake(self) -> None:
        """Let go of PD. Until the chip is awake it counts as off, as its SHK tells nothing."""
        self._switch(off=False)
        self._break_over = asyncio.get_running_loop().call_later(WAKE_S, self._awake)

    def _awake(self) -> None:
        self._break_over = None
        if self._fed is Battery.OPEN:
            self._switch(off=True)
            return
        self._off = False
        self._polarise()
        self.announce()

    def _polarise(self) -> None:
        if self._ring is not None:
            ring = self._ring
            self._do(lambda: self._ringer.feed(ring, self._fed is not Battery.REVERSED))

    def _settle(self) -> None:
        self._settled = None
        self.announce()

    def _hook_changed(self) -> None:
        if not self.ringing and not self._off:
            self.announce()

    def _told(self) -> None:
        """The ringer has something to tell."""
        ring = self._ring
        if ring is None:
            return
        if ring.failure is not None:
            why = told_by(ring.failure)
            self._tell("ring", said("%(port)s cannot be rung: %(why)s", port=self.name, why=why))
        if ring.protocol.cut_short:
            self._tell(
                "ring", said("%(port)s was rung for longer than its chip bears: a burst was cut short", port=self.name)
            )
        self._lifted = ring.protocol.tripped
        self.announce()

    def _tell(self, about: str, fault: Said | None) -> None:
        """What is wrong with ringing, or with a pin; None: nothing any more."""
        before = self._faults.pop(about, None)
        if before is not None and before != fault:
            self._on_fault(before, False)
        if fault is not None:
            self._faults[about] = fault
            self._on_fault(fault, True)

    def _chatters(self, chatters: bool) -> None:
        told = said(
            "%(port)s: SHK changes wildly or cannot be read: its telephone is not seen",
            port=self.name,
        )
        self._on_fault(told, chatters)

    def _do(self, act: Callable[[], None]) -> None:
        try:
            act()
        except GpioError as error:
            self._tell("pins", said("%(port)s: %(why)s", port=self.name, why=told_by(error)))
        else:
            self._tell("pins", None)
