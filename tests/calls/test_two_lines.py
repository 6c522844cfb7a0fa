"""A call that comes in on one line and goes out on another: both are freed whichever end goes, however that is told."""

from __future__ import annotations

import asyncio

import pytest

from appliance.calls.call import Call
from appliance.calls.outcome import Outcome
from appliance.calls.outgoing import dial_out
from appliance.calls.party import BRIDGE_SILENCE_SECONDS
from appliance.flows.route import go
from appliance.office.destination import Destination, ToOutside, ToPerson
from hw.sim.circuit import FarEndSignal
from tests.calls.around import lines_off_hook, tell_endings_by
from tests.calls.hearing import until
from tests.calls.phone import Phone
from tests.calls.world import MAIN, World

BOB = "4075550199"
LINE_4 = "5550103"


async def over_two_lines(here: World) -> tuple[Phone, Phone]:
    """An outside caller who pressed an extension, and Bob outside, talking."""

    async def forwarded(call: Call, destination: Destination) -> Outcome:
        return await go(call, ToOutside(BOB) if isinstance(destination, ToPerson) else destination)

    here.appliance.switchboard.route = forwarded
    bob = here.subscriber(BOB, "BOB ROE")
    caller = await here.greeted()
    await caller.presses("101")
    await bob.answers()
    await bob.says("Bob Roe speaking.")
    await caller.says("Good morning.")
    assert here.trunk_states() == ["up", "idle", "idle", "up"]
    return caller, bob


@pytest.mark.parametrize("ending", ["loop-break", "polarity", "busy", "reorder", "silence"])
@pytest.mark.parametrize("who", ["caller", "callee"])
async def test_both_lines_are_free_when_either_end_has_gone(here: World, who: str, ending: FarEndSignal) -> None:
    here.exchange.lines[LINE_4].services.answer_supervision = ending == "polarity"
    for number in (MAIN, LINE_4):
        tell_endings_by(here, number, ending)
    caller, bob = await over_two_lines(here)
    (caller if who == "caller" else bob).hangs_up()
    await asyncio.sleep(BRIDGE_SILENCE_SECONDS - 10 if ending == "silence" else 0)
    assert len(lines_off_hook(here)) == 2
    await here.all_is_free(within=15)
    await until(lambda: here.trunk_states() == ["idle"] * 4)
    assert lines_off_hook(here) == []
    cause = {"busy": "busy-tone", "reorder": "reorder-tone"}.get(str(ending), str(ending))
    assert here.outcomes() == [("main", "dialled-out", cause)]


async def test_both_lines_are_free_when_one_of_them_is_cut(here: World) -> None:
    await over_two_lines(here)
    here.exchange.fault("fxo-4", "cut")
    await here.all_is_free()
    await until(lambda: here.trunk_states() == ["idle", "idle", "idle", "lost"])
    assert lines_off_hook(here) == []


@pytest.mark.parametrize(("keep_free", "goes_out"), [(2, True), (3, False)])
async def test_lines_that_are_kept_for_callers_are_not_dialled_out_on(
    here: World, keep_free: int, goes_out: bool
) -> None:
    """One line of four is the caller's own, so that three are free."""
    told: list[bool] = []

    async def forwarded(call: Call, destination: Destination) -> Outcome:
        if not isinstance(destination, ToPerson):
            return await go(call, destination)
        trunks, leg = here.appliance.lines.trunks[::-1], call.caller.leg
        report = here.appliance.faults.append
        trunk = await dial_out(trunks, BOB, leg, emergency=False, report=report, keep_free=keep_free)
        told.append(trunk is not None)
        if trunk is not None and trunk.leg is not None:
            trunk.leg.release()
        return Outcome.DIALLED_OUT

    here.appliance.switchboard.route = forwarded
    here.subscriber(BOB, "BOB ROE")
    caller = await here.greeted()
    await caller.presses("101")
    await until(lambda: told == [goes_out])
    assert here.appliance.faults == []


async def test_an_emergency_call_takes_a_line_that_is_kept_for_callers(here: World) -> None:
    told: list[str] = []

    async def forwarded(call: Call, destination: Destination) -> Outcome:
        if not isinstance(destination, ToPerson):
            return await go(call, destination)
        trunks, leg = here.appliance.lines.trunks[::-1], call.caller.leg
        trunk = await dial_out(trunks, "911", leg, emergency=True, report=told.append, keep_free=4)
        assert trunk is not None
        told.append(trunk.name)
        assert trunk.leg is not None
        trunk.leg.release()
        return Outcome.DIALLED_OUT

    here.appliance.switchboard.route = forwarded
    here.subscriber("911", behaviour="answers")
    caller = await here.greeted()
    await caller.presses("101")
    await until(lambda: told == ["line 4"])
