"""A lifted telephone: its tones, and the prefix for an outside line."""

from __future__ import annotations

import asyncio

from hw.audio import level_dbm0
from hw.sim.telephone import Telephone
from tests.calls.around import dials_inside, leave, station_at, tones_at, until
from tests.calls.world import world

BOB = "4075550199"


def listen_for_pauses(telephone: Telephone) -> list[float]:
    """The level (dBm0) of every 20 ms this telephone hears from now on."""
    levels: list[float] = []
    telephone.listeners.append(lambda frame: levels.append(level_dbm0(frame)))
    return levels


async def test_the_prefix_for_an_outside_line_alone_gives_dial_tone_again_and_all_the_time_of_the_first_digit() -> None:
    async with world() as here:
        bob = here.exchange.subscriber(BOB, "BOB ROE")
        surgery = station_at(here, "fxs-2")
        heard = tones_at(here, surgery)
        surgery.lift()
        await asyncio.sleep(2)
        await surgery.press("9")
        await asyncio.sleep(1)
        levels = listen_for_pauses(surgery)
        await asyncio.sleep(14)
        assert heard == ["dial"]
        assert min(levels) > -25, "dial tone stopped"
        await surgery.press(BOB)
        await until(lambda: bob.ringing)


async def test_the_prefix_with_nothing_behind_it_ends_in_reorder_tone() -> None:
    async with world() as here:
        surgery = station_at(here, "fxs-2")
        heard = tones_at(here, surgery)
        surgery.lift()
        await asyncio.sleep(2)
        await surgery.press("9")
        await asyncio.sleep(20)
        assert heard == ["dial", "reorder"]
        assert here.outcomes() == [("surgery", "not-dialled", "released")]
        assert here.trunk_states() == ["idle"] * 4


async def test_stutter_dial_tone_tells_the_operator_of_the_offices_messages_and_nobody_else() -> None:
    async with world() as here:
        await leave(here, "office")
        await asyncio.sleep(3)
        heard = {port: tones_at(here, station_at(here, port)) for port in ("fxs-1", "fxs-2", "fxs-4")}
        for port in heard:
            station_at(here, port).lift()
        await asyncio.sleep(3)
        assert [tones[0] for tones in heard.values()] == ["stutter", "dial", "dial"]


async def test_what_is_dialled_on_from_a_number_of_ones_own_is_the_mailbox() -> None:
    async with world() as here:
        await dials_inside(here, "fxs-2", "102")
        await asyncio.sleep(3)
        (ongoing,) = here.appliance.switchboard.ongoing.values()
        assert (ongoing.line, ongoing.call.called) == ("surgery", "102")
        assert not station_at(here, "fxs-2").ringing
