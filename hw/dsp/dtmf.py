"""DTMF digits: the receiver over spandsp (spandsp/dtmf.h) and a generator of exact levels and lengths."""

from __future__ import annotations

import numpy as np

from hw.audio import SAMPLE_RATE, Frame, Samples, sine_peak
from hw.dsp.library import ffi, readable, spandsp

ffi.cdef(
    """
    typedef struct dtmf_rx_state_s dtmf_rx_state_t;
    typedef void (*digits_rx_callback_t)(void *user_data, const char *digits, int len);
    dtmf_rx_state_t *dtmf_rx_init(dtmf_rx_state_t *s, digits_rx_callback_t callback, void *user_data);
    void dtmf_rx_parms(dtmf_rx_state_t *s, int filter_dialtone, int twist, int reverse_twist, int threshold);
    int dtmf_rx(dtmf_rx_state_t *s, const int16_t *amp, int samples);
    size_t dtmf_rx_get(dtmf_rx_state_t *s, char *digits, int max);
    int dtmf_rx_free(dtmf_rx_state_t *s);
    """
)
_lib = spandsp()

DIGITS = "123A456B789C*0#D"
LOW_HZ = (697.0, 770.0, 852.0, 941.0)
HIGH_HZ = (1209.0, 1336.0, 1477.0, 1633.0)


class DtmfReceiver:
    """Recognises DTMF digits in 8 kHz audio."""

    def __init__(self, dial_tone_filter: bool = True) -> None:
        self._state = ffi.gc(_lib.dtmf_rx_init(ffi.NULL, ffi.NULL, ffi.NULL), _lib.dtmf_rx_free)
        _lib.dtmf_rx_parms(self._state, int(dial_tone_filter), 10, 6, -99)
        self._digits = ffi.new("char[129]")

    def feed(self, frame: Frame) -> str:
        """The digits newly recognised at the end of this frame; usually none."""
        _lib.dtmf_rx(self._state, readable(frame), len(frame))
        if not _lib.dtmf_rx_get(self._state, self._digits, 128):
            return ""
        return bytes(ffi.string(self._digits)).decode("ascii")


def dtmf_samples(
    digits: str, low_dbm0: float = -10, high_dbm0: float = -10, on_ms: float = 100, off_ms: float = 100
) -> Samples:
    """These digits (0-9 * # A-D) as sound, each followed by its pause. Levels are per tone. ValueError for others."""
    on = round(on_ms * SAMPLE_RATE / 1000)
    pause = np.zeros(round(off_ms * SAMPLE_RATE / 1000), dtype=np.int16)
    seconds = np.arange(on) / SAMPLE_RATE
    low, high = sine_peak(low_dbm0), sine_peak(high_dbm0)
    parts: list[Samples] = []
    for digit in digits:
        row, column = divmod(DIGITS.find(digit) if digit else -1, 4)
        if row < 0:
            raise ValueError(f"{digit!r} is not a DTMF digit")
        wave = low * np.sin(2 * np.pi * LOW_HZ[row] * seconds) + high * np.sin(2 * np.pi * HIGH_HZ[column] * seconds)
        parts += [np.clip(np.rint(wave), -32768, 32767).astype(np.int16), pause]
    return np.concatenate(parts) if parts else np.zeros(0, dtype=np.int16)
