"""Calls that the exchange forwards, by codes that are dialled on the line."""

from __future__ import annotations

import asyncio

import pytest

from hw.linecard import RingStarted
from tests.hw.simworld import BOB, World, network

RINGS_S = 5.0


async def dials(world: World, number: str) -> list[str]:
    """On the trunk, and hang up behind it. What was heard behind the last digit."""
    trunk = world.trunks[0]
    trunk.port.seize()
    await asyncio.sleep(1.5)
    await trunk.dial(number)
    trunk.tones.clear()
    await asyncio.sleep(RINGS_S)
    trunk.port.release()
    await asyncio.sleep(2)
    return trunk.tones


async def rung_by_jane(world: World) -> list[str]:
    """Who is rung when Jane calls the trunk."""
    world.trunks[0].events.clear()
    await world.call(world.jane, "5550100")
    await asyncio.sleep(RINGS_S)
    rung = ["trunk"] if RingStarted() in world.trunks[0].events else []
    rung += ["bob"] if world.bob.ringing else []
    world.jane.hang_up()
    await asyncio.sleep(2)
    return rung


@pytest.mark.parametrize(
    ("country", "before", "behind", "off"), [("us", "*72", "", "*73"), ("de", "*21*", "#", "#21#")]
)
async def test_calls_go_to_another_number_until_that_is_ended(country: str, before: str, behind: str, off: str) -> None:
    async with network(country) as world:
        assert await dials(world, f"{before}{BOB}{behind}") == []
        assert await rung_by_jane(world) == ["bob"]
        await dials(world, off)
        assert await rung_by_jane(world) == ["trunk"]


async def test_where_the_number_has_to_answer_a_call_that_nobody_takes_forwards_nothing() -> None:
    async with network(trunk={"forwarding": "when-answered"}) as world:
        assert await dials(world, f"*72{BOB}") == ["ringback"]
        assert await rung_by_jane(world) == ["trunk"]
        asking = asyncio.create_task(dials(world, f"*72{BOB}"))
        await asyncio.sleep(6)
        world.bob.lift()
        await asking
        world.bob.hang_up()
        await asyncio.sleep(2)
        assert await rung_by_jane(world) == ["bob"]


async def test_a_line_without_the_service_is_refused_and_so_is_a_number_that_is_none() -> None:
    async with network(trunk={"forwarding": "none"}) as world:
        assert await dials(world, f"*72{BOB}") == ["reorder"]
        assert await rung_by_jane(world) == ["trunk"]
    async with network() as world:
        assert (await dials(world, "*725550777"))[:1] == ["sit"]
        assert await dials(world, "*72") == ["recall"]
        assert await rung_by_jane(world) == ["trunk"]
