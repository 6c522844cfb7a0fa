"""An LED, and its driver for a Raspberry Pi's GPIO pin."""

from __future__ import annotations

from contextlib import suppress
from typing import Protocol

from hw.gpio import GpioError, OutputPin


class Led(Protocol):
    """An LED that is lit or dark."""

    @property
    def lit(self) -> bool: ...

    def set(self, lit: bool) -> None:
        """Light it, or make it dark. LedError where that cannot be done."""

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
            self._pin = OutputPin(pin, high=active_low)
        except GpioError as error:
            raise LedError(f"no LED: {error}") from error
        self._active_low = active_low
        self._lit = False

    @property
    def lit(self) -> bool:
        return self._lit

    def set(self, lit: bool) -> None:
        self._lit = lit
        try:
            self._pin.drive(high=lit != self._active_low)
        except GpioError as error:
            raise LedError(f"the LED cannot be switched: {error}") from error

    def close(self) -> None:
        with suppress(LedError):
            self.set(False)
        self._pin.close()
