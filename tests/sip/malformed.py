"""Malformed SIP, SDP, RTP and RTCP from a seed: the same seed makes the same packets. Sans I/O."""

from __future__ import annotations

import random
import re
import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass

METHODS = (
    *("INVITE", "ACK", "BYE", "CANCEL", "OPTIONS", "REGISTER", "INFO", "UPDATE", "REFER", "NOTIFY", "SUBSCRIBE"),
    *("PRACK", "MESSAGE", "PUBLISH", "invite", "X" * 300, ""),
)
_NUMBERS = ("-1", "0", "2147483648", "4294967295", "4294967296", "18446744073709551616", "9" * 400, "1e9", "", "0x10")
_STATUSES = (0, 99, 100, 180, 200, 302, 404, 486, 699, 700, 99999)
LARGEST = 65507
"""Bytes of a UDP packet over IPv4."""

ABORTS = (re.compile(rb"IN IP[46] [^\s/]{254}"),)
"""What the library as it comes ready-made does not survive, as it is built with its assertions: hosts in SDP that are
longer than any name. A build without them (-DNDEBUG) refuses the offer. Nothing of the kind is made here."""


@dataclass(frozen=True, slots=True)
class Dialogue:
    """What names a call within which a message may be sent; made up where there is none."""

    call_id: str
    local_tag: str
    remote: str
    """The value of To, with its tag."""
    contact: str


@dataclass(frozen=True, slots=True)
class Place:
    """Who sends to whom: host and port. user: whom a call is for."""

    here: tuple[str, int]
    there: tuple[str, int]
    user: str


class Malice:
    """Makes packets that nobody should send."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self._count = 0
        self._sent: list[bytes] = []

    def sip(self, place: Place, dialogue: Dialogue | None = None) -> bytes:
        """A message, within the call of the dialogue where there is one. Now and then an old one again."""
        if self._sent and self._random.random() < 0.05:
            return self._random.choice(self._sent)
        message = self._mangled(place, dialogue)
        while any(known.search(message) for known in ABORTS):
            message = self._mangled(place, dialogue)
        self._sent = [*self._sent[-200:], message]
        return message

    def every_length(self, place: Place) -> list[bytes]:
        """An INVITE that is right, cut off behind each of its bytes but the last."""
        uri = f"sip:{place.user}@{place.there[0]}:{place.there[1]}"
        whole = self._written(place, f"INVITE {uri} SIP/2.0", "INVITE", f"<{uri}>", "every-length", ("x/y", b"body"))
        return [whole[:length] for length in range(len(whole))]

    def rtp(self) -> bytes:
        """A packet for where sound is received."""
        chance, rnd = self._random.random(), self._random
        if chance < 0.1:
            return rnd.randbytes(rnd.choice((0, 1, 2, 11, 12, 13, 1500, 9000)))
        sources, extended = rnd.choice((0, 0, 1, 15)), rnd.random() < 0.3
        first = rnd.choice((0x80, 0x80, 0x80, 0x00, 0x40, 0xC0)) | sources | (0x10 if extended else 0)
        first |= 0x20 if rnd.random() < 0.2 else 0
        kind = rnd.choice((0, 8, 101, 120, 13, 18, 96, 127, 72, 0x80, 0xE5))
        number = rnd.choice((0, 65535, rnd.randrange(65536)))
        timestamp = rnd.choice((0, 0xFFFFFFFF, rnd.getrandbits(32)))
        packet = struct.pack("!BBHII", first, kind, number, timestamp, rnd.choice((0x5EED, rnd.getrandbits(32))))
        packet += rnd.randbytes(rnd.choice((0, 4 * sources, 4 * sources, 3)))
        if extended:
            packet += struct.pack("!HH", rnd.getrandbits(16), rnd.choice((0, 1, 40, 65535)))
        packet += rnd.randbytes(rnd.choice((0, 1, 3, 4, 5, 160, 160, 161, 1400)))
        return packet if rnd.random() < 0.7 else packet[: rnd.randrange(len(packet) + 1)]

    def rtcp(self) -> bytes:
        """A packet for where RTCP is received: one or several reports, their lengths right or not."""
        rnd, packet = self._random, b""
        for _ in range(rnd.choice((1, 1, 2, 30))):
            body = rnd.randbytes(rnd.choice((0, 3, 4, 8, 24, 28, 52, 400)))
            length = rnd.choice((len(body) // 4, len(body) // 4, 0, 1, 65535))
            kind = rnd.choice((200, 201, 202, 203, 204, 205, 206, 207, 0, 255))
            packet += struct.pack("!BBH", rnd.choice((0x80, 0x81, 0x9F, 0xA1, 0x00)), kind, length) + body
        return packet if rnd.random() < 0.8 else packet[: rnd.randrange(len(packet) + 1)]

    def _mangled(self, place: Place, dialogue: Dialogue | None) -> bytes:
        message = self._message(place, dialogue)
        for _ in range(self._random.choice((0, 1, 1, 1, 2, 3))):
            message = self._random.choice(_MANGLERS)(self._random, message)
        return message[:LARGEST]

    def _message(self, place: Place, dialogue: Dialogue | None) -> bytes:
        rnd = self._random
        uri = f"sip:{place.user}@{place.there[0]}:{place.there[1]}"
        call_id, tag, to = f"{rnd.getrandbits(40)}@{place.here[0]}", f"{rnd.getrandbits(40)}", f"<{uri}>"
        if dialogue is not None:
            call_id, tag, to, uri = dialogue.call_id, dialogue.local_tag, dialogue.remote, dialogue.contact
        method = rnd.choice(METHODS) if rnd.random() < 0.6 else rnd.choice(("INVITE", "OPTIONS"))
        start = f"{method} {uri} SIP/2.0"
        if rnd.random() < 0.1:
            start = f"SIP/2.0 {rnd.choice(_STATUSES)} {'Said ' * rnd.randrange(4)}"
        told = rnd.choice(_BODIES)(rnd, place.here[0]) if method in ("INVITE", "UPDATE", "ACK") else _told(rnd)
        extra = [line for line in _EXTRA if rnd.random() < 0.1]
        return self._written(place, start, method, to, call_id, told, tag, extra)

    def _written(
        self,
        place: Place,
        start: str,
        method: str,
        to: str,
        call_id: str,
        told: tuple[str, bytes],
        tag: str = "m",
        extra: Sequence[str] = (),
    ) -> bytes:
        self._count += 1
        (host, port), (kind, body) = place.here, told
        lines = [start, f"Via: SIP/2.0/UDP {host}:{port};branch=z9hG4bK-m{self._count}-{self._random.getrandbits(32)}"]
        lines += ["Max-Forwards: 70", f"From: <sip:m@{host}>;tag={tag}", f"To: {to}", f"Call-ID: {call_id}"]
        lines += [f"CSeq: {1000 * self._count} {method}", f"Contact: <sip:m@{host}:{port}>", *extra]
        lines += [f"Content-Type: {kind}", f"Content-Length: {len(body)}", "", ""]
        return "\r\n".join(lines).encode() + body


_EXTRA = (
    "Refer-To: <sip:102@x?Replaces=a%3Bto-tag%3Db%3Bfrom-tag%3Dc>",
    "Refer-To: <<<>>>;;;?&&=",
    "Refer-To: sip:%zz%00@?Replaces=%3B%3B",
    "Replaces: a;to-tag=b;from-tag=c;early-only",
    "Session-Expires: 0;refresher=uas",
    "Session-Expires: 99999999999",
    "Min-SE: 4294967296",
    "Require: 100rel, timer, replaces, nothing-known",
    "RAck: 1 1 INVITE",
    "RSeq: 4294967295",
    "Event: message-summary;id=" + "x" * 500,
    "Subscription-State: active;expires=-1",
    "Privacy: id;user;critical",
    'P-Asserted-Identity: "' + "\\\\" * 100 + '" <sip:@>',
    "Remote-Party-ID: ;;;;",
    'Reason: Q.850;cause=99999;text="',
    "Record-Route: <sip:127.0.0.1;lr>, <sip:127.0.0.1:1;lr>",
    "Route: <sip:127.0.0.1;lr>",
    "Expires: -5",
    "Authorization: Digest " + ",".join(f"a{n}=b" for n in range(100)),
    "Supported: " + "a," * 200,
    "Contact: *",
    "Retry-After: 9999999999 (soon)",
    "Content-Encoding: gzip",
)


def _told(rnd: random.Random) -> tuple[str, bytes]:
    """What INFO, NOTIFY and MESSAGE carry."""
    return rnd.choice(
        (
            ("application/dtmf-relay", b"Signal=" + rnd.randbytes(3)),
            ("application/dtmf-relay", b"Signal=5\r\nDuration=99999999999"),
            ("application/dtmf", b"16"),
            ("application/hook-flash", b""),
            ("application/broadsoft", b"event flashhook"),
            ("message/sipfrag", b"SIP/2.0 999"),
            ("multipart/mixed;boundary=x", b"--x\r\n\r\n--x--"),
            ("multipart/mixed;boundary=" + "y" * 200, b"--y" * 200),
            ("application/simple-message-summary", b"Messages-Waiting: \xff\xfe"),
            ("///;;;", b"\x00" * 50),
            ("", b""),
        )
    )


def _sdp(rnd: random.Random, host: str) -> tuple[str, bytes]:
    lines = ["v=0", f"o=m 1 1 IN IP4 {host}", "s=-", f"c=IN IP4 {host}", "t=0 0", "m=audio 7900 RTP/AVP 0 101"]
    lines += ["a=rtpmap:0 PCMU/8000", "a=rtpmap:101 telephone-event/8000", "a=fmtp:101 0-16", "a=ptime:20"]
    for _ in range(rnd.choice((0, 1, 1, 2))):
        place = rnd.randrange(len(lines))
        lines[place] = rnd.choice(
            (
                lines[place][: rnd.randrange(len(lines[place]) + 1)],
                lines[place].replace("0", rnd.choice(_NUMBERS)),
                lines[place] + "x" * rnd.choice((10, 1000, 3000)),
                "",
                "m=audio 70000 RTP/AVP 0",
                "m=audio 0 RTP/AVP 0",
                "m=audio 7900/99 RTP/SAVPF 0 " + " ".join(str(n) for n in range(300)),
                "m=video 7900 RTP/AVP 31\r\nm=image 7902 udptl t38\r\nm=audio 7904 RTP/AVP 8",
                "c=IN IP6 ::1",
                "c=IN IP4 255.255.255.255",
                "c=IN IP4 0.0.0.0",
                "c=IN IP4 224.0.0.1/127/9",
                "a=rtpmap:0 PCMU/0",
                "a=rtpmap:101 telephone-event/8000/99",
                "a=ptime:0",
                "a=maxptime:65536",
                "a=fmtp:101 " + "0-16," * 100,
                "a=rtcp:99999 IN IP4 x",
                "a=sendonly\r\na=recvonly\r\na=inactive",
                "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:x",
                "a=ice-ufrag:x\r\na=candidate:1 1 UDP 1 x 1 typ host",
                "\r\n".join(f"a=x{n}" for n in range(100)),
                "\r\n".join(f"m=audio {n} RTP/AVP 0" for n in range(40)),
            )
        )
    return "application/sdp", "\r\n".join([*lines, ""]).encode()


def _random_body(rnd: random.Random, _host: str) -> tuple[str, bytes]:
    return "application/sdp", rnd.randbytes(rnd.choice((0, 1, 100, 2000)))


_BODIES: tuple[Callable[[random.Random, str], tuple[str, bytes]], ...] = (_sdp, _sdp, _sdp, _random_body)


# What may be done to a message that was right


def _truncated(rnd: random.Random, message: bytes) -> bytes:
    return message[: rnd.randrange(len(message) + 1)]


def _oversized(rnd: random.Random, message: bytes) -> bytes:
    return message + rnd.choice((b"x", b"\x00", b"\r\n")) * rnd.choice((1, 3000, 4000, 60000))


def _wrong_length(rnd: random.Random, message: bytes) -> bytes:
    head, name, rest = message.partition(b"Content-Length: ")
    return head + name + rnd.choice(_NUMBERS).encode() + rest[rest.find(b"\r\n") :]


def _huge_header(rnd: random.Random, message: bytes) -> bytes:
    names = (b"Subject", b"X", b"User-Agent", b"Via", b"Contact", b"Supported", b"Accept", b"Route", b"Warning")
    name = rnd.choice(names)
    return _with_lines(rnd, message, [name + b": " + b"x" * rnd.choice((200, 2000, 3500, 60000))])


def _many_headers(rnd: random.Random, message: bytes) -> bytes:
    lines = (b"X: y", b"Via: SIP/2.0/UDP 1.2.3.4", b"Contact: <sip:a@b>", b"Route: <sip:a;lr>", b"To: <a:b>", b"v:")
    return _with_lines(rnd, message, [rnd.choice(lines)] * rnd.choice((50, 200, 3000)))


def _bad_text(rnd: random.Random, message: bytes) -> bytes:
    place = rnd.randrange(len(message) + 1)
    text = rnd.choice((b"\xff\xfe\xc0\x80", b"\x00", b"\xed\xa0\x80", b"\x1b[2J", b"%s%n%x"))
    return message[:place] + text + message[place:]


def _nested_quotes(rnd: random.Random, message: bytes) -> bytes:
    name = rnd.choice((b'"' + b'\\"' * 300, b'"' * 201, b"(" * 500, b"<" * 300, b'"\\', b'"a" "b" <c> '))
    return message.replace(b"From: ", b"From: " + name, 1)


def _wrong_number(rnd: random.Random, message: bytes) -> bytes:
    before = rnd.choice((b"CSeq: ", b"Max-Forwards: ", b"SIP/", b";tag=", b"<sip:m@", b":5060"))
    head, name, rest = message.partition(before)
    return head + name + rnd.choice(_NUMBERS).encode() + (rest if rnd.random() < 0.5 else rest.lstrip(b"0123456789"))


def _missing_header(rnd: random.Random, message: bytes) -> bytes:
    lines = message.split(b"\r\n")
    del lines[rnd.randrange(len(lines))]
    return b"\r\n".join(lines)


def _doubled_header(rnd: random.Random, message: bytes) -> bytes:
    lines = message.split(b"\r\n")
    return b"\r\n".join([*lines[:1], rnd.choice(lines), *lines[1:]])


def _wrong_via(rnd: random.Random, message: bytes) -> bytes:
    """Not of an INVITE, whose answer would be lost and its call last for 32 s."""
    if message.startswith(b"INVITE"):
        return message
    head, name, rest = message.partition(b"Via: ")
    via = rnd.choice(
        (
            b"SIP/2.0/TCP 1.2.3.4;branch=z9hG4bK1",
            b"SIP/2.0/UDP [::1]:5060;branch=",
            b"SIP/2.0/UDP :;rport=99999;received=999.999.999.999;maddr=239.0.0.1;ttl=300",
            b"SIP/2.0/UDP 127.0.0.1:1;branch=z9hG4bK" + b"x" * 1000,
            b"SIP / 2.0 / UDP a , SIP/2.0/UDP b,,,",
            b"",
        )
    )
    return head + name + via + rest[rest.find(b"\r\n") :]


def _flipped(rnd: random.Random, message: bytes) -> bytes:
    mangled = bytearray(message)
    for _ in range(rnd.choice((1, 2, 10)) if mangled else 0):
        mangled[rnd.randrange(len(mangled))] ^= 1 << rnd.randrange(8)
    return bytes(mangled)


def _other_line_ends(rnd: random.Random, message: bytes) -> bytes:
    return message.replace(b"\r\n", rnd.choice((b"\n", b"\r", b"\r\n\t", b"\n\r", b"\r\r\n")), rnd.choice((1, 3, -1)))


def _odd_uri(rnd: random.Random, message: bytes) -> bytes:
    uris = (b"tel:+1;;;", b"sips:a@[::1", b"sip:%00%ff%zz@h", b"x:" + b"y" * 900, b"sip:a:b@c:99999;d=e?f=g&h", b"")
    return message.replace(b"sip:", rnd.choice(uris), rnd.choice((1, 2, -1)))


def _no_message(rnd: random.Random, _message: bytes) -> bytes:
    return rnd.choice((b"", b"\r\n\r\n", b"\x00" * 100, b"GET / HTTP/1.1\r\n\r\n", rnd.randbytes(500), b"\r\n" * 2000))


_MANGLERS: tuple[Callable[[random.Random, bytes], bytes], ...] = (
    *(_truncated, _oversized, _wrong_length, _huge_header, _many_headers, _bad_text, _nested_quotes, _wrong_number),
    *(_missing_header, _doubled_header, _wrong_via, _flipped, _other_line_ends, _odd_uri, _no_message),
)


def _with_lines(rnd: random.Random, message: bytes, added: list[bytes]) -> bytes:
    """Behind the start line, or before the body."""
    head, end, body = message.partition(b"\r\n\r\n")
    lines = head.split(b"\r\n")
    place = rnd.choice((1, len(lines)))
    return b"\r\n".join([*lines[:place], *added, *lines[place:]]) + end + body
