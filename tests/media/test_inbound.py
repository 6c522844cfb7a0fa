"""The input queue: loss, jitter and drift, with fixed patterns."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from appliance.media.inbound import (
    CONCEALED_FRAMES,
    LONGEST_DATA_QUEUE,
    LONGEST_QUEUE,
    STORED_FOR_DATA,
    SURPLUS_TICKS,
    InboundQueue,
)
from hw.audio import FRAME_SAMPLES, SILENCE, Frame, level_dbm0, sine_peak


def tone(number: int, hertz: float = 400.0, dbm0: float = -15.0) -> Frame:
    """Frame `number` of an endless sine."""
    time = (np.arange(FRAME_SAMPLES) + number * FRAME_SAMPLES) / 8000
    return np.rint(sine_peak(dbm0) * np.sin(2 * np.pi * hertz * time)).astype(np.int16)


def counts(queue: InboundQueue) -> tuple[int, int, int]:
    return queue.concealed, queue.silent, queue.dropped


def test_frames_pass_unchanged_and_in_order() -> None:
    queue = InboundQueue()
    taken = []
    for number in range(50):
        queue.put(tone(number))
        taken.append(queue.take())
    assert np.array_equal(np.concatenate(taken), np.concatenate([tone(number) for number in range(50)]))
    assert counts(queue) == (0, 0, 0)


def test_between_losses_frames_are_passed_on_and_not_copied() -> None:
    queue = InboundQueue()
    frame = tone(0)
    queue.put(frame)
    assert queue.take() is frame


def test_before_the_first_frame_there_is_silence_and_nothing_is_counted() -> None:
    queue = InboundQueue()
    assert [np.array_equal(queue.take(), SILENCE) for _ in range(10)] == [True] * 10
    assert counts(queue) == (0, 0, 0)


def test_a_frame_of_the_wrong_length_is_refused() -> None:
    queue = InboundQueue()
    with pytest.raises(ValueError, match="160 samples"):
        queue.put(np.zeros(80, dtype=np.int16))
    assert len(queue) == 0


def test_a_lost_frame_of_a_tone_is_concealed_by_the_tone() -> None:
    queue = InboundQueue()
    for number in range(20):
        queue.put(tone(number))
        queue.take()
    concealed = queue.take()
    assert level_dbm0(concealed) == pytest.approx(-15, abs=3)
    assert np.corrcoef(concealed, tone(20))[0, 1] > 0.95
    assert counts(queue) == (1, 0, 0)


def test_a_gap_longer_than_60_ms_is_silence_and_not_noise() -> None:
    queue = InboundQueue()
    for number in range(20):
        queue.put(tone(number))
        queue.take()
    gap = [queue.take() for _ in range(10)]
    assert counts(queue) == (CONCEALED_FRAMES, 10 - CONCEALED_FRAMES, 0)
    assert [bool(frame.any()) for frame in gap[CONCEALED_FRAMES:]] == [False] * (10 - CONCEALED_FRAMES)


def test_three_percent_loss_is_counted_frame_by_frame_and_the_level_stays() -> None:
    queue = InboundQueue()
    lost = set(np.random.default_rng(3).choice(5000, 150, replace=False).tolist())
    taken = []
    for number in range(5000):
        if number not in lost:
            queue.put(tone(number))
        taken.append(queue.take())
    assert queue.concealed + queue.silent == 150 - (0 in lost)
    assert queue.dropped == 0
    assert len(queue) == 0
    assert level_dbm0(np.concatenate(taken)) == pytest.approx(-15, abs=0.3)


def run_with_drift(ppm: float, seconds: float, frame: Frame | None = None) -> tuple[InboundQueue, int]:
    """A card whose crystal is off by so much, against ticks each 20 ms; also the longest queue after a tick."""
    queue = InboundQueue()
    delivered = longest = 0
    for tick in range(round(seconds * 50)):
        now = tick * 0.02 + 0.005
        while delivered * 0.02 / (1 + ppm * 1e-6) <= now:
            queue.put(tone(delivered) if frame is None else frame)
            delivered += 1
        queue.take()
        longest = max(longest, len(queue))
    return queue, longest


def test_a_card_200_ppm_fast_costs_one_frame_every_100_seconds() -> None:
    queue, longest = run_with_drift(200, 600)
    assert (counts(queue), longest) == ((0, 0, 6), 1)


def test_a_card_200_ppm_slow_costs_one_concealment_every_100_seconds() -> None:
    queue, longest = run_with_drift(-200, 600)
    assert (counts(queue), longest) == ((6, 0, 0), 0)


def test_deliveries_early_and_late_by_turns_settle_without_loss() -> None:
    queue = InboundQueue()
    number = 0
    for tick in range(1000):
        # Even ticks: the card was late, its frame comes after the tick. Odd ticks: it comes before.
        if tick % 2:
            queue.put(tone(number))
            number += 1
        queue.take()
        if not tick % 2:
            queue.put(tone(number))
            number += 1
    assert queue.dropped == 0
    assert queue.concealed <= 1
    assert len(queue) <= 2


def settle_with_surplus(frame: Frame, ticks: int) -> InboundQueue:
    queue = InboundQueue()
    queue.put(frame)
    for _ in range(ticks):
        queue.put(frame)
        queue.take()
    return queue


def test_a_surplus_is_dropped_after_a_second_if_the_line_is_quiet() -> None:
    assert counts(settle_with_surplus(SILENCE, SURPLUS_TICKS - 1)) == (0, 0, 0)
    assert counts(settle_with_surplus(SILENCE, SURPLUS_TICKS)) == (0, 0, 1)


def test_a_surplus_waits_half_a_second_longer_for_a_quiet_moment() -> None:
    assert counts(settle_with_surplus(tone(0), SURPLUS_TICKS + 24)) == (0, 0, 0)
    assert counts(settle_with_surplus(tone(0), SURPLUS_TICKS + 25)) == (0, 0, 1)


def test_two_frames_melted_into_one_leave_no_step() -> None:
    queue = InboundQueue()
    queue.put(tone(0, 410))
    taken = []
    for number in range(1, 100):
        queue.put(tone(number, 410))
        taken.append(queue.take())
    assert queue.dropped == 1
    steps = np.abs(np.diff(np.concatenate(taken).astype(np.int32)))
    assert steps.max() <= np.abs(np.diff(tone(0, 410).astype(np.int32))).max() * 1.1


def test_a_queue_that_nobody_empties_stays_short_and_keeps_the_newest() -> None:
    queue = InboundQueue()
    for number in range(100):
        queue.put(tone(number))
    assert len(queue) == LONGEST_QUEUE
    assert queue.dropped == 100 - LONGEST_QUEUE
    assert np.array_equal(queue.take(), tone(100 - LONGEST_QUEUE))


def test_a_queue_grown_by_a_pause_is_short_again_within_four_seconds() -> None:
    queue = InboundQueue()
    for number in range(LONGEST_QUEUE):
        queue.put(tone(number))
    for number in range(200):
        queue.take()
        queue.put(tone(LONGEST_QUEUE + number))
    assert len(queue) == 1
    assert counts(queue) == (0, 0, LONGEST_QUEUE - 1)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 4), max_size=120))
def test_every_frame_delivered_is_taken_dropped_or_waiting(deliveries: list[int]) -> None:
    queue = InboundQueue()
    for delivered in deliveries:
        for number in range(delivered):
            queue.put(tone(number))
        assert len(queue.take()) == FRAME_SAMPLES
        assert len(queue) < LONGEST_QUEUE
    idle = next((n for n, delivered in enumerate(deliveries) if delivered), len(deliveries))
    real = len(deliveries) - idle - queue.concealed - queue.silent
    assert sum(deliveries) == real + queue.dropped + len(queue)


def test_a_modem_over_a_network_is_heard_whole_though_frames_come_late_and_several_at_once() -> None:
    queue = InboundQueue(jitters=True)
    queue.carry_data(True)
    come = [1] * STORED_FOR_DATA + [1, 0, 0, 0, 4, 1, 0, 0, 3, 1, 1, 0, 2] * 8
    frames = [tone(number) for number in range(sum(come))]
    taken, put = [], iter(frames)
    for count in come:
        for _ in range(count):
            queue.put(next(put))
        taken.append(queue.take())
    begin = STORED_FOR_DATA - 1
    assert not np.concatenate(taken[:begin]).any()
    assert all(map(np.array_equal, taken[begin:], frames))
    assert queue.dropped == 0


def test_a_gap_in_a_modem_s_sound_makes_its_store_longer_and_nothing_is_left_out_for_that() -> None:
    queue = InboundQueue(jitters=True)
    queue.carry_data(True)
    frames = [tone(number) for number in range(200)]
    for frame in frames[: STORED_FOR_DATA + 1]:
        queue.put(frame)
    taken = [queue.take() for _ in range(STORED_FOR_DATA + 3)]
    assert [bool(frame.any()) for frame in taken[-2:]] == [False, False]
    for frame in frames[STORED_FOR_DATA + 1 : STORED_FOR_DATA + 1 + LONGEST_DATA_QUEUE]:
        queue.put(frame)
    for frame in frames[STORED_FOR_DATA + 1 + LONGEST_DATA_QUEUE :]:
        taken.append(queue.take())
        queue.put(frame)
    heard = [*taken[: STORED_FOR_DATA + 1], *taken[STORED_FOR_DATA + 3 :]]
    assert all(map(np.array_equal, heard, frames))
    assert (queue.silent, queue.dropped) == (2, 0)


def test_behind_a_fax_the_queue_of_a_line_over_a_network_is_a_voice_s_again() -> None:
    queue = InboundQueue(jitters=True)
    queue.carry_data(True)
    for number in range(12):
        queue.put(tone(number))
    queue.take()
    queue.carry_data(False)
    for number in range(12, 12 + 4 * SURPLUS_TICKS):
        queue.put(tone(number))
        queue.take()
    assert len(queue) <= 2
