"""Lamps of lines and the buzzer: what is seen and heard at the unit while calls come and go."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from unittest import mock

from appliance.api.panel import panel_status
from appliance.cards import lamps_and_signs
from appliance.lamps import Signs
from appliance.office.lamp import MessageLamp, Panel
from appliance.office.nightmode import NightMode
from hw.panel.buzzer import Beeps
from hw.panel.led import LedPattern
from hw.sim.buzzer import SimBuzzer
from hw.sim.led import SimLed
from hw.sim.pins import SimPins
from tests.calls.hearing import until
from tests.calls.world import MAIN, World, example_office, world


@asynccontextmanager
async def signed() -> AsyncIterator[tuple[World, SimLed, SimBuzzer]]:
    """A unit with a lamp for its first line, and a buzzer."""
    led, buzzer = SimLed(), SimBuzzer()
    async with world() as here:
        here.appliance.use_leds(SimLed(), Signs(of_line={"fxo-1": led}, buzzer=buzzer))
        yield here, led, buzzer


async def test_the_lamp_of_a_line_blinks_while_it_rings_and_is_lit_while_it_is_used() -> None:
    async with signed() as (here, led, _buzzer):
        assert led.pattern is LedPattern.OFF
        caller = await here.caller().dials(MAIN)
        await until(lambda: led.pattern is LedPattern.FAST, within=5)
        await until(lambda: led.pattern is LedPattern.ON, within=10)
        caller.hangs_up()
        await until(lambda: led.pattern is LedPattern.OFF, within=10)


async def test_the_lamp_of_a_line_is_lit_while_another_telephone_is_on_it() -> None:
    async with signed() as (here, led, _buzzer):
        loop, another = here.exchange.lines["5550100"].loop, object()
        loop.close(another, True)
        await until(lambda: led.pattern is LedPattern.ON, within=2)
        loop.close(another, False)
        await until(lambda: led.pattern is LedPattern.OFF, within=2)


async def test_the_lamp_of_a_dead_line_flashes_twice_and_status_tells_it() -> None:
    async with signed() as (here, led, _buzzer):
        here.exchange.lines["5550100"].loop.set_cut(True)
        await until(lambda: led.pattern is LedPattern.DOUBLE, within=5)
        assert panel_status(here.appliance.lamps)["lines"] == {"fxo-1": "double"}


async def test_the_buzzer_rings_with_the_telephone_at_the_desk() -> None:
    async with signed() as (here, _led, buzzer):
        caller = await here.greeted()
        await caller.presses("0")
        await until(lambda: buzzer.beeps is Beeps.RINGING, within=10)
        await here.phone("fxs-1").answers()
        await until(lambda: buzzer.beeps is None)


async def test_the_buzzer_tells_a_new_fault_once_and_nothing_while_the_office_is_closed() -> None:
    async with signed() as (here, _led, buzzer):
        here.appliance.trouble.report("the disk is full")
        here.appliance.trouble.report("the disk is full")
        assert buzzer.told == [Beeps.FAULT]
        await here.appliance.switches.set_night_mode(NightMode.CLOSED)
        here.appliance.trouble.report("the voice is gone")
        await asyncio.sleep(1)
        assert buzzer.told == [Beeps.FAULT]


async def test_a_pin_that_is_taken_is_a_fault_where_there_are_pins_and_none_where_there_are_not() -> None:
    """What hangs on it is simulated, which nobody would see."""
    office = replace(example_office(), led=MessageLamp(gpio=22, lines={"fxo-1": 7}), panel=Panel(buzzer=12))
    pins = SimPins()
    pins.busy = {22, 7, 12}
    with pins.installed():
        _led, signs = lamps_and_signs(office, Path())
        usual, of_usual = lamps_and_signs(replace(example_office(), led=MessageLamp()), Path())
    busy = "cannot be used: 'GPIO busy': another program, or 1-Wire, uses this pin: choose another one, or stop that"
    assert signs.faults == (f"no LED: GPIO 22 {busy}", f"no LED: GPIO 7 {busy}", f"no buzzer: GPIO 12 {busy}")
    assert of_usual.faults == ()
    async with world() as here:
        here.appliance.use_leds(SimLed(), signs)
        assert set(signs.faults) <= set(here.appliance.faults)
        here.appliance.use_leds(usual, Signs())
        assert here.appliance.faults == []
    with mock.patch.dict(sys.modules, {"RPi": None}):
        assert lamps_and_signs(office, Path())[1].faults == ()
