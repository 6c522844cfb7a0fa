"""A recording without the silence before and behind what is said in it."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from appliance.wav.clip import read_clip, write_clip
from hw.audio import FRAME_SAMPLES, SAMPLE_RATE
from hw.level import ATTACK_FRAMES, HANGOVER_FRAMES, VoiceReceiver

EDGE_FRAMES = 10
"""What is left of the silence at each end: 200 ms, in which a soft beginning or ending of a word may lie."""


def cut_silence(path: Path) -> float:
    """Cut the silence off both ends of a clip. Returns the seconds that are left: all, where nobody speaks in it.

    Blocking. Raises OSError, and BrokenClip for what is no clip.
    """
    samples = read_clip(path)
    voice = VoiceReceiver()
    frames = samples[: len(samples) // FRAME_SAMPLES * FRAME_SAMPLES].reshape(-1, FRAME_SAMPLES)
    speech = np.flatnonzero([voice.feed(frame) for frame in frames])
    if len(speech):
        # The receiver is sure of speech only when it has begun, and of its end only some time behind it.
        begin = max(0, speech[0] - ATTACK_FRAMES - EDGE_FRAMES)
        end = speech[-1] + 1 - HANGOVER_FRAMES + EDGE_FRAMES if speech[-1] + 1 < len(frames) else len(frames)
        samples = samples[begin * FRAME_SAMPLES : end * FRAME_SAMPLES]
        write_clip(path, samples)
    return len(samples) / SAMPLE_RATE
