"""Speed numbers: the office's have two digits, one's own has one."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

from appliance.calls.leg import POUND_SECONDS
from appliance.control.folder import DataFolder
from appliance.office.model import Office
from appliance.office.shortcutlint import warnings
from appliance.office.shortcuts import Shortcuts, speed_switch
from appliance.store.switches import Switch, SwitchStore
from tests.calls.farlines import FarWorld
from tests.calls.world import World, world

JANE, LAB = "4075550177", "4075550178"
OUT_SECONDS = 20.0


def with_numbers(office: Office) -> Office:
    return replace(office, shortcuts=Shortcuts(speed={"12": f"9{LAB}"}))


def with_one_stored(data: Path) -> None:
    """Before the last start Maria stored a number under 1."""
    SwitchStore(DataFolder(data).switches).save({speed_switch("maria", "1"): Switch(f"9{JANE}")})


async def test_an_own_number_is_stored_confirmed_dialled_and_removed(here: World) -> None:
    maria, jane = here.phone("fxs-1"), here.subscriber(JANE)
    await maria.dials("*74")
    await maria.presses("4", at="enter-speed-key")
    await maria.presses("777#", at="enter-speed-number")
    await maria.hears("speed-refused")
    await maria.presses(f"9{JANE}#", at="enter-speed-number")
    await maria.hears("speed-stored", "goodbye")
    await maria.puts_down()
    assert here.outcomes()[0][:2] == ("front desk", "changed")
    await maria.dials("*754")
    await jane.rings(OUT_SECONDS)
    await maria.puts_down()
    await maria.dials("*74")
    await maria.presses("4", at="enter-speed-key")
    await maria.hears("enter-speed-number")
    await asyncio.sleep(POUND_SECONDS)
    await maria.presses("#")
    await maria.hears("speed-removed")
    await maria.puts_down()
    await maria.dials("*754")
    await maria.hears("no-speed-number", "goodbye")


async def test_own_numbers_survive_a_restart_and_one_digit_more_is_the_office_s() -> None:
    async with world(with_numbers, spoil=with_one_stored) as here:
        jane, lab = here.subscriber(JANE), here.subscriber(LAB)
        maria = await here.phone("fxs-1").dials("*751")
        tom = await here.phone("fxs-2").dials("*7512")
        await jane.rings(OUT_SECONDS)
        await lab.rings(OUT_SECONDS)
        ruth = await here.phone("fxs-3").dials("*751")
        await ruth.hears("no-speed-number")
        for phone in (maria, tom, ruth):
            phone.hangs_up()
        await here.all_is_free()


async def test_a_telephone_that_sends_all_digits_at_once_dials_them_too(far: FarWorld) -> None:
    far.maria.lifts("*744")
    await far.maria.hears("enter-speed-number")
    far.maria.presses("103#")
    await far.maria.hears("speed-stored")
    far.maria.hangs_up()
    await far.all_is_free()
    far.maria.lifts("*754")
    await far.ruth.rings()
    far.maria.hangs_up()
    await far.all_is_free()


def with_numbers_in_circles(office: Office) -> Office:
    speed = {"12": "*7512", "13": "*70*7513"}
    stations = tuple(replace(one, hotline="*70101" if one.name == "surgery" else None) for one in office.stations)
    return replace(office, shortcuts=Shortcuts(speed=speed), stations=stations)


async def test_a_number_that_would_dial_itself_for_ever_is_refused() -> None:
    async with world(with_numbers_in_circles) as here:
        assert [problem.path for problem in warnings(here.appliance.office)] == [
            "shortcuts.speed.12",
            "shortcuts.speed.13",
        ]
        for dialled in ("*7512", "*7513"):
            ruth = await here.phone("fxs-3").dials(dialled)
            await ruth.hears("no-speed-number", "goodbye")
            await ruth.puts_down()
            ruth.forgets()
        maria = await here.phone("fxs-1").dials("*74")
        await maria.presses("1", at="enter-speed-key")
        await maria.presses("*751#", at="enter-speed-number")
        await maria.hears("speed-refused")
        await maria.puts_down()
        here.phone("fxs-2").lifts()
        await maria.rings(within=5)
