"""Calls that may hang for good, such as opening a device whose driver waits for a modem that does not answer.

Each has a thread of its own, and not one of a pool, whose end the process would wait for.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

T = TypeVar("T")


async def beside_loop(work: Callable[[], T], late: Callable[[T], None] = lambda _result: None) -> T:
    """Do this in a thread. late: gets the result where nobody waits for it any more, in that thread."""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[T] = loop.create_future()

    def told(result: T | None, error: BaseException | None) -> None:
        if done.done():
            if error is None:
                threading.Thread(target=late, args=(result,), daemon=True).start()
        elif error is not None:
            done.set_exception(error)
        else:
            done.set_result(result)  # type: ignore[arg-type]

    def run() -> None:
        result, error = None, None
        try:
            result = work()
        except Exception as failed:
            error = failed
        with suppress(RuntimeError):  # The loop is closed.
            loop.call_soon_threadsafe(told, result, error)

    threading.Thread(target=run, name="modem", daemon=True).start()
    return await done
