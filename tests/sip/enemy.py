"""A served device gone mad: it sends what nobody should, within calls and outside, and to where sound is received."""

from __future__ import annotations

import itertools
import socket
from collections.abc import Callable, Iterator
from typing import Self

from tests.sip.malformed import Dialogue, Malice, Place

_LAST = b"2147483647"
"""The highest number a request may have."""


_Header = Callable[[bytes], bytes]
"""Gives the line of a message that begins with this name."""


class Enemy:
    """A served device gone mad. Those of its calls that are answered, as an INVITE may be right after all, it ends.

    call: one of its own that is going on, within which it misbehaves too.
    """

    def __init__(self, address: str, user: str, unit_at: list[tuple[str, int]]) -> None:
        self.address = address
        self.user = user
        self._unit_at = unit_at
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind((address, 5060))
        self._socket.setblocking(False)
        self._others = [socket.socket(socket.AF_INET, socket.SOCK_DGRAM) for _ in range(2)]
        for other in self._others:
            other.bind((address, 0))
        self._turn = itertools.cycle([self._socket, self._socket, *self._others])
        self._dialogue: Dialogue | None = None
        self._media: tuple[str, int] | None = None
        self._serial = itertools.count(1)

    def fires(self, malice: Malice) -> Iterator[tuple[socket.socket, bytes, tuple[str, int]]]:
        """Packets, and where they go from and to."""
        there = next(iter(self._unit_at))
        self._unit_at.append(self._unit_at.pop(0))
        place = Place((self.address, 5060), there, self.user)
        yield next(self._turn), malice.sip(place, self._dialogue if next(self._serial) % 3 == 0 else None), there
        if self._media is not None:
            host, port = self._media
            for _ in range(2):
                yield next(self._turn), malice.rtp(), (host, port)
            yield next(self._turn), malice.rtcp(), (host, port + 1)

    def reads(self) -> None:
        """Take what has come: it answers that it is there, keeps the latest of its calls, and ends every other."""
        while True:
            try:
                data, source = self._socket.recvfrom(65536)
            except (BlockingIOError, ConnectionRefusedError):
                return
            if data.startswith(b"SIP/2.0 200") and b" INVITE\r\n" in data:
                self._answered(data, source)
            elif data.startswith((b"OPTIONS ", b"NOTIFY ")):
                rest = data.partition(b"\r\n")[2].partition(b"\r\n\r\n")[0]
                self._socket.sendto(b"SIP/2.0 200 OK\r\n" + rest + b"\r\nContent-Length: 0\r\n\r\n", source)

    def _answered(self, data: bytes, source: tuple[str, int]) -> None:
        lines = data.partition(b"\r\n\r\n")[0].split(b"\r\n")

        def header(name: bytes) -> bytes:
            return next((line for line in lines if line.lower().startswith(name + b":")), b"")

        number = header(b"cseq").split()[1] if b" " in header(b"cseq") else b"1"
        contact = header(b"contact").partition(b"<")[2].partition(b">")[0] or b"sip:x"
        self._request(b"ACK", number, contact, header, source)
        media = data.rpartition(b"m=audio ")[2].split(b" ")[0]
        call_id = header(b"call-id").partition(b":")[2].strip().decode(errors="replace")
        if next(self._serial) % 5 == 0 and media.isdigit():
            self.hangs_up()
            tag = header(b"from").rpartition(b"tag=")[2].decode(errors="replace")
            to = header(b"to").partition(b":")[2].strip().decode(errors="replace")
            self._dialogue = Dialogue(call_id, tag, to, contact.decode(errors="replace"))
            self._media = (source[0], int(media))
            self._kept = (contact, header, source)
            return
        self._request(b"BYE", _LAST, contact, header, source)

    def hangs_up(self) -> None:
        """End the call that was kept."""
        if self._dialogue is not None:
            contact, header, source = self._kept
            self._dialogue = self._media = None
            self._request(b"BYE", _LAST, contact, header, source)

    def _request(self, method: bytes, number: bytes, uri: bytes, header: _Header, source: tuple[str, int]) -> None:
        branch = f"z9hG4bK-e{next(self._serial)}".encode()
        via = b"Via: SIP/2.0/UDP " + self.address.encode() + b":5060;branch=" + branch
        lines = [method + b" " + uri + b" SIP/2.0", via]
        lines += [b"Max-Forwards: 70", header(b"from"), header(b"to"), header(b"call-id")]
        lines += [b"CSeq: " + number + b" " + method, b"Content-Length: 0", b"", b""]
        self._socket.sendto(b"\r\n".join(lines), source)

    @property
    def any_socket(self) -> socket.socket:
        return next(self._turn)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for one in (self._socket, *self._others):
            one.close()
