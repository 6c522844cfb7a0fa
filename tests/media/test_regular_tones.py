"""What a media port makes of tones that are in no plan, and of those it sends itself."""

from __future__ import annotations

from appliance.media.detectors import RegularTones
from appliance.media.events import MediaEvent, ToneHeard
from hw.audio import SILENCE, Samples
from hw.tones.tonegen import tone_samples
from hw.tones.toneplan import parse_tone

UNKNOWN = tone_samples(parse_tone("480+620: 0.35/0.35", -20), 7.0)
ANOTHER = tone_samples(parse_tone("425: 0.5/0.5", -20), 7.0)


def heard(line: Samples, sent: Samples | None) -> list[MediaEvent]:
    detector = RegularTones()
    return [
        event
        for at in range(0, len(line) - 159, 160)
        for event in detector.feed_line(
            line[at : at + 160].copy(), SILENCE if sent is None else sent[at : at + 160].copy()
        )
    ]


def test_a_tone_of_no_plan_is_told_with_its_cycles() -> None:
    assert heard(UNKNOWN, None)[:2] == [ToneHeard("regular", 3), ToneHeard("regular", 4)]


def test_our_own_tone_that_the_line_returns_is_not_told() -> None:
    assert heard((UNKNOWN * 0.2).astype("int16"), UNKNOWN) == []


def test_another_tone_than_ours_is_told() -> None:
    assert ToneHeard("regular", 6) in heard(ANOTHER, UNKNOWN)


def test_a_tone_of_the_line_that_a_bridge_sends_back_weaker_is_told() -> None:
    assert ToneHeard("regular", 6) in heard(UNKNOWN, (UNKNOWN * 0.2).astype("int16"))
