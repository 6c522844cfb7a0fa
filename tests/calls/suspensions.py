"""Counts the moments at which a task of a call waits, and does something at just one of them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

APPLIANCE = Path(__file__).resolve().parent.parent.parent / "appliance"
OF_CALLS = tuple(str(APPLIANCE / part) for part in ("calls", "flows", "switchboard"))
"""Tasks whose coroutines are written there belong to calls; those of the exchange, the engine and the test do not."""


class Suspensions:
    """Every moment at which any task of a call begins to wait, in the order in which they come."""

    def __init__(self) -> None:
        self.count = 0
        self._at: int | None = None
        self._then: Callable[[], object] = lambda: None

    def count_from_now(self, at: int | None, then: Callable[[], object]) -> None:
        """Begin to count anew. At this moment, counted from 1, something is done; None: at none."""
        self.count, self._at, self._then = 0, at, then

    def suspended(self) -> None:
        self.count += 1
        if self.count == self._at:
            self._then()


class _Watched(Coroutine[Any, Any, Any]):
    """A coroutine that tells when it waits."""

    def __init__(self, coroutine: Coroutine[Any, Any, Any], suspensions: Suspensions) -> None:
        self._coroutine = coroutine
        self._suspensions = suspensions

    def __await__(self) -> Generator[Any, Any, Any]:
        return self._coroutine.__await__()

    def send(self, value: Any) -> Any:
        waits_for = self._coroutine.send(value)
        self._suspensions.suspended()
        return waits_for

    def throw(self, *error: Any) -> Any:
        waits_for = self._coroutine.throw(*error)
        self._suspensions.suspended()
        return waits_for

    def close(self) -> None:
        self._coroutine.close()


@contextmanager
def watched(suspensions: Suspensions) -> Iterator[None]:
    """Tasks of calls that begin from now on are counted."""
    loop = asyncio.get_running_loop()

    def task(loop: asyncio.AbstractEventLoop, coroutine: Any, **options: Any) -> asyncio.Task[Any]:
        code = getattr(coroutine, "cr_code", None)
        of_call = code is not None and code.co_filename.startswith(OF_CALLS)
        return asyncio.Task(_Watched(coroutine, suspensions) if of_call else coroutine, loop=loop, **options)

    loop.set_task_factory(task)
    try:
        yield
    finally:
        loop.set_task_factory(None)
