"""What every FXS port must do, as functions that take a maker (see `hw.linecard`)."""

from __future__ import annotations

import asyncio

import pytest

from hw.audio import level_dbm0
from hw.linecard import HookFlash, LineError, OffHook, OnHook, PulseDigit
from tests.hw.linecard_bench import CALLER, TONE, Listener, Maker, send


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
        await send(port, TONE)
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
            for shown in (False, True):
                port.set_lamp(shown)
                await asyncio.sleep(5)
                port.set_lamp(not shown)
                await asyncio.sleep(between)
                port.set_lamp(shown)
                await asyncio.sleep(5)
                assert bench.telephone_lamp() == shown, between


async def a_lamp_lit_while_off_hook_is_shown_when_hung_up(make: Maker) -> None:
    async with make() as bench:
        await bench.telephone_lifts()
        await asyncio.sleep(1)
        bench.card.fxs[0].set_lamp(True)
        await asyncio.sleep(4)
        await bench.telephone_hangs_up()
        await asyncio.sleep(4)
        assert bench.telephone_lamp()


async def a_telephone_lifted_while_it_is_told_of_its_lamp_is_told_afterwards_what_is_so_then(make: Maker) -> None:
    """By then it may have understood, or not yet."""
    for told_for in (0.0, 0.6, 0.9, 1.2, 1.5, 1.8):
        async with make() as bench:
            port = bench.card.fxs[0]
            port.set_lamp(True)
            await asyncio.sleep(told_for)
            await bench.telephone_lifts()
            await asyncio.sleep(1)
            port.set_lamp(False)
            await bench.telephone_hangs_up()
            await asyncio.sleep(5)
            assert not bench.telephone_lamp(), told_for


async def a_second_attach_replaces_the_first(make: Maker) -> None:
    async with make() as bench:
        port = bench.card.fxs[0]
        first, second = Listener(port), Listener(port)
        await bench.telephone_lifts()
        await asyncio.sleep(0.5)
        assert (first.events, second.events) == ([], [OffHook()])


FXS_RULES = (
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
    a_telephone_lifted_while_it_is_told_of_its_lamp_is_told_afterwards_what_is_so_then,
    a_second_attach_replaces_the_first,
)
