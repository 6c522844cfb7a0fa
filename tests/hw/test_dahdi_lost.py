"""What the kernel, the card or a signal loses on the way: sound, requests and events. Nothing of it is forgotten."""

from __future__ import annotations

import asyncio
import os
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from hw.audio import FRAME_SAMPLES
from hw.dahdi.abi import Alarm, ChannelEvent
from hw.dahdi.card import SILENT, WATCH_S
from hw.linecard import BatteryLost, BatteryRestored, LineError, OffHook, OnHook
from hw.sim.dahdi.station import HOOK_DEBOUNCE_S
from tests.hw.dahdiworld import DahdiWorld, dahdi_world, mounts
from tests.hw.linecard_bench import TONE, Listener

pytestmark = mounts


@pytest.fixture
def here() -> AbstractAsyncContextManager[DahdiWorld]:
    return dahdi_world()


async def test_a_card_without_sound_is_told_once_and_its_lines_stay_dead_until_it_has_some(here: DahdiWorld) -> None:
    """It is opened anew every 2 s, and no call meets its silence meanwhile."""
    told: list[tuple[str, bool]] = []
    here.card.on_fault = lambda fault, there: told.append((fault, there))
    trunk = here.card.fxo[0]
    here.span.faults.missing = 1.0
    await asyncio.sleep(3 * WATCH_S)
    alive = []
    for _ in range(20):
        await asyncio.sleep(0.5)
        alive.append(trunk.battery)
    faults = [f"line dahdi-{n}: {SILENT}" for n in (1, 2)]
    assert (told, any(alive)) == ([(fault, True) for fault in faults], False)
    with pytest.raises(LineError):
        here.card.fxs[0].ring((2.0, 4.0))
    here.span.faults.missing = 0.0
    await asyncio.sleep(2 * WATCH_S)
    assert sorted(told[2:]) == [(fault, False) for fault in faults]
    assert trunk.battery
    here.card.fxs[0].ring((2.0, 4.0))
    await asyncio.sleep(0.5)
    assert here.loops["dahdi-2"].ringing


async def test_a_line_is_hung_up_though_signals_interrupt_the_request(here: DahdiWorld) -> None:
    trunk, loop = here.card.fxo[0], here.loops["dahdi-1"]
    trunk.seize()
    await asyncio.sleep(1)
    assert loop.held
    here.span.faults.interrupted = 1.0
    trunk.release()
    here.span.faults.interrupted = 0.0
    await asyncio.sleep(0.1)
    assert not loop.held


async def test_a_bell_is_silenced_though_signals_interrupt_the_request(here: DahdiWorld) -> None:
    station, loop = here.card.fxs[0], here.loops["dahdi-2"]
    station.ring((2.0, 4.0))
    await asyncio.sleep(1)
    assert loop.ringing
    here.span.faults.interrupted = 1.0
    station.stop_ring()
    here.span.faults.interrupted = 0.0
    await asyncio.sleep(0.1)
    assert not loop.ringing


async def test_a_bell_that_nobody_silences_rings_once_and_not_again_a_minute_later(here: DahdiWorld) -> None:
    here.card.fxs[0].wires.ring(True)
    rang = []
    for _ in range(150):
        await asyncio.sleep(0.5)
        rang.append(here.loops["dahdi-2"].ringing)
    assert rang.count(True) in (11, 12, 13)


async def test_a_channel_that_was_closed_touches_no_other_file(here: DahdiWorld, tmp_path: Path) -> None:
    channel = here.card.fxo[0].line.channel
    assert channel is not None
    number = channel.fileno()
    await here.card.close()
    with (tmp_path / "another").open("wb") as another:
        os.dup2(another.fileno(), number)
        with pytest.raises(OSError, match="Bad file descriptor"):
            channel.write(TONE[:FRAME_SAMPLES])
        channel.close()
        os.close(number)
    assert (tmp_path / "another").read_bytes() == b""


async def test_a_lifting_and_a_hanging_up_whose_events_are_lost_are_noticed(here: DahdiWorld) -> None:
    """The kernel's queue is full at that very moment. What it sees of the hook is looked at now and then."""
    told = Listener(here.card.fxs[0])
    here.span.channels[2].changed = lambda: None
    flash_over_s = here.span.channels[2].ms("rx_flash")
    for done, known_s in ((here.telephones[0].lift, 0.0), (here.telephones[0].hang_up, flash_over_s)):
        done()
        await asyncio.sleep(HOOK_DEBOUNCE_S + known_s - 0.001)
        here.span.storm(2, [ChannelEvent.RINGEROFF] * 100)
        await asyncio.sleep(4)
    assert told.events == [OffHook(), OnHook()]


async def test_a_line_in_red_alarm_is_dead_whatever_else_its_card_sees(here: DahdiWorld) -> None:
    told, channel = Listener(here.card.fxo[0]), here.span.channels[1]
    channel.alarms = int(Alarm.RED)
    await asyncio.sleep(1.5)
    assert (told.events, here.card.fxo[0].battery) == ([BatteryLost()], False)
    channel.alarms = 0
    await asyncio.sleep(0.5)
    assert (told.events[1:], here.card.fxo[0].battery) == ([BatteryRestored()], True)
