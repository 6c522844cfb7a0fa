"""The pins of a Raspberry Pi, by Broadcom numbers. The one module that imports RPi.GPIO.

On a Raspberry Pi 5 the package rpi-lgpio provides a module of that name.
"""

from __future__ import annotations

import importlib
from typing import Any

from hw.said import said, told_by


class GpioError(RuntimeError):
    """This machine has no such pin, or it cannot be used."""


class OutputPin:
    """A pin that is driven high or low. GpioError where there is no RPi.GPIO, or no such pin."""

    def __init__(self, number: int, *, high: bool) -> None:
        self._number = number
        try:
            self._gpio: Any = importlib.import_module("RPi.GPIO")
            self._gpio.setmode(self._gpio.BCM)
            self._gpio.setup(number, self._gpio.OUT, initial=high)
        except Exception as error:  # Each of the libraries behind this name has errors of its own.
            raise GpioError(said("GPIO %(pin)s cannot be used: %(why)s", pin=number, why=told_by(error))) from error

    def drive(self, *, high: bool) -> None:
        """Drive the pin high or low. GpioError where that fails."""
        try:
            self._gpio.output(self._number, high)
        except Exception as error:
            raise GpioError(
                said("GPIO %(pin)s cannot be switched: %(why)s", pin=self._number, why=told_by(error))
            ) from error

    def close(self) -> None:
        """Give the pin back."""
        self._gpio.cleanup(self._number)
