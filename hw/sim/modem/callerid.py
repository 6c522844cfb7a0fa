"""Caller ID as a modem tells it: lines of text, or the message in hexadecimal digits."""

from __future__ import annotations

from collections.abc import Iterator

from hw.audio import Frame
from hw.callerid.coding import Absence, CallerId, CallerIdError, decode_message
from hw.callerid.fsk import FskReceiver
from hw.callerid.receiver import CallerIdReceiver

_TOLD = {0x01, 0x02, 0x04, 0x07, 0x08}
"""The parameters of a message that have a line of their own: time, number, name, and why one of the two is missing."""

_MULTIPLE = 0x80
"""A message of parameters (MDMF)."""


class CallerIdEar:
    """Reads the line's own sound on hook. method: of the tone plan; `dtmf`, or one of FSK."""

    def __init__(self, method: str) -> None:
        self._digits = CallerIdReceiver("dtmf") if method == "dtmf" else None
        self._fsk = FskReceiver()

    def feed(self, frame: Frame) -> Iterator[tuple[CallerId, bytes]]:
        """What was told in this frame, with its message where there is one."""
        if self._digits is not None:
            told = self._digits.feed(frame)
            if told is not None:
                yield told, b""
            return
        for message in self._fsk.feed(frame):
            try:
                decoded = decode_message(message)
            except CallerIdError:
                continue
            if isinstance(decoded, CallerId):
                yield decoded, message


def as_text(caller: CallerId, message: bytes, *, spaced: bool) -> list[str]:
    """The lines of formatted presentation (`+VCID=1`)."""
    told = []
    if caller.when is not None:
        month, day, hour, minute = caller.when
        told += [("DATE", f"{month:02}{day:02}"), ("TIME", f"{hour:02}{minute:02}")]
    if number := caller.number or _letter(caller.number_absence):
        told.append(("NMBR", number))
    if name := caller.name or _letter(caller.name_absence):
        told.append(("NAME", name))
    told += [("MESG", parameter.hex().upper()) for parameter in _unknown(message)]
    sign = " = " if spaced else "="
    return [f"{key}{sign}{value}" for key, value in told]


def as_digits(message: bytes) -> str:
    """The whole message with its checksum (`+VCID=2`)."""
    return (message + bytes([-sum(message) & 0xFF])).hex().upper()


def _letter(absence: Absence | None) -> str:
    return {Absence.PRIVATE: "P", Absence.UNAVAILABLE: "O"}[absence] if absence else ""


def _unknown(message: bytes) -> Iterator[bytes]:
    """The parameters of a message that no line is for."""
    if message[:1] != bytes([_MULTIPLE]):
        return
    rest = message[2:]
    while len(rest) >= 2:
        parameter, rest = rest[: 2 + rest[1]], rest[2 + rest[1] :]
        if parameter[0] not in _TOLD:
            yield parameter
