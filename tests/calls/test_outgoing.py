"""Calls to the outside: which line is taken, what happens without dial tone, and how they end."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from appliance.calls.party import BRIDGE_SILENCE_SECONDS
from appliance.office.model import Ending, Office
from tests.calls.around import about_to_call, lines_off_hook, only_trunks, silence_exchange, tell_endings_by
from tests.calls.hearing import until
from tests.calls.phone import Phone
from tests.calls.world import GREETED, MAIN, World, world

BOB = "4075550199"


async def glare(here: World) -> tuple[Phone, Phone]:
    """A caller and the surgery's telephone take the only trunk at the same moment."""
    caller, last_digit = await about_to_call(here, MAIN)
    surgery = await here.phone("fxs-2").dials("9" + BOB[:-1])
    await caller.presses(last_digit)
    await surgery.presses(BOB[-1])
    await until(lambda: here.trunk_states() == ["seized"], within=1.0)
    return caller, surgery


async def talking_to_bob(here: World) -> tuple[Phone, Phone]:
    """The surgery's telephone and an outside party, talking."""
    bob = here.subscriber(BOB, "BOB ROE")
    surgery = await here.phone("fxs-2").dials(f"9{BOB}#")
    await bob.answers()
    await asyncio.sleep(2)
    return surgery, bob


async def test_without_dial_tone_one_line_is_taken_for_an_incoming_call_and_the_telephone_hears_that_none_is_free(
    here: World,
) -> None:
    silence_exchange(here)
    surgery = await here.phone("fxs-2").dials(f"9{BOB}#")
    await surgery.hears("no-line-free")
    assert here.appliance.faults == ["line 4 gave no dial tone", "line 3 gave no dial tone"]
    await until(lambda: here.trunk_states() == ["idle", "idle", "idle", "up"])
    assert lines_off_hook(here) == ["fxo-4"]
    await here.logs("surgery", "no-line", "released")
    surgery.hangs_up()
    await here.all_is_free(within=60)
    assert here.told.on("surgery") == ["no-line-free"]
    assert here.told.on("line 4") == ["dial-extension-any-time", "for-operator"] + 2 * [
        "did-not-hear",
        "dial-extension-any-time",
        "for-operator",
    ]
    assert here.phone("fxs-1").telephone.ring_bursts == 0, "the operator was rung for a line with nobody on it"
    assert here.outcomes() == [("surgery", "no-line", "released"), ("line 4", "abandoned", "released")]
    await until(lambda: here.trunk_states() == ["idle"] * 4)


async def test_a_caller_met_on_a_seized_line_is_answered() -> None:
    async with world(only_trunks(1)) as here:
        caller, surgery = await glare(here)
        await surgery.hears("no-line-free")
        await caller.hears("for-operator")
        assert surgery.heard == ["no-line-free"]
        assert caller.heard == [GREETED, "for-operator"]
        surgery.hangs_up()
        await caller.presses("103")
        await here.phone("fxs-3").rings()


async def test_a_caller_met_on_a_seized_line_who_presses_wrong_keys_reaches_the_operator() -> None:
    async with world(only_trunks(1)) as here:
        caller, _surgery = await glare(here)
        for _ in range(3):
            await caller.presses("9", at=GREETED)
        await here.phone("fxs-1").rings()


async def test_the_first_reversal_ends_the_call_of_a_caller_met_on_a_seized_line() -> None:
    def told_by_polarity(office: Office) -> Office:
        return replace(office, trunks=(replace(office.trunks[0], endings=frozenset({Ending.POLARITY})),))

    async with world(told_by_polarity) as here:
        tell_endings_by(here, MAIN, "polarity")
        caller, surgery = await glare(here)
        await caller.hears(GREETED)
        surgery.hangs_up()
        caller.hangs_up()
        await here.all_is_free()
        assert ("main", "abandoned", "polarity") in here.outcomes()
        assert lines_off_hook(here) == []


async def test_a_call_that_loses_its_line_to_an_emergency_while_it_waits_for_dial_tone_ends_politely() -> None:
    async with world(only_trunks(1)) as here:
        called = here.subscriber("911", behaviour="answers", answers_after_s=1.0)
        give_tones_again = silence_exchange(here)
        surgery = here.phone("fxs-2")
        surgery.lifts()
        billing = await here.phone("fxs-3").dials(f"9{BOB}#")
        await surgery.presses("911")
        await until(lambda: here.trunk_states() == ["clearing"], within=1.0)
        give_tones_again()
        await billing.hears("no-line-free", within=0.5)
        await called.lifted()
        await here.logs("billing", "no-line", "released")
        assert here.told.said == [("billing", "no-line-free")]
        billing.hangs_up()
        surgery.hangs_up()
        await here.all_is_free()
        assert sorted(here.outcomes()) == [
            ("billing", "no-line", "released"),
            ("surgery", "dialled-out", "on-hook"),
        ]
        assert here.appliance.faults == []


@pytest.mark.parametrize("seconds", [0.1, 1.5], ids=["for dial tone", "until all is dialled"])
async def test_a_call_that_is_stopped_while_it_waits_leaves_no_line_off_hook(here: World, seconds: float) -> None:
    await here.phone("fxs-2").dials(f"9{BOB}#")
    await until(lambda: "seized" in here.trunk_states())
    await asyncio.sleep(seconds)
    assert here.trunk_states() == ["idle", "idle", "idle", "seized"]
    await here.appliance.switchboard.close()
    assert lines_off_hook(here) == []
    assert here.outcomes() == [("surgery", "interrupted", "released")]


async def test_a_line_on_which_a_parallel_telephone_talks_is_left_alone_until_that_is_hung_up(here: World) -> None:
    here.exchange.fault("fxo-4", "in-use")
    await asyncio.sleep(1)
    surgery = await here.phone("fxs-2").dials(f"9{BOB}#")
    await asyncio.sleep(3)
    assert here.trunk_states() == ["idle", "idle", "up", "idle"]
    surgery.hangs_up()
    here.exchange.fault("fxo-4", "free")
    await asyncio.sleep(3)
    await here.phone("fxs-2").dials(f"9{BOB}#")
    await asyncio.sleep(3)
    assert here.trunk_states() == ["idle", "idle", "idle", "up"]


async def test_the_log_says_how_the_far_end_of_an_outside_call_was_known_to_have_left(here: World) -> None:
    _surgery, bob = await talking_to_bob(here)
    bob.hangs_up()
    await here.ended(("surgery", "dialled-out", "loop-break"))


def only_silence_ends(office: Office) -> Office:
    return replace(office, trunks=tuple(replace(trunk, endings=frozenset({Ending.SILENCE})) for trunk in office.trunks))


async def test_an_outside_call_on_which_neither_says_a_word_is_ended_after_five_minutes() -> None:
    """The telephone was put beside its rest, and the exchange tells nothing of the far end's hanging up."""
    async with world(only_silence_ends) as here:
        tell_endings_by(here, "5550103", "silence")
        _surgery, bob = await talking_to_bob(here)
        bob.hangs_up()
        await asyncio.sleep(BRIDGE_SILENCE_SECONDS - 5)
        assert here.trunk_states()[3] == "up"
        await asyncio.sleep(10)
        assert here.outcomes() == [("surgery", "dialled-out", "silence")]
        assert lines_off_hook(here) == []


async def test_an_emergency_call_is_never_ended_for_silence() -> None:
    async with world(only_silence_ends) as here:
        here.subscriber("911", behaviour="answers", answers_after_s=1.0)
        await here.phone("fxs-2").dials("911")
        await asyncio.sleep(BRIDGE_SILENCE_SECONDS + 20)
        assert here.trunk_states()[3] == "up"


async def test_a_caller_and_a_person_who_say_nothing_for_five_minutes_are_taken_to_have_left() -> None:
    async with world(only_silence_ends) as here:
        caller, _callee = await here.connected()
        tell_endings_by(here, MAIN, "silence")
        caller.hangs_up()
        await asyncio.sleep(BRIDGE_SILENCE_SECONDS - 5)
        assert here.trunk_states()[0] == "up"
        await asyncio.sleep(10)
        assert here.outcomes() == [("main", "connected", "silence")]
        assert lines_off_hook(here) == []


async def test_an_inside_call_is_never_ended_for_silence(here: World) -> None:
    await here.phone("fxs-2").dials("103")
    await here.phone("fxs-3").answers()
    await asyncio.sleep(BRIDGE_SILENCE_SECONDS + 20)
    assert here.outcomes() == [("surgery", "", "")]
    assert len(here.appliance.switchboard.ongoing) == 1
    here.phone("fxs-3").hangs_up()
    await here.ended(("surgery", "connected", "on-hook"))
