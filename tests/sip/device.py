"""A SIP device written by hand, message by message: it can do what no well-behaved telephone does."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self

from hw.sip.message import SipMessage, address
from tests.sip.here import PATIENCE_S, until

_count = itertools.count(1)


@dataclass
class Message:
    """A message received: `start` is its first line."""

    start: str
    text: str
    headers: SipMessage

    @property
    def status(self) -> int:
        """Of a response; 0 for a request."""
        return int(self.start.split()[1]) if self.start.startswith("SIP/") else 0

    @property
    def body(self) -> str:
        return self.text.partition("\r\n\r\n")[2]


def sdp(host: str, port: int, direction: str = "sendrecv") -> str:
    lines = ["v=0", f"o=device 1 {next(_count)} IN IP4 {host}", "s=-", f"c=IN IP4 {host}", "t=0 0"]
    lines += [f"m=audio {port} RTP/AVP 0 101", "a=rtpmap:0 PCMU/8000", "a=rtpmap:101 telephone-event/8000"]
    return "\r\n".join([*lines, "a=ptime:20", f"a={direction}", ""])


class Device(asyncio.DatagramProtocol):
    """At an address. OPTIONS, NOTIFY and BYE are answered, a retransmission too; all else waits to be taken.

    doubled: everything is sent twice.
    """

    def __init__(self, here: tuple[str, int]) -> None:
        self.here = here
        self.received: list[Message] = []
        self.doubled = False
        self._taken: set[int] = set()
        self._closed: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    @classmethod
    async def open(cls, host: str, port: int = 5060) -> Device:
        loop = asyncio.get_running_loop()
        _, device = await loop.create_datagram_endpoint(lambda: cls((host, port)), local_addr=(host, port))
        return device

    def connection_made(self, transport: asyncio.DatagramTransport) -> None:  # type: ignore[override]
        self._transport = transport

    def connection_lost(self, exc: Exception | None) -> None:
        self._closed.set_result(None)

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        text = data.decode(errors="replace")
        start = text.partition("\r\n")[0]
        message = Message(start, text, SipMessage(text))
        self.received.append(message)
        if start.split(" ")[0] in ("OPTIONS", "NOTIFY", "BYE"):
            self.answer(message, 200)

    def send(self, text: str, to: tuple[str, int]) -> None:
        for _ in range(2 if self.doubled else 1):
            self.send_raw(text.encode(), to)

    def send_raw(self, data: bytes, to: tuple[str, int]) -> None:
        """Send a packet as it is, whatever it is."""
        self._transport.sendto(data, to)

    def answer(self, request: Message, status: int, extra: Mapping[str, str] | None = None, body: str = "") -> None:
        """Answer a request, where it came from. The tag in To is always the same."""
        headers = request.headers
        to = headers.header("to")
        lines = [f"SIP/2.0 {status} Answer", *(f"Via: {via}" for via in headers.headers("via"))]
        lines += [f"From: {headers.header('from')}", f"To: {to if 'tag=' in to else to + ';tag=device'}"]
        lines += [f"Call-ID: {headers.header('call-id')}", f"CSeq: {headers.header('cseq')}"]
        given = {"Contact": f"<sip:device@{self.here[0]}:{self.here[1]}>", **(extra or {})}
        lines += [f"{name}: {value}" for name, value in given.items()]
        if body:
            lines.append("Content-Type: application/sdp")
        sent_by = headers.header("via").split()[1].partition(";")[0]
        host, _, port = sent_by.partition(":")
        self.send("\r\n".join([*lines, f"Content-Length: {len(body)}", "", body]), (host, int(port or 5060)))

    async def next(self, what: str, seconds: float = PATIENCE_S) -> Message:
        """The next message not yet taken whose start line holds this."""

        def found() -> int | None:
            places = (n for n, message in enumerate(self.received) if n not in self._taken and what in message.start)
            return next((n + 1 for n in places), None)

        try:
            place = int(await until(found, what, seconds)) - 1
        except AssertionError:
            raise AssertionError(f"no {what} at {self.here}: {[one.start for one in self.received]}") from None
        self._taken.add(place)
        return self.received[place]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._transport.close()

    async def make_room(self) -> None:
        """Close, and return once somebody else can have the address."""
        self.close()
        await self._closed


@dataclass
class Dialogue:
    """A call of a device's, from the side that called or was called. far: host and port of the unit."""

    device: Device
    far: tuple[str, int]
    call_id: str
    local: str
    remote: str
    target: str
    sequence: int = 1
    extra: dict[str, str] = field(default_factory=dict)

    @property
    def local_tag(self) -> str:
        return self.local.partition("tag=")[2].partition(";")[0]

    @property
    def remote_tag(self) -> str:
        return self.remote.partition("tag=")[2].partition(";")[0]

    def request(self, method: str, extra: Mapping[str, str] | None = None, body: str = "") -> None:
        """Send a request within the call."""
        if method != "ACK":
            self.sequence += 1
        host, port = self.device.here
        lines = [f"{method} {self.target} SIP/2.0", f"Via: SIP/2.0/UDP {host}:{port};branch=z9hG4bK-{next(_count)}"]
        lines += [f"From: {self.local}", f"To: {self.remote}", f"Call-ID: {self.call_id}", "Max-Forwards: 70"]
        lines += [f"CSeq: {self.sequence} {method}", f"Contact: <sip:device@{host}:{port}>"]
        lines += [f"{name}: {value}" for name, value in (extra or {}).items()]
        if body:
            lines.append("Content-Type: application/sdp")
        self.device.send("\r\n".join([*lines, f"Content-Length: {len(body)}", "", body]), self.far)

    async def hang_up(self) -> None:
        self.request("BYE")
        await self.device.next("SIP/2.0 200")


def invite(device: Device, far: tuple[str, int], user: str, caller: str, body: str, name: str = "") -> Dialogue:
    """Send an INVITE. The dialogue is complete once `answered` has returned."""
    host, port = device.here
    number = next(_count)
    shown = f'"{name}" ' if name else ""
    local = f"{shown}<sip:{caller}@{host}:{port}>;tag=t{number}"
    remote = f"<sip:{user}@{far[0]}:{far[1]}>"
    dialogue = Dialogue(device, far, f"c{number}-{host}", local, remote, f"sip:{user}@{far[0]}:{far[1]}", 0)
    dialogue.request("INVITE", body=body)
    return dialogue


async def answered(dialogue: Dialogue) -> Message:
    """Wait for the 200 to the INVITE, and acknowledge it."""
    answer = await dialogue.device.next("SIP/2.0 200")
    dialogue.remote = answer.headers.header("to")
    contact = answer.headers.header("contact")
    dialogue.target = contact[contact.find("<") + 1 :].partition(">")[0]
    dialogue.request("ACK")
    return answer


async def rung(device: Device, far: tuple[str, int]) -> tuple[Dialogue, Message]:
    """Wait for a call. Answer its INVITE with 180, 200 and so on yourself."""
    asked = await device.next("INVITE ")
    headers = asked.headers
    contact = headers.header("contact")
    target = contact[contact.find("<") + 1 :].partition(">")[0]
    host, _, port = address(target).host.partition(":")
    there = (host, int(port or far[1]))
    local = headers.header("to") + ";tag=device"
    return Dialogue(device, there, headers.header("call-id"), local, headers.header("from"), target, 100), asked
