"""The one door to a fax terminal: in real time it runs in a process of its own, in virtual time inline.

In a process of its own, because a C library decodes there what strangers send, and because a page is put on the disk
there while the line goes on. If it dies, the fax ends with `FaxCause.ENGINE`, and nothing else does.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import sys
from asyncio.subprocess import PIPE, Process
from typing import Protocol

import numpy as np

from appliance.clock import VirtualTimeLoop
from appliance.faultlog import kind_and_place
from appliance.fax.answerstore import AnswerStore
from appliance.fax.job import FaxCause, FaxProgress, FaxResult, FaxTold, Receiving, Sending
from appliance.fax.terminal import FaxTerminal
from appliance.fax.workerwords import FRAME_BYTES, Word, job_written, progress_read, result_read
from hw.audio import FRAME_SECONDS, SILENCE, Frame

log = logging.getLogger(__name__)

_STALLED_S = 15.0
"""A process that has answered nothing for so long has failed. A slow memory card takes seconds to put a page away."""


class FaxEngine(Protocol):
    """A fax on its way."""

    result: asyncio.Future[FaxResult]
    """How it ended."""

    def exchange(self, frame: Frame) -> Frame:
        """Take 20 ms of the line's sound, and give it 20 ms."""

    def line_gone(self) -> None:
        """The call has ended: the result comes at once."""

    def cancel(self) -> None:
        """End the fax: the far end is told, and the result comes when it has been."""

    async def close(self) -> None:
        """Be done with it, whether there is a result or not."""


async def fax_engine(job: Sending | Receiving, told: FaxTold) -> FaxEngine:
    """A fax that begins with the first frame. What cannot even begin has its result at once.

    told: what it raises is logged, and ends no fax.
    """
    told = _contained(told)
    if isinstance(asyncio.get_running_loop(), VirtualTimeLoop):
        return InlineFax(job, told)
    engine = ProcessFax(told)
    await engine.start(job)
    return engine


class InlineFax:
    """A fax in this process. It blocks while a page is put on the disk."""

    def __init__(self, job: Sending | Receiving, told: FaxTold) -> None:
        self.result: asyncio.Future[FaxResult] = asyncio.get_running_loop().create_future()
        self._terminal: FaxTerminal | None = None
        try:
            self._terminal = FaxTerminal(job, told)
        except OSError as error:
            self.result.set_result(not_begun(job, error))

    def exchange(self, frame: Frame) -> Frame:
        if self._terminal is None or self.result.done():
            return SILENCE
        try:
            answer = self._terminal.feed(frame)
        except Exception as error:
            self.result.set_result(FaxResult(FaxCause.ENGINE, 0, detail=kind_and_place(error)))
            return SILENCE
        self._look()
        return answer

    def line_gone(self) -> None:
        if self._terminal is not None:
            self._terminal.line_gone()
            self._look()

    def cancel(self) -> None:
        if self._terminal is not None:
            self._terminal.cancel()

    async def close(self) -> None:
        self.line_gone()

    def _look(self) -> None:
        if self._terminal is not None and self._terminal.result is not None and not self.result.done():
            self.result.set_result(self._terminal.result)


class ProcessFax:
    """A fax in a process of its own, which is made for it."""

    def __init__(self, told: FaxTold) -> None:
        self.result: asyncio.Future[FaxResult] = asyncio.get_running_loop().create_future()
        self._told = told
        self._progress = FaxProgress(0, "", 0, False)
        self._process: Process | None = None
        self._reading: asyncio.Task[None] | None = None
        self.answers = AnswerStore()
        """What is to be said."""
        self._unanswered = 0
        self._patience: asyncio.TimerHandle | None = None

    async def start(self, job: Sending | Receiving) -> None:
        """Begin the process. The frames that it is given meanwhile are answered once it runs."""
        try:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "appliance.fax.workerprocess", stdin=PIPE, stdout=PIPE
            )
        except OSError as error:
            self._failed(f"no process: {error}")
            return
        self._reading = asyncio.create_task(self._read(), name="fax process")
        self._write(job_written(job))

    @property
    def pid(self) -> int:
        """The process's; 0 where there is none."""
        return 0 if self._process is None else self._process.pid

    def exchange(self, frame: Frame) -> Frame:
        if self.result.done():
            return SILENCE
        self._write(Word.FRAME + frame.tobytes())
        self._unanswered += 1
        if self._unanswered * FRAME_SECONDS > _STALLED_S:
            self._kill("it has not answered for too long")
        return self.answers.next()

    def line_gone(self) -> None:
        self._write(Word.GONE)
        if not self.result.done():
            self._patience = asyncio.get_running_loop().call_later(_STALLED_S, self._kill, "it has given no result")

    def cancel(self) -> None:
        self._write(Word.CANCEL)

    async def close(self) -> None:
        self._kill("it was no longer wanted")
        if self._patience is not None:
            self._patience.cancel()
        if self._reading is not None:
            await self._reading
        if self._process is not None:
            await self._process.wait()

    def _write(self, word: bytes) -> None:
        if self._process is not None and self._process.stdin is not None and not self.result.done():
            with contextlib.suppress(OSError, RuntimeError):
                self._process.stdin.write(word)

    def _kill(self, why: str) -> None:
        self._failed(why)
        if self._process is not None and self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()

    def _failed(self, why: str) -> None:
        if not self.result.done():
            now = self._progress
            self.result.set_result(
                FaxResult(FaxCause.ENGINE, now.page, now.far_identity, bit_rate=now.bit_rate, ecm=now.ecm, detail=why)
            )

    async def _read(self) -> None:
        """Read what the process says, to its end."""
        assert self._process is not None
        assert self._process.stdout is not None
        said = self._process.stdout
        try:
            while True:
                word = await said.readexactly(1)
                if word == Word.FRAME:
                    self._answered(await said.readexactly(FRAME_BYTES))
                    continue
                text = json.loads(await said.readline())
                if word == Word.PROGRESS:
                    self._progress = progress_read(text)
                    self._told(self._progress)
                elif not self.result.done():
                    self.result.set_result(result_read(text))
        except asyncio.IncompleteReadError:
            self._failed("its process has ended")
        except (ValueError, LookupError, TypeError, AttributeError) as error:
            # It decodes what strangers send: nothing that it says may get any further than here.
            self._kill(f"its process says what nobody understands: {kind_and_place(error)}")

    def _answered(self, samples: bytes) -> None:
        self._unanswered = 0
        self.answers.put(np.frombuffer(samples, dtype=np.int16))


def _contained(told: FaxTold) -> FaxTold:
    def tell(progress: FaxProgress) -> None:
        try:
            told(progress)
        except Exception as error:
            log.error("how far a fax is could not be told: %s", kind_and_place(error))

    return tell


def not_begun(job: Sending | Receiving, error: OSError) -> FaxResult:
    """The result of a fax whose file cannot be opened."""
    cause = FaxCause.STORAGE if isinstance(job, Receiving) else FaxCause.BAD_PAGES
    return FaxResult(cause, 0, detail=f"it could not begin: {type(error).__name__} ({error.strerror or error})")
