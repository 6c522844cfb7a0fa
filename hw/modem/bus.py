"""What the driver of a modem needs of the machine: `usb.py` has the real one, tests and simulations have others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol


class ModemError(RuntimeError):
    """The modem cannot be used now. The message says why, to people."""


@dataclass(frozen=True, slots=True)
class FoundModem:
    """A modem that is plugged in."""

    device: str
    """The path of its device file, which may be another one each time it is plugged in, such as /dev/ttyACM0."""
    vendor: str
    """Its USB vendor, four hexadecimal digits."""
    product: str
    """Its USB product, four hexadecimal digits."""
    serial: str
    """Its serial number; empty where it has none."""
    socket: str
    """The USB socket it is in, such as 1-1.3: bus, port, and the port of each hub on the way."""
    title: str = ""
    """Maker and product as it names itself."""

    def is_the(self, wanted: str) -> bool:
        """Whether it is the one that an office means: by serial number or USB socket. Empty: any is."""
        return not wanted or wanted in (self.serial, self.socket)

    def is_again(self, before: FoundModem | None) -> bool:
        """Whether it is one that was there before, by its serial number or its USB socket."""
        if before is None:
            return False
        return self.socket == before.socket or (self.serial != "" and self.serial == before.serial)


class ModemLink(Protocol):
    """One opened port. It never blocks."""

    def write(self, data: bytes) -> None:
        """Send these. What the port does not take at once is lost: a modem that hangs takes nothing."""

    async def drop_dtr(self, seconds: float) -> None:
        """Take back the signal that a computer is there, which hangs the modem up, and give it again."""

    async def close(self) -> None:
        """Close the port. Harmless where it is closed."""


class ModemBus(Protocol):
    """Where modems are plugged in."""

    async def find(self) -> Sequence[FoundModem]:
        """All that are plugged in now."""

    async def open(
        self, modem: FoundModem, on_bytes: Callable[[bytes], None], on_gone: Callable[[], None]
    ) -> ModemLink:
        """Open its port. on_bytes: told what comes. on_gone: told once the port has gone. OSError where it fails."""

    async def reset(self, modem: FoundModem) -> None:
        """Have it start anew, as if it were unplugged. It may have another device file then. OSError where it fails."""
