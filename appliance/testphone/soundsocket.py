"""The sound of test telephones, frame by frame, on a Unix socket of its own, with little delay.

A client that has opened a telephone by the control socket connects here and sends the ticket it was given, 32
characters, and then frames of what is said, 320 bytes each. It gets packets: a letter, the length in two bytes
(big-endian), and so many bytes. `S` is a frame of what is heard, `E` an event as JSON, those of a `ConsoleTelephone`
but for its sound. A telephone goes with its connection.

The control socket stays free of this: a hundred frames a second in JSON would keep its other clients waiting.
"""

from __future__ import annotations

import asyncio
import json
import os
import secrets
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

from appliance.testphone.microphone import FRAME_BYTES, Microphone
from hw.audio import Frame

TICKET_BYTES = 32
MOST_BEHIND = 5 * (FRAME_BYTES + 3)
"""Bytes that may wait to be read: with more, what is heard is left out, as it would only come late."""
LONGEST_BACKLOG = 256 * 1024
"""With so many bytes of events unread, the client is taken to be gone."""
TICKET_WITHIN_S = 5.0


class SoundStream:
    """One telephone's. gone: called once, when its client has gone."""

    def __init__(self, gone: Callable[[], None]) -> None:
        self.ticket = secrets.token_hex(TICKET_BYTES // 2)
        """By which a client is known to have opened this telephone."""
        self.microphone = Microphone()
        """What is said, as it comes."""
        self._gone = gone
        self._transport: asyncio.Transport | None = None
        self._events: list[bytes] = []

    @property
    def connected(self) -> bool:
        """Its client is there."""
        return self._transport is not None

    @property
    def behind(self) -> int:
        """Bytes that its client has not read yet."""
        return self._transport.get_write_buffer_size() if self._transport is not None else 0

    def begin(self, transport: asyncio.Transport) -> None:
        """Its client has come."""
        self._transport = transport
        for event in self._events:
            transport.write(event)
        self._events.clear()

    def end(self) -> None:
        """Its client has gone, or is to go."""
        transport, self._transport = self._transport, None
        if transport is not None:
            transport.close()
            self._gone()

    def hear(self, frame: Frame) -> None:
        """Send a frame of what is heard; leave it out for a client that is behind."""
        if self._transport is not None and self.behind < MOST_BEHIND:
            self._transport.write(packet(b"S", frame.astype("<i2").tobytes()))

    def tell(self, event: dict[str, Any]) -> None:
        """Send an event; one that comes before the client has come is kept for it."""
        told = packet(b"E", json.dumps(event, separators=(",", ":")).encode())
        if self._transport is None:
            self._events.append(told)
            return
        self._transport.write(told)
        if self.behind > LONGEST_BACKLOG:
            self._transport.abort()


class SoundSocket:
    """Serves `path` between `start` and `close`. Only the owner and the group of the socket may connect."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._expected: dict[str, SoundStream] = {}
        self._connections: set[SoundConnection] = set()
        self._server: asyncio.Server | None = None

    def expect(self, stream: SoundStream) -> None:
        """A client will come with this stream's ticket."""
        self._expected[stream.ticket] = stream

    def forget(self, stream: SoundStream) -> None:
        """This telephone is given back."""
        self._expected.pop(stream.ticket, None)
        stream.end()

    async def start(self) -> None:
        new = self._path.with_name(self._path.name + ".new")
        new.unlink(missing_ok=True)
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(os.fspath(new))
        new.chmod(0o660)
        new.rename(self._path)
        self._server = await asyncio.get_running_loop().create_unix_server(self._connection, sock=listener)

    async def close(self) -> None:
        """Stop listening, and end what goes on."""
        if self._server is not None:
            self._server.close()
            self._path.unlink(missing_ok=True)
        for connection in list(self._connections):
            connection.drop()

    def _connection(self) -> SoundConnection:
        return SoundConnection(self._expected, self._connections)


class SoundConnection(asyncio.Protocol):
    """One client. Whoever sends no ticket that is expected is sent away."""

    def __init__(self, expected: dict[str, SoundStream], connections: set[SoundConnection]) -> None:
        self._expected = expected
        self._connections = connections
        self._came = bytearray()
        self._stream: SoundStream | None = None
        self._transport: asyncio.Transport
        self._patience: asyncio.TimerHandle

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._connections.add(self)
        self._patience = asyncio.get_running_loop().call_later(TICKET_WITHIN_S, self.drop)

    def connection_lost(self, exc: Exception | None) -> None:
        self._connections.discard(self)
        self._patience.cancel()
        if self._stream is not None:
            self._stream.end()

    def drop(self) -> None:
        self._transport.abort()

    def data_received(self, data: bytes) -> None:
        self._came += data
        if self._stream is None:
            if len(self._came) < TICKET_BYTES:
                return
            ticket = self._came[:TICKET_BYTES].decode("ascii", "replace")
            del self._came[:TICKET_BYTES]
            stream = self._expected.pop(ticket, None)
            if stream is None:
                self.drop()
                return
            self._patience.cancel()
            self._stream = stream
            stream.begin(self._transport)
        whole = len(self._came) // FRAME_BYTES * FRAME_BYTES
        for at in range(0, whole, FRAME_BYTES):
            self._stream.microphone.put(bytes(self._came[at : at + FRAME_BYTES]))
        del self._came[:whole]


def packet(kind: bytes, content: bytes) -> bytes:
    return kind + len(content).to_bytes(2, "big") + content
