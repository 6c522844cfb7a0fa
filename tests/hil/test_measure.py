"""The measuring functions, tried with signals of which everything is known."""

from __future__ import annotations

import numpy as np
import pytest

from hw.audio import level_dbm0
from tests.hil.measure import (
    NothingHeard,
    arrival,
    compare,
    echo_return_loss_db,
    g711,
    lag,
    loss_db,
    tone_dbm0,
)
from tests.hil.signals import noise, syllables, tone

IDLE = noise(1.0, -65, seed=9)


def way(sent, delay=0, gain=1.0, hiss_dbm0=-65.0):
    """What arrives of it over a line that delays, weakens and hisses."""
    heard = noise((len(sent) + delay + 4000) / 8000, hiss_dbm0, seed=7).astype(np.float64)
    heard[delay : delay + len(sent)] += gain * sent
    return np.rint(heard).astype(np.int16)


@pytest.mark.parametrize("dbm0", [-6.0, -16.0, -40.0])
def test_a_tone_has_its_level_whatever_else_is_on_the_line(dbm0):
    disturbed = tone(1.0, 1004, dbm0)[1000:-1000] + tone(1.0, 60, -30)[1000:-1000]
    assert tone_dbm0(disturbed, 1004) == pytest.approx(dbm0, abs=0.1)


def test_the_signals_have_the_level_they_are_asked_for():
    assert level_dbm0(noise(2.0, -20)) == pytest.approx(-20, abs=0.1)
    assert level_dbm0(syllables(4.0, -20)) == pytest.approx(-20, abs=1)
    assert max(abs(syllables(4.0).astype(int))) < 32767


@pytest.mark.parametrize("delay", [0, 1, 159, 160, 1234, 4000])
def test_a_delay_is_known_to_the_sample(delay):
    sent = noise(0.5)
    found = lag(sent, way(sent, delay, 0.4))
    assert found.samples == delay
    assert found.likeness > 0.99
    assert found.ms == delay / 8


def test_a_line_with_its_wires_turned_round_is_as_good():
    sent = noise(0.5)
    heard = way(sent, 300, -0.5)
    assert lag(sent, heard).samples == 300
    assert loss_db(sent, heard) == pytest.approx(6.02, abs=0.05)


@pytest.mark.parametrize("db", [0.0, 3.0, 12.0, 25.0])
def test_a_loss_is_known_in_spite_of_the_lines_noise(db):
    sent = noise(0.5)
    assert loss_db(sent, way(sent, 321, 10 ** (-db / 20), -55)) == pytest.approx(db, abs=0.15)


@pytest.mark.parametrize("db", [10.0, 16.0, 30.0])
def test_an_echo_has_its_return_loss(db):
    sent = noise(1.0)
    echo = np.roll(sent, 200).astype(np.float64) * 10 ** (-db / 20)
    back = np.rint(echo + noise(1.0, -65, seed=5)).astype(np.int16)
    assert echo_return_loss_db(sent, back, IDLE) == pytest.approx(db, abs=0.3)


def test_no_echo_is_as_far_down_as_the_noise_lets_it_be_told():
    assert echo_return_loss_db(noise(1.0, -20), noise(1.0, -65, seed=5), IDLE) == pytest.approx(55, abs=0.5)


def test_all_frames_of_a_clean_line_arrive():
    sent = noise(2.0)
    found = arrival(sent, way(sent, 777, 0.3))
    assert (found.frames, found.lost, found.slips) == (100, 0, 0)
    assert set(found.moved) == {0}


def test_a_frame_that_is_missing_and_one_that_is_silent_are_lost():
    sent = noise(2.0)
    heard = way(sent, 777, 0.5)
    heard[777 + 40 * 160 : 777 + 43 * 160] = 0
    found = arrival(sent, heard)
    assert (found.lost, found.slips, found.lost_percent) == (3, 0, 3.0)
    assert [n for n, alike in enumerate(found.likeness) if alike < 0.5] == [40, 41, 42]


@pytest.mark.parametrize("samples", [160, 320, -160, 40])
def test_what_moves_on_the_way_is_a_slip(samples):
    sent = noise(2.0)
    heard = way(sent, 800)
    cut = 800 + 50 * 160
    if samples > 0:
        heard = np.concatenate([heard[:cut], np.zeros(samples, np.int16), heard[cut:]])
    else:
        heard = np.concatenate([heard[:cut], heard[cut - samples :]])
    found = arrival(sent, heard)
    assert found.slips == 1
    assert found.lost <= 1
    assert found.moved[-1] == samples


def test_the_first_second_may_be_missing():
    sent = noise(3.0)
    heard = way(sent, 500)
    heard[: 500 + 8000] = 0
    assert arrival(sent, heard).lost == pytest.approx(50, abs=1)


def test_where_nothing_came_nothing_is_measured():
    with pytest.raises(NothingHeard, match="likeness"):
        arrival(noise(1.0), noise(3.0, -60, seed=8))
    with pytest.raises(NothingHeard, match="hold"):
        lag(noise(1.0), noise(0.5))


def test_a_copy_is_equal_in_every_sample():
    sent = syllables(3.0)
    found = compare(sent, np.concatenate([np.zeros(5000, np.int16), sent, np.zeros(900, np.int16)]))
    assert found.gain_db == pytest.approx(0, abs=0.01)
    assert found.snr_db > 50
    assert found.equal_percent > 99.9
    assert (found.missing_s, found.moved_ms) == (0, 0)


@pytest.mark.parametrize("hiss_dbm0", [-35.0, -45.0, -55.0])
def test_noise_added_is_what_differs(hiss_dbm0):
    sent = syllables(4.0, -20)
    found = compare(sent, way(sent, 2000, 0.5, hiss_dbm0))
    assert found.gain_db == pytest.approx(-6.02, abs=0.1)
    assert found.snr_db == pytest.approx(level_dbm0(sent) - 6.02 - hiss_dbm0, abs=0.7)


def test_what_the_line_does_to_every_sound_alike_does_not_count():
    sent = syllables(4.0)
    filtered = np.convolve(sent, [0.1, 0.6, 0.25, -0.1], mode="full")[: len(sent)]
    half_a_sample_late = np.convolve(filtered, np.sinc(np.arange(-16, 16) + 0.5), mode="same")
    assert compare(sent, way(np.rint(half_a_sample_late).astype(np.int16), 1000)).snr_db > 30


def test_a_hole_and_a_jump_are_found_and_the_rest_compared():
    sent = syllables(4.0)
    heard = way(sent, 3000)
    heard[3000 + 8000 : 3000 + 8000 + 4800] = 0
    heard = np.concatenate([heard[:25000], heard[25160:]])
    found = compare(sent, heard)
    assert found.missing_s == pytest.approx(0.6, abs=0.21)
    assert found.moved_ms == -20
    assert found.snr_db > 10


def test_g711_counts_its_steps_in_one_row():
    codes = g711(np.arange(-32768, 32768))
    assert set(np.unique(np.diff(codes))) <= {0, 1}
    assert (codes[0], codes[-1]) == (-127, 127)
    assert g711(np.array([0.0, -3.0, 1e6])).tolist() == [0, 0, 127]
