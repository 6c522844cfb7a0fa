"""The driver over a real serial port: a pseudo-terminal, with a modem at the other end that answers by a script."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest

from hw.callerid.coding import CallerId
from hw.modem.driver import Modem
from hw.modem.events import CallerTold, ModemEvent
from hw.modem.serialport import open_serial
from hw.modem.wanted import ModemWanted
from tests.hw.ptymodem import PtyBus

pytestmark = pytest.mark.real_time(within=20)


@asynccontextmanager
async def plugged_in() -> AsyncIterator[tuple[PtyBus, Modem]]:
    bus = PtyBus()
    modem = Modem(bus, ModemWanted(country_code="B5"))
    modem.start()
    try:
        yield bus, modem
    finally:
        await modem.close()
        bus.unplug()


async def until(true: Callable[[], bool]) -> None:
    """Look every 10 ms; the test has its time limit."""
    while not true():  # noqa: ASYNC110 - what is waited for has no event
        await asyncio.sleep(0.01)


async def until_ready(modem: Modem) -> None:
    await until(lambda: modem.ready is not None)


async def test_who_calls_is_told_over_a_serial_port() -> None:
    async with plugged_in() as (bus, modem):
        await until_ready(modem)
        told: asyncio.Queue[ModemEvent] = asyncio.Queue()
        modem.on_event = told.put_nowait
        bus.modem.says("RING\r\n\r\nDATE = 1122\r\nTIME = 0453\r\nNMBR = 4075550000\r\nNAME = JOHN DOE\r\n\r\nRING")
        events = [await told.get() for _ in range(3)]
        assert events[1] == CallerTold(CallerId("4075550000", "JOHN DOE", when=(11, 22, 4, 53)))


async def test_another_program_can_open_the_port_while_it_is_lent_and_not_before() -> None:
    async with plugged_in() as (bus, modem):
        await until_ready(modem)
        assert bus.found is not None
        with pytest.raises(OSError, match=r"lock|busy"):
            await open_serial(bus.found.device, lambda _data: None, lambda: None)
        bus.modem.written.clear()
        async with modem.lent() as path:
            engine = os.open(path, os.O_RDWR | os.O_NOCTTY)
            os.write(engine, b"AT+FCLASS=1\r")
            await until(lambda: "AT+FCLASS=1" in bus.modem.written)
            os.close(engine)
        await until_ready(modem)
        assert bus.modem.written[0] == "AT+FCLASS=1"


async def test_a_port_that_takes_nothing_any_more_never_blocks_the_loop() -> None:
    bus = PtyBus()
    assert bus.found is not None
    asyncio.get_running_loop().remove_reader(bus.outer)
    link = await open_serial(bus.found.device, lambda _data: None, lambda: None)
    for _ in range(100):
        link.write(b"A" * 4096)
    await link.close()
    bus.unplug()
