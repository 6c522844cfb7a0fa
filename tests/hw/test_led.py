"""The lamp on a pin, with a stand-in for RPi.GPIO that remembers its pins as the library does."""

from __future__ import annotations

import sys
import threading
from types import SimpleNamespace
from unittest import mock

import pytest

from hw.panel.led import GpioLed, LedError, LedPattern


class Pins(SimpleNamespace):
    """RPi.GPIO. high: the pins set up, and whether they are high."""

    BCM, OUT = "BCM", "OUT"

    def __init__(self) -> None:
        super().__init__(high={}, numbering="")

    def setmode(self, numbering: str) -> None:
        self.numbering = numbering

    def setup(self, pin: int, _direction: str, *, initial: bool) -> None:
        if pin > 27:
            raise ValueError("The channel sent is invalid on a Raspberry Pi")
        self.high[pin] = initial

    def output(self, pin: int, high: bool) -> None:
        if pin not in self.high:
            raise RuntimeError("The GPIO channel has not been set up as an OUTPUT")
        self.high[pin] = high

    def cleanup(self, pin: int) -> None:
        del self.high[pin]


@pytest.fixture
def pins():
    there = Pins()
    with mock.patch.dict(sys.modules, {"RPi": SimpleNamespace(GPIO=there), "RPi.GPIO": there}):
        yield there


@pytest.mark.parametrize("active_low", [False, True])
def test_it_is_dark_at_first_lit_and_dark_again_and_gives_its_pin_back(pins, active_low):
    led = GpioLed(17, active_low)
    assert (led.pattern, pins.high, pins.numbering) == (LedPattern.OFF, {17: active_low}, "BCM")
    led.show(LedPattern.SLOW)
    assert (led.pattern, pins.high) == (LedPattern.SLOW, {17: not active_low})
    led.show(LedPattern.OFF)
    assert (led.pattern, pins.high) == (LedPattern.OFF, {17: active_low})
    led.close()
    assert pins.high == {}


def test_a_pin_that_the_machine_does_not_have_is_told(pins):
    with pytest.raises(LedError, match="no LED: GPIO 40 cannot be used: The channel sent is invalid"):
        GpioLed(40)


def test_a_pin_that_was_taken_away_is_told(pins):
    led = GpioLed(17)
    pins.high.clear()
    with pytest.raises(LedError, match="the LED cannot be switched: GPIO 17"):
        led.show(LedPattern.SLOW)
    with pytest.raises(LedError, match="the LED cannot be switched: GPIO 17"):
        led.show(LedPattern.SLOW)
    pins.high[17] = False
    led.show(LedPattern.SLOW)
    assert (led.pattern, pins.high) == (LedPattern.SLOW, {17: True})
    led.close()


def test_it_blinks_by_itself_until_it_is_told_something_else(pins):
    changes: list[bool] = []
    blinked = threading.Event()

    def output(pin: int, high: bool) -> None:
        changes.append(high)
        if len(changes) == 5:
            blinked.set()

    pins.output = output
    led = GpioLed(17)
    led.show(LedPattern.FAST)
    assert blinked.wait(5)
    led.show(LedPattern.OFF)
    assert changes[:6] == [True, False, True, False, True, False]
    seen = len(changes)
    assert not [thread for thread in threading.enumerate() if thread.name == "blinking LED"]
    assert len(changes) == seen


def test_a_pin_that_fails_while_it_blinks_is_told_when_it_is_to_show_something_again(pins):
    led = GpioLed(17)
    led.show(LedPattern.FAST)
    pins.high.clear()
    with pytest.raises(LedError, match="the LED cannot be switched: GPIO 17"):
        led.show(LedPattern.SLOW)


def test_without_the_library_there_is_no_led():
    with mock.patch.dict(sys.modules, {"RPi": None}), pytest.raises(LedError, match="no LED: GPIO 17 cannot be used"):
        GpioLed(17)
