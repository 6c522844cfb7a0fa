"""What a fax says, where the process that makes it is held up now and then."""

from __future__ import annotations

import numpy as np

from appliance.fax.answerstore import AnswerStore
from hw.audio import SILENCE, Frame


def loud(number: int) -> Frame:
    return np.full(160, 100 + number, dtype=np.int16)


def taken(store: AnswerStore, *answers: Frame) -> int:
    """What the line gets in one tick in which these answers come: a number, 0 for silence."""
    for answer in answers:
        store.put(answer)
    first = int(store.next()[0])
    return first - 100 if first else 0


def test_an_answer_may_take_40_ms_and_what_is_said_comes_in_its_order() -> None:
    store = AnswerStore()
    assert [taken(store), taken(store, loud(1), loud(2)), taken(store), taken(store, loud(3))] == [0, 1, 2, 3]
    assert store.silent_frames == 0


def test_behind_a_pause_silence_is_left_out_and_nothing_that_is_said() -> None:
    store = AnswerStore()
    taken(store)
    taken(store, SILENCE)
    assert [taken(store) for _ in range(4)] == [0] * 4
    come = [taken(store, *[SILENCE] * 4, loud(1), loud(2)), taken(store, loud(3)), taken(store, loud(4))]
    assert come == [1, 2, 3]
    assert store.silent_frames == 4


def test_a_gap_in_what_is_said_makes_the_store_longer_so_that_the_next_one_is_none() -> None:
    store = AnswerStore()
    taken(store)
    held_up = [taken(store, loud(1)), taken(store), taken(store), taken(store, loud(2), loud(3), loud(4))]
    assert held_up == [1, 0, 0, 2]
    quiet = [taken(store, SILENCE) for _ in range(20)]
    assert quiet == [3, 4, *[0] * 18]
    said = [taken(store, loud(5)), taken(store), taken(store), taken(store, loud(6), loud(7), loud(8))]
    gaps = store.silent_frames
    said += [taken(store) for _ in range(4)]
    assert [one for one in said if one] == [5, 6, 7, 8]
    first = said.index(5)
    assert said[first : first + 4] == [5, 6, 7, 8]
    assert gaps == 2
