"""The sound of test telephones: even frames of uneven ones, a socket of its own, and the test line."""

from __future__ import annotations

import asyncio
import os
import socket as sockets

import numpy as np
import pytest

from appliance.testphone import testline
from appliance.testphone.microphone import FRAME_BYTES, Microphone
from appliance.testphone.soundsocket import MOST_BEHIND, SoundSocket, SoundStream
from hw.callerid.coding import CallerId
from hw.tones.toneplan import tone_plan
from tests.calls.hearing import until
from tests.calls.world import world

LOUD = np.full(160, 3000, "<i2").tobytes()
QUIET = bytes(FRAME_BYTES)


def test_a_frame_that_is_late_is_no_gap():
    microphone = Microphone()
    for _ in range(2):
        microphone.put(LOUD)
    said = [microphone.next() is not None]
    for puts in (0, 2, 1, 0, 2):
        for _ in range(puts):
            microphone.put(LOUD)
        said.append(microphone.next() is not None)
    assert said == [True] * 6


def test_frames_that_came_in_a_bunch_do_not_delay_all_that_follows():
    microphone = Microphone()
    for _ in range(5):
        microphone.put(QUIET)
    for _ in range(400):
        microphone.put(QUIET)
        microphone.next()
    waiting = 0
    while microphone.next() is not None:
        waiting += 1
    assert waiting <= 2


def test_a_frame_of_another_length_is_no_frame():
    with pytest.raises(ValueError, match="319"):
        Microphone().put(bytes(319))


@pytest.mark.real_time
async def test_whoever_does_not_read_misses_sound_and_delays_nobody(tmp_path):
    gone = []
    served = SoundSocket(tmp_path / "sound.sock")
    await served.start()
    stream = SoundStream(lambda: gone.append("gone"))
    served.expect(stream)
    with sockets.socket(sockets.AF_UNIX) as client:
        client.connect(os.fspath(tmp_path / "sound.sock"))
        client.sendall(stream.ticket.encode() + LOUD * 3)
        await until(lambda: stream.connected, within=5)
        for _ in range(5000):
            stream.hear(np.zeros(160, np.int16))
        assert 0 < stream.behind <= MOST_BEHIND + FRAME_BYTES
        assert stream.microphone.next() is not None
    await until(lambda: gone == ["gone"], within=5)
    await served.close()


@pytest.mark.real_time
async def test_a_ticket_is_good_once_and_a_wrong_one_never(tmp_path):
    served = SoundSocket(tmp_path / "sound.sock")
    await served.start()
    stream = SoundStream(lambda: None)
    served.expect(stream)
    for ticket, taken in (("0" * 32, False), (stream.ticket, True), (stream.ticket, False)):
        reader, writer = await asyncio.open_unix_connection(tmp_path / "sound.sock")
        writer.write(ticket.encode())
        stream.tell({"at": 1})
        assert (await reader.read(1) == b"E") is taken
        writer.close()
    await served.close()


async def test_the_test_line_is_answered_as_the_line_it_stands_for_and_counts_for_nothing():
    line = testline.TestLine(tone_plan("us"))
    async with world(aside=[line.card]) as here:
        line.join(here.appliance)
        caller = line.be("fxo-2", CallerId("4075550177", "ANN LEE"))
        heard = []
        caller.listeners.append(heard.append)
        caller.lift()
        await asyncio.sleep(3)
        assert max(np.abs(frame).max() for frame in heard) > 2000
        assert set(here.trunk_states()) == {"idle"}
        await caller.press("101")
        await until(lambda: here.exchange.telephones["fxs-1"].ringing, within=20)
        caller.hang_up()
        await here.all_is_free()
        await until(lambda: bool(here.appliance.calls.recent(1)[0].outcome), within=5)
        (record,) = here.appliance.calls.recent(9)
        assert (record.direction, record.line, record.caller_number) == ("test", testline.TEST_LINE, "4075550177")
        assert record.outcome == "abandoned"
        assert await here.appliance.lost_callers.waiting_for(None, here.appliance.office) == []


async def test_who_is_hung_up_by_the_unit_on_the_test_line_is_told_and_may_call_again():
    line = testline.TestLine(tone_plan("us"))
    async with world(aside=[line.card]) as here:
        line.join(here.appliance)
        caller = line.be("fxo-1", CallerId("4075550177"))
        seen = []
        caller.observers.append(seen.append)
        caller.lift()
        await asyncio.sleep(2)
        (ongoing,) = here.appliance.switchboard.ongoing.values()
        ongoing.call.hang_up()
        await until(lambda: seen == ["loop-break"], within=5)
        caller.hang_up()
        await here.all_is_free()
        caller.lift()
        await asyncio.sleep(2)
        assert len(here.appliance.switchboard.ongoing) == 1
        caller.hang_up()
        await here.all_is_free()
