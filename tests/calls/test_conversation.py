"""Conversations with lines that are far away: keys told apart from the sound, hold, and how they end."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import numpy as np
import pytest

from appliance.calls.party import BRIDGE_SILENCE_SECONDS
from appliance.calls.talk import HELD_SILENCE_SECONDS
from appliance.media.music import hold_music
from appliance.office.model import Office
from hw.audio import FRAME_SAMPLES, SILENCE, Frame
from hw.callerid.coding import CallerId
from hw.cleared import Cleared
from hw.dsp.dtmf import DtmfReceiver
from tests.calls.farlines import ANNE, FarLine, FarWorld, far_world, hear_each_other
from tests.calls.hearing import until
from tests.calls.world import GREETED

MUSIC = hold_music()


def digits_at(telephone_listeners: list[object]) -> list[str]:
    """The keys heard as tones from now on."""
    receiver = DtmfReceiver()
    heard: list[str] = []

    def feed(frame: Frame) -> None:
        heard.extend(receiver.feed(frame))

    telephone_listeners.append(feed)
    return heard


def hears_music(line: FarLine) -> bool:
    """Whether the last half second it heard is somewhere in the music. The music's first frame may be smoothed."""
    heard = np.concatenate(line.frames[-25:])
    rounds = np.resize(MUSIC, len(MUSIC) + len(heard))
    return any(np.array_equal(rounds[at : at + len(heard)], heard) for at in range(0, len(MUSIC), FRAME_SAMPLES))


def second_ring(office: Office) -> Office:
    """The gateway's first line is answered at the second ring."""
    main, gate = office.trunks
    return replace(office, trunks=(main, replace(gate, answer_after_rings=2)))


async def test_a_told_key_chooses_from_the_menu_and_the_telephone_shows_who_calls(far: FarWorld) -> None:
    caller = await far.greeted()
    caller.presses("1")
    await far.maria.rings()
    assert far.maria.shown == [ANNE]
    caller.leaves()
    await far.ended(("gate 1", "abandoned", "hung-up"))


async def test_two_parties_far_away_hear_each_other_until_one_hangs_up(far: FarWorld) -> None:
    caller, maria = await far.talking()
    await asyncio.sleep(5)
    assert caller.is_hearing(maria)
    assert maria.is_hearing(caller)
    maria.hangs_up()
    await far.ended(("gate 1", "connected", "on-hook"))


async def test_a_told_key_reaches_a_plain_telephone_as_a_tone_and_the_voice_comes_back(far: FarWorld) -> None:
    caller = await far.greeted()
    caller.presses("102")
    surgery = far.here.phone("fxs-2")
    await surgery.rings()
    heard = digits_at(surgery.telephone.listeners)
    levels: list[Frame] = []
    surgery.lifts()
    await asyncio.sleep(1)
    heard.clear()
    for digit in "1590*#":
        caller.presses(digit)
        await asyncio.sleep(0.3)
    assert heard == [*"1590*#"]
    surgery.telephone.listeners.append(levels.append)
    await asyncio.sleep(0.5)
    assert np.abs(levels[-1]).max() > 500, "the caller's voice did not come back"
    caller.leaves()
    surgery.hangs_up()
    await asyncio.sleep(2)
    await far.ended(("gate 1", "connected", "hung-up"))


async def test_keys_told_faster_than_tones_can_follow_each_other_all_arrive(far: FarWorld) -> None:
    caller = await far.greeted()
    caller.presses("102")
    surgery = far.here.phone("fxs-2")
    await surgery.rings()
    surgery.lifts()
    await asyncio.sleep(1)
    heard = digits_at(surgery.telephone.listeners)
    for digit in "11225":
        caller.presses(digit)
        await asyncio.sleep(0.09)
    await asyncio.sleep(1.5)
    assert heard == [*"11225"]
    caller.leaves()
    surgery.hangs_up()
    await asyncio.sleep(2)
    await far.all_is_free()


async def test_a_told_key_is_pressed_towards_a_party_whose_line_tells_keys_and_no_tone_is_made(far: FarWorld) -> None:
    caller, maria = await far.talking()
    caller.presses("12")
    maria.presses("#")
    heard_before = len(maria.frames)
    await asyncio.sleep(1)
    assert (maria.pressed, caller.pressed) == ("12", "#")
    assert all(np.array_equal(frame, caller.says) for frame in maria.frames[heard_before:])
    caller.leaves()
    await far.ended(("gate 1", "connected", "hung-up"))


async def test_keys_of_a_plain_telephone_stay_in_the_sound(far: FarWorld) -> None:
    caller = await far.greeted()
    caller.presses("102")
    surgery = far.here.phone("fxs-2")
    await surgery.rings()
    surgery.lifts()
    await asyncio.sleep(1)
    await surgery.presses("7")
    await asyncio.sleep(1)
    assert caller.pressed == ""
    receiver = DtmfReceiver()
    assert [digit for frame in caller.frames for digit in receiver.feed(frame)] == ["7"]
    caller.leaves()
    surgery.hangs_up()
    await asyncio.sleep(2)
    await far.all_is_free()


async def test_who_is_held_hears_music_and_then_the_other_again(far: FarWorld) -> None:
    caller, maria = await far.talking()
    maria.holds(True)
    await asyncio.sleep(3)
    assert hears_music(caller)
    assert maria.is_hearing(caller)
    maria.holds(False)
    await asyncio.sleep(1)
    assert caller.is_hearing(maria)
    caller.leaves()
    await far.all_is_free()


async def test_a_key_of_the_holder_does_not_end_the_music(far: FarWorld) -> None:
    maria = far.maria
    maria.lifts("102")
    surgery = far.here.phone("fxs-2")
    await surgery.rings()
    surgery.lifts()
    await asyncio.sleep(1)
    maria.holds(True)
    heard: list[Frame] = []
    maria.presses("5")
    await asyncio.sleep(1)
    surgery.telephone.listeners.append(heard.append)
    await asyncio.sleep(1)
    assert not any(np.abs(np.corrcoef(frame, maria.says)[0, 1]) > 0.9 for frame in heard), "the holder is heard"
    maria.hangs_up()
    surgery.hangs_up()
    await asyncio.sleep(2)
    await far.ended(("front desk", "connected", "on-hook"))


async def test_a_call_held_by_both_gives_both_music(far: FarWorld) -> None:
    maria, ruth = far.maria, far.ruth
    maria.lifts("103")
    await ruth.answers()
    await asyncio.sleep(1)
    maria.holds(True)
    ruth.holds(True)
    await asyncio.sleep(2)
    assert hears_music(maria)
    assert hears_music(ruth)
    maria.hangs_up()
    await far.ended(("front desk", "connected", "on-hook"))


async def test_who_is_held_may_listen_to_the_music_for_long_and_is_not_taken_to_have_left_when_that_is_over(
    far: FarWorld,
) -> None:
    caller, maria = await far.talking()
    caller.says = maria.says = SILENCE
    maria.holds(True)
    await asyncio.sleep(2 * BRIDGE_SILENCE_SECONDS)
    await until(lambda: hears_music(caller), within=15)
    maria.holds(False)
    await asyncio.sleep(BRIDGE_SILENCE_SECONDS - 10)
    assert maria.off_hook
    await asyncio.sleep(20)
    await far.ended(("gate 1", "connected", "silence"))


async def test_a_silent_call_that_is_forgotten_on_hold_ends_after_an_hour(far: FarWorld) -> None:
    caller, maria = await far.talking()
    caller.says = maria.says = SILENCE
    maria.holds(True)
    await asyncio.sleep(HELD_SILENCE_SECONDS - 10)
    assert caller.off_hook
    await asyncio.sleep(20)
    await far.ended(("gate 1", "connected", "silence"))


@pytest.mark.parametrize("cause", [Cleared.HUNG_UP, Cleared.NO_AUDIO, Cleared.LINK_LOST], ids=lambda cause: cause.value)
async def test_the_log_says_by_what_the_far_end_was_known_to_have_left(far: FarWorld, cause: Cleared) -> None:
    caller, maria = await far.talking()
    caller.leaves(cause)
    await far.ended(("gate 1", "connected", cause.value))
    assert not maria.off_hook, "a SIP telephone is cleared, not left with a tone"


async def test_a_caller_who_leaves_in_the_menu_is_logged_with_the_cause(far: FarWorld) -> None:
    caller = await far.greeted()
    caller.leaves(Cleared.LINK_LOST)
    await far.ended(("gate 1", "abandoned", "link-lost"))


async def test_a_caller_who_gives_up_before_the_answer_frees_the_line_at_once() -> None:
    async with far_world(second_ring) as here:
        caller = here.card.trunk("gate-1")
        caller.calls(CallerId())
        await asyncio.sleep(0.5)
        assert here.here.trunk_states() == ["idle", "ringing", "idle", "idle", "idle"]
        caller.gives_up()
        await asyncio.sleep(0.1)
        assert here.here.trunk_states() == ["idle"] * 5
        assert not caller.off_hook
        await here.ended(("gate 1", "abandoned", "ringing-stopped"))


async def test_who_calls_is_forgotten_with_the_call() -> None:
    """A ring with nothing told is listened to for caller ID, and is not the last caller's."""
    async with far_world(second_ring) as here:
        caller = here.card.trunk("gate-1")
        caller.calls(ANNE)
        await asyncio.sleep(0.5)
        caller.gives_up()
        await asyncio.sleep(3)
        caller.rings()
        caller.rings()
        await until(lambda: caller.off_hook)
        assert [call.caller_number for call in here.here.appliance.calls.recent(10)] == ["", ANNE.number]
        caller.leaves()
        await here.all_is_free()


async def test_a_call_from_another_office_for_an_extension_rings_there_with_no_menu(far: FarWorld) -> None:
    caller = far.card.trunk("join-1")
    caller.calls(CallerId("610", "EVA"), "103")
    await far.ruth.answers()
    await hear_each_other(caller, far.ruth)
    assert caller.heard == ["one-moment"]
    assert far.ruth.shown == [CallerId("610", "EVA")]
    far.ruth.hangs_up()
    await far.ended(("join-1", "connected", "on-hook"))
    (record,) = far.here.appliance.calls.recent(10)
    assert (record.called, record.reached, record.direction) == ("103", "ruth", "in")


async def test_a_call_from_another_office_for_nobody_s_extension_is_greeted(far: FarWorld) -> None:
    caller = far.card.trunk("join-1")
    caller.calls(CallerId("610"), "177")
    await until(lambda: caller.heard)
    assert caller.heard[0] == GREETED
    caller.leaves()
    await far.all_is_free()


async def test_a_call_from_outside_that_names_an_extension_is_greeted_all_the_same(far: FarWorld) -> None:
    caller = far.card.trunk("gate-1")
    caller.calls(ANNE, "103")
    await until(lambda: caller.heard)
    assert caller.heard[0] == GREETED
    assert not far.ruth.ringing
    caller.leaves()
    await far.all_is_free()


async def test_a_far_line_that_is_lost_ends_its_call_and_comes_back(far: FarWorld) -> None:
    caller, maria = await far.talking()
    caller.loses_battery(True)
    await asyncio.sleep(0.1)
    assert far.here.appliance.faults == ["gate 1 is dead: it does not answer"]
    assert not maria.off_hook
    caller.loses_battery(False)
    assert far.here.appliance.faults == []
    await far.ended(("gate 1", "connected", "line-lost"))
