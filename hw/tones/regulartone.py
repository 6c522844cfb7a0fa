"""Recognises that a line carries a tone at all: one or two frequencies with a regular cadence, or without end.

No plan has all the tones of all exchanges. Whatever its frequencies and its cadence, a tone that repeats itself for
long means that there is nobody at the far end. That holds also where it changes its frequency without a pause.

Three things that repeat themselves must not be taken for such a tone. Ringback, under which a caller waits: in every
country it has a pause of 1.9 s or more. Music: its notes have overtones and are not all of one length. A key pressed
again and again: it is a DTMF pair.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from statistics import median

from hw.audio import FRAME_SAMPLES, FRAME_SECONDS, FULL_SCALE, FULL_SCALE_SINE_DBM0, Frame
from hw.dsp.dtmf import HIGH_HZ, LOW_HZ
from hw.level import measured
from hw.tonality import NEAR_HZ, Tonal
from hw.tones.cadence import CadenceReport
from hw.tones.toneplan import REGULAR_TONE, STEADY_TONE

WEAKEST_REGULAR_DBM0 = -42.0
LONGEST_PAUSE_S = 1.3
"""Between two bursts; ringback has a longer one."""
LONGEST_BURST_S = 3.0
"""A longer burst is a steady tone."""
SHORTEST_S = 0.06
"""The shortest burst."""
SHORT_CYCLE_S = 0.35
"""A cycle shorter than this counts only partly."""
HIGHEST_HZ = 1600.0
"""The lowest of a tone's frequencies is not above this."""
HIGHEST_OF_SEVERAL_HZ = 1860.0
"""None of them is above this; the special information tones go so high."""
FIRST_CYCLES = 3
"""The cycles, or for a steady tone the seconds, from which on a tone is reported."""
MOST_BURSTS = 6
"""A cycle has up to so many bursts, also where one follows another without a pause."""

_WEAKEST = FRAME_SAMPLES * FULL_SCALE**2 / 2 * 10 ** ((WEAKEST_REGULAR_DBM0 - FULL_SCALE_SINE_DBM0) / 10)
_PAUSE = 10 ** (-12 / 10)
"""What has less than this part of the tone's power is a pause."""
_TONAL_PART, _TONAL_PART_COVERED = 0.9, 0.5
"""The least part of a burst's frames, without its edges, that are a tone: in silence, and while we send something."""
_SWAY = 8.0
"""How many times the power of one frame of a burst another may have, as two frequencies beat."""
_PAUSE_OF_THREE_S = 0.25
"""Three frequencies are a tone only with a pause of this length after them."""
_LIKE_POWER = 2.0
_LIKE_HZ = 0.03
"""Bursts are alike whose powers differ by no more than this factor, and whose frequencies by no more than this part."""
_LOOK_BACK = 6
"""How many frames back a frame is compared with, to see whether the frequency has changed."""
_BRIDGING_FRAMES, _BRIDGED_FRAMES = 10, 3
"""While we send something the echo canceller may take a piece out of the tone itself. In a burst of at least the first
length, a gap of up to the second is no pause then."""
_TOLERANCE, _SLACK_S = 0.06, 0.015
"""Lengths are alike that differ by no more than this part and these seconds."""
_DTMF = 0.03
"""Two frequencies this near, relatively, to those of a DTMF digit are a key."""
_FRAMES_A_SECOND = round(1 / FRAME_SECONDS)
_LONGEST_PAUSE_FRAMES = round(LONGEST_PAUSE_S / FRAME_SECONDS) + 2
_SHORTEST_FRAMES, _LONGEST_FRAMES = 3, round(LONGEST_BURST_S / FRAME_SECONDS)
_ECHO = 0.4
"""What has less than this part of the tone's power may be our own echo."""


@dataclass(frozen=True, slots=True)
class ToneBurst:
    """One burst of a tone. pause_s: the pause before it. hz: its middle frequency. power: that of a frame in its
    middle, in squared sample units. pause_power: that of a frame of the pause before it."""

    seconds: float
    pause_s: float
    hz: float
    power: float
    pause_power: float = 0.0

    @property
    def cycle_s(self) -> float:
        return self.seconds + self.pause_s

    def repeats(self, other: ToneBurst, pauses: bool) -> bool:
        same = _near(self.seconds, other.seconds) and (not pauses or _near(self.pause_s, other.pause_s))
        ratio = self.power / other.power
        return same and abs(self.hz / other.hz - 1) <= _LIKE_HZ and 1 / _LIKE_POWER <= ratio <= _LIKE_POWER


TonesHeard = tuple[tuple[float, float], ...]
"""The middle frequency and the power of each burst of a tone."""


class RegularToneReceiver:
    """Reports `regular` with its cycles, from the third on, at the end of each burst, and `steady` with its seconds.

    0 cycles or seconds: it is over. sounds: the middle frequency and the power of each burst of the tone that is being
    reported; none where there is none. cycle: the bursts of its last cycle. lasted: for how many seconds it has been
    heard.
    covered: something of ours is being sent, so that what is weaker than the tone between its bursts may be its echo.
    """

    def __init__(self) -> None:
        self.sounds: TonesHeard = ()
        self.cycle: tuple[ToneBurst, ...] = ()
        self.lasted = 0.0
        self.covered = False
        self._frames: list[tuple[float, Tonal | None]] = []
        self._threshold = _WEAKEST
        self._pause_frames = 0
        self._pauses: list[float] = []
        self._fraction = 0.0
        self._gap = 0
        self._begun_part: float | None = None
        self._bursts: list[ToneBurst] = []
        self._repeated = [0] * (MOST_BURSTS + 1)
        self._reporting = ""

    def feed(self, frame: Frame) -> list[CadenceReport]:
        """The reports due after this frame."""
        heard = measured(frame)
        if heard.energy <= self._threshold and len(self._pauses) < _LONGEST_PAUSE_FRAMES:
            self._pauses.append(heard.energy)
        if heard.energy > self._threshold:
            self._frames += [(heard.energy, None)] * self._gap
            self._gap = 0
            self._frames.append((heard.energy, heard.tonal))
            reports = self._changed() or self._weakened()
            self._part_from_echo()
            return reports + self._lasting()
        if self._frames:
            self._gap += 1
            if self.covered and len(self._frames) >= _BRIDGING_FRAMES and self._gap <= _BRIDGED_FRAMES:
                return []
            gap, self._gap = self._gap, 0
            reports = self._ended()
            self._pause_frames += gap - 1
            return reports
        self._pause_frames += 1
        if self._pause_frames * FRAME_SECONDS > LONGEST_PAUSE_S and (self._bursts or self._reporting):
            return self._over()
        return []

    def _changed(self) -> list[CadenceReport]:
        """See whether the tone has changed without a pause: two frames are of another frequency than those before."""
        if not _SHORTEST_FRAMES + 2 <= len(self._frames) <= _LONGEST_FRAMES:
            return []
        first, last = self._frames[-2][1], self._frames[-1][1]
        if first is None or last is None or not first.like(last):
            return []
        earlier = [found for _, found in self._frames[-_LOOK_BACK:-2]]
        begins = len(earlier)
        while begins and (found := earlier[begins - 1]) is not None and found.like(first):
            begins -= 1
        ended = begins
        while ended and earlier[ended - 1] is None:
            ended -= 1
        before = earlier[ended - 1] if ended else None
        if before is None or before.like(first) or before.shares(first) or begins < len(earlier) - 1:
            return []
        new = self._frames[begins - len(earlier) - 2 :]
        part = (begins - ended) / 2  # The frames between the two tones are neither; half of them count for each.
        del self._frames[ended - len(earlier) - 2 :]
        echo = self._is_echo(self._frames, None)
        reports = self._ended(part)
        self._frames = new
        if not echo:
            self._begun_part, self._pause_frames, self._fraction = part, 0, 0.0
        return reports

    def _weakened(self) -> list[CadenceReport]:
        """See whether a pause has begun that our own echo fills: two frames are much weaker than the burst before."""
        if not self.covered or not _SHORTEST_FRAMES + 2 <= len(self._frames) <= _LONGEST_FRAMES:
            return []
        last_but_one, last = self._frames[-2:]
        weak = max(last[0], last_but_one[0])
        if not any(_ECHO * energy >= weak for energy, _ in islice(self._frames, len(self._frames) - 2)):
            return []
        del self._frames[-2:]
        reports = self._ended()
        self._frames = [last_but_one, last]
        self._pause_frames -= 1  # It has not begun with a silent frame.
        return reports

    def _part_from_echo(self) -> None:
        """Count our own echo, heard in a pause of the tone, as part of the pause."""
        if not (self.covered and self._bursts):
            return
        weak = _ECHO * self._bursts[-1].power
        *before, (energy, _) = self._frames
        if len(before) > 1 and energy > weak and all(earlier <= weak for earlier, _ in before):
            self._pause_frames += len(before)
            del self._frames[:-1]

    def _lasting(self) -> list[CadenceReport]:
        """The sound goes on. Report it if it is steady; forget it if it has turned out to be no tone."""
        count = len(self._frames)
        if count == _SHORTEST_FRAMES:
            lowest = self._threshold if self._bursts else _WEAKEST
            self._threshold = max(lowest, max(energy for energy, _ in self._frames) * _PAUSE)
        if count % _FRAMES_A_SECOND:
            return []
        found = _tone_of(self._frames[-_FRAMES_A_SECOND + 1 :], covered=self.covered and count > _FRAMES_A_SECOND)
        if found is None:
            reports = self._over()
            self._frames = self._frames[-1:]
            return reports
        seconds = count // _FRAMES_A_SECOND
        if seconds <= LONGEST_BURST_S or found[1] > HIGHEST_HZ:
            return []
        reports = self._over() if self._reporting == REGULAR_TONE else []
        return [*reports, self._report(STEADY_TONE, seconds, [ToneBurst(seconds, 0.0, found[1], found[0])], seconds)]

    def _ended(self, part: float | None = None) -> list[CadenceReport]:
        """A pause or another sound begins: take the burst before it into account.

        part: where another sound follows, how much of the frame after the burst's last still belongs to the burst.
        """
        frames, self._frames = self._frames, []
        begun_part, self._begun_part = self._begun_part, None
        found = _tone_of(frames[1:-1]) if len(frames) >= _SHORTEST_FRAMES else None
        if self._is_echo(frames, found):
            self._pause_frames += len(frames) + (part != 0.0)
            return []
        if self._reporting == STEADY_TONE or found is None or len(frames) * FRAME_SECONDS > LONGEST_BURST_S + 0.1:
            reports = self._over()
            self._pause_frames = 1
            return reports
        power, hz = found
        # The tone fills the frames at its edges only partly; their energy tells how much of them.
        first = min(frames[0][0] / power, 1.0) if begun_part is None else 1.0
        last = min(frames[-1][0] / power, 1.0) if part is None else 1.0
        pause_s = (self._pause_frames + self._fraction + 1 - first) * FRAME_SECONDS
        length = len(frames) - 2 + first + last + (begun_part or 0.0) + (part or 0.0)
        between, self._pauses = self._pauses[1:-2], self._pauses[-1:]
        pause_power = sum(between) / len(between) if between else 0.0
        burst = ToneBurst(length * FRAME_SECONDS, pause_s if begun_part is None else 0.0, hz, power, pause_power)
        self._pause_frames, self._fraction = 1, 1 - last
        return self._take(burst)

    def _is_echo(self, frames: list[tuple[float, Tonal | None]], found: tuple[float, float] | None) -> bool:
        """Whether this is nothing but our own echo: it is weaker than the tone, and unlike it."""
        if not (self.covered and self._bursts) or max(energy for energy, _ in frames) > _ECHO * self._bursts[-1].power:
            return False
        return found is None or not any(_near(len(frames) * FRAME_SECONDS, burst.seconds) for burst in self._bursts)

    def _take(self, burst: ToneBurst) -> list[CadenceReport]:
        self._bursts = [*self._bursts[-MOST_BURSTS:], burst]
        for length in range(1, MOST_BURSTS + 1):
            if len(self._bursts) <= length:
                continue
            before = self._bursts[-1 - length]
            pauses = self._repeated[length] > 0 or len(self._bursts) > length + 1
            self._repeated[length] = self._repeated[length] + 1 if burst.repeats(before, pauses) else 0
        length = max(range(1, MOST_BURSTS + 1), key=self._cycles)
        cycles = self._cycles(length)
        if cycles < FIRST_CYCLES:
            return self._said_over()
        cycle = self._bursts[-length:]
        seconds = sum(one.cycle_s for one in cycle) * (self._repeated[length] + length) / length
        return [self._report(REGULAR_TONE, cycles, cycle, seconds)]

    def _cycles(self, length: int) -> int:
        """How many cycles this many bursts make. Very short cycles count only partly, as the tone must also last."""
        cycle = self._bursts[-length:]
        if min(burst.hz for burst in cycle) > HIGHEST_HZ or _is_melody(cycle):
            return 0
        cycles = (self._repeated[length] + length) // length
        return min(cycles, int(cycles * sum(burst.cycle_s for burst in cycle) / SHORT_CYCLE_S))

    def _report(self, name: str, count: int, cycle: list[ToneBurst], seconds: float) -> CadenceReport:
        self._reporting = name
        self.sounds = tuple((burst.hz, burst.power) for burst in cycle)
        self.cycle = tuple(cycle)
        self.lasted = seconds
        return name, count

    def _said_over(self) -> list[CadenceReport]:
        name, self._reporting, self.sounds = self._reporting, "", ()
        return [(name, 0)] if name else []

    def _over(self) -> list[CadenceReport]:
        self._bursts = []
        self._repeated = [0] * (MOST_BURSTS + 1)
        self._threshold = _WEAKEST
        self._fraction = 0.0
        return self._said_over()


def _near(one: float, other: float) -> bool:
    return abs(one - other) <= _TOLERANCE * other + _SLACK_S


def _is_melody(cycle: list[ToneBurst]) -> bool:
    """Whether a cycle has as many frequencies as only music has. Three without a pause after them are a chord."""
    frequencies: list[float] = []
    for burst in cycle:
        if not any(abs(burst.hz / hz - 1) <= _LIKE_HZ for hz in frequencies):
            frequencies.append(burst.hz)
    if len(frequencies) <= 2:
        return False
    *short, longest = sorted(burst.pause_s for burst in cycle)
    return len(frequencies) > 3 or longest < _PAUSE_OF_THREE_S or short[-1] > longest / 2


def _tone_of(frames: list[tuple[float, Tonal | None]], *, covered: bool = False) -> tuple[float, float] | None:
    """The power of a frame and the middle frequency, if these frames are one tone and not a key; None otherwise.

    covered: our own echo may be mixed with it.
    """
    tones = [tone for _, tone in frames if tone is not None]
    if not tones or len(tones) < (_TONAL_PART_COVERED if covered else _TONAL_PART) * len(frames):
        return None
    energies = [energy for energy, _ in frames]
    hz = median(tone.middle for tone in tones)
    near = sum(abs(tone.middle - hz) < NEAR_HZ for tone in tones)
    steady = covered or max(energies) <= _SWAY * min(energies)
    keys = sum(_is_key(tone.frequencies) for tone in tones)
    if not steady or near < (0.9 if covered else 1) * len(tones) or hz > HIGHEST_OF_SEVERAL_HZ or 2 * keys > len(tones):
        return None
    return median(energies), hz


def _is_key(frequencies: tuple[float, ...]) -> bool:
    return len(frequencies) == 2 and all(
        any(abs(hz / nominal - 1) < _DTMF for nominal in row)
        for hz, row in zip(frequencies, (LOW_HZ, HIGH_HZ), strict=True)
    )
