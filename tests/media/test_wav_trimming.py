from __future__ import annotations

import numpy as np
import pytest

from appliance.wav.clip import BrokenClip, read_clip, write_clip
from appliance.wav.trimming import cut_silence
from hw.audio import Samples


def silence(seconds: float) -> Samples:
    return np.random.default_rng(7).normal(0, 8, round(seconds * 8000)).astype(np.int16)


def speech(seconds: float) -> Samples:
    """Noise at the level of speech, swelling and falling as syllables do."""
    at = np.arange(round(seconds * 8000)) / 8000
    loud = 3000 * (1 + np.sin(2 * np.pi * 4 * at)) / 2 + 300
    return (np.random.default_rng(5).normal(0, 1, len(at)) * loud).astype(np.int16)


@pytest.mark.parametrize(("before", "behind"), [(3.0, 2.0), (0.0, 2.0), (3.0, 0.0), (0.0, 0.0), (0.1, 0.1)])
def test_what_is_said_stays_whole_with_a_little_silence_at_its_ends(tmp_path, before, behind):
    path, said = tmp_path / "name.wav", speech(1.6)
    write_clip(path, np.concatenate([silence(before), said, silence(behind)]))
    seconds = cut_silence(path)
    kept = read_clip(path)
    assert len(kept) == round(seconds * 8000)
    assert 1.6 <= seconds <= 1.6 + min(before, 0.26) + min(behind, 0.26)
    assert kept.tobytes().find(said.tobytes()) >= 0


def test_a_recording_in_which_nobody_speaks_stays_as_it_is(tmp_path):
    path = tmp_path / "name.wav"
    write_clip(path, silence(2.0))
    assert cut_silence(path) == 2.0
    assert read_clip(path).tobytes() == silence(2.0).tobytes()


def test_what_is_no_recording_is_refused(tmp_path):
    (tmp_path / "name.wav").write_bytes(b"RIFF")
    with pytest.raises(BrokenClip):
        cut_silence(tmp_path / "name.wav")
