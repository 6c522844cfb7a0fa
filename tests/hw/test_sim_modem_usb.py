"""The made USB socket shows what Linux shows of a modem, and lets it be reset as Linux does."""

from __future__ import annotations

import asyncio
from pathlib import Path

from hw.sim.modem.model import MODELS
from hw.sim.modem.standin import StandInModem
from hw.sim.modem.usb import LOOKED_AT_EVERY_S, UsbSocket
from tests.hw.simmodems import MemoryPort, modems


def ttys(root: Path) -> list[str]:
    return sorted(place.name for place in (root / "sys/class/tty").iterdir())


async def test_it_is_found_by_its_numbers_and_is_gone_without_a_trace(tmp_path: Path) -> None:
    async with modems() as world:
        loop = world.exchange.lines["5550100"].loop
        modem = StandInModem(MODELS["usr5637"], loop, world.plan, Path("unplugged"), made=MemoryPort)
        socket = UsbSocket(tmp_path, "1-1.3", modem)
        socket.plug_in()
        usb = (tmp_path / "sys/class/tty/ttyACM0/device").resolve().parent
        assert [(usb / name).read_text() for name in ("idVendor", "idProduct", "serial")] == [
            "0baf\n",
            "0303\n",
            "0001\n",
        ]
        assert usb == (tmp_path / "sys/bus/usb/devices/1-1.3").resolve()
        assert (usb / "1-1.3:1.0/bInterfaceClass").read_text() == "02\n"
        socket.unplug()
        assert ttys(tmp_path) == []
        assert not usb.exists()


async def test_it_is_reset_by_its_file_and_comes_back_under_another_name(tmp_path: Path) -> None:
    async with modems() as world:
        loop = world.exchange.lines["5550100"].loop
        modem = StandInModem(MODELS["usr5637"], loop, world.plan, Path("unplugged"), made=MemoryPort)
        socket = UsbSocket(tmp_path, "1-1.3", modem)
        socket.plug_in()
        modem.faults.hangs = "reset"
        authorized = tmp_path / "sys/bus/usb/devices/1-1.3/authorized"
        authorized.write_text("0")
        await asyncio.sleep(2 * LOOKED_AT_EVERY_S)
        assert ttys(tmp_path) == []
        authorized.write_text("1")
        await asyncio.sleep(2 * LOOKED_AT_EVERY_S)
        assert ttys(tmp_path) == ["ttyACM0"]
        assert not modem.faults.hangs
        socket.come_back("ttyACM4")
        assert ttys(tmp_path) == ["ttyACM4"]
        assert modem.link == tmp_path / "dev/ttyACM4"
        socket.unplug()


async def test_what_a_killed_program_has_left_is_in_nobodys_way(tmp_path: Path) -> None:
    async with modems() as world:
        loop = world.exchange.lines["5550100"].loop
        modem = StandInModem(MODELS["usr5637"], loop, world.plan, Path("unplugged"))
        left = UsbSocket(tmp_path, "1-1.3", modem)
        left.plug_in()
        other = StandInModem(MODELS["usr5637"], loop, world.plan, Path("unplugged"))
        again = UsbSocket(tmp_path, "1-1.3", other)
        again.plug_in()
        assert ttys(tmp_path) == ["ttyACM0"]
        assert other.link.exists()
        again.unplug()
        left.unplug()
        assert ttys(tmp_path) == []
