"""While a unit is set up, its page finds out which line and which telephone is which."""

from __future__ import annotations

import asyncio

from appliance.flows.trials import telephone_found
from tests.calls.hearing import until
from tests.calls.world import MAIN, World


async def test_a_call_is_answered_at_the_page(bare: World) -> None:
    trials = bare.appliance.services.line_trials
    trials.look()
    caller = await bare.caller().dials(MAIN)
    await until(lambda: bool(trials.waiting), within=10)
    assert trials.waiting == {"fxo-1"}
    assert trials.answer("fxo-1")
    assert not trials.answer("fxo-2")
    await caller.hears("line-found")
    await bare.ended(("fxo-1", "goodbye", "released"))


async def test_a_call_that_nobody_answers_there_gets_the_builtin_attendant(bare: World) -> None:
    trials = bare.appliance.services.line_trials
    trials.look()
    caller = await bare.caller().dials(MAIN)
    await caller.hears("builtin-greeting")
    caller.hangs_up()
    assert not trials.answer("fxo-1")
    await bare.all_is_free()


async def test_while_nobody_looks_no_call_waits(bare: World) -> None:
    bare.appliance.services.line_trials.look()
    await asyncio.sleep(16)
    caller = await bare.caller().dials(MAIN)
    since = asyncio.get_running_loop().time()
    await caller.hears("builtin-greeting")
    assert asyncio.get_running_loop().time() - since < 12
    caller.hangs_up()
    await bare.all_is_free()


async def test_a_caller_who_gives_up_meanwhile(bare: World) -> None:
    trials = bare.appliance.services.line_trials
    trials.look()
    caller = await bare.caller().dials(MAIN)
    await until(lambda: bool(trials.waiting), within=10)
    caller.hangs_up()
    await bare.all_is_free()
    assert not trials.waiting


async def test_a_telephone_that_is_looked_for_rings_and_says_that_it_is_found(bare: World) -> None:
    line = bare.appliance.lines.station_lines[1]
    ringing = asyncio.create_task(bare.appliance.switchboard.call_up(line, telephone_found, "looked for", seconds=20))
    phone = bare.phone("fxs-2")
    await phone.answers()
    await phone.hears("telephone-found")
    phone.hangs_up()
    assert await ringing
    await bare.all_is_free()
