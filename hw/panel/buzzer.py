"""A buzzer that tells something by how it beeps, and its driver for a Raspberry Pi's GPIO pin.

It is one that sounds by itself as soon as it has current, such as those for 3.3 to 5 V behind a transistor.
"""

from __future__ import annotations

from enum import Enum
from typing import Protocol

from hw.gpio import GpioError
from hw.panel.blinking import BlinkingPin
from hw.said import said, told_by


class Beeps(Enum):
    """What a buzzer tells: seconds on, off, on, …; whether it goes on until it is told to stop."""

    RINGING = ((0.4, 0.2, 0.4, 2.0), True)
    """A telephone rings at the desk."""
    FAULT = ((0.1, 0.1, 0.1, 0.1, 0.1, 0.1), False)
    """Something is wrong since now."""
    DONE = ((0.15, 0.1), False)
    """What a button was pressed for is done."""
    HELD = ((1.0, 0.1), False)
    """A button was held for long enough."""

    def __init__(self, seconds: tuple[float, ...], goes_on: bool) -> None:
        self.seconds = seconds
        self.goes_on = goes_on


class Buzzer(Protocol):
    """A buzzer that is silent or beeps."""

    @property
    def beeps(self) -> Beeps | None:
        """What it goes on telling; None for nothing."""

    def sound(self, beeps: Beeps | None) -> None:
        """Tell this from now on, or once; None: be silent. BuzzerError where that cannot be done."""

    def close(self) -> None:
        """Be silent and give back what it takes to sound."""


class BuzzerError(RuntimeError):
    """This machine has no such buzzer, or it cannot be switched."""


class GpioBuzzer:
    """A buzzer on a GPIO pin, numbered as Broadcom does. Silent at first. BuzzerError where there is no RPi.GPIO."""

    def __init__(self, pin: int) -> None:
        try:
            self._pin = BlinkingPin(pin)
        except GpioError as error:
            raise BuzzerError(said("no buzzer: %(why)s", why=told_by(error))) from error
        self._beeps: Beeps | None = None

    @property
    def beeps(self) -> Beeps | None:
        return self._beeps

    def sound(self, beeps: Beeps | None) -> None:
        self._beeps = None
        try:
            if beeps is None:
                self._pin.play(())
            else:
                self._pin.play(beeps.seconds, over_and_over=beeps.goes_on)
        except GpioError as error:
            raise BuzzerError(said("the buzzer cannot be switched: %(why)s", why=told_by(error))) from error
        self._beeps = beeps if beeps is not None and beeps.goes_on else None

    def close(self) -> None:
        self._pin.close()
