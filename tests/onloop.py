"""A coroutine as a test: `tests/conftest.py` hands every `async def` test to `as_plain_function`."""

from __future__ import annotations

import asyncio
import functools
import os
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack, contextmanager
from typing import Any

from appliance.clock import run_virtual

LOWER = 10
"""What is calculated in virtual time has a nice so much higher: a tenth of a processor that real time wants too."""


@functools.cache
def may_hurry_again() -> bool:
    """Whether the system lets this process have a lower nice again once it had a higher one: root, as a rule."""
    own = os.getpriority(os.PRIO_PROCESS, 0)
    try:
        os.setpriority(os.PRIO_PROCESS, 0, own - 1)
    except PermissionError:
        return False
    os.setpriority(os.PRIO_PROCESS, 0, own)
    return True


@contextmanager
def behind_real_time() -> Iterator[None]:
    """What is done here can wait: tests of other processes that talk in real time go first, where that is possible."""
    own = os.getpriority(os.PRIO_PROCESS, 0)
    if not may_hurry_again():
        yield
        return
    os.setpriority(os.PRIO_PROCESS, 0, own + LOWER)
    try:
        yield
    finally:
        os.setpriority(os.PRIO_PROCESS, 0, own)


def run_in_virtual_time(main: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Run `main()` on a loop whose clock jumps."""
    with behind_real_time():
        run_virtual(main)


def run_in_real_time(main: Callable[[], Awaitable[None]], within: float | None = None) -> None:
    """Run `main()` on asyncio's own loop. within: TimeoutError after so many seconds."""

    async def limited() -> None:
        async with asyncio.timeout(within):
            await main()

    asyncio.run(limited())


def as_plain_function(test: Callable[..., Awaitable[None]], run: Callable[..., None]) -> Callable[..., None]:
    """A function that `run`s the coroutine test on a loop. Two things are done for the test there.

    A fixture that is an async context manager, such as a whole unit, is entered before the test, which gets what it
    yields, and is left behind the test. And what fails in a callback, or in a task that nobody awaits, fails the test.
    """

    @functools.wraps(test)
    def plain(**arguments: Any) -> None:
        failures: list[dict[str, Any]] = []

        def fails(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
            failures.append(context)
            loop.default_exception_handler(context)

        async def main() -> None:
            asyncio.get_running_loop().set_exception_handler(fails)
            async with AsyncExitStack() as entered:
                for name, value in arguments.items():
                    if isinstance(value, AbstractAsyncContextManager):
                        arguments[name] = await entered.enter_async_context(value)
                await test(**arguments)

        run(main)
        if failures:
            raise ExceptionGroup(
                "beside the test's own task",
                [failure.get("exception") or RuntimeError(failure["message"]) for failure in failures],
            )

    return plain
