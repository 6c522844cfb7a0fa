"""Work in a process of its own, which ends with it and gives back all the memory that it took."""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import ParamSpec, TypeVar

from appliance.besidecalls import make_way

P = ParamSpec("P")
T = TypeVar("T")


class ProcessFailed(RuntimeError):
    """The process ended before it had an answer."""


def in_a_process(work: Callable[P, T], *args: P.args, **named: P.kwargs) -> T:
    """The result of a function of a module, or what it raised. Blocking. Raises ProcessFailed.

    A process that has no thread yet is copied, which takes no time; otherwise a new one is begun, as a copy could wait
    for ever for what another thread held.
    """
    answer, told = multiprocessing.Pipe(duplex=False)
    process: BaseProcess
    if threading.active_count() == 1:
        process = multiprocessing.get_context("fork").Process(target=_work, args=(told, work, args, named), daemon=True)
    else:
        process = multiprocessing.get_context("spawn").Process(
            target=_work, args=(told, work, args, named), daemon=True
        )
    process.start()
    told.close()
    try:
        done, found = answer.recv()
    except EOFError:
        process.join()
        raise ProcessFailed(f"a process that was to work ended early (exit code {process.exitcode})") from None
    finally:
        answer.close()
    process.join()
    if not done:
        raise found
    result: T = found
    return result


def _work(told: Connection, work: Callable[..., object], args: tuple[object, ...], named: dict[str, object]) -> None:
    """In the process: work, and answer."""
    make_way()
    try:
        told.send((True, work(*args, **named)))
    except Exception as error:
        told.send((False, error))
