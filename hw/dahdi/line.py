"""What FXO and FXS ports of DAHDI channels have in common: their state in words, and what they send."""

from __future__ import annotations

import errno
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

import numpy as np

from hw.audio import FRAME_SAMPLES, Frame
from hw.dahdi.channel import ChannelFile
from hw.linecard import CARD_LINE, LineTraits

ECHO_TAPS = 128
"""16 ms at 8 kHz, for the kernel's canceller: a line's hybrid echoes within a few ms."""

MOST_AHEAD = 200
"""Samples that the kernel may hold when it is given the next frame: 25 ms. If it holds more, as behind a pause of the
machine, the frame waits in the port's own buffer, which is read a little more quickly then (`hw.dsp.drift`)."""
CUSHION: Frame = np.zeros(112, dtype=np.int16)
"""14 ms of silence before the first frame of several. The frames behind it may then be so much late without a gap."""

RECKONED_FRAMES = 50
"""Every second the kernel is asked how much it holds: frames that were recorded and lost were played, too."""

_WHY = {
    errno.ENOENT: "its card has no kernel driver (module) running",
    errno.ENXIO: "its card is not there, or not configured",
    errno.EINVAL: "its card is not there, or not configured",
    errno.ENODEV: "its card was unplugged, or its kernel driver was stopped",
    errno.EBUSY: "another program uses it",
    errno.EACCES: "this unit may not use it",
    errno.EPERM: "this unit may not use it",
}


class DahdiLine:
    """A channel by its number, whether it is open or not, and the frames that it delivers."""

    def __init__(self, name: str, number: int) -> None:
        self.name = name
        """The port's."""
        self.number = number
        """The channel's."""
        self.channel: ChannelFile | None = None
        """None while it is not open."""
        self.on_trial = False
        """It is open, but not used before a frame has come: it had delivered none."""
        self.dead_because = ""
        """Why it does not work, for people; empty while it does."""
        self.echo_taps = ECHO_TAPS
        """How many samples that canceller covers; 0: it is not to be used."""
        self.kernel_cancels_echo = False
        """The canceller is on its card or in the kernel, and not ours."""
        self.frames = 0
        """How many have come since `since`, a time of the event loop."""
        self.since = 0.0
        """When counting began."""
        self._looked_at = 0

    def opened(self, channel: ChannelFile, now: float) -> None:
        """It works."""
        self.dead_because, self.on_trial = "", False
        self._open_since(channel, now)

    def tried(self, channel: ChannelFile, now: float) -> None:
        """It is open again, and remains dead until it delivers something."""
        self.on_trial = True
        self._open_since(channel, now)

    def failed(self, error: OSError) -> None:
        """It does not work, because of this."""
        self.channel = None
        self.dead_because = why(error)

    def delivers(self) -> bool:
        """Whether a frame has come since this was asked last, or it was opened only then."""
        looked_at, self._looked_at = self._looked_at, self.frames
        return self.frames != looked_at

    def _open_since(self, channel: ChannelFile, now: float) -> None:
        self.channel = channel
        self.count_anew(now)
        self._looked_at = -1

    def count_anew(self, now: float) -> None:
        self.frames = self._looked_at = 0
        self.since = now


def why(error: OSError) -> str:
    """What an error of a channel means for people."""
    return _WHY.get(error.errno or 0, f"its card fails ({error.strerror})")


def channel_traits(traits: LineTraits, line: DahdiLine) -> LineTraits:
    """These, with the echo that is left for us to cancel."""
    return replace(traits, echo_tail_ms=0 if line.kernel_cancels_echo else CARD_LINE.echo_tail_ms)


class SoundOut:
    """Gives a channel what its port sends: a frame for each that comes, a little ahead of when it is heard.

    The card plays one frame while it records one, so the frames that come tell how much of what was written is gone,
    and are the clock by which the port's own buffer is read.
    source: the port's next frame, or None.
    """

    def __init__(self, source: Callable[[], Frame | None]) -> None:
        self.channel: ChannelFile | None = None
        self._source = source
        self._ahead = 0
        """Samples that the kernel still holds, by that reckoning."""
        self._passed = 0
        self._due = 0
        """Frames that have come, and for which none was given yet."""
        self._waiting: Frame | None = None
        """What the kernel did not take, because an event waits. It is given again behind that."""

    def frame_passed(self) -> None:
        """The card has recorded a frame, and so has played one."""
        self._ahead = max(0, self._ahead - FRAME_SAMPLES)
        self._passed += 1
        self._due += 1
        if self._passed % RECKONED_FRAMES == 0 and self.channel is not None:
            with suppress(OSError):
                most = self.channel.unplayed()
                self._ahead = min(max(self._ahead, most - FRAME_SAMPLES), most)

    def send(self) -> None:
        """Give the kernel a frame for each that has come. If the channel is gone, its next reading tells so."""
        try:
            while self._due and self._send():
                self._due -= 1
        except OSError:
            self.channel = self._waiting = None
        if self.channel is None:
            self._due = 0

    def _send(self) -> bool:
        """False: what was to be given waits."""
        if self.channel is None:
            return False
        if self._ahead > MOST_AHEAD:
            return True
        frame = self._source() if self._waiting is None else self._waiting
        self._waiting = None
        if frame is None:
            return True
        if self._ahead == 0 and self.channel.write(CUSHION):
            self._ahead = len(CUSHION)
        if not self.channel.write(frame):
            self._waiting = frame
            return False
        self._ahead += len(frame)
        return True
