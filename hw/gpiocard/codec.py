"""A stereo codec through ALSA: two lines' sound, a frame at a time. The one module that imports alsaaudio.

The module ignores what a device refuses of a format, and goes on with whatever the device has; so it is asked
afterwards. A read that came too late gives -EPIPE in place of a length, and what is in the buffer then is no sound. A
device that is unplugged raises. All of that is the same to us: `CodecError`, with the reason for people.
"""

from __future__ import annotations

import errno
import importlib
from typing import Any

import numpy as np
import numpy.typing as npt

from hw.audio import FRAME_SAMPLES, SAMPLE_RATE, Frame
from hw.said import in_a_row, said

CHANNELS = 2
PERIODS = 3
"""What the codec can hold on its way out, in frames: one is being played, one waits, and one is being written."""
AHEAD = 2
"""So many of these are filled when a frame has just been written. So the loop may be 20 ms late."""
FRAME_BYTES = FRAME_SAMPLES * CHANNELS * 2

NOT_THERE = said("is it plugged in, and is this its ALSA name? `aplay -L` lists all names")

MENDS = {
    "No such file or directory": NOT_THERE,
    "No such device": NOT_THERE,
    "Device or resource busy": said("another program uses it"),
    "Permission denied": said("let the unit's user into the group audio"),
}
NO_LIBRARY = said("pyalsaaudio is missing (pip install copperdesk[gpiocard])")

Stereo = npt.NDArray[np.int16]
"""A frame of both channels: 160 pairs of samples."""


class CodecError(RuntimeError):
    """The codec cannot be used, or no longer. The message is for people."""


class AlsaCodec:
    """An open codec. CodecError from its making where it cannot be used in our format.

    `read` belongs to one thread, `write` to another. late: how many reads came too late, so that sound was lost.
    """

    def __init__(self, device: str) -> None:
        self.device = device
        self.late = 0
        try:
            self._alsa: Any = importlib.import_module("alsaaudio")
        except ImportError as error:
            raise CodecError(said("codec %(codec)s: %(why)s", codec=device, why=NO_LIBRARY)) from error
        self._capture = self._open(self._alsa.PCM_CAPTURE, self._alsa.PCM_NORMAL)
        self._came = b""
        self._playback: Any = None
        try:
            self._playback = self._open(self._alsa.PCM_PLAYBACK, self._alsa.PCM_NONBLOCK)
            self._room = int(self._info(self._playback)["buffer_size"])
            self._fill(AHEAD)
        except CodecError:
            self._capture.close()
            if self._playback is not None:
                self._playback.close()
            raise

    def read(self) -> Stereo | None:
        """The next frame, waiting for it. None where sound was lost instead. CodecError where the device has gone."""
        while len(self._came) < FRAME_BYTES:
            try:
                length, data = self._capture.read()
            except self._alsa.ALSAAudioError as error:
                raise self._error(error) from error
            if length == -errno.EPIPE:
                self.late += 1
                self._came = b""
                return None
            if length <= 0:
                raise CodecError(said("codec %(codec)s gives no sound", codec=self.device))
            self._came += data
        frame, self._came = self._came[:FRAME_BYTES], self._came[FRAME_BYTES:]
        return np.frombuffer(frame, dtype="<i2").reshape(FRAME_SAMPLES, CHANNELS)

    def write(self, left: Frame, right: Frame) -> None:
        """Play a frame, at once. CodecError where the device has gone.

        When this is called as a frame comes in, one frame is still being played, and this one waits for it. Where more
        wait, as behind a delay, all that follows would be late for ever: then this frame is left out.
        """
        try:
            free = self._playback.avail()
            if free < 0 or self._playback.state() == self._alsa.PCM_STATE_XRUN:
                self._fill(AHEAD - 1)
            elif self._room - free >= AHEAD * FRAME_SAMPLES:
                return
            self._playback.write(np.column_stack((left, right)).astype("<i2").tobytes())
        except self._alsa.ALSAAudioError as error:
            raise self._error(error) from error

    def close_capture(self) -> None:
        """The reading thread is done with it."""
        self._capture.close()

    def close_playback(self) -> None:
        """Nothing more is played."""
        self._playback.close()

    def _fill(self, frames: int) -> None:
        """Begin to play with silence, so that a frame that is a little late still finds something being played."""
        try:
            self._playback.write(bytes(FRAME_BYTES * frames))
        except self._alsa.ALSAAudioError as error:
            raise self._error(error) from error

    def _open(self, direction: int, mode: int) -> Any:
        alsa = self._alsa
        try:
            pcm = alsa.PCM(
                direction,
                mode,
                device=self.device,
                rate=SAMPLE_RATE,
                channels=CHANNELS,
                format=alsa.PCM_FORMAT_S16_LE,
                periodsize=FRAME_SAMPLES,
                periods=PERIODS if direction == alsa.PCM_PLAYBACK else 2 * PERIODS,
            )
        except alsa.ALSAAudioError as error:
            raise self._error(error) from error
        has = self._info(pcm)
        got = (has["rate"], has["channels"], has["format_name"])
        if got != (SAMPLE_RATE, CHANNELS, "S16_LE"):
            pcm.close()
            raise CodecError(
                said(
                    "codec %(codec)s refuses 8000 Hz in stereo of 16 bits, and offers %(rate)s Hz, %(channels)s "
                    "channels and %(form)s (hw_params): name it with plughw: "
                    "instead of hw:, or update the system's kernel",
                    codec=self.device,
                    rate=got[0],
                    channels=got[1],
                    form=got[2],
                )
            )
        return pcm

    def _info(self, pcm: Any) -> Any:
        """What the device has, by the library's names."""
        try:
            return pcm.info()
        except self._alsa.ALSAAudioError as error:
            pcm.close()
            raise self._error(error) from error

    def _error(self, error: Exception) -> CodecError:
        told = said("codec %(codec)s: %(why)s", codec=self.device, why=str(error))
        mend = next((mend for words, mend in MENDS.items() if words in str(error)), "")
        return CodecError(in_a_row(told, mend, by=": ") if mend else told)


def codecs_there() -> tuple[str, ...]:
    """The names of the sound cards of this machine. CodecError where there is no pyalsaaudio."""
    try:
        alsa: Any = importlib.import_module("alsaaudio")
    except ImportError as error:
        raise CodecError(NO_LIBRARY) from error
    return tuple(alsa.cards())
