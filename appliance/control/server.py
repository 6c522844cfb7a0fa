"""The control socket's server: methods, topics, and the Unix socket they are reached by.

It never blocks the loop: every method's handler runs as a task of its own, and a client that stops reading is dropped
and not waited for.
"""

from __future__ import annotations

import asyncio
import os
import socket
import stat
import struct
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from appliance.control import params
from appliance.control.connection import Connection, Method, SharedState
from appliance.control.lock import AlreadyRunning
from appliance.control.wire import LONGEST_REPLY

SLOWEST_READER_SECONDS = 10.0
"""A client for which anything has waited so long has stopped reading."""


class ControlServer:
    """Serves `path`. Declare methods and topics, then `start`; `publish` at any time.

    A handler gets every parameter declared for its method, checked, and returns what JSON can hold or raises
    ControlError. A topic's state is asked for when a watch begins; events published after that follow it.
    """

    def __init__(
        self,
        path: Path,
        *,
        slowest_reader_seconds: float = SLOWEST_READER_SECONDS,
        longest_backlog: int = LONGEST_REPLY,
    ) -> None:
        self._path = path
        self._shared = SharedState(slowest_reader_seconds, longest_backlog)
        self._server: asyncio.Server | None = None

    def method(
        self, name: str, handler: Callable[[dict[str, Any]], Awaitable[Any]], declared: params.Params = params.NONE
    ) -> None:
        """Offer a method with the parameters it takes, such as `{"limit": Param(int, 20)}`. Others are refused."""
        self._shared.methods[name] = Method(name, handler, declared)

    def topic(self, name: str, state: Callable[[], Any]) -> None:
        """Offer a topic to watch; `state` gives the full state at this moment."""
        self._shared.topics[name] = state

    def publish(self, topic: str, event: Any) -> None:
        """Tell everybody who watches this topic. KeyError for a topic never offered."""
        self._shared.topics[topic]
        for connection in list(self._shared.connections):
            connection.tell(topic, event)

    async def start(self) -> None:
        """Listen. Only the owner and the group of the socket may connect. The file that a dead daemon left is replaced.

        AlreadyRunning when a daemon answers there. FileExistsError when the path is anything but a socket.
        """
        _refuse_a_living(self._path)
        new = self._path.with_name(self._path.name + ".new")
        new.unlink(missing_ok=True)
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(os.fspath(new))
        new.chmod(0o660)
        new.rename(self._path)
        self._server = await asyncio.get_running_loop().create_unix_server(
            lambda: Connection(self._shared), sock=listener
        )

    async def close(self) -> None:
        """Stop listening, drop every client, end the handlers that still run, and remove the socket file."""
        if self._server is None:
            return
        self._server.close()
        self._server = None
        self._path.unlink(missing_ok=True)
        for connection in list(self._shared.connections):
            connection.drop()
        for task in list(self._shared.tasks):
            task.cancel()
        await asyncio.gather(*self._shared.tasks, return_exceptions=True)


def _refuse_a_living(path: Path) -> None:
    try:
        if not stat.S_ISSOCK(path.stat().st_mode):
            raise FileExistsError(f"{path} is in the way: it is not a socket")
    except FileNotFoundError:
        return
    with socket.socket(socket.AF_UNIX) as probe, suppress(ConnectionRefusedError, FileNotFoundError):
        probe.settimeout(1.0)
        probe.connect(os.fspath(path))
        pid, _, _ = struct.unpack("3i", probe.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i")))
        raise AlreadyRunning(path.parent, pid)
