"""The driver with a modem in a made USB socket: its sysfs is real files, its port a pseudo-terminal, in real time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from hw.modem.driver import Modem
from hw.modem.usb import UsbModems
from hw.modem.wanted import ModemWanted
from hw.sim.modem.model import MODELS
from hw.sim.modem.standin import StandInModem
from hw.sim.modem.usb import UsbSocket
from tests.calls.hearing import until
from tests.hw.simworld import World

LINE = "5550100"


@asynccontextmanager
async def in_a_socket(root: Path) -> AsyncIterator[tuple[UsbSocket, Modem]]:
    world = World("us", 1, {})
    line = world.exchange.lines[LINE].loop
    (root / "dev").mkdir(parents=True)
    socket = UsbSocket(root, "1-1.3", StandInModem(MODELS["usr5637"], line, world.plan, root / "dev/unplugged"))
    socket.plug_in()
    modem = Modem(UsbModems(root), ModemWanted(country_code="B5"))
    modem.start()
    try:
        yield socket, modem
    finally:
        await modem.close()
        socket.unplug()


@pytest.mark.real_time(within=30)
async def test_a_modem_that_comes_back_under_another_name_is_found_and_set_up_again(tmp_path: Path) -> None:
    async with in_a_socket(tmp_path) as (socket, modem):
        await until(lambda: modem.ready is not None, within=15)
        assert modem.found is not None
        assert modem.found.device.endswith("/dev/ttyACM0")
        socket.come_back("ttyACM4")
        await until(lambda: modem.ready is None, within=15)
        await until(lambda: modem.ready is not None, within=15)
        assert modem.found.device.endswith("/dev/ttyACM4")


@pytest.mark.proof
@pytest.mark.real_time(within=120)
async def test_a_modem_that_hangs_is_reset_by_its_file_in_sysfs_within_a_minute(tmp_path: Path) -> None:
    async with in_a_socket(tmp_path) as (socket, modem):
        await until(lambda: modem.ready is not None, within=15)
        loop = asyncio.get_running_loop()
        socket.modem.faults.hangs, hung = "reset", loop.time()
        await until(lambda: modem.ready is None, within=40)
        await until(lambda: modem.ready is not None, within=60)
        assert loop.time() - hung < 60
