"""One light of the unit, and its driver for a Raspberry Pi's GPIO pin."""

from __future__ import annotations

import importlib
from contextlib import suppress
from typing import Any, Protocol


class Led(Protocol):
    """A light that is lit or dark."""

    @property
    def lit(self) -> bool: ...

    def set(self, lit: bool) -> None:
        """Light it, or make it dark. LedError where that cannot be done."""


class LedError(RuntimeError):
    """This machine has no such light."""


class GpioLed:
    """An LED on a GPIO pin, numbered as Broadcom does. Dark at first. LedError where there is no RPi.GPIO.

    active_low: the LED hangs between supply and pin, and is lit while the pin is low.
    """

    def __init__(self, pin: int, active_low: bool = False) -> None:
        try:
            self._gpio: Any = importlib.import_module("RPi.GPIO")
            self._gpio.setmode(self._gpio.BCM)
            self._gpio.setup(pin, self._gpio.OUT, initial=active_low)
        except Exception as error:  # Each of the libraries behind this name has errors of its own.
            raise LedError(f"no LED on GPIO {pin}: {error}") from error
        self._pin = pin
        self._active_low = active_low
        self._lit = False

    @property
    def lit(self) -> bool:
        return self._lit

    def set(self, lit: bool) -> None:
        self._lit = lit
        try:
            self._gpio.output(self._pin, lit != self._active_low)
        except Exception as error:
            raise LedError(f"the LED on GPIO {self._pin} cannot be switched: {error}") from error

    def close(self) -> None:
        """Make it dark and give the pin back."""
        with suppress(LedError):
            self.set(False)
        self._gpio.cleanup(self._pin)
