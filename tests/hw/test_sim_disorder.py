"""Whatever people do with their telephones, the exchange ends up idle and serves the next call."""

from __future__ import annotations

import asyncio
import random
from typing import Any

import pytest

from hw.linecard import LineError
from tests.hw.simworld import BOB, JANE, World, network

COUNTRY_OF_SEED = ("us", "uk", "jp", "se")


async def do_something(world: World, dice: random.Random, busy: dict[str, asyncio.Task[Any]]) -> None:
    """One thing a person, the unit, or the weather might do."""
    name, telephone = dice.choice(list(world.exchange.telephones.items()))
    trunk = dice.choice(world.trunks).port
    number = dice.choice(["5550100", "5550101", BOB, JANE, "5550177", "5559999", "*67", "12"])
    match dice.randrange(12):
        case 0 | 1 | 2:
            telephone.lift()
        case 3:
            telephone.hang_up()
        case 4:
            if telephone.off_hook:
                telephone.flash()
        case 5 | 6 | 7:
            if telephone.off_hook and (name not in busy or busy[name].done()):
                how = telephone.pulse(number) if number.isdigit() and dice.random() < 0.3 else telephone.press(number)
                busy[name] = asyncio.create_task(how)
        case 8:
            trunk.seize()
        case 9:
            trunk.release()
        case 10:
            if trunk.off_hook:
                with_luck(trunk.flash, world.plan.flash_ms)
        case 11:
            world.exchange.fault(trunk.name, dice.choice(["cut", "restore", "restore", "break", "in-use", "free"]))
    if dice.random() < 0.2:
        port = world.exchange.card.fxs[0]
        with_luck(port.ring, (1.0, 2.0))


def with_luck(action: Any, *arguments: Any) -> None:
    try:
        action(*arguments)
    except LineError:
        return


@pytest.mark.parametrize("seed", range(8))
async def test_the_exchange_survives_any_disorder(seed: int) -> None:
    dice = random.Random(seed)
    async with network(
        COUNTRY_OF_SEED[seed % 4],
        trunks=2,
        trunk={"call_waiting": seed % 2 == 0, "answer_supervision": seed % 3 == 0},
    ) as world:
        world.exchange.hunt_group("5550100", ["5550100", "5550101"])
        world.subscriber("5550177", call_waiting=True)
        busy: dict[str, asyncio.Task[Any]] = {}
        for _ in range(100):
            await do_something(world, dice, busy)
            await asyncio.sleep(dice.choice([0.005, 0.03, 0.3, 1.0, 2.5]))
        for telephone in world.exchange.telephones.values():
            telephone.hang_up()
        for trunk in world.trunks:
            trunk.port.release()
            world.exchange.fault(trunk.port.name, "restore")
            world.exchange.fault(trunk.port.name, "free")
        world.exchange.card.fxs[0].stop_ring()
        await asyncio.gather(*busy.values(), return_exceptions=True)
        await asyncio.sleep(20)
        loops = [trunk.port.loop for trunk in world.trunks] + [world.jane.loop, world.bob.loop, world.station.loop]
        assert {(loop.held, loop.ringing, loop.polarity) for loop in loops} == {(False, False, 1)}
        assert len(asyncio.all_tasks()) == 1
        for trunk in world.trunks:
            trunk.events.clear()
        await world.call(world.jane, "5550101")
        await asyncio.sleep(4)
        assert (world.trunks[0].events, world.trunks[1].port.loop.ringing or world.trunks[1].events != []) == (
            [],
            True,
        )
