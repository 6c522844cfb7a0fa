"""Recognises what one party hears: it is fed every frame of the party's telephone, and tells what was heard, and when.

It knows nothing but the sound, and never asks the appliance. Words are matched against the clips of a `ClipBook`.
Tones, digits and fax tones are recognised by the receivers that a line card uses.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from appliance.ear.clipbook import ClipBook
from appliance.ear.follow import Tape
from appliance.ear.heard import Heard, Kind, plain
from appliance.ear.tonality import BATCH, PlanTones, Tonality
from appliance.ear.words import WordFollower
from hw.audio import FRAME_SAMPLES, FRAME_SECONDS, SILENCE, Floats, Frame
from hw.dsp.dtmf import DIGITS, DtmfReceiver
from hw.dsp.faxtone import FaxToneReceiver
from hw.tones.progress import ProgressReceiver
from hw.tones.toneplan import DIAL_TONES, TonePlan

TONE_NAMES = {
    "dial": "dial tone",
    "recall": "recall dial tone",
    "stutter": "stutter dial tone",
    "ringback": "ringback",
    "busy": "busy tone",
    "reorder": "reorder tone",
    "sit": "special information tone",
}
HOWLER = "howler"
DIAL_TONE_NAMES = tuple(TONE_NAMES[tone] for tone in sorted(DIAL_TONES))
"""The names of the tones by which the exchange asks for digits."""

_QUIETEST, _LOUDEST = 100.0, 3200.0
"""Bounds of what is taken for noise, as mean squares after pre-emphasis: about -67 and -52 dBm0 of white noise."""

_SOUND_OVER_NOISE = 2.5
"""A frame with more than this many times the power of the noise holds sound."""
_NOISE_FRAMES = 250
"""The noise is measured over the last 5 s."""
_BEEP_HZ = (986.0, 1060.0)
"""The frequencies that count as a beep of 1 kHz: above the highest first tone of a special information tone (985.2 Hz,
in North America) and below a fax calling tone (1100 Hz, 38 Hz off at most)."""

_BEEP_FRAMES = (7, 60)
"""A beep lasts from 0.14 s, longer than a key is pressed, to 1.2 s; a longer tone is a test tone."""

_TONE_PAUSE = round(1.1 / FRAME_SECONDS)
_RINGBACK_PAUSE = round(5.5 / FRAME_SECONDS)
"""The longest pauses within a tone, and within ringback."""
_DIGIT_BEFORE, _DIGIT_AFTER = 4, 6
"""The frames before and after the recognition of a key that are neither words nor tones."""
_OWN_ECHO_S = 0.3
"""An echo of what the party says itself ends within this time."""
_SHORTEST_GAP, _LONGEST_GAP = 15, 100
"""In frames. A gap in what is fed that is longer than the first is filled with silence; after one that is longer than
the second, listening begins anew."""


@dataclass(frozen=True, slots=True)
class _Own:
    """Something the party said or pressed itself, with its times in seconds. words: as plain text. keys: if it pressed
    any."""

    begin_s: float
    end_s: float
    words: str
    keys: str

    def is_echoed_by(self, heard: Heard) -> bool:
        begin, end = self.begin_s - 0.1, self.end_s + _OWN_ECHO_S
        match heard.kind:
            case Kind.WORDS:
                text = plain(heard.text)
                return begin < heard.start_s < end and (text if heard.complete else text[:-3] or text) in self.words
            case Kind.DIGITS:
                return begin < heard.start_s < end and heard.text in self.keys
            case Kind.SPEECH:
                common = min(heard.end_s, end) - max(heard.start_s, begin)
                return common > 0.6 * (heard.end_s - heard.start_s)
            case _:
                return False


class Ear:
    """The recogniser of one party. `tell` is given each `Heard` when it is over; `heard` keeps them in that order.

    Frames are fed with their times. None need be fed while the telephone is on hook: a gap counts as silence.
    `own_words` says what the party says itself, so that an echo of it is called an echo.
    """

    def __init__(self, book: ClipBook, plan: TonePlan, tell: Callable[[Heard], None] = lambda heard: None) -> None:
        self._tell = tell
        self._progress = ProgressReceiver(plan)
        self._plan_tones = PlanTones(plan)
        self._dtmf = DtmfReceiver()
        self._fax = {"fax calling tone": FaxToneReceiver("cng"), "fax answer tone": FaxToneReceiver("ced")}
        self._tape = Tape()
        self._tonality = Tonality()
        self._words = WordFollower(book, self._tape, self._found_words)
        self._batch: list[Frame] = []
        self._powers: Floats = np.zeros(0, np.float32)
        self._noise = _QUIETEST
        self._sound = bytearray()
        self._zero = 0.0
        self._anew = True
        self._frames = 0
        self._masked = (0, 0)
        self._tone: Heard | None = None
        self._howling: Heard | None = None
        self._tones_from = 0
        self._beeps_from = 0
        self._own: list[_Own] = []
        self.heard: list[Heard] = []
        self.loud_s = 0.0
        """When anything louder than the line's noise was last heard; 0 before."""

    @property
    def now_s(self) -> float:
        """The end of the last frame fed; 0 before the first."""
        return self._zero + self._frames * FRAME_SECONDS

    @property
    def current(self) -> list[Heard]:
        """What is going on at the moment and not yet in `heard`: a clip being spoken, a tone."""
        words = self._words.current
        going_on = [self._named(self._placed(words)) if words else None, self._tone, self._howling]
        return [item for item in going_on if item is not None]

    @property
    def coming(self) -> str:
        """All the words of the clip being heard at the moment, including those still to come."""
        return self._words.coming

    def own_words(self, at_s: float, text: str, seconds: float) -> None:
        """The party begins to say, or press, this, which takes so many seconds."""
        keys = text if set(text) <= set(DIGITS) else ""
        self._own = [*self._own[-9:], _Own(at_s, at_s + seconds, plain(text), keys)]

    def feed(self, frame: Frame, at_s: float) -> None:
        """Take a frame that was heard from `at_s` on, in seconds. One that is a little late is not taken for a gap."""
        missing = 0 if self._anew else round((at_s - self.now_s) / FRAME_SECONDS)
        if missing > _SHORTEST_GAP:
            for _ in range(min(missing, _LONGEST_GAP)):
                self._take(SILENCE)
        if missing > _LONGEST_GAP:
            self.finish()
        if self._anew:
            self._anew = False
            self._zero = at_s - self._frames * FRAME_SECONDS
        self._take(frame)

    def finish(self) -> None:
        """The party hung up: whatever was going on is over."""
        while self._batch:
            self._take(SILENCE)
        self._words.finish(self._tape.end, self._noise, self._is_sound)
        self._end_tone()
        self._end_howler()
        self._anew = True

    def _take(self, frame: Frame) -> None:
        self._frames += 1
        for digit in self._dtmf.feed(frame):
            self._masked = (self._frames - _DIGIT_BEFORE, self._frames + _DIGIT_AFTER)
            self._put(Heard(self.now_s - 0.06, self.now_s, Kind.DIGITS, digit))
        for name, receiver in self._fax.items():
            if receiver.feed(frame):
                self._put(Heard(self.now_s - 0.5, self.now_s, Kind.FAX, name))
        for name, cycles in self._progress.feed(frame):
            self._progress_tone(TONE_NAMES[name], cycles)
        self._batch.append(frame)
        if len(self._batch) == BATCH:
            self._work()

    def _work(self) -> None:
        """Done every 100 ms: measure noise and loudness, look for steady tones, and follow the words."""
        frames, self._batch = self._batch, []
        samples = np.concatenate(frames)
        self._tape.append(samples)
        lifted = self._tape.take(self._tape.end - len(samples), self._tape.end).reshape(BATCH, FRAME_SAMPLES)
        powers = np.einsum("ij,ij->i", lifted, lifted) / np.float32(FRAME_SAMPLES)
        self._powers = np.concatenate([self._powers[-_NOISE_FRAMES:], powers])
        if len(self._powers) >= 2 * BATCH:
            quiet = float(np.partition(self._powers, len(self._powers) // 10)[len(self._powers) // 10])
            self._noise = min(max(quiet, _QUIETEST), _LOUDEST)
        loud = [bool(power > _SOUND_OVER_NOISE * self._noise) for power in self._powers[-BATCH:]]
        self._sound.extend(loud)
        if any(loud):
            self.loud_s = self.now_s
        self._tonality.feed(samples, loud)
        self._plan_tones.feed(samples, loud)
        self._look_for_beeps()
        self._look_for_howler()
        self._words.advance(self._tape.end - BATCH * FRAME_SAMPLES, self._noise, self._is_sound)

    def _is_sound(self, sample: int) -> bool:
        frame = sample // FRAME_SAMPLES
        if frame >= len(self._sound) or not self._sound[frame] or self._masked[0] <= frame < self._masked[1]:
            return False
        return not (self._plan_tones.is_tone(frame) or self._tonality.is_tone(frame))

    def _look_for_beeps(self) -> None:
        for stretch in self._tonality.over(self._beeps_from):
            self._beeps_from = stretch.end
            if (
                len(stretch.hz) == 1
                and _BEEP_HZ[0] < stretch.hz[0] < _BEEP_HZ[1]
                and _BEEP_FRAMES[0] <= stretch.end - stretch.first <= _BEEP_FRAMES[1]
            ):
                self._put(Heard(self._time(stretch.first), self._time(stretch.end), Kind.BEEP, "beep"))

    def _look_for_howler(self) -> None:
        howling = self._plan_tones.howling
        if howling and self._howling is None:
            self._howling = Heard(self.now_s - 1.0, self.now_s, Kind.TONE, HOWLER, False)
        elif self._howling is not None:
            self._howling = replace(self._howling, end_s=self.now_s)
            if not howling:
                self._end_howler()

    def _end_howler(self) -> None:
        if self._howling is not None:
            over, self._howling = replace(self._howling, complete=True), None
            self._put(over)

    def _progress_tone(self, name: str, cycles: int) -> None:
        if cycles and self._tone is not None and self._tone.text == name:
            self._tone = replace(self._tone, end_s=self.now_s)
        elif cycles:
            self._end_tone()
            pause = _RINGBACK_PAUSE if name == TONE_NAMES["ringback"] else _TONE_PAUSE
            first = self._plan_tones.beginning(self._tones_from, pause)
            start = self.now_s if first is None else self._time(first)
            self._tone = Heard(start, self.now_s, Kind.TONE, name, False)
        elif self._tone is not None and self._tone.text == name:
            self._end_tone()

    def _end_tone(self) -> None:
        if self._tone is not None:
            over, self._tone = replace(self._tone, end_s=self.now_s, complete=True), None
            self._tones_from = self._frames
            self._put(over)

    def _found_words(self, heard: Heard) -> None:
        placed = self._placed(heard)
        self._tones_from = round((placed.end_s - self._zero) / FRAME_SECONDS)
        self._put(placed)

    def _time(self, frame: int) -> float:
        return self._zero + frame * FRAME_SECONDS

    def _placed(self, heard: Heard) -> Heard:
        zero = self._zero
        return replace(heard, start_s=heard.start_s + zero, end_s=heard.end_s + zero)

    def _named(self, heard: Heard) -> Heard:
        """The same, or an echo if it is what the party itself has said or pressed."""
        if any(own.is_echoed_by(heard) for own in self._own):
            return replace(heard, kind=Kind.ECHO)
        return heard

    def _put(self, heard: Heard) -> None:
        named = self._named(heard)
        self.heard.append(named)
        self._tell(named)
