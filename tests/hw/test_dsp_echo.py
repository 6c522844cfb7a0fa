from __future__ import annotations

import numpy as np
import pytest

from hw.audio import FRAME_SAMPLES, level_dbm0
from hw.dsp.dtmf import DtmfReceiver, dtmf_samples
from hw.dsp.echo import EchoCanceller
from hw.tones.tonegen import tone_samples
from hw.tones.toneplan import tone_plan
from tests.hw.echoes import babble, cancelled, enhancement, hybrid, line
from tests.hw.signals import frames, rounded, silence


@pytest.mark.parametrize("delay_ms", [0, 5, 20])
def test_echo_is_down_by_10_db_in_the_second_second_and_by_20_db_in_the_fourth(delay_ms: float) -> None:
    sent = babble(4, 1)
    echo, received = line(sent, hybrid(2, delay_ms))
    left = cancelled(received, sent)
    assert enhancement(echo, left, 2) > 10
    assert enhancement(echo, left, 4) > 20


def test_somebody_talking_at_the_near_end_is_kept_and_the_echo_stays_cancelled() -> None:
    sent, near = babble(8, 1), babble(8, 3)
    near[: 3 * 8000] = 0
    near[6 * 8000 :] = 0
    echo, received = line(sent, hybrid(2), near)
    left = cancelled(received, sent)
    # what the canceller makes of the near end alone: its high-pass is no damage
    alone = cancelled(near, np.zeros_like(near))
    talking = slice(3 * 8000, 6 * 8000)
    damage = rounded(left[talking].astype(np.float64) - alone[talking])
    assert level_dbm0(left[talking]) == pytest.approx(level_dbm0(alone[talking]), abs=1)
    assert level_dbm0(alone[talking]) - level_dbm0(damage) > 15
    assert enhancement(echo, left, 8) > 15


def test_near_end_speech_alone_passes() -> None:
    near = babble(2, 3)
    left = cancelled(near, np.zeros_like(near))
    assert level_dbm0(left) == pytest.approx(level_dbm0(near), abs=1)


@pytest.mark.parametrize("start_seconds", [0.05, 1.5])
def test_digits_pressed_while_a_prompt_plays_are_recognised(start_seconds: float) -> None:
    sent = babble(4, 1)
    digits = np.concatenate([silence(start_seconds), dtmf_samples("159#", -20, -20, 60, 60)])
    near = np.concatenate([digits, np.zeros(len(sent) - len(digits), np.int16)])
    _, received = line(sent, hybrid(2), near)
    receiver = DtmfReceiver()
    assert "".join(receiver.feed(frame) for frame in frames(cancelled(received, sent))) == "159#"


def test_frames_given_are_not_changed() -> None:
    received, sent = babble(1, 1)[:FRAME_SAMPLES], babble(1, 2)[:FRAME_SAMPLES]
    received.setflags(write=False)
    sent.setflags(write=False)
    assert len(EchoCanceller().cancel(received, sent)) == FRAME_SAMPLES


def test_a_tone_that_comes_in_is_not_cancelled_by_its_own_faint_return_from_a_bridged_telephone() -> None:
    ringback = tone_samples(tone_plan("us").ringback, 2.0)
    delay = 200
    returned = rounded(np.concatenate([np.zeros(delay), ringback[:-delay] * 0.2]))
    left = cancelled(ringback, returned)
    assert level_dbm0(left[8000:]) == pytest.approx(level_dbm0(ringback[8000:]), abs=0.5)
