"""Emergency calls: which line they get, and who may not have it."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from appliance.office.model import Office
from tests.calls.around import about_to_call, lines_off_hook, only_trunks, silence_exchange
from tests.calls.hearing import spoken, until
from tests.calls.phone import Phone
from tests.calls.world import GREETED, MAIN, World, world


def help_answers(here: World) -> Phone:
    return here.subscriber("911", behaviour="answers", answers_after_s=1.0)


async def everybody_calls(here: World, count: int) -> None:
    """So many outside callers hear the greeting."""
    for caller in [await here.caller().dials(MAIN) for _ in range(count)]:
        await caller.hears(GREETED)


async def test_a_second_emergency_call_does_not_cut_the_first() -> None:
    async with world(only_trunks(1)) as here:
        called = help_answers(here)
        first = await here.phone("fxs-2").dials("911")
        await called.lifted()
        second = await here.phone("fxs-3").dials("911")
        await here.logs("billing", "no-line", "released")
        assert here.trunk_states() == ["up"]
        assert here.told.said == [("billing", "no-line-free")]
        first.hangs_up()
        second.hangs_up()
        await here.ended(("surgery", "dialled-out", "on-hook"), ("billing", "no-line", "released"))


async def test_two_emergency_calls_at_once_take_a_line_each() -> None:
    async with world(only_trunks(2)) as here:
        await everybody_calls(here, 2)
        await asyncio.gather(here.phone("fxs-2").dials("911"), here.phone("fxs-3").dials("911"))
        await until(lambda: here.trunk_states() == ["clearing", "clearing"])
        await until(lambda: here.trunk_states() == ["up", "up"])
        assert [trunk.emergency for trunk in here.appliance.lines.trunks] == [True, True]
        taken = [("main", "abandoned", "taken-for-emergency"), ("line 2", "abandoned", "taken-for-emergency")]
        assert [ended for ended in here.outcomes() if ended[1]] == taken


async def test_a_line_is_anybodys_again_after_an_emergency_call() -> None:
    async with world(only_trunks(1)) as here:
        called = help_answers(here)
        surgery = await here.phone("fxs-2").dials("911")
        await called.lifted()
        surgery.hangs_up()
        await until(lambda: here.trunk_states() == ["idle"])
        await here.greeted()


async def test_a_caller_who_rings_in_while_a_line_is_kept_for_an_emergency_does_not_get_it() -> None:
    async with world(only_trunks(1)) as here:
        called = help_answers(here)
        await here.greeted()
        late, last_digit = await about_to_call(here, MAIN)
        surgery = await here.phone("fxs-2").dials("911")
        await until(lambda: here.trunk_states() == ["clearing"])
        await asyncio.sleep(0.9)  # The exchange knows now that the line was hung up, and rings it again.
        await late.presses(last_digit)
        with spoken() as said:
            await called.lifted(within=20)
            await asyncio.sleep(4)
        assert said.on("main") == []
        surgery.hangs_up()
        await asyncio.sleep(1)
        assert here.outcomes() == [
            ("main", "abandoned", "taken-for-emergency"),
            ("surgery", "dialled-out", "on-hook"),
        ]


async def test_an_emergency_call_that_meets_a_caller_on_the_only_line_hangs_up_on_the_caller() -> None:
    async with world(only_trunks(1)) as here:
        called = help_answers(here)
        late, last_digit = await about_to_call(here, MAIN)
        surgery = await here.phone("fxs-2").dials("91")
        await late.presses(last_digit)
        await surgery.presses("1")
        await called.lifted()
        surgery.hangs_up()
        await asyncio.sleep(1)
        assert here.outcomes() == [("surgery", "dialled-out", "on-hook")]


async def test_an_emergency_call_whose_line_is_cut_while_it_clears_takes_the_next() -> None:
    async with world(only_trunks(2)) as here:
        called = help_answers(here)
        await everybody_calls(here, 2)
        await here.phone("fxs-2").dials("911")
        await until(lambda: here.trunk_states() == ["up", "clearing"])
        here.exchange.fault("fxo-2", "cut")
        await called.lifted()
        assert here.trunk_states() == ["up", "lost"]


async def test_a_line_is_free_again_when_whoever_called_for_help_hangs_up_while_it_clears() -> None:
    async with world(only_trunks(1)) as here:
        called = help_answers(here)
        await here.greeted()
        surgery = await here.phone("fxs-2").dials("911")
        await until(lambda: here.trunk_states() == ["clearing"])
        surgery.hangs_up()
        await until(lambda: here.trunk_states() == ["idle"])
        assert called.telephone.ring_bursts == 0
        assert here.outcomes() == [
            ("main", "abandoned", "taken-for-emergency"),
            ("surgery", "abandoned", "on-hook"),
        ]
        await here.greeted()


async def test_an_emergency_call_takes_the_line_of_a_call_that_is_still_being_dialled_and_its_caller_is_told() -> None:
    async with world(only_trunks(1)) as here:
        called = help_answers(here)
        billing = await here.phone("fxs-3").dials("9040755501990000000#")
        surgery = await here.phone("fxs-2").dials("911")
        await here.logs("billing", "no-line", "released")
        await called.lifted()
        assert here.told.said == [("billing", "no-line-free")]
        billing.hangs_up()
        surgery.hangs_up()
        await here.all_is_free()
        assert here.outcomes() == [("billing", "no-line", "released"), ("surgery", "dialled-out", "on-hook")]
        assert here.appliance.faults == []
        assert lines_off_hook(here) == []


async def test_an_emergency_call_takes_the_line_on_which_nobody_talks_to_anybody() -> None:
    async with world(only_trunks(2)) as here:
        called = help_answers(here)
        await here.greeted()
        await here.connected()
        await here.phone("fxs-2").dials("911")
        await called.lifted()
        assert here.outcomes()[:2] == [("main", "abandoned", "taken-for-emergency"), ("line 2", "", "")]


async def test_an_emergency_call_takes_even_a_line_that_rings() -> None:
    def slow_to_answer(office: Office) -> Office:
        return replace(office, trunks=(replace(office.trunks[0], answer_after_rings=5),))

    async with world(slow_to_answer) as here:
        called = help_answers(here)
        await here.caller().dials(MAIN)
        await until(lambda: bool(here.outcomes()))
        await here.phone("fxs-2").dials("911")
        await called.lifted()
        assert here.outcomes()[0] == ("main", "abandoned", "taken-for-emergency")


async def test_an_emergency_call_is_dialled_on_a_line_whose_dial_tone_is_not_recognised() -> None:
    async with world(only_trunks(1)) as here:
        called = help_answers(here)
        silence_exchange(here)
        surgery = await here.phone("fxs-2").dials("911")
        await called.lifted(within=45)
        surgery.hangs_up()
