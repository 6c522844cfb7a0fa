"""Music on hold."""

from __future__ import annotations

import numpy as np
import pytest

from appliance.media.music import LEVEL_DBM0, hold_music
from hw.audio import FRAME_SAMPLES, level_dbm0, seconds_of
from hw.dsp.dtmf import DtmfReceiver
from hw.dsp.faxtone import FaxToneReceiver


def test_it_lasts_twenty_seconds_at_its_level_without_clipping_or_gaps() -> None:
    music = hold_music()
    levels = [level_dbm0(frame) for frame in music.reshape(-1, FRAME_SAMPLES)]
    assert seconds_of(music) == 20
    assert level_dbm0(music) == pytest.approx(LEVEL_DBM0, abs=0.1)
    assert min(levels) > -28
    assert max(levels) < -14
    assert np.abs(music.astype(int)).max() < 10000


def test_it_is_the_same_every_time() -> None:
    assert np.array_equal(hold_music.__wrapped__(), hold_music.__wrapped__())


def test_its_end_runs_on_into_its_beginning() -> None:
    music = hold_music().astype(int)
    bends = np.abs(np.diff(music, 2))
    seam = np.abs(np.diff(np.concatenate([music[-3:], music[:3]]), 2))
    assert seam.max() <= bends.max()
    assert seam.max() <= 3 * np.percentile(bends, 99)


def test_no_receiver_takes_it_for_a_digit_or_a_fax() -> None:
    digits, cng, ced = DtmfReceiver(), FaxToneReceiver("cng"), FaxToneReceiver("ced")
    heard = [(digits.feed(f), cng.feed(f), ced.feed(f)) for f in hold_music().reshape(-1, FRAME_SAMPLES)]
    assert set(heard) == {("", False, False)}
