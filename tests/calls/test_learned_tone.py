"""A busy tone that is in no plan ends calls late, and soon once the line test has learned it."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from appliance.calls.trunk_protocol import State
from hw.tones.toneplan import parse_tone
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
