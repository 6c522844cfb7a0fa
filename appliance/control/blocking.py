"""The control socket's client without an event loop: for the command line and the web pages."""

from __future__ import annotations

import itertools
import os
import socket
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any

from appliance.control import wire
from appliance.control.errors import lost, no_access, not_running

_READ_BYTES = 65536


class BlockingClient:
    """Talks to the daemon at `path`, one request at a time. Usable as `with BlockingClient(path) as control`.

    seconds: how long to wait for an answer, or for the next event of a watch; None: for ever. ControlError
    `not-running` or `no-access` where the daemon cannot be reached; `connection-lost` where it ends, or sends nothing
    for so long.
    """

    def __init__(self, path: Path, seconds: float | None = None) -> None:
        self._ids = itertools.count(1)
        self._lines = wire.LineSplitter(wire.LONGEST_REPLY)
        self._waiting: deque[bytes] = deque()
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.settimeout(seconds)
        try:
            self._socket.connect(os.fspath(path))
        except (FileNotFoundError, ConnectionRefusedError):
            self._socket.close()
            raise not_running(path) from None
        except PermissionError:
            self._socket.close()
            raise no_access(path) from None

    def close(self) -> None:
        self._socket.close()

    def __enter__(self) -> BlockingClient:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def call(self, method: str, /, **params: Any) -> Any:
        """Ask, and wait for the result. ControlError as the daemon raised it."""
        return self._ask(next(self._ids), method, params)

    def watch(self, topic: str) -> Iterator[Any]:
        """The topic's full state first, then each event. For a connection that is used for nothing else."""
        id = next(self._ids)
        yield self._ask(id, "watch", {"topic": topic})
        while True:
            message = self._message()
            if message.get("watch") == id:
                yield message["event"]

    def _ask(self, id: int, method: str, params: dict[str, Any]) -> Any:
        with suppress(OSError):  # Though the connection be closed, what the daemon has sent is read: it may say why.
            self._socket.sendall(wire.encode({"id": id, "method": method, "params": params}))
        while True:
            message = self._message()
            if "watch" in message:
                continue
            if error := message.get("error"):
                raise wire.refusal(error)
            if message["id"] == id:
                return message["result"]

    def _message(self) -> dict[str, Any]:
        while not self._waiting:
            try:
                data = self._socket.recv(_READ_BYTES)
            except OSError:
                raise lost() from None
            if not data:
                raise lost()
            self._waiting.extend(self._lines.feed(data))
        message: dict[str, Any] = wire.decode(self._waiting.popleft())
        return message
