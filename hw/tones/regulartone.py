"""Recognises that a line carries a tone at all: one or two frequencies with a regular cadence, or without end.

No plan has all the tones of all exchanges. Whatever its frequencies and its cadence, a tone that repeats itself for
long means that there is nobody at the far end. It must not be ringback, which a caller waits under: every country's has
a pause of 1.9 s or more. Nor music, whose notes have overtones and do not all have one length, nor a key pressed again
and again.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median

from hw.audio import FRAME_SAMPLES, FRAME_SECONDS, FULL_SCALE, FULL_SCALE_SINE_DBM0, Frame
from hw.dsp.dtmf import HIGH_HZ, LOW_HZ
from hw.level import measured
from hw.tonality import NEAR_HZ, Tonal
from hw.tones.cadence import Report
from hw.tones.toneplan import REGULAR_TONE, STEADY_TONE

WEAKEST_DBM0 = -42.0
LONGEST_PAUSE_S = 1.3
LONGEST_BURST_S = 3.0
"""A longer burst is a steady tone."""
SHORTEST_S = 0.06
SHORT_CYCLE_S = 0.35
HIGHEST_HZ = 1600.0
FIRST_CYCLES = 3
"""What is told: fewer cycles are not yet regular, nor fewer seconds steady."""
MOST_BURSTS = 3
"""A cycle has up to so many bursts."""

_WEAKEST = FRAME_SAMPLES * FULL_SCALE**2 / 2 * 10 ** ((WEAKEST_DBM0 - FULL_SCALE_SINE_DBM0) / 10)
_PAUSE = 10 ** (-12 / 10)  # of the tone's own power: weaker is a pause
_TONAL_PART = 0.9  # of a burst's frames, its edges left out
_SWAY = 8.0  # in power, between the frames of a burst: two frequencies beat
_LIKE_POWER = 2.0
_LIKE_HZ = 0.03
_TOLERANCE, _SLACK_S = 0.06, 0.015
_DTMF = 0.03
_FRAMES_A_SECOND = round(1 / FRAME_SECONDS)
_SHORTEST_FRAMES = 3


@dataclass(frozen=True, slots=True)
class _Burst:
    """power: of a frame in its middle. pause_s: the one before it."""

    seconds: float
    pause_s: float
    hz: float
    power: float

    def repeats(self, other: _Burst, pauses: bool) -> bool:
        same = _near(self.seconds, other.seconds) and (not pauses or _near(self.pause_s, other.pause_s))
        ratio = self.power / other.power
        return same and abs(self.hz / other.hz - 1) <= _LIKE_HZ and 1 / _LIKE_POWER <= ratio <= _LIKE_POWER


class RegularToneReceiver:
    """Reports `regular` with its cycles, from the third on, at the end of each burst, and `steady` with its seconds.

    0 cycles or seconds: it is over. hz: the middle of the tone that is being reported; 0 where none is.
    """

    def __init__(self) -> None:
        self.hz = 0.0
        self._frames: list[tuple[float, Tonal | None]] = []
        self._threshold = _WEAKEST
        self._pause_frames = 0
        self._fraction = 0.0
        self._bursts: list[_Burst] = []
        self._repeated = [0] * (MOST_BURSTS + 1)
        self._reporting = ""

    def feed(self, frame: Frame) -> list[Report]:
        """The reports due after this frame."""
        heard = measured(frame)
        if heard.energy > self._threshold:
            self._frames.append((heard.energy, heard.tonal))
            return self._lasting()
        if self._frames:
            return self._ended()
        self._pause_frames += 1
        if self._pause_frames * FRAME_SECONDS > LONGEST_PAUSE_S and (self._bursts or self._reporting):
            return self._over()
        return []

    def _lasting(self) -> list[Report]:
        """A tone goes on; where it turns out to be none, nothing is kept of it."""
        count = len(self._frames)
        if count == _SHORTEST_FRAMES:
            self._threshold = max(_WEAKEST, max(energy for energy, _ in self._frames) * _PAUSE)
        if count % _FRAMES_A_SECOND:
            return []
        if _tone_of(self._frames[-_FRAMES_A_SECOND + 1 :]) is None:
            reports = self._over()
            self._frames = self._frames[-1:]
            return reports
        seconds = count // _FRAMES_A_SECOND
        if seconds <= LONGEST_BURST_S:
            return []
        reports = self._over() if self._reporting == REGULAR_TONE else []
        return [*reports, self._report(STEADY_TONE, seconds, self._frames[-2][1])]

    def _ended(self) -> list[Report]:
        """A pause begins: take the burst before it into account."""
        frames, self._frames = self._frames, []
        found = _tone_of(frames[1:-1]) if len(frames) >= _SHORTEST_FRAMES else None
        if self._reporting == STEADY_TONE or found is None or len(frames) * FRAME_SECONDS > LONGEST_BURST_S + 0.1:
            reports = self._over()
            self._pause_frames = 1
            return reports
        power, hz = found
        # The tone fills the frames at its edges only in part: their energy tells how much.
        first, last = (min(frames[edge][0] / power, 1.0) for edge in (0, -1))
        pause_s = (self._pause_frames + self._fraction + 1 - first) * FRAME_SECONDS
        burst = _Burst((len(frames) - 2 + first + last) * FRAME_SECONDS, pause_s, hz, power)
        self._pause_frames, self._fraction = 1, 1 - last
        return self._take(burst)

    def _take(self, burst: _Burst) -> list[Report]:
        self._bursts = [*self._bursts[-MOST_BURSTS:], burst]
        for length in range(1, MOST_BURSTS + 1):
            if len(self._bursts) <= length:
                continue
            before = self._bursts[-1 - length]
            pauses = self._repeated[length] > 0 or len(self._bursts) > length + 1
            self._repeated[length] = self._repeated[length] + 1 if burst.repeats(before, pauses) else 0
        cycles = max(self._cycles(length) for length in range(1, MOST_BURSTS + 1))
        if cycles >= FIRST_CYCLES:
            return [self._report(REGULAR_TONE, cycles, None, burst.hz)]
        return self._said_over()

    def _cycles(self, length: int) -> int:
        """The cycles of so many bursts that were heard. Very short ones count in part: the tone must last, too."""
        cycles = (self._repeated[length] + length) // length
        seconds = sum(burst.seconds + burst.pause_s for burst in self._bursts[-length:])
        return min(cycles, int(cycles * seconds / SHORT_CYCLE_S))

    def _report(self, name: str, count: int, found: Tonal | None, hz: float = 0.0) -> Report:
        self._reporting = name
        self.hz = found.middle if found is not None else hz or self.hz
        return name, count

    def _said_over(self) -> list[Report]:
        name, self._reporting, self.hz = self._reporting, "", 0.0
        return [(name, 0)] if name else []

    def _over(self) -> list[Report]:
        self._bursts = []
        self._repeated = [0] * (MOST_BURSTS + 1)
        self._threshold = _WEAKEST
        self._fraction = 0.0
        return self._said_over()


def _near(one: float, other: float) -> bool:
    return abs(one - other) <= _TOLERANCE * other + _SLACK_S


def _tone_of(frames: list[tuple[float, Tonal | None]]) -> tuple[float, float] | None:
    """The power of a frame and the middle frequency, where these frames are one tone and no key."""
    tones = [tone for _, tone in frames if tone is not None]
    if not tones or len(tones) < _TONAL_PART * len(frames):
        return None
    energies = [energy for energy, _ in frames]
    hz = median(tone.middle for tone in tones)
    steady = max(energies) <= _SWAY * min(energies) and all(abs(tone.middle - hz) < NEAR_HZ for tone in tones)
    keys = sum(_is_key(tone.frequencies) for tone in tones)
    if not steady or hz > HIGHEST_HZ or 2 * keys > len(tones):
        return None
    return median(energies), hz


def _is_key(frequencies: tuple[float, ...]) -> bool:
    return len(frequencies) == 2 and all(
        any(abs(hz / nominal - 1) < _DTMF for nominal in row)
        for hz, row in zip(frequencies, (LOW_HZ, HIGH_HZ), strict=True)
    )
