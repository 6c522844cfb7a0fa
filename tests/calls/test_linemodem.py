"""Who calls on a line whose card cannot tell it, as the modem beside that line tells it. In virtual time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from appliance.calls.trunk_protocol import State
from appliance.linedoctor.doctor import LineDoctor
from appliance.linedoctor.measured import LineMeasured
from appliance.linedoctor.secondopinion import SecondOpinion, opinion_findings
from appliance.linemodem import LineModem
from appliance.office.model import Office
from appliance.office.sip import Sip, SipDevice, SipLine
from appliance.office.usbmodem import ModemUse, UsbModem, UsbModemModel
from tests.calls.forwardings import NotesInMemory, left_forwardings
from tests.calls.hearing import until
from tests.calls.phone import Phone
from tests.calls.world import GREETED, MAIN, World, world
from tests.hw.modemworld import ScriptedBus

FIRST_RING_S = 2.0
CALLER = "NMBR = 4075550190\r\nNAME = JANE ROE"


def with_modem(office: Office, use: ModemUse, model: UsbModemModel = UsbModemModel.AUTOMATIC) -> Office:
    return replace(office, modem=UsbModem(use=use, line="fxo-1", model=model))


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
async def at_work(use: ModemUse = ModemUse.BOTH, model: UsbModemModel = UsbModemModel.AUTOMATIC) -> AsyncIterator[Desk]:
    async with world() as here:
        desk = Desk(here)
        await desk.modem.use(with_modem(here.appliance.office, use, model))
        await until(lambda: desk.modem.modem is not None and desk.modem.modem.ready is not None, within=20)
        yield desk
        await desk.modem.close()


async def test_a_caller_whom_the_modem_tells_is_known_and_the_call_is_answered_at_once(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("DEBUG")
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
    assert "4075550190" not in caplog.text


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
        assert desk.modem.fax_engine(datetime.now) is not None


async def test_people_are_told_of_a_modem_that_is_beside_another_line() -> None:
    async with at_work() as desk:
        for _ in range(3):
            desk.bus.modem.says("RING")
            await asyncio.sleep(6)
        told = "the modem rings when main does not: is it beside another line?"
        assert desk.here.appliance.faults == [told]
        await desk.modem.close()
        assert desk.here.appliance.faults == []


async def test_a_modem_that_measures_volts_shows_that_a_dead_line_is_only_unplugged_from_the_unit() -> None:
    async with at_work(model=UsbModemModel.CONEXANT) as desk:
        unit = desk.here.appliance
        desk.here.exchange.lines[MAIN].loop.set_cut(True)
        await until(lambda: desk.trunk.state is State.LOST, within=10)
        doctor = LineDoctor(unit.services, lambda: unit.switchboard.office, left_forwardings(unit, NotesInMemory()))
        doctor.second_opinion = desk.modem.opinion_on
        test = doctor.begin("fxo-1")
        await doctor.over()
        told = {one.code: one.told for one in test.findings}
        assert list(told) == ["battery", "modem-battery"]
        assert told["modem-battery"] == "48 V: look at the cord between the wall socket and this unit."


async def test_the_modem_has_an_opinion_on_its_own_line_and_of_what_was_told_since() -> None:
    async with at_work(model=UsbModemModel.CONEXANT) as desk:
        desk.bus.modem.says("RING")
        listened, elsewhere = desk.modem.opinion_on("fxo-1"), desk.modem.opinion_on("fxo-2")
        desk.bus.modem.says(f"RING\r\n\r\n{CALLER}\r\n\r\nRING")
        assert await listened() == SecondOpinion(volts=48.5, rings=2, callers=1)
        assert await elsewhere() is None


@pytest.mark.parametrize(
    ("found", "opinion", "told"),
    [
        ({}, (48.5, 0, 0), ["48 V on hook."]),
        ({}, (0.0, 0, 0), ["- 0 V: the modem is not plugged in beside this line."]),
        ({"alive": False}, (0.0, 0, 0), ["0 V on hook."]),
        ({"ring": (2.0, 4.0)}, (None, 0, 0), ["- It did not ring: is its cord plugged in beside this line?"]),
        (
            {"ring": (2.0, 4.0)},
            (None, 2, 1),
            ["It is told who calls, which this line’s own socket is not: use it for that."],
        ),
        ({"ring": (2.0, 4.0), "gateway_told": "5550100"}, (None, 2, 1), ["It rang, and was told who calls."]),
        ({"ring": (2.0, 4.0)}, (None, 2, 0), ["It rang."]),
    ],
)
def test_what_follows_from_both_opinions(found: dict[str, Any], opinion: tuple[Any, ...], told: list[str]) -> None:
    findings = opinion_findings(LineMeasured("main", **found), SecondOpinion(*opinion))
    assert [f"- {one.told}" if one.trouble else one.told for one in findings] == told


async def test_a_fax_can_go_through_it_while_it_is_ready_for_faxes_and_beside_a_line_of_a_card() -> None:
    async with at_work() as desk:
        beside = desk.modem.beside(datetime.now)
        assert beside is not None
        assert (beside.port, beside.receives) == ("fxo-1", False)
        modem = desk.modem.modem
        assert modem is not None
        async with modem.lent():
            assert desk.modem.beside(datetime.now) is None
        assert desk.modem.beside(datetime.now) is None, "it is being set up again"
        await until(lambda: desk.modem.beside(datetime.now) is not None, within=20)
        office = desk.here.appliance.office
        gateway = SipDevice("HT813", "grandstream-ht813", "192.0.2.4", (SipLine("fxo-1", "100"),))
        far = replace(with_modem(office, ModemUse.FAX), sip=Sip((gateway,)))
        for other in (with_modem(office, ModemUse.CALLER_ID), far):
            await desk.modem.use(other)
            await asyncio.sleep(5)
            assert desk.modem.beside(datetime.now) is None


@pytest.mark.parametrize("use", [ModemUse.NOTHING, ModemUse.FAX])
async def test_another_office_changes_what_the_modem_is_for(use: ModemUse) -> None:
    async with at_work() as desk:
        office = with_modem(desk.here.appliance.office, use)
        await desk.modem.use(office)
        assert (desk.modem.modem is None) == (use is ModemUse.NOTHING)
        await asyncio.sleep(5)
        assert (desk.modem.fax_engine(datetime.now) is None) == (use is ModemUse.NOTHING)
