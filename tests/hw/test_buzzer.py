"""The buzzer on a pin, and an LED that is lit all the time."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from types import SimpleNamespace
from unittest import mock

import pytest

from hw.panel.buzzer import Beeps, BuzzerError, GpioBuzzer
from hw.panel.led import GpioLed, LedPattern


class BuzzedPins(SimpleNamespace):
    """RPi.GPIO. told: every level that a pin was given. rested: set when a pin was made low so many times."""

    BCM, OUT = "BCM", "OUT"

    def __init__(self) -> None:
        super().__init__(told=[], rest_after=0, rested=threading.Event(), broken=False)

    def setmode(self, _numbering: str) -> None: ...

    def setup(self, _pin: int, _direction: str, *, initial: bool) -> None:
        if self.broken:
            raise RuntimeError("GPIO busy")

    def output(self, _pin: int, high: bool) -> None:
        if self.broken:
            raise RuntimeError("GPIO not allocated")
        self.told.append(high)
        if self.told.count(False) == self.rest_after:
            self.rested.set()

    def cleanup(self, _pin: int) -> None: ...


@pytest.fixture
def pins() -> Iterator[BuzzedPins]:
    there = BuzzedPins()
    with mock.patch.dict(sys.modules, {"RPi": SimpleNamespace(GPIO=there), "RPi.GPIO": there}):
        yield there


@pytest.mark.real_time
async def test_what_is_told_once_is_over_by_itself(pins: BuzzedPins) -> None:
    buzzer = GpioBuzzer(18)
    pins.rest_after = 3
    buzzer.sound(Beeps.FAULT)
    assert buzzer.beeps is None
    assert pins.rested.wait(5)
    buzzer.close()
    assert pins.told[:6] == [True, False] * 3


@pytest.mark.real_time
async def test_ringing_goes_on_until_it_is_told_to_be_silent(pins: BuzzedPins) -> None:
    buzzer = GpioBuzzer(18)
    pins.rest_after = 1
    buzzer.sound(Beeps.RINGING)
    assert buzzer.beeps is Beeps.RINGING
    assert pins.rested.wait(5)
    buzzer.sound(None)
    assert (buzzer.beeps, pins.told[-1]) == (None, False)


def test_a_pin_that_cannot_be_used_is_told(pins: BuzzedPins) -> None:
    buzzer = GpioBuzzer(18)
    pins.broken = True
    with pytest.raises(BuzzerError, match="the buzzer cannot be switched: GPIO 18"):
        buzzer.sound(Beeps.RINGING)
    assert buzzer.beeps is None
    with pytest.raises(BuzzerError, match="no buzzer: GPIO 19 cannot be used"):
        GpioBuzzer(19)


def test_an_led_can_be_lit_without_blinking(pins: BuzzedPins) -> None:
    led = GpioLed(17)
    led.show(LedPattern.ON)
    assert pins.told == [True]
    assert not [thread for thread in threading.enumerate() if thread.name == "blinking LED"]
