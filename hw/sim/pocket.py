"""What a telephone in a pocket sends: cloth that rubs on the microphone, and voices through it."""

from __future__ import annotations

import numpy as np

from hw.audio import FULL_SCALE, FULL_SCALE_SINE_DBM0, SAMPLE_RATE, Floats, Samples, decibels
from hw.sim.loop import limited

SECONDS = 4.0
"""How much of it is made at a time, unless the voices last longer."""
RUBS_PER_SECOND = 3.0
RUB_S = (0.05, 0.4)
"""The shortest and the longest rub."""
RUB_DBM0 = (-34.0, -18.0)
CLOTH_HZ, VOICE_HZ = 900.0, 350.0
"""Above the first a rub, above the second a voice through cloth, has 12 dB less with each octave."""
VOICE_LOSS_DB = 6.0


def pocket_sound(seed: int, words: Samples | None) -> Samples:
    """Some seconds in a pocket, other ones for each seed, with these words heard from outside it."""
    random = np.random.default_rng(seed)
    sound = np.zeros(max(round(SECONDS * SAMPLE_RATE), 0 if words is None else len(words)), dtype=np.float32)
    for _ in range(random.poisson(RUBS_PER_SECOND * len(sound) / SAMPLE_RATE)):
        rub = _rub(random)
        begin = int(random.integers(len(sound) - len(rub)))
        sound[begin : begin + len(rub)] += rub
    if words is not None:
        sound[: len(words)] += _muffled(words.astype(np.float32), VOICE_HZ) * np.float32(decibels(-VOICE_LOSS_DB))
    return limited(sound)


def _rub(random: np.random.Generator) -> Floats:
    length = round(random.uniform(*RUB_S) * SAMPLE_RATE)
    wave = _muffled(random.normal(size=length).astype(np.float32), CLOTH_HZ) * np.hanning(length).astype(np.float32)
    rms = FULL_SCALE / np.sqrt(2) * decibels(random.uniform(*RUB_DBM0) - FULL_SCALE_SINE_DBM0)
    rub: Floats = wave * np.float32(rms / np.sqrt(np.mean(wave**2)))
    return rub


def _muffled(wave: Floats, hertz: float) -> Floats:
    """Without most of what is above this frequency: two single poles, cut off where they have died away."""
    times = np.arange(200)
    pole = np.exp(-2 * np.pi * hertz / SAMPLE_RATE)
    taps = ((1 - pole) ** 2 * (times + 1) * pole**times).astype(np.float32)
    muffled: Floats = np.convolve(wave, taps)[: len(wave)]
    return muffled
