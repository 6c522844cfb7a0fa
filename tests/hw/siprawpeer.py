"""A SIP device by hand: one UDP socket, its messages written and read as text."""

from __future__ import annotations

import asyncio
import itertools
import socket

_serial = itertools.count(1)


class RawPeer:
    """At an address and port 5060. `received`: everything that has come and was not waited for yet."""

    def __init__(self, address: str, port: int = 5060) -> None:
        self.address = address
        self.port = port
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.setblocking(False)
        self.socket.bind((address, port))

    def close(self) -> None:
        self.socket.close()

    def send(self, data: str | bytes, to: tuple[str, int]) -> None:
        self.socket.sendto(data.encode() if isinstance(data, str) else data, to)

    async def next(self, beginning: str, seconds: float = 4.0) -> str:
        """The next message whose start line begins so; all others are passed over."""
        seen: list[str] = []
        try:
            async with asyncio.timeout(seconds):
                while True:
                    data = await asyncio.get_running_loop().sock_recv(self.socket, 65536)
                    text = data.decode("latin-1")
                    seen.append(text.partition("\r\n")[0])
                    if text.startswith(beginning):
                        return text
        except TimeoutError:
            raise AssertionError(f"no {beginning!r} within {seconds} s; there were {seen}") from None

    async def silence(self, seconds: float) -> None:
        """Nothing at all comes for so long."""
        await asyncio.sleep(seconds)
        try:
            data = self.socket.recv(65536)
        except BlockingIOError:
            return
        raise AssertionError(f"there was an answer: {data[:60]!r}")

    def sdp(self, direction: str = "sendrecv", packet_ms: int = 20) -> str:
        """direction: of the sound; `0.0.0.0` for the hold of RFC 2543, which has an address of nobody instead.

        packet_ms: the length of the packets that it asks for.
        """
        host = self.address
        if direction == "0.0.0.0":
            host, direction = direction, "sendrecv"
        return (
            f"v=0\r\no=- 1 {next(_serial)} IN IP4 {self.address}\r\ns=-\r\nc=IN IP4 {host}\r\nt=0 0\r\n"
            "m=audio 30000 RTP/AVP 0 101\r\na=rtpmap:0 PCMU/8000\r\na=rtpmap:101 telephone-event/8000\r\n"
            f"a=ptime:{packet_ms}\r\na={direction}\r\n"
        )

    def request(
        self,
        method: str,
        uri: str,
        *,
        user: str = "702",
        call_id: str = "",
        cseq: int = 1,
        to_tag: str = "",
        headers: str = "",
        body: str = "",
    ) -> str:
        """A request; one within a dialogue has its Call-ID and tag. headers: further ones, each with its line's end."""
        tag = f";tag={to_tag}" if to_tag else ""
        kind = "Content-Type: application/sdp\r\n" if body.startswith("v=0") else ""
        return (
            f"{method} {uri} SIP/2.0\r\n"
            f"Via: SIP/2.0/UDP {self.address}:{self.port};branch=z9hG4bK{next(_serial)}\r\n"
            f"Max-Forwards: 70\r\nFrom: <sip:{user}@{self.address}>;tag=raw\r\nTo: <{uri}>{tag}\r\n"
            f"Call-ID: {call_id or f'raw-{next(_serial)}@{self.address}'}\r\nCSeq: {cseq} {method}\r\n"
            f"Contact: <sip:{user}@{self.address}:{self.port}>\r\n{headers}{kind}"
            f"Content-Length: {len(body)}\r\n\r\n{body}"
        )


class RawDialogue:
    """A call that a raw peer has begun."""

    def __init__(self, peer: RawPeer, to: tuple[str, int], user: str, caller: str = "702") -> None:
        self.peer = peer
        self.to = to
        self.uri = f"sip:{user}@{to[0]}:{to[1]}"
        self.call_id = f"raw-{next(_serial)}@{peer.address}"
        self._caller = caller
        self._cseq = 1
        self._tag = ""
        peer.send(self._request("INVITE", body=peer.sdp()), to)

    async def answered(self) -> str:
        """Wait for 200 and acknowledge it."""
        text = await self.peer.next("SIP/2.0 200")
        line = next(line for line in text.split("\r\n") if line.lower().startswith("to:"))
        self._tag = line.partition("tag=")[2].partition(";")[0]
        self.peer.send(self._request("ACK", self._cseq), self.to)
        return text

    async def ask(self, method: str, expected: str, headers: str = "", body: str = "") -> str:
        """A request within the call; its answer."""
        self._cseq += 1
        self.peer.send(self._request(method, headers=headers, body=body), self.to)
        return await self.peer.next(f"SIP/2.0 {expected}")

    async def renew(self, direction: str, packet_ms: int = 20) -> None:
        """A re-INVITE with another direction of sound, or other packets."""
        await self.ask("INVITE", "200", body=self.peer.sdp(direction, packet_ms))
        self.peer.send(self._request("ACK", self._cseq), self.to)

    def _request(self, method: str, cseq: int = 0, headers: str = "", body: str = "") -> str:
        return self.peer.request(
            method,
            self.uri,
            user=self._caller,
            call_id=self.call_id,
            cseq=cseq or self._cseq,
            to_tag=self._tag,
            headers=headers,
            body=body,
        )
