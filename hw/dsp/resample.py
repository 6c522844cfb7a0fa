"""Sample-rate conversion of whole clips with speexdsp (speex/speex_resampler.h)."""

from __future__ import annotations

import numpy as np

from hw.audio import Samples
from hw.dsp.library import ffi, speexdsp

ffi.cdef(
    """
    typedef struct SpeexResamplerState_ SpeexResamplerState;
    SpeexResamplerState *speex_resampler_init(
        uint32_t channels, uint32_t in_rate, uint32_t out_rate, int quality, int *err);
    void speex_resampler_destroy(SpeexResamplerState *st);
    int speex_resampler_process_float(
        SpeexResamplerState *st, uint32_t channel, const float *in, uint32_t *in_len, float *out, uint32_t *out_len);
    int speex_resampler_skip_zeros(SpeexResamplerState *st);
    int speex_resampler_get_input_latency(SpeexResamplerState *st);
    """
)
_lib = speexdsp()

_QUALITY = 10
"""The library's best; a clip is converted once, when it is loaded."""


def resample(samples: Samples, from_rate: int, to_rate: int) -> Samples:
    """The same sound at another rate in Hz, as long in seconds (to the nearest sample) and without delay.

    Peaks between the samples of a full-scale clip are held at full scale. ValueError for a rate that is not positive.
    """
    if from_rate <= 0 or to_rate <= 0:
        raise ValueError(f"a sample rate must be positive, not {min(from_rate, to_rate)} Hz")
    if from_rate == to_rate or not len(samples):
        return samples.astype(np.int16, copy=True)
    error = ffi.new("int *")
    state = _lib.speex_resampler_init(1, from_rate, to_rate, _QUALITY, error)
    if error[0]:
        raise ValueError(f"cannot convert {from_rate} Hz to {to_rate} Hz")
    state = ffi.gc(state, _lib.speex_resampler_destroy)
    _lib.speex_resampler_skip_zeros(state)
    flush = _lib.speex_resampler_get_input_latency(state) + 1
    wanted = round(len(samples) * to_rate / from_rate)
    source = np.concatenate([samples.astype(np.float32), np.zeros(flush + from_rate // to_rate, dtype=np.float32)])
    result = np.zeros(wanted, dtype=np.float32)
    taken = given = 0
    while given < wanted:
        in_len = ffi.new("uint32_t *", len(source) - taken)
        out_len = ffi.new("uint32_t *", wanted - given)
        _lib.speex_resampler_process_float(
            state,
            0,
            ffi.from_buffer("float[]", source[taken:]),
            in_len,
            ffi.from_buffer("float[]", result[given:], require_writable=True),
            out_len,
        )
        if not in_len[0] and not out_len[0]:
            break
        taken += in_len[0]
        given += out_len[0]
    return np.clip(np.rint(result), -32768, 32767).astype(np.int16)
