"""No more than two telephones of a card have ring voltage at once, and all of them ring."""

from __future__ import annotations

import asyncio
from itertools import pairwise

import pytest

from hw.gpiocard.pinmap import BoardLine, SlicPins
from hw.gpiocard.ringturns import MOST_AT_ONCE
from tests.hw.gpioworld import CODEC, gpio_world

PINS = ((5, 6, 13, 16), (7, 8, 9, 10), (11, 12, 14, 15), (17, 22, 23, 24), (25, 26, 27, 4), (18, 19, 20, 21))
LINES = tuple(
    BoardLine(f"gpio-fxs-{n + 1}", SlicPins(*pins), f"{CODEC[:-1]}{n // 2}", ("left", "right")[n % 2])
    for n, pins in enumerate(PINS)
)


@pytest.mark.parametrize(("country", "cadence"), [("us", (2.0, 4.0)), ("uk", (0.4, 0.2, 0.4, 2.0)), ("de", (1.0, 4.0))])
async def test_six_telephones_that_are_rung_for_one_caller_take_turns(country: str, cadence: tuple[float, ...]) -> None:
    async with gpio_world(country, LINES) as world:
        lines = [world.board.slics[line.port].line for line in LINES]
        for port in world.card.fxs:
            port.ring(cadence)
        rung: list[list[bool]] = []
        for _ in range(1200):
            await asyncio.sleep(0.01)
            rung.append([line.ringing for line in lines])
        # Where one burst ends and another begins, both may be seen in the same hundredth of a second.
        more = [moment for moment, ringing in enumerate(rung) if sum(ringing) > MOST_AT_ONCE]
        assert all(later - moment > 20 for moment, later in pairwise([*more, 9999]))
        assert [rung[10].count(True), rung[10].index(True)] == [MOST_AT_ONCE, 0]  # Two of them at once, at once.
        for one in range(len(LINES)):
            bursts = sum(not before[one] and after[one] for before, after in pairwise([[False] * 6, *rung]))
            assert bursts >= (len(cadence) // 2) * int((12 - sum(cadence)) / sum(cadence))
        for port in world.card.fxs:
            port.stop_ring()


async def test_whoever_is_rung_alone_or_behind_others_waits_for_nobody() -> None:
    async with gpio_world("us", LINES) as world:
        first, second, third = world.card.fxs[:3]
        first.ring((2.0, 4.0))
        second.ring((2.0, 4.0))
        await asyncio.sleep(1)
        first.stop_ring()
        third.ring((2.0, 4.0))
        await asyncio.sleep(0.2)
        assert world.board.slics[third.name].line.ringing
        for port in (second, third):
            port.stop_ring()


async def test_a_telephone_that_is_lifted_before_its_turn_has_answered() -> None:
    async with gpio_world("us", LINES) as world:
        for port in world.card.fxs[:3]:
            port.ring((2.0, 4.0))
        await asyncio.sleep(0.5)
        third = world.card.fxs[2]
        assert (third.being_rung, world.board.slics[third.name].line.ringing) == (True, False)
        world.exchange.telephones[third.name].lift()
        await asyncio.sleep(0.5)
        assert (third.off_hook, third.being_rung) == (True, False)
        for port in world.card.fxs[:2]:
            port.stop_ring()
