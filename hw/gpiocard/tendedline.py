"""One line of the card, looked after: its pins taken, its sound heard, and both tried again where they fail."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from hw.gpio import GpioError, with_mend
from hw.gpiocard.daa import DaaWires
from hw.gpiocard.hearing_protocol import SelfHeard
from hw.gpiocard.pinmap import BoardLine, SlicPins
from hw.gpiocard.ports import GpioFxoPort, GpioFxsPort, LineHearing
from hw.gpiocard.ringer import Ringer
from hw.gpiocard.ringturns import RingTurns
from hw.gpiocard.slic import SlicWires
from hw.gpiocard.sound import CodecSound
from hw.port.wires import Battery
from hw.said import in_a_row, said, told_by
from hw.tones.toneplan import TonePlan

WHAT_IT_HEARS = {
    SelfHeard.NOTHING: said("does not hear what it sends: is its codec wired to its chip, and not muted in alsamixer?"),
    SelfHeard.NOISE: said("hears only noise: the codec's driver does not fit this kernel, or its clock is not wired"),
}
"""What is said of a line behind its name."""

PINS_AGAIN_S = 30.0
HEAR_AGAIN_S, HEAR_SELDOM_S = 30.0, 480.0
"""A line that does not hear itself is tried again after the first of these, and then half as often each time: a line of
the exchange is seized for that."""
BEHIND_CALL_S = 1.5
"""A telephone is heard so long after it was hung up: a chip that has switched itself off looks the same."""
COOL_S = 30.0
"""So long a chip is switched off that has switched itself off, as it does when it is too hot."""


class TendedLine:
    """A line: its port, and what is wrong with it. on_fault: told in words for people, with False when it is over."""

    def __init__(
        self,
        line: BoardLine,
        plan: TonePlan,
        sound: CodecSound,
        ringer: Ringer,
        turns: RingTurns,
        on_fault: Callable[[str, bool], None],
    ) -> None:
        self.line = line
        self.sound = sound
        self.pins_fault = ""
        """Why its pins cannot be used; empty where they can."""
        self.sound_fault = ""
        """What is wrong with its sound though its codec works; empty where nothing is."""
        self._on_fault = on_fault
        self._wires: SlicWires | DaaWires
        self.port: GpioFxoPort | GpioFxsPort
        """What people's calls go through."""
        self._slic: SlicWires | None = None
        if isinstance(line.pins, SlicPins):
            self._wires = self._slic = SlicWires(line.port, line.pins, ringer, plan.ring_hz, on_fault)
            self.port = GpioFxsPort(self._slic, plan, self._judge, turns)
        else:
            hearing = LineHearing(self._judge)
            self._wires = daa = DaaWires(line.port, line.pins, on_fault, lambda: hearing.works)
            self.port = GpioFxoPort(daa, plan, hearing)
        sound.lines[line.side] = self.port
        self._open_at = 0.0
        self._hear_at: float | None = 0.0  # When it is to hear itself; None: no need.
        self._cooled_at: float | None = None
        self._was_off_hook = False
        self._was_healthy = False
        self._sound_worked = False
        self._patience_s = HEAR_AGAIN_S
        self._hot = False  # Its chip was switched off to cool, and has not heard itself since.

    @property
    def healthy(self) -> bool:
        """Its pins work, and it has heard itself."""
        hearing = self.port.hearing
        return self._wires.there and hearing.works and hearing.heard is SelfHeard.ITSELF

    @property
    def told(self) -> str:
        """What is wrong with it, in words for people; empty where nothing is, or where it has not been heard yet."""
        return self.pins_fault or (self.sound.why if not self.sound.works else self.sound_fault)

    @property
    def settled(self) -> bool:
        """At the start there is nothing to wait for any more."""
        waits = isinstance(self.port, GpioFxoPort)  # For the line to have been quiet for some seconds.
        return waits or not self._wires.there or not self.sound.works or self.port.hearing.heard is not None

    def open(self) -> None:
        """Take the pins. Where that fails it is told, and tried again in 30 s."""
        fault = ""
        try:
            self._wires.open()
        except GpioError as error:
            told = said("%(port)s: %(why)s", port=self.line.port, why=told_by(error))
            fault = with_mend(told, error)
            self._open_at = asyncio.get_running_loop().time() + PINS_AGAIN_S
        self.pins_fault = self._tell(self.pins_fault, fault)

    def shut(self) -> None:
        """Give the pins back. The port must have been stopped."""
        self._wires.shut()

    def look(self) -> None:
        """Do what is due, a few times a second."""
        now = asyncio.get_running_loop().time()
        if not self._wires.there:
            if now >= self._open_at:
                self.open()
        elif self._cooled_at is not None:
            if now >= self._cooled_at:
                self._warm(now)
        elif self._hear_due(now):
            self.port.begin_try()

    def _hear_due(self, now: float) -> bool:
        off_hook, before = self.port.off_hook, self._was_off_hook
        self._was_off_hook = off_hook
        if self._slic is not None and before and not off_hook:
            self._hear_at = now + BEHIND_CALL_S
        worked, self._sound_worked = self._sound_worked, self.sound.works
        if self.port.hearing.doubted and (self._hear_at is None or not worked):
            self._hear_at, self._patience_s = now, HEAR_AGAIN_S
        return self._hear_at is not None and now >= self._hear_at and self.sound.works and self.port.may_try

    def _tell(self, before: str, fault: str) -> str:
        """Tell a fault in place of the one before, where it is another one; its text."""
        if fault != before:
            if before:
                self._on_fault(before, False)
            if fault:
                self._on_fault(fault, True)
        return fault

    def _warm(self, now: float) -> None:
        """Switch the chip on again, and have it hear itself."""
        self._cooled_at = None
        self._hear_at = now + BEHIND_CALL_S
        if self._slic is not None:
            self._slic.feed(Battery.NORMAL)

    def _judge(self, heard: SelfHeard) -> None:
        now = asyncio.get_running_loop().time()
        knew, self._was_healthy = self._was_healthy, heard is SelfHeard.ITSELF
        fault = ""
        if heard is SelfHeard.ITSELF:
            self._hear_at, self._patience_s = None, HEAR_AGAIN_S
            self.sound.recovered()
        else:
            self._hear_at, self._patience_s = now + self._patience_s, min(2 * self._patience_s, HEAR_SELDOM_S)
            fault = in_a_row(self.line.port, WHAT_IT_HEARS[heard])
            if self._slic is not None and heard is SelfHeard.NOTHING and (knew or self._hot):
                fault = said(
                    "the chip of %(port)s has switched itself off, maybe as it is too hot", port=self.line.port
                )
                self._cooled_at = now + COOL_S
                self._slic.feed(Battery.OPEN)
        self._hot = self._cooled_at is not None
        self.sound_fault = self._tell(self.sound_fault, fault)
        if isinstance(self.port, GpioFxoPort):
            self.port.why = self.sound_fault
            self.port.daa.look()
