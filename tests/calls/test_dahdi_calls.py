"""A whole unit on a card with a kernel driver: the mounted device files, the driver, the flows, in virtual time."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from appliance.office.model import Office
from hw.audio import level_dbm0
from tests.calls.world import world
from tests.hw.dahdiworld import dahdi_world, mounts
from tests.hw.linecard_bench import TONE
from tests.hw.simworld import Ear

pytestmark = mounts


def on_channels(office: Office) -> Office:
    """The office with its first line on channel 1, and Maria's telephone on channel 2."""
    trunk, *trunks = office.trunks
    station, *stations = office.stations
    return replace(
        office,
        trunks=(replace(trunk, port="dahdi-1"), *trunks),
        stations=(replace(station, port="dahdi-2"), *stations),
    )


async def test_a_caller_reaches_maria_and_hears_her_and_her_hanging_up_ends_the_call() -> None:
    async with dahdi_world(started=False) as wires, world(on_channels, beside=wires.card) as here:
        caller = wires.exchange.subscriber("5550199", "JANE ROE")
        maria = wires.telephones[0]
        hears = Ear(caller, wires.exchange.plan)
        shown = asyncio.Event()
        maria.observers.append(lambda said: shown.set() if said == "caller-id" else None)
        caller.lift()
        await asyncio.sleep(1.5)
        await caller.press("5550100")
        await asyncio.sleep(12)
        await caller.press("101")
        await asyncio.wait_for(shown.wait(), 20)
        assert maria.caller_id is not None
        assert (maria.caller_id.number, maria.caller_id.name) == ("5550199", "JANE ROE")
        maria.lift()
        await asyncio.sleep(1)
        await maria.send(TONE)
        assert -35 < level_dbm0(hears.last(0.5)) < -10
        maria.hang_up()
        await asyncio.sleep(4)
        caller.hang_up()
        await asyncio.sleep(2)
        (record,) = here.appliance.calls.recent(1)
        assert (record.caller_number, record.line, record.reached, record.outcome) == (
            "5550199",
            "main",
            "maria",
            "connected",
        )


async def test_a_card_that_is_gone_leaves_the_other_lines_and_is_told() -> None:
    async with dahdi_world(started=False) as wires, world(on_channels, beside=wires.card) as here:
        await wires.unplug()
        await asyncio.sleep(5)
        assert [fault for fault in here.appliance.faults if "dahdi" in fault]
        wires.span.plug_in()
        await asyncio.sleep(5)
        assert [fault for fault in here.appliance.faults if "dahdi" in fault] == []
