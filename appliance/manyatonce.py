"""Long work in processes of its own, at most so many at once, each of which tells what it finds as it goes.

In virtual time two units in one process are no quicker than one after the other: every frame has to be worked out.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Generator, Sequence
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

IN_MEMORY = Path("/dev/shm")
"""A folder in memory, where Linux has one: what a unit keeps that is only tried need not reach the disk."""

WhatIsTold = TypeVar("WhatIsTold")
Work = Callable[[Callable[[WhatIsTold], None]], None]
"""What one process does: it is given whom to tell."""


class ProcessEnded(RuntimeError):
    """A process has ended before its work was done."""


def scratch_folder(what: str) -> TemporaryDirectory[str]:
    """A folder for what these processes keep meanwhile, in memory where that is possible."""
    return TemporaryDirectory(dir=IN_MEMORY if IN_MEMORY.is_dir() else None, prefix=f"copperdesk-{what}-{os.getpid()}-")


def all_told(works: Sequence[Work[WhatIsTold]], most: int, called: str) -> Generator[WhatIsTold, None, None]:
    """Do all this work, and give what is told as soon as it is.

    called: what people call such a process. Whoever closes the iterator ends it. Raises `ProcessEnded`.
    """
    context = multiprocessing.get_context("fork")
    waiting, working = list(works), dict[Connection, BaseProcess]()
    try:
        while waiting or working:
            while waiting and len(working) < most:
                listens, mouth = context.Pipe(duplex=False)
                process: BaseProcess = context.Process(target=_do, args=(waiting.pop(0), mouth), daemon=True)
                process.start()
                mouth.close()
                working[listens] = process
            for ear in wait(list(working)):
                assert isinstance(ear, Connection)
                try:
                    more, told = ear.recv()
                except EOFError:
                    working[ear].join()
                    raise ProcessEnded(f"{called} ended early, with exit code {working[ear].exitcode}") from None
                if more:
                    yield told
                else:
                    working.pop(ear).join()
    finally:
        for process in working.values():
            process.kill()
            process.join()


def _do(work: Work[WhatIsTold], mouth: Connection) -> None:
    """What it tells is sent with whether there may be more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Who has started it ends it.
    work(lambda told: mouth.send((True, told)))
    mouth.send((False, None))
