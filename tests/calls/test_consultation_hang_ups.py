"""Somebody hangs up at any moment of a consultation: nothing is left off hook, and the call is over and logged."""

from __future__ import annotations

import asyncio
from contextlib import suppress

import pytest

from appliance.calls.call import Call
from appliance.calls.consultation import Consultation, Consulted
from appliance.calls.outcome import CallEnded
from appliance.office.phrase import phrase
from hw.linecard import LineError
from hw.sim.circuit import FarEndSignal
from tests.calls.around import lines_off_hook, tell_endings_by
from tests.calls.hearing import until
from tests.calls.ownline import BOB, caller_for_bob, calls_bob
from tests.calls.phone import Phone
from tests.calls.world import MAIN, World
from tests.proofs import some

EVERY_SECONDS = 0.7
PATIENCE_SECONDS = 12.0
"""For so long whoever is left waits before they hang up, too."""


async def accepts_by_key(call: Call, consultation: Consultation) -> None:
    """Screening as a flow does it: a key joins the two, and who does not press one lets the caller be told so."""
    if await consultation.answered(20) is Consulted.ANSWERED:
        key = ""
        with suppress(CallEnded):
            key = await consultation.callee.read_key(phrase("one-moment"), first=5)
            if key == "1" and await consultation.join():
                await consultation.talk()
                return
        if not consultation.callee.leg.gone.done() or not call.caller.leg.gone.done():
            await consultation.back()
    await call.caller.play(phrase("goodbye"))


async def bob_accepts(bob: Phone) -> None:
    """Bob answers, says who he is, and presses 1; until he or the caller hangs up."""
    with suppress(LineError):
        await bob.rings(within=30)
        await asyncio.sleep(1)
        bob.lifts()
        await bob.says("Hello?")
        await asyncio.sleep(1.5)
        await bob.presses("1")
        await asyncio.sleep(10)
        bob.hangs_up()


@pytest.mark.parametrize("who", ["caller", "callee"])
@pytest.mark.parametrize(
    ("ending", "first"),
    some([("loop-break", 0), ("loop-break", 1), ("busy", 1), ("loop-break", 2), ("polarity", 2)], 2),
)
async def test_nothing_is_left_off_hook_whenever_somebody_hangs_up(
    here: World, who: str, ending: FarEndSignal, first: int
) -> None:
    tell_endings_by(here, MAIN, ending)
    bob = here.subscriber(BOB, "BOB ROE")
    calls_bob(here, accepts_by_key)
    for instant in some(range(first, 30, 3), 2):
        caller = await caller_for_bob(here)
        callee = asyncio.create_task(bob_accepts(bob))
        await asyncio.sleep(instant * EVERY_SECONDS)
        (caller if who == "caller" else bob).hangs_up()
        await asyncio.sleep(PATIENCE_SECONDS)
        callee.cancel()
        await asyncio.gather(callee, return_exceptions=True)
        caller.hangs_up()
        bob.hangs_up()
        try:
            await here.all_is_free(within=40)
            await until(lambda: here.trunk_states() == ["idle"] * 4)
        except AssertionError:
            raise AssertionError(f"after {instant * EVERY_SECONDS:.1f} s something is left") from None
        assert lines_off_hook(here) == []
        assert here.appliance.faults == []
        assert all(outcome for _line, outcome, _cause in here.outcomes())
        await asyncio.sleep(8)
