"""The spectrum that a Whisper model looks at: 80 bands on the mel scale, in steps of 10 ms, over 30 s at 16 kHz.

As in "Robust Speech Recognition via Large-Scale Weak Supervision" (Radford and others, 2022), section 2.2, with the
bands of Slaney's Auditory Toolbox (1998): even up to 1 kHz, and logarithmic above.
"""

from __future__ import annotations

import numpy as np

from hw.audio import Floats

RATE = 16000
WINDOW_SECONDS = 30
_SPAN, _STEP, _BANDS = 400, 160, 80
_FRAMES = WINDOW_SECONDS * RATE // _STEP
_LINEAR_HZ, _MEL_HZ = 1000.0, 200.0 / 3
_ABOVE = np.log(6.4) / 27
"""The step of the natural logarithm for one mel above 1 kHz."""


def spectrum(sound: Floats) -> Floats:
    """The logarithmic spectrum of at most 30 s, of full scale 1.0: an array of 80 bands and 3,000 steps."""
    wide = np.zeros(WINDOW_SECONDS * RATE, dtype=np.float32)
    wide[: len(sound)] = sound[: len(wide)]
    wide = np.pad(wide, _SPAN // 2, mode="reflect")
    frames = np.lib.stride_tricks.sliding_window_view(wide, _SPAN)[::_STEP][:_FRAMES]
    power = np.abs(np.fft.rfft(frames * _WINDOW, axis=1)) ** 2
    logarithm = np.log10(np.maximum(_FILTERS @ power.T, 1e-10))
    bounded = np.maximum(logarithm, logarithm.max() - 8.0)
    scaled: Floats = ((bounded + 4.0) / 4.0).astype(np.float32)
    return scaled


def _filters() -> Floats:
    """How much each of the 201 frequencies counts in each band."""
    hertz = np.fft.rfftfreq(_SPAN, 1 / RATE)
    highest = _LINEAR_HZ / _MEL_HZ + np.log(RATE / 2 / _LINEAR_HZ) / _ABOVE
    mels = np.linspace(0.0, highest, _BANDS + 2)
    linear = _LINEAR_HZ / _MEL_HZ
    edges = np.where(mels < linear, mels * _MEL_HZ, _LINEAR_HZ * np.exp(_ABOVE * (mels - linear)))
    low, middle, high = edges[:-2, None], edges[1:-1, None], edges[2:, None]
    rising, falling = (hertz - low) / (middle - low), (high - hertz) / (high - middle)
    shape: Floats = (np.maximum(0.0, np.minimum(rising, falling)) * (2.0 / (high - low))).astype(np.float32)
    return shape


_WINDOW = np.hanning(_SPAN + 1)[:-1].astype(np.float32)
_FILTERS = _filters()
