"""Recordings as text, one at a time, by a process that goes as soon as there is nothing to write down."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from appliance.store.messagetext import MessageText
from appliance.transcript.whisper import installed
from hw.said import said

LEAST_MEMORY = 1_800_000_000
"""Bytes of memory that programs have in all on a machine sold with 2 GB, of which firmware and kernel keep a part. With
less, the recogniser would push out what calls need."""
PATIENCE_SECONDS = 3600.0
"""For one recording. It may have 30 minutes, and a small machine needs about as long for it on one thread."""
IDLE_SECONDS = 30.0
"""The process is kept for so long behind its last recording, as to load the model takes seconds."""


class SpeechWriter(Protocol):
    """Writes down recordings. To be closed at the end."""

    def impossible(self) -> str:
        """Empty, or why this machine writes nothing down, in plain words. Blocks."""

    async def write(self, recording: Path) -> MessageText | None:
        """What is said in a WAV file, by its whole path; None where that cannot be told, as the recogniser has
        failed."""

    async def close(self) -> None:
        """Write nothing down any more."""


class Transcripts:
    """See `SpeechWriter`: one recording after the other, in a process of its own."""

    def __init__(self) -> None:
        self._turn = asyncio.Lock()
        self._process: asyncio.subprocess.Process | None = None
        self._going: asyncio.TimerHandle | None = None

    def impossible(self) -> str:
        if not installed():
            return said("the recognizer is not installed: pip install copperdesk[transcript]")
        memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
        if memory < LEAST_MEMORY:
            return said(
                "this machine has %(gigabytes)s GB of memory, and the recognizer needs a machine with 2 GB",
                gigabytes=f"{memory / 1e9:.1f}",
            )
        return ""

    async def write(self, recording: Path) -> MessageText | None:
        async with self._turn:
            if self._going is not None:
                self._going.cancel()
            try:
                process = await self._started()
                assert process.stdin is not None
                assert process.stdout is not None
                process.stdin.write(f"{recording}\n".encode())
                line = await asyncio.wait_for(process.stdout.readline(), PATIENCE_SECONDS)
                found = json.loads(line)
                transcript = MessageText(found["text"], found["sure"])
            except (TimeoutError, ValueError, OSError):
                await self._stop()
                return None
            except asyncio.CancelledError:
                await self._stop()
                raise
            self._going = asyncio.get_running_loop().call_later(IDLE_SECONDS, self._let_go)
            return transcript

    async def close(self) -> None:
        if self._going is not None:
            self._going.cancel()
        await self._stop()

    async def _started(self) -> asyncio.subprocess.Process:
        if self._process is None or self._process.returncode is not None:
            self._process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "appliance.transcript.writer"),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
            )
        return self._process

    def _let_go(self) -> None:
        """It ends with its input."""
        if self._process is not None and self._process.stdin is not None:
            self._process.stdin.close()
            self._process = None

    async def _stop(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()
