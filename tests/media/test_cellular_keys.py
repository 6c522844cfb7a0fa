"""Keys that came over a cellular network: 35 ms, 6 dB of twist, coded as speech, echoed. Each counts once."""

from __future__ import annotations

import asyncio

import numpy as np
import pytest

from appliance.media.detectors import Dtmf
from appliance.media.events import DigitHeard
from hw.audio import Frame, Samples
from hw.dsp.dtmf import DIGITS, dtmf_samples
from hw.dsp.gsm import gsm_coded
from tests.hw.signals import frames
from tests.hw.simworld import network

CODER_OFFSETS = range(0, 160, 8)
"""Where in a frame of the coder a digit begins."""


def heard(samples: Samples) -> str:
    detector = Dtmf(from_outside=True)
    return "".join(
        event.digit for frame in frames(samples) for event in detector.feed(frame) if isinstance(event, DigitHeard)
    )


def on_the_line(samples: Samples, at: int) -> Samples:
    """With the line's loss and noise, and a place of its own in our frames."""
    random = np.random.default_rng(at)
    wave = np.concatenate([np.zeros(int(random.integers(160))), samples * 0.63, np.zeros(800)])
    return np.rint(wave + random.normal(size=len(wave)) * 7).astype(np.int16)


@pytest.mark.parametrize(("low_dbm0", "high_dbm0"), [(-10, -16), (-16, -10), (-13, -13), (-20, -26)])
@pytest.mark.parametrize("echo_db", [8, 12])
def test_at_most_one_of_forty_is_missed_and_none_is_doubled_or_false(
    low_dbm0: float, high_dbm0: float, echo_db: float
) -> None:
    missed, other = 0, []
    for digit in DIGITS:
        once = dtmf_samples(digit, low_dbm0, high_dbm0, 35, 60)
        echo = dtmf_samples(digit, low_dbm0 - echo_db, high_dbm0 - echo_db, 35, 0)
        for at in CODER_OFFSETS:
            got = heard(on_the_line(gsm_coded(np.concatenate([np.zeros(160 + at, np.int16), once, echo])), at))
            missed += got == ""
            other += [] if got in ("", digit) else [(digit, got)]
    assert other == []
    assert missed <= len(DIGITS) * len(CODER_OFFSETS) / 40


@pytest.mark.parametrize("low_dbm0", [-10, -16])
def test_keys_of_60_ms_are_never_missed(low_dbm0: float) -> None:
    high_dbm0 = -26 - low_dbm0
    for at in CODER_OFFSETS:
        keys = dtmf_samples(DIGITS, low_dbm0, high_dbm0, 60, 60)
        assert heard(on_the_line(gsm_coded(np.concatenate([np.zeros(160 + at, np.int16), keys])), at)) == DIGITS


async def test_each_key_of_a_cellular_telephone_is_heard_once_on_the_trunk() -> None:
    async with network() as world:
        trunk = await world.answered(world.jane)
        detector, keys = Dtmf(from_outside=True), []

        def listen(frame: Frame) -> None:
            keys.extend(event.digit for event in detector.feed(frame) if isinstance(event, DigitHeard))

        trunk.port.attach(lambda _event: None, listen)
        await world.jane.press(DIGITS + "11", cellular=True)
        await asyncio.sleep(0.5)
        assert "".join(keys) == DIGITS + "11"
