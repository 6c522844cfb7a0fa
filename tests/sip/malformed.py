"""SIP and RTP as nobody should send them: made from proper messages by a seeded generator.

Hosts in what is made are loopback addresses, or no addresses at all: nothing that answers is led elsewhere.
"""

from __future__ import annotations

import random
import struct
from collections.abc import Callable

METHODS = ("INVITE", "ACK", "BYE", "CANCEL", "OPTIONS", "REGISTER", "INFO", "REFER", "SUBSCRIBE", "NOTIFY", "UPDATE")
METHODS += ("MESSAGE", "PRACK", "PUBLISH", "invite", "", "\x00", "X" * 300)
STATUSES = (100, 180, 183, 200, 202, 302, 401, 407, 422, 481, 486, 491, 500, 503, 606, 699, 0, 99999)
NUMBERS = ("-1", "0", "4294967295", "4294967296", "99999999999999999999", "1e9", "0x10", "", " ", "\t7")
TYPES = (
    "application/sdp",
    "application/dtmf-relay",
    "application/hook-flash",
    "message/sipfrag",
    "multipart/mixed",
    "/",
)
LARGEST = 60_000
"""A UDP datagram holds some 65,500 bytes."""


class Malformed:
    """host: of who sends; target: host and port of the unit; user: of a line of this device's."""

    def __init__(self, seed: int, host: str, target: tuple[str, int], user: str) -> None:
        self._random = random.Random(seed)
        self._host, self._target, self._user = host, target, user
        self._sent: list[bytes] = []
        self._calls: list[str] = []
        self._ways: tuple[Callable[[bytes], bytes], ...] = (
            lambda message: message,
            self._truncated,
            self._flipped,
            self._repeated_lines,
            self._without_a_line,
            self._shuffled,
            self._oversized,
            self._many_headers,
            self._lied_length,
            self._bad_characters,
            self._bad_number,
            self._quoted,
        )

    def sip(self) -> bytes:
        """The next datagram for the SIP port: new, spoiled in one or more ways, or one sent before."""
        chance = self._random
        if self._sent and chance.random() < 0.1:
            return chance.choice(self._sent)  # Replayed, and out of order.
        message = self._request() if chance.random() < 0.8 else self._response()
        for _ in range(chance.choice((1, 1, 1, 2, 3))):
            message = chance.choice(self._ways)(message)
        message = message[:LARGEST]
        self._sent = [*self._sent[-200:], message]
        return message

    def rtp(self) -> bytes:
        """The next datagram for a port of a call's sound."""
        chance = self._random
        kind = chance.randrange(8)
        if kind == 0:
            return chance.randbytes(chance.choice((0, 1, 2, 11, 12, 13, 100, 1400, 9000)))
        version = chance.choice((0x80, 0x80, 0x00, 0x40, 0xC0))
        first = version | chance.choice((0, 0, 0x10, 0x20, 0x30)) | chance.choice((0, 0, 1, 15))
        second = chance.choice((0, 8, 13, 101, 127, 72, 200, chance.randrange(256)))
        sequence, stamp = chance.randrange(1 << 16), chance.randrange(1 << 32)
        head = struct.pack(
            "!BBHII", first, second, sequence, stamp, chance.choice((1, 0x5EED, chance.randrange(1 << 32)))
        )
        if kind == 1:  # An extension that says it is longer than the packet.
            return head + struct.pack("!HH", 0xBEDE, chance.choice((0, 1, 0xFFFF))) + chance.randbytes(8)
        if kind == 2:  # Padding of more than there is.
            return bytes([head[0] | 0x20]) + head[1:] + chance.randbytes(20) + b"\xff"
        if kind == 3:  # An event of RFC 4733 cut off, or of no key.
            return head + chance.randbytes(chance.choice((0, 1, 3, 4, 400)))
        if kind == 4:  # RTCP: sender reports, BYE, and what is none, of any length said.
            packet = chance.choice((200, 201, 202, 203, 204, 207))
            return struct.pack("!BBH", first, packet, chance.choice((0, 1, 6, 0xFFFF))) + chance.randbytes(24)
        return head + chance.randbytes(chance.choice((0, 1, 159, 160, 161, 320, 1400)))

    # What is spoiled

    def _request(self) -> bytes:
        chance = self._random
        method = chance.choice(METHODS)
        if method == "INVITE" or not self._calls:
            self._calls = [*self._calls[-20:], f"m{chance.randrange(1 << 32)}"]
        call = chance.choice(self._calls)
        body = self._sdp() if chance.random() < 0.6 else chance.choice(("", "Signal=5\r\nDuration=1\r\n", "\x00" * 40))
        lines = [
            f"{method} sip:{self._user}@{self._target[0]}:{self._target[1]} SIP/2.0",
            f"Via: SIP/2.0/UDP {self._host}:5070;branch=z9hG4bK{chance.randrange(1 << 40)}",
            f"From: <sip:m@{self._host}>;tag={call}",
            f"To: <sip:{self._user}@{self._target[0]}>{chance.choice(('', ';tag=' + call))}",
            f"Call-ID: {call}",
            f"CSeq: {chance.randrange(1, 1 << 20)} {method}",
            f"Contact: <sip:m@{self._host}:5070>",
            "Max-Forwards: 70",
            *self._extras(),
            f"Content-Type: {chance.choice(TYPES)}",
            f"Content-Length: {len(body)}",
        ]
        return ("\r\n".join(lines) + "\r\n\r\n" + body).encode()

    def _response(self) -> bytes:
        status = self._random.choice(STATUSES)
        _, _, rest = self._request().partition(b"\r\n")
        return f"SIP/2.0 {status} Whatever\r\n".encode() + rest

    def _extras(self) -> list[str]:
        extras = (
            f"Refer-To: <sip:102@{self._target[0]}?Replaces=x%3Bto-tag%3D1%3Bfrom-tag%3D2>",
            "Replaces: none;to-tag=1;from-tag=2",
            "Session-Expires: 1;refresher=uac",
            "Require: 100rel, nothing-known",
            'Reason: Q.850;cause=999999;text="\\"',
            "Event: refer",
            "Subscription-State: active;expires=-5",
            "P-Asserted-Identity: <tel:>, <<sip:@>>",
            'Authorization: Digest username="',
            "Route: <sip:127.0.0.1:9;lr>;;;",
            "Record-Route: <sip:[::",
        )
        return self._random.sample(extras, self._random.randrange(4))

    def _sdp(self) -> str:
        chance = self._random
        port = chance.choice((0, 1, 7000, 65535, 65536, -1))
        media = chance.choice(("audio", "audio", "image", "video", "", "audio " * 200))
        formats = chance.choice(("0 101", "0", "8", "255", "", " ".join(map(str, range(200)))))
        lines = ["v=0", f"o=- {chance.choice(NUMBERS)} 1 IN IP4 {self._host}", "s=-", f"c=IN IP4 {self._host}", "t=0 0"]
        lines += [f"m={media} {port} {chance.choice(('RTP/AVP', 'RTP/SAVP', 'udptl', ''))} {formats}"]
        lines += ["a=rtpmap:101 telephone-event/8000", f"a=ptime:{chance.choice(NUMBERS)}", "a=fmtp:101 0-4294967295"]
        lines += [chance.choice(("a=sendonly", "a=inactive", "a=rtpmap:0", "a=rtcp:99999999", "a=crypto:1 X inline:"))]
        return "\r\n".join([*lines, ""])

    # How it is spoiled

    def _truncated(self, message: bytes) -> bytes:
        return message[: self._random.randrange(len(message) + 1)]

    def _flipped(self, message: bytes) -> bytes:
        spoiled = bytearray(message)
        for _ in range(self._random.choice((1, 3, 20)) if spoiled else 0):
            spoiled[self._random.randrange(len(spoiled))] ^= 1 << self._random.randrange(8)
        return bytes(spoiled)

    def _repeated_lines(self, message: bytes) -> bytes:
        lines = message.split(b"\r\n")
        return b"\r\n".join(line for line in lines for _ in range(self._random.choice((1, 1, 2, 5))))

    def _without_a_line(self, message: bytes) -> bytes:
        lines = message.split(b"\r\n")
        del lines[self._random.randrange(len(lines))]
        return b"\r\n".join(lines)

    def _shuffled(self, message: bytes) -> bytes:
        start, *lines = message.split(b"\r\n")
        self._random.shuffle(lines)
        return b"\r\n".join([start, *lines])

    def _oversized(self, message: bytes) -> bytes:
        header = b"X-Long: " + b"a" * self._random.choice((1000, 4000, 30_000)) + b"\r\nCSeq:"
        return message.replace(b"CSeq:", header, 1)

    def _many_headers(self, message: bytes) -> bytes:
        name = self._random.choice((b"Via: SIP/2.0/UDP 127.0.0.1\r\n", b"X: y\r\n", b"Contact: *\r\n", b"a:\r\n"))
        return message.replace(b"CSeq:", name * self._random.choice((50, 1000, 5000)) + b"CSeq:", 1)

    def _lied_length(self, message: bytes) -> bytes:
        return message.replace(b"Content-Length:", f"Content-Length: {self._random.choice(NUMBERS)}\r\nX:".encode(), 1)

    def _bad_characters(self, message: bytes) -> bytes:
        bad = self._random.choice(
            (b"\xff\xfe", b"\x00", b"\xc3\x28", b"%00", b"%s%n", b"\r", b"\n\n", b"\xf0\x9f\x98\x80")
        )
        place = self._random.randrange(len(message) + 1)
        return message[:place] + bad * self._random.choice((1, 50)) + message[place:]

    def _bad_number(self, message: bytes) -> bytes:
        name = self._random.choice((b"CSeq: ", b"Max-Forwards: ", b":5070", b"Content-Length: "))
        return message.replace(name, name + self._random.choice(NUMBERS).encode(), 1)

    def _quoted(self, message: bytes) -> bytes:
        deep = self._random.choice((b'"' * 500, b"<" * 500, b"(" * 500, b'"\\' * 300, b"<sip:" * 200, b";x=" * 500))
        return message.replace(b"<sip:", deep + b"<sip:", 1)
