"""The tone plan's data, and the written form of tones."""

from __future__ import annotations

import re
import tomllib
from importlib import resources

import pytest

from hw.callerid.coding import CallerId, encode_dtmf
from hw.tones.toneplan import COUNTRIES, PROGRESS_TONES, Segment, Tone, UnknownCountry, parse_tone, read_plan, tone_plan
from tests.hw.numberplans import KEYS

SILENT = Segment((), 0.5, -13.0)


def test_there_are_plans_of_32_countries() -> None:
    codes = "at au be br ca ch cn cz de dk es fi fr gr hu in it jp mx nl no nz pl pt ru se sg tr tw uk us za"
    assert " ".join(sorted(COUNTRIES)) == codes


def test_an_unknown_country_is_refused_with_those_there_are() -> None:
    with pytest.raises(UnknownCountry, match="no tone plan for 'xx'; there are us, ca, uk"):
        tone_plan("xx")
    with pytest.raises(KeyError):
        tone_plan("any")


@pytest.mark.parametrize(
    ("text", "tone"),
    [
        ("350+440", Tone((Segment((350.0, 440.0), None, -13.0),))),
        ("425: 0.5/0.5", Tone((Segment((425.0,), 0.5, -13.0), SILENT), 0)),
        ("400~25", Tone((Segment((400.0,), None, -13.0, 25.0),))),
        ("425@-10: 0.5/0.5", Tone((Segment((425.0,), 0.5, -23.0), Segment((), 0.5, -23.0)), 0)),
        ("470: 0.4, 425: 0.3", Tone((Segment((470.0,), 0.4, -13.0), Segment((425.0,), 0.3, -13.0)), 0)),
        ("440: 0.3, -", Tone((Segment((440.0,), 0.3, -13.0), Segment((), None, -13.0)))),
        (
            "2x425: 0.1/0.5 then 400",
            Tone((*2 * (Segment((425.0,), 0.1, -13.0), SILENT), Segment((400.0,), None, -13.0))),
        ),
        (
            "425: 0.1/0.5 then 425: 0.3/0.5",
            Tone((Segment((425.0,), 0.1, -13.0), SILENT, Segment((425.0,), 0.3, -13.0), SILENT), 2),
        ),
    ],
)
def test_a_written_tone_is_read(text: str, tone: Tone) -> None:
    assert parse_tone(text, -13.0) == tone


@pytest.mark.parametrize("text", ["", "x", "425: ", "425: 1/2 400", "425, 400", "425 then 400", "425+: 1", "3x: 1"])
def test_a_malformed_tone_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="tone"):
        parse_tone(text, -13.0)


def test_the_united_states_send_the_levels_of_the_e180_data() -> None:
    plan = tone_plan("us")
    levels = {name: {s.dbm0 for s in getattr(plan, name).segments if s.frequencies} for name in PROGRESS_TONES}
    assert levels == {
        "dial": {-13.0},
        "recall": {-13.0},
        "stutter": {-13.0},
        "ringback": {-19.0},
        "busy": {-24.0},
        "reorder": {-24.0},
        "sit": {-13.0},
    }


def test_canada_is_the_united_states_by_another_name() -> None:
    us, canada = tone_plan("us"), tone_plan("ca")
    assert (canada.country, canada.name) == ("ca", "Canada")
    assert canada.accepted == us.accepted
    assert (canada.ring, canada.ring_hz, canada.caller_id, canada.pulse) == (
        us.ring,
        us.ring_hz,
        us.caller_id,
        us.pulse,
    )


def test_known_defects_of_the_zone_data_are_corrected() -> None:
    assert tone_plan("jp").ringback.segments[0] == Segment((400.0,), 1.0, -13.0, 16.0)
    new_zealand = tone_plan("nz")
    assert [segment.seconds for segment in new_zealand.recall.segments] == [0.1] * 6 + [None]
    assert [segment.seconds for segment in new_zealand.stutter.segments] == [0.1] * 12 + [None]
    assert [segment.frequencies for segment in tone_plan("uk").stutter.segments] == [(350.0, 440.0), (440.0,)]
    assert [segment.seconds for segment in tone_plan("br").stutter.segments] == [0.975, 0.05]


def test_pulses_mean_other_digits_in_new_zealand_and_sweden() -> None:
    assert {country: tone_plan(country).pulse.digits for country in COUNTRIES if country in ("us", "nz", "se")} == {
        "us": "1234567890",
        "nz": "9876543210",
        "se": "0123456789",
    }
    assert (tone_plan("us").pulse.break_ms, tone_plan("us").pulse.make_ms) == (61, 39)
    assert (tone_plan("de").pulse.break_ms, tone_plan("de").pulse.make_ms) == (67, 33)


@pytest.mark.parametrize("country", COUNTRIES)
def test_every_plan_is_sane(country: str) -> None:
    plan = tone_plan(country)
    assert plan.name
    assert plan.emergency
    assert all(number.isdecimal() and 2 <= len(number) <= 5 for number in plan.emergency)
    assert not any(a != b and a.startswith(b) for a in plan.emergency for b in plan.emergency)
    assert not any(plan.whole_number.fullmatch(number) for number in plan.emergency)
    forms = plan.number_forms
    assert forms.calling_code.isdecimal()
    assert 1 <= len(forms.calling_code) <= 3
    assert forms.national_prefix or forms.without_prefix.pattern
    assert not any(forms.without_prefix.fullmatch(number) for number in plan.emergency)
    assert not forms.international_prefix.match(forms.national_prefix) or forms.national_prefix == ""
    assert plan.premium
    for beginnings in (plan.premium, plan.abroad, plan.prefix_codes):
        assert all(beginning.isdecimal() and 2 <= len(beginning) <= 5 for beginning in beginnings)
        assert not any(a is not b and a.startswith(b) for a in beginnings for b in beginnings)
    assert len(plan.ring) % 2 == 0
    assert all(0.1 <= seconds <= 6 for seconds in plan.ring)
    assert 15 <= plan.ring_hz <= 68
    shortest, longest = plan.flash_accept_ms
    assert 50 <= shortest <= plan.flash_ms <= longest <= 1000
    assert 80 <= plan.disconnect_ms <= 600
    assert -14 <= plan.dtmf_low_dbm0 <= -5
    assert -14 <= plan.dtmf_high_dbm0 <= -5
    assert sorted(plan.pulse.digits) == list("0123456789")
    assert plan.pulse.break_ms + plan.pulse.make_ms == 100
    if plan.caller_id.method == "dtmf":
        assert "5551234" in encode_dtmf(CallerId(number="5551234"), plan.caller_id.dtmf_variant)
    else:
        assert plan.caller_id.dtmf_variant == ""
    for name in PROGRESS_TONES:
        assert plan.accepted[name][0] == getattr(plan, name)
        for tone in plan.accepted[name]:
            assert all(300 <= hertz <= 1800 for segment in tone.segments for hertz in segment.frequencies)


def test_caller_id_comes_as_the_country_sends_it() -> None:
    plans = {country: tone_plan(country).caller_id for country in ("us", "uk", "de", "dk", "br", "jp")}
    assert {country: (plan.method, plan.place, plan.alert, plan.dtmf_variant) for country, plan in plans.items()} == {
        "us": ("bell202", "after-first-ring", "none", ""),
        "uk": ("v23", "before-ring", "reversal-dtas", ""),
        "de": ("v23", "after-first-ring", "none", ""),
        "dk": ("dtmf", "before-ring", "reversal", "A#"),
        "br": ("dtmf", "after-first-ring", "none", "AC"),
        "jp": ("jclip", "before-ring", "data-call", ""),
    }


def test_modems_know_each_country_by_a_code_of_its_own() -> None:
    codes = {country: tone_plan(country).t35 for country in COUNTRIES}
    assert {country: codes[country] for country in ("us", "ca", "uk", "de", "jp", "tw")} == {
        "us": "B5",
        "ca": "20",
        "uk": "B4",
        "de": "42",
        "jp": "00",
        "tw": "FE",
    }
    assert all(re.fullmatch("[0-9A-F]{2}", code) for code in codes.values())
    assert len(set(codes.values())) == len(COUNTRIES)


def test_a_country_that_forgets_an_answer_is_no_plan() -> None:
    """The emergency numbers of another country lead nowhere."""
    answers = ("t35", "emergency", "forwarding", "whole_number", "number_forms", "premium", "abroad", "prefix_codes")
    answers += KEYS
    for answer in answers:
        document = tomllib.loads(resources.files("hw.tones").joinpath("toneplan.toml").read_text("utf-8"))
        del document["de"][answer]
        with pytest.raises(KeyError, match=answer):
            read_plan("de", document)
