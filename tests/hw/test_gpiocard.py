"""The card of one's own making obeys the contract of line cards, through its pins and through the ALSA library."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from tests.hw.gpioworld import FXO, FXS, gpio_world
from tests.hw.linecard_bench import Bench, Maker
from tests.hw.linecard_contract import RULES
from tests.hw.test_linecard import SimBench


@asynccontextmanager
async def on_pins(country: str = "us") -> AsyncIterator[Bench]:
    async with gpio_world(country) as world:
        yield SimBench(world.exchange, world.card, world.board.daas[FXO].line, world.telephone)
        assert world.board.slics[FXS].misuse == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
async def test_the_card_on_pins(rule: Callable[[Maker], Awaitable[None]]) -> None:
    await rule(on_pins)
