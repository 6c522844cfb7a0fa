"""A thread that does one step again and again: the ringing, and the reading of a codec."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Protocol

log = logging.getLogger(__name__)

PacedStep = Callable[[], float | None]
"""Does something, and says in how many seconds it wants to be called again; None: when it is woken."""

REAL_TIME_PRIORITY = 10
"""Of SCHED_FIFO, 1 to 99: above all ordinary threads, below the kernel's own at 50."""


class Pace(Protocol):
    """Whatever calls a step in time."""

    def wake(self) -> None:
        """Call the step now, if it waits to be woken."""

    def stop(self) -> None:
        """Call it no more. A step that is being done now is not waited for."""

    @property
    def alive(self) -> bool:
        """False once the step has failed, or was stopped."""


class MakePace(Protocol):
    """Begins to call a step. `now` tells the time that the step goes by, in seconds."""

    def __call__(self, name: str, step: PacedStep, now: Callable[[], float]) -> Pace: ...


class ThreadPace:
    """Calls a step in a daemon thread, at a real-time priority where the system allows it (RLIMIT_RTPRIO).

    Delays shorter than a step do not add up: a step that wants 5 ms is called 5 ms after the time when it was due. A
    step that raises ends the thread.
    """

    def __init__(self, name: str, step: PacedStep, now: Callable[[], float]) -> None:
        self._step = step
        self._now = now
        self._woken = threading.Event()
        self._stopped = False
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    @property
    def alive(self) -> bool:
        return self._thread.is_alive()

    def wake(self) -> None:
        self._woken.set()

    def stop(self) -> None:
        self._stopped = True
        self._woken.set()

    def _run(self) -> None:
        with suppress(OSError):
            os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(REAL_TIME_PRIORITY))
        try:
            self._go_on()
        except Exception:
            log.exception("%s ends", threading.current_thread().name)

    def _go_on(self) -> None:
        due = self._now()
        while not self._stopped:
            wait = self._step()
            if wait is None:
                self._woken.wait()
                self._woken.clear()
                due = self._now()
            elif wait > 0:
                due = max(due + wait, self._now())
                threading.Event().wait(due - self._now())
