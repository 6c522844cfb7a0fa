"""A fax machine that answers, heard as gateways hear it (spandsp/modem_connect_tones.h)."""

from __future__ import annotations

from hw.audio import Frame
from hw.dsp.library import ffi, readable, spandsp

ffi.cdef(
    """
    typedef struct modem_connect_tones_rx_state_s modem_connect_tones_rx_state_t;
    modem_connect_tones_rx_state_t *modem_connect_tones_rx_init(
        modem_connect_tones_rx_state_t *s, int tone_type, void *tone_callback, void *user_data);
    int modem_connect_tones_rx(modem_connect_tones_rx_state_t *s, const int16_t amp[], int len);
    int modem_connect_tones_rx_get(modem_connect_tones_rx_state_t *s);
    int modem_connect_tones_rx_free(modem_connect_tones_rx_state_t *s);
    """
)
_lib = spandsp()

_CED_OR_PREAMBLE = 7
"""MODEM_CONNECT_TONES_FAX_CED_OR_PREAMBLE."""


class FaxAnswerReceiver:
    """Hears CED, 2100 Hz with or without reversals of its phase, and the flags of V.21 before all that machines say to
    each other, for those that send no CED."""

    def __init__(self) -> None:
        state = _lib.modem_connect_tones_rx_init(ffi.NULL, _CED_OR_PREAMBLE, ffi.NULL, ffi.NULL)
        self._state = ffi.gc(state, _lib.modem_connect_tones_rx_free)

    def feed(self, frame: Frame) -> bool:
        """True once for each of them, some 0.5 s behind its beginning."""
        _lib.modem_connect_tones_rx(self._state, readable(frame), len(frame))
        return bool(_lib.modem_connect_tones_rx_get(self._state))
