"""Hook flashes in calls for help: none of them drops such a call, or puts it on hold."""

from __future__ import annotations

import asyncio

from appliance.calls.outgoing import DIAL_TONE_SECONDS
from appliance.calls.parties import BRIDGE_SILENCE_SECONDS
from appliance.clock import run_virtual
from hw.audio import SILENCE
from tests.calls.around import dials_inside, station_at, until
from tests.calls.plainlines import PlainWorld, hear_each_other, hears_tone, on_hold, plain_world
from tests.calls.test_emergency import help_answers
from tests.calls.world import world


async def calls_for_help(here: PlainWorld) -> None:
    """Anne is on hold, and Maria talks to those who help."""
    caller, maria = await here.talking()
    maria.flashes()
    await on_hold(caller)
    maria.presses("911")
    await hear_each_other(maria, here.card.trunk("gate-2"))
    assert here.card.trunk("gate-2").seized == ["911"]


def test_a_flash_in_a_call_for_help_changes_nothing() -> None:
    async def main() -> None:
        async with plain_world() as here:
            here.maria.lifts()
            here.maria.presses("911")
            helper = here.card.trunk("gate-2")
            await hear_each_other(here.maria, helper)
            here.maria.flashes()
            await asyncio.sleep(1)
            await hear_each_other(here.maria, helper)
            here.maria.hangs_up()
            await here.ended(("front desk", "dialled-out", "on-hook"))

    run_virtual(main)


def test_a_flash_while_help_is_being_called_does_not_drop_the_call() -> None:
    async def main() -> None:
        async with plain_world() as here:
            caller, maria = await here.talking()
            helper = here.card.trunk("gate-2")
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
            await here.all_is_free()

    run_virtual(main)


def test_hanging_up_while_help_is_being_called_leaves_the_call_for_help_to_whoever_is_on_hold() -> None:
    async def main() -> None:
        async with plain_world() as here:
            caller, maria = await here.talking()
            helper = here.card.trunk("gate-2")
            helper.on_seized = lambda: None
            called = help_answers(here.here)
            maria.flashes()
            await on_hold(caller)
            maria.presses("911")
            await until(lambda: helper.off_hook)
            maria.hangs_up()
            await until(lambda: called.off_hook)
            assert not helper.off_hook
            assert not maria.ringing
            caller.leaves()
            await here.all_is_free()
            assert here.steps("gate 1")[2:] == ["held by front desk", "transferred", "dials 911"]

    run_virtual(main)


def test_a_flash_lets_whoever_is_on_hold_hear_the_call_for_help_and_no_further_flash_ends_it() -> None:
    async def main() -> None:
        async with plain_world() as here:
            await calls_for_help(here)
            caller, helper = here.card.trunk("gate-1"), here.card.trunk("gate-2")
            here.maria.flashes()
            await hear_each_other(caller, here.maria, helper)
            here.maria.flashes()
            await asyncio.sleep(1)
            await hear_each_other(caller, here.maria, helper)
            caller.leaves()
            await hear_each_other(here.maria, helper)
            here.maria.flashes()
            await asyncio.sleep(1)
            await hear_each_other(here.maria, helper)
            here.maria.hangs_up()
            await here.all_is_free()

    run_virtual(main)


def test_hanging_up_leaves_whoever_is_on_hold_with_those_who_help() -> None:
    async def main() -> None:
        async with plain_world() as here:
            await calls_for_help(here)
            here.maria.hangs_up()
            await hear_each_other(here.card.trunk("gate-1"), here.card.trunk("gate-2"))
            here.card.trunk("gate-2").leaves()
            await here.all_is_free()

    run_virtual(main)


def test_a_call_for_help_is_not_ended_by_silence_whoever_hears_it() -> None:
    async def main() -> None:
        async with plain_world() as here:
            await calls_for_help(here)
            caller, helper = here.card.trunk("gate-1"), here.card.trunk("gate-2")
            here.maria.flashes()
            await hear_each_other(caller, here.maria, helper)
            caller.says = helper.says = here.maria.says = SILENCE
            await asyncio.sleep(1.5 * BRIDGE_SILENCE_SECONDS)
            assert (caller.off_hook, helper.off_hook) == (True, True)
            here.maria.hangs_up()
            await asyncio.sleep(1.5 * BRIDGE_SILENCE_SECONDS)
            assert (caller.off_hook, helper.off_hook) == (True, True)
            helper.leaves()
            await here.all_is_free()

    run_virtual(main)


def test_once_those_who_help_have_hung_up_a_flash_goes_back_to_whoever_is_on_hold() -> None:
    async def main() -> None:
        async with plain_world() as here:
            await calls_for_help(here)
            here.card.trunk("gate-2").leaves()
            await hears_tone(here.maria, "reorder")
            here.maria.flashes()
            await hear_each_other(here.card.trunk("gate-1"), here.maria)
            here.maria.flashes()
            await on_hold(here.card.trunk("gate-1"))
            here.maria.flashes()
            await hear_each_other(here.card.trunk("gate-1"), here.maria)
            here.maria.hangs_up()
            await here.all_is_free()

    run_virtual(main)


def test_a_call_for_help_takes_even_the_line_of_whoever_is_on_hold() -> None:
    async def main() -> None:
        async with world() as here:
            helped = help_answers(here)
            caller, desk = await here.connected()
            for trunk in here.appliance.lines.trunks[1:]:
                here.exchange.fault(trunk.port, "cut")
            await asyncio.sleep(2)
            desk.flash()
            await asyncio.sleep(2)
            await desk.press("911")
            await until(lambda: helped.off_hook, within=20)
            desk.flash()
            await asyncio.sleep(DIAL_TONE_SECONDS)
            assert helped.off_hook
            assert here.trunk_states()[0] == "up"
            desk.hang_up()
            caller.hang_up()
            await asyncio.sleep(4)
            assert here.trunk_states()[0] == "idle"
            assert here.outcomes() == [
                ("main", "connected", "taken-for-emergency"),
                ("front desk", "dialled-out", "on-hook"),
            ]

    run_virtual(main)


def test_a_flash_in_a_call_for_help_over_the_exchange_changes_nothing() -> None:
    async def main() -> None:
        async with world() as here:
            helped = help_answers(here)
            surgery = await dials_inside(here, "fxs-2", "911")
            await until(lambda: helped.off_hook, within=20)
            for _ in range(3):
                station_at(here, "fxs-2").flash()
                await asyncio.sleep(2)
            assert helped.off_hook
            surgery.hang_up()
            await asyncio.sleep(3)
            assert here.outcomes() == [("surgery", "dialled-out", "on-hook")]

    run_virtual(main)
