"""The pins of a Raspberry Pi, by Broadcom numbers. The one module that imports RPi.GPIO.

On a Raspberry Pi 5 the package rpi-lgpio provides a module of that name. Its library makes a named pipe in the current
folder as soon as it is imported, and fails where it may not write there; LG_WD tells it another folder.
"""

from __future__ import annotations

import importlib
import logging
import os
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from enum import Enum
from pathlib import Path
from typing import Any

from hw.said import Said, in_a_row, said, told_by

log = logging.getLogger(__name__)

RPI_LGPIO = said("remove the Python package RPi.GPIO (python3-rpi.gpio) and install rpi-lgpio in its place")
IN_GROUP = said("let the unit's user into the group gpio")

MENDS = {
    "peripheral base address": RPI_LGPIO,
    "Failed to add edge detection": RPI_LGPIO,
    "No module named": said("install rpi-lgpio (pip install copperdesk[pi])"),
    "GPIO busy": said("another program, or 1-Wire, uses this pin: choose another one, or stop that"),
    "can only be run on a Raspberry Pi": said("pins are there on a Raspberry Pi only"),
    "can not open gpiochip": IN_GROUP,
    "No access to /dev/mem": IN_GROUP,
}
"""What helps, by words of the libraries' errors. RPi.GPIO knows neither the Raspberry Pi 5 nor, since kernel 6.6, any
edge: rpi-lgpio takes its place."""


MODEL_FILE = Path("/proc/device-tree/model")
WITHOUT_RPI_GPIO = ("Raspberry Pi 5", "Raspberry Pi 500", "Compute Module 5")
"""Models whose pins RPi.GPIO does not know: they hang on another chip."""


class GpioError(RuntimeError):
    """This machine has no such pin, or it cannot be used. mend: what helps, for people; empty where nobody knows."""

    def __init__(self, what: Said, cause: object) -> None:
        super().__init__(what)
        self.mend = next((mend for words, mend in MENDS.items() if words in str(cause)), "")


def with_mend(told: str, cause: BaseException | None) -> str:
    """What is told of an error, and behind it what helps, where its cause is one of a pin for which that is known."""
    mend = cause.mend if isinstance(cause, GpioError) else ""
    return in_a_row(told, mend, by=": ") if mend else told


class Pull(Enum):
    """The resistor in the processor that holds an input where nothing drives it."""

    NONE = "PUD_OFF"
    UP = "PUD_UP"
    DOWN = "PUD_DOWN"


class HeaderPin:
    """One pin, whatever it is used for. GpioError where there is no RPi.GPIO."""

    def __init__(self, number: int) -> None:
        self.number = number
        try:
            self._gpio: Any = _library()
        except Exception as error:  # Each of the libraries behind this name has errors of its own.
            why = said("GPIO %(pin)s cannot be used: %(why)s", pin=number, why=told_by(error))
            raise GpioError(why, error) from error

    def close(self) -> None:
        """Give the pin back. It drives nothing then. One that cannot be given back is logged: others are to be."""
        try:
            self._gpio.cleanup(self.number)
        except Exception as error:
            log.warning("GPIO %s cannot be given back: %s", self.number, error)

    def _set_up(self, direction: str, **options: Any) -> None:
        try:
            self._gpio.setup(self.number, getattr(self._gpio, direction), **options)
        except Exception as error:
            why = said("GPIO %(pin)s cannot be used: %(why)s", pin=self.number, why=told_by(error))
            raise GpioError(why, error) from error


class OutputPin(HeaderPin):
    """A pin that is driven high or low. GpioError where there is no RPi.GPIO, or no such pin."""

    def __init__(self, number: int, *, high: bool) -> None:
        super().__init__(number)
        self._set_up("OUT", initial=high)

    def drive(self, *, high: bool) -> None:
        """Drive the pin high or low. GpioError where that fails."""
        try:
            self._gpio.output(self.number, high)
        except Exception as error:
            why = said("GPIO %(pin)s cannot be switched: %(why)s", pin=self.number, why=told_by(error))
            raise GpioError(why, error) from error


class OpenDrainPin(HeaderPin):
    """A pin that pulls low or lets go, and never drives high. At first it lets go."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.let_go()

    def let_go(self) -> None:
        """Drive nothing. GpioError where that fails."""
        self._set_up("IN", pull_up_down=self._gpio.PUD_OFF)

    def pull_low(self) -> None:
        """Drive the pin low. GpioError where that fails."""
        self._set_up("OUT", initial=self._gpio.LOW)


class InputPin(HeaderPin):
    """A pin that is read. GpioError where there is no RPi.GPIO, or no such pin."""

    def __init__(self, number: int, pull: Pull = Pull.NONE) -> None:
        super().__init__(number)
        self._watched = False
        self._set_up("IN", pull_up_down=getattr(self._gpio, pull.value))

    @property
    def high(self) -> bool:
        """The level now. GpioError where it cannot be read."""
        try:
            return bool(self._gpio.input(self.number))
        except Exception as error:
            why = said("GPIO %(pin)s cannot be read: %(why)s", pin=self.number, why=told_by(error))
            raise GpioError(why, error) from error

    def watch(self, changed: Callable[[], None]) -> None:
        """Call this at every edge, in a thread of the library's, from now until `unwatch`. GpioError as above.

        A call tells only that there was an edge. The level may have changed again by then, so read it.
        """
        try:
            self._gpio.add_event_detect(self.number, self._gpio.BOTH, callback=lambda _number: changed())
        except Exception as error:
            why = said("GPIO %(pin)s cannot be watched: %(why)s", pin=self.number, why=told_by(error))
            raise GpioError(why, error) from error
        self._watched = True

    def unwatch(self) -> None:
        """Tell no more edges. Harmless where none are told."""
        if self._watched:
            self._watched = False
            with suppress(Exception):  # A pin that is gone has no edges to stop.
                self._gpio.remove_event_detect(self.number)

    def close(self) -> None:
        self.unwatch()
        super().close()


def library_error(model_file: Path = MODEL_FILE) -> GpioError | None:
    """What keeps every pin of this machine from being used; None where nothing does. No pin is touched."""
    try:
        _library()
    except Exception as error:
        return GpioError(said("no pin can be used: %(why)s", why=told_by(error)), error)
    try:
        model = model_file.read_text().rstrip("\0")
    except OSError:
        return None
    if model.startswith(WITHOUT_RPI_GPIO) and "lgpio" not in sys.modules:
        why = said("no pin of a %(model)s can be used by RPi.GPIO", model=model)
        return GpioError(why, "Cannot determine SOC peripheral base address")
    return None


def _library() -> Any:
    os.environ.setdefault("LG_WD", os.environ.get("RUNTIME_DIRECTORY", tempfile.gettempdir()))
    gpio = importlib.import_module("RPi.GPIO")
    gpio.setmode(gpio.BCM)
    return gpio
