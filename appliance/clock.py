"""The one clock. Everything that waits, waits on the event loop's clock; nothing else reads the time.

In real time that is `asyncio`'s own loop, and the date is `RealClock`'s. In virtual time it is a `VirtualTimeLoop`.
When all its tasks wait, its clock jumps to the next timer, so that hours pass in seconds and always in the same way.
The date is `LoopClock`'s, which follows the loop's clock. When all tasks wait and no timer is set, nothing could ever
happen again: the loop raises `Deadlock`, which names who waits where.
"""

from __future__ import annotations

import asyncio
import math
import selectors
import time
from collections.abc import Callable, Coroutine, Iterable, Mapping, Sequence
from concurrent.futures import Executor
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol, TypeVar, TypeVarTuple

T = TypeVar("T")
Ts = TypeVarTuple("Ts")


UnsetSpan = tuple[datetime, datetime | None]
"""From a moment on, until before another; None: it goes on."""


def is_within(moment: datetime, spans: Iterable[UnsetSpan]) -> bool:
    """Whether a moment is in one of these."""
    return any(begin <= moment and (end is None or moment < end) for begin, end in spans)


def spans_of(told: Iterable[Mapping[str, Any]]) -> list[UnsetSpan]:
    """Those that the method `clock.get` has told."""
    at = datetime.fromisoformat
    return [(at(one["since"]), at(one["to"]) if one["to"] else None) for one in told]


class Deadlock(RuntimeError):
    """Everybody waits and no timer is set. The message names each waiting task and the line it waits at."""


class Clock(Protocol):
    """The date and time of day, always in UTC; offices convert it to their own time zone.

    A clock that cannot be wrong is asked for `now` alone; see `appliance.unitclock` for one that can.
    """

    def now(self) -> datetime: ...

    @property
    def unsure(self) -> Sequence[UnsetSpan]:
        """When it was not set, so that moments of then may be wrong: the oldest first."""
        return ()

    def is_sure(self, moment: datetime) -> bool:
        """Whether a moment that was written down by this clock is right. False: it is told as uncertain, or not."""
        return not is_within(moment, self.unsure)

    @property
    def may_delete(self) -> bool:
        """Whether something may be deleted because it is old by this clock."""
        return True


class RealClock(Clock):
    """The machine's own clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


def seconds_since_boot() -> float:
    """How long the machine has been running: a clock that nobody sets."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)


class LoopClock(Clock):
    """A date that follows a loop's clock. It was `start` when this object was made."""

    def __init__(self, loop: asyncio.AbstractEventLoop, start: datetime) -> None:
        self._loop = loop
        self._start = start.astimezone(UTC)
        self._zero = loop.time()

    def now(self) -> datetime:
        return self._start + timedelta(seconds=self._loop.time() - self._zero)


async def off_loop(work: Callable[[*Ts], T], *args: *Ts) -> T:
    """Do blocking work (disk, synthesis): in a thread in real time, so that the loop goes on, and inline in virtual
    time, so that the clock does not jump meanwhile."""
    return await asyncio.get_running_loop().run_in_executor(None, work, *args)


_NANOSECOND = 1e-9


class _JumpingSelector(selectors.DefaultSelector):
    """A selector that never sleeps: where it would, it moves the loop's clock instead."""

    jump: Callable[[float | None], None]

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        ready: list[tuple[selectors.SelectorKey, int]] = super().select(0)
        if not ready and timeout != 0:
            self.jump(timeout)
        return ready


class VirtualTimeLoop(asyncio.SelectorEventLoop):
    """An event loop whose clock starts at 0 and jumps to the next timer when everybody waits."""

    def __init__(self) -> None:
        selector = _JumpingSelector()
        selector.jump = self._jump
        self._now = 0.0
        self.jumps = 0
        """How often the clock has jumped: at every timer that was waited for."""
        super().__init__(selector)

    def time(self) -> float:
        return self._now

    def run_in_executor(self, executor: Executor | None, func: Callable[[*Ts], T], *args: *Ts) -> asyncio.Future[T]:
        """Run it at once, so that the clock does not jump while it is running."""
        done: asyncio.Future[T] = self.create_future()
        try:
            done.set_result(func(*args))
        except Exception as error:
            done.set_exception(error)
        return done

    def _jump(self, timeout: float | None) -> None:
        if timeout is None:
            raise Deadlock("everybody waits and no timer is set:\n" + "\n".join(self._waiting()))
        self._now += timeout
        # A timer is due as soon as the time and this exceed it. From 194 days on (2 ** 24 s) the nanosecond that
        # asyncio takes is less than two times differ by, so that no timer would ever be due.
        self._clock_resolution = max(_NANOSECOND, 2 * math.ulp(self._now))
        self.jumps += 1

    def _waiting(self) -> list[str]:
        return sorted(f"  {task.get_name()} at {_where(task)}" for task in asyncio.all_tasks(self))


def _where(task: asyncio.Task[Any]) -> str:
    """The innermost line of ours that a task waits at."""
    awaited: Any = task.get_coro()
    where = "its beginning"
    while (frame := getattr(awaited, "cr_frame", None)) is not None:
        where = f"{frame.f_code.co_filename}:{frame.f_lineno} in {frame.f_code.co_name}"
        awaited = awaited.cr_await
    return where


def run_virtual(main: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """Run `main()` to its end in virtual time and return what it returns. Tasks left over are cancelled."""
    with asyncio.Runner(loop_factory=VirtualTimeLoop) as runner:
        return runner.run(main())
