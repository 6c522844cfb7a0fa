"""What every line card must do, as functions that take a maker (see `hw.linecard`).

A maker is an async context manager that yields a `Bench`: the card's first FXO and FXS port, and verbs of the world
outside, which a simulated card does in software and a real one with a second card wired to it. All times are loop
time, so a simulated card runs in virtual time.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Protocol

import numpy as np
import pytest

from hw.audio import FRAME_SAMPLES, SILENCE, Frame, Samples, level_dbm0, sine_peak
from hw.callerid import CallerId
from hw.linecard import (
    BatteryLost,
    BatteryRestored,
    FxoPort,
    FxsPort,
    HookFlash,
    LineCard,
    LineError,
    LineEvent,
    LineInUse,
    LoopBroken,
    OffHook,
    OnHook,
    PolarityReversed,
    PulseDigit,
    RingStarted,
    RingStopped,
)


class Bench(Protocol):
    """The card and the world outside its first FXO port (the exchange) and its first FXS port (a telephone)."""

    card: LineCard

    async def exchange_rings(self, caller_id: CallerId | None) -> None:
        """Begin to ring the trunk with 2 s on, 4 s off, returning with the start of the first burst."""

    async def exchange_stops_ringing(self) -> None: ...

    async def exchange_reverses(self, reversed: bool) -> None: ...

    async def exchange_opens_loop(self, milliseconds: int) -> None:
        """Battery away for so long, returning when it is back."""

    async def exchange_says(self, samples: Samples) -> None: ...

    def exchange_heard(self) -> Samples:
        """What has come from the trunk since the last time asked."""

    def exchange_sees_loop_closed(self) -> bool: ...

    async def cut_trunk(self, cut: bool) -> None: ...

    async def extension_lifts(self, lifted: bool) -> None:
        """Another telephone on the trunk's wires."""

    async def telephone_lifts(self) -> None: ...

    async def telephone_hangs_up(self) -> None: ...

    async def telephone_flashes(self, milliseconds: int) -> None: ...

    async def telephone_pulses(self, digits: str) -> None: ...

    async def telephone_says(self, samples: Samples) -> None: ...

    def telephone_heard(self) -> Samples: ...

    def telephone_rings(self) -> bool:
        """True while there is ring voltage at the telephone."""

    def telephone_shows(self) -> CallerId | None: ...

    def telephone_lamp(self) -> bool: ...

    def telephone_saw_loop_break(self) -> bool: ...


Maker = Callable[[], AbstractAsyncContextManager[Bench]]

TONE = np.rint(sine_peak(-15) * np.sin(2 * np.pi * 1000 * np.arange(8000) / 8000)).astype(np.int16)
CALLER = CallerId("5550199", "JANE ROE", when=(3, 4, 9, 30))


class Listener:
    """What a port tells."""

    def __init__(self, port: FxoPort | FxsPort) -> None:
        self.events: list[LineEvent] = []
        self.frames: list[Frame] = []
        port.attach(self.events.append, self.frames.append)

    def heard(self) -> Samples:
        frames, self.frames[:] = list(self.frames), []
        return np.concatenate(frames) if frames else SILENCE


async def _send(port: FxoPort | FxsPort, samples: Samples) -> None:
    for frame in samples.reshape(-1, FRAME_SAMPLES):
        port.write(frame)
        await asyncio.sleep(0.02)


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
        await _send(port, TONE)
        assert -25 < level_dbm0(bench.exchange_heard()[1600:6400]) < -15


async def what_is_written_on_hook_goes_nowhere(make: Maker) -> None:
    async with make() as bench:
        port = bench.card.fxo[0]
        await _send(port, TONE)
        port.seize()
        await asyncio.sleep(0.2)
        assert level_dbm0(bench.exchange_heard()) < -55


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


async def lifting_and_hanging_up_are_told(make: Maker) -> None:
    async with make() as bench:
        port = bench.card.fxs[0]
        told = Listener(port)
        await bench.telephone_lifts()
        await asyncio.sleep(0.5)
        assert (told.events, port.off_hook) == ([OffHook()], True)
        await bench.telephone_hangs_up()
        await asyncio.sleep(2)
        assert (told.events, port.off_hook) == ([OffHook(), OnHook()], False)


async def a_hook_flash_is_told(make: Maker) -> None:
    async with make() as bench:
        told = Listener(bench.card.fxs[0])
        await bench.telephone_lifts()
        await asyncio.sleep(0.5)
        await bench.telephone_flashes(400)
        await asyncio.sleep(2)
        assert told.events == [OffHook(), HookFlash()]


async def pulses_are_told_as_digits(make: Maker) -> None:
    async with make() as bench:
        told = Listener(bench.card.fxs[0])
        await bench.telephone_lifts()
        await asyncio.sleep(0.5)
        await bench.telephone_pulses("190")
        await asyncio.sleep(1)
        assert told.events == [OffHook(), PulseDigit("1"), PulseDigit("9"), PulseDigit("0")]


async def a_telephone_is_rung_in_cadence_until_stopped(make: Maker) -> None:
    async with make() as bench:
        port = bench.card.fxs[0]
        port.ring((1.0, 2.0))
        rings = []
        for _ in range(5):
            await asyncio.sleep(0.5)
            rings.append(bench.telephone_rings())
            await asyncio.sleep(0.5)
        assert rings == [True, False, False, True, False]
        port.stop_ring()
        port.stop_ring()
        await asyncio.sleep(1.5)
        assert not bench.telephone_rings()


async def a_telephone_that_answers_stops_ringing_at_once(make: Maker) -> None:
    async with make() as bench:
        port = bench.card.fxs[0]
        told = Listener(port)
        port.ring((2.0, 4.0))
        await asyncio.sleep(0.5)
        await bench.telephone_lifts()
        await asyncio.sleep(0.05)
        assert (told.events, bench.telephone_rings()) == ([OffHook()], False)
        await asyncio.sleep(7)
        assert (told.events, bench.telephone_rings()) == ([OffHook()], False)


async def a_telephone_off_hook_cannot_be_rung(make: Maker) -> None:
    async with make() as bench:
        await bench.telephone_lifts()
        await asyncio.sleep(0.5)
        with pytest.raises(LineError):
            bench.card.fxs[0].ring((2.0, 4.0))


async def a_cadence_has_pairs_of_seconds(make: Maker) -> None:
    async with make() as bench:
        for cadence in ((), (2.0,), (2.0, 0.0)):
            with pytest.raises(LineError):
                bench.card.fxs[0].ring(cadence)


async def the_telephone_shows_who_calls(make: Maker) -> None:
    async with make() as bench:
        bench.card.fxs[0].ring((2.0, 4.0), CALLER)
        await asyncio.sleep(7)
        assert bench.telephone_shows() == CALLER


async def audio_passes_to_and_from_the_telephone(make: Maker) -> None:
    async with make() as bench:
        port = bench.card.fxs[0]
        told = Listener(port)
        await bench.telephone_lifts()
        await asyncio.sleep(0.5)
        bench.telephone_heard()
        await _send(port, TONE)
        assert -25 < level_dbm0(bench.telephone_heard()[1600:6400]) < -15
        told.heard()
        await bench.telephone_says(TONE)
        assert -25 < level_dbm0(told.heard()[1600:6400]) < -10


async def a_loop_break_reaches_the_telephone(make: Maker) -> None:
    async with make() as bench:
        port = bench.card.fxs[0]
        told = Listener(port)
        await bench.telephone_lifts()
        await asyncio.sleep(1)
        port.break_loop(500)
        await asyncio.sleep(2)
        assert bench.telephone_saw_loop_break()
        assert told.events == [OffHook()]


async def hanging_up_in_a_loop_break_is_told_behind_it(make: Maker) -> None:
    async with make() as bench:
        port = bench.card.fxs[0]
        told = Listener(port)
        await bench.telephone_lifts()
        await asyncio.sleep(1)
        port.break_loop(500)
        await asyncio.sleep(0.2)
        await bench.telephone_hangs_up()
        await asyncio.sleep(2)
        assert told.events == [OffHook(), OnHook()]


async def the_lamp_is_lit_and_darkened(make: Maker) -> None:
    async with make() as bench:
        port = bench.card.fxs[0]
        port.set_lamp(True)
        await asyncio.sleep(4)
        assert bench.telephone_lamp()
        port.set_lamp(False)
        await asyncio.sleep(4)
        assert not bench.telephone_lamp()


async def of_two_changes_of_the_lamp_the_later_is_shown(make: Maker) -> None:
    async with make() as bench:
        port = bench.card.fxs[0]
        for between in (0.0, 0.3, 0.6, 0.9, 1.2, 1.5, 2.0):
            port.set_lamp(True)
            await asyncio.sleep(between)
            port.set_lamp(False)
            await asyncio.sleep(5)
            assert not bench.telephone_lamp()
            port.set_lamp(False)
            await asyncio.sleep(between)
            port.set_lamp(True)
            await asyncio.sleep(5)
            assert bench.telephone_lamp()


async def a_lamp_lit_while_off_hook_is_shown_when_hung_up(make: Maker) -> None:
    async with make() as bench:
        await bench.telephone_lifts()
        await asyncio.sleep(1)
        bench.card.fxs[0].set_lamp(True)
        await asyncio.sleep(4)
        await bench.telephone_hangs_up()
        await asyncio.sleep(4)
        assert bench.telephone_lamp()


async def a_second_attach_replaces_the_first(make: Maker) -> None:
    async with make() as bench:
        port = bench.card.fxs[0]
        first, second = Listener(port), Listener(port)
        await bench.telephone_lifts()
        await asyncio.sleep(0.5)
        assert (first.events, second.events) == ([], [OffHook()])


RULES = (
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
    lifting_and_hanging_up_are_told,
    a_hook_flash_is_told,
    pulses_are_told_as_digits,
    a_telephone_is_rung_in_cadence_until_stopped,
    a_telephone_that_answers_stops_ringing_at_once,
    a_telephone_off_hook_cannot_be_rung,
    a_cadence_has_pairs_of_seconds,
    the_telephone_shows_who_calls,
    audio_passes_to_and_from_the_telephone,
    a_loop_break_reaches_the_telephone,
    hanging_up_in_a_loop_break_is_told_behind_it,
    the_lamp_is_lit_and_darkened,
    of_two_changes_of_the_lamp_the_later_is_shown,
    a_lamp_lit_while_off_hook_is_shown_when_hung_up,
    a_second_attach_replaces_the_first,
)
