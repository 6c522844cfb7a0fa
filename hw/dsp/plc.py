"""Packet-loss concealment with spandsp's PLC (spandsp/plc.h): a lost frame is bridged with the pitch before it."""

from __future__ import annotations

from collections import deque

import numpy as np

from hw.audio import FRAME_SAMPLES, Frame
from hw.dsp.library import ffi, spandsp, writable

ffi.cdef(
    """
    typedef struct plc_state plc_state_t;
    plc_state_t *plc_init(plc_state_t *s);
    int plc_rx(plc_state_t *s, int16_t *amp, int len);
    int plc_fillin(plc_state_t *s, int16_t *amp, int len);
    int plc_free(plc_state_t *s);
    """
)
_lib = spandsp()

_HISTORY_FRAMES = 2
"""The library looks for the pitch in the last 35 ms (280 samples)."""


class Concealer:
    """Gives every tick a frame, whether one was received or not.

    Between losses frames pass unchanged. The first frame after a loss is cross-faded with the concealment.
    After 50 ms without a frame the concealment has faded to silence.

    Losses are rare, so the library is told what came before one only when it happens.
    """

    def __init__(self) -> None:
        self._state = ffi.gc(_lib.plc_init(ffi.NULL), _lib.plc_free)
        self._untold: deque[Frame] = deque(maxlen=_HISTORY_FRAMES)
        self._in_loss = False

    def received(self, frame: Frame) -> Frame:
        """Take a frame that came in; nobody may change it. Returns what to hear: the same, or a copy after a loss."""
        if self._in_loss:
            self._in_loss = False
            return self._told(frame)
        self._untold.append(frame)
        return frame

    def missing(self) -> Frame:
        """No frame came in. Returns what to hear instead."""
        while self._untold:
            self._told(self._untold.popleft())
        self._in_loss = True
        heard = np.zeros(FRAME_SAMPLES, dtype=np.int16)
        _lib.plc_fillin(self._state, writable(heard), FRAME_SAMPLES)
        return heard

    def _told(self, frame: Frame) -> Frame:
        heard = frame.copy()
        _lib.plc_rx(self._state, writable(heard), FRAME_SAMPLES)
        return heard
