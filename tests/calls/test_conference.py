"""A conference: everybody hears everybody, who comes is told by name, and somebody outside is brought in."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import cast

import numpy as np

from appliance.calls.byitself import nobody
from appliance.calls.party import BRIDGE_SILENCE_SECONDS, Party, says_nothing
from appliance.calls.rooms import JOINED, MOST_PARTIES, Rooms
from appliance.calls.station import StationLine
from appliance.media.music import HoldMusic, hold_music
from appliance.office.model import Ending, Office
from hw.audio import SILENCE
from tests.calls.farlines import FarWorld, far_world
from tests.calls.hearing import until
from tests.calls.plainlines import PlainWorld, hear_each_other, hears_music, on_hold
from tests.calls.world import World

SAID_SECONDS = 8.0
"""Longer than what whoever is alone is told before the music."""


async def test_who_comes_is_told_by_name_and_everybody_hears_everybody(far: FarWorld) -> None:
    far.maria.lifts("*631")
    await far.maria.hears("conference-first")
    await asyncio.sleep(SAID_SECONDS)
    assert hears_music(far.maria)
    far.ruth.lifts("*631")
    await far.maria.hears("conference-joined")
    await hear_each_other(far.maria, far.ruth)
    far.nina.lifts("*63")
    await far.nina.hears("enter-conference")
    far.nina.presses("1")
    await hear_each_other(far.maria, far.ruth, far.nina)
    far.maria.hangs_up()
    await hear_each_other(far.ruth, far.nina)
    far.nina.hangs_up()
    await far.ruth.hears("conference-alone")
    await asyncio.sleep(SAID_SECONDS)
    assert hears_music(far.ruth)
    far.ruth.hangs_up()
    await far.ended(*[(line, "connected", "on-hook") for line in ("front desk", "billing", "lab")])
    assert far.here.appliance.services.rooms == {}


async def test_two_conferences_do_not_hear_each_other(far: FarWorld) -> None:
    far.maria.lifts("*631")
    far.ruth.lifts("*632")
    await far.maria.hears("conference-first")
    await far.ruth.hears("conference-first")
    await asyncio.sleep(SAID_SECONDS)
    assert hears_music(far.maria)
    assert hears_music(far.ruth)
    far.maria.hangs_up()
    far.ruth.hangs_up()
    await far.all_is_free()


async def test_whoever_holds_the_conference_plays_it_nothing(far: FarWorld) -> None:
    for phone in (far.maria, far.ruth, far.nina):
        phone.lifts("*631")
    await hear_each_other(far.maria, far.ruth, far.nina)
    far.nina.holds(True)
    await until(lambda: far.maria.is_hearing(far.ruth) and far.ruth.is_hearing(far.maria))
    far.nina.holds(False)
    await hear_each_other(far.maria, far.ruth, far.nina)
    for phone in (far.maria, far.ruth, far.nina):
        phone.hangs_up()
    await far.all_is_free()


async def test_a_caller_is_brought_in_by_a_plain_telephone_that_flashes_and_hangs_up(plain: PlainWorld) -> None:
    plain.ruth.lifts("*631")
    caller, maria = await plain.talking()
    maria.flashes()
    await asyncio.sleep(0.5)
    maria.presses("*631")
    await until(lambda: len(plain.here.appliance.services.rooms["1"].parties) == 2)
    await on_hold(caller)
    maria.hangs_up()
    await hear_each_other(caller, plain.ruth)
    caller.leaves()
    await plain.ruth.hears("conference-alone")
    plain.ruth.hangs_up()
    await plain.all_is_free()


async def test_a_caller_is_brought_in_by_both_transfers_of_a_sip_telephone(far: FarWorld) -> None:
    far.ruth.lifts("*631")
    caller, maria = await far.talking()
    maria.transfers("*631")
    await hear_each_other(caller, far.ruth)
    caller.leaves()
    await far.ruth.hears("conference-alone")
    caller, maria = await far.talking()
    second = maria.second
    assert second is not None
    maria.holds(True)
    second.lifts("*631")
    await hear_each_other(second, far.ruth)
    maria.transfers(to="phone-1-second")
    await until(lambda: maria.told == [True, True])
    second.hangs_up()
    await hear_each_other(caller, far.ruth)
    far.ruth.hangs_up()
    caller.leaves()
    await far.all_is_free()


async def test_nobody_is_transferred_to_what_changes_something(far: FarWorld) -> None:
    caller, maria = await far.talking()
    maria.transfers("*744")
    await until(lambda: maria.told == [False])
    maria.hangs_up()
    caller.leaves()
    await far.all_is_free()


async def test_a_ninth_party_is_told_that_it_is_full(here: World) -> None:
    rooms = here.appliance.services.rooms
    line = cast("StationLine", None)
    eight = [Party(nobody(), line, says_nothing) for _ in range(MOST_PARTIES)]
    for party in eight:
        assert rooms.enter("4", party, HoldMusic(hold_music())) is not None
    maria = await here.phone("fxs-1").dials("*634")
    await maria.hears("conference-full", "goodbye")
    await maria.puts_down()
    for party in eight:
        rooms.leave("4", party)
    assert rooms == Rooms()


def told_by_silence(office: Office) -> Office:
    endings = frozenset({Ending.SILENCE})
    return replace(office, trunks=tuple(replace(trunk, endings=endings) for trunk in office.trunks))


async def test_a_caller_of_whom_nothing_but_silence_tells_that_he_has_left_is_not_there_for_ever() -> None:
    async with far_world(told_by_silence) as far:
        far.ruth.lifts("*631")
        caller, maria = await far.talking()
        maria.transfers("*631")
        await hear_each_other(caller, far.ruth)
        caller.says = far.ruth.says = SILENCE
        await asyncio.sleep(BRIDGE_SILENCE_SECONDS - 10)
        assert len(far.here.appliance.services.rooms["1"].parties) == 2
        await asyncio.sleep(20)
        assert len(far.here.appliance.services.rooms["1"].parties) == 1
        far.ruth.hangs_up()
        await far.all_is_free()


def test_the_tones_are_short() -> None:
    assert len(JOINED) == 2400
    assert np.abs(JOINED).max() > 1000
