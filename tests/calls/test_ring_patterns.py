"""What a trunk makes of rings in patterns, and of what is no ring."""

from __future__ import annotations

import asyncio

import pytest

from appliance.api.status import unit_status
from hw.linecard import RingStarted, RingStopped
from tests.calls.world import World, world


def burst(here: World, seconds: float) -> asyncio.Task[None]:
    """One burst on the first trunk's port, as a driver tells it."""
    trunk = here.appliance.lines.trunks[0]

    async def ring() -> None:
        await asyncio.sleep(0.1)
        trunk.line_event(RingStarted())
        await asyncio.sleep(seconds + 0.2)
        trunk.line_event(RingStopped((seconds,)))

    return asyncio.create_task(ring())


async def test_a_splash_makes_no_call_and_leaves_the_line_free() -> None:
    async with world() as here:
        await burst(here, 0.5)
        await asyncio.sleep(10.0)
        assert here.outcomes() == []
        assert here.trunk_states()[0] == "idle"
        caller = await here.greeted()
        assert here.trunk_states()[0] == "up"
        caller.hang_up()
        await asyncio.sleep(3.0)


@pytest.mark.parametrize(
    ("bursts", "pattern"),
    [(((0.8, 0.4), (0.8, 4.0)), "double"), (((1.0, 0.5), (1.0, 3.5)), "double"), (((2.0, 4.0),), "normal")],
)
async def test_a_ring_in_bursts_counts_once_and_its_pattern_is_told(
    bursts: tuple[tuple[float, float], ...], pattern: str
) -> None:
    async with world() as here:
        trunk = here.appliance.lines.trunks[0]
        for seconds, gap in bursts:
            await burst(here, seconds)
            await asyncio.sleep(gap - 0.3)
        assert trunk.ring.count == 1
        assert trunk.ring.pattern == pattern
        assert unit_status(here.appliance)["trunks"][0]["ring"] == pattern
