"""Keys of a cell phone, short, unequal, coded as speech and echoed, accept a call once, and while it is announced."""

from __future__ import annotations

import asyncio

import pytest

from appliance.office.forwarding import Way
from tests.calls.cellphones import CELL, caller_for_ruth, forwarded, hear_each_other, record_of
from tests.calls.hearing import until
from tests.calls.world import world

INTO_THE_ANNOUNCEMENT = (0.4, 1.3, 2.6)
"""Seconds behind the answer at which the key is pressed; all the while something is said, and echoes."""


@pytest.mark.parametrize("seconds", INTO_THE_ANNOUNCEMENT)
@pytest.mark.parametrize("way", Way, ids=lambda way: way.value)
async def test_a_cellular_key_accepts_while_the_call_is_announced(way: Way, seconds: float) -> None:
    async with world(forwarded(way)) as here:
        cell = here.subscriber(CELL)
        caller = await caller_for_ruth(here)
        await cell.rings(within=20)
        await asyncio.sleep(4)
        cell.lifts()
        await asyncio.sleep(seconds)
        assert not hear_each_other(here, caller, cell)
        await cell.telephone.press("1", cellular=True)
        await until(lambda: hear_each_other(here, caller, cell), within=2)
        await asyncio.sleep(3)
        assert hear_each_other(here, caller, cell)
        cell.hangs_up()
        record = await record_of(here, caller)
        assert (record.outcome, record.reached) == ("forwarded", "ruth")


@pytest.mark.parametrize("way", Way, ids=lambda way: way.value)
async def test_a_cellular_key_counts_once(way: Way) -> None:
    """The second 3 is its echo: were it a key, all would be said once more than it is."""
    async with world(forwarded(way)) as here:
        cell = here.subscriber(CELL)
        await caller_for_ruth(here)
        await cell.rings(within=20)
        await asyncio.sleep(4)
        cell.lifts()
        await cell.says("Hello?")
        await cell.hears("screening-menu")
        await asyncio.sleep(1)
        before = cell.heard.count("screening-menu")
        await cell.telephone.press("3", cellular=True)
        await asyncio.sleep(1.5)
        assert cell.heard.count("screening-menu") == before + 1
        await cell.telephone.press("2", cellular=True)
        await cell.hears("sent-to-voicemail", within=3)
