"""What a gateway makes of its line: rings and caller ID, the caller's address, and signs that the far end has gone."""

from __future__ import annotations

import pytest

from hw.callerid.coding import Absence, CallerId
from hw.sim.gateway.gateway_protocol import Alerting, Caller, FarEnd, caller_of

JANE = CallerId("4075550123", "Jane Roe")
HOME = "127.0.0.1"


def test_the_unit_is_called_once_with_the_last_of_the_rings():
    alerting = Alerting(2, waits_for_caller_id=False)
    assert [alerting.ring(), alerting.told(JANE), alerting.ring(), alerting.ring()] == [False, False, True, False]


def test_caller_id_shortens_the_wait_where_it_is_what_is_waited_for():
    alerting = Alerting(4, waits_for_caller_id=True)
    assert [alerting.ring(), alerting.told(JANE), alerting.ring()] == [False, True, False]


def test_caller_id_before_the_first_ring_makes_that_enough():
    alerting = Alerting(4, waits_for_caller_id=True)
    assert [alerting.told(JANE), alerting.ring()] == [False, True]


def test_without_caller_id_all_rings_are_waited_for():
    alerting = Alerting(3, waits_for_caller_id=True)
    assert [alerting.ring() for _ in range(4)] == [False, False, True, False]


@pytest.mark.parametrize(
    ("caller_id", "caller"),
    [
        (JANE, Caller('"Jane Roe" <sip:4075550123@127.0.0.1>', {})),
        (CallerId("+1407"), Caller("<sip:+1407@127.0.0.1>", {})),
        (CallerId("1", 'J"R'), Caller('"J\\"R" <sip:1@127.0.0.1>', {})),
        (None, Caller("<sip:801@127.0.0.1>", {})),
        (CallerId(number_absence=Absence.UNAVAILABLE), Caller("<sip:801@127.0.0.1>", {})),
        (CallerId(name="Jane Roe"), Caller('"Jane Roe" <sip:801@127.0.0.1>', {})),
        (
            CallerId(number_absence=Absence.PRIVATE),
            Caller('"Anonymous" <sip:anonymous@anonymous.invalid>', {"Privacy": "id"}),
        ),
    ],
)
def test_the_caller_is_named_in_from(caller_id, caller):
    assert caller_of(caller_id, "801", HOME) == caller


def test_or_in_another_header_and_from_is_the_lines_own():
    named = {"P-Asserted-Identity": '"Jane Roe" <sip:4075550123@127.0.0.1>'}
    assert caller_of(JANE, "801", HOME, "P-Asserted-Identity") == Caller("<sip:801@127.0.0.1>", named)


def far_end(cycles: int = 3, silence_s: float = 0, reversals: bool = False, outgoing: bool = False) -> FarEnd:
    return FarEnd(cycles, silence_s, reversals, outgoing)


def test_some_cycles_of_busy_or_reorder_mean_that_the_far_end_has_gone_and_other_tones_do_not():
    heard = [("busy", 1), ("busy", 2), ("busy", 3), ("reorder", 3), ("ringback", 9), ("dial", 9), ("busy", 0)]
    assert [far_end().tone(report) for report in heard] == [False, False, True, True, False, False, False]
    assert not far_end(cycles=0).tone(("busy", 9))


def test_a_reversal_ends_a_call_that_came_in():
    assert far_end(reversals=True).reversed()
    assert not far_end().reversed()


def test_the_first_reversal_of_a_call_out_is_its_answer():
    talk = far_end(reversals=True, outgoing=True)
    assert [talk.reversed(), talk.reversed()] == [False, True]


def test_silence_counts_from_the_last_word():
    talk = far_end(silence_s=0.06)
    assert [talk.frame(word) for word in (False, False, True, False, False, False)] == [False] * 5 + [True]
    assert not any(far_end().frame(speaking=False) for _ in range(500))
