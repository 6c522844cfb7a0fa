"""Buttons, lamp and buzzer on the simulated pins of a Raspberry Pi: what passes through the door to the pins."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from hw.gpio import GpioError
from hw.panel.button import Button, GpioContact
from hw.panel.button_protocol import ButtonEvent, ButtonHeld, ButtonPressed
from hw.panel.led import GpioLed, LedPattern
from hw.sim.pins import SimPins

PRESSED, LET_GO = False, True
"""The level of the pin: a button pulls it to ground."""


@pytest.fixture
def pins() -> Iterator[SimPins]:
    there = SimPins()
    with there.installed():
        yield there


async def test_a_button_to_ground_bounces_is_pressed_and_gives_its_pin_back(pins: SimPins) -> None:
    events = list[ButtonEvent]()
    button = Button(GpioContact(4), events.append)
    for level in (PRESSED, LET_GO, PRESSED):
        pins.drive(4, level)
        await asyncio.sleep(0.005)
    await asyncio.sleep(0.5)
    assert (button.pressed, events) == (True, [])
    pins.drive(4, LET_GO)
    await asyncio.sleep(0.1)
    assert events == [ButtonPressed(pytest.approx(0.505, abs=0.001))]
    button.close()
    assert pins.in_use == set()


async def test_a_pin_that_fails_while_it_is_pressed_ends_nothing(pins: SimPins) -> None:
    events = list[ButtonEvent]()
    button = Button(GpioContact(4), events.append)
    pins.drive(4, PRESSED)
    await asyncio.sleep(1)
    pins.broken[4] = "the chip is gone"
    await asyncio.sleep(20)
    assert events == []
    pins.broken.clear()
    pins.drive(4, LET_GO)
    await asyncio.sleep(1)
    pins.drive(4, PRESSED)
    await asyncio.sleep(11)
    assert events[-1] == ButtonHeld()
    button.close()


async def test_a_pin_that_another_program_holds_is_told(pins: SimPins) -> None:
    pins.busy.add(4)
    with pytest.raises(GpioError, match="GPIO 4 cannot be used"):
        GpioContact(4)


def test_a_lamp_can_be_lit_and_its_pin_is_given_back(pins: SimPins) -> None:
    led = GpioLed(17)
    led.show(LedPattern.ON)
    assert pins.level(17)
    led.close()
    assert (pins.level(17), pins.in_use) == (False, set())
