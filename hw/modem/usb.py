"""Finds the modems that are plugged in, and resets them, by sysfs. Linux documents the files in `sysfs-bus-usb`.

A modem on cdc_acm is a `tty` whose device is a USB interface; the device above that interface has the identifiers, the
serial number, and its place on the bus as its name. The device file's name says nothing: it is the next free one.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from hw.modem.besideloop import beside_loop
from hw.modem.bus import FoundModem, ModemLink
from hw.modem.profile import profile_of_usb
from hw.modem.serialport import open_serial

RESET_S = 2.0
"""How long a modem is without its driver in a reset: some need it to let go of the line."""
_AT_COMMANDS = ("02", "02", "01")
"""Class, subclass and protocol of an interface that takes AT commands by V.250 (USB communication devices, PSTN)."""


def found_modems(root: Path = Path("/")) -> list[FoundModem]:
    """All modems below a root: those with a profile, and others that take AT commands. In the order of their names.

    Such others are cell phone sticks and boards of hobbyists, too: only where an office names one is it spoken to.
    """
    return sorted(_modems(root), key=lambda modem: modem.device)


def _modems(root: Path) -> Iterator[FoundModem]:
    for tty in (root / "sys/class/tty").glob("tty[AU][CS][MB]*"):
        places = (place := (tty / "device").resolve(), *place.parents)
        interface = _first_with("bInterfaceClass", places)
        usb = _first_with("idVendor", places)
        if interface is None or usb is None:
            continue
        vendor, product = _read(usb / "idVendor"), _read(usb / "idProduct")
        kind = tuple(_read(interface / f"bInterface{name}") for name in ("Class", "SubClass", "Protocol"))
        if profile_of_usb(vendor, product) is not None or kind == _AT_COMMANDS:
            title = f"{_read(usb / 'manufacturer')} {_read(usb / 'product')}".strip()
            yield FoundModem(str(root / "dev" / tty.name), vendor, product, _read(usb / "serial"), usb.name, title)


def _first_with(name: str, places: Sequence[Path]) -> Path | None:
    return next((place for place in places if (place / name).is_file()), None)


def authorize(socket: str, allowed: bool, root: Path = Path("/")) -> None:
    """Give the device in this USB socket to its driver, or take it away. Blocking.

    OSError where the file may not be written, which takes root or a rule of udev.
    """
    file = os.open(root / "sys/bus/usb/devices" / socket / "authorized", os.O_WRONLY)
    try:
        os.write(file, b"1" if allowed else b"0")
    finally:
        os.close(file)


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""


class UsbModems:
    """The modems of this machine. It is a `ModemBus`."""

    def __init__(self, root: Path = Path("/")) -> None:
        self._root = root

    async def find(self) -> Sequence[FoundModem]:
        """All that are plugged in now."""
        return await asyncio.get_running_loop().run_in_executor(None, found_modems, self._root)

    async def open(
        self, modem: FoundModem, on_bytes: Callable[[bytes], None], on_gone: Callable[[], None]
    ) -> ModemLink:
        """Open its port."""
        return await open_serial(modem.device, on_bytes, on_gone)

    async def reset(self, modem: FoundModem) -> None:
        """Have it start anew."""
        await beside_loop(lambda: authorize(modem.socket, False, self._root))
        await asyncio.sleep(RESET_S)
        await beside_loop(lambda: authorize(modem.socket, True, self._root))
