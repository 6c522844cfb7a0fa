"""What is no call-progress tone: speech, music, digits, silence. None of it may be taken for one, in any country."""

from __future__ import annotations

import subprocess
import wave
from pathlib import Path

import numpy as np
import pytest

from hw.audio import Samples
from hw.tones.tonegen import tone_samples
from hw.tones.toneplan import COUNTRIES, parse_tone, tone_plan
from tests.hw.progress_signals import noise, reports

SPEECH = (
    "Hello, this is Jane. Ooooh, noooo, who knew the moon would move so soon? Please call me back at five five five, "
    "one two one two. Mmmm, hmmm. La la la la la la. No no no no no no. Room two oh two. You do? Aaaaah. Beep, beep."
)
LOW = (697, 770, 852, 941)
HIGH = (1209, 1336, 1477, 1633)


def spoken(folder: Path, voice: str, pitch: int) -> Samples:
    """espeak-ng's speech at 8 kHz, at its own full level."""
    path = folder / "speech.wav"
    subprocess.run(["espeak-ng", "-v", voice, "-p", str(pitch), "-s", "120", "-w", path, SPEECH], check=True)
    with wave.open(str(path)) as sound:
        rate = sound.getframerate()
        samples = np.frombuffer(sound.readframes(sound.getnframes()), np.int16).astype(float)
    smoothed = np.convolve(samples, np.ones(3) / 3, "same")
    times = np.arange(int(len(samples) * 8000 / rate)) * rate / 8000
    resampled: Samples = np.interp(times, np.arange(len(samples)), smoothed).astype(np.int16)
    return resampled


def chords(seconds: float, notes: int) -> Samples:
    """Chords of harmonic notes between 220 and 700 Hz, of tone-like lengths and with tone-like pauses."""
    random = np.random.default_rng(3)
    parts: list[np.ndarray[tuple[int, ...], np.dtype[np.float64]]] = []
    while sum(map(len, parts)) < seconds * 8000:
        times = np.arange(round(random.choice([0.2, 0.25, 0.5, 1.0, 2.0]) * 8000)) / 8000
        roots = 440 * 2 ** (random.integers(-12, 9, notes) / 12)
        chord = sum(np.sin(2 * np.pi * root * k * times) / k for root in roots for k in range(1, 5))
        parts.append(5000 / notes * chord * np.exp(-times * random.choice([0.0, 1.0])))
        parts.append(np.zeros(round(random.choice([0.0, 0.1, 0.2, 0.25, 0.5]) * 8000)))
    music: Samples = np.concatenate(parts).astype(np.int16)
    return music


@pytest.fixture(scope="module")
def speech(tmp_path_factory: pytest.TempPathFactory) -> Samples:
    folder = tmp_path_factory.mktemp("speech")
    return np.concatenate([spoken(folder, "en-us", 40), spoken(folder, "en-us+f3", 80), spoken(folder, "en+f5", 99)])


@pytest.mark.parametrize("country", COUNTRIES)
def test_speech_is_no_tone(country: str, speech: Samples) -> None:
    assert len(speech) > 50 * 8000
    assert reports(tone_plan(country), speech) == []


@pytest.mark.parametrize("country", COUNTRIES)
def test_speech_like_noise_is_no_tone(country: str) -> None:
    times = np.arange(20 * 8000) / 8000
    for pace in (1.0, 2.0, 4.0):
        modulated = noise(3000**2, 20) * (0.55 + 0.45 * np.sign(np.sin(2 * np.pi * pace * times)))
        assert reports(tone_plan(country), np.clip(modulated, -32767, 32767).astype(np.int16)) == []


@pytest.mark.parametrize("country", COUNTRIES)
def test_music_is_no_tone(country: str) -> None:
    assert reports(tone_plan(country), chords(30, notes=3)) == []
    assert reports(tone_plan(country), chords(30, notes=1)) == []


@pytest.mark.parametrize("country", COUNTRIES)
def test_digits_are_no_tone(country: str) -> None:
    digits = [f"{low}+{high}" for low in LOW for high in HIGH]
    dialled = [
        tone_samples(parse_tone(f"{digit}: {on}/{on}", -10), 4 * on) for on in (0.1, 0.25, 0.5) for digit in digits
    ]
    assert reports(tone_plan(country), np.concatenate(dialled)) == []


@pytest.mark.parametrize("country", COUNTRIES)
def test_silence_and_a_noisy_idle_line_are_no_tone(country: str) -> None:
    assert reports(tone_plan(country), np.zeros(8000 * 10, dtype=np.int16)) == []
    assert reports(tone_plan(country), noise(300, 10).astype(np.int16)) == []
