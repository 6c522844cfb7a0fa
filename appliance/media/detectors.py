"""Detectors: receivers as a media port uses them, with frames in and media events out. One object listens to one port.

A hybrid returns part of what is sent to a line, and a bridge sends to one line what was heard on another. So a digit or
a tone that we send can come back from the line, and must not be taken for one of the party's. `feed_line` of a detector
is also given what was sent, to tell the two apart; `feed` is for where nothing is sent.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from appliance.media.events import (
    CallerIdHeard,
    DigitHeard,
    Fax,
    FaxToneHeard,
    KeyCertain,
    MediaEvent,
    SilenceHeard,
    ToneHeard,
    VoiceChanged,
)
from appliance.media.keycheck import LATE_FRAMES, KeyCheck
from hw.audio import FRAME_SAMPLES, FRAME_SECONDS, SAMPLE_RATE, SILENCE, Frame, decibels, energy
from hw.callerid.receiver import CallerIdReceiver
from hw.dsp.dtmf import DIGITS, HIGH_HZ, LOW_HZ, DtmfReceiver
from hw.dsp.faxtone import FaxToneReceiver
from hw.level import VoiceReceiver
from hw.tones.learnedtone import LearnedTones
from hw.tones.progress import ProgressReceiver
from hw.tones.regulartone import RegularToneReceiver, TonesHeard
from hw.tones.toneplan import LEARNED_TONE, REGULAR_TONE, TonePlan

_ECHO_FRAMES = round(0.1 / FRAME_SECONDS)
"""Some cellular networks repeat a digit within 100 ms of its end, so that 113 is heard as 1113."""

_ECHO_LOSS = decibels(1.5) ** 2
"""A digit that a network repeats is weaker than the original, by this factor of power at least: of 8 dB its speech
coder may leave 2. That tells it from a digit that was pressed twice: ITU-T Q.24 allows pauses of 40 ms, and a memory
key sends 911 with pauses of 50 ms, but all digits of a telephone are equally loud."""

_RETURN_FRAMES = round(0.2 / FRAME_SECONDS)
"""A digit crosses the bridge and comes back from the other line well within 200 ms."""

_SENT_FRAMES = round(8 / FRAME_SECONDS)
"""How much of what was sent is kept to be searched. Every tone of every plan is recognised within 8 s; the longest is a
cycle of ringback with the beginning of the next."""

_SENT_REGULAR_FRAMES = round(20 / FRAME_SECONDS)
"""The same for a tone that is in no plan: three of the longest cycles, and the burst before them, last 17.2 s."""

_SEARCHED_AT_ONCE = 20
"""Frames searched in one tick, so that the tick does not take too long."""

_SAME_TONE = 0.03
"""Two tones whose middle frequencies differ by no more are one tone, sent and returned."""

_COVERED_FRAMES = 10
"""For so many frames after something was sent its echo may still be heard."""

_ECHOED_FRAMES = 5
"""How many frames after it was sent a digit may come back from the line."""
_LOSS = np.float32(decibels(8) ** 2)
"""A hybrid returns at least 8 dB less than it is sent, as a factor of power; 14 dB less is usual."""

_RESIDUE = decibels(-22) ** 2
"""What an echo canceller leaves of what was sent, as a factor of power, at the most: 25 to 30 dB less were seen behind
ringback. People who speak are louder than that at some moment."""

Waves = npt.NDArray[np.complex64]
Powers = npt.NDArray[np.float32]

_OF_PEAK = np.float32((FRAME_SAMPLES / 2) ** 2)
"""The power that `_powers` gives for a tone, against its squared peak."""

_FRAMES_PER_SECOND = round(1 / FRAME_SECONDS)
_NOTHING: tuple[MediaEvent, ...] = ()


def _waves(hertz: float) -> Waves:
    waves: Waves = np.exp(-2j * np.pi * hertz / SAMPLE_RATE * np.arange(FRAME_SAMPLES)).astype(np.complex64)
    return waves


_TONES: dict[str, Waves] = {
    digit: np.stack([_waves(LOW_HZ[place // 4]), _waves(HIGH_HZ[place % 4])]) for place, digit in enumerate(DIGITS)
}


def _powers(tones: Waves, frame: Frame) -> Powers:
    """The power of each of these tones in a frame, in arbitrary units."""
    powers: Powers = np.abs(tones @ frame.astype(np.float32)) ** 2
    return powers


class Dtmf:
    """DTMF digits.

    Three things are not reported. A digit that we send to the line, another party's on a bridge for example, when the
    line returns it. A word of a prompt that resembles a digit, when its two tones come back weaker than they were sent.
    And, where `from_outside` says that a cellular network may be on the way, a weaker copy of a digit within 100 ms of
    its end.

    A digit is told as soon as it is recognised, and once more when it is certain that it was a key (`KeyCertain`).
    """

    def __init__(self, *, from_outside: bool) -> None:
        self._receiver = DtmfReceiver()
        self._check = KeyCheck(self._receiver)
        self._from_outside = from_outside
        self._last = ""
        self._last_power = 0.0
        self._pause_frames = 0
        self._since_last = 0
        self._sent = DtmfReceiver()
        self._own = ""
        self._own_pause_frames = 0
        self._just_sent: deque[Frame] = deque(maxlen=_ECHOED_FRAMES + LATE_FRAMES)

    def feed(self, frame: Frame) -> Sequence[MediaEvent]:
        digits = self._receiver.feed(frame)
        self._since_last += 1
        if digits:
            heard = self._pressed([digit for digit in digits if not self._returned(digit)])
            self._check.feed(frame, heard[-1].digit if heard else "")
            return heard
        if not self._receiver.held:
            self._pause_frames += 1
        certain = self._check.feed(frame, "")
        return (KeyCertain(certain),) if certain else _NOTHING

    def feed_line(self, frame: Frame, sent: Frame) -> Sequence[MediaEvent]:
        if sent is not SILENCE or self._own:
            self._follow(sent)
        self._just_sent.append(sent)
        return self.feed(frame)

    def _returned(self, digit: str) -> bool:
        """Whether both tones of what seems to be a digit were just sent, louder than a hybrid returns them."""
        tones = _TONES[digit]
        heard = np.array([self._receiver.low_power, self._receiver.high_power], dtype=np.float32) * _OF_PEAK
        just_sent = list(self._just_sent)[-_ECHOED_FRAMES - self._receiver.late_frames :]
        return any(bool(np.all(_powers(tones, sent) > heard * _LOSS)) for sent in just_sent if sent is not SILENCE)

    def _follow(self, sent: Frame) -> None:
        """Keep track of the digit we send. If the line had it first, the other party's line returns it: not ours."""
        for digit in self._sent.feed(sent):
            if digit != self._last or self._since_last > _RETURN_FRAMES:
                self._own = digit
        self._own_pause_frames = 0 if self._sent.held else self._own_pause_frames + 1
        if self._own_pause_frames > _ECHO_FRAMES:
            self._own = ""

    def _pressed(self, digits: Sequence[str]) -> Sequence[DigitHeard]:
        heard = []
        for digit in digits:
            if digit == self._own:
                continue
            if not self._repeated(digit):
                heard.append(DigitHeard(digit))
                self._last_power = self._receiver.power
            self._last = digit
            self._pause_frames = self._since_last = 0
        return heard

    def _repeated(self, digit: str) -> bool:
        """Whether a network on the way repeats the digit that was pressed last."""
        soon = digit == self._last and self._pause_frames - self._receiver.late_frames < _ECHO_FRAMES
        return self._from_outside and soon and self._receiver.power * _ECHO_LOSS < self._last_power


class FaxTones:
    """CNG and CED, or only some of them, each reported once."""

    def __init__(self, tones: Sequence[Fax] = (Fax.CNG, Fax.CED), *, certain: bool = False) -> None:
        """certain: by the whole rhythm alone; see `FaxToneReceiver`."""
        self._receivers = tuple((tone, FaxToneReceiver(tone.value, certain=certain)) for tone in tones)

    def person_heard(self) -> None:
        """A person pressed a key or said a word: from now on one burst of CNG alone is no fax machine."""
        for _tone, receiver in self._receivers:
            receiver.person_heard()

    def feed(self, frame: Frame) -> Sequence[MediaEvent]:
        heard = [tone for tone, receiver in self._receivers if receiver.feed(frame)]
        return [FaxToneHeard(tone) for tone in heard] if heard else _NOTHING


class ProgressDetector:
    """Call-progress tones of a country. A tone that we send to the line and the line returns is not reported.

    It is fed with the echo removed. When a caller has gone, the exchange sends busy tone while a prompt still plays,
    and the prompt's echo would hide the tone. While something is being sent, the first report of a tone comes up to
    0.4 s later, because what was sent is first searched for the same tone.
    """

    def __init__(self, plan: TonePlan) -> None:
        self._plan = plan
        self._receiver = ProgressReceiver(plan)
        self._sent: deque[Frame] = deque(maxlen=_SENT_FRAMES)
        self._heard = ""
        self._own = ""
        self._suspected: ToneHeard | None = None
        self._search: Iterator[bool] = iter(())

    def feed(self, frame: Frame) -> Sequence[MediaEvent]:
        told: list[MediaEvent] = []
        for tone, cycles in self._receiver.feed(frame):
            self._told(ToneHeard(tone, cycles), told)
        if self._suspected is not None:
            self._go_on_searching(self._suspected, told)
        return told

    def feed_line(self, frame: Frame, sent: Frame) -> Sequence[MediaEvent]:
        self._sent.append(sent)
        return self.feed(frame)

    def _told(self, report: ToneHeard, told: list[MediaEvent]) -> None:
        if not report.cycles:
            if report.tone == self._heard:
                told.append(report)
            self._heard = self._own = ""
            self._suspected = None
        elif report.tone == self._heard:
            told.append(report)
        elif report.tone != self._own:
            if self._suspected is None or self._suspected.tone != report.tone:
                self._search = _searched(report.tone, self._plan, tuple(self._sent))
            self._suspected = report

    def _go_on_searching(self, suspected: ToneHeard, told: list[MediaEvent]) -> None:
        found = next(self._search, None)
        if found:
            self._own = suspected.tone
        elif found is None:
            self._heard = suspected.tone
            told.append(suspected)
        if found is not False:
            self._suspected = None


def _searched(tone: str, plan: TonePlan, sent: Sequence[Frame]) -> Iterator[bool]:
    """Search what was sent for this tone, some frames each time: gives True once it is found, False before that, and
    ends if it is not there.

    A tone that the line had first, and that a bridge sends back to it, is not there yet: it comes some ticks later. The
    search is made only when a tone is heard, because a second receiver would cost time in every tick; and in parts,
    because all of it would make one tick too long.
    """
    if all(frame is SILENCE for frame in sent):
        return
    receiver = ProgressReceiver(plan)
    for count, frame in enumerate(sent, start=1):
        if any(name == tone and cycles for name, cycles in receiver.feed(frame)):
            yield True
        if count % _SEARCHED_AT_ONCE == 0:
            yield False


class RegularTones:
    """Tones that need not be in any plan: `regular` with its cycles, `steady` with its seconds.

    A tone that we send to the line and the line returns is not reported. It is known by being louder in what was sent
    than in what is heard. If it is weaker there, the line had it first, and it comes back from the other party of a
    bridge. What was sent is searched only once a tone is heard, some frames a tick, and then until the tone is over.

    learned: those by which the line's exchange tells a hang-up, where they are known. One of them is told as `learned`.
    """

    def __init__(self, learned: LearnedTones | None = None) -> None:
        self._receiver = RegularToneReceiver()
        self._learned = learned
        self._just_sent: deque[Frame] = deque(maxlen=_SENT_REGULAR_FRAMES)
        self._sent: RegularToneReceiver | None = None
        self._not_followed: deque[Frame] = deque()
        self._waiting: list[tuple[ToneHeard, TonesHeard]] = []
        self._told = False
        self._since_sent = _COVERED_FRAMES

    def feed(self, frame: Frame) -> Sequence[MediaEvent]:
        receiver = self._receiver
        receiver.covered = self._since_sent < _COVERED_FRAMES
        for tone, cycles in receiver.feed(frame):
            known = tone == REGULAR_TONE and cycles and self._learned is not None and self._learned.are(receiver.cycle)
            report = ToneHeard(LEARNED_TONE if known else tone, cycles, receiver.lasted if cycles else 0.0)
            self._waiting.append((report, receiver.sounds))
            if self._sent is None:
                self._sent = RegularToneReceiver()
                self._not_followed.extend(self._just_sent)
        return self._decided(self._sent) if self._sent is not None else _NOTHING

    def feed_line(self, frame: Frame, sent: Frame) -> Sequence[MediaEvent]:
        self._just_sent.append(sent)
        if self._sent is not None:
            self._not_followed.append(sent)
        self._since_sent = 0 if sent is not SILENCE else self._since_sent + 1
        return self.feed(frame)

    def _decided(self, sent: RegularToneReceiver) -> Sequence[MediaEvent]:
        """The reports that can be made now; none while part of what was sent is still to be searched."""
        for _ in range(min(_SEARCHED_AT_ONCE, len(self._not_followed))):
            sent.feed(self._not_followed.popleft())
        if self._not_followed or not self._waiting:
            return _NOTHING
        told: list[MediaEvent] = []
        for report, sounds in self._waiting:
            if report.cycles and _louder_in(sent.sounds, sounds):
                continue
            if report.cycles or self._told:
                told.append(report)
            self._told = bool(report.cycles)
        if not self._waiting[-1][0].cycles:
            self._sent = None
        self._waiting.clear()
        return told


def _louder_in(sent: TonesHeard, heard: TonesHeard) -> bool:
    """Whether one of the sounds heard is among those sent, and louder there."""
    return any(
        abs(hz / own_hz - 1) < _SAME_TONE and power < own_power for hz, power in heard for own_hz, own_power in sent
    )


class CallerIdDetector:
    """Caller ID by the method of the line's tone plan: `bell202`, `v23`, `dtmf` or `jclip`."""

    def __init__(self, method: str) -> None:
        self._receiver = CallerIdReceiver(method)

    def feed(self, frame: Frame) -> Sequence[MediaEvent]:
        caller_id = self._receiver.feed(frame)
        return (CallerIdHeard(caller_id),) if caller_id is not None else _NOTHING


class Voice:
    """Somebody speaking, and the whole seconds of silence since. Silence is what stays within the line's noise.

    What is much weaker than what was just sent is no speech either: an echo canceller that has met something loud, such
    as ringback, leaves something of our own words for a second.
    """

    def __init__(self) -> None:
        self._receiver = VoiceReceiver()
        self._speaking = False
        self._quiet_frames = 0
        self._just_sent: deque[float] = deque([0.0] * _ECHOED_FRAMES, maxlen=_ECHOED_FRAMES)

    def feed_line(self, frame: Frame, sent: Frame) -> Sequence[MediaEvent]:
        self._just_sent.append(0.0 if sent is SILENCE else energy(sent))
        return self._follow(self._receiver.feed(frame, max(self._just_sent) * _RESIDUE))

    def feed(self, frame: Frame) -> Sequence[MediaEvent]:
        return self._follow(self._receiver.feed(frame))

    def _follow(self, speaking: bool) -> Sequence[MediaEvent]:
        if speaking:
            self._quiet_frames = 0
            if not self._speaking:
                self._speaking = True
                return (VoiceChanged(True),)
            return _NOTHING
        self._quiet_frames += 1
        events: tuple[MediaEvent, ...] = _NOTHING
        if self._speaking:
            self._speaking = False
            events = (VoiceChanged(False),)
        if self._quiet_frames % _FRAMES_PER_SECOND == 0:
            events = (*events, SilenceHeard(self._quiet_frames // _FRAMES_PER_SECOND))
        return events
