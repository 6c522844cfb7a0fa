"""A push button, and its driver for a Raspberry Pi's GPIO pin: it connects the pin to ground."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Protocol

from hw.gpio import GpioError, InputPin, Pull
from hw.panel.button_protocol import ButtonEvent, ButtonProtocol


class ButtonContact(Protocol):
    """What a button moves."""

    @property
    def down(self) -> bool:
        """The button is pressed at this moment. GpioError where that cannot be read."""

    def watch(self, moved: Callable[[], None]) -> None:
        """Call this, in any thread, at every change from now on. GpioError where that cannot be done."""

    def close(self) -> None:
        """Tell no more changes."""


class Button:
    """Tells what its contact means, on the running loop. GpioError where the contact cannot be read or watched.

    At every deadline the contact is read anew: a change that nobody was told of is noticed before it counts as held.
    """

    def __init__(self, contact: ButtonContact, on_event: Callable[[ButtonEvent], None]) -> None:
        self.contact = contact
        self._on_event = on_event
        self._loop = asyncio.get_running_loop()
        self._protocol = ButtonProtocol(contact.down)
        self._timer: asyncio.TimerHandle | None = None
        self._closed = False
        contact.watch(self._moved)

    @property
    def pressed(self) -> bool:
        """Whether it is pressed now, bounces left out."""
        return self._protocol.down

    def close(self) -> None:
        """Tell nothing more."""
        self._closed = True
        self._forget()
        self.contact.close()

    def _moved(self) -> None:
        self._loop.call_soon_threadsafe(self._look)

    def _look(self) -> None:
        if self._closed:
            return
        self._forget()
        now = self._loop.time()
        with suppress(GpioError):  # It may be readable again at the next change.
            for event in [*self._protocol.contact(self.contact.down, now), *self._protocol.due(now)]:
                self._on_event(event)
            if self._protocol.deadline is not None:
                self._timer = self._loop.call_at(self._protocol.deadline, self._look)

    def _forget(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


class GpioContact:
    """A button between a GPIO pin, numbered as Broadcom does, and ground. GpioError where there is no such pin."""

    def __init__(self, pin: int) -> None:
        self._pin = InputPin(pin, Pull.UP)

    @property
    def down(self) -> bool:
        return not self._pin.high

    def watch(self, moved: Callable[[], None]) -> None:
        self._pin.watch(moved)

    def close(self) -> None:
        self._pin.close()
