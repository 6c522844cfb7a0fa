"""Sound from one clock, read at the pace of another: what two crystals differ by is resampled, and nothing is dropped.

A card has a crystal of its own. Crystals differ by up to 100 ppm: of two clocks that far apart one makes a frame more
in every 200 s. So the moment at which a frame comes moves past the moment at which one is taken, and a frame is missing
then, or one is left over. The reader sees that moment near, reads a little more slowly or quickly, by windowed-sinc
interpolation, until a frame is in store, and keeps its store steady until the moments are well apart again. While they
are, frames are passed on as they came.
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
WINDOWS_BEFORE = 4
"""Only what is so in so many seconds on end is drift, and not a thread that was late once, or the engine that is on its
way to the pace of this very card."""

NEAR_S = 0.005
"""Frames that come so shortly before they are taken will soon come too late: a frame is kept in store."""
FAR_S = 0.007
"""Of frames that come so long before they are taken none need be kept."""
WANTED_S = FRAME_SECONDS + 0.003
"""The store that no drift can empty: a frame, and 3 ms for one that comes late."""
BEYOND_S = 0.005
"""More than this beyond what is wanted is not left in store: sound would come late for no use."""
EVEN_S = 0.0005
"""So near to what is wanted the store is right, and frames are passed on as they came again."""

TOO_MUCH_S = 1.5 * FRAME_SECONDS
"""So much beyond what is wanted comes of no clock, but of a pause of the whole machine: a frame of it is left out."""
QUIET_WAIT_TICKS = 25
"""How long that waits for a quiet moment: 0.5 s."""
_QUIET = 90.0**2 * FRAME_SAMPLES
"""The energy of a quiet frame at the most: -45 dBm0."""

PPM_PER_SECOND = 100_000.0
"""How much more quickly it reads for each second in store beyond what is wanted: 100 ppm for each millisecond, so that
a drift of 100 ppm moves the store by 1 ms and no more."""
MOST_PPM = 1500.0
"""A change of pitch by 0.15 %, 3 cents, is not heard. It fills the store in 20 s, smoothing included, and a drift of
200 ppm, of a card and another that the engine follows, leaves 25 s for that."""
_SMOOTHING = 0.25

_BETA = 7.0
"""Of the Kaiser window: what it adds to tones up to 3.4 kHz is more than 60 dB below them."""
_STEPS = 1024
_ALMOST_WHOLE = 0.02
"""Of a sample. By so much more or less a frame may be read where frames are passed on as they came behind it."""
_ASIDE = 0.3
_ALONG = np.arange(FRAME_SAMPLES) / FRAME_SAMPLES
_BLEND = np.array(
    [(1 - _ALONG) * (1 - 2 * _ALONG), 4 * _ALONG * (1 - _ALONG), _ALONG * (2 * _ALONG - 1)], dtype=np.float32
)
"""Within a frame the place between two samples changes by 0.24 of a sample at the most: a parabola through the sound at
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
        self.behind_s: float | None = None
        """How long after the frame before it a frame is taken: the least of the last second; None before the first."""
        self._came = 0.0
        """When the newest frame came."""
        self._rest = np.zeros(_TAPS - 1, dtype=np.int16)
        """What was taken from the queue and is still needed, the samples before the next one among them."""
        self._at = LOOKAHEAD - 1.0
        """The place of the next sample in it."""
        self._least_stored = self._least_behind = np.inf
        self._ticks = 0
        self._keeps_frame = False
        """A frame is kept in store, as frames may come too late."""
        self._even = True
        """The store is as it is wanted."""
        self._wrong_for = 0
        """For how many seconds frames have come too near or far for that, or too much has been stored."""
        self._too_much_for = 0
        """For how many frames there has been too much in store."""

    def arrived(self, now: float) -> None:
        """A frame has been put into the queue."""
        self._came = now

    def read(self, waiting: deque[Frame], now: float) -> Frame | None:
        """The next frame, made of those that wait; None where too little waits."""
        end = self._at + FRAME_SAMPLES * (1 + self.ppm * 1e-6)
        if self._even and abs(end - round(end)) < _ALMOST_WHOLE:
            self.ppm, end = 0.0, float(round(end))
        needed = int(self._at) + FRAME_SAMPLES + LOOKAHEAD
        while len(self._rest) < needed and waiting:
            self._rest = np.concatenate([self._rest, waiting.popleft()])
        beyond = (len(self._rest) - needed) / SAMPLE_RATE + len(waiting) * FRAME_SECONDS
        self._measure(beyond, now - self._came)
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

    def _measure(self, beyond: float, behind: float) -> None:
        """beyond: seconds in store beyond what is taken now. behind: how long ago the newest frame came."""
        self._least_stored = min(self._least_stored, beyond + behind)
        self._least_behind = min(self._least_behind, behind)
        self._ticks += 1
        if self._ticks == WINDOW_TICKS:
            self.stored_s, self.behind_s = self._least_stored, self._least_behind
            self._ticks, self._least_stored, self._least_behind = 0, np.inf, np.inf
            self._judge(self.behind_s)

    def _judge(self, behind: float) -> None:
        """Decide what is wanted in store, and how quickly it is read in the next second."""
        keeps_frame = behind < (FAR_S if self._keeps_frame else NEAR_S)
        too_much = self.stored_s - (WANTED_S if self._keeps_frame else behind)
        self._too_much_for = int(too_much > TOO_MUCH_S) and max(1, self._too_much_for)
        wrong = keeps_frame != self._keeps_frame or too_much > BEYOND_S
        self._wrong_for = self._wrong_for + 1 if wrong else 0
        if self._wrong_for >= WINDOWS_BEFORE:
            self._keeps_frame, self._even, self._wrong_for = keeps_frame, False, 0
        elif not self._keeps_frame and abs(too_much) < EVEN_S:
            self._even = True
        if not self._even:
            wanted = float(np.clip(too_much * PPM_PER_SECOND, -MOST_PPM, MOST_PPM))
            self.ppm += _SMOOTHING * (wanted - self.ppm)
