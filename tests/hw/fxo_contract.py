"""What every FXO port must do, as functions that take a maker (see `hw.linecard`)."""

from __future__ import annotations

import asyncio

import pytest

from hw.audio import FRAME_SAMPLES, level_dbm0
from hw.callerid.coding import CallerId
from hw.callerid.receiver import CallerIdReceiver
from hw.linecard import (
    BatteryLost,
    BatteryRestored,
    LineError,
    LineInUse,
    LoopBroken,
    PolarityReversed,
    RingStarted,
    RingStopped,
)
from hw.tones.toneplan import tone_plan
from tests.hw.linecard_bench import CALLER, TONE, Listener, Maker, send

SHOWN = (("us", 1, CALLER), ("uk", 0, CALLER), ("se", 0, CallerId(CALLER.number)), ("jp", 0, CallerId(CALLER.number)))
"""Countries of all methods, the ring bursts told before the caller ID has come, and what can be shown there."""


async def a_ring_burst_is_told_at_its_start_and_end(make: Maker) -> None:
    async with make() as bench:
        told = Listener(bench.card.fxo[0])
        await bench.exchange_rings(None)
        await asyncio.sleep(1)
        assert told.events == [RingStarted()]
        await asyncio.sleep(3)
        assert told.events == [RingStarted(), RingStopped()]
        await asyncio.sleep(4)
        await bench.exchange_stops_ringing()
        assert told.events == [RingStarted(), RingStopped()] * 2


async def frames_of_20_ms_come_in_between_the_rings(make: Maker) -> None:
    async with make() as bench:
        told = Listener(bench.card.fxo[0])
        await bench.exchange_rings(None)
        await asyncio.sleep(3)
        told.heard()
        await asyncio.sleep(1)
        assert 48 <= len(told.frames) <= 52
        assert {(len(frame), frame.dtype.name) for frame in told.frames} == {(FRAME_SAMPLES, "int16")}


async def seizing_closes_the_loop_and_releasing_opens_it(make: Maker) -> None:
    async with make() as bench:
        port = bench.card.fxo[0]
        assert (port.off_hook, bench.exchange_sees_loop_closed()) == (False, False)
        port.seize()
        await asyncio.sleep(0.1)
        assert (port.off_hook, bench.exchange_sees_loop_closed()) == (True, True)
        port.release()
        port.release()
        await asyncio.sleep(0.1)
        assert (port.off_hook, bench.exchange_sees_loop_closed()) == (False, False)


async def seizing_answers_a_ringing_line(make: Maker) -> None:
    async with make() as bench:
        port = bench.card.fxo[0]
        told = Listener(port)
        await bench.exchange_rings(None)
        await asyncio.sleep(1)
        port.seize()
        await asyncio.sleep(10)
        assert told.events == [RingStarted()]


async def audio_passes_both_ways_off_hook(make: Maker) -> None:
    async with make() as bench:
        port = bench.card.fxo[0]
        told = Listener(port)
        await bench.exchange_rings(None)
        await asyncio.sleep(1)
        port.seize()
        await asyncio.sleep(1)
        told.heard()
        await bench.exchange_says(TONE)
        assert -25 < level_dbm0(told.heard()[1600:6400]) < -15
        bench.exchange_heard()
        await send(port, TONE)
        assert -25 < level_dbm0(bench.exchange_heard()[1600:6400]) < -15


async def what_is_written_on_hook_goes_nowhere(make: Maker) -> None:
    async with make() as bench:
        port = bench.card.fxo[0]
        await bench.exchange_rings(None)
        bench.exchange_heard()
        await send(port, TONE)
        port.seize()
        await asyncio.sleep(0.5)
        heard = bench.exchange_heard()
        assert len(heard) > 0
        assert level_dbm0(heard) < -55


async def a_flash_opens_the_loop_for_its_time(make: Maker) -> None:
    async with make() as bench:
        port = bench.card.fxo[0]
        with pytest.raises(LineError):
            port.flash(500)
        port.seize()
        await asyncio.sleep(1)
        with pytest.raises(LineError):
            port.flash(1500)
        port.flash(500)
        await asyncio.sleep(0.45)
        assert (port.off_hook, bench.exchange_sees_loop_closed()) == (True, False)
        await asyncio.sleep(0.1)
        assert (port.off_hook, bench.exchange_sees_loop_closed()) == (True, True)


async def a_reversal_is_told(make: Maker) -> None:
    async with make() as bench:
        told = Listener(bench.card.fxo[0])
        await bench.exchange_reverses(True)
        await asyncio.sleep(0.5)
        await bench.exchange_reverses(False)
        await asyncio.sleep(0.5)
        assert told.events == [PolarityReversed(True), PolarityReversed(False)]


async def a_loop_break_is_told_off_hook_and_a_short_one_is_not(make: Maker) -> None:
    async with make() as bench:
        port = bench.card.fxo[0]
        told = Listener(port)
        port.seize()
        await asyncio.sleep(1)
        await bench.exchange_opens_loop(150)
        await asyncio.sleep(0.5)
        assert told.events == []
        await bench.exchange_opens_loop(500)
        await asyncio.sleep(0.5)
        assert told.events == [LoopBroken()]


async def a_dead_line_is_told_and_so_is_its_return(make: Maker) -> None:
    async with make() as bench:
        port = bench.card.fxo[0]
        told = Listener(port)
        await bench.cut_trunk(True)
        await asyncio.sleep(0.5)
        assert (told.events, port.battery) == ([], False)
        await asyncio.sleep(1)
        assert told.events == [BatteryLost()]
        await bench.cut_trunk(False)
        await asyncio.sleep(0.5)
        assert (told.events, port.battery) == ([BatteryLost(), BatteryRestored()], True)


async def another_telephone_on_the_line_is_told(make: Maker) -> None:
    async with make() as bench:
        told = Listener(bench.card.fxo[0])
        await bench.extension_lifts(True)
        await asyncio.sleep(1)
        await bench.extension_lifts(False)
        await asyncio.sleep(1)
        assert told.events == [LineInUse(True), LineInUse(False)]


async def caller_id_comes_with_the_frames_on_hook(make: Maker) -> None:
    for country, place, shown in SHOWN:
        async with make(country) as bench:
            port = bench.card.fxo[0]
            told = Listener(port)
            await bench.exchange_rings(CALLER)
            await asyncio.sleep(10)
            receiver = CallerIdReceiver(tone_plan(country).caller_id.method)
            received = [(at, caller_id) for at, caller_id in enumerate(map(receiver.feed, told.frames)) if caller_id]
            assert [caller_id for _, caller_id in received] == [shown], country
            rung = [told.frames_before[at] for at, event in enumerate(told.events) if event == RingStarted()]
            assert sum(frames <= received[0][0] for frames in rung) == place, country
            assert not port.off_hook


async def a_call_without_caller_id_rings_all_the_same(make: Maker) -> None:
    for country, _, _ in SHOWN:
        async with make(country) as bench:
            told = Listener(bench.card.fxo[0])
            await bench.exchange_rings(None)
            await asyncio.sleep(0.9)
            assert RingStarted() in told.events, country


async def the_short_rings_of_a_data_call_are_no_rings(make: Maker) -> None:
    async with make("jp") as bench:
        port = bench.card.fxo[0]
        told = Listener(port)
        await bench.exchange_rings(CALLER)
        await asyncio.sleep(0.2)
        assert (bench.exchange_sees_loop_closed(), port.off_hook) == (True, False)
        await asyncio.sleep(9)
        assert not bench.exchange_sees_loop_closed()
        rings = [event for event in told.events if not isinstance(event, PolarityReversed)]
        assert rings[:3] == [RingStarted(), RingStopped(), RingStarted()]


async def a_double_ring_is_one_burst(make: Maker) -> None:
    async with make("au") as bench:
        told = Listener(bench.card.fxo[0])
        await bench.exchange_rings(None)
        await asyncio.sleep(5)
        assert told.events == [RingStarted(), RingStopped()] * 2


FXO_RULES = (
    a_ring_burst_is_told_at_its_start_and_end,
    frames_of_20_ms_come_in_between_the_rings,
    seizing_closes_the_loop_and_releasing_opens_it,
    seizing_answers_a_ringing_line,
    audio_passes_both_ways_off_hook,
    what_is_written_on_hook_goes_nowhere,
    a_flash_opens_the_loop_for_its_time,
    a_reversal_is_told,
    a_loop_break_is_told_off_hook_and_a_short_one_is_not,
    a_dead_line_is_told_and_so_is_its_return,
    another_telephone_on_the_line_is_told,
    caller_id_comes_with_the_frames_on_hook,
    a_call_without_caller_id_rings_all_the_same,
    the_short_rings_of_a_data_call_are_no_rings,
    a_double_ring_is_one_burst,
)
