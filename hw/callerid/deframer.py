"""From the bits of a caller-ID modem to messages (type, length, body), as Bell 202 and V.23 exchanges frame them.

A run of mark bits stands in front of each message. Whenever one is seen, collecting begins anew. spandsp's deframer is
not used: what it takes for the beginning of a message, though it is noise, it collects to the end, and it loses the
real message meanwhile.
"""

from __future__ import annotations

_LEAD_IN_BITS = 16
"""Mark bits that announce a message: 55-180 are sent; between octets are at most 10 and the stop bit."""


class Octets:
    """Makes octets of bits: a start bit, eight bits from the least significant on, a stop bit.

    mark_bits: how many ones in a row have come since the last octet.
    """

    def __init__(self) -> None:
        self.mark_bits = 0
        self._octet = 0
        self._missing = 0
        self._started = False

    def bit(self, bit: int) -> int | None:
        """The octet that this bit completed, or None; -1 where a 0 stands in the place of its stop bit."""
        if not self._started:
            if bit:
                self.mark_bits += 1
            else:
                self._started, self._octet, self._missing = True, 0, 8
            return None
        if self._missing:
            self._octet = self._octet >> 1 | bit << 7
            self._missing -= 1
            return None
        self._started = False
        self.mark_bits = bit
        return self._octet if bit else -1


class Deframer:
    """Finds messages; those with a wrong checksum and those broken off are dropped."""

    def __init__(self) -> None:
        self._octets = Octets()
        self._message = bytearray()
        self._listening = False

    def bit(self, bit: int) -> bytes | None:
        """The message that this bit completed, without its checksum. A negative bit: the carrier came or went."""
        if bit < 0:
            self._octets, self._listening = Octets(), False
            return None
        octet = self._octets.bit(bit)
        if self._octets.mark_bits >= _LEAD_IN_BITS:
            self._listening = True
            self._message.clear()
        if octet is None or not self._listening:
            return None
        if octet < 0:
            self._listening = False
            return None
        self._message.append(octet)
        if len(self._message) < 3 or len(self._message) < self._message[1] + 3:
            return None
        self._listening = False
        return None if sum(self._message) & 0xFF else bytes(self._message[:-1])
