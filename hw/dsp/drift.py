"""Sound from one clock, read at the pace of another: what two crystals differ by is resampled, and nothing is dropped.

A card has a crystal of its own. Crystals differ by up to 100 ppm: of two clocks that far apart one makes a frame more
in every 200 s. So the moment at which a frame comes moves past the moment at which one is taken, and a frame is missing
then, or one is left over. The reader sees that moment near, reads a little more slowly or quickly, by windowed-sinc
interpolation, until a frame is in store, and from then on keeps its store steady. While the moments stay apart, frames
are passed on as they came.
"""

from __future__ import annotations

from collections import deque

import numpy as np

from hw.audio import FRAME_SAMPLES, FRAME_SECONDS, SAMPLE_RATE, Floats, Frame, energy

LOOKAHEAD = 16
"""Samples behind the one that is read which the interpolation needs: 2 ms, by which all sound is delayed."""
_TAPS = 2 * LOOKAHEAD

WINDOW_TICKS = 50
"""What counts is the least of a second: the frame that came last."""
WINDOWS_BEFORE = 3
"""Only what is wrong in so many seconds on end is drift, and not a thread that was late once."""

NEAR_S = 0.004
"""Frames that come so shortly before they are taken will soon come too late."""
WANTED_S = FRAME_SECONDS + 0.003
"""The store that no drift can empty: a frame, and 3 ms for one that comes late."""
MOST_S = WANTED_S + 0.005
"""More than this is not left in store: sound would come late for no use."""

TOO_MUCH_S = WANTED_S + FRAME_SECONDS
"""So much comes of no clock, but of a pause of the whole machine: a frame of it is left out."""
QUIET_WAIT_TICKS = 25
"""How long that waits for a quiet moment: 0.5 s."""
_QUIET = 90.0**2 * FRAME_SAMPLES
"""The energy of a quiet frame at the most: -45 dBm0."""

PPM_PER_SECOND = 100_000.0
"""How much more quickly it reads for each second in store beyond what is wanted: 100 ppm for each millisecond, so that
a drift of 100 ppm moves the store by 1 ms and no more."""
MOST_PPM = 1000.0
"""A change of pitch by 0.1 % is not heard. It fills the store in 20 s, and a drift of 100 ppm leaves 40 s for that."""
_SMOOTHING = 0.25

_BETA = 7.0
"""Of the Kaiser window: what it adds to tones up to 3.4 kHz is more than 60 dB below them."""
_STEPS = 1024
_ASIDE = 0.2
_ALONG = np.arange(FRAME_SAMPLES) / FRAME_SAMPLES
_BLEND = np.array(
    [(1 - _ALONG) * (1 - 2 * _ALONG), 4 * _ALONG * (1 - _ALONG), _ALONG * (2 * _ALONG - 1)], dtype=np.float32
)
"""Within a frame the place between two samples changes by 0.16 of a sample at the most: a parabola through the sound at
its beginning, its middle and its end is exact enough."""


def _filters() -> Floats:
    """The taps that give the sound at a place between two samples, for places from `_ASIDE` before the first on."""
    places = np.arange(-_ASIDE, 1 + _ASIDE, 1 / _STEPS)
    distance = np.arange(_TAPS) - (LOOKAHEAD - 1) - places[:, None]
    window = np.i0(_BETA * np.sqrt(np.maximum(0, 1 - (distance / LOOKAHEAD) ** 2))) / np.i0(_BETA)
    taps: Floats = (np.sinc(distance) * window).astype(np.float32)
    return taps


_FILTERS = _filters()


class DriftReader:
    """Reads a queue of frames at another clock's pace. It sets no timer; times are seconds of one clock, any clock."""

    def __init__(self) -> None:
        self.ppm = 0.0
        """How much more quickly than they come frames are read now."""
        self.dropped = 0
        """Frames left out behind pauses of the machine."""
        self.stored_s = 0.0
        """How much sound was in store beyond what was taken, and how long the newest frame had been there: the least of
        the last second."""
        self._came = 0.0
        """When the newest frame came."""
        self._rest = np.zeros(_TAPS - 1, dtype=np.int16)
        """What was taken from the queue and is still needed, the samples before the next one among them."""
        self._at = LOOKAHEAD - 1.0
        """The place of the next sample in it."""
        self._least_stored = self._least_age = np.inf
        self._ticks = 0
        self._outside = 0
        self._too_much_for = 0
        """For how many frames there has been too much in store."""

    def arrived(self, now: float) -> None:
        """A frame has been put into the queue."""
        self._came = now

    def read(self, waiting: deque[Frame], now: float) -> Frame | None:
        """The next frame, made of those that wait; None where too little waits."""
        end = self._at + FRAME_SAMPLES * (1 + self.ppm * 1e-6)
        needed = int(self._at) + FRAME_SAMPLES + LOOKAHEAD
        while len(self._rest) < needed and waiting:
            self._rest = np.concatenate([self._rest, waiting.popleft()])
        beyond = (len(self._rest) - needed) / SAMPLE_RATE + len(waiting) * FRAME_SECONDS
        self._measure(beyond + now - self._came, now - self._came if beyond < FRAME_SECONDS else np.inf)
        if beyond < 0:
            return None
        frame = self._frame(self._at, end)
        if self._too_much_for:
            self._too_much_for += 1
            if energy(frame) < _QUIET or self._too_much_for > QUIET_WAIT_TICKS:
                frame, end = self._leave_one_out(frame, end, waiting)
        used = int(end) - (LOOKAHEAD - 1)
        self._rest, self._at = self._rest[used:], end - used
        return frame

    def _leave_one_out(self, frame: Frame, end: float, waiting: deque[Frame]) -> tuple[Frame, float]:
        """This frame fades into the next one. What is read then, and its end."""
        after = 2 * end - self._at
        while len(self._rest) < int(end) + FRAME_SAMPLES + LOOKAHEAD:
            if not waiting:
                return frame, end
            self._rest = np.concatenate([self._rest, waiting.popleft()])
        self._too_much_for = 0
        self.dropped += 1
        faded = frame * (1 - _ALONG) + self._frame(end, after) * _ALONG
        return np.rint(faded).astype(np.int16), after

    def _frame(self, at: float, end: float) -> Frame:
        first = int(at)
        if end - at == FRAME_SAMPLES and first == at:
            return self._rest[first : first + FRAME_SAMPLES]
        begins, ends = at - first, end - first - FRAME_SAMPLES
        around = self._rest[first - (LOOKAHEAD - 1) : first + FRAME_SAMPLES + LOOKAHEAD].astype(np.float32)
        sound = np.zeros(FRAME_SAMPLES, dtype=np.float32)
        for place, weight in zip((begins, (begins + ends) / 2, ends), _BLEND, strict=True):
            row, part = divmod((place + _ASIDE) * _STEPS, 1)
            taps = _FILTERS[int(row)] * np.float32(1 - part) + _FILTERS[int(row) + 1] * np.float32(part)
            sound += weight * np.correlate(around, taps, "valid")
        return np.clip(np.rint(sound), -32768, 32767).astype(np.int16)

    def _measure(self, stored: float, age: float) -> None:
        self._least_stored = min(self._least_stored, stored)
        self._least_age = min(self._least_age, age)
        self._ticks += 1
        if self._ticks < WINDOW_TICKS:
            return
        self.stored_s = self._least_stored
        outside = self._least_age < NEAR_S or self.stored_s > MOST_S
        self._outside = self._outside + 1 if outside else 0
        self._ticks, self._least_stored, self._least_age = 0, np.inf, np.inf
        self._too_much_for = int(self.stored_s > TOO_MUCH_S) and max(1, self._too_much_for)
        if self.ppm or self._outside >= WINDOWS_BEFORE:
            wanted = float(np.clip((self.stored_s - WANTED_S) * PPM_PER_SECOND, -MOST_PPM, MOST_PPM))
            self.ppm += _SMOOTHING * (wanted - self.ppm)
