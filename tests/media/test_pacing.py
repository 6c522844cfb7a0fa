"""Recorded sound heard faster and slower: the pitch stays, nothing clicks, and its place is known."""

from __future__ import annotations

import numpy as np
import pytest

from appliance.media.pacing import PacedPlayer
from hw.audio import SAMPLE_RATE, Samples

SECONDS = 2


def sine(hertz: float) -> Samples:
    at = np.arange(SECONDS * SAMPLE_RATE) / SAMPLE_RATE
    return (8000 * np.sin(2 * np.pi * hertz * at)).astype(np.int16)


def voice(hertz: float) -> Samples:
    """A vowel whose pitch glides by a third, with the harmonics of a voice."""
    at = np.arange(SECONDS * SAMPLE_RATE) / SAMPLE_RATE
    phase = 2 * np.pi * hertz * (at + at**2 / 8)
    return (4000 * sum(np.sin(n * phase) / n for n in range(1, 8))).astype(np.int16)


def played(player: PacedPlayer) -> Samples:
    frames = []
    while (frame := player.next()) is not None:
        frames.append(frame)
    assert player.done.done()
    return np.concatenate(frames) if frames else np.zeros(0, np.int16)


def hertz_of(samples: Samples) -> float:
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples)), 1 << 19))
    return float(np.argmax(spectrum)) * SAMPLE_RATE / (1 << 19)


@pytest.mark.parametrize("pace", [0.75, 1.5])
@pytest.mark.parametrize("hertz", [90, 170, 440, 1900])
async def test_the_pitch_stays_within_a_hundredth_whatever_the_pace(pace: float, hertz: float) -> None:
    heard = played(PacedPlayer(sine(hertz), pace=pace))
    assert len(heard) == pytest.approx(SECONDS * SAMPLE_RATE / pace, abs=320)
    assert hertz_of(heard) == pytest.approx(hertz, rel=0.01)


@pytest.mark.parametrize("pace", [0.75, 1.5])
async def test_nothing_clicks_and_nothing_fades_where_pieces_are_joined(pace: float) -> None:
    spoken = voice(110)
    heard = played(PacedPlayer(spoken, pace=pace))[: -2 * 160].astype(float)
    assert np.abs(np.diff(heard)).max() <= 1.1 * np.abs(np.diff(spoken.astype(float))).max()
    loudness = [np.abs(piece).max() for piece in np.array_split(heard, len(heard) // 160)]
    assert min(loudness) >= 0.6 * max(loudness)


async def test_at_its_own_pace_a_recording_is_heard_as_it_is_from_wherever_it_begins() -> None:
    recording = voice(150)
    player = PacedPlayer(recording, 1000)
    assert np.array_equal(played(player)[160 : len(recording) - 1000], recording[1160:])
    assert player.at == len(recording)
    assert np.array_equal(played(PacedPlayer(recording))[: len(recording)], recording)


@pytest.mark.parametrize("pace", [0.75, 1.0, 1.5])
async def test_who_comes_into_the_middle_of_a_word_hears_no_click(pace: float) -> None:
    recording = voice(150)
    for start in range(1000, 1100, 7):
        first = played(PacedPlayer(recording, start, pace))[:4]
        assert np.abs(first).max() < 100


async def test_its_place_follows_the_recording_and_not_the_time() -> None:
    player = PacedPlayer(voice(150), 8000, 1.5)
    for _ in range(10):
        player.next()
    assert player.at == 8000 + 10 * 240


async def test_behind_the_end_there_is_nothing() -> None:
    player = PacedPlayer(voice(150), 10**9)
    assert (player.done.done(), player.next()) == (True, None)


async def test_silence_has_no_pitch_to_keep() -> None:
    assert not played(PacedPlayer(np.zeros(8000, np.int16), pace=0.75)).any()
