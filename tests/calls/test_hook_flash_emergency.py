"""Hook flashes in calls for help: none of them drops such a call, or puts it on hold."""

from __future__ import annotations

import asyncio

from appliance.calls.outgoing import DIAL_TONE_SECONDS
from appliance.calls.party import BRIDGE_SILENCE_SECONDS
from hw.audio import SILENCE
from tests.calls.hearing import until
from tests.calls.plainlines import PlainWorld, hear_each_other, hears_tone, on_hold
from tests.calls.test_emergency import help_answers
from tests.calls.world import World


async def calls_for_help(here: PlainWorld) -> None:
    """Anne is on hold, and Maria talks to those who help."""
    caller, maria = await here.talking()
    maria.flashes()
    await on_hold(caller)
    maria.presses("911")
    await hear_each_other(maria, here.card.trunk("gate-2"))
    assert here.card.trunk("gate-2").seized == ["911"]


async def test_a_flash_in_a_call_for_help_changes_nothing(plain: PlainWorld) -> None:
    plain.maria.lifts()
    plain.maria.presses("911")
    helper = plain.card.trunk("gate-2")
    await hear_each_other(plain.maria, helper)
    plain.maria.flashes()
    await asyncio.sleep(1)
    await hear_each_other(plain.maria, helper)
    plain.maria.hangs_up()
    await plain.ended(("front desk", "dialled-out", "on-hook"))


async def test_a_flash_while_help_is_being_called_does_not_drop_the_call(plain: PlainWorld) -> None:
    caller, maria = await plain.talking()
    helper = plain.card.trunk("gate-2")
    helper.on_seized = lambda: None
    maria.flashes()
    await on_hold(caller)
    maria.presses("911")
    await until(lambda: helper.off_hook)
    maria.flashes()
    await asyncio.sleep(1)
    helper.proceeds()
    await hear_each_other(maria, helper)
    await on_hold(caller)
    maria.hangs_up()
    caller.leaves()
    await plain.all_is_free()


async def test_hanging_up_while_help_is_being_called_leaves_the_call_for_help_to_whoever_is_on_hold(
    plain: PlainWorld,
) -> None:
    caller, maria = await plain.talking()
    helper = plain.card.trunk("gate-2")
    helper.on_seized = lambda: None
    called = help_answers(plain.here)
    maria.flashes()
    await on_hold(caller)
    maria.presses("911")
    await until(lambda: helper.off_hook)
    maria.hangs_up()
    await until(lambda: called.off_hook)
    assert not helper.off_hook
    assert not maria.ringing
    caller.leaves()
    await plain.all_is_free()
    assert plain.steps("gate 1")[3:] == ["held by front desk", "transferred", "dials 911"]


async def test_a_flash_lets_whoever_is_on_hold_hear_the_call_for_help_and_no_further_flash_ends_it(
    plain: PlainWorld,
) -> None:
    await calls_for_help(plain)
    caller, helper = plain.card.trunk("gate-1"), plain.card.trunk("gate-2")
    plain.maria.flashes()
    await hear_each_other(caller, plain.maria, helper)
    plain.maria.flashes()
    await asyncio.sleep(1)
    await hear_each_other(caller, plain.maria, helper)
    caller.leaves()
    await hear_each_other(plain.maria, helper)
    plain.maria.flashes()
    await asyncio.sleep(1)
    await hear_each_other(plain.maria, helper)
    plain.maria.hangs_up()
    await plain.all_is_free()


async def test_hanging_up_leaves_whoever_is_on_hold_with_those_who_help(plain: PlainWorld) -> None:
    await calls_for_help(plain)
    plain.maria.hangs_up()
    await hear_each_other(plain.card.trunk("gate-1"), plain.card.trunk("gate-2"))
    plain.card.trunk("gate-2").leaves()
    await plain.all_is_free()


async def test_a_call_for_help_is_not_ended_by_silence_whoever_hears_it(plain: PlainWorld) -> None:
    await calls_for_help(plain)
    caller, helper = plain.card.trunk("gate-1"), plain.card.trunk("gate-2")
    plain.maria.flashes()
    await hear_each_other(caller, plain.maria, helper)
    caller.says = helper.says = plain.maria.says = SILENCE
    await asyncio.sleep(1.5 * BRIDGE_SILENCE_SECONDS)
    assert (caller.off_hook, helper.off_hook) == (True, True)
    plain.maria.hangs_up()
    await asyncio.sleep(1.5 * BRIDGE_SILENCE_SECONDS)
    assert (caller.off_hook, helper.off_hook) == (True, True)
    helper.leaves()
    await plain.all_is_free()


async def test_once_those_who_help_have_hung_up_a_flash_goes_back_to_whoever_is_on_hold(plain: PlainWorld) -> None:
    await calls_for_help(plain)
    plain.card.trunk("gate-2").leaves()
    await hears_tone(plain.maria, "reorder")
    plain.maria.flashes()
    await hear_each_other(plain.card.trunk("gate-1"), plain.maria)
    plain.maria.flashes()
    await on_hold(plain.card.trunk("gate-1"))
    plain.maria.flashes()
    await hear_each_other(plain.card.trunk("gate-1"), plain.maria)
    plain.maria.hangs_up()
    await plain.all_is_free()


async def test_a_call_for_help_takes_even_the_line_of_whoever_is_on_hold(here: World) -> None:
    helped = help_answers(here)
    caller, desk = await here.connected()
    for trunk in here.appliance.lines.trunks[1:]:
        here.exchange.fault(trunk.port, "cut")
    await asyncio.sleep(2)
    desk.flashes()
    await asyncio.sleep(2)
    await desk.presses("911")
    await helped.lifted(within=20)
    desk.flashes()
    await asyncio.sleep(DIAL_TONE_SECONDS)
    assert helped.off_hook
    assert here.trunk_states()[0] == "up"
    desk.hangs_up()
    caller.hangs_up()
    await asyncio.sleep(4)
    assert here.trunk_states()[0] == "idle"
    assert here.outcomes() == [
        ("main", "connected", "taken-for-emergency"),
        ("front desk", "dialled-out", "on-hook"),
    ]


async def test_a_flash_in_a_call_for_help_over_the_exchange_changes_nothing(here: World) -> None:
    helped = help_answers(here)
    surgery = await here.phone("fxs-2").dials("911")
    await helped.lifted(within=20)
    for _ in range(3):
        surgery.flashes()
        await asyncio.sleep(2)
    assert helped.off_hook
    surgery.hangs_up()
    await asyncio.sleep(3)
    assert here.outcomes() == [("surgery", "dialled-out", "on-hook")]
