"""The detectors as a port uses them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from appliance.calls.talk import RELAYED_MS, RELAYED_PAUSE_MS
from appliance.media.detectors import CallerIdDetector, Dtmf, FaxTones, ProgressDetector, Voice
from appliance.media.events import (
    CallerIdHeard,
    DigitHeard,
    Fax,
    FaxToneHeard,
    MediaEvent,
    SilenceHeard,
    ToneHeard,
    VoiceChanged,
)
from appliance.media.port import Detector
from hw.audio import FRAME_SAMPLES, Frame, Samples, decibels
from hw.callerid.coding import CallerId, encode_dtmf, encode_mdmf, encode_sdmf
from hw.callerid.fsk import Fsk, fsk_samples
from hw.dsp.dtmf import dtmf_samples
from hw.dsp.faxtone import ced_samples, cng_samples
from hw.tones.tonegen import tone_samples
from hw.tones.toneplan import tone_plan


def silence(seconds: float) -> Samples:
    return np.zeros(round(seconds * 8000), dtype=np.int16)


def frames(*parts: Samples) -> Iterator[Frame]:
    samples = np.concatenate([*parts, silence(0.04)])
    whole = len(samples) // FRAME_SAMPLES * FRAME_SAMPLES
    return iter(samples[:whole].reshape(-1, FRAME_SAMPLES))


def heard(detector: Detector, *parts: Samples) -> list[MediaEvent]:
    return [event for frame in frames(*parts) for event in detector.feed(frame)]


def digits(*parts: Samples, from_outside: bool = True) -> str:
    events = heard(Dtmf(from_outside=from_outside), *parts)
    return "".join(event.digit for event in events if isinstance(event, DigitHeard))


@pytest.mark.parametrize("shift_ms", range(0, 20, 3))
def test_all_digits_are_heard_in_order(shift_ms: int) -> None:
    assert digits(silence(shift_ms / 1000), dtmf_samples("0123456789*#ABCD")) == "0123456789*#ABCD"


@pytest.mark.parametrize("shift_ms", range(0, 20, 2))
def test_a_digit_pressed_twice_with_the_usual_pause_is_heard_twice(shift_ms: int) -> None:
    assert digits(silence(shift_ms / 1000), dtmf_samples("1133", on_ms=100, off_ms=120)) == "1133"


@pytest.mark.parametrize("shift_ms", range(0, 20, 2))
def test_telephones_that_dial_100_ms_on_and_off_are_heard_right(shift_ms: int) -> None:
    assert digits(silence(shift_ms / 1000), dtmf_samples("5500", on_ms=100, off_ms=100)) == "5500"


@pytest.mark.parametrize("gap_ms", [30, 50, 70])
@pytest.mark.parametrize("shift_ms", [0, 7, 14])
def test_a_digit_echoed_within_100_ms_of_its_end_is_ignored(gap_ms: int, shift_ms: int) -> None:
    echo = silence(gap_ms / 1000)
    one = dtmf_samples("1", on_ms=100, off_ms=0)
    quieter = (one * 0.5).astype(np.int16)
    said = (silence(shift_ms / 1000), one, echo, quieter, silence(0.15), one, silence(0.15), dtmf_samples("3"))
    assert digits(*said) == "113"


@pytest.mark.parametrize("from_outside", [True, False])
@pytest.mark.parametrize(("on_ms", "off_ms"), [(50, 50), (40, 40), (50, 40), (60, 60), (100, 40), (65, 95)])
@pytest.mark.parametrize("shift_ms", [0, 3, 7, 11, 14, 19])
def test_digits_as_quick_as_q24_allows_are_all_heard(
    shift_ms: int, on_ms: int, off_ms: int, from_outside: bool
) -> None:
    for number in ("911", "999", "000", "112", "1100"):
        said = dtmf_samples(number, on_ms=on_ms, off_ms=off_ms)
        assert digits(silence(shift_ms / 1000), said, silence(0.2), from_outside=from_outside) == number


@pytest.mark.parametrize("shift_ms", [0, 7, 14])
def test_keys_that_another_unit_relays_are_all_heard(shift_ms: int) -> None:
    said = dtmf_samples("1190", on_ms=RELAYED_MS, off_ms=RELAYED_PAUSE_MS)
    assert digits(silence(shift_ms / 1000), said) == "1190"


def test_a_weaker_copy_is_a_digit_where_no_cellular_network_can_be() -> None:
    one = dtmf_samples("1", on_ms=60, off_ms=50)
    assert digits(one, (one * 0.5).astype(np.int16), from_outside=False) == "11"
    assert digits(one, (one * 0.5).astype(np.int16), from_outside=True) == "1"


def test_a_louder_digit_is_no_echo_of_a_weaker_one() -> None:
    one = dtmf_samples("1", on_ms=60, off_ms=50)
    assert digits((one * 0.5).astype(np.int16), one) == "11"


def test_each_of_a_digits_several_echoes_is_ignored() -> None:
    one = dtmf_samples("1", on_ms=60, off_ms=50)
    assert digits(one, (one * 0.5).astype(np.int16), (one * 0.45).astype(np.int16), silence(0.2), one) == "11"


def test_different_digits_in_quick_succession_are_no_echo() -> None:
    assert digits(dtmf_samples("147147", on_ms=50, off_ms=50)) == "147147"


def test_a_digit_long_after_an_echo_is_heard() -> None:
    one = dtmf_samples("1", on_ms=100, off_ms=40)
    assert digits(one, (one * 0.5).astype(np.int16), silence(1.0), one) == "11"


def test_fax_tones_are_each_reported_once() -> None:
    assert heard(FaxTones(), cng_samples(8)) == [FaxToneHeard(Fax.CNG)]
    assert heard(FaxTones(), ced_samples(3)) == [FaxToneHeard(Fax.CED)]
    assert heard(FaxTones((Fax.CED,)), cng_samples(8)) == []


def test_one_burst_of_cng_behind_a_digit_is_no_fax_machine() -> None:
    tones = FaxTones()
    tones.person_heard()
    assert heard(tones, silence(0.5), cng_samples(1)) == []
    assert heard(tones, silence(2.5), cng_samples(1)) == [FaxToneHeard(Fax.CNG)]


def test_busy_is_reported_cycle_by_cycle_and_when_it_is_over() -> None:
    plan = tone_plan("us")
    events = heard(ProgressDetector(plan), silence(0.3), tone_samples(plan.busy, 3.0), silence(3.0))
    assert {event.tone for event in events if isinstance(event, ToneHeard)} == {"busy"}
    cycles = [event.cycles for event in events if isinstance(event, ToneHeard)]
    assert cycles[-1] == 0
    assert cycles[:-1] == sorted(set(cycles[:-1]))
    assert max(cycles) in (2, 3)


JANE = CallerId(number="5551234567", name="JANE DOE")


@pytest.mark.parametrize(
    ("method", "samples"),
    [
        ("bell202", fsk_samples(encode_mdmf(JANE), Fsk.BELL202)),
        ("v23", fsk_samples(encode_mdmf(JANE), Fsk.V23)),
        ("bell202", fsk_samples(encode_sdmf(JANE), Fsk.BELL202)),
        ("dtmf", dtmf_samples(encode_dtmf(JANE, "AC"), on_ms=70, off_ms=70)),
    ],
)
def test_caller_id_is_reported_once(method: str, samples: Samples) -> None:
    events = heard(CallerIdDetector(method), silence(0.5), samples, silence(0.5))
    assert [event.caller_id.number for event in events if isinstance(event, CallerIdHeard)] == ["5551234567"]
    assert len(events) == 1


def test_speech_begins_and_ends_and_then_each_second_of_silence_is_reported() -> None:
    noise = np.random.default_rng(2)
    speech = (noise.standard_normal(8000) * 3000).astype(np.int16)
    idle = (noise.standard_normal(8000 * 4) * 15).astype(np.int16)
    events = heard(Voice(), idle[: 8000 * 2], speech, idle)
    assert events == [
        SilenceHeard(1),
        SilenceHeard(2),
        VoiceChanged(True),
        VoiceChanged(False),
        SilenceHeard(1),
        SilenceHeard(2),
        SilenceHeard(3),
    ]


@pytest.mark.parametrize(("weaker_db", "speaks"), [(27, False), (14, True)])
def test_what_an_echo_canceller_leaves_of_our_own_words_is_no_speech(weaker_db: float, speaks: bool) -> None:
    random = np.random.default_rng(3)
    said = random.standard_normal(8000 * 2) * 3000 * (np.arange(8000 * 2) // 1600 % 3 < 2)
    ours = list(frames(said.astype(np.int16)))
    left = list(frames((said * decibels(-weaker_db)).astype(np.int16)))
    detector = Voice()
    events = [event for frame, sent in zip(left, ours, strict=True) for event in detector.feed_line(frame, sent)]
    assert (VoiceChanged(True) in events) == speaks
