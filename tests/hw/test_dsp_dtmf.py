from __future__ import annotations

import subprocess

import numpy as np
import pytest

from hw.audio import Samples
from hw.dsp.dtmf import DIGITS, DtmfReceiver, dtmf_samples
from hw.dsp.resample import resample
from tests.hw.signals import frames, keyed, noise, program, rounded, silence, tone


def heard(samples: Samples) -> str:
    receiver = DtmfReceiver()
    return "".join(receiver.feed(frame) for frame in frames(samples))


@pytest.fixture
def random() -> np.random.Generator:
    return np.random.default_rng(6)


def test_every_digit_is_recognised_at_35_dbm0_below(random: np.random.Generator) -> None:
    assert heard(keyed(random, DIGITS * 4, low_dbm0=-35, high_dbm0=-35)) == DIGITS * 4


def test_every_digit_is_recognised_at_full_level(random: np.random.Generator) -> None:
    assert heard(keyed(random, DIGITS, low_dbm0=0, high_dbm0=0)) == DIGITS


def test_the_low_group_may_be_8_db_louder(random: np.random.Generator) -> None:
    assert heard(keyed(random, DIGITS * 4, low_dbm0=-10, high_dbm0=-18)) == DIGITS * 4


def test_the_high_group_may_be_4_db_louder(random: np.random.Generator) -> None:
    assert heard(keyed(random, DIGITS * 4, low_dbm0=-14, high_dbm0=-10)) == DIGITS * 4


def test_twist_far_beyond_the_limits_is_no_digit(random: np.random.Generator) -> None:
    assert heard(keyed(random, DIGITS, low_dbm0=-10, high_dbm0=-23, on_ms=100)) == ""
    assert heard(keyed(random, DIGITS, low_dbm0=-19, high_dbm0=-10, on_ms=100)) == ""


def test_noise_12_db_below_the_digits_is_borne(random: np.random.Generator) -> None:
    assert heard(keyed(random, DIGITS * 4, snr_db=12)) == DIGITS * 4


@pytest.mark.parametrize("low_off", [-0.015, 0.0, 0.015])
@pytest.mark.parametrize("high_off", [-0.015, 0.0, 0.015])
def test_frequencies_1_5_percent_off_are_digits(random: np.random.Generator, low_off: float, high_off: float) -> None:
    assert heard(keyed(random, DIGITS, low_off=low_off, high_off=high_off)) == DIGITS


@pytest.mark.parametrize(
    ("low_off", "high_off"), [(-0.035, 0.0), (0.035, 0.0), (0.0, -0.035), (0.0, 0.035), (0.035, 0.035), (0.06, 0.0)]
)
def test_frequencies_3_5_percent_off_are_no_digits(
    random: np.random.Generator, low_off: float, high_off: float
) -> None:
    assert heard(keyed(random, DIGITS, on_ms=100, low_off=low_off, high_off=high_off)) == ""


@pytest.mark.parametrize("dial_tone", [(350, 440), (425,), (400,), (330, 440), (350, 450)])
@pytest.mark.parametrize("digit_dbm0", [-10, -25])
def test_digits_are_recognised_under_dial_tone_of_10_dbm0_below(
    random: np.random.Generator, dial_tone: tuple[float, ...], digit_dbm0: float
) -> None:
    keys = keyed(random, DIGITS, low_dbm0=digit_dbm0, high_dbm0=digit_dbm0, under=dial_tone, under_dbm0=-10)
    assert heard(keys) == DIGITS


def test_without_its_filter_dial_tone_hides_the_digits(random: np.random.Generator) -> None:
    receiver = DtmfReceiver(dial_tone_filter=False)
    keys = keyed(random, DIGITS, low_dbm0=-20, high_dbm0=-20, under=(350, 440), under_dbm0=-10)
    assert "".join(receiver.feed(frame) for frame in frames(keys)) == ""


@pytest.mark.parametrize("on_ms", [5, 10, 15, 20])
def test_a_digit_of_20_ms_and_less_is_ignored_wherever_it_lies(on_ms: float) -> None:
    digit = dtmf_samples("5", on_ms=on_ms, off_ms=60)
    assert [at for at in range(0, 160, 4) if heard(np.concatenate([np.zeros(at, np.int16), digit]))] == []


def test_a_digit_of_40_ms_is_recognised_wherever_it_lies() -> None:
    digit = dtmf_samples("5", on_ms=40, off_ms=60)
    assert [at for at in range(0, 160, 4) if heard(np.concatenate([np.zeros(at, np.int16), digit])) != "5"] == []


@pytest.mark.parametrize("break_ms", [1, 5, 10])
def test_a_break_of_10_ms_within_a_digit_makes_no_second_one(break_ms: float) -> None:
    twice = np.concatenate([dtmf_samples("7", on_ms=60, off_ms=break_ms), dtmf_samples("7", on_ms=60, off_ms=80)])
    assert [at for at in range(0, 160, 4) if heard(np.concatenate([np.zeros(at, np.int16), twice])) != "7"] == []


def test_the_same_digit_after_a_pause_of_40_ms_is_a_second_one() -> None:
    twice = dtmf_samples("77", on_ms=40, off_ms=40)
    assert [at for at in range(0, 160, 4) if heard(np.concatenate([np.zeros(at, np.int16), twice])) != "77"] == []


def test_a_digit_held_for_ten_seconds_is_one() -> None:
    assert heard(dtmf_samples("3", on_ms=10_000)) == "3"


def test_a_digit_that_follows_another_without_a_pause_is_recognised() -> None:
    assert heard(dtmf_samples("1470", on_ms=60, off_ms=0)) == "1470"


def test_five_hundred_digits_in_a_row_are_neither_missed_nor_doubled(random: np.random.Generator) -> None:
    digits = "".join(random.choice(list(DIGITS), 500))
    assert heard(keyed(random, digits, low_dbm0=-24, high_dbm0=-22, snr_db=15)) == digits


def test_noise_tones_and_silence_are_no_digits(random: np.random.Generator) -> None:
    assert heard(rounded(noise(random, 80_000, -15))) == ""
    assert heard(tone((697, 941), 1, -10)) == ""
    assert heard(tone((1209,), 1, -10)) == ""
    assert heard(tone((480, 620), 1, -10)) == ""
    assert heard(tone((697, 1209, 1477), 1, -10)) == ""
    assert heard(silence(1)) == ""


def test_a_digit_below_55_dbm0_is_ignored() -> None:
    assert heard(dtmf_samples("159D", -55, -55)) == ""


def test_a_digit_is_told_within_50_ms_of_its_start() -> None:
    receiver = DtmfReceiver()
    told = [receiver.feed(frame) for frame in frames(dtmf_samples("6", on_ms=100, off_ms=100))]
    assert told == ["", "6", *[""] * 8]


def test_the_digit_being_pressed_is_held_until_shortly_behind_its_end() -> None:
    receiver = DtmfReceiver()
    held = [(receiver.feed(frame), receiver.held)[1] for frame in frames(dtmf_samples("6", on_ms=100, off_ms=100))]
    assert held == ["", "6", "6", "6", "6", "6", "", "", "", ""]


def test_a_frame_that_is_one_side_of_a_stereo_recording_is_taken() -> None:
    stereo = np.repeat(dtmf_samples("8"), 2).reshape(-1, 2)
    receiver = DtmfReceiver()
    assert "".join(receiver.feed(stereo[at : at + 160, 0]) for at in range(0, len(stereo) - 159, 160)) == "8"


def test_a_key_that_does_not_exist_cannot_be_sent() -> None:
    with pytest.raises(ValueError, match="'E' is not a DTMF digit"):
        dtmf_samples("12E")


def test_no_digits_are_no_samples() -> None:
    assert len(dtmf_samples("")) == 0


def test_multimon_ng_reads_our_digits() -> None:
    samples = np.concatenate([silence(0.1), dtmf_samples("1234567890*#ABCD", on_ms=60, off_ms=60), silence(0.1)])
    run = subprocess.run(
        [program("multimon-ng", "multimon-ng"), "-q", "-t", "raw", "-a", "DTMF", "-"],
        input=resample(samples, 8000, 22050).tobytes(),
        capture_output=True,
        check=True,
        timeout=20,
    )
    assert run.stdout.decode().replace("DTMF: ", "").split() == list("1234567890*#ABCD")
