"""Calls to the outside: which line is taken, what happens without dial tone, and how they end."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from appliance.calls.parties import BRIDGE_SILENCE_SECONDS
from appliance.office.model import Ending, Office
from hw.sim.telephone import Telephone
from tests.calls.around import (
    about_to_call,
    dials_inside,
    lines_off_hook,
    only_trunks,
    silence_exchange,
    spoken,
    station_at,
    tell_endings_by,
    until,
)
from tests.calls.world import MAIN, World, world

BOB = "4075550199"


async def glare(here: World) -> tuple[Telephone, Telephone]:
    """A caller and the surgery's telephone take the only trunk at the same moment."""
    caller, last_digit = await about_to_call(here, MAIN)
    surgery = await dials_inside(here, "fxs-2", "9" + BOB)
    await caller.press(last_digit)
    await surgery.press("#")
    await until(lambda: here.trunk_states() == ["seized"], within=1.0)
    return caller, surgery


async def talking_to_bob(here: World) -> tuple[Telephone, Telephone]:
    """The surgery's telephone and an outside party, talking."""
    bob = here.exchange.subscriber(BOB, "BOB ROE")
    surgery = await dials_inside(here, "fxs-2", f"9{BOB}#")
    await until(lambda: bob.ringing)
    bob.lift()
    await asyncio.sleep(2)
    return surgery, bob


async def test_without_dial_tone_one_line_is_taken_for_an_incoming_call_and_the_telephone_hears_that_none_is_free() -> (
    None
):
    async with world() as here:
        silence_exchange(here)
        with spoken() as said:
            surgery = await dials_inside(here, "fxs-2", f"9{BOB}#")
            await asyncio.sleep(14)
            assert said.on("surgery") == ["no-line-free"]
            assert here.trunk_states() == ["idle", "idle", "idle", "up"]
            assert lines_off_hook(here) == ["fxo-4"]
            assert here.appliance.faults == ["line 4 gave no dial tone", "line 3 gave no dial tone"]
            surgery.hang_up()
            await asyncio.sleep(60)
        assert said.on("line 4") == ["dial-extension-any-time", "for-operator"] + 2 * [
            "did-not-hear",
            "dial-extension-any-time",
            "for-operator",
        ]
        assert station_at(here, "fxs-1").ring_bursts == 0, "the operator was rung for a line with nobody on it"
        assert here.outcomes() == [("surgery", "no-line", "released"), ("line 4", "abandoned", "released")]
        assert here.trunk_states() == ["idle"] * 4


async def test_a_caller_met_on_a_seized_line_is_answered() -> None:
    async with world(only_trunks(1)) as here:
        with spoken() as said:
            caller, surgery = await glare(here)
            await asyncio.sleep(12)
            assert said.on("main") == ["dial-extension-any-time", "for-operator"]
            assert said.on("surgery") == ["no-line-free"]
        surgery.hang_up()
        await caller.press("103")
        await until(lambda: station_at(here, "fxs-3").ringing)


async def test_a_caller_met_on_a_seized_line_who_presses_wrong_keys_reaches_the_operator() -> None:
    async with world(only_trunks(1)) as here:
        caller, _surgery = await glare(here)
        await asyncio.sleep(6)
        for _ in range(3):
            await caller.press("9")
            await asyncio.sleep(6)
        await until(lambda: station_at(here, "fxs-1").ringing)


async def test_the_first_reversal_ends_the_call_of_a_caller_met_on_a_seized_line() -> None:
    def told_by_polarity(office: Office) -> Office:
        return replace(office, trunks=(replace(office.trunks[0], endings=frozenset({Ending.POLARITY})),))

    async with world(told_by_polarity) as here:
        tell_endings_by(here, MAIN, "polarity")
        caller, surgery = await glare(here)
        await asyncio.sleep(8)
        surgery.hang_up()
        caller.hang_up()
        await asyncio.sleep(3)
        assert ("main", "abandoned", "polarity") in here.outcomes()
        assert lines_off_hook(here) == []


async def test_a_call_that_loses_its_line_to_an_emergency_while_it_waits_for_dial_tone_ends_politely() -> None:
    async with world(only_trunks(1)) as here:
        called = here.exchange.subscriber("911", behaviour="answers", answers_after_s=1.0)
        give_tones_again = silence_exchange(here)
        with spoken() as said:
            surgery = station_at(here, "fxs-2")
            surgery.lift()
            billing = await dials_inside(here, "fxs-3", f"9{BOB}#")
            await surgery.press("911")
            await until(lambda: here.trunk_states() == ["clearing"], within=1.0)
            give_tones_again()
            await asyncio.sleep(0.5)
            assert said.said == [("billing", "no-line-free")]
            await asyncio.sleep(10)
        assert called.off_hook
        assert said.said == [("billing", "no-line-free")]
        billing.hang_up()
        surgery.hang_up()
        await asyncio.sleep(3)
        assert sorted(here.outcomes()) == [
            ("billing", "no-line", "released"),
            ("surgery", "dialled-out", "on-hook"),
        ]
        assert here.appliance.faults == []


@pytest.mark.parametrize("seconds", [0.1, 1.5], ids=["for dial tone", "until all is dialled"])
async def test_a_call_that_is_stopped_while_it_waits_leaves_no_line_off_hook(seconds: float) -> None:
    async with world() as here:
        await dials_inside(here, "fxs-2", f"9{BOB}#")
        await until(lambda: "seized" in here.trunk_states())
        await asyncio.sleep(seconds)
        assert here.trunk_states() == ["idle", "idle", "idle", "seized"]
        await here.appliance.switchboard.close()
        assert lines_off_hook(here) == []
        assert here.outcomes() == [("surgery", "interrupted", "released")]


async def test_a_line_on_which_a_parallel_telephone_talks_is_left_alone_until_that_is_hung_up() -> None:
    async with world() as here:
        here.exchange.fault("fxo-4", "in-use")
        await asyncio.sleep(1)
        surgery = await dials_inside(here, "fxs-2", f"9{BOB}#")
        await asyncio.sleep(3)
        assert here.trunk_states() == ["idle", "idle", "up", "idle"]
        surgery.hang_up()
        here.exchange.fault("fxo-4", "free")
        await asyncio.sleep(3)
        await dials_inside(here, "fxs-2", f"9{BOB}#")
        await asyncio.sleep(3)
        assert here.trunk_states() == ["idle", "idle", "idle", "up"]


async def test_the_log_says_how_the_far_end_of_an_outside_call_was_known_to_have_left() -> None:
    async with world() as here:
        _surgery, bob = await talking_to_bob(here)
        bob.hang_up()
        await asyncio.sleep(2)
        assert here.outcomes() == [("surgery", "dialled-out", "loop-break")]


def only_silence_ends(office: Office) -> Office:
    return replace(office, trunks=tuple(replace(trunk, endings=frozenset({Ending.SILENCE})) for trunk in office.trunks))


async def test_an_outside_call_on_which_neither_says_a_word_is_ended_after_five_minutes() -> None:
    """The telephone was put beside its rest, and the exchange tells nothing of the far end's hanging up."""
    async with world(only_silence_ends) as here:
        tell_endings_by(here, "5550103", "silence")
        _surgery, bob = await talking_to_bob(here)
        bob.hang_up()
        await asyncio.sleep(BRIDGE_SILENCE_SECONDS - 5)
        assert here.trunk_states()[3] == "up"
        await asyncio.sleep(10)
        assert here.outcomes() == [("surgery", "dialled-out", "silence")]
        assert lines_off_hook(here) == []


async def test_an_emergency_call_is_never_ended_for_silence() -> None:
    async with world(only_silence_ends) as here:
        here.exchange.subscriber("911", behaviour="answers", answers_after_s=1.0)
        await dials_inside(here, "fxs-2", "911")
        await asyncio.sleep(BRIDGE_SILENCE_SECONDS + 20)
        assert here.trunk_states()[3] == "up"


async def test_a_caller_and_a_person_who_say_nothing_for_five_minutes_are_taken_to_have_left() -> None:
    async with world(only_silence_ends) as here:
        caller, _callee = await here.connected()
        tell_endings_by(here, MAIN, "silence")
        caller.hang_up()
        await asyncio.sleep(BRIDGE_SILENCE_SECONDS - 5)
        assert here.trunk_states()[0] == "up"
        await asyncio.sleep(10)
        assert here.outcomes() == [("main", "connected", "silence")]
        assert lines_off_hook(here) == []


async def test_an_inside_call_is_never_ended_for_silence() -> None:
    async with world() as here:
        await dials_inside(here, "fxs-2", "103")
        await until(lambda: station_at(here, "fxs-3").ringing)
        station_at(here, "fxs-3").lift()
        await asyncio.sleep(BRIDGE_SILENCE_SECONDS + 20)
        assert here.outcomes() == [("surgery", "", "")]
        assert len(here.appliance.switchboard.ongoing) == 1
        station_at(here, "fxs-3").hang_up()
        await asyncio.sleep(2)
        assert here.outcomes() == [("surgery", "connected", "on-hook")]
