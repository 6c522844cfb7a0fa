"""The cost of the tone generator and receivers per frame, and how long call-progress tones take to be recognised."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial

import numpy as np

from hw.audio import FRAME_SAMPLES, FRAME_SECONDS, Frame, Samples
from hw.level import VoiceReceiver
from hw.tones.progress import ProgressReceiver
from hw.tones.tonegen import ToneGenerator, tone_samples
from hw.tones.toneplan import COUNTRIES, TonePlan, tone_plan
from tests.bench.figure import Figure

_RUNS = 5
_SECONDS = 10
_SOUNDS = ("dial", "busy", "ringback")
_MEASURED = ("us", "uk", "de", "in")


def _frames(samples: Samples) -> list[Frame]:
    return [
        samples[start : start + FRAME_SAMPLES] for start in range(0, len(samples) - FRAME_SAMPLES + 1, FRAME_SAMPLES)
    ]


def _cost(make: Callable[[], Callable[[Frame], object]], frames: list[Frame]) -> float:
    """Microseconds of CPU per frame, the best of a few runs."""
    best = float("inf")
    for _ in range(_RUNS):
        feed = make()
        begun = time.process_time()
        for frame in frames:
            feed(frame)
        best = min(best, time.process_time() - begun)
    return best / len(frames) * 1e6


def _progress(plan: TonePlan) -> Callable[[Frame], object]:
    return ProgressReceiver(plan).feed


def _generator_cost() -> float:
    generator = ToneGenerator(tone_plan("us").busy)
    return _cost(lambda: lambda _frame: generator.next(), _frames(np.zeros(8000 * _SECONDS, dtype=np.int16)))


def _speech_like() -> Samples:
    random = np.random.default_rng(0)
    times = np.arange(8000 * _SECONDS) / 8000
    speech: Samples = (random.normal(0, 1500, len(times)) * (1 + np.sin(8 * np.pi * times))).astype(np.int16)
    return speech


def _recognised_after(country: str, tone: str, cycles: int) -> float:
    """Seconds from the beginning of the tone to the report of this many cycles."""
    plan = tone_plan(country)
    receiver = ProgressReceiver(plan)
    for number, frame in enumerate(_frames(tone_samples(getattr(plan, tone), 20))):
        if any(reported >= cycles for _, reported in receiver.feed(frame)):
            return (number + 1) * FRAME_SECONDS
    return float("nan")


def figures() -> list[Figure]:
    speech = _frames(_speech_like())
    progress: dict[str, float] = {}
    for country in _MEASURED:
        plan = tone_plan(country)
        signals = {name: _frames(tone_samples(getattr(plan, name), _SECONDS)) for name in _SOUNDS} | {"speech": speech}
        for name, frames in signals.items():
            progress[f"{country} {name}"] = _cost(partial(_progress, plan), frames)
    dearest = max(progress, key=lambda name: progress[name])
    mean = sum(progress.values()) / len(progress)
    voice = _cost(lambda: VoiceReceiver().feed, speech)
    generator = _generator_cost()
    slowest = max(COUNTRIES, key=lambda country: _recognised_after(country, "dial", 1))
    return [
        Figure("tone generator", generator, "µs/frame", "< 8", generator < 8),
        Figure("voice receiver", voice, "µs/frame", "< 4", voice < 4),
        Figure("progress receiver, mean", mean, "µs/frame", "< 15", mean < 15),
        Figure(f"progress receiver, dearest ({dearest})", progress[dearest], "µs/frame"),
        Figure("us busy tone certain after", _recognised_after("us", "busy", 3), "s"),
        Figure("us reorder tone certain after", _recognised_after("us", "reorder", 3), "s"),
        Figure("us dial tone recognised after", _recognised_after("us", "dial", 1), "s"),
        Figure(f"dial tone recognised after, slowest ({slowest})", _recognised_after(slowest, "dial", 1), "s"),
    ]
