"""The interface of DAHDI's device files: request codes, numbers and structures. Nothing here does I/O.

`tests/hw/test_dahdi_abi.py` compiles the header of Debian's package `dahdi-source` and compares all of it.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, replace
from enum import IntEnum, IntFlag
from typing import ClassVar

ELAST = 500
"""The error of reading and writing while an event waits. Python's `errno` has no name for it."""


class Ioctl(IntEnum):
    """The request codes that are used here. The size of what is passed is a part of each (`_IOC_SIZE`)."""

    GET_PARAMS = 0xC088DA05
    SET_PARAMS = 0x4088DA05
    HOOK = 0x4004DA07
    GETEVENT = 0x8004DA08
    GET_BUFINFO = 0x8018DA1B
    SET_BUFINFO = 0x4018DA1B
    ECHOCANCEL = 0x4004DA21
    SPECIFY = 0x4004DA26
    SETLINEAR = 0x4004DA28
    SETCADENCE = 0x4040DA2A
    ONHOOKTRANSFER = 0x4004DA33
    SET_HWGAIN = 0x4008DA56
    SETPOLARITY = 0x4004DA5C
    VMWI = 0xC004DA5E
    VMWI_CONFIG = 0x4004DA5F
    WCTDM_GET_STATS = 0x800CDA3C


class HookRequest(IntEnum):
    """What HOOK is told."""

    ONHOOK = 0
    OFFHOOK = 1
    FLASH = 3
    RING = 5
    RINGOFF = 6


class RxHook(IntEnum):
    """What the channel sees on its line (`rxhooksig`). On a line to the exchange OFFHOOK means that it has voltage."""

    ONHOOK = 0
    OFFHOOK = 1
    START = 2
    RING = 3
    INITIAL = 4


class ChannelEvent(IntEnum):
    """What GETEVENT tells; NONE when nothing waits."""

    NONE = 0
    ONHOOK = 1
    RINGOFFHOOK = 2
    WINKFLASH = 3
    ALARM = 4
    NOALARM = 5
    RINGERON = 10
    RINGEROFF = 11
    HOOKCOMPLETE = 12
    PULSE_START = 14
    POLARITY = 17
    RINGBEGIN = 18
    EC_DISABLED = 19
    REMOVED = 20


PULSEDIGIT = 0x10000
"""An event with this bit is a digit of pulses: the lower bits are its character, by the number of pulses: 1 to 9, 0
for ten, * for eleven, # for twelve."""


class Signalling(IntEnum):
    """How a channel signals. It is named for what is at the far end: FXS for a line to the exchange."""

    FXSLS = 0x2001
    FXSKS = 0x2004
    FXOLS = 0x1008
    FXOKS = 0x1020


TO_EXCHANGE = 0x2000
TO_TELEPHONE = 0x1000
"""The bit that all signallings to the exchange have, and all those to a telephone."""


class Alarm(IntFlag):
    """What a channel or span is short of."""

    RECOVER = 1
    YELLOW = 4
    RED = 8
    BLUE = 16
    NOTOPEN = 32


class LampBy(IntFlag):
    """How VMWI lights the lamp of a telephone: reversed battery, high voltage, or high alternating voltage (neon)."""

    REVERSAL = 1
    VOLTAGE = 2
    NEON = 4


INTEGER = struct.Struct("<i")
CADENCE = struct.Struct("<16i")
HWGAIN = struct.Struct("<iI")
"""Tenths of a dB; 1: of what is sent, 0: of what is received."""
STATS = struct.Struct("<3i")
"""Millivolts of tip, ring and battery."""
BUFFERS = struct.Struct("<6i")
"""Policies of sending and receiving, number and samples of the buffers, and how many are filled: received, to send."""


@dataclass(frozen=True, slots=True)
class ChannelParams:
    """A channel's parameters, `struct dahdi_params`. Times are in milliseconds. What is not used is kept as it is."""

    channel: int
    """Its number."""
    span: int
    """The number of its card, or of a part of it."""
    signalling: int
    """How it signals; 0: not configured."""
    capable: int
    """The signallings its port can have; 0 where no card is behind it."""
    rx_hook: int
    """See `RxHook`."""
    name: str
    """What its card calls it, such as WCTDM/4/0."""
    preflash: int
    """From the request of a flash to the opening of the loop."""
    flash: int
    """How long a flash opens the loop."""
    rx_flash: int
    """The longest opening of a telephone's loop that is a flash."""
    debounce: int
    """How long what the far end does is overlooked when the loop was closed."""
    alarms: int
    """See `Alarm`."""
    fields: tuple[int, ...]
    """All of them in their order, without the name."""

    LAYOUT: ClassVar = struct.Struct("<12i40s11iI")
    """How they lie in memory."""
    _NAME: ClassVar = 12
    _PREFLASH, _FLASH, _RX_FLASH, _DEBOUNCE = 13, 15, 18, 19

    @classmethod
    def unpack(cls, data: bytes) -> ChannelParams:
        values = cls.LAYOUT.unpack(data)
        name = values[cls._NAME].split(b"\0")[0].decode("ascii", "replace")
        numbers = values[: cls._NAME] + values[cls._NAME + 1 :]
        return cls(
            channel=numbers[0],
            span=numbers[1],
            signalling=numbers[3],
            capable=numbers[4],
            rx_hook=numbers[9],
            name=name,
            preflash=numbers[cls._PREFLASH],
            flash=numbers[cls._FLASH],
            rx_flash=numbers[cls._RX_FLASH],
            debounce=numbers[cls._DEBOUNCE],
            alarms=numbers[-1],
            fields=numbers,
        )

    def with_times(
        self,
        *,
        preflash: int | None = None,
        flash: int | None = None,
        rx_flash: int | None = None,
        debounce: int | None = None,
    ) -> ChannelParams:
        """The same with other times, in milliseconds; None leaves one as it is."""
        fields = list(self.fields)
        changed = {
            self._PREFLASH: self.preflash if preflash is None else preflash,
            self._FLASH: self.flash if flash is None else flash,
            self._RX_FLASH: self.rx_flash if rx_flash is None else rx_flash,
            self._DEBOUNCE: self.debounce if debounce is None else debounce,
        }
        for place, value in changed.items():
            fields[place] = value
        return replace(
            self,
            preflash=changed[self._PREFLASH],
            flash=changed[self._FLASH],
            rx_flash=changed[self._RX_FLASH],
            debounce=changed[self._DEBOUNCE],
            fields=tuple(fields),
        )

    def pack(self) -> bytes:
        """As SET_PARAMS takes it, and GET_PARAMS gives it."""
        name = self.name.encode("ascii", "replace")
        return self.LAYOUT.pack(*self.fields[: self._NAME], name, *self.fields[self._NAME :])

    @property
    def to_exchange(self) -> bool:
        """The port is an FXO port; whether it is configured or not, its card says so."""
        return bool((self.signalling or self.capable) & TO_EXCHANGE)

    @property
    def to_telephone(self) -> bool:
        """The port is an FXS port, by the same."""
        return not self.to_exchange and bool((self.signalling or self.capable) & TO_TELEPHONE)
