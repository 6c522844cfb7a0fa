"""Whatever is met where a cell phone is called, the caller ends at the office's greeting, and never waits in silence.

The steps of the call's record say what it was, and all lines are free again.
"""

from __future__ import annotations

import asyncio
from itertools import product
from typing import Any

import pytest

from appliance.office.forwarding import Way
from hw.sim.exchange import LineFault
from tests.calls.around import about_to_call, lines_off_hook
from tests.calls.cellphones import CELL, caller_for_ruth, forwarded, hear_each_other, record_of, steps
from tests.calls.hearing import until
from tests.calls.phone import Phone
from tests.calls.silence import SilenceHeard
from tests.calls.world import GREETED, MAIN, World, world
from tests.proofs import some

TOLD = f"{CELL} for Ruth Olsen: "
LAST_LINE = "fxo-4"
"""Calls go out on the last free line."""

MET: dict[str, tuple[dict[str, Any], str]] = {
    "busy": ({"behaviour": "busy"}, "busy"),
    "not in service": ({"behaviour": "not-in-service"}, "not-found"),
    "circuits busy": ({"behaviour": "circuits-busy"}, "congestion"),
    "a fax machine": ({"behaviour": "fax"}, "fax"),
    "ringing for ever": ({"behaviour": "rings-out"}, "no-answer"),
    "cannot be reached": ({"behaviour": "unreachable"}, "no"),
    "a pocket": ({"behaviour": "pocket"}, "no-key"),
    "its own voicemail": ({"behaviour": "cell", "voicemail_after_s": 8.0}, "no-key"),
}
"""What is met, and how the record's step of it begins. An announcement that says so may be taken for somebody."""


async def ends_at_the_greeting(here: World, caller: Phone, silence: SilenceHeard, told: str) -> None:
    """The caller is asked for a message by the office, and the record tells why."""
    await caller.hears("leave-message", within=200)
    assert caller.heard[-2:] in (
        ["not-available", "leave-message"],
        ["on-the-phone", "leave-message"],
    )
    silence.stop()
    record = await record_of(here, caller)
    assert any(step.startswith(TOLD + told) for step in steps(record)), steps(record)
    assert silence.longest <= 3.0, f"{silence.longest:.1f} s {silence.during}"
    await until(lambda: set(here.trunk_states()) <= {"idle", "lost"}, within=60)
    assert lines_off_hook(here) == []
    assert here.appliance.switchboard.ongoing == {}


@pytest.mark.parametrize(("way", "met"), some(list(product(Way, MET)), 3))
async def test_who_meets_no_person_outside_leaves_a_message_in_the_office(way: Way, met: str) -> None:
    options, told = MET[met]
    async with world(forwarded(way)) as here:
        cell = here.subscriber(CELL, **options)
        caller = await caller_for_ruth(here)
        silence = SilenceHeard(here, caller, cell)
        await ends_at_the_greeting(here, caller, silence, told)
        assert here.appliance.faults == []


@pytest.mark.parametrize("met", ["busy", "circuits busy"])
async def test_the_next_way_is_tried_where_one_is_not_open(met: str) -> None:
    options, told = MET[met]
    async with world(forwarded(Way.TRANSFER, Way.THREE_WAY, Way.TWO_LINES)) as here:
        cell = here.subscriber(CELL, **options)
        caller = await caller_for_ruth(here)
        silence = SilenceHeard(here, caller, cell)
        await ends_at_the_greeting(here, caller, silence, told)
        assert here.told.on("main").count("line-will-be-silent") == 2


async def test_the_second_line_is_taken_where_the_own_line_has_no_such_service() -> None:
    async with world(forwarded(Way.TRANSFER, Way.TWO_LINES)) as here:
        here.exchange.lines[MAIN].services.three_way = False
        cell = here.subscriber(CELL)
        caller = await caller_for_ruth(here)
        await accepts(here, caller, cell)


async def accepts(here: World, caller: Phone, cell: Phone) -> None:
    """The cell phone is answered and accepts; the two hear each other, and all is free afterwards."""
    await cell.rings(within=30)
    await asyncio.sleep(3)
    cell.lifts()
    await asyncio.sleep(3)
    await cell.presses("1")
    await until(lambda: hear_each_other(here, caller, cell), within=3)
    cell.hangs_up()
    record = await record_of(here, caller)
    assert (record.outcome, record.reached) == ("forwarded", "ruth")
    await until(lambda: set(here.trunk_states()) <= {"idle", "lost"}, within=60)


@pytest.mark.parametrize("fault", ["cut", "in-use"])
async def test_another_line_is_taken_where_the_last_one_is_dead_or_in_use_in_front_of_the_unit(
    fault: LineFault,
) -> None:
    async with world(forwarded()) as here:
        here.exchange.fault(LAST_LINE, fault)
        await asyncio.sleep(3)
        cell = here.subscriber(CELL)
        caller = await caller_for_ruth(here)
        await accepts(here, caller, cell)


@pytest.mark.parametrize("fault", ["cut", "in-use"])
@pytest.mark.parametrize("late", [0.0, 0.02, 0.3, 2.0])
async def test_a_line_that_dies_or_is_lifted_just_then_leaves_nobody_in_silence(fault: LineFault, late: float) -> None:
    async with world(forwarded()) as here:
        cell = here.subscriber(CELL)
        caller = await caller_for_ruth(here)
        silence = SilenceHeard(here, caller, cell)
        await until(lambda: "fxo-4" in lines_off_hook(here))
        await asyncio.sleep(late)
        here.exchange.fault(LAST_LINE, fault)
        ends = asyncio.create_task(caller.hears("leave-message", within=200))
        rings = asyncio.create_task(cell.rings(within=200))
        await asyncio.wait([ends, rings], return_when=asyncio.FIRST_COMPLETED)
        if rings.done():
            cell.lifts()
            await asyncio.sleep(3)
            await cell.presses("1")
            await asyncio.wait([ends], timeout=8)
        caller.hangs_up()
        ends.cancel()
        rings.cancel()
        await asyncio.gather(ends, rings, return_exceptions=True)
        cell.hangs_up()
        here.exchange.fault(LAST_LINE, "restore" if fault == "cut" else "free")
        await here.all_is_free(within=60)
        await until(lambda: here.trunk_states() == ["idle"] * 4, within=90)
        assert lines_off_hook(here) == []
        assert silence.longest <= 3.0, f"{silence.longest:.1f} s {silence.during}"


async def test_where_every_other_line_is_taken_the_caller_hears_so_soon_and_leaves_a_message() -> None:
    async with world(forwarded()) as here:
        for port in ("fxo-2", "fxo-3", "fxo-4"):
            here.exchange.fault(port, "in-use")
        cell = here.subscriber(CELL)
        caller = await caller_for_ruth(here)
        silence = SilenceHeard(here, caller, cell)
        await ends_at_the_greeting(here, caller, silence, "no-line")
        assert not cell.ringing


@pytest.mark.parametrize("seconds", [0.3, 0.6, 0.9, 1.1])
async def test_whoever_rings_the_line_just_as_it_is_seized_is_greeted_and_another_line_is_taken(seconds: float) -> None:
    async with world(forwarded(ask_name=False)) as here:
        cell = here.subscriber(CELL)
        caller = await here.greeted()
        other, digit = await about_to_call(here, "5550103")
        silence = SilenceHeard(here, caller, cell)
        await caller.presses("103")
        await asyncio.sleep(seconds)
        await other.presses(digit)
        await other.hears(GREETED, within=20)
        other.hangs_up()
        await cell.rings(within=30)
        await asyncio.sleep(1)
        cell.lifts()
        await asyncio.sleep(3)
        await cell.presses("1")
        await until(lambda: hear_each_other(here, caller, cell), within=3)
        cell.hangs_up()
        caller.hangs_up()
        await here.all_is_free(within=60)
        await until(lambda: here.trunk_states() == ["idle"] * 4, within=60)
        assert silence.longest <= 3.0
