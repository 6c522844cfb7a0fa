"""Full-rate GSM (06.10) speech coding with spandsp's codec (spandsp/gsm0610.h): what a cellular network does to sound.

The codec is made for voices. The two tones of a key come out with their levels changed, and with other sound beside
them.
"""

from __future__ import annotations

import numpy as np

from hw.audio import FRAME_SAMPLES, Samples
from hw.dsp.library import ffi, readable, spandsp, writable

ffi.cdef(
    """
    typedef struct gsm0610_state_s gsm0610_state_t;
    gsm0610_state_t *gsm0610_init(gsm0610_state_t *s, int packing);
    int gsm0610_encode(gsm0610_state_t *s, uint8_t code[], const int16_t amp[], int len);
    int gsm0610_decode(gsm0610_state_t *s, int16_t amp[], const uint8_t code[], int len);
    int gsm0610_free(gsm0610_state_t *s);
    """
)
_lib = spandsp()

_PACKED = 2
"""The library's GSM0610_PACKING_VOIP: 33 bytes for a frame."""
_CODED_BYTES = 33


def gsm_coded(samples: Samples) -> Samples:
    """These samples as they come out of a cellular network, in whole frames: coded and decoded once."""
    whole = np.zeros(-(-len(samples) // FRAME_SAMPLES) * FRAME_SAMPLES, dtype=np.int16)
    whole[: len(samples)] = samples
    coder = ffi.gc(_lib.gsm0610_init(ffi.NULL, _PACKED), _lib.gsm0610_free)
    decoder = ffi.gc(_lib.gsm0610_init(ffi.NULL, _PACKED), _lib.gsm0610_free)
    coded = ffi.new("uint8_t[]", _CODED_BYTES * len(whole) // FRAME_SAMPLES)
    heard = np.zeros_like(whole)
    size = _lib.gsm0610_encode(coder, coded, readable(whole), len(whole))
    _lib.gsm0610_decode(decoder, writable(heard), coded, size)
    return heard
