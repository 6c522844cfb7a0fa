"""What the kernel tells of DAHDI hardware besides its device files: in /proc/dahdi, /sys and the folder of modules."""

from __future__ import annotations

import platform
import re
from dataclasses import dataclass
from pathlib import Path

PCI_CARDS = {
    0xD161: "Digium or Sangoma",
    0xE159: "OpenVox, or an older Digium",
    0x1B74: "OpenVox",
}
"""Makers of telephone cards by their PCI vendor id. 0xE159 is that of the bridge chip such cards are built with."""
USB_CARDS = {0xE4E4: "Xorcom Astribank"}

_CHANNEL = re.compile(r"^\s*(\d+) (\S+)(.*)$")


@dataclass(frozen=True, slots=True)
class SeenChannel:
    """A line of /proc/dahdi/<span>: a channel's number, its name on its card, and the rest."""

    number: int
    name: str
    told: str

    @property
    def canceller(self) -> str:
        """The echo canceller of the card or the kernel; empty where there is none."""
        found = re.search(r"\(EC: (\S+)", self.told)
        return found.group(1) if found else ""


@dataclass(frozen=True, slots=True)
class SeenCard:
    """A card on a bus, whether a driver knows it or not. id: its vendor and device, as lspci and lsusb write them."""

    id: str
    maker: str
    driver: str
    """The kernel driver that has it; empty for none."""


class Machine:
    """root: what stands in front of /proc, /sys and /lib, where it is not this machine's own."""

    def __init__(self, root: Path = Path("/")) -> None:
        self._root = root

    @property
    def module_loaded(self) -> bool:
        return (self._root / "sys/module/dahdi").is_dir()

    @property
    def module_built(self) -> bool:
        """There is a module for the kernel that runs now; after an update of the kernel there may be none."""
        modules = self._root / "lib/modules" / platform.release()
        return any(modules.glob("**/dahdi.ko*"))

    def channels(self) -> list[SeenChannel]:
        """All channels that there are, by their numbers. None while there is no module."""
        folder = self._root / "proc/dahdi"
        spans = sorted(folder.iterdir()) if folder.is_dir() else []
        lines = [line for span in spans if span.name.isdigit() for line in _text(span).splitlines()[1:]]
        seen = [SeenChannel(int(m[1]), m[2], m[3]) for line in lines if (m := _CHANNEL.match(line))]
        return sorted(seen, key=lambda channel: channel.number)

    def cancels_echo(self, number: int) -> bool:
        """Whether the card or the kernel has an echo canceller for this channel."""
        return any(channel.number == number and channel.canceller for channel in self.channels())

    def cards(self) -> list[SeenCard]:
        """The telephone cards on PCI and USB, by their makers."""
        return [*self._pci(), *self._usb()]

    def _pci(self) -> list[SeenCard]:
        found = []
        for device in _entries(self._root / "sys/bus/pci/devices"):
            vendor, product = _hex(device / "vendor"), _hex(device / "device")
            if vendor in PCI_CARDS:
                found.append(SeenCard(f"{vendor:04x}:{product:04x}", PCI_CARDS[vendor], _driver(device)))
        return found

    def _usb(self) -> list[SeenCard]:
        found = []
        for device in _entries(self._root / "sys/bus/usb/devices"):
            vendor, product = _hex(device / "idVendor"), _hex(device / "idProduct")
            if vendor in USB_CARDS:
                driver = next(filter(None, map(_driver, sorted(device.glob(f"{device.name}:*")))), "")
                found.append(SeenCard(f"{vendor:04x}:{product:04x}", USB_CARDS[vendor], driver))
        return found


def _entries(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.is_dir() else []


def _text(file: Path) -> str:
    """What it says; nothing where it has just gone, as that of a card that is pulled out."""
    try:
        return file.read_text()
    except OSError:
        return ""


def _hex(file: Path) -> int:
    """The number in a file of /sys; 0 where there is none."""
    try:
        return int(file.read_text().strip(), 16)
    except (OSError, ValueError):
        return 0


def _driver(device: Path) -> str:
    link = device / "driver"
    return link.resolve().name if link.exists() else ""
