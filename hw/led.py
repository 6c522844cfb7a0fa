"""An LED that tells something by how it blinks, and its driver for a Raspberry Pi's GPIO pin."""

from __future__ import annotations

import threading
from contextlib import suppress
from enum import Enum
from itertools import cycle
from typing import Protocol

from hw.gpio import GpioError, OutputPin
from hw.said import said, told_by


class LedPattern(Enum):
    """How an LED blinks: seconds lit, dark, lit, … over and over."""

    OFF = ()
    SLOW = (1.0, 1.0)
    FAST = (0.15, 0.15)
    DOUBLE = (0.15, 0.15, 0.15, 1.05)


class Led(Protocol):
    """An LED that is dark or blinks."""

    @property
    def pattern(self) -> LedPattern:
        """What it shows."""

    def show(self, pattern: LedPattern) -> None:
        """Show this from now on. LedError where that cannot be done."""

    def close(self) -> None:
        """Make it dark and give back what it takes to light it."""


class LedError(RuntimeError):
    """This machine has no such LED, or it cannot be switched."""


class GpioLed:
    """An LED on a GPIO pin, numbered as Broadcom does. Dark at first. LedError where there is no RPi.GPIO.

    A thread of its own blinks it: the event loop is not woken for that, and what it is busy with does not show.
    active_low: the LED hangs between supply and pin, and is lit while the pin is low.
    """

    def __init__(self, pin: int, active_low: bool = False) -> None:
        try:
            self._pin = OutputPin(pin, high=active_low)
        except GpioError as error:
            raise LedError(said("no LED: %(why)s", why=told_by(error))) from error
        self._active_low = active_low
        self._pattern = LedPattern.OFF
        self._blinking: threading.Thread | None = None
        self._enough = threading.Event()

    @property
    def pattern(self) -> LedPattern:
        return self._pattern

    def show(self, pattern: LedPattern) -> None:
        if pattern is self._pattern and (self._blinking is None or self._blinking.is_alive()):
            return
        self._stop()
        self._pattern = pattern
        try:
            self._light(bool(pattern.value))
        except GpioError as error:
            raise LedError(said("the LED cannot be switched: %(why)s", why=told_by(error))) from error
        if pattern.value:
            self._enough = threading.Event()
            self._blinking = threading.Thread(
                target=self._blink, args=(pattern, self._enough), name="blinking LED", daemon=True
            )
            self._blinking.start()

    def close(self) -> None:
        self._stop()
        with suppress(GpioError):
            self._light(False)
        self._pin.close()

    def _light(self, lit: bool) -> None:
        self._pin.drive(high=lit != self._active_low)

    def _stop(self) -> None:
        self._enough.set()
        if self._blinking is not None:
            self._blinking.join()
            self._blinking = None

    def _blink(self, pattern: LedPattern, enough: threading.Event) -> None:
        """Go on blinking an LED that has just been lit. A pin that fails ends it; `show` begins again, and tells."""
        lit = True
        with suppress(GpioError):
            for seconds in cycle(pattern.value):
                if enough.wait(seconds):
                    return
                lit = not lit
                self._light(lit)
