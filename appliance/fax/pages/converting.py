"""The one way to what is made of a fax's pages: `PageConverter.convert`."""

from __future__ import annotations

import asyncio
import errno
import json
import os
import signal
import subprocess
import sys
from contextlib import suppress
from typing import Final

from appliance.clock import off_loop
from appliance.fax.pages.order import NO_PAGES, STORAGE, PageOrder, PagesMade

PATIENCE_SECONDS: Final = 1800.0
PATIENCE_WITH_WORDS_SECONDS: Final = 7200.0
"""Where words are recognised, on thirty pages and a small machine that is busy with calls."""


class PagesUnusable(ValueError):
    """The file has no page that can be read, or reading it takes too much. The text says which, for the log."""


class PageConverter:
    """Has a process make a PDF, or pictures, of a fax's pages. One for the whole unit; to be closed at the end.

    One order is carried out at a time. An order with words to recognise, which takes minutes, keeps no other waiting.
    """

    def __init__(self) -> None:
        self._turn = asyncio.Lock()
        self._words_turn = asyncio.Lock()
        self._running: set[subprocess.Popen[bytes]] = set()
        self._closed = False

    async def convert(self, order: PageOrder) -> PagesMade:
        """Make what is ordered. Raises PagesUnusable, and OSError where the disk is full or fails.

        What it makes is there whole, or not at all. The file of pages may be one that is still being received.
        """
        with_words = bool(order.languages and order.pdf)
        async with self._words_turn if with_words else self._turn:
            return await off_loop(self._made, order, PATIENCE_WITH_WORDS_SECONDS if with_words else PATIENCE_SECONDS)

    async def close(self) -> None:
        """End what is being made; whoever waits for it is told PagesUnusable."""
        self._closed = True
        for process in tuple(self._running):
            _end(process)

    def _made(self, order: PageOrder, patience: float) -> PagesMade:
        """Blocking."""
        if self._closed:
            raise PagesUnusable("the unit is ending")
        with subprocess.Popen(
            [sys.executable, "-m", "appliance.fax.pages.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,  # The programs that it starts end with it.
        ) as process:
            self._running.add(process)
            try:
                told, faults = process.communicate(order.packed(), patience)
            except subprocess.TimeoutExpired as error:
                raise PagesUnusable("to read the pages takes too long") from error
            finally:
                self._running.discard(process)
                _end(process)
        if process.returncode == 0:
            return PagesMade(**json.loads(told))
        why = (faults.decode(errors="replace").strip().splitlines() or ["no reason told"])[-1]
        if process.returncode == STORAGE:
            raise OSError(errno.EIO, why)
        if process.returncode == NO_PAGES:
            raise PagesUnusable(why)
        raise PagesUnusable(f"to read the pages takes too much ({process.returncode}: {why})")


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the process, if it has not ended, and the programs it has started."""
    if process.returncode is None:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
