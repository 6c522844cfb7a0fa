"""Recording what a party says, to disk while they say it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from appliance.clock import off_loop
from appliance.wav.writer import WavWriter
from hw.audio import FRAME_SAMPLES, FRAME_SECONDS, SAMPLE_RATE, Frame
from hw.level import VoiceReceiver

_BLOCK_FRAMES = 25
"""Sound is written half a second at a time, so that no more is lost when the program ends."""


@dataclass(frozen=True, slots=True)
class FinishedRecording:
    """A finished recording: its file, length and speech in seconds, and what stopped it if the disk did."""

    path: Path
    seconds: float
    speech_seconds: float
    failed: OSError | None


class Recorder:
    """Writes what it is fed to a 16-bit 8 kHz WAV file; to be put on a port with `MediaPort.tap`.

    A file that is there already is gone on with; lengths are those of what is added.
    longest_seconds: it stops by itself after so long. `done` is set then, when it is stopped, or when the disk fails.
    In the last case `failed` is the disk's error, `on_failed` is called once, and what was written is kept.
    """

    def __init__(self, path: Path, *, longest_seconds: float) -> None:
        self.path = path
        self.failed: OSError | None = None
        self.on_failed: Callable[[OSError], None] = lambda _error: None
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._longest_frames = round(longest_seconds / FRAME_SECONDS)
        self._writer = WavWriter(path)
        self._voice = VoiceReceiver()
        self._speech = bytearray()
        self._block = np.empty(_BLOCK_FRAMES * FRAME_SAMPLES, dtype=np.int16)
        self._filled = 0
        self._pending: list[bytes] = []
        self._writing: asyncio.Task[None] | None = None
        self._stopping: asyncio.Task[FinishedRecording] | None = None

    @property
    def seconds(self) -> float:
        """How much was recorded so far, in seconds."""
        return len(self._speech) * FRAME_SECONDS

    @property
    def speech_seconds(self) -> float:
        """How much of that was speech, in seconds."""
        return self._speech.count(1) * FRAME_SECONDS

    def quiet_seconds(self, noise_seconds: float = 0.0) -> float:
        """How long its end is without speech, in seconds; all of it where nobody spoke.

        noise_seconds: what is at the very end, and is taken for no speech, whatever it sounds like. Speech is told for
        300 ms longer than it lasts, so this much of the silence behind it is not counted.
        """
        spoken = self._speech.rfind(1, 0, max(0, len(self._speech) - round(noise_seconds / FRAME_SECONDS)))
        return (len(self._speech) - 1 - spoken) * FRAME_SECONDS

    def feed(self, frame: Frame) -> None:
        """Record one frame. Ignored once done."""
        if self.done.done():
            return
        self._speech.append(self._voice.feed(frame))
        self._block[self._filled : self._filled + FRAME_SAMPLES] = frame
        self._filled += FRAME_SAMPLES
        if self._filled == len(self._block):
            self._flush()
        if len(self._speech) >= self._longest_frames:
            self.done.set_result(None)

    async def stop(self, trim_seconds: float = 0.0) -> FinishedRecording:
        """End the recording without its last `trim_seconds` (tones, silence), and close the file durably.

        An error of the disk is not raised, but returned in `FinishedRecording.failed`. A second call gives the same
        result.
        """
        if not self.done.done():
            self.done.set_result(None)
        if self._stopping is None:
            self._stopping = asyncio.create_task(self._stop(trim_seconds))
        # Whoever waits may be cancelled, as a party has hung up. The file must be closed all the same.
        return await asyncio.shield(self._stopping)

    async def _stop(self, trim_seconds: float) -> FinishedRecording:
        if self._filled:
            self._flush()
        if self._writing is not None:
            await self._writing
        keep = max(0, len(self._speech) * FRAME_SAMPLES - round(trim_seconds * SAMPLE_RATE))
        try:
            await off_loop(self._writer.finish, keep)
        except OSError as error:
            self._fail(error)
        kept = self._writer.samples
        speech = self._speech[: -(-kept // FRAME_SAMPLES)].count(1) * FRAME_SECONDS
        return FinishedRecording(self.path, kept / SAMPLE_RATE, speech, self.failed)

    def _flush(self) -> None:
        self._pending.append(self._block[: self._filled].tobytes())
        self._filled = 0
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write())

    async def _write(self) -> None:
        while self._pending and self.failed is None:
            sound = b"".join(self._pending)
            self._pending.clear()
            try:
                await off_loop(self._writer.append, sound)
            except OSError as error:
                self._fail(error)

    def _fail(self, error: OSError) -> None:
        if self.failed is not None:
            return
        self.failed = error
        if not self.done.done():
            self.done.set_result(None)
        self.on_failed(error)
