"""An LED that tells something by how it blinks, and its driver for a Raspberry Pi's GPIO pin."""

from __future__ import annotations

from enum import Enum
from typing import Protocol

from hw.gpio import GpioError
from hw.panel.blinking import BlinkingPin
from hw.said import said, told_by


class LedPattern(Enum):
    """How an LED blinks: seconds lit, dark, lit, … over and over. One time alone: it is lit all the time."""

    OFF = ()
    ON = (1.0,)
    SLOW = (1.0, 1.0)
    FAST = (0.15, 0.15)
    DOUBLE = (0.15, 0.15, 0.15, 1.05)


class Led(Protocol):
    """An LED that is dark, lit, or blinks."""

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

    active_low: the LED hangs between supply and pin, and is lit while the pin is low.
    """

    def __init__(self, pin: int, active_low: bool = False) -> None:
        try:
            self._pin = BlinkingPin(pin, active_low)
        except GpioError as error:
            raise LedError(said("no LED: %(why)s", why=told_by(error))) from error
        self._pattern = LedPattern.OFF

    @property
    def pattern(self) -> LedPattern:
        return self._pattern

    def show(self, pattern: LedPattern) -> None:
        if pattern is self._pattern and not self._pin.failed:
            return
        try:
            self._pin.play(pattern.value)
        except GpioError as error:
            raise LedError(said("the LED cannot be switched: %(why)s", why=told_by(error))) from error
        self._pattern = pattern

    def close(self) -> None:
        self._pin.close()
