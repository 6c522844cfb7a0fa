"""The receiving half of a modem for 1200 baud FSK: spandsp's (spandsp/fsk.h)."""

from __future__ import annotations

from hw.audio import Frame
from hw.dsp.library import ffi, readable, spandsp

ffi.cdef(
    """
    typedef struct { const char *name; int freq_zero, freq_one, tx_level, min_level, baud_rate; } fsk_spec_t;
    typedef struct fsk_rx_state_s fsk_rx_state_t;
    typedef void (*put_bit_func_t)(void *user_data, int bit);
    fsk_rx_state_t *fsk_rx_init(
        fsk_rx_state_t *s, const fsk_spec_t *spec, int framing_mode, put_bit_func_t put_bit, void *user_data);
    void fsk_rx_signal_cutoff(fsk_rx_state_t *s, float cutoff);
    int fsk_rx(fsk_rx_state_t *s, const int16_t *amp, int len);
    int fsk_rx_free(fsk_rx_state_t *s);
    """
)
_lib = spandsp()

_BAUD = 1200

_CUTOFF_DBM0 = -46.0
"""The library's hysteresis makes -40 dBm0 of it, with room to spare."""

_BITS = 0
"""Framing mode: bits one by one."""


@ffi.callback("put_bit_func_t")  # type: ignore[untyped-decorator]  # cffi has no types
def _put_bit(user_data: object, bit: int) -> None:
    ffi.from_handle(user_data).append(bit)


class FskModem:
    """Demodulates: it is fed samples and gives bits. A negative bit means that the carrier has come or gone."""

    def __init__(self, mark_hz: float, space_hz: float) -> None:
        self._bits: list[int] = []
        self._handle = ffi.new_handle(self._bits)
        spec = ffi.new("fsk_spec_t *", (ffi.NULL, int(space_hz), int(mark_hz), 0, round(_CUTOFF_DBM0), _BAUD * 100))
        self._state = ffi.gc(_lib.fsk_rx_init(ffi.NULL, spec, _BITS, _put_bit, self._handle), _lib.fsk_rx_free)
        _lib.fsk_rx_signal_cutoff(self._state, _CUTOFF_DBM0)

    def feed(self, frame: Frame) -> list[int]:
        _lib.fsk_rx(self._state, readable(frame), len(frame))
        if not self._bits:
            return []
        bits = list(self._bits)
        self._bits.clear()
        return bits
