"""What the system says must not be taken for keys when a line returns it."""

from __future__ import annotations

import numpy as np

from appliance.media.detectors import Dtmf
from appliance.media.events import DigitHeard, MediaEvent
from appliance.officewords import office_words
from appliance.prompts.library import PromptLibrary, default_cache
from hw.audio import FRAME_SAMPLES, Samples, decibels
from hw.dsp.dtmf import dtmf_samples
from hw.tones.tonegen import tone_samples
from hw.tones.toneplan import tone_plan
from tests.calls.world import ENGLISH, example_office

ERL_DB = 14


async def spoken_clips() -> list[Samples]:
    library = PromptLibrary(default_cache())
    await library.prepare(office_words(example_office()), [ENGLISH])
    return list(library.texts(ENGLISH).values())


def returned(samples: Samples, seed: int) -> Samples:
    """What a hybrid returns: 14 dB less on the whole, more of some frequencies than of others."""
    random = np.random.default_rng(seed)
    taps = random.normal(size=12) * np.exp(-np.arange(12) / 3)
    taps *= decibels(-ERL_DB) / np.linalg.norm(taps)
    return np.convolve(samples, taps)[: len(samples)].astype(np.int16)


def digits_in(received: Samples, sent: Samples) -> str:
    """What a detector on a port without an echo canceller makes of it. Sent frames are heard one frame later."""
    detector = Dtmf(from_outside=True)
    heard: list[MediaEvent] = []
    before = np.zeros(FRAME_SAMPLES, dtype=np.int16)
    for start in range(0, len(received) - FRAME_SAMPLES + 1, FRAME_SAMPLES):
        frame = received[start : start + FRAME_SAMPLES]
        heard += detector.feed_line(frame, before)
        before = sent[start : start + FRAME_SAMPLES]
    return "".join(event.digit for event in heard if isinstance(event, DigitHeard))


async def test_no_prompt_is_heard_as_a_digit_when_a_telephone_returns_it() -> None:
    pause = np.zeros(800, dtype=np.int16)
    for clip in await spoken_clips():
        sent = np.concatenate([clip, pause])
        for seed in range(6):
            echo = returned(np.concatenate([np.zeros(FRAME_SAMPLES, dtype=np.int16), sent]), seed)[: len(sent)]
            assert digits_in(echo, sent) == ""


def test_quiet_digits_are_heard_under_the_dial_tone_a_telephone_returns() -> None:
    dial_tone = tone_samples(tone_plan("us").dial, 3.0)
    keys = np.zeros(len(dial_tone), dtype=np.int16)
    pressed = dtmf_samples("159#", -33, -33)
    keys[4000 : 4000 + len(pressed)] = pressed
    assert digits_in(returned(dial_tone, 1) + keys, dial_tone) == "159#"
