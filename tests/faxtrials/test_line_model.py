"""The modelled line is what it says: its loss, noise, delay, echoes and clocks, measured on tones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from hw.audio import FRAME_SAMPLES, SAMPLE_RATE, SILENCE, Floats, Frame, level_dbm0, sine_peak
from tests.faxtrials.line import SENT_DBM0, Line, LineModel, coded

PLAIN = LineModel(law=False)
HZ = 1800.0


def tone(hertz: float = HZ) -> Callable[[int], Frame]:
    """What a machine says at its frame with this number."""

    def frame(number: int) -> Frame:
        at = number * FRAME_SAMPLES + np.arange(FRAME_SAMPLES)
        return np.asarray(sine_peak(SENT_DBM0) * np.sin(2 * np.pi * hertz * at / SAMPLE_RATE), dtype=np.int16)

    return frame


def click(number: int) -> Frame:
    frame = SILENCE.copy()
    frame[0] = 20000 if number == 10 else 0
    return frame


def heard(model: LineModel, says: Callable[[int], Frame], seconds: float = 2.0) -> tuple[Floats, Floats]:
    """What A, who says this, and B, who says nothing, hear."""
    line, at_a, at_b = Line(model, seed=3), list[Frame](), list[Frame]()
    while len(at_a) < seconds * SAMPLE_RATE / FRAME_SAMPLES:
        if line.a_is_next:
            at_a.append(line.a.hear())
            line.a.say(says(len(at_a) - 1))
        else:
            at_b.append(line.b.hear())
            line.b.say(SILENCE)
        line.took_frame()
    return np.concatenate(at_a).astype(np.float32), np.concatenate(at_b).astype(np.float32)


def level(sound: Floats) -> float:
    return level_dbm0(sound[len(sound) // 2 :].astype(np.int16))


def snr(sound: Floats) -> tuple[float, float]:
    """Of a tone: how far the noise from 300 to 3400 Hz is below it, in dB, and where it is, in Hz."""
    half = sound[len(sound) // 2 :]
    power = np.abs(np.fft.rfft(half * np.blackman(len(half)))) ** 2
    hertz = np.fft.rfftfreq(len(half), 1 / SAMPLE_RATE)
    peak = int(power.argmax())
    band, near = (hertz > 300) & (hertz < 3400), np.abs(hertz - hertz[peak]) < 8
    return 10 * float(np.log10(power[near].sum() / power[band & ~near].sum())), float(hertz[peak])


@pytest.mark.parametrize("loss", [0.0, 8.0, 26.0])
def test_the_loss_is_what_is_lost(loss: float):
    assert level(heard(replace(PLAIN, loss_db=loss), tone())[1]) == pytest.approx(SENT_DBM0 - loss, abs=0.1)


def test_a_long_loop_takes_more_of_the_high_frequencies():
    low, high = (level(heard(replace(PLAIN, loop_km=5.0), tone(hertz))[1]) for hertz in (600.0, 3000.0))
    assert 8 < low - high < 10


@pytest.mark.parametrize("decibels", [20.0, 28.0, 35.0])
def test_the_noise_is_so_far_below_the_signal(decibels: float):
    noisy = replace(PLAIN, snr_db=decibels, loss_db=14.0)
    assert snr(heard(noisy, tone(), 4.0)[1])[0] == pytest.approx(decibels, abs=0.7)


def test_a_digital_network_has_the_noise_of_its_code():
    """ITU-T G.712 has 33 dB at least, from -30 dBm0 to 0; a perfect coder has some 38."""
    assert 37 < snr(heard(LineModel(), tone(1020.0))[1])[0] < 41
    at = np.arange(40)
    assert np.abs(coded(at.astype(np.float32) * 800) / np.maximum(at * 800, 1) - 1)[1:].max() < 0.033


@pytest.mark.parametrize("delay", [20.0, 60.0, 250.0])
def test_the_delay_is_what_it_says(delay: float):
    came = heard(replace(PLAIN, delay_ms=delay), click)[1]
    # A frame is heard one frame behind, as it was said meanwhile.
    assert np.abs(came).argmax() / SAMPLE_RATE == pytest.approx(0.2 + 0.02 + delay / 1000, abs=0.0005)


def test_the_group_delay_is_a_parabola():
    model = replace(PLAIN, group_delay_ms=1.5)
    spectra = [np.fft.rfft(heard(one, click)[1], 2 * SAMPLE_RATE) for one in (model, PLAIN)]
    hertz = np.fft.rfftfreq(2 * SAMPLE_RATE, 1 / SAMPLE_RATE)
    phase = np.unwrap(np.angle(spectra[0] / spectra[1]))
    late = -np.gradient(phase, hertz[1]) / (2 * np.pi) * 1000
    found = [float(np.interp(at, hertz, late)) for at in (600.0, 1800.0, 3000.0)]
    assert found == pytest.approx([1.5, 0.0, 1.5], abs=0.25)


@pytest.mark.parametrize("ppm", [100.0, -100.0, 50.0])
def test_a_quicker_crystal_hears_a_lower_tone(ppm: float):
    came = heard(replace(PLAIN, ppm=ppm), tone(), 8.0)[1]
    clean, hertz = snr(came)
    half = came[len(came) // 2 :]
    at_rest = half * np.exp(-2j * np.pi * HZ / SAMPLE_RATE * np.arange(len(half)))
    turned = np.unwrap(np.angle(np.convolve(at_rest, np.ones(80), mode="valid")))
    slope = np.polyfit(np.arange(len(turned)), turned, 1)[0] * SAMPLE_RATE / (2 * np.pi)
    assert slope == pytest.approx(-HZ * ppm * 1e-6, abs=0.01)
    assert clean > 55
    assert hertz == pytest.approx(HZ, abs=0.5)


def test_clocks_that_differ_keep_the_delay():
    """A minute: clocks of 100 ppm are 6 ms apart by then, but the line is as long as it was."""
    number = 2900

    def late_click(at: int) -> Frame:
        return click(at - number + 10)

    came = heard(replace(PLAIN, ppm=-100.0), late_click, 60.0)[1]
    at = np.abs(came).argmax() / SAMPLE_RATE * (1 + 100e-6)
    assert at == pytest.approx(number * 0.02 + 0.02 + 0.02, abs=0.001)


def test_near_echo_comes_at_once_and_far_echo_behind_both_ways():
    near = heard(replace(PLAIN, near_echo_db=12.0), click)[0]
    assert np.abs(near).argmax() / SAMPLE_RATE == pytest.approx(0.22, abs=0.0005)
    assert np.abs(near).max() == pytest.approx(20000 / 4, rel=0.02)
    far = heard(replace(PLAIN, far_echo_db=10.0, delay_ms=100.0), tone())[0]
    assert level(far) == pytest.approx(SENT_DBM0 - 2 * 8 - 10, abs=0.2)
    back = heard(replace(PLAIN, far_echo_db=10.0, delay_ms=100.0), click)[0]
    assert np.abs(back).argmax() / SAMPLE_RATE == pytest.approx(0.2 + 0.02 + 0.2 + 0.02, abs=0.001)


def test_frames_are_lost_as_often_as_it_says():
    came = heard(replace(PLAIN, lost_a_minute=60.0), tone(), 60.0)[1]
    frames = np.abs(came).reshape(-1, FRAME_SAMPLES).max(axis=1)
    assert 15 < int((frames[3:] == 0).sum()) < 45  # Half of them are the frame before, said once more.
