"""Who calls on a line whose card cannot tell it, as the modem beside that line tells it. In virtual time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from appliance.calls.trunk_protocol import State
from appliance.linemodem import LineModem
from appliance.office.model import Office
from appliance.office.usbmodem import ModemUse, UsbModem
from tests.calls.hearing import until
from tests.calls.phone import Phone
from tests.calls.world import GREETED, MAIN, World, world
from tests.hw.modemworld import ScriptedBus

FIRST_RING_S = 2.0
CALLER = "NMBR = 4075550190\r\nNAME = JANE ROE"


def with_modem(office: Office, line: str = "fxo-1", use: ModemUse = ModemUse.BOTH) -> Office:
    return replace(office, modem=UsbModem(use=use, line=line))


class Desk:
    """A unit whose first line has a modem beside it, and callers whose number the exchange does not tell."""

    def __init__(self, here: World) -> None:
        unit = here.appliance
        self.here = here
        self.bus = ScriptedBus()
        lines = {trunk.port: trunk for trunk in unit.lines.trunks}
        self.modem = LineModem(self.bus, unit.trouble, lines.get)
        unit.rack.watch.on_told = self.modem.port_told
        self.trunk = lines["fxo-1"]
        self.second = lines["fxo-2"]

    async def calls(self, number: str = MAIN) -> Phone:
        caller = self.here.subscriber("4075550190", caller_id="none")
        return await caller.dials(number)

    async def rings(self) -> None:
        await until(lambda: self.trunk.state is State.RINGING, within=20)

    def logged(self) -> list[tuple[str, str]]:
        """Who called, the first call first."""
        return [(one.caller_number, one.caller_name) for one in reversed(self.here.appliance.calls.recent(9))]


@asynccontextmanager
async def at_work(use: ModemUse = ModemUse.BOTH) -> AsyncIterator[Desk]:
    async with world() as here:
        desk = Desk(here)
        await desk.modem.use(with_modem(here.appliance.office, use=use))
        await until(lambda: desk.modem.modem is not None and desk.modem.modem.ready is not None, within=20)
        yield desk
        await desk.modem.close()


async def test_a_caller_whom_the_modem_tells_is_known_and_the_call_is_answered_at_once() -> None:
    async with at_work() as desk:
        caller = await desk.calls()
        await desk.rings()
        await asyncio.sleep(FIRST_RING_S - 0.2)
        desk.bus.modem.says("RING")
        await asyncio.sleep(1.0)
        desk.bus.modem.says(CALLER)
        await asyncio.sleep(1.0)
        assert desk.trunk.state is State.UP
        caller.hangs_up()
        await desk.here.all_is_free()
        assert desk.logged() == [("4075550190", "JANE ROE")]


async def test_a_caller_told_on_the_line_beside_the_modem_is_not_that_of_a_call_on_another_line() -> None:
    async with at_work() as desk:
        caller = await desk.calls("5550101")
        await until(lambda: desk.second.state is State.RINGING, within=20)
        desk.bus.modem.says(f"RING\r\n\r\n{CALLER}")
        await caller.hears(GREETED)
        caller.hangs_up()
        await desk.here.all_is_free()
        assert desk.logged() == [("", "")]


async def test_what_the_modem_tells_in_a_call_is_about_nobody_in_it_and_not_about_the_next() -> None:
    async with at_work() as desk:
        caller = await desk.calls()
        await caller.hears(GREETED)
        desk.bus.modem.says(CALLER)
        await asyncio.sleep(2.0)
        caller.hangs_up()
        await desk.here.all_is_free()
        await asyncio.sleep(5.0)
        again = await desk.here.subscriber("4075550191", caller_id="none").dials(MAIN)
        await again.hears(GREETED)
        again.hangs_up()
        await desk.here.all_is_free()
        assert desk.logged() == [("", ""), ("", "")]


async def test_a_modem_that_is_there_for_faxes_alone_tells_nobody() -> None:
    async with at_work(ModemUse.FAX) as desk:
        caller = await desk.calls()
        await desk.rings()
        await asyncio.sleep(FIRST_RING_S)
        desk.bus.modem.says(f"RING\r\n\r\n{CALLER}")
        await caller.hears(GREETED)
        caller.hangs_up()
        await desk.here.all_is_free()
        assert desk.logged() == [("", "")]
        assert desk.modem.for_faxes is desk.modem.modem


async def test_people_are_told_of_a_modem_that_is_beside_another_line() -> None:
    async with at_work() as desk:
        for _ in range(3):
            desk.bus.modem.says("RING")
            await asyncio.sleep(6)
        told = "the modem rings when main does not: is it beside another line?"
        assert desk.here.appliance.faults == [told]
        await desk.modem.close()
        assert desk.here.appliance.faults == []


@pytest.mark.parametrize("use", [ModemUse.NOTHING, ModemUse.FAX])
async def test_another_office_changes_what_the_modem_is_for(use: ModemUse) -> None:
    async with at_work() as desk:
        office = with_modem(desk.here.appliance.office, use=use)
        await desk.modem.use(office)
        assert (desk.modem.modem is None) == (use is ModemUse.NOTHING)
        assert (desk.modem.for_faxes is None) == (use is ModemUse.NOTHING)
