"""One client of the control socket: its requests, its watches, and what still waits to be read by it."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from appliance.control import params, wire
from appliance.control.errors import ControlError
from appliance.control.wire import Request, RequestId
from appliance.faultlog import kind_and_place

log = logging.getLogger(__name__)

MOST_AT_ONCE = 32
"""How many requests of one client may be in work. No more are read from it until some are answered."""


when_client_goes: ContextVar[Callable[[Callable[[], None]], None]] = ContextVar("when_client_goes")
"""For a handler: `when_client_goes.get()(work)` has `work` called as soon as the client that asked has gone."""


@dataclass(frozen=True, slots=True)
class Method:
    name: str
    handler: Callable[[dict[str, Any]], Awaitable[Any]]
    params: params.Params


@dataclass(slots=True)
class SharedState:
    """What all connections of one server share."""

    slowest_reader_seconds: float
    """A client that does not read for so long is dropped."""
    longest_backlog: int
    """A client for which more bytes than this wait to be read is dropped, too."""
    methods: dict[str, Method] = field(default_factory=dict)
    """The methods offered, by name."""
    topics: dict[str, Callable[[], Any]] = field(default_factory=dict)
    """For each topic offered, what gives its full state."""
    connections: set[Connection] = field(default_factory=set)
    """The clients connected now."""
    tasks: set[asyncio.Task[None]] = field(default_factory=set)
    """The handlers running now."""


class Connection(asyncio.Protocol):
    """Reads a client's requests and answers them. After a line that is no JSON it says so and closes the connection."""

    def __init__(self, shared: SharedState) -> None:
        self._shared = shared
        self._transport: asyncio.Transport
        self._lines = wire.LineSplitter()
        self._waiting: deque[bytes] = deque()
        self._watches: dict[RequestId, str] = {}
        self._in_work = 0
        self._over = False
        self._patience: asyncio.TimerHandle | None = None
        self._farewells: list[Callable[[], None]] = []

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        transport.set_write_buffer_limits(high=0)  # So `pause_writing` is called as soon as anything has to wait.
        self._shared.connections.add(self)

    def connection_lost(self, exc: Exception | None) -> None:
        self._over = True
        self._shared.connections.discard(self)
        self.resume_writing()
        for farewell in self._farewells:
            farewell()

    def pause_writing(self) -> None:
        loop = asyncio.get_running_loop()
        self._patience = loop.call_later(self._shared.slowest_reader_seconds, self._give_up)

    def resume_writing(self) -> None:
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None

    def drop(self) -> None:
        """Close the connection now, though something may still wait to be read."""
        self._over = True
        self._transport.abort()

    def tell(self, topic: str, event: Any) -> None:
        """Send an event to each watch of this topic."""
        for watch, watched in self._watches.items():
            if watched == topic:
                self._send(wire.encode_event(watch, event))

    def data_received(self, data: bytes) -> None:
        try:
            self._waiting.extend(self._lines.feed(data))
        except ControlError as error:
            self._work_off()
            self._hang_up(error)
        else:
            self._work_off()

    def _work_off(self) -> None:
        """Take up waiting lines while there is room for more work; read on only when none waits."""
        while self._waiting and self._in_work < MOST_AT_ONCE and not self._over:
            try:
                value = wire.decode(self._waiting.popleft())
            except ControlError as error:
                self._hang_up(error)
            else:
                self._line(value)
        if self._over:
            return
        if self._waiting:
            self._transport.pause_reading()
        else:
            self._transport.resume_reading()

    def _hang_up(self, error: ControlError) -> None:
        if self._over:
            return
        self._over = True
        log.warning("control client dropped: %s", error.code)
        self._transport.write(wire.encode_error(None, error))
        self._transport.close()

    def _line(self, value: Any) -> None:
        try:
            request = wire.parse_request(value)
            if request.method == "watch":
                self._watch(request)
            elif request.method == "unwatch":
                self._unwatch(request)
            else:
                self._begin(request)
        except ControlError as error:
            self._send(wire.encode_error(wire.request_id(value), error))

    def _watch(self, request: Request) -> None:
        topic = params.check({"topic": params.Param(str)}, request.params)["topic"]
        if topic not in self._shared.topics:
            raise ControlError("no-such-topic", f"there is no topic {topic!r}")
        if request.id in self._watches:
            raise ControlError("watch-exists", "a watch of this id runs already on this connection")
        reply = _guarded(f"topic {topic}", lambda: wire.encode_result(request.id, self._shared.topics[topic]()))
        self._watches[request.id] = topic
        self._send(reply)

    def _unwatch(self, request: Request) -> None:
        watch = request.params.get("watch")
        if not isinstance(watch, int | str) or self._watches.pop(watch, None) is None:
            raise ControlError("no-such-watch", "no watch of this id runs on this connection")
        self._send(wire.encode_result(request.id, None))

    def _begin(self, request: Request) -> None:
        method = self._shared.methods.get(request.method)
        if method is None:
            raise ControlError("no-such-method", f"there is no method {request.method!r}")
        given = params.check(method.params, request.params)
        task = asyncio.create_task(self._answer(request.id, method, given), name=f"control {method.name}")
        self._shared.tasks.add(task)
        task.add_done_callback(self._shared.tasks.discard)
        self._in_work += 1

    async def _answer(self, id: RequestId, method: Method, given: dict[str, Any]) -> None:
        when_client_goes.set(self._farewells.append)
        try:
            result = await method.handler(given)
            line = _guarded(method.name, lambda: wire.encode_result(id, result))
        except ControlError as error:
            line = wire.encode_error(id, error)
        except Exception as error:
            line = wire.encode_error(id, _internal(method.name, error))
        self._send(line)
        self._in_work -= 1
        self._work_off()

    def _send(self, line: bytes) -> None:
        if self._over:
            return
        self._transport.write(line)
        if self._transport.get_write_buffer_size() > self._shared.longest_backlog:
            self._give_up()

    def _give_up(self) -> None:
        log.warning("control client dropped: it does not read")
        self.drop()


def _guarded(what: str, work: Callable[[], bytes]) -> bytes:
    """Do this work. An error in it is our mistake and not the client's: it is logged, and told as `internal-error`."""
    try:
        return work()
    except ControlError:
        raise
    except Exception as error:
        raise _internal(what, error) from None


def _internal(what: str, error: Exception) -> ControlError:
    log.error("control %s failed: %s", what, kind_and_place(error))
    return ControlError("internal-error", f"{what} failed; the log of the daemon says where")
