"""The stand-in's port is a device file: programs open it, are asked for pauses, and get errors once it is unplugged."""

from __future__ import annotations

import asyncio
import os
import stat
import time
from pathlib import Path

import pytest

from hw.sim.exchange import Exchange
from hw.sim.modem.device import SerialPort
from hw.sim.modem.model import MODELS
from hw.sim.modem.standin import StandInModem
from hw.tones.toneplan import tone_plan
from tests.hw.simmodems import HERE
from tests.hw.simworld import NINE_THIRTY

pytestmark = pytest.mark.real_time


def opened(link: Path) -> int:
    return os.open(link, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)


async def answer(program: int, ending: bytes, within_s: float = 2.0) -> bytes:
    """What the program reads, to this ending."""
    said, loop, until = b"", asyncio.get_running_loop(), time.monotonic() + within_s
    while not said.endswith(ending):
        assert time.monotonic() < until, said
        readable = asyncio.Event()
        loop.add_reader(program, readable.set)
        await asyncio.wait_for(readable.wait(), within_s)
        loop.remove_reader(program)
        said += os.read(program, 4096)
    return said


async def test_a_program_opens_it_asks_and_closes_it_and_another_does_the_same(tmp_path: Path) -> None:
    plan = tone_plan("us")
    exchange = Exchange(plan, lambda: NINE_THIRTY)
    loop = exchange.wire_trunk("modem", HERE)
    modem = StandInModem(MODELS["usr5637"], loop, plan, tmp_path / "ttyACM0")
    modem.plug_in()
    for echo in (b"ATE0\r", b""):
        program = opened(modem.link)
        assert stat.S_ISCHR(os.fstat(program).st_mode)
        os.write(program, b"ATE0\r")
        assert await answer(program, b"OK\r\n") == echo + b"\r\nOK\r\n"
        os.close(program)
    program = opened(modem.link)
    os.write(program, b"AT\r")
    await answer(program, b"OK\r\n")
    modem.unplug()
    assert not modem.link.exists()
    with pytest.raises(OSError, match="Input/output error"):
        os.write(program, b"AT\r")
    os.close(program)
    await exchange.close()


async def test_closing_it_is_noticed_and_a_pause_stops_the_program(tmp_path: Path) -> None:
    received: list[bytes] = []
    came, closed = asyncio.Event(), asyncio.Event()

    def receive(data: bytes) -> None:
        received.append(data)
        came.set()

    port = SerialPort(tmp_path / "ttyACM0", receive, closed.set)
    program = opened(port.link)
    port.pause(True, software=False)
    os.write(program, b"a page")
    await asyncio.sleep(0.1)
    assert received == []
    port.pause(False, software=False)
    await asyncio.wait_for(came.wait(), 2)
    assert received == [b"a page"]
    port.pause(True, software=True)
    port.pause(False, software=True)
    assert await answer(program, b"\x11") == b"\x13\x11"
    os.close(program)
    await asyncio.wait_for(closed.wait(), 2)
    port.unplug()


async def test_what_no_program_fetches_is_lost_and_nothing_waits_for_it(tmp_path: Path) -> None:
    port = SerialPort(tmp_path / "ttyACM0", lambda _data: None, lambda: None)
    program = opened(port.link)
    for _ in range(100):
        port.write(b"x" * 4096)
    assert port.lost > 0
    os.close(program)
    port.unplug()
