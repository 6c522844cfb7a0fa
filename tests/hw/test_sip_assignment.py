"""Which worker carries which line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hw.sip.assignment import assigned


def test_lines_fill_one_worker_after_the_other_in_their_order() -> None:
    assert assigned({"a": 1, "b": 1, "c": 1, "d": 1, "e": 1}, 4) == [["a", "b", "c", "d"], ["e"]]
    assert assigned({"a": 2, "b": 1, "c": 2, "d": 1}, 4) == [["a", "b"], ["c", "d"]]
    assert assigned({"a": 4, "b": 4}, 4) == [["a"], ["b"]]


def test_there_is_a_worker_even_for_no_line() -> None:
    assert assigned({}, 4) == [[]]


def test_a_line_that_no_worker_can_carry_is_told() -> None:
    with pytest.raises(ValueError, match="b may have 5 calls at once; this build of the SIP library carries 4"):
        assigned({"a": 1, "b": 5}, 4)


@given(st.lists(st.integers(1, 4), max_size=40), st.integers(4, 32))
def test_every_line_has_one_place_and_no_worker_more_calls_than_it_carries(counts: list[int], calls: int) -> None:
    wanted = {f"line-{n}": count for n, count in enumerate(counts)}
    workers = assigned(wanted, calls)
    assert [line for worker in workers for line in worker] == list(wanted)
    assert all(sum(wanted[line] for line in worker) <= calls for worker in workers)
    assert all(workers) or workers == [[]]
