"""Tells keys from voices and music that resemble them, at the price of a moment.

A receiver of digits takes what is on the line for a digit as soon as it can, so that callers wait for nothing. Now and
then it takes a vowel for one ("talk-off"): of a voicemail's greeting, for example. Where a digit connects somebody, it
has to be certain. Three things tell a key from a voice. A key begins and ends in quiet, while a vowel is a piece of
something longer. A vowel's overtones get weaker the higher they are, so that its lower tone is much the louder one. And
a key is pure, except for those of 35 ms that a cellular network makes, which end as soon as they are recognised.
"""

from __future__ import annotations

from collections import deque

from hw.audio import FRAME_SECONDS, Frame, decibels
from hw.dsp.dtmf import DtmfReceiver
from hw.level import measured

_BEFORE_FRAMES = 7
"""A digit is recognised two to four frames behind its beginning: somewhere before, two frames in a row are quiet."""
LATE_FRAMES = 15
"""A digit may be told so much later than it was long enough for one; looked at is what was heard until then."""
_QUIETER_BEFORE = decibels(8) ** 2
_QUIETER_BEHIND = decibels(6) ** 2
"""By how much, in power, it is quieter before and behind a key."""
_LOW_LOUDER = decibels(8) ** 2
"""How much louder the lower tone of a key is at the most, on the whole. ITU-T Q.24 has 8 dB; vowels have 6 to 18."""
_IMPURE = 0.17
"""The share of a key's energy that is in no tone of it, at the most. Vowels have 0.13 and more."""
_SHORT_SECONDS = 0.04
_SHORT_LOW_LOUDER = decibels(10) ** 2
"""A key that ends so soon after it was recognised may be less pure and less even: of 6 dB a speech coder makes 10."""
_SURELY_PURE = 0.1
_SURELY_SECONDS = 0.06
_SURELY_LOW_LOUDER = decibels(5) ** 2
"""What is so pure for so long behind its recognition, and so even, is a key, though it goes on."""
_ENERGY_OF_POWER = 80.0
"""A frame of two tones has this much energy for the sum of their squared peaks."""


class KeyCheck:
    """Follows the digits that a receiver recognises, and says which of them are keys for certain."""

    def __init__(self, receiver: DtmfReceiver) -> None:
        self._receiver = receiver
        kept = _BEFORE_FRAMES + LATE_FRAMES
        self._energies: deque[float] = deque([0.0] * kept, maxlen=kept)
        self._digit = ""
        self._seconds = 0.0
        self._key_energy = 0.0

    def feed(self, frame: Frame, recognised: str) -> str:
        """What the receiver was fed just now, and the digit that it recognised in it, if any. Returns the digit that is
        certain now; empty for none."""
        self._energies.append(measured(frame).energy)
        if recognised:
            self._begin(recognised)
            return ""
        if not self._digit:
            return ""
        self._seconds += FRAME_SECONDS
        ended = self._receiver.held != self._digit
        if not (self._is_key_that_ended() if ended else self._surely(self._seconds)):
            if ended:
                self._digit = ""
            return ""
        digit, self._digit = self._digit, ""
        return digit

    def _begin(self, digit: str) -> None:
        self._key_energy = _ENERGY_OF_POWER * self._receiver.power
        late = min(self._receiver.late_frames, LATE_FRAMES)
        before = list(self._energies)[-_BEFORE_FRAMES - late : -2 - late]
        quiet = min(map(max, before, before[1:])) * _QUIETER_BEFORE < self._key_energy
        self._digit, self._seconds = (digit if quiet else ""), 0.0

    def _surely(self, seconds: float) -> bool:
        even = self._receiver.low_sum < self._receiver.high_sum * _SURELY_LOW_LOUDER
        return seconds >= _SURELY_SECONDS and even and self._impure < _SURELY_PURE

    def _is_key_that_ended(self) -> bool:
        """Looked at in the frame in which the receiver no longer holds the digit: 30 ms behind its end."""
        short = self._seconds <= _SHORT_SECONDS
        even = self._receiver.low_sum < self._receiver.high_sum * (_SHORT_LOW_LOUDER if short else _LOW_LOUDER)
        quiet = min(self._energies[-1], self._energies[-2]) * _QUIETER_BEHIND < self._key_energy
        return even and quiet and (short or self._impure < _IMPURE)

    @property
    def _impure(self) -> float:
        receiver = self._receiver
        return 1 - (receiver.low_sum + receiver.high_sum) / receiver.energy_sum if receiver.energy_sum else 1.0
