"""Caller-ID modem: messages sent as 1200 baud FSK, and their receivers over spandsp (spandsp/adsi.h, spandsp/fsk.h)."""

from __future__ import annotations

from enum import Enum

import numpy as np

from hw.audio import SAMPLE_RATE, Frame, Samples, decibels, sine_peak
from hw.dsp import jclip
from hw.dsp.library import ffi, readable, spandsp

ffi.cdef(
    """
    typedef struct adsi_rx_state_s adsi_rx_state_t;
    typedef void (*put_msg_func_t)(void *user_data, const uint8_t *msg, int len);
    adsi_rx_state_t *adsi_rx_init(adsi_rx_state_t *s, int standard, put_msg_func_t put_msg, void *user_data);
    int adsi_rx(adsi_rx_state_t *s, const int16_t *amp, int len);
    int adsi_rx_free(adsi_rx_state_t *s);

    typedef struct { const char *name; int freq_zero, freq_one, tx_level, min_level, baud_rate; } fsk_spec_t;
    typedef struct fsk_rx_state_s fsk_rx_state_t;
    typedef void (*put_bit_func_t)(void *user_data, int bit);
    extern const fsk_spec_t preset_fsk_specs[];
    fsk_rx_state_t *fsk_rx_init(
        fsk_rx_state_t *s, const fsk_spec_t *spec, int framing_mode, put_bit_func_t put_bit, void *user_data);
    void fsk_rx_signal_cutoff(fsk_rx_state_t *s, float cutoff);
    int fsk_rx(fsk_rx_state_t *s, const int16_t *amp, int len);
    int fsk_rx_free(fsk_rx_state_t *s);
    """
)
_lib = spandsp()


class Fsk(Enum):
    """The signal on the line. JCLIP is V.23 with the frame of Japan's number display."""

    BELL202 = "bell202"
    V23 = "v23"
    JCLIP = "jclip"


_TONES = {Fsk.BELL202: (1200.0, 2200.0), Fsk.V23: (1300.0, 2100.0), Fsk.JCLIP: (1300.0, 2100.0)}
_BAUD = 1200.0
_TRAILING_BITS = 10

_GAIN = np.float32(decibels(10))
"""The library's receiver is deaf below -30 dBm0 and this cannot be set, so it is given more."""

_CUTOFF_DBM0 = -46.0
"""For the bare modem this can be set; -40 dBm0 is received, with the library's hysteresis."""

_ADSI_CLASS = 1
_FSK_V23_CHANNEL_1 = 2
_FSK_BITS = 0


@ffi.callback("put_msg_func_t")  # type: ignore[untyped-decorator]
def _put_message(user_data: object, message: object, length: int) -> None:
    ffi.from_handle(user_data).append(bytes(ffi.buffer(message, length)))


@ffi.callback("put_bit_func_t")  # type: ignore[untyped-decorator]
def _put_bit(user_data: object, bit: int) -> None:
    ffi.from_handle(user_data).append(bit)


class FskReceiver:
    """Receives messages of Bell 202 and V.23 alike, from 0 to -40 dBm0.

    Messages are (type, length, body): their checksum was verified and removed. A message with a wrong one is dropped.
    """

    def __init__(self) -> None:
        self._messages: list[bytes] = []
        self._handle = ffi.new_handle(self._messages)
        self._state = ffi.gc(_lib.adsi_rx_init(ffi.NULL, _ADSI_CLASS, _put_message, self._handle), _lib.adsi_rx_free)

    def feed(self, frame: Frame) -> list[bytes]:
        """The messages that ended in this frame; usually none."""
        louder = np.clip(frame * _GAIN, -32768, 32767).astype(np.int16)
        _lib.adsi_rx(self._state, readable(louder), len(louder))
        if not self._messages:
            return []
        messages = list(self._messages)
        self._messages.clear()
        return messages


class JclipReceiver:
    """Receives messages of Japan's number display, from 0 to -40 dBm0, like FskReceiver."""

    def __init__(self) -> None:
        self._bits: list[int] = []
        self._handle = ffi.new_handle(self._bits)
        spec = _lib.preset_fsk_specs + _FSK_V23_CHANNEL_1
        self._state = ffi.gc(_lib.fsk_rx_init(ffi.NULL, spec, _FSK_BITS, _put_bit, self._handle), _lib.fsk_rx_free)
        _lib.fsk_rx_signal_cutoff(self._state, _CUTOFF_DBM0)
        self._deframer = jclip.Deframer()

    def feed(self, frame: Frame) -> list[bytes]:
        """The messages that ended in this frame; usually none."""
        _lib.fsk_rx(self._state, readable(frame), len(frame))
        messages = [self._deframer.bit(bit) for bit in self._bits if bit >= 0]
        self._bits.clear()
        return [message for message in messages if message is not None]


def fsk_samples(
    message: bytes, standard: Fsk, dbm0: float = -13.5, seizure_bits: int = 300, mark_bits: int = 180
) -> Samples:
    """A message (type, length, body) as sound, its checksum added.

    dbm0: the level of the signal. seizure_bits: alternating bits before (0 off hook, 300 on hook), then mark_bits ones.
    JCLIP has no seizure whatever is asked, and 75 mark bits are usual.
    """
    if standard is Fsk.JCLIP:
        bits = [1] * mark_bits
        octets, stop_bits = jclip.frame(message), 4
    else:
        bits = [i & 1 for i in range(seizure_bits)] + [1] * mark_bits
        octets, stop_bits = message + bytes([-sum(message) & 0xFF]), 1
    for octet in octets:
        bits += [0, *((octet >> i) & 1 for i in range(8)), *[1] * stop_bits]
    return fsk_signal(bits + [1] * _TRAILING_BITS, *_TONES[standard], dbm0=dbm0)


def fsk_signal(bits: list[int], mark_hz: float, space_hz: float, *, dbm0: float, baud: float = _BAUD) -> Samples:
    """These bits as continuous-phase FSK; ones are the mark."""
    count = int(len(bits) / baud * SAMPLE_RATE)
    which = np.asarray(bits)[(np.arange(count) * (baud / SAMPLE_RATE)).astype(np.int64)]
    phase = np.cumsum(np.where(which, mark_hz, space_hz)) * (2 * np.pi / SAMPLE_RATE)
    return np.clip(np.rint(sine_peak(dbm0) * np.sin(phase)), -32768, 32767).astype(np.int16)


def alert_samples(milliseconds: float = 85, dbm0: float = -17) -> Samples:
    """The dual tone 2130 + 2750 Hz that announces caller ID (DT-AS 88-110 ms, CAS 80-85 ms), dbm0 per tone."""
    seconds = np.arange(round(milliseconds * SAMPLE_RATE / 1000)) / SAMPLE_RATE
    wave = np.sin(2 * np.pi * 2130 * seconds) + np.sin(2 * np.pi * 2750 * seconds)
    return np.rint(sine_peak(dbm0) * wave).astype(np.int16)
