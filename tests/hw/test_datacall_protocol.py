"""When a terminal in Japan takes a data call, and when it rings."""

from __future__ import annotations

from hw.port.datacall_protocol import DataCallProtocol


def test_short_rings_on_a_reversed_line_are_answered_and_no_rings() -> None:
    protocol = DataCallProtocol(expected=True)
    assert (protocol.line(ringing=False, reversed=True, now=1.0), protocol.taking) == (True, False)
    assert (protocol.line(ringing=True, reversed=True, now=1.3), protocol.taking) == (True, True)
    assert (protocol.line(ringing=False, reversed=True, now=1.4), protocol.taking) == (True, True)
    protocol.over()
    assert (protocol.taking, protocol.deadline) == (False, None)


def test_a_ring_on_a_normal_line_is_a_ring() -> None:
    protocol = DataCallProtocol(expected=True)
    assert (protocol.line(ringing=True, reversed=False, now=1.0), protocol.taking) == (False, False)


def test_elsewhere_a_ring_on_a_reversed_line_is_a_ring() -> None:
    protocol = DataCallProtocol(expected=False)
    assert (protocol.line(ringing=True, reversed=True, now=1.0), protocol.taking) == (False, False)


def test_a_data_call_without_data_is_given_up_after_7_s() -> None:
    protocol = DataCallProtocol(expected=True)
    protocol.line(ringing=True, reversed=True, now=1.0)
    protocol.line(ringing=True, reversed=True, now=2.0)
    assert protocol.deadline == 8.0
    protocol.due(7.9)
    assert protocol.taking
    protocol.due(8.0)
    assert (protocol.taking, protocol.deadline) == (False, None)


def test_the_next_call_brings_the_next_data_call() -> None:
    protocol = DataCallProtocol(expected=True)
    protocol.line(ringing=True, reversed=True, now=1.0)
    protocol.over()
    assert (protocol.line(ringing=True, reversed=True, now=20.0), protocol.taking) == (True, True)
    assert protocol.deadline == 27.0
