"""The control socket's client on an event loop: for the console of a telephone, and whoever asks many things."""

from __future__ import annotations

import asyncio
import itertools
import os
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any

from appliance.control import wire
from appliance.control.errors import ControlError, lost, no_access, not_running
from appliance.control.wire import RequestId

MOST_EVENTS_WAITING = 1000
"""Events of one watch that may wait to be taken, before the watch ends with `fell-behind`."""


class ControlClient:
    """Talks to the daemon at `path`. Usable as `async with ControlClient(path) as control`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._ids = itertools.count(1)
        self._replies: dict[RequestId, asyncio.Future[Any]] = {}
        self._watches: dict[RequestId, asyncio.Queue[Any]] = {}
        self._writer: asyncio.StreamWriter | None = None
        self._reading: asyncio.Task[None] | None = None

    async def connect(self) -> None:
        """Reach the daemon. ControlError `not-running` or `no-access` where that can not be."""
        try:
            reader, self._writer = await asyncio.open_unix_connection(
                os.fspath(self._path), limit=wire.LONGEST_REPLY + 1
            )
        except (FileNotFoundError, ConnectionRefusedError):
            raise not_running(self._path) from None
        except PermissionError:
            raise no_access(self._path) from None
        self._reading = asyncio.create_task(self._read(reader), name="control client")

    async def close(self) -> None:
        """Close the connection. Calls that still wait, and watches, end with `connection-lost`."""
        if self._reading is None or self._writer is None:
            return
        self._reading.cancel()
        with suppress(asyncio.CancelledError):
            await self._reading
        self._writer.close()
        with suppress(OSError):
            await self._writer.wait_closed()

    async def __aenter__(self) -> ControlClient:
        await self.connect()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def call(self, method: str, /, **params: Any) -> Any:
        """Ask, and wait for the result. ControlError as the daemon raised it, or `connection-lost`."""
        return await self._ask(next(self._ids), method, params)

    async def watch(self, topic: str) -> AsyncIterator[Any]:
        """The topic's full state first, then each event. Leaving the loop (`aclose`) ends the watch."""
        id = next(self._ids)
        events = self._watches[id] = asyncio.Queue(MOST_EVENTS_WAITING)
        try:
            yield await self._ask(id, "watch", {"topic": topic})
            while True:
                event = await events.get()
                if isinstance(event, ControlError):
                    raise event
                yield event
        finally:
            if self._watches.pop(id, None) is not None:
                with suppress(ControlError):
                    await self.call("unwatch", watch=id)

    async def _ask(self, id: int, method: str, params: dict[str, Any]) -> Any:
        if self._writer is None or self._reading is None or self._reading.done():
            raise lost()
        reply = self._replies[id] = asyncio.get_running_loop().create_future()
        try:
            self._writer.write(wire.encode({"id": id, "method": method, "params": params}))
            with suppress(OSError):  # The reader notices a lost connection as well, after all that the daemon sent.
                await self._writer.drain()
            return await reply
        finally:
            self._replies.pop(id, None)

    async def _read(self, reader: asyncio.StreamReader) -> None:
        reason = lost()
        try:
            while line := await reader.readline():
                self._line(wire.decode(line))
        except ControlError as error:
            reason = error
        except (OSError, ValueError):
            pass
        finally:
            for reply in self._replies.values():
                if not reply.done():
                    reply.set_exception(reason)
            for id in list(self._watches):
                self._end_watch(id, reason)

    def _line(self, message: dict[str, Any]) -> None:
        if "watch" in message:
            events = self._watches.get(message["watch"])
            if events is not None:
                if events.full():
                    self._end_watch(message["watch"], ControlError("fell-behind", "more was told than was taken"))
                else:
                    events.put_nowait(message["event"])
            return
        error = message.get("error")
        refusal = wire.refusal(error) if error else None
        if refusal and message["id"] is None:  # It is about the connection itself, which the daemon closes then.
            raise refusal
        reply = self._replies.get(message["id"])
        if reply is None or reply.done():
            return
        if refusal:
            reply.set_exception(refusal)
        else:
            reply.set_result(message["result"])

    def _end_watch(self, id: RequestId, reason: ControlError) -> None:
        """End a watch with this reason. If its queue is full, the waiting events are dropped to make room for it."""
        events = self._watches.pop(id)
        if events.full():
            events.get_nowait()
        events.put_nowait(reason)
