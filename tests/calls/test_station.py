"""A lifted telephone: its tones, and the prefix for an outside line."""

from __future__ import annotations

import asyncio

from hw.audio import level_dbm0
from tests.calls.around import leave, tones_at
from tests.calls.phone import Phone
from tests.calls.world import World

BOB = "4075550199"


def listen_for_pauses(telephone: Phone) -> list[float]:
    """The level (dBm0) of every 20 ms this telephone hears from now on."""
    levels: list[float] = []
    telephone.telephone.listeners.append(lambda frame: levels.append(level_dbm0(frame)))
    return levels


async def test_the_prefix_for_an_outside_line_alone_gives_dial_tone_again_and_all_the_time_of_the_first_digit(
    here: World,
) -> None:
    bob = here.subscriber(BOB, "BOB ROE")
    surgery = here.phone("fxs-2")
    heard = tones_at(here, surgery)
    surgery.lifts()
    await asyncio.sleep(2)
    await surgery.presses("9")
    await asyncio.sleep(1)
    levels = listen_for_pauses(surgery)
    await asyncio.sleep(14)
    assert heard == ["dial"]
    assert min(levels) > -25, "dial tone stopped"
    await surgery.presses(BOB)
    await bob.rings()


async def test_the_prefix_with_nothing_behind_it_ends_in_reorder_tone(here: World) -> None:
    surgery = here.phone("fxs-2")
    heard = tones_at(here, surgery)
    surgery.lifts()
    await asyncio.sleep(2)
    await surgery.presses("9")
    await asyncio.sleep(20)
    assert heard == ["dial", "reorder"]
    assert here.outcomes() == [("surgery", "not-dialled", "released")]
    assert here.trunk_states() == ["idle"] * 4


async def test_stutter_dial_tone_tells_the_operator_of_the_offices_messages_and_nobody_else(here: World) -> None:
    await leave(here, "office")
    await asyncio.sleep(3)
    heard = {port: tones_at(here, here.phone(port)) for port in ("fxs-1", "fxs-2", "fxs-4")}
    for port in heard:
        here.phone(port).lifts()
    await asyncio.sleep(3)
    assert [tones[0] for tones in heard.values()] == ["stutter", "dial", "dial"]


async def test_what_is_dialled_on_from_a_number_of_ones_own_is_the_mailbox(here: World) -> None:
    await here.phone("fxs-2").dials("102")
    await asyncio.sleep(3)
    (ongoing,) = here.appliance.switchboard.ongoing.values()
    assert (ongoing.line, ongoing.call.called) == ("surgery", "102")
    assert not here.phone("fxs-2").ringing
