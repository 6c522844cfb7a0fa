"""Speech is not taken for keys: neither what the prompts say, nor the same as a cellular network brings it."""

from __future__ import annotations

import numpy as np
import pytest

from appliance.media.detectors import Dtmf
from appliance.media.events import DigitHeard
from appliance.officewords import office_words
from appliance.prompts.library import PromptLibrary, default_cache
from hw.audio import Samples
from hw.dsp.dtmf import DtmfReceiver, dtmf_samples
from hw.dsp.gsm import gsm_coded
from hw.dsp.resample import resample
from tests.calls.world import ENGLISH, example_office
from tests.hw.signals import frames, noise, rounded, tone

VOICES_HZ = (7600, 8000, 9400)
"""The speech of 8000 Hz as if it were of these is that of other people: lower or higher, slower or quicker."""
PAUSE = np.zeros(1600, dtype=np.int16)


def heard(samples: Samples) -> str:
    receiver = DtmfReceiver()
    return "".join(receiver.feed(frame) for frame in frames(samples))


async def speech() -> Samples:
    library = PromptLibrary(default_cache())
    await library.prepare(office_words(example_office()), [ENGLISH])
    texts = library.texts(ENGLISH)
    return np.concatenate([part for text in sorted(texts) for part in (texts[text], PAUSE)])


async def test_no_voice_is_a_key_plain_or_coded() -> None:
    said = await speech()
    for hertz in VOICES_HZ:
        voice = resample(said, hertz, 8000) if hertz != 8000 else said
        assert (hertz, heard(voice), heard(gsm_coded(voice))) == (hertz, "", "")


@pytest.mark.parametrize("at", range(0, 160, 20))
def test_what_a_coder_makes_of_a_digit_is_one_between_two_silences_only(at: int) -> None:
    quiet, vowel = np.zeros(400 + at, dtype=np.int16), tone((560, 1040, 2300), 0.1, -16)
    digit = dtmf_samples("5", low_dbm0=-10, high_dbm0=-20.5, on_ms=40, off_ms=0)
    assert heard(np.concatenate([quiet, digit, PAUSE])) == "5"
    assert heard(np.concatenate([quiet, vowel, digit, PAUSE])) == ""
    assert heard(np.concatenate([quiet, digit, vowel, PAUSE])) == ""


@pytest.mark.parametrize("at", range(0, 160, 20))
def test_what_is_told_only_at_its_end_is_told_soon_and_heard_over_what_we_send(at: int) -> None:
    begin = 400 + at
    digit = dtmf_samples("5", low_dbm0=-10, high_dbm0=-20.5, on_ms=35, off_ms=200)
    detector, sent = Dtmf(from_outside=True), frames(rounded(noise(np.random.default_rng(at), 8000, -30)))
    told = [
        number
        for number, frame in enumerate(frames(np.concatenate([np.zeros(begin, dtype=np.int16), digit])), start=1)
        if detector.feed_line(frame, next(sent)) == [DigitHeard("5")]
    ]
    assert [number * 160 - begin <= 8000 * 0.08 for number in told] == [True]
