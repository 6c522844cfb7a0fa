"""What the detectors of a media port report."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from hw.callerid.coding import CallerId
from hw.tones.toneplan import DIAL_TONES


class Fax(Enum):
    CNG = "cng"
    CED = "ced"


@dataclass(frozen=True, slots=True)
class DigitHeard:
    """A DTMF digit was pressed on the line: one of 0-9 * # A-D."""

    digit: str


@dataclass(frozen=True, slots=True)
class KeyCertain:
    """The digit that was told last was a key, and no voice or music that resembles one. Told at its end or sooner."""

    digit: str


@dataclass(frozen=True, slots=True)
class FaxToneHeard:
    tone: Fax


@dataclass(frozen=True, slots=True)
class ToneHeard:
    """A call-progress tone, reported again after each further cycle.

    tone: `dial`, `recall`, `stutter`, `ringback`, `busy`, `reorder` or `sit`; `regular` or `steady` where it need be in
    no plan (`hw.tones.regulartone`); `learned` where it is the line's own (`hw.tones.learnedtone`). cycles: whole
    cycles heard so far (for a steady tone: whole seconds). 0 cycles: the tone is over. lasted: for how many seconds it
    has been heard, where that is known.
    """

    tone: str
    cycles: int
    lasted: float = field(default=0.0, compare=False)

    @property
    def is_dial_tone(self) -> bool:
        """Whether the exchange asks for digits with it."""
        return self.tone in DIAL_TONES


@dataclass(frozen=True, slots=True)
class CallerIdHeard:
    caller_id: CallerId


@dataclass(frozen=True, slots=True)
class VoiceChanged:
    """Somebody began (True) or stopped (False) speaking."""

    speaking: bool


@dataclass(frozen=True, slots=True)
class SilenceHeard:
    """Nothing but silence for this many whole seconds, reported each second from the first."""

    seconds: int


MediaEvent = DigitHeard | KeyCertain | FaxToneHeard | ToneHeard | CallerIdHeard | VoiceChanged | SilenceHeard
