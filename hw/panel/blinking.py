"""A pin that goes on and off by itself: an LED that blinks, a buzzer that beeps."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from contextlib import suppress
from itertools import chain, cycle

from hw.gpio import GpioError, OutputPin


class BlinkingPin:
    """A GPIO pin, numbered as Broadcom does. Off at first. GpioError where there is no RPi.GPIO, or no such pin.

    A thread of its own switches it: the event loop is not woken for that, and what it is busy with does not show.
    active_low: what hangs on the pin is on while the pin is low.
    """

    def __init__(self, pin: int, active_low: bool = False) -> None:
        self._pin = OutputPin(pin, high=active_low)
        self._active_low = active_low
        self._thread: threading.Thread | None = None
        self._enough = threading.Event()

    @property
    def failed(self) -> bool:
        """Whether the pin could not be switched while it was to go on and off."""
        return self._thread is not None and not self._thread.is_alive() and not self._enough.is_set()

    def play(self, seconds: Sequence[float], *, over_and_over: bool = True) -> None:
        """On, off, on, … for so many seconds each, from now on. None: off; one alone: on. GpioError where that fails.

        over_and_over: or else once, and then off.
        """
        self._stop()
        self._switch(bool(seconds))
        if len(seconds) > 1:
            self._enough = threading.Event()
            steps: Iterable[float] = cycle(seconds) if over_and_over else chain(seconds)
            self._thread = threading.Thread(
                target=self._go_on, args=(steps, self._enough), name="blinking LED", daemon=True
            )
            self._thread.start()

    def close(self) -> None:
        self._stop()
        with suppress(GpioError):
            self._switch(False)
        self._pin.close()

    def _switch(self, on: bool) -> None:
        self._pin.drive(high=on != self._active_low)

    def _stop(self) -> None:
        self._enough.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _go_on(self, steps: Iterable[float], enough: threading.Event) -> None:
        """Go on switching what has just been switched on. A pin that fails ends it, and is told at the next `play`."""
        on = True
        with suppress(GpioError):
            for seconds in steps:
                if enough.wait(seconds):
                    return
                on = not on
                self._switch(on)
            enough.set()
