"""A busy tone that is in no plan ends calls late, and soon once the line test has learned it."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from appliance.calls.trunk_protocol import State
from appliance.clock import run_virtual
from appliance.linedoctor.doctor import LineDoctor
from appliance.office.model import Office
from hw.tones.tonegen import tone_samples
from hw.tones.toneplan import parse_tone, tone_plan
from tests.calls.forwardings import NotesInMemory, left_forwardings
from tests.calls.hearing import until
from tests.calls.world import world

TONE = "455: 0.6/0.4"
CYCLE_S = 1.0
NOTICED_S = 1.2
"""The exchange takes a hang-up for a hook flash until then, and the tone begins."""


@pytest.mark.parametrize(("learned", "most"), [(TONE, 4), ("", 8)])
async def test_a_learned_tone_ends_a_call_within_four_cycles(learned: str, most: int) -> None:
    async with world(
        lambda office: replace(office, trunks=tuple(replace(trunk, ending_tone=learned) for trunk in office.trunks))
    ) as here:
        for line in here.exchange.lines.values():
            line.services.ending = parse_tone(TONE, -18)
        jane = await here.greeted()
        trunk = here.appliance.lines.trunks[0]
        jane.hangs_up()
        await asyncio.sleep(NOTICED_S)
        begun = asyncio.get_running_loop().time()
        await until(lambda: trunk.state is not State.UP, 20.0)
        cycles = (asyncio.get_running_loop().time() - begun) / CYCLE_S
        assert most - 3 <= cycles <= most


def at_level(office: Office, dbm0: float) -> Office:
    trunks = tuple(replace(trunk, ending_tone_dbm0=dbm0) for trunk in office.trunks)
    return replace(office, trunks=trunks)


@pytest.fixture(scope="module")
def level() -> float:
    """That which the line test proposes for a line whose exchange tells a hang-up by busy tone."""
    return run_virtual(measured_level)


async def measured_level() -> float:
    async with world() as here:
        for line in here.exchange.lines.values():
            line.services.ending = "busy"
        unit = here.appliance
        doctor = LineDoctor(unit.services, lambda: unit.switchboard.office, left_forwardings(unit, NotesInMemory()))
        test = doctor.begin("fxo-1")
        await doctor.over()
        proposed = {one.field: one.value for one in test.proposals}
    assert "ending_tone" not in proposed
    level = proposed["ending_tone_dbm0"]
    assert isinstance(level, float)
    return level


@pytest.mark.parametrize("measured", [True, False])
async def test_a_conversation_ends_within_four_cycles_once_the_line_test_has_measured_the_tone(
    measured: bool, level: float
) -> None:
    async with world(lambda office: at_level(office, level if measured else 0.0)) as here:
        for line in here.exchange.lines.values():
            line.services.ending = "busy"
        caller, maria = await here.connected()
        trunk = here.appliance.lines.trunks[0]
        await maria.says("Goodbye then.")
        caller.hangs_up()
        await asyncio.sleep(NOTICED_S)
        begun = asyncio.get_running_loop().time()
        await until(lambda: trunk.state is not State.UP, 20.0)
        cycles = (asyncio.get_running_loop().time() - begun) / CYCLE_S
        assert (cycles <= 4) == measured


@pytest.mark.parametrize("cycles", [4, 6, 8])
async def test_a_third_partys_busy_tone_ends_no_conversation_there(cycles: int, level: float) -> None:
    async with world(lambda office: at_level(office, level)) as here:
        caller, _maria = await here.connected()
        await caller.says("Let me get my husband on the line.")
        await caller.telephone.send(tone_samples(tone_plan("us").busy, cycles * CYCLE_S))
        await caller.says("He is busy, never mind.")
        await asyncio.sleep(5)
        assert here.trunk_states()[0] == "up"


async def test_nor_does_the_lines_own_tone_while_somebody_speaks(level: float) -> None:
    async with world(lambda office: at_level(office, level)) as here:
        for line in here.exchange.lines.values():
            line.services.ending = "busy"
        caller, maria = await here.connected()
        caller.hangs_up()
        for _ in range(5):
            await maria.says("Hello, are you still there?")
            assert here.trunk_states()[0] == "up"
        await until(lambda: here.trunk_states()[0] != "up", 5.0)
