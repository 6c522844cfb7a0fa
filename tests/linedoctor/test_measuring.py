"""Measurements of signals whose truth is known."""

from __future__ import annotations

import re

import numpy as np
import pytest

from appliance.linedoctor.measured import LineMeasured
from appliance.linedoctor.measuring.callerids import Arrived, measure_caller_id
from appliance.linedoctor.measuring.country import find_country
from appliance.linedoctor.measuring.echo import EchoMeasured, measure_echo, probe
from appliance.linedoctor.measuring.endings import Break, Sign, measure_ending, same_tone
from appliance.linedoctor.measuring.flashes import FlashSearch, FlashWindow, Reaction
from appliance.linedoctor.measuring.levels import best_gain, pilot, pilot_dbm0
from appliance.linedoctor.measuring.spectrum import share_at
from appliance.linedoctor.measuring.tone import measure_tone
from appliance.linedoctor.plots import frequencies, loudness
from appliance.linedoctor.proposals import proposals
from appliance.office.model import Trunk
from hw.audio import FRAME_SAMPLES, SAMPLE_RATE, Samples, sine_peak
from hw.callerid.coding import CallerId
from hw.noise import measure_noise
from hw.sim.loop import hybrid
from hw.tones.ringing import caller_id_samples
from hw.tones.tonegen import tone_samples
from hw.tones.toneplan import COUNTRIES, parse_tone, tone_plan


def over_a_line(samples: Samples, *, loss_db: float = 3.0, noise_dbm0: float = -60.0, seed: int = 1) -> Samples:
    rng = np.random.default_rng(seed)
    noise = rng.normal(size=len(samples)) * sine_peak(noise_dbm0) / np.sqrt(2)
    heard = samples * 10 ** (-loss_db / 20) + noise
    return np.clip(np.rint(heard), -32768, 32767).astype(np.int16)


@pytest.mark.parametrize("country", COUNTRIES)
def test_a_countrys_tones_tell_which_it_is(country: str) -> None:
    plan = tone_plan(country)
    heard = {
        "dial": (plan.dial, 9),
        "ringback": (plan.ringback, 13),
        "busy": (plan.busy, 5),
        "reorder": (plan.reorder, 8),
    }
    tones = {name: measure_tone(over_a_line(tone_samples(tone, seconds))) for name, (tone, seconds) in heard.items()}
    found = find_country({name: tone for name, tone in tones.items() if tone is not None}, plan.ring)
    others = [one.country for one in found.best if one.country != country]
    assert len(found.best) == len(others) + 1
    for other in others:
        its = tone_plan(other)
        assert (its.dial, its.ringback, its.busy, its.reorder) == (plan.dial, plan.ringback, plan.busy, plan.reorder)


@pytest.mark.parametrize(
    "written",
    ["455: 0.6/0.4", "350+440", "480+620: 0.25/0.25", "425: 0.2/0.2, 425: 0.6/1", "440: 0.3, 620: 0.3"],
)
def test_a_tone_is_written_as_it_was_sent(written: str) -> None:
    measured = measure_tone(over_a_line(tone_samples(parse_tone(written, -13), 8)))
    assert measured is not None
    again = measure_tone(tone_samples(parse_tone(str(measured), -13), 8))
    assert again is not None
    assert same_tone(measured, again)
    sent = measure_tone(tone_samples(parse_tone(written, -13), 8))
    assert sent is not None
    assert same_tone(measured, sent)


def test_noise_and_speech_are_no_tone() -> None:
    rng = np.random.default_rng(3)
    assert measure_tone(over_a_line(np.zeros(40000, dtype=np.int16), noise_dbm0=-30)) is None
    assert measure_tone(np.zeros(0, dtype=np.int16)) is None
    words = rng.normal(size=40000) * 3000 * (np.sin(np.arange(40000) / 900) > 0.2)
    assert measure_tone(words.astype(np.int16)) is None


@pytest.mark.parametrize(("mains", "other"), [(50, 60), (60, 50)])
def test_hum_is_told_from_noise_and_by_its_mains(mains: int, other: int) -> None:
    time = np.arange(12000) / 8000
    hum = sum(sine_peak(level) * np.sin(2 * np.pi * mains * n * time) for n, level in ((1, -40), (3, -43)))
    measured = measure_noise(over_a_line(np.asarray(hum).astype(np.int16), loss_db=0, noise_dbm0=-65))
    assert measured is not None
    assert (measured.hum_hz, round(measured.hum_dbm0)) == (mains, -38)
    assert measured.noise_dbm0 == pytest.approx(-66, abs=1)
    assert measured.hum_hz != other


@pytest.mark.parametrize("loss_db", [8.0, 16.0, 24.0])
def test_echo_is_measured_before_and_behind_the_canceller(loss_db: float) -> None:
    sent = probe()
    path = hybrid(loss_db, np.random.default_rng(5))
    frames = sent.astype(np.float32).reshape(-1, FRAME_SAMPLES)
    back = np.concatenate([np.zeros(160), *(path.echo(frame) for frame in frames)])[: len(sent)]
    measured = measure_echo(sent, over_a_line(back.astype(np.int16), loss_db=0))
    assert measured is not None
    assert measured.return_loss_db == pytest.approx(loss_db, abs=0.5)
    assert measured.after_db > loss_db + 10
    assert 20 <= measured.delay_ms <= 22


def test_the_test_tone_is_found_and_nothing_else() -> None:
    assert pilot_dbm0(over_a_line(pilot(0.4), loss_db=5)) == pytest.approx(-18, abs=0.3)
    assert pilot_dbm0(over_a_line(tone_samples(tone_plan("us").dial, 0.4))) is None
    assert best_gain(3.0, 16.0) == 3.0
    assert best_gain(5.0, 12.0) == 1.0
    assert best_gain(-2.0, 12.0) == 0.0


@pytest.mark.parametrize(
    ("window", "hangs_up"),
    [((200, 800), 820), ((81, 130), 250), ((50, 130), 250), ((333, 420), 440), ((90, 990), 1010)],
)
def test_a_flash_window_is_found_to_ten_milliseconds(window: tuple[int, int], hangs_up: int) -> None:
    search, flashes = FlashSearch(), 0
    while (length := search.next_ms) is not None:
        taken = window[0] <= length <= window[1]
        longer = Reaction.HUNG_UP if length > hangs_up else Reaction.IGNORED
        search.tried(length, Reaction.TAKEN if taken else longer)
        flashes += 1
    assert flashes <= 25
    assert 0 <= search.window.least_ms - window[0] <= 10
    assert 0 <= min(window[1], 1000) - search.window.most_ms <= 10
    assert window[0] <= search.window.best_ms <= window[1]


def test_a_line_that_takes_no_flash_has_no_window() -> None:
    search = FlashSearch()
    while (length := search.next_ms) is not None:
        search.tried(length, Reaction.HUNG_UP if length > 300 else Reaction.IGNORED)
    assert (search.window.least_ms, search.window.best_ms) == (0, 0)
    assert 300 < search.window.hangs_up_ms <= 400


@pytest.mark.parametrize("country", ["us", "uk", "se", "br", "jp"])
def test_caller_id_is_told_by_method_place_and_level(country: str) -> None:
    plan = tone_plan(country)
    pause = np.zeros(4000, dtype=np.int16)
    sent = np.concatenate([pause, caller_id_samples(plan, CallerId("5550199", "JANE ROE")), pause])
    heard = over_a_line(sent[: len(sent) // FRAME_SAMPLES * FRAME_SAMPLES])
    frames = [Arrived(10 + 0.02 * place, frame) for place, frame in enumerate(heard.reshape(-1, FRAME_SAMPLES))]
    before = plan.caller_id.place == "before-ring"
    found = measure_caller_id(frames, 15.0 if before else 9.0, [10.2] if plan.caller_id.alert == "reversal" else [])
    assert found is not None
    assert (found.method, found.place) == (plan.caller_id.method, plan.caller_id.place)
    assert found.told.number == "5550199"
    assert -20 < found.dbm0 < -8


def test_what_comes_first_tells_the_end() -> None:
    busy = measure_tone(tone_samples(tone_plan("us").busy, 5))
    assert busy is not None
    known = [("busy", busy)]
    broken = measure_ending(10.0, [Break(11.0, 0.5)], [12.0], [], busy, 15.0, known)
    assert (broken.sign, broken.after_s, broken.break_ms, broken.tone_name) == (Sign.LOOP_BREAK, 1.0, 500, "busy")
    assert measure_ending(10.0, [Break(11.0, 0.03)], [12.0], [], None, 0.0, known).sign is Sign.POLARITY
    assert measure_ending(10.0, [Break(9.0, 0.5)], [], [], busy, 18.2, known).kept_s == pytest.approx(8.2)
    assert measure_ending(10.0, [], [], [10.4], None, 0.0, known).sign is Sign.TOLD
    assert measure_ending(10.0, [], [], [], None, 0.0, known).sign is Sign.NOTHING
    assert FlashWindow(200, 800, 0).best_ms == 400


def test_the_share_of_dial_tone_tells_it_from_speech_though_it_is_cut_into_bursts() -> None:
    rng = np.random.default_rng(5)
    time = np.arange(8000) / SAMPLE_RATE
    tone = 3000 * (np.sin(2 * np.pi * 350 * time) + np.sin(2 * np.pi * 440 * time)) + rng.normal(size=8000) * 300
    bursts = tone * (time % 0.2 < 0.1)
    vowel = sum(3000 / n * np.sin(2 * np.pi * 118 * n * time) for n in range(1, 12))
    assert share_at(tone.astype(np.int16), (350.0, 440.0)) > 0.9
    assert share_at(bursts.astype(np.int16), (350.0, 440.0)) > 0.7
    assert share_at(np.asarray(vowel).astype(np.int16), (350.0, 440.0)) < 0.3
    assert share_at(np.zeros(0, dtype=np.int16), (350.0,)) == 0.0


@pytest.mark.parametrize("width", [360, 620])
def test_no_label_of_a_plot_is_cut_off_or_lies_on_another(width: int) -> None:
    letter = 6.5
    sound = np.ones(int(1.5 * SAMPLE_RATE), dtype=np.int16)
    for plot in (loudness(sound, width), frequencies(sound, width)):
        labels = re.findall(r'<text x="([\d.]+)" y="114" text-anchor="(\w+)">([^<]+)<', plot)
        ends = [0.0]
        for x, anchor, text in labels:
            left = float(x) - len(text) * letter * (0.5 if anchor == "middle" else 1.0)
            assert left > ends[-1]
            ends.append(left + len(text) * letter)
        assert len(labels) >= 4
        assert ends[-1] < width


@pytest.mark.parametrize(("now", "proposed"), [(0.0, [2.0]), (1.0, []), (3.0, [])])
def test_a_gain_that_nobody_would_hear_is_not_proposed(now: float, proposed: list[float]) -> None:
    found = LineMeasured("main", loss_db=4.0, echo=EchoMeasured(return_loss_db=20.0, delay_ms=20.0, after_db=50.0))
    line = Trunk(port="fxo-1", name="main", number="5550100", gain_db=now)
    assert [one.value for one in proposals(found, line) if one.field == "gain_db"] == proposed
