"""A port for a telephone tells whoever talks on it that a call waits, and who it is."""

from __future__ import annotations

import asyncio

import numpy as np
import pytest

from hw.audio import level_dbm0
from hw.callerid.coding import CallerId
from hw.linecard import LineError
from tests.hw.simworld import network, sine

ANNE = CallerId("4075550122", "ANNE HILL", when=(3, 4, 9, 30))


async def test_a_telephone_that_takes_it_shows_the_caller_and_hears_the_tone_every_10_s() -> None:
    async with network() as world:
        port, telephone = world.exchange.card.fxs[0], world.station
        telephone.shows_waiting_caller = True
        telephone.lift()
        await asyncio.sleep(0.2)
        heard: list[float] = []
        telephone.listeners.append(lambda frame: heard.append(level_dbm0(frame)))
        port.call_waits(ANNE)
        await asyncio.sleep(3)
        assert telephone.caller_id == ANNE
        await asyncio.sleep(12)
        loud = np.flatnonzero(np.asarray(heard) > -40) * 0.02
        assert loud[0] < 0.1
        assert any(10 < at < 13 for at in loud)
        heard.clear()
        port.call_waits_no_more()
        await asyncio.sleep(12)
        assert max(heard) < -40
        telephone.hang_up()


@pytest.mark.parametrize("takes", [True, False])
async def test_the_far_side_hears_neither_the_key_nor_the_data(takes: bool) -> None:
    async with network() as world:
        port, telephone = world.exchange.card.fxs[0], world.station
        telephone.shows_waiting_caller = takes
        passed: list[float] = []
        port.attach(lambda _event: None, lambda frame: passed.append(level_dbm0(frame)))
        telephone.lift()
        await asyncio.sleep(0.2)
        passed.clear()
        port.call_waits(ANNE)
        await asyncio.sleep(3)
        assert max(passed) < -35
        assert len(passed) > 50, "the two talk on"
        await telephone.speak(sine(700, 0.5))
        assert max(passed) > -30
        telephone.hang_up()


async def test_it_ends_with_the_call_and_a_telephone_on_hook_is_rung_instead() -> None:
    async with network() as world:
        port, telephone = world.exchange.card.fxs[0], world.station
        telephone.lift()
        await asyncio.sleep(0.2)
        port.call_waits(ANNE)
        await asyncio.sleep(0.1)
        telephone.hang_up()
        await asyncio.sleep(1.5)
        with pytest.raises(LineError):
            port.call_waits(ANNE)
        port.ring((2, 4), ANNE)
        await asyncio.sleep(1)
        assert telephone.ringing
        port.stop_ring()
