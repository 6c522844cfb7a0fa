"""Any lamp that a program of the office's own switches: the program is started at each change of the message lamp.

Which program an office document can name is bounded on purpose: whoever may change the document could else have the
unit start anything. It is one that somebody with access to the machine itself has put into the folder of commands. It
is started without a shell, with one word of ours.
"""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from hw.panel.led import LedPattern
from hw.said import said, told_by

LONGEST_S = 10.0
"""A program that has not ended by then is killed. Lamps on a network answer within a second or two."""


class LampCommand:
    """Starts the program for what the lamp shows; never two at once, and at the end always for what it shows last.

    on_fault: told what goes wrong, in a sentence, and with False when it goes well again.
    """

    def __init__(self, program: Path, longest_s: float = LONGEST_S) -> None:
        self.on_fault: Callable[[str, bool], None] = lambda _fault, _there: None
        self._program = program
        self._longest_s = longest_s
        self._wanted = LedPattern.OFF
        self._shown: LedPattern | None = None
        self._running: asyncio.Task[None] | None = None
        self._fault = ""

    def show(self, pattern: LedPattern) -> None:
        """Have it show this."""
        self._wanted = pattern
        if pattern is not self._shown and (self._running is None or self._running.done()):
            self._running = asyncio.get_running_loop().create_task(self._run(), name="lamp command")

    def close(self) -> None:
        """End what is running."""
        if self._running is not None:
            self._running.cancel()

    async def _run(self) -> None:
        while self._wanted is not self._shown:
            self._shown = self._wanted
            fault = await self._fault_of(self._shown.name.lower())
            if self._fault and fault != self._fault:
                self.on_fault(self._fault, False)
            if fault:
                self.on_fault(fault, True)
            self._fault = fault

    async def _fault_of(self, word: str) -> str:
        """Start it, and say what was wrong with that; empty for nothing. Neither it nor what it has started is left."""
        name = self._program.name
        nowhere = asyncio.subprocess.DEVNULL
        try:
            process = await asyncio.create_subprocess_exec(
                self._program,
                word,
                stdin=nowhere,
                stdout=nowhere,
                stderr=nowhere,
                env={"PATH": os.defpath},
                cwd="/",
                start_new_session=True,
            )
        except OSError as error:
            return said("the program %(name)s for the lamp cannot be started: %(why)s", name=name, why=told_by(error))
        try:
            async with asyncio.timeout(self._longest_s):
                code = await process.wait()
        except TimeoutError:
            return said("the program %(name)s for the lamp has not ended in time", name=name)
        finally:
            with suppress(ProcessLookupError):  # All that it has started, too, unless it has ended.
                os.killpg(process.pid, signal.SIGKILL)
            await process.wait()
        return said("the program %(name)s for the lamp has failed with %(code)s", name=name, code=code) if code else ""
