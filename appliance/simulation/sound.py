"""What is heard in a telephone, as far as it needs no recogniser: loud or not, a beep, and ringback."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from hw.audio import FRAME_SAMPLES, FRAME_SECONDS, SAMPLE_RATE, Floats, Frame
from hw.sim.telephone import Telephone
from hw.tones.toneplan import TonePlan

AUDIBLE = 2.6e3
"""The mean square of what is heard at all, -50 dBm0. The noise of a simulated line is at -65 dBm0."""
BEEP_HZ = 1000.0
MASKED_FRAMES = 15
"""Whoever says something hears its echo, which is over after so many frames, and little else."""
SHARE, SHARE_MASKED = 0.8, 0.4
"""How much of a frame's power is at a tone's frequencies while it sounds, and where keys are pressed meanwhile."""
BEGINS_FRAMES, ENDS_FRAMES = 6, 2
"""A tone is known after so many frames, and the last ones may be filled in part."""


class ToneLast:
    """Whether the last that was heard was this tone, and how often it was heard in this call."""

    def __init__(self) -> None:
        self.last = False
        self.heard = 0
        self._frames = self._other_frames = 0

    def forget(self) -> None:
        self.last = False
        self.heard = self._frames = self._other_frames = 0

    def feed(self, share: float, masked: bool) -> None:
        """Take a frame that can be heard. share: of its power, at the tone's frequencies. masked: something is said or
        pressed meanwhile."""
        if share > (SHARE_MASKED if masked else SHARE):
            self._frames += 1
            if self._frames >= BEGINS_FRAMES:
                self.heard += self._frames == BEGINS_FRAMES
                self.last, self._other_frames = True, 0
            return
        self._frames = 0
        if not masked:
            self._other_frames += 1
            self.last = self.last and self._other_frames <= ENDS_FRAMES

    def pause(self) -> None:
        """Nothing is heard in this frame."""
        self._frames = 0


class HandsetSound:
    """Follows one telephone, off hook."""

    def __init__(self, telephone: Telephone, plan: TonePlan) -> None:
        self.quiet_s = 0.0
        """For how long nothing was heard."""
        self.frames: list[Frame] | None = None
        """What is heard is kept here, where it is a list."""
        self._beep, self._ringback, self._second_call = ToneLast(), ToneLast(), ToneLast()
        ringback, waiting = (tone.segments[0].frequencies for tone in (plan.ringback, plan.call_waiting))
        self._waves = _waves((BEEP_HZ, *ringback, *waiting))
        self._second_call_from = 2 + 2 * len(ringback)
        self._masked_frames = 0
        telephone.sent_listeners.append(self._say)
        telephone.listeners.append(self._hear)

    @property
    def behind_beep(self) -> bool:
        """The last that was heard, apart from their own words, was a beep."""
        return self._beep.last

    @property
    def beeps(self) -> int:
        """How many beeps there were in this call."""
        return self._beep.heard

    @property
    def behind_ringback(self) -> bool:
        """The same, ringback."""
        return self._ringback.last

    @property
    def second_calls(self) -> int:
        """How often a tone like that of a waiting call was heard in this call: in a conversation, it is no other."""
        return self._second_call.heard

    def forget(self) -> None:
        """A call begins."""
        self.quiet_s, self._masked_frames = 0.0, 0
        for tone in (self._beep, self._ringback, self._second_call):
            tone.forget()

    def _say(self, frame: Frame) -> None:
        if frame.any():
            self._masked_frames = MASKED_FRAMES

    def _hear(self, frame: Frame) -> None:
        if self.frames is not None:
            self.frames.append(frame)
        samples = frame.astype(np.float32)
        power = float(samples @ samples) / FRAME_SAMPLES
        masked = self._masked_frames > 0
        if masked:
            self._masked_frames -= 1
        if power >= AUDIBLE:
            shares = (self._waves @ samples) ** 2 * np.float32(2 / FRAME_SAMPLES**2 / power)
            self._beep.feed(float(shares[:2].sum()), masked)
            self._ringback.feed(float(shares[2 : self._second_call_from].sum()), masked)
            self._second_call.feed(float(shares[self._second_call_from :].sum()), masked)
            self.quiet_s = 0.0
        else:
            self._beep.pause()
            self._ringback.pause()
            self._second_call.pause()
            self.quiet_s = 0.0 if masked else self.quiet_s + FRAME_SECONDS


def _waves(hertz: Sequence[float]) -> Floats:
    """Two rows for each frequency: cosine and sine."""
    angles = 2 * np.pi * np.outer(hertz, np.arange(FRAME_SAMPLES)) / SAMPLE_RATE
    waves: Floats = np.stack([np.cos(angles), np.sin(angles)], axis=1).reshape(-1, FRAME_SAMPLES).astype(np.float32)
    return waves
