"""Simulated pins of a Raspberry Pi: an object with the interface of the module RPi.GPIO, and the chips' side of it.

It obeys the library's rules: a pin is set up before it is driven or read, only an input has edges, a pin that another
program holds is busy, and callbacks come from whoever changes the level. A pin that nobody drives has the level of the
resistor on it: the processor's own, or the board's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import ModuleType
from unittest import mock

PINS = range(28)


class SimPins(ModuleType):
    """The module. busy: pins that another program holds. broken: pins that fail whatever is done, and how. kept: pins
    that cannot be given back."""

    BCM, BOARD = 11, 10
    OUT, IN = 0, 1
    LOW, HIGH = 0, 1
    PUD_OFF, PUD_DOWN, PUD_UP = 20, 21, 22
    RISING, FALLING, BOTH = 31, 32, 33

    def __init__(self) -> None:
        super().__init__("RPi.GPIO")
        self.busy: set[int] = set()
        self.broken: dict[int, str] = {}
        self.kept: set[int] = set()
        self._outputs: dict[int, bool] = {}
        self._inputs: dict[int, int] = {}
        self._driven: dict[int, bool] = {}
        self._resistors: dict[int, bool] = {}
        self._edges: dict[int, Callable[[int], None]] = {}
        self._chips: dict[int, list[Callable[[], None]]] = {}

    def setmode(self, mode: int) -> None:
        if mode != self.BCM:
            raise ValueError("only Broadcom's numbers are simulated")

    def setup(self, channel: int, direction: int, pull_up_down: int = PUD_OFF, initial: int = -1) -> None:
        self._must_work(channel)
        if channel not in PINS:
            raise ValueError("The channel sent is invalid on a Raspberry Pi")
        if channel in self.busy:
            raise RuntimeError("'GPIO busy'")
        before = self.level(channel)
        if direction == self.OUT:
            self._inputs.pop(channel, None)
            self._outputs[channel] = bool(initial) if initial >= 0 else before
        else:
            self._outputs.pop(channel, None)
            self._inputs[channel] = pull_up_down
        self._changed(channel, before)

    def output(self, channel: int, level: int) -> None:
        self._must_work(channel)
        if channel not in self._outputs:
            raise RuntimeError("The GPIO channel has not been set up as an OUTPUT")
        before = self.level(channel)
        self._outputs[channel] = bool(level)
        self._changed(channel, before)

    def input(self, channel: int) -> int:
        self._must_work(channel)
        if channel not in self._inputs and channel not in self._outputs:
            raise RuntimeError("You must setup() the GPIO channel first")
        return int(self.level(channel))

    def add_event_detect(self, channel: int, edge: int, callback: Callable[[int], None]) -> None:
        self._must_work(channel)
        if channel not in self._inputs:
            raise RuntimeError("You must setup() the GPIO channel as an input first")
        if channel in self._edges or edge != self.BOTH:
            raise RuntimeError("Conflicting edge detection already enabled for this GPIO channel")
        self._edges[channel] = callback

    def remove_event_detect(self, channel: int) -> None:
        self._edges.pop(channel, None)

    def cleanup(self, channel: int) -> None:
        if channel in self.kept:
            raise RuntimeError("unable to free the GPIO")
        before = self.level(channel)
        self._outputs.pop(channel, None)
        self._inputs.pop(channel, None)
        self._edges.pop(channel, None)
        self._changed(channel, before)

    def level(self, channel: int) -> bool:
        """The level of a pin: what we drive, or the chip on it, or else the resistor on it."""
        if channel in self._outputs:
            return self._outputs[channel]
        if channel in self._driven:
            return self._driven[channel]
        return self._inputs.get(channel) == self.PUD_UP or self._resistors.get(channel, False)

    def drives_high(self, channel: int) -> bool:
        """We drive this pin high, as is never done to an open drain."""
        return self._outputs.get(channel, False)

    @property
    def in_use(self) -> set[int]:
        """The pins that are set up."""
        return {*self._outputs, *self._inputs}

    def wire(self, channel: int, changed: Callable[[], None], *, resistor: bool) -> None:
        """A chip's input hangs on this pin, with a resistor to the supply (True) or to ground."""
        self._resistors[channel] = resistor
        self._chips.setdefault(channel, []).append(changed)

    def drive(self, channel: int, high: bool) -> None:
        """A chip's output drives this pin."""
        before = self.level(channel)
        self._driven[channel] = high
        self._changed(channel, before)

    @contextmanager
    def installed(self) -> Iterator[None]:
        """Meanwhile `import RPi.GPIO` gives these pins."""
        package = ModuleType("RPi")
        with mock.patch.dict("sys.modules", {"RPi": package, "RPi.GPIO": self}):
            yield

    def _must_work(self, channel: int) -> None:
        if channel in self.broken:
            raise RuntimeError(self.broken[channel])

    def _changed(self, channel: int, before: bool) -> None:
        if self.level(channel) == before:
            return
        for changed in self._chips.get(channel, ()):
            changed()
        if channel in self._edges:
            self._edges[channel](channel)
