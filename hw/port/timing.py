"""Time at a port: the deadlines of its sans-I/O protocols, and what it does on its line step by step."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from typing import Any, Generic, Protocol, TypeVar

E = TypeVar("E")


class HasDeadline(Protocol[E]):
    """A sans-I/O protocol whose `due` must be called at `deadline`, in seconds of the loop's clock; None: never."""

    @property
    def deadline(self) -> float | None: ...

    def due(self, now: float) -> list[E]: ...


class Deadlines(Generic[E]):
    """Hands a protocol's events on and calls it when its deadline has come."""

    def __init__(self, protocol: HasDeadline[E], on_event: Callable[[E], None]) -> None:
        self._protocol = protocol
        self._on_event = on_event
        self._timer: asyncio.TimerHandle | None = None

    def after(self, events: Sequence[E]) -> None:
        """Call this with what each input to the protocol returned."""
        for event in events:
            self._on_event(event)
        self.stop()
        if self._protocol.deadline is not None:
            self._timer = asyncio.get_running_loop().call_at(self._protocol.deadline, self._due)

    def stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _due(self) -> None:
        self._timer = None
        self.after(self._protocol.due(asyncio.get_running_loop().time()))


class Script:
    """At most one coroutine at a time that acts on a line; starting another cancels the one before.

    Where the coroutine itself calls `stop`, or something it calls does, it is not cancelled but goes on to its end.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._task: asyncio.Task[None] | None = None

    @property
    def running(self) -> bool:
        return self._task is not None and not self._task.done()

    def run(self, script: Coroutine[Any, Any, None]) -> None:
        self.stop()
        self._task = asyncio.get_running_loop().create_task(script, name=self._name)
        self._task.add_done_callback(_raise_failure)

    def stop(self) -> None:
        if self._task is not None and self._task is not _current_task():
            self._task.cancel()
            self._task = None


def _current_task() -> asyncio.Task[Any] | None:
    try:
        return asyncio.current_task()
    except RuntimeError:
        return None


def _raise_failure(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (error := task.exception()) is not None:
        task.get_loop().call_exception_handler({"message": f"{task.get_name()} failed", "exception": error})
