from __future__ import annotations

import numpy as np
import pytest

from hw.audio import FRAME_SAMPLES, Samples, level_dbm0
from hw.dsp.dtmf import DtmfReceiver, dtmf_samples
from hw.dsp.echo import EchoCanceller
from tests.hw.signals import Wave, frames, noise, rounded, silence


def babble(seconds: float, seed: int, dbm0: float = -18) -> Samples:
    """Noise with the spectrum and the syllables of speech."""
    random = np.random.default_rng(seed)
    count = round(seconds * 8000)
    time = np.arange(60)
    coloured = np.convolve(random.normal(0, 1, count), np.exp(-time / 6) * np.cos(0.35 * time), "same")
    at = np.arange(count) / 8000
    coloured *= np.clip(np.sin(2 * np.pi * 3.1 * at) + 0.6 * np.sin(2 * np.pi * 1.3 * at + seed) + 0.4, 0, None)
    return rounded(coloured * 10 ** ((dbm0 - level_dbm0(rounded(coloured * 1000))) / 20) * 1000)


def hybrid(seed: int, delay_ms: float = 5, tail_ms: float = 16, loss_db: float = 14) -> Wave:
    """An echo path: a delay, then a dispersive tail. Its loss is over the telephone band."""
    random = np.random.default_rng(seed)
    tail = round(tail_ms * 8)
    path = np.zeros(round(delay_ms * 8) + tail)
    path[-tail:] = random.normal(0, 1, tail) * np.exp(-np.arange(tail) / (tail / 4))
    band = np.abs(np.fft.rfft(path, 1024))[40:435]
    return path / np.sqrt(np.mean(band**2)) * 10 ** (-loss_db / 20)


def line(sent: Samples, path: Wave, near: Samples | None = None) -> tuple[Samples, Samples]:
    """The echo alone, and what the line gives: echo, the near end and a noise floor of -65 dBm0."""
    echo = np.convolve(sent.astype(np.float64), path)[: len(sent)]
    floor = noise(np.random.default_rng(9), len(sent), -65)
    return rounded(echo), rounded(echo + floor + (0 if near is None else near))


def cancelled(received: Samples, sent: Samples, canceller: EchoCanceller | None = None) -> Samples:
    canceller = canceller or EchoCanceller()
    return np.concatenate(
        [canceller.cancel(heard, said) for heard, said in zip(frames(received), frames(sent), strict=True)]
    )


def enhancement(echo: Samples, left: Samples, second: int) -> float:
    """ERLE in dB over the second that ends then."""
    part = slice((second - 1) * 8000, second * 8000)
    return level_dbm0(echo[part]) - level_dbm0(left[part])


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


def test_after_reset_it_learns_another_echo_path() -> None:
    sent = babble(3, 1)
    canceller = EchoCanceller()
    cancelled(line(sent, hybrid(2))[1], sent, canceller)
    canceller.reset()
    echo, received = line(sent, hybrid(7))
    assert enhancement(echo, cancelled(received, sent, canceller), 3) > 15


def test_frames_given_are_not_changed() -> None:
    received, sent = babble(1, 1)[:FRAME_SAMPLES], babble(1, 2)[:FRAME_SAMPLES]
    received.setflags(write=False)
    sent.setflags(write=False)
    assert len(EchoCanceller().cancel(received, sent)) == FRAME_SAMPLES
