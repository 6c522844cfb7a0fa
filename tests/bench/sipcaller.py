"""A SIP caller made of two UDP sockets and nothing of the unit's. It notes the time of every packet."""

from __future__ import annotations

import re
import select
import socket
import struct
import time
from dataclasses import dataclass, field

import numpy as np

from tests.sip.rtp import decoded

Samples = np.ndarray[tuple[int], np.dtype[np.int16]]

EVENT_TYPE = 101
FRAME = 160
SECONDS = 0.02


@dataclass(slots=True)
class Heard:
    """One packet of sound: when it came, and its samples."""

    at: float
    samples: Samples


@dataclass(slots=True)
class Call:
    """What was measured of a call. Times are of time.perf_counter, in s."""

    invited: float = 0.0
    answered: float = 0.0
    heard: list[Heard] = field(default_factory=list)


class Caller:
    """Makes a call from this address, with SIP at port 5060, to a line of a unit."""

    def __init__(self, address: str, unit: tuple[str, int], user: str) -> None:
        self._address, self._unit, self._user = address, unit, user
        self._sip, self._rtp = (socket.socket(socket.AF_INET, socket.SOCK_DGRAM) for _ in range(2))
        self._sip.bind((address, 5060))
        self._rtp.bind((address, 0))
        self._calls = 0
        self._to_tag = ""
        self._media = ("", 0)
        self._sequence = 0
        self.call = Call()

    def close(self) -> None:
        self._sip.close()
        self._rtp.close()

    def begin(self) -> Call:
        """Call, and return when it is answered. TimeoutError when it is not."""
        self._calls += 1
        self._to_tag = ""
        self.call = Call(invited=time.perf_counter())
        self._send("INVITE", 1, self._offer())
        while True:
            status, text = self._response(5.0)
            if status >= 200:
                break
        self.call.answered = time.perf_counter()
        if status != 200:
            raise RuntimeError(f"the call was answered by {status}")
        self._to_tag = re.search(r"^To:.*?(;tag=[^;\s]+)", text, re.M | re.I)[1]  # type: ignore[index]
        port = int(re.search(r"^m=audio (\d+)", text, re.M)[1])  # type: ignore[index]
        self._media = (re.search(r"^c=IN IP4 (\S+)", text, re.M)[1], port)  # type: ignore[index]
        self._send("ACK", 1)
        return self.call

    def listen(self, seconds: float) -> None:
        """Send silence and keep what comes."""
        self._talk(seconds, "")

    def press(self, key: str, seconds: float) -> float:
        """Press a key by RFC 4733, listen so long from then on, and say when the first packet of the key left."""
        began = time.perf_counter()
        self._talk(seconds, key)
        return began

    def end(self) -> None:
        """Hang up."""
        self._send("BYE", 2)
        self._response(5.0)

    def _talk(self, seconds: float, key: str) -> None:
        zero = time.perf_counter()
        for number in range(round(seconds / SECONDS)):
            self._rtp.sendto(self._packet(number, key), self._media)
            while (left := zero + (number + 1) * SECONDS - time.perf_counter()) > 0:
                if select.select([self._rtp], [], [], left)[0]:
                    data = self._rtp.recv(2000)
                    if len(data) == 12 + FRAME:
                        self.call.heard.append(Heard(time.perf_counter(), decoded(data[12:])))

    def _packet(self, number: int, key: str) -> bytes:
        """Silence; or, in the first 140 ms of a key, its event, which ends after 100 ms and is said so three times."""
        self._sequence += 1
        event = bool(key) and number < 7
        kind, stamp = (EVENT_TYPE, self._stamp) if event else (0, self._sequence * FRAME)
        if event and number == 0:
            self._stamp = stamp = self._sequence * FRAME
        head = struct.pack("!BBHII", 0x80, kind | (0x80 if event and number == 0 else 0), self._sequence, stamp, 7)
        if not event:
            return head + b"\xff" * FRAME
        code = "0123456789*#".index(key)
        return head + struct.pack("!BBH", code, 0x80 | 10 if number >= 4 else 10, min(number + 1, 5) * FRAME)

    _stamp = 0

    def _offer(self) -> str:
        return (
            f"v=0\r\no=- 1 1 IN IP4 {self._address}\r\ns=-\r\nc=IN IP4 {self._address}\r\nt=0 0\r\n"
            f"m=audio {self._rtp.getsockname()[1]} RTP/AVP 0 {EVENT_TYPE}\r\na=rtpmap:0 PCMU/8000\r\n"
            f"a=rtpmap:{EVENT_TYPE} telephone-event/8000\r\na=fmtp:{EVENT_TYPE} 0-16\r\n"
        )

    def _send(self, method: str, number: int, body: str = "") -> None:
        there = f"sip:{self._user}@{self._unit[0]}:{self._unit[1]}"
        lines = [
            f"{method} {there} SIP/2.0",
            f"Via: SIP/2.0/UDP {self._address}:5060;branch=z9hG4bK{method}{self._calls}",
            f'From: "Jane Roe" <sip:4075550123@{self._address}>;tag=c{self._calls}',
            f"To: <{there}>{self._to_tag}",
            f"Call-ID: {self._calls}@{self._address}",
            f"CSeq: {number} {method}",
            f"Contact: <sip:4075550123@{self._address}:5060>",
            "Max-Forwards: 70",
            *(["Content-Type: application/sdp"] if body else []),
            f"Content-Length: {len(body)}",
        ]
        self._sip.sendto(("\r\n".join(lines) + "\r\n\r\n" + body).encode(), self._unit)

    def _response(self, seconds: float) -> tuple[int, str]:
        """The status and text of the next response to this call's requests. Responses to an older one are ignored."""
        deadline = time.perf_counter() + seconds
        while select.select([self._sip], [], [], max(0.0, deadline - time.perf_counter()))[0]:
            text = self._sip.recv(9000).decode()
            if text.startswith("SIP/2.0") and f"Call-ID: {self._calls}@" in text:
                return int(text.split()[1]), text
        raise TimeoutError("the unit did not answer")
