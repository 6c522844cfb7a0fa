from __future__ import annotations

from typing import Literal

import numpy as np
import pytest

from hw.audio import Samples
from hw.dsp.dtmf import DIGITS, dtmf_samples
from hw.dsp.faxtone import FaxToneReceiver, ced_samples, cng_samples
from tests.hw.signals import frames, noise, rounded, silence, tone

Kind = Literal["cng", "ced"]


def recognised(kind: Kind, samples: Samples) -> list[float]:
    """The seconds at whose end the receiver said yes."""
    receiver = FaxToneReceiver(kind)
    return [
        round((index + 1) * 0.02, 2)
        for index, frame in enumerate(frames(np.concatenate([samples, silence(0.1)])))
        if receiver.feed(frame)
    ]


def test_cng_is_recognised_once_and_within_its_first_burst() -> None:
    assert recognised("cng", cng_samples(8)) == [0.48]


def test_ced_is_recognised_once_after_a_second() -> None:
    assert recognised("ced", ced_samples(4)) == [1.0]


@pytest.mark.parametrize(("kind", "samples"), [("cng", ced_samples(4)), ("ced", cng_samples(8))])
def test_the_other_fax_tone_is_ignored(kind: Kind, samples: Samples) -> None:
    assert recognised(kind, samples) == []


@pytest.mark.parametrize("hz", [1062, 1080, 1100, 1120, 1138])
@pytest.mark.parametrize("dbm0", [0, -20, -40])
def test_cng_may_be_38_hz_off(hz: float, dbm0: float) -> None:
    assert len(recognised("cng", np.concatenate([silence(0.107), tone((hz,), 0.5, dbm0)]))) == 1


@pytest.mark.parametrize("hz", [941, 1000, 1050, 1150, 1209])
def test_a_tone_further_off_is_no_cng(hz: float) -> None:
    assert recognised("cng", tone((hz,), 2, -15)) == []


@pytest.mark.parametrize(("hz", "count"), [(2080, 0), (2085, 1), (2100, 1), (2115, 1), (2120, 0)])
def test_ced_may_be_15_hz_off(hz: float, count: int) -> None:
    assert len(recognised("ced", tone((hz,), 2.6, -20))) == count


def test_two_bursts_of_0_4_seconds_are_cng() -> None:
    burst = tone((1100,), 0.42, -20)
    assert recognised("cng", np.concatenate([burst, silence(3), burst])) == [3.82]


def test_one_burst_of_0_4_seconds_is_no_cng() -> None:
    assert recognised("cng", tone((1100,), 0.42, -20)) == []


def test_two_bursts_ten_seconds_apart_are_no_cng() -> None:
    burst = tone((1100,), 0.42, -20)
    assert recognised("cng", np.concatenate([burst, silence(10), burst])) == []


def test_behind_a_digit_cng_needs_its_second_burst() -> None:
    receiver = FaxToneReceiver("cng")
    receiver.person_heard()
    told = [index for index, frame in enumerate(frames(cng_samples(8))) if receiver.feed(frame)]
    assert [round(index * 0.02, 1) for index in told] == [3.9]


def test_cng_is_recognised_in_noise_10_db_below() -> None:
    samples = cng_samples(8, -25)
    noisy = rounded(samples + noise(np.random.default_rng(1), len(samples), -35))
    assert len(recognised("cng", noisy)) == 1


def test_ced_with_phase_reversals_is_recognised() -> None:
    samples = ced_samples(4)
    for at in range(3600, len(samples), 7200):
        samples[at : at + 3600] *= -1
    assert len(recognised("ced", samples)) == 1


def test_digits_noise_and_progress_tones_are_no_fax() -> None:
    line = np.concatenate(
        [
            dtmf_samples(DIGITS, on_ms=600),
            rounded(noise(np.random.default_rng(1), 80_000, -15)),
            tone((480, 620), 2, -20),
            tone((950,), 0.33, -20),
            tone((1400,), 0.33, -20),
            tone((1800,), 0.33, -20),
            tone((2130, 2750), 0.11, -17),
        ]
    )
    assert recognised("cng", line) == []
    assert recognised("ced", line) == []


@pytest.mark.parametrize("noise_dbm0", [-70, -60, -53, -50])
@pytest.mark.parametrize("kind", ["cng", "ced"])
def test_a_tone_out_of_the_noise_of_a_line_is_recognised(kind: Kind, noise_dbm0: float) -> None:
    fax_tone = cng_samples(4, -25) if kind == "cng" else ced_samples(4, -25)
    line = np.concatenate([silence(1.0), fax_tone])
    assert len(recognised(kind, rounded(line + noise(np.random.default_rng(1), len(line), noise_dbm0)))) == 1


def by_rhythm(samples: Samples) -> list[float]:
    """The seconds at which CNG is recognised where a person talks on the line."""
    receiver = FaxToneReceiver("cng", certain=True)
    told = [index for index, frame in enumerate(frames(np.concatenate([samples, silence(1)]))) if receiver.feed(frame)]
    return [round(index * 0.02, 1) for index in told]


def test_where_people_talk_cng_is_known_by_its_whole_rhythm() -> None:
    assert by_rhythm(np.concatenate([silence(1.3), cng_samples(8)])) == [5.3]
    noisy = np.concatenate([silence(1.3), cng_samples(8, -25)])
    assert by_rhythm(rounded(noisy + noise(np.random.default_rng(1), len(noisy), -45))) == [5.3]


@pytest.mark.parametrize(("burst", "pause"), [(0.35, 3.0), (0.7, 3.0), (0.5, 2.2), (0.5, 3.9), (0.5, 0.5), (3.0, 3.0)])
def test_bursts_of_another_rhythm_are_no_fax_machine(burst: float, pause: float) -> None:
    beat = [tone((1100,), burst, -20), silence(pause)]
    assert by_rhythm(np.concatenate(beat * 4)) == []


def test_bursts_between_which_somebody_talks_are_no_fax_machine() -> None:
    burst = tone((1100,), 0.5, -20)
    talk = rounded(noise(np.random.default_rng(2), 3 * 8000, -25).astype(float))
    assert by_rhythm(np.concatenate([burst, talk, burst, talk, burst])) == []
