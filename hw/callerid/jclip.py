"""The frame around a message of Japan's number display, as bytes: DLE SOH, DLE STX, message, DLE ETX, CRC-16.

Octets have 7 bits and even parity. A DLE within the message is doubled; spandsp's receiver loses such messages
(numbers of 14 or 16 digits), so the frame is taken apart here.
"""

from __future__ import annotations

from collections.abc import Sequence

from hw.callerid.deframer import Octets

_DLE, _SOH, _STX, _ETX = 0x10, 0x01, 0x02, 0x03
_HEADER = 0x07
_LONGEST = 300
"""Octets in a frame: 255 of message, all else, and some doubled."""


def frame(message: bytes) -> bytes:
    """The octets to send for a message (type, length, body) of 7-bit characters. ValueError for others."""
    if any(octet > 0x7F for octet in message):
        raise ValueError("Japan's number display has 7-bit characters only")
    doubled = message.replace(bytes([_DLE]), bytes([_DLE, _DLE]))
    octets = bytes(map(_even_parity, (_DLE, _SOH, _HEADER, _DLE, _STX, *doubled, _DLE, _ETX)))
    return octets + _crc16(octets[2:]).to_bytes(2, "little")


class JclipDeframer:
    """Finds messages in received bits. One whose parity, checksum or frame is wrong is dropped."""

    def __init__(self) -> None:
        self._line = Octets()
        self._octets = bytearray()
        self._end = 0

    def bit(self, bit: int) -> bytes | None:
        """The message (type, length, body) that this bit completed. A negative bit: the carrier came or went."""
        if bit < 0:
            self._line = Octets()
            self._restart()
            return None
        octet = self._line.bit(bit)
        return self._received(octet) if octet is not None and octet >= 0 else None

    def _received(self, octet: int) -> bytes | None:
        octets = self._octets
        octets.append(octet)
        if self._end:
            if len(octets) < self._end + 2:
                return None
            message = _checked(bytes(octets), self._end)
            self._restart()
            return message
        plain = [each & 0x7F for each in octets[-2:]]
        if plain == [_DLE, _SOH]:
            octets[:] = octets[-2:]
        elif plain == [_DLE, _ETX] and not _doubled(octets):
            self._end = len(octets)
        elif len(octets) > _LONGEST:
            self._restart()
        return None

    def _restart(self) -> None:
        self._octets.clear()
        self._end = 0


def _doubled(octets: Sequence[int]) -> bool:
    """Whether the DLE before the last octet is the second of a doubled one: an even number of them in a row."""
    run = 0
    for octet in reversed(octets[:-1]):
        if octet & 0x7F != _DLE:
            break
        run += 1
    return run % 2 == 0


def _checked(octets: bytes, end: int) -> bytes | None:
    """The message of a whole frame whose DLE ETX ends at `end`, or None if it was damaged."""
    if octets[:2] != bytes([_even_parity(_DLE), _SOH | 0x80]) or _crc16(octets[2:end]) != int.from_bytes(
        octets[end:], "little"
    ):
        return None
    plain = bytes(octet & 0x7F for octet in octets[:end])
    start = plain.find(bytes([_DLE, _STX]), 2)
    if start < 0:
        return None
    return plain[start + 2 : end - 2].replace(bytes([_DLE, _DLE]), bytes([_DLE]))


def _even_parity(octet: int) -> int:
    return octet | (octet.bit_count() & 1) << 7


def _crc16(octets: bytes) -> int:
    """CRC-16 of ITU-T V.41, least significant bit first, from 0; parity bits included."""
    crc = 0
    for octet in octets:
        crc ^= octet
        for _ in range(8):
            crc = crc >> 1 ^ (0x8408 if crc & 1 else 0)
    return crc
