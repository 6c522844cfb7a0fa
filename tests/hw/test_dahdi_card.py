"""What the DAHDI card does with everything that goes wrong with cards, drivers and system calls."""

from __future__ import annotations

import asyncio
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import numpy as np
import pytest

from hw.audio import FRAME_SAMPLES, level_dbm0
from hw.dahdi.abi import INTEGER, ChannelEvent, Ioctl, LampBy
from hw.dahdi.card import CRACKLES, NO_ZONE, WATCH_S
from hw.dahdi.channel import ChannelFile
from hw.dahdi.station import LONGEST_BURST_MS
from hw.linecard import (
    CARD_LINE,
    BatteryLost,
    BatteryRestored,
    HookFlash,
    LineError,
    LoopBroken,
    OffHook,
    OnHook,
    PulseDigit,
    RingStarted,
    carrying_data,
    line_meter,
)
from hw.sim.dahdi.faults import CallFaults
from tests.hw.dahdiworld import DahdiWorld, dahdi_world, mounts
from tests.hw.linecard_bench import TONE, Listener, send

pytestmark = mounts


@pytest.fixture
def here() -> AbstractAsyncContextManager[DahdiWorld]:
    return dahdi_world()


async def test_a_card_that_is_pulled_out_ends_its_calls_and_comes_back_by_itself(here: DahdiWorld) -> None:
    trunk, station = here.card.fxo[0], here.card.fxs[0]
    heard, told = Listener(trunk), Listener(station)
    meter = line_meter(trunk)
    assert meter is not None
    assert meter.volts() == 48.0
    trunk.seize()
    here.telephones[0].lift()
    await asyncio.sleep(1)
    assert meter.volts() == 8.0
    await here.unplug()
    assert meter.volts() is None
    await asyncio.sleep(0.5)
    assert (heard.events, told.events) == ([LoopBroken()], [OffHook(), OnHook()])
    trunk.release()
    await asyncio.sleep(2)
    assert (heard.events[1:], trunk.battery) == ([BatteryLost()], False)
    assert trunk.dead_because == "its card is not there, or not configured"
    assert sorted(here.faults) == [f"line dahdi-{n}: {trunk.dead_because}" for n in (1, 2)]
    with pytest.raises(LineError, match="not there"):
        station.ring((2.0, 4.0))
    here.telephones[0].hang_up()
    here.span.plug_in()
    await asyncio.sleep(WATCH_S + 1)
    assert (heard.events[2:], trunk.battery, trunk.dead_because) == (
        [BatteryRestored()],
        True,
        "no voltage on the line, is it plugged in?",
    )
    assert here.faults == []
    station.ring((2.0, 4.0))
    await asyncio.sleep(0.5)
    assert here.loops["dahdi-2"].ringing


async def test_the_other_lines_serve_on_while_one_card_is_gone() -> None:
    async with dahdi_world(trunks=2) as here:
        await here.unplug(1)
        told = Listener(here.card.fxo[1])
        caller = here.exchange.subscriber("5550188")
        caller.lift()
        await asyncio.sleep(0.5)
        await caller.press("5550101")
        await asyncio.sleep(2)
        assert told.events[:1] == [RingStarted()]
        assert [line["up"] for line in here.card.status()["lines"]] == [False, True, True]


async def test_a_module_that_is_loaded_late_is_taken_into_use(here: DahdiWorld) -> None:
    await here.unplug()
    here.span.unload()
    await asyncio.sleep(WATCH_S + 0.5)
    assert here.card.fxo[0].dead_because == "its card has no kernel driver (module) running"
    here.span.load()
    await asyncio.sleep(WATCH_S + 1)
    assert (here.faults, here.card.fxo[0].battery) == ([], True)


async def test_a_channel_without_configuration_is_told_and_is_used_when_it_has_one(here: DahdiWorld) -> None:
    await here.unplug(1)
    here.span.plug_in()
    here.span.channels[1].configured = False
    await asyncio.sleep(WATCH_S + 0.5)
    assert here.faults == ["line dahdi-1: its card is not there, or not configured"]
    here.span.channels[1].configured = True
    await asyncio.sleep(WATCH_S + 0.5)
    assert here.faults == []


async def test_a_channel_that_another_program_has_open_is_told(here: DahdiWorld) -> None:
    await here.unplug(2)
    here.span.plug_in()
    other = ChannelFile(2, here.devices)
    await asyncio.sleep(WATCH_S + 0.5)
    assert here.faults == ["line dahdi-2: another program uses it"]
    other.close()
    await asyncio.sleep(WATCH_S + 0.5)
    assert here.faults == []


async def test_the_kernels_echo_canceller_works_in_calls_and_ours_does_not(tmp_path: Path) -> None:
    async with dahdi_world(root=tmp_path) as here:
        assert here.card.fxo[0].traits.echo_tail_ms == CARD_LINE.echo_tail_ms
    async with dahdi_world(root=tmp_path) as here:
        await here.unplug()
        for channel in here.span.channels.values():
            channel.canceller = "MG2"
        here.span.plug_in()
        for channel in here.span.channels.values():
            channel.canceller = "MG2"
        (tmp_path / "proc/dahdi").mkdir(parents=True)
        (tmp_path / "proc/dahdi/1").write_text(here.span.proc())
        await asyncio.sleep(WATCH_S + 0.5)
        trunk, station = here.card.fxo[0], here.card.fxs[0]
        assert (trunk.traits.echo_tail_ms, station.traits.echo_tail_ms) == (0, 0)
        assert station.traits.announces_waiting
        trunk.seize()
        here.telephones[0].lift()
        await asyncio.sleep(0.1)
        assert [channel.echo_taps for channel in here.span.channels.values()] == [128, 128]
        for carries, taps in ((True, [0, 0]), (False, [128, 128])):
            carrying_data(trunk)(carries)
            carrying_data(station)(carries)
            assert [channel.echo_taps for channel in here.span.channels.values()] == taps
        trunk.release()
        here.telephones[0].hang_up()
        await asyncio.sleep(2)
        assert [channel.echo_taps for channel in here.span.channels.values()] == [0, 0]


async def test_a_kernel_without_a_tone_zone_cannot_ring_and_that_is_told(here: DahdiWorld) -> None:
    here.span.channels[2].zone_loaded = False
    here.card.fxs[0].ring((2.0, 4.0))
    await asyncio.sleep(0.1)
    assert (here.faults, here.loops["dahdi-2"].ringing) == ([f"line dahdi-2: {NO_ZONE}"], False)


async def test_ringing_ends_by_itself_when_nobody_ends_it(here: DahdiWorld) -> None:
    here.card.fxs[0].wires.ring(True)
    await asyncio.sleep(LONGEST_BURST_MS / 1000 - 0.1)
    assert here.loops["dahdi-2"].ringing
    await asyncio.sleep(0.2)
    assert not here.loops["dahdi-2"].ringing


async def test_ringing_ends_with_the_program() -> None:
    async with dahdi_world() as here:
        here.card.fxs[0].ring((2.0, 4.0))
        await asyncio.sleep(1)
        await here.card.close()
        await asyncio.sleep(0.1)
        assert not here.loops["dahdi-2"].ringing


async def test_a_flash_as_short_as_a_pulse_is_a_flash_and_a_pulse_is_none() -> None:
    async with dahdi_world("de") as here:
        told = Listener(here.card.fxs[0])
        telephone = here.telephones[0]
        telephone.lift()
        await asyncio.sleep(1)
        telephone.flash(110)
        await asyncio.sleep(1)
        await telephone.pulse("112")
        await asyncio.sleep(1)
        assert told.events == [OffHook(), HookFlash(), PulseDigit("1"), PulseDigit("1"), PulseDigit("2")]


async def test_the_digits_of_pulses_are_the_countrys() -> None:
    async with dahdi_world("nz") as here:
        told = Listener(here.card.fxs[0])
        here.telephones[0].lift()
        await asyncio.sleep(1)
        await here.telephones[0].pulse("19")
        await asyncio.sleep(1)
        assert told.events[1:] == [PulseDigit("1"), PulseDigit("9")]


async def test_a_lamp_is_lit_in_the_ways_it_was_ordered_in() -> None:
    async with dahdi_world(lamp=LampBy.NEON | LampBy.REVERSAL) as here:
        here.card.fxs[0].set_lamp(True)
        assert here.span.channels[2].lamp == LampBy.NEON | LampBy.REVERSAL  # type: ignore[attr-defined]
        await asyncio.sleep(4)
        assert here.telephones[0].lamp
        here.card.fxs[0].set_lamp(False)
        assert here.span.channels[2].lamp == LampBy(0)  # type: ignore[attr-defined]


async def test_ours_cancels_the_echo_where_the_kernels_is_not_wanted(tmp_path: Path) -> None:
    async with dahdi_world(root=tmp_path, started=False, echo_taps=0) as here:
        for channel in here.span.channels.values():
            channel.canceller = "MG2"
        (tmp_path / "proc/dahdi").mkdir(parents=True)
        (tmp_path / "proc/dahdi/1").write_text(here.span.proc())
        await here.card.start()
        trunk = here.card.fxo[0]
        trunk.seize()
        await asyncio.sleep(1)
        assert trunk.traits.echo_tail_ms == CARD_LINE.echo_tail_ms
        assert [channel.echo_taps for channel in here.span.channels.values()] == [0, 0]
        await here.card.close()


async def test_a_card_amplifies_as_it_is_told() -> None:
    levels = []
    for gain in (0.0, 6.0):
        async with dahdi_world(received_db=gain) as here:
            told = Listener(here.card.fxs[0])
            here.telephones[0].lift()
            await asyncio.sleep(0.5)
            told.heard()
            await here.telephones[0].send(TONE // 4)
            levels.append(level_dbm0(told.heard()[1600:6400]))
    assert levels[1] - levels[0] == pytest.approx(6.0, abs=0.1)


@pytest.mark.parametrize(
    "faults",
    [
        CallFaults(interrupted=0.05),
        CallFaults(not_yet=0.1),
        CallFaults(short=0.3),
        CallFaults(interrupted=0.05, not_yet=0.1, short=0.3, late=0.001),
    ],
    ids=("interrupted", "not yet", "short", "all of it, and late frames"),
)
async def test_calls_that_fail_now_and_then_lose_no_sound_and_no_event(faults: CallFaults) -> None:
    async with dahdi_world(faults=faults) as here:
        told = Listener(here.card.fxs[0])
        telephone = here.telephones[0]
        for _ in range(3):
            telephone.lift()
            await asyncio.sleep(0.5)
            told.heard()
            await telephone.send(TONE)
            assert -25 < level_dbm0(told.heard()[1600:6400]) < -10
            await send(here.card.fxs[0], TONE)
            telephone.hang_up()
            await asyncio.sleep(2)
        assert told.events == [OffHook(), OnHook()] * 3
        assert [channel.lost_frames for channel in here.span.channels.values()] == [0, 0]
        assert here.faults == []


async def test_a_storm_of_events_hides_nothing_for_long(here: DahdiWorld) -> None:
    """The kernel's queue is full of others when the telephone is lifted, and when the line rings."""
    told, heard = Listener(here.card.fxs[0]), Listener(here.card.fxo[0])
    here.span.channels[2].changed = lambda: None  # Nobody is woken: the storm stays until the next frame.
    for _ in range(30):
        here.span.storm(2, [ChannelEvent.RINGEROFF] * 100)
        here.span.storm(1, [ChannelEvent.HOOKCOMPLETE] * 100)
        await asyncio.sleep(0.02)
    here.span.storm(2, [ChannelEvent.RINGEROFF] * 100)
    here.telephones[0].lift()
    await asyncio.sleep(4)
    assert told.events == [OffHook()]
    assert 190 <= len(heard.frames) <= 240


async def test_a_card_that_delivers_too_few_frames_is_told_until_it_delivers_enough(here: DahdiWorld) -> None:
    here.span.faults.missing = 0.1
    await asyncio.sleep(21)
    assert here.faults == [f"line dahdi-{n}: {CRACKLES}" for n in (1, 2)]
    here.span.faults.missing = 0.0
    await asyncio.sleep(21)
    assert here.faults == []


async def test_a_line_that_is_dead_from_the_start_is_told() -> None:
    async with dahdi_world(started=False) as here:
        here.span.unplug(1)
        trunk = here.card.fxo[0]
        told = Listener(trunk)
        assert trunk.battery
        await here.card.start()
        await asyncio.sleep(1.5)
        assert (told.events, trunk.battery) == ([BatteryLost()], False)
        await here.card.close()


async def test_what_the_kernel_does_not_take_behind_a_break_is_asked_for_again(here: DahdiWorld) -> None:
    station, told = here.card.fxs[0], Listener(here.card.fxs[0])
    here.telephones[0].lift()
    await asyncio.sleep(1)
    station.break_loop(500)
    here.span.storm(2, [ChannelEvent.ONHOOK, ChannelEvent.RINGOFFHOOK])
    await asyncio.sleep(2)
    assert (told.events, here.faults) == ([OffHook(), OnHook(), OffHook()], [])
    told.heard()
    await here.telephones[0].send(TONE)
    assert -25 < level_dbm0(told.heard()[1600:6400]) < -10


async def test_what_is_sent_has_no_gaps_once_recorded_frames_are_no_longer_lost(here: DahdiWorld) -> None:
    station, channel = here.card.fxs[0], here.span.channels[2]
    here.telephones[0].lift()
    await asyncio.sleep(1)
    here.span.faults.missing = 0.3
    await send(station, TONE)
    here.span.faults.missing = 0.0
    await send(station, np.concatenate([TONE, TONE]))
    gaps, unplayed = channel.gaps, []
    for frame in TONE.reshape(-1, FRAME_SAMPLES):
        station.write(frame)
        unplayed.append(INTEGER.unpack_from(channel.request(Ioctl.GET_BUFINFO, b""), 20)[0])
        await asyncio.sleep(0.02)
    assert channel.gaps == gaps
    assert min(unplayed) >= 1


async def test_a_flash_begins_at_once_and_lasts_as_long_as_it_is_asked_for(here: DahdiWorld) -> None:
    trunk, loop = here.card.fxo[0], here.loops["dahdi-1"]
    trunk.seize()
    await asyncio.sleep(1)
    trunk.flash(300)
    held = []
    for _ in range(20):
        await asyncio.sleep(0.02)
        held.append(loop.held)
    assert held == [False] * 15 + [True] * 5
