"""Telephones inside and outside, what some of them do by themselves, and faults of lines."""

from __future__ import annotations

import asyncio
from itertools import pairwise

import numpy as np
import pytest

from hw.audio import level_dbm0
from hw.callerid.coding import CallerId
from hw.dsp.dtmf import DtmfReceiver
from hw.dsp.faxtone import FaxToneReceiver
from hw.linecard import (
    BatteryLost,
    BatteryRestored,
    LineError,
    LineInUse,
    LoopBroken,
    OffHook,
    OnHook,
    RingStarted,
    RingStopped,
)
from tests.hw.simworld import BOB, Trunk, network, now, pitch, sine

CALLER = CallerId("5550199", "JANE ROE", when=(3, 4, 9, 30))


async def test_a_ringing_telephone_tells_bursts_caller_id_and_quiet() -> None:
    async with network() as world:
        told: list[tuple[float, str]] = []
        world.station.observers.append(lambda what: told.append((round(now(), 1), what)))
        port = world.exchange.card.fxs[0]
        port.ring((2, 4), CALLER)
        await asyncio.sleep(7)
        port.stop_ring()
        await asyncio.sleep(10)
        assert told == [
            (0.0, "ringing"),
            (0.0, "ring-burst"),
            (pytest.approx(3.3, abs=0.2), "caller-id"),
            (6.0, "ring-burst"),
            (13.0, "quiet"),
        ]
        assert world.station.caller_id == CALLER
        port.ring((2, 4))
        await asyncio.sleep(1)
        assert world.station.caller_id is None


async def test_a_double_ring_counts_as_one_burst() -> None:
    async with network("uk") as world:
        world.exchange.card.fxs[0].ring((0.4, 0.2, 0.4, 2.0))
        await asyncio.sleep(8)
        assert world.station.ring_bursts == 3


async def test_a_telephone_lifted_between_the_bursts_is_answered() -> None:
    async with network() as world:
        told: list[object] = []
        port = world.exchange.card.fxs[0]
        port.attach(told.append, lambda frame: None)
        port.ring((2, 4))
        await asyncio.sleep(3)
        world.station.lift()
        await asyncio.sleep(10)
        assert (told, world.station.ringing) == ([OffHook()], False)


async def test_keys_on_a_station_are_heard_at_the_port() -> None:
    async with network() as world:
        receiver, digits = DtmfReceiver(), []
        world.exchange.card.fxs[0].attach(lambda event: None, lambda frame: digits.extend(receiver.feed(frame)))
        world.station.lift()
        await asyncio.sleep(0.5)
        await world.station.press("147*2580369#", on_ms=50, off_ms=50)
        assert "".join(digits) == "147*2580369#"


async def test_a_key_mutes_what_is_said_meanwhile() -> None:
    async with network() as world:
        trunk = await world.answered(world.jane)
        speaking = asyncio.create_task(world.jane.speak(sine(1000, 2)))
        await asyncio.sleep(0.5)
        await world.jane.press("5", on_ms=400)
        assert abs(pitch(trunk.last(0.3)) - 1000) > 100
        await asyncio.sleep(0.4)
        assert abs(pitch(trunk.last(0.3)) - 1000) < 10
        await speaking


async def test_speaking_takes_as_long_as_it_lasts_and_can_be_stopped() -> None:
    async with network() as world:
        world.station.lift()
        start = now()
        await world.station.speak(sine(1000, 1))
        assert round(now() - start, 1) == 1.0
        speaking = asyncio.create_task(world.station.speak(sine(1000, 60)))
        await asyncio.sleep(1)
        world.station.stop_speaking()
        await speaking
        assert round(now() - start, 1) == 2.0
        speaking = asyncio.create_task(world.station.speak(sine(1000, 60)))
        await asyncio.sleep(1)
        world.station.hang_up()
        await speaking
        assert round(now() - start, 1) == 3.0


async def test_a_telephone_on_hook_says_and_dials_nothing() -> None:
    async with network() as world:
        for verb in (world.jane.press("1"), world.jane.pulse("1"), world.jane.speak(sine(1000, 1))):
            with pytest.raises(LineError):
                await verb
        with pytest.raises(LineError):
            world.jane.flash()


async def test_what_a_telephone_says_and_hears_can_be_listened_to() -> None:
    async with network() as world:
        said: list[int] = []
        world.jane.sent_listeners.append(lambda frame: said.append(len(frame)))
        world.jane.lift()
        await asyncio.sleep(1)
        world.jane.hang_up()
        await asyncio.sleep(1)
        assert 49 <= len(said) <= 51
        assert abs(len(said) - len(world.jane_hears.samples)) <= 1


async def test_the_lamp_is_told_once_for_each_change() -> None:
    async with network() as world:
        told: list[str] = []
        world.station.observers.append(told.append)
        port = world.exchange.card.fxs[0]
        for lit in (True, True, False):
            port.set_lamp(lit)
            await asyncio.sleep(5)
        assert told == ["lamp-on", "lamp-off"]


async def test_a_lamp_changed_time_and_again_never_takes_battery_away_for_longer_than_an_open_interval() -> None:
    async with network() as world:
        port, loop = world.exchange.card.fxs[0], world.station.loop
        battery: list[tuple[float, int]] = []
        loop.terminal_watchers.append(lambda: battery.append((now(), loop.polarity)))
        for index in range(30):
            port.set_lamp(index % 2 == 0)
            await asyncio.sleep(0.13)
        await asyncio.sleep(5)
        openings = [(begun, over) for begun, over in pairwise(battery) if begun[1] == 0]
        assert len(openings) > 1
        assert {round(over[0] - begun[0], 3) for begun, over in openings} == {0.25}
        assert (loop.polarity, world.station.lamp) == (1, False)


async def test_a_lamp_set_while_the_telephone_rings_is_shown_behind_the_ringing() -> None:
    async with network() as world:
        port = world.exchange.card.fxs[0]
        port.ring((2, 4))
        await asyncio.sleep(1)
        port.set_lamp(True)
        await asyncio.sleep(8)
        assert (world.station.ring_bursts, world.station.lamp) == (2, False)
        port.stop_ring()
        await asyncio.sleep(4)
        assert world.station.lamp


async def test_a_subscriber_that_answers_does_so_after_its_time_with_its_greeting() -> None:
    async with network() as world:
        clinic, _ = world.subscriber("5550166", behaviour="answers", answers_after_s=7, greeting=sine(900, 2))
        lifted: list[float] = []
        clinic.sent_listeners.append(lambda frame: lifted.append(now()))
        await world.call(world.jane, "5550166")
        dialled = now()
        await asyncio.sleep(10)
        assert abs(pitch(world.jane_hears.last(0.5)) - 900) < 10
        assert 7 < lifted[0] - dialled < 8
        world.jane.hang_up()
        await asyncio.sleep(10)
        assert not clinic.off_hook


async def test_a_subscriber_that_answers_does_not_when_the_caller_gave_up() -> None:
    async with network() as world:
        clinic, _ = world.subscriber("5550166", behaviour="answers", answers_after_s=9)
        await world.call(world.jane, "5550166")
        await asyncio.sleep(4)
        world.jane.hang_up()
        await asyncio.sleep(20)
        assert (clinic.off_hook, clinic.ringing) == (False, False)


async def test_a_busy_subscriber_is_busy_and_one_that_rings_out_rings() -> None:
    async with network() as world:
        world.subscriber("5550166", behaviour="busy")
        deaf, _ = world.subscriber("5550177", behaviour="rings-out")
        await world.call(world.jane, "5550166")
        await world.call(world.bob, "5550177")
        await asyncio.sleep(60)
        assert world.jane_hears.tones == ["dial", "busy"]
        assert (world.bob_hears.tones, deaf.ring_bursts) == (["dial", "ringback"], 10)


async def test_a_cell_phones_voicemail_greets_beeps_and_records() -> None:
    async with network() as world:
        cell, _ = world.subscriber("5550166", behaviour="cell", greeting=sine(900, 2))
        await world.call(world.jane, "5550166")
        await asyncio.sleep(19)
        assert not cell.off_hook
        await asyncio.sleep(2.5)
        assert abs(pitch(world.jane_hears.last(0.5)) - 900) < 10
        await asyncio.sleep(2)
        await world.jane.speak(sine(700, 3))
        world.jane.hang_up()
        await asyncio.sleep(10)
        assert not cell.off_hook
        assert [abs(pitch(message[8000:16000]) - 700) < 10 for message in cell.messages] == [True]


async def test_a_cell_phone_can_be_answered_by_its_owner() -> None:
    async with network() as world:
        cell, _ = world.subscriber("5550166", behaviour="cell", greeting=sine(900, 2))
        await world.call(world.jane, "5550166")
        await asyncio.sleep(5)
        cell.lift()
        await asyncio.sleep(30)
        assert cell.messages == []
        assert level_dbm0(world.jane_hears.last(20)) < -55


async def test_a_fax_machine_answers_with_ced_and_calls_with_cng() -> None:
    async with network() as world:
        world.subscriber("5550166", behaviour="fax")
        await world.call(world.jane, "5550166")
        await asyncio.sleep(9)
        ced = FaxToneReceiver("ced")
        assert any(map(ced.feed, world.jane_hears.samples))
        fax, _ = world.subscriber("5550177", behaviour="fax")
        trunk = await world.answered(fax)
        await asyncio.sleep(5)
        cng = FaxToneReceiver("cng")
        assert any(map(cng.feed, trunk.samples))


async def test_a_cut_line_loses_battery_and_the_call() -> None:
    async with network() as world:
        trunk = await world.answered(world.jane)
        before = len(trunk.events)
        world.exchange.fault("fxo-1", "cut")
        await asyncio.sleep(1)
        trunk.port.release()
        await asyncio.sleep(8)
        world.exchange.fault("fxo-1", "restore")
        await asyncio.sleep(1)
        assert trunk.events[before:] == [LoopBroken(), BatteryLost(), BatteryRestored()]
        assert world.jane_hears.tones == ["dial", "ringback", "dial"]


async def test_a_spurious_loop_break_of_100_ms_ends_nothing() -> None:
    async with network() as world:
        trunk = await world.answered(world.jane)
        before = len(trunk.events)
        world.exchange.fault("fxo-1", "break")
        await asyncio.sleep(2)
        assert trunk.events[before:] == []
        await world.jane.speak(sine(700, 0.5))
        assert abs(pitch(trunk.last(0.3)) - 700) < 10


async def test_a_noise_burst_is_heard_for_a_second() -> None:
    async with network() as world:
        trunk = await world.answered(world.jane)
        world.exchange.fault("fxo-1", "noise")
        await asyncio.sleep(0.9)
        assert -35 < level_dbm0(trunk.last(0.5)) < -20
        await asyncio.sleep(1)
        assert level_dbm0(trunk.last(0.5)) < -55


async def test_an_extension_telephone_takes_the_line() -> None:
    async with network() as world:
        world.exchange.fault("fxo-1", "in-use")
        await asyncio.sleep(1)
        assert world.trunks[0].events == [LineInUse(True)]
        await world.call(world.jane, "5550100")
        await asyncio.sleep(2)
        assert world.jane_hears.tones == ["dial", "busy"]
        world.exchange.fault("fxo-1", "free")
        await asyncio.sleep(2)
        assert world.trunks[0].events == [LineInUse(True), LineInUse(False)]


async def test_an_extension_telephone_answers_a_ringing_line() -> None:
    async with network() as world:
        await world.call(world.jane, "5550100")
        await asyncio.sleep(3)
        world.exchange.fault("fxo-1", "in-use")
        await asyncio.sleep(8)
        assert world.trunks[0].events == [RingStarted(), RingStopped(), LineInUse(True)]


async def test_a_station_hangs_up_with_a_loop_break_in_between() -> None:
    async with network() as world:
        events: list[object] = []
        port = world.exchange.card.fxs[0]
        port.attach(events.append, lambda frame: None)
        world.station.lift()
        await asyncio.sleep(1)
        port.break_loop(500)
        await asyncio.sleep(0.2)
        world.station.hang_up()
        await asyncio.sleep(3)
        assert events == [OffHook(), OnHook()]


async def test_a_writer_that_was_late_once_is_not_late_for_ever() -> None:
    async with network() as world:
        trunk = await world.answered(world.jane)
        steps = (sine(700, 10) * np.linspace(0, 1, 80000)).astype(np.int16).reshape(-1, 160)
        steps[120:125] = steps[240:245] = 0  # Pauses, as between words.
        for index in range(3):
            trunk.port.write(steps[index])
        for index in range(3, 300):
            trunk.port.write(steps[index])
            await asyncio.sleep(0.02)
        trunk.port.write(np.full(160, 8000, dtype=np.int16))
        await asyncio.sleep(0.041)
        assert any(int(frame.min()) > 2000 for frame in world.jane_hears.samples[-2:])


async def test_two_extensions_of_the_network_never_share_a_name() -> None:
    async with network() as world:
        with pytest.raises(ValueError, match=BOB):
            world.exchange.subscriber(BOB)
        with pytest.raises(ValueError, match="fxo-1"):
            world.exchange.add_trunk("fxo-1", "5550555")
        assert isinstance(world.trunks[0], Trunk)
