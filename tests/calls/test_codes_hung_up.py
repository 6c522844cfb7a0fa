"""Whoever dials a code may hang up at any moment of it: nothing is left seized, ringing or begun."""

from __future__ import annotations

import asyncio

import pytest

from tests.calls.farlines import FarWorld
from tests.calls.suspensions import Suspensions, watched
from tests.proofs import some

LONGEST_SECONDS = 40.0


async def dial(far: FarWorld, digits: str, at: int | None, suspensions: Suspensions) -> int:
    """Maria dials a code, and hangs up at this moment of it, counted from 1; None: once all is said."""
    far.ruth.on_ring = far.ruth.lifts
    suspensions.count_from_now(at, far.maria.hangs_up)
    far.maria.lifts(digits)
    for _ in range(round(LONGEST_SECONDS)):
        await asyncio.sleep(1.0)
        if not far.maria.off_hook:
            break
    count = suspensions.count
    far.maria.hangs_up()
    far.ruth.hangs_up()
    await asyncio.sleep(0.2)
    await far.all_is_free()
    assert far.here.appliance.services.rooms == {}
    assert not any(phone.ringing for phone in (far.ruth, far.nina))
    return count


@pytest.mark.parametrize("code", ["*550630", "*61", "*631", "*66", "*65", "*69", "*64", "*741", "*751", "*68"])
async def test_nothing_is_left_whenever_it_is_hung_up(far: FarWorld, code: str) -> None:
    suspensions = Suspensions()
    with watched(suspensions):
        moments = await dial(far, code, None, suspensions)
        assert moments > 2
        for at in some(range(1, moments + 1), 3):
            await dial(far, code, at, suspensions)
    assert far.here.appliance.faults == []
