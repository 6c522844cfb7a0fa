"""Echo cancellation with speexdsp (speex/speex_echo.h): takes our own voice out of what the line sends back."""

from __future__ import annotations

from collections import deque

import numpy as np

from hw.audio import FRAME_SAMPLES, SAMPLE_RATE, SILENCE, Frame, energy
from hw.dsp.library import ffi, readable, speexdsp, writable

ffi.cdef(
    """
    typedef struct SpeexEchoState_ SpeexEchoState;
    SpeexEchoState *speex_echo_state_init(int frame_size, int filter_length);
    void speex_echo_state_destroy(SpeexEchoState *st);
    void speex_echo_cancellation(SpeexEchoState *st, const int16_t *rec, const int16_t *play, int16_t *out);
    int speex_echo_ctl(SpeexEchoState *st, int request, void *ptr);
    """
)
_lib = speexdsp()

_SET_SAMPLING_RATE = 24

_MEMORY_FRAMES = 25
"""Half a second, longer than any echo tail and than the pauses between syllables. So the comparison with what was sent
does not switch the filter off and on while both sides speak."""


class EchoCanceller:
    """An adaptive filter over the hybrid's echo path.

    tail_ms: the longest echo removed, delay included. Frames must be given in step: `sent` is what left for the
    line in the same tick in which `received` came in, so a card's fixed delay counts against the tail.

    A hybrid returns less than it is sent. So what is received louder than everything sent during the last half second
    comes from the far end itself, and the filter is told then that nothing was sent. Otherwise a tone that comes in
    (ringback, busy), is heard by the party bridged to the line and comes back faintly from it, would teach the filter
    to cancel that tone.
    """

    def __init__(self, tail_ms: int = 64) -> None:
        self._state = ffi.gc(
            _lib.speex_echo_state_init(FRAME_SAMPLES, tail_ms * SAMPLE_RATE // 1000), _lib.speex_echo_state_destroy
        )
        _lib.speex_echo_ctl(self._state, _SET_SAMPLING_RATE, ffi.new("int32_t *", SAMPLE_RATE))
        self._sent_energies: deque[float] = deque(maxlen=_MEMORY_FRAMES)

    def cancel(self, received: Frame, sent: Frame) -> Frame:
        """The received frame without the echo of the sent one."""
        self._sent_energies.append(0.0 if sent is SILENCE else energy(sent))
        if energy(received) > max(self._sent_energies):
            sent = SILENCE
        clean = np.empty(FRAME_SAMPLES, dtype=np.int16)
        _lib.speex_echo_cancellation(self._state, readable(received), readable(sent), writable(clean))
        return clean
