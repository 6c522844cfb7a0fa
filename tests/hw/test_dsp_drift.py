"""Clocks that differ by 100 ppm: nothing is dropped, nothing clicks, and the delay stays where it is."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

import numpy as np
import pytest

from hw.audio import FRAME_SAMPLES, FRAME_SECONDS, FULL_SCALE, Floats, Frame
from hw.dsp.drift import BEYOND_S, WANTED_S, DriftReader
from tests.proofs import ALL

SECONDS = 86_400 if ALL else 240
"""A day where all is proven."""
HERTZ = 1004.0
PEAK = FULL_SCALE / 2
TURN = 2 * np.pi * HERTZ / 8000


def tone(number: int) -> Frame:
    """Frame `number` of an endless tone, exact also at the end of a day."""
    at = (np.arange(FRAME_SAMPLES) + number * FRAME_SAMPLES) % 2000  # 1004 Hz: 251 turns in 2000 samples.
    return np.rint(PEAK * np.sin(TURN * at)).astype(np.int16)


def discontinuity(sound: Floats) -> float:
    """How far the sound is from a tone whose pitch changes slowly, in dB below the tone's peak."""
    notch = np.array([1, -2 * np.cos(TURN), 1])
    left = np.convolve(np.convolve(sound, notch, "valid"), notch, "valid")
    return float(20 * np.log10(max(np.abs(left).max(), 1) / PEAK))


@dataclass(slots=True)
class Heard:
    """What was read. missed: times at which too little waited."""

    missed: int = 0
    dropped: int = 0
    worst_db: float = -200.0
    longest: int = 0
    ppm: float = 0.0
    stored: list[float] = field(default_factory=list)


def listen(ppm: float, seconds: float, *, late_s: float = 0.0, first_s: float = 0.005) -> Heard:
    """Read a tone that comes by a clock so much faster. late_s: how late the card's thread may be; first_s: how long
    before it is taken the first frame comes."""
    reader, waiting, heard = DriftReader(), deque[Frame](), Heard()
    late = np.random.default_rng(7).random(5000) * late_s
    number = 0
    before = np.zeros(0, dtype=np.float32)
    for tick in range(round(seconds / FRAME_SECONDS)):
        now = tick * FRAME_SECONDS + first_s
        while (came := number * FRAME_SECONDS / (1 + ppm * 1e-6) + late[number % 5000]) <= now:
            waiting.append(tone(number))
            reader.arrived(came)
            number += 1
        frame = reader.read(waiting, now)
        if frame is None:
            heard.missed += 1
            continue
        sound = np.concatenate([before, frame.astype(np.float32)])
        if tick > 1:  # The tone itself begins with a step.
            heard.worst_db = max(heard.worst_db, discontinuity(sound))
        before = sound[-4:]
        heard.longest = max(heard.longest, len(waiting))
        if tick % 50 == 49:
            heard.stored.append(reader.stored_s)
    heard.ppm, heard.dropped = reader.ppm, reader.dropped
    return heard


@pytest.mark.parametrize("ppm", [100, -100])
def test_a_tone_by_a_clock_100_ppm_off_is_whole_and_does_not_click(ppm: int) -> None:
    heard = listen(ppm, SECONDS)
    assert (heard.missed, heard.dropped) == (0, 0)
    assert heard.worst_db < -60
    assert max(heard.stored) < WANTED_S + BEYOND_S + 0.002
    assert heard.longest <= 2
    assert min(heard.stored) > 0.002
    assert np.mean(heard.stored) < 0.020


@pytest.mark.parametrize("first_s", [0.001, 0.019])
def test_where_a_frame_is_left_over_or_was_kept_frames_are_passed_on_as_they_came_again(first_s: float) -> None:
    """A frame too many is read away, and so is one that was kept while frames came too near."""
    reader, waiting, heard, sent = DriftReader(), deque[Frame]([tone(0)]), [], []
    for tick in range(1, 4000):
        now = tick * FRAME_SECONDS
        waiting.append(tone(tick))
        reader.arrived(now)
        after = first_s if tick < 1000 else 0.012
        heard.append(reader.read(waiting, now + after))
        sent.append(waiting[-1] if waiting else tone(tick))
    assert reader.ppm == 0
    assert reader.stored_s == pytest.approx(0.012, abs=0.001)
    last = np.concatenate(heard[-3:])
    assert any(np.array_equal(last[at : at + 160], sent[-2]) for at in range(len(last) - 160))


def test_frames_that_come_by_the_same_clock_are_passed_on_as_they_came() -> None:
    reader, waiting = DriftReader(), deque[Frame]()
    sent, heard = [], []
    for tick in range(500):
        waiting.append(tone(tick))
        reader.arrived(tick * FRAME_SECONDS)
        sent.append(tone(tick))
        frame = reader.read(waiting, tick * FRAME_SECONDS + 0.01)
        assert frame is not None
        heard.append(frame)
    assert reader.ppm == 0
    assert np.array_equal(np.concatenate(heard)[16:], np.concatenate(sent)[:-16])


def test_a_thread_that_is_late_by_up_to_2_ms_costs_no_frame() -> None:
    heard = listen(-100, 120, late_s=0.002)
    assert (heard.missed, heard.worst_db < -60) == (0, True)


def test_a_frame_that_is_missing_is_told_and_what_follows_is_read() -> None:
    reader, waiting = DriftReader(), deque[Frame]()
    assert reader.read(waiting, 0.0) is None
    waiting.append(tone(0))
    reader.arrived(0.01)
    assert reader.read(waiting, 0.02) is not None
    assert reader.read(waiting, 0.04) is None


def test_what_a_pause_of_the_machine_has_left_is_worked_off_in_seconds() -> None:
    reader, waiting = DriftReader(), deque[Frame](tone(number) for number in range(5))
    reader.arrived(0.0)
    for number in range(5, 400):
        now = number * FRAME_SECONDS
        waiting.append(tone(number))
        reader.arrived(now)
        assert reader.read(waiting, now + 0.01) is not None
    assert reader.stored_s < WANTED_S + BEYOND_S + 0.002
    assert 3 <= reader.dropped <= 4
