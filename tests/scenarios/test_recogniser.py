"""The ear's own proof: known clips are told apart however they come, and nothing is heard that was not said."""

from __future__ import annotations

import numpy as np
import pytest

from appliance.clock import run_virtual
from appliance.ear.clipbook import ClipBook, make_clip
from appliance.ear.ear import Ear
from appliance.ear.follow import FollowState, Guess, Tape
from appliance.ear.heard import Kind
from appliance.office.phrase import Words
from appliance.prompts.languages import language
from hw.audio import FULL_SCALE, SAMPLE_RATE, decibels, sine_peak
from hw.dsp.dtmf import dtmf_samples
from hw.dsp.faxtone import ced_samples, cng_samples
from hw.tones.tonegen import tone_samples
from hw.tones.toneplan import tone_plan

DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
PAUSE = np.zeros(2400)
LONG = "If you know your party's extension, you may dial it at any time."
SENTENCES = (
    "Please enter your PIN.",
    "Your message has been saved.",
    "You have no messages.",
    "To hear it again, press 1.",
    "Message deleted.",
    LONG,
)
UNKNOWN = (
    "Good morning, this is the bakery across the street. Your bread will be ready a little after seven.",
    "We wanted to tell you that the lorry broke down near the bridge. Nobody was hurt, but it comes tomorrow.",
    "My sister saw a grey heron in the garden on Sunday. It stood beside the pond and looked at our goldfish.",
    "Could somebody measure the window in the attic again? The carpenter thinks that it is ten inches wider.",
    "There is a parcel for Doctor Brown at the station. It is heavy, so please come with a car.",
    "The choir sings in the town hall at half past six. Tickets are sold at the door, and children pay nothing.",
    "Thank you for the plums, they were delicious. We made nine jars of jam and a large cake with them.",
)
"""What no office says, in the voice of the prompts."""


def noise(seconds, dbm0, seed=1):
    rms = FULL_SCALE * 10 ** ((dbm0 - 6.15) / 20)
    return np.random.default_rng(seed).normal(0, rms, round(seconds * SAMPLE_RATE))


def heard(book, *parts, loss_db=0.0, noise_dbm0=-65.0, country="us", own=None):
    """What an ear tells of these sounds, one after the other, between two pauses."""
    sound = np.concatenate([np.zeros(1237), *parts, PAUSE, PAUSE]).astype(float) * decibels(-loss_db)
    sound += noise(len(sound) / SAMPLE_RATE, noise_dbm0)[: len(sound)]
    samples = np.clip(np.rint(sound), -32768, 32767).astype(np.int16)
    ear = Ear(book, tone_plan(country))
    if own is not None:
        ear.own_words(*own)
    for at in range(0, len(samples) - 159, 160):
        ear.feed(samples[at : at + 160], at / SAMPLE_RATE)
    ear.finish()
    return ear.heard


def texts(items):
    return [(item.text, item.complete) for item in items]


@pytest.fixture(scope="module")
def clip(prompts):
    return lambda text: prompts.texts(language("en"))[text].astype(float)


@pytest.mark.parametrize(("loss_db", "noise_dbm0"), [(0, -90), (3, -65), (9, -60), (15, -55)])
def test_clips_are_told_apart_at_any_level(base, clip, loss_db, noise_dbm0):
    parts = [part for text in SENTENCES for part in (clip(text), PAUSE)]
    assert texts(heard(base, *parts, loss_db=loss_db, noise_dbm0=noise_dbm0)) == [(text, True) for text in SENTENCES]


@pytest.mark.parametrize("count", [10, 60])
def test_clips_that_begin_with_the_same_words_are_told_apart(count):
    """Every line of a Swedish menu begins with "För att"."""
    book, same = ClipBook(), noise(0.5, -15)
    clips = {f"line {number}": np.concatenate([same, noise(0.8, -15, seed=2 + number)]) for number in range(count)}
    for text, sound in clips.items():
        book.add(text, np.rint(sound).astype(np.int16))
    said = [f"line {number}" for number in range(0, count, 3)]
    parts = [part for text in said for part in (clips[text], PAUSE)]
    assert texts(heard(book, *parts)) == [(text, True) for text in said]


@pytest.mark.parametrize("number", ["4075550123", "5959595959", "1928374650", "9955116677"])
def test_digits_said_in_a_row_are_not_confused(base, clip, number):
    said = [DIGITS[int(digit)] for digit in number]
    assert texts(heard(base, *map(clip, said), loss_db=6)) == [(text, True) for text in said]


def test_clips_without_a_pause_between_them_are_all_heard(base, clip):
    trimmed = [np.trim_zeros(clip(text)) for text in SENTENCES]
    assert texts(heard(base, *trimmed, loss_db=6)) == [(text, True) for text in SENTENCES]


def test_a_line_that_filters_and_echoes_changes_nothing(base, clip):
    def line(sound):
        spectrum, hz = np.fft.rfft(sound), np.fft.rfftfreq(len(sound), 1 / SAMPLE_RATE)
        spectrum *= 1 / np.sqrt(1 + (280 / np.maximum(hz, 1)) ** 4) / np.sqrt(1 + (hz / 3300) ** 8)
        filtered = np.fft.irfft(spectrum, len(sound))
        filtered[240:] += 0.16 * filtered[:-240]
        return filtered

    parts = [line(np.concatenate([clip(text), PAUSE])) for text in SENTENCES]
    assert texts(heard(base, *parts, loss_db=6)) == [(text, True) for text in SENTENCES]


@pytest.mark.parametrize("seconds", [0.5, 1.0, 1.7, 2.4])
def test_a_clip_cut_off_is_heard_as_far_as_it_went(base, clip, seconds):
    item, after = heard(base, clip(LONG)[: round(seconds * SAMPLE_RATE)], clip("Message deleted."), loss_db=6)
    assert (item.kind, item.complete, item.text[-1]) == (Kind.WORDS, False, "-")
    assert LONG.startswith(item.text[:-1])
    assert abs(item.end_s - 1237 / SAMPLE_RATE - seconds) < 0.1
    assert (after.text, after.complete) == ("Message deleted.", True)


def test_a_clip_heard_from_its_middle_on_is_told_so(base, clip):
    (item,) = heard(base, clip(LONG)[SAMPLE_RATE:])
    assert item.text[0] == "-"
    assert LONG.endswith(item.text[1:])
    assert not item.complete


def test_a_lost_or_repeated_frame_does_not_break_a_clip(base, clip):
    sound = clip(LONG)
    assert texts(heard(base, sound[:8000], sound[8160:])) == [(LONG, True)]
    assert texts(heard(base, sound[:8000], sound[7840:])) == [(LONG, True)]


def test_a_weak_clip_with_a_steady_tone_is_followed_to_an_end_where_its_tone_comes_loud():
    # A party hears the echo of its own clip, below what counts as noise, and then the exchange's tone: too loud to be
    # the echo, and yet of its shape, so the clip fits again at any place of it.
    tone = tone_samples(tone_plan("us").dial, 4.0)
    clip, tape = make_clip("a steady tone", tone), Tape()
    tape.append((tone[:8000] * 0.03).astype(np.int16))
    tape.append(tone[8000:])
    guess = Guess(clip, 0, clip.first, 4000, 3200.0, product=0.03, clip_energy=1.0, heard_energy=0.0009)
    guess.follow(tape, tape.end)
    assert guess.state is FollowState.CUT
    assert guess.end < 9000


def test_the_longer_of_two_clips_that_begin_alike_is_heard_when_it_is_said(clip):
    book = ClipBook()
    long = clip(LONG)
    book.add("If you know", long[:7000].astype(np.int16))
    book.add(LONG, long.astype(np.int16))
    assert texts(heard(book, long, PAUSE, PAUSE, long[:7000])) == [(LONG, True), ("If you know", True)]


def test_speech_nobody_knows_is_no_prompt_though_the_voice_is_the_same(prompts, base, clip):
    run_virtual(lambda: prompts.prepare([Words(text) for text in UNKNOWN], [language("en")]))
    sounds = [part for text in UNKNOWN for part in (clip(text), PAUSE)]
    assert len(np.concatenate(sounds)) > 30 * SAMPLE_RATE
    items = heard(base, *sounds, loss_db=6)
    assert {item.kind for item in items} == {Kind.SPEECH}
    spoken = sum(item.end_s - item.start_s for item in items)
    assert spoken > 0.8 * sum(len(np.trim_zeros(clip(text))) for text in UNKNOWN) / SAMPLE_RATE


def test_noise_and_clicks_are_nothing(base):
    clicks = np.zeros(16000)
    clicks[::4001] = 20000
    assert heard(base, np.zeros(80000), clicks, noise_dbm0=-52) == []


@pytest.mark.parametrize(
    ("tone", "seconds", "name"),
    [
        ("dial", 3, "dial tone"),
        ("stutter", 4, "stutter dial tone"),
        ("ringback", 9, "ringback"),
        ("busy", 5, "busy tone"),
        ("reorder", 4, "reorder tone"),
        ("sit", 4, "special information tone"),
        ("howler", 6, "howler"),
    ],
)
def test_each_tone_is_heard_as_itself_and_once(base, tone, seconds, name):
    (item,) = heard(base, tone_samples(getattr(tone_plan("us"), tone), seconds), noise_dbm0=-60)
    assert (item.kind, item.text) == (Kind.TONE, name)
    assert tone == "howler" or abs(item.start_s - 1237 / SAMPLE_RATE) < 0.15


def test_a_beep_is_heard_between_words(base, clip):
    beep = sine_peak(-14) * np.sin(2 * np.pi * 1000 / SAMPLE_RATE * np.arange(3200))
    items = heard(base, clip("Please enter your PIN."), PAUSE, beep, PAUSE, clip("Message deleted."))
    assert [item.text for item in items] == ["Please enter your PIN.", "beep", "Message deleted."]
    assert abs(items[1].end_s - items[1].start_s - 0.4) < 0.06


def test_digits_and_fax_tones_are_heard(base, clip):
    items = heard(base, dtmf_samples("10#"), clip("Message deleted."))
    assert [(item.kind, item.text) for item in items] == [
        (Kind.DIGITS, "1"),
        (Kind.DIGITS, "0"),
        (Kind.DIGITS, "#"),
        (Kind.WORDS, "Message deleted."),
    ]
    assert [item.text for item in heard(base, cng_samples(1.0))] == ["fax calling tone"]
    assert [item.text for item in heard(base, ced_samples(2.5))] == ["fax answer tone"]


def test_ones_own_words_coming_back_are_an_echo(base, clip):
    (item,) = heard(base, clip("Message deleted."), loss_db=14, own=(0.13, "Message deleted.", 1.2))
    assert (item.kind, item.text) == (Kind.ECHO, "Message deleted.")


def test_ones_own_keys_coming_back_are_an_echo_but_a_key_one_has_only_named_is_not(base):
    (own,) = heard(base, dtmf_samples("4"), loss_db=14, own=(0.13, "4", 0.2))
    assert (own.kind, own.text) == (Kind.ECHO, "4")
    (others,) = heard(base, dtmf_samples("4"), own=(0.0, "For your account, press 4", 2.0))
    assert (others.kind, others.text) == (Kind.DIGITS, "4")


def test_frames_that_come_late_leave_no_gap_in_a_clip(base, clip):
    sound = np.concatenate([np.zeros(1600), clip(LONG), PAUSE, PAUSE]).astype(np.int16)
    ear, late = Ear(base, tone_plan("us")), np.random.default_rng(3).uniform(0, 0.06, len(sound) // 160 + 1)
    for number in range(len(sound) // 160):
        ear.feed(sound[number * 160 : number * 160 + 160], number * 0.02 + late[number])
    ear.finish()
    assert texts(ear.heard) == [(LONG, True)]


@pytest.mark.parametrize("pause_s", [0.7, 1.5, 40.0])
def test_a_telephone_that_was_on_hook_meanwhile_tells_the_right_times(base, clip, pause_s):
    sound = np.concatenate([np.zeros(1600), clip("Message deleted."), PAUSE, PAUSE]).astype(np.int16)
    ear, frames = Ear(base, tone_plan("us")), len(sound) // 160
    for begin in (10.0, 10.0 + frames * 0.02 + pause_s):
        for number in range(frames):
            ear.feed(sound[number * 160 : number * 160 + 160], begin + number * 0.02)
    ear.finish()
    first, second = ear.heard
    assert (first.text, second.text) == ("Message deleted.", "Message deleted.")
    assert first.start_s == pytest.approx(10.2, abs=0.15)
    assert second.start_s - first.start_s == pytest.approx(frames * 0.02 + pause_s, abs=0.021)
