"""The buttons of the unit, pressed as users of the simulation press them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from appliance.api.panel import offer_panel
from appliance.calls.bytelephone import ChangedByTelephone
from appliance.control.errors import ControlError
from appliance.hardware.buttons import Buttons
from appliance.lamps import Signs
from appliance.office.lamp import Panel
from appliance.office.nightmode import NightMode
from hw.panel.buzzer import Beeps
from hw.sim.buzzer import SimBuzzer
from hw.sim.led import SimLed
from hw.sim.pins import SimPins
from tests.calls.world import World, world
from tests.notify.offered import Offered


class Desk:
    """A unit whose buttons can be pressed. held: how often somebody has held the one for the password."""

    def __init__(self, here: World, panel: Panel) -> None:
        self.here, self.held, self.buzzer = here, 0, SimBuzzer()
        here.appliance.use_leds(SimLed(), Signs(buzzer=self.buzzer))
        self.buttons = Buttons(here.appliance, panel, self._hold)
        self.changes: list[ChangedByTelephone] = []
        here.appliance.services.changed_by_telephone.subscribe(self.changes.append)
        self.control = Offered()
        offer_panel(self.control, self.buttons)  # type: ignore[arg-type]

    async def press(self, button: str, seconds: float = 0.2) -> None:
        await self.control.call("panel.press", button=button, seconds=seconds)
        await asyncio.sleep(0.1)

    @property
    def mode(self) -> NightMode:
        return self.here.appliance.switches.night_mode

    async def _hold(self) -> None:
        self.held += 1


@asynccontextmanager
async def desk(**lines: Any) -> AsyncIterator[Desk]:
    async with world() as here:
        there = Desk(here, Panel(**lines))
        yield there
        await there.buttons.close()


async def test_the_button_closes_an_open_office_opens_it_again_and_lets_the_hours_decide() -> None:
    async with desk(night_button=5) as there:
        await there.press("night")
        assert there.mode is NightMode.CLOSED
        await there.press("night")
        assert there.mode is NightMode.OPEN
        await there.press("night", 2.5)
        assert there.mode is NightMode.AUTOMATIC
        assert there.buzzer.told == [Beeps.DONE] * 3
        assert [(one.by, one.what, one.about) for one in there.changes] == [
            ("", "night.set", (mode,)) for mode in ("closed", "open", "automatic")
        ]


async def test_one_button_may_be_both_and_holding_it_changes_no_night_mode() -> None:
    async with desk(night_button=5, password_button=5) as there:
        await there.press("password", 11)
        assert (there.held, there.mode) == (1, NightMode.AUTOMATIC)
        assert there.buzzer.told == [Beeps.HELD]
        await there.press("night")
        assert (there.held, there.mode) == (1, NightMode.CLOSED)


async def test_the_button_for_the_password_wants_ten_seconds() -> None:
    async with desk(password_button=6) as there:
        await there.press("password", 9.5)
        assert (there.held, there.mode) == (0, NightMode.AUTOMATIC)
        await there.press("password", 10.5)
        assert there.held == 1


async def test_a_button_that_the_office_does_not_have_is_not_pressed() -> None:
    async with desk(night_button=5) as there:
        with pytest.raises(ControlError, match="no button 'password'; it has: night"):
            await there.press("password")
        with pytest.raises(ControlError, match="up to 60 seconds"):
            await there.press("night", 61)


async def test_a_button_whose_pin_is_taken_is_a_fault_as_long_as_the_office_has_it() -> None:
    pins = SimPins()
    pins.busy.add(5)
    with pins.installed():
        async with desk(night_button=5) as there:
            assert there.here.appliance.faults == [
                "no button: GPIO 5 cannot be used: 'GPIO busy': another program, or 1-Wire, uses this pin: choose "
                "another one, or stop that"
            ]
            await there.buttons.close()
            assert there.here.appliance.faults == []
