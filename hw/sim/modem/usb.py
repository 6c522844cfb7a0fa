"""A USB socket with a modem in it, as Linux shows it: folders below a root like those of sysfs, and the device file.

    socket = UsbSocket(root, "1-1.3", modem)
    socket.plug_in()        # root/sys/class/tty/ttyACM0, root/dev/ttyACM0

The names are those of Linux's `sysfs-bus-usb`. Writing 0 and 1 to `authorized` takes the device from its driver and
gives it back, which resets it; a file cannot tell that it was written, so it is looked at.
"""

from __future__ import annotations

import asyncio
import itertools
import shutil
from pathlib import Path

from hw.sim.modem.standin import StandInModem

LOOKED_AT_EVERY_S = 0.1
"""How often `authorized` is looked at."""
_AT_COMMANDS = ("02", "02", "01")
"""Class, subclass and protocol of an interface of USB communication devices that takes AT commands."""


class UsbSocket:
    """A socket. root: where the made machine's folders are. name: bus and ports, such as 1-1.3."""

    def __init__(self, root: Path, name: str, modem: StandInModem, *, serial: str = "0001") -> None:
        self.name = name
        """Bus and ports."""
        self.modem = modem
        """What is plugged in, or was."""
        self._root = root
        self._usb = root / "sys/devices/platform/soc/usb1" / name
        self._serial = serial
        self._tty = ""
        self._look: asyncio.TimerHandle | None = None

    def plug_in(self, tty: str = "") -> None:
        """Plug it in. tty: what it is called; the next free ttyACM unless given. What a program that was killed has
        left of the socket is gone then."""
        self._clear()
        self._bind(tty)
        self._usb.mkdir(parents=True, exist_ok=True)
        model = self.modem.model
        for file, text in {
            "idVendor": f"{model.vendor:04x}",
            "idProduct": f"{model.product:04x}",
            "manufacturer": model.manufacturer,
            "product": model.product_name,
            "serial": self._serial,
            "authorized": "1",
        }.items():
            (self._usb / file).write_text(f"{text}\n", encoding="utf-8")
        self._link("sys/bus/usb/devices", self.name, self._usb)
        self._look_again()

    def unplug(self) -> None:
        """Pull it out, whatever it does."""
        if self._look is not None:
            self._look.cancel()
            self._look = None
        self.modem.unplug()
        self._clear()

    def come_back(self, tty: str = "") -> None:
        """It drops off the bus by itself and is there again, with factory settings, and maybe under another name."""
        self.modem.faults.cure("reset")
        self.modem.unplug(cures=False)
        self._unbind()
        self._bind(tty)

    def _bind(self, tty: str) -> None:
        """The driver makes an interface and a device file of it."""
        names = (f"ttyACM{number}" for number in itertools.count())
        self._tty = tty or next(name for name in names if not (self._root / "dev" / name).is_symlink())
        interface = self._usb / f"{self.name}:1.0"
        place = interface / "tty" / self._tty
        place.mkdir(parents=True)
        for kind, value in zip(("Class", "SubClass", "Protocol"), _AT_COMMANDS, strict=True):
            (interface / f"bInterface{kind}").write_text(f"{value}\n", encoding="ascii")
        (place / "device").symlink_to(interface)
        self._link("sys/class/tty", self._tty, place)
        self.modem.plug_in(self._root / "dev" / self._tty)

    def _clear(self) -> None:
        for place in self._usb.glob("*/tty/*"):
            self._tty = place.name
            (self._root / "dev" / self._tty).unlink(missing_ok=True)
            self._unbind()
        (self._root / "sys/bus/usb/devices" / self.name).unlink(missing_ok=True)
        shutil.rmtree(self._usb, ignore_errors=True)

    def _unbind(self) -> None:
        (self._root / "sys/class/tty" / self._tty).unlink(missing_ok=True)
        shutil.rmtree(self._usb / f"{self.name}:1.0", ignore_errors=True)
        self._tty = ""

    def _link(self, folder: str, name: str, place: Path) -> None:
        (self._root / folder).mkdir(parents=True, exist_ok=True)
        (self._root / folder / name).symlink_to(place)

    def _look_again(self) -> None:
        allowed = (self._usb / "authorized").read_text(encoding="ascii").strip() != "0"
        if not allowed and self._tty:
            self.modem.faults.cure("reset")
            self.modem.unplug(cures=False)
            self._unbind()
        elif allowed and not self._tty:
            self._bind("")
        self._look = asyncio.get_running_loop().call_later(LOOKED_AT_EVERY_S, self._look_again)
