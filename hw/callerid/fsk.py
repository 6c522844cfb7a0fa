"""Caller ID as 1200 baud FSK (Bell 202, ITU-T V.23): messages as sound, and their receivers."""

from __future__ import annotations

from enum import Enum

import numpy as np

from hw.audio import SAMPLE_RATE, Frame, Samples, sine_peak
from hw.callerid import jclip
from hw.callerid.deframer import Deframer
from hw.dsp.fskmodem import FskModem


class Fsk(Enum):
    """The signal on the line. JCLIP is V.23 with the frame of Japan's number display."""

    BELL202 = "bell202"
    V23 = "v23"
    JCLIP = "jclip"


_TONES = {Fsk.BELL202: (1200.0, 2200.0), Fsk.V23: (1300.0, 2100.0), Fsk.JCLIP: (1300.0, 2100.0)}
_BAUD = 1200.0
_TRAILING_BITS = 10


class FskReceiver:
    """Receives messages of Bell 202 and V.23 alike, from 0 to -40 dBm0.

    Messages are (type, length, body): their checksum was verified and removed. A message with a wrong one is dropped.
    """

    def __init__(self) -> None:
        # Half way between the two standards, which are 100 Hz apart in both tones.
        self._modem = FskModem(1250, 2150)
        self._deframer = Deframer()

    def feed(self, frame: Frame) -> list[bytes]:
        """The messages that ended in this frame; usually none."""
        return [message for bit in self._modem.feed(frame) if (message := self._deframer.bit(bit)) is not None]


class JclipReceiver:
    """Receives messages of Japan's number display, from 0 to -40 dBm0, like FskReceiver."""

    def __init__(self) -> None:
        self._modem = FskModem(*_TONES[Fsk.JCLIP])
        self._deframer = jclip.JclipDeframer()

    def feed(self, frame: Frame) -> list[bytes]:
        """The messages that ended in this frame; usually none."""
        return [message for bit in self._modem.feed(frame) if (message := self._deframer.bit(bit)) is not None]


def fsk_samples(
    message: bytes, standard: Fsk, dbm0: float = -13.5, seizure_bits: int = 300, mark_bits: int = 180
) -> Samples:
    """A message (type, length, body) as sound, its checksum added.

    dbm0: the level of the signal. seizure_bits: alternating bits before (0 off hook, 300 on hook), then mark_bits ones.
    JCLIP has no seizure whatever is asked, and 75 mark bits are usual.
    """
    return fsk_signal(message_bits(message, standard, seizure_bits, mark_bits), *_TONES[standard], dbm0=dbm0)


def message_bits(message: bytes, standard: Fsk, seizure_bits: int = 300, mark_bits: int = 180) -> list[int]:
    """The bits on the line for a message, from the lead-in to a few mark bits after it."""
    if standard is Fsk.JCLIP:
        bits = [1] * mark_bits
        octets, stop_bits = jclip.frame(message), 4
    else:
        bits = [i & 1 for i in range(seizure_bits)] + [1] * mark_bits
        octets, stop_bits = message + bytes([-sum(message) & 0xFF]), 1
    for octet in octets:
        bits += [0, *((octet >> i) & 1 for i in range(8)), *[1] * stop_bits]
    return bits + [1] * _TRAILING_BITS


def fsk_signal(bits: list[int], mark_hz: float, space_hz: float, *, dbm0: float, baud: float = _BAUD) -> Samples:
    """These bits as continuous-phase FSK of this level and rate; ones are the mark."""
    count = int(len(bits) / baud * SAMPLE_RATE)
    which = np.asarray(bits)[(np.arange(count) * (baud / SAMPLE_RATE)).astype(np.int64)]
    phase = np.cumsum(np.where(which, mark_hz, space_hz)) * (2 * np.pi / SAMPLE_RATE)
    return np.clip(np.rint(sine_peak(dbm0) * np.sin(phase)), -32768, 32767).astype(np.int16)


def alert_samples(milliseconds: float = 85, dbm0: float = -17) -> Samples:
    """The dual tone 2130 + 2750 Hz that announces caller ID (DT-AS 88-110 ms, CAS 80-85 ms), dbm0 per tone."""
    seconds = np.arange(round(milliseconds * SAMPLE_RATE / 1000)) / SAMPLE_RATE
    wave = np.sin(2 * np.pi * 2130 * seconds) + np.sin(2 * np.pi * 2750 * seconds)
    return np.rint(sine_peak(dbm0) * wave).astype(np.int16)
