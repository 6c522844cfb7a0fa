"""What must hold whatever a flow does: emergency calls, faults, full disks, lines that are given back."""

from __future__ import annotations

import asyncio
import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from appliance.office.model import Office
from appliance.wav.loading import load_wav
from hw.audio import level_dbm0, seconds_of
from tests.calls.hearing import until
from tests.calls.world import GREETED, MAIN, World, world


async def test_an_emergency_call_takes_a_line_from_another_call_when_none_is_free(here: World) -> None:
    called = here.subscriber("911", behaviour="answers", answers_after_s=2.0)
    for caller in [await here.caller().dials(MAIN) for _ in range(4)]:
        await caller.hears(GREETED)
    assert here.trunk_states() == ["up"] * 4
    station = here.phone("fxs-2")
    station.lifts()
    await asyncio.sleep(1)
    await station.presses("911")
    await called.lifted()
    assert ("line 4", "abandoned", "taken-for-emergency") in here.outcomes()
    station.hangs_up()
    await asyncio.sleep(3)
    assert ("surgery", "dialled-out", "on-hook") in here.outcomes()


async def test_a_fault_in_one_call_is_told_politely_logged_and_leaves_the_other_call_alone(
    here: World,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caller, _callee = await here.connected()
    office = here.appliance.switchboard.office
    here.appliance.switchboard.office = replace(office, menu=None)  # type: ignore[arg-type]
    unlucky = here.caller()
    heard = []
    unlucky.telephone.listeners.append(lambda frame: heard.append(level_dbm0(frame)))
    await unlucky.dials(MAIN)
    await until(lambda: here.outcomes()[1:] == [("line 2", "fault", "released")], within=20)
    assert here.trunk_states()[0] == "up"
    assert caller.off_hook
    assert max(heard[-500:]) > -25, "the caller was told nothing"
    assert [fault for fault in here.appliance.faults if "AttributeError" in fault]
    assert "failed: AttributeError at " in caplog.text


@contextmanager
def files_no_longer_than(size: int) -> Iterator[None]:
    """The kernel refuses to let any file grow beyond this many bytes, as a full disk would."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)


async def test_a_disk_that_fills_up_while_recording_keeps_what_was_said_so_far_and_says_so(here: World) -> None:
    caller = await here.greeted()
    await caller.presses("3")
    await caller.hears("beep")
    long_message = await here.speech("This is a long message. " * 20)
    with files_no_longer_than(256_000):  # 16 s of sound; a new log with all its indexes needs less.
        await caller.telephone.speak(long_message)
        await here.ended(("main", "message-left", "released"))
    (message,) = here.appliance.messages.list("office")
    assert 14.0 < message.seconds < 16.0
    assert seconds_of(load_wav(message.path)) > 14.0
    assert [fault for fault in here.appliance.faults if "disk is full" in fault]


async def test_a_power_cut_while_recording_leaves_the_message_for_the_next_start(here: World) -> None:
    caller = await here.greeted()
    await caller.presses("3")
    await caller.hears("beep")
    await caller.says("This is Jane. Please call me back about my appointment on Thursday.")
    recovered = here.appliance.messages.recover()
    assert [found.delivered for found in recovered] == [True]
    (message,) = here.appliance.messages.list("office")
    assert message.caller_number == "4075550123"
    assert message.seconds > 2.5


async def test_all_lines_are_given_back_when_the_unit_stops_in_the_middle_of_calls(here: World) -> None:
    await here.connected()
    await here.greeted()
    await here.appliance.switchboard.close()
    assert set(here.trunk_states()) <= {"clearing", "idle"}
    assert not [port for port in here.exchange.card.fxo if port.off_hook]
    assert {outcome for _line, outcome, _cause in here.outcomes()} == {"interrupted"}


async def test_a_message_being_recorded_when_the_unit_stops_is_kept_and_does_not_look_like_a_power_cut(
    here: World,
) -> None:
    caller = await here.greeted()
    await caller.presses("3")
    await caller.hears("beep")
    await caller.says("This is Jane. Please call me back.")
    await here.appliance.switchboard.close()
    (message,) = here.appliance.messages.list("office")
    assert (message.caller_number, message.note) == ("4075550123", "")
    assert here.appliance.messages.recover() == []
    assert here.outcomes() == [("main", "message-left", "released")]


async def test_a_line_that_dies_in_a_call_is_lost_and_comes_back(here: World) -> None:
    await here.greeted()
    here.exchange.fault("fxo-1", "cut")
    await asyncio.sleep(5)
    assert here.trunk_states()[0] == "lost"
    assert here.outcomes() == [("main", "abandoned", "loop-break")]
    here.exchange.fault("fxo-1", "restore")
    await asyncio.sleep(5)
    assert here.trunk_states()[0] == "idle"


async def test_a_new_office_is_used_from_the_next_call_on(here: World) -> None:
    office = here.appliance.office
    maria = office.people[1]
    moved = replace(office, people=(office.people[0], replace(maria, extension="201"), *office.people[2:]))
    await here.appliance.prepare(moved)
    await here.appliance.use(moved)
    caller = await here.greeted()
    await caller.presses("201")
    await here.phone("fxs-1").rings()


async def test_nothing_is_left_to_do_after_a_call(here: World) -> None:
    """Neither the engine nor the exchange ticks when nobody calls, so that a forgotten wait is found at once."""
    caller = await here.greeted()
    caller.hangs_up()
    await asyncio.sleep(30)
    before = here.appliance.engine.metrics.ticks
    await asyncio.sleep(3600)
    assert here.appliance.engine.ports == ()
    assert here.appliance.engine.metrics.ticks == before


def _without_stations(office: Office) -> Office:
    return replace(office, people=tuple(replace(person, station=None) for person in office.people))


async def test_an_office_without_telephones_still_takes_messages() -> None:
    async with world(_without_stations) as here:
        caller = await here.greeted()
        await caller.presses("0")
        await caller.hears("beep")
        await caller.says("This is Jane. Please call me back.")
        caller.hangs_up()
        await asyncio.sleep(3)
        assert len(here.appliance.messages.list("office")) == 1
