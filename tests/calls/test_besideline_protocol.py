"""Who calls, as a modem tells it, gets to the call it belongs to, and to no other."""

from __future__ import annotations

import pytest

from appliance.calls.besideline_protocol import BEHIND_S, DEAF_CALLS, TOGETHER_AGAIN, BesideLine
from hw.callerid.coding import CallerId

JANE, TOM, NOBODY = CallerId("4075550001", "JANE"), CallerId("4075550002", "TOM"), CallerId()


class Wires:
    """A line that rings 2 s and pauses 4 s, with a modem beside it. got: what came of it, with the time."""

    def __init__(self, *, before_ring: bool = False) -> None:
        self.beside = BesideLine(before_ring=before_ring, longest_pause=4.0)
        self.got: list[CallerId] = []

    def plays(self, *happens: tuple[float, str | CallerId]) -> list[CallerId]:
        """What the office gets of who calls. `on`, `off`: the line's burst; `RING`: the modem's."""
        for at, what in happens:
            match what:
                case "on":
                    found = self.beside.burst_began(at)
                case "off":
                    found = self.beside.burst_ended(at)
                case "RING":
                    found = self.beside.rang(at)
                case CallerId():
                    found = self.beside.told(what, at)
                case _:
                    raise ValueError(what)
            if found is not None:
                self.got.append(found)
        return self.got

    def rings_together(self, at: float) -> None:
        self.plays((at, "on"), (at + 1, "RING"), (at + 2, "off"))


def test_a_caller_who_is_told_behind_the_first_ring_is_the_one_who_rings() -> None:
    assert Wires().plays((0.1, "on"), (2.0, "RING"), (2.3, "off"), (3.5, JANE), (6.1, "on")) == [JANE]


def test_a_caller_who_is_told_before_the_modem_has_told_a_ring_is_the_one_who_rings() -> None:
    assert Wires().plays((0.1, "on"), (2.3, "off"), (3.5, JANE), (6.1, "on"), (8.0, "RING")) == [JANE]


def test_a_caller_who_is_told_before_the_first_ring_is_the_one_who_rings_where_the_country_sends_it_there() -> None:
    happens: list[tuple[float, str | CallerId]] = [(0.0, JANE), (0.6, "on"), (1.0, "RING"), (1.6, "off")]
    assert Wires(before_ring=True).plays(*happens) == [JANE]
    assert Wires(before_ring=False).plays(*happens) == []


@pytest.mark.parametrize("before_ring", [True, False])
def test_a_caller_who_is_told_when_nothing_rings_is_not_the_next_one(before_ring: bool) -> None:
    wires = Wires(before_ring=before_ring)
    assert wires.plays((0.1, "on"), (2.3, "off"), (2.3 + BEHIND_S + 0.1, JANE), (10.0, "on"), (12.0, "off")) == []


def test_of_two_calls_close_together_each_has_its_own_caller() -> None:
    first: list[tuple[float, str | CallerId]] = [(0.1, "on"), (2.0, "RING"), (2.3, "off"), (3.5, JANE)]
    second: list[tuple[float, str | CallerId]] = [(7.5, "on"), (9.4, "RING"), (9.7, "off")]
    assert Wires().plays(*first, *second, (11.0, TOM)) == [JANE, NOBODY, TOM]
    assert Wires().plays(*first, *second) == [JANE, NOBODY]


def test_a_ring_of_the_same_call_does_not_make_its_caller_nobody() -> None:
    assert Wires().plays((0.1, "on"), (2.3, "off"), (3.5, JANE), (6.5, "on"), (8.3, "off"), (12.5, "on")) == [JANE]


def test_a_modem_that_rings_without_its_line_is_believed_no_more() -> None:
    wires = Wires()
    wires.plays((0.0, "RING"), (6.0, "RING"), (12.0, "RING"))
    assert wires.plays((20.0, "on"), (22.0, "off"), (23.0, JANE)) == []
    assert not wires.beside.believed


def test_a_modem_beside_another_line_that_rings_at_the_same_moment_gives_no_wrong_name_once_it_has_rung_alone() -> None:
    wires = Wires()
    wires.plays((0.0, "RING"), (6.0, "RING"))
    assert wires.plays((100.0, "on"), (101.9, "RING"), (102.3, "off"), (103.5, TOM)) == []


def test_a_single_ring_that_the_line_has_not_had_may_be_a_splash() -> None:
    wires = Wires()
    wires.plays((0.0, "RING"))
    assert wires.plays((60.0, "on"), (61.9, "RING"), (62.3, "off"), (63.5, JANE)) == [JANE]


def test_a_modem_is_believed_again_when_it_has_rung_with_its_line_in_some_calls() -> None:
    wires = Wires()
    wires.plays((0.0, "RING"), (6.0, "RING"))
    for call in range(TOGETHER_AGAIN):
        wires.rings_together(100.0 * (call + 1))
    assert wires.plays((900.0, "on"), (902.0, "off"), (903.0, JANE)) == [JANE]


def test_a_ring_that_the_modem_tells_before_the_port_does_is_one_with_its_line() -> None:
    wires = Wires()
    for call in range(4):
        wires.plays((100.0 * call, "RING"), (100.0 * call + 0.4, "on"), (100.0 * call + 2, "off"))
    wires.beside.look(1000.0)
    assert wires.beside.believed


def test_a_modem_that_tells_no_ring_of_several_calls_is_deaf_until_it_tells_one() -> None:
    wires = Wires()
    for call in range(DEAF_CALLS + 1):
        assert wires.beside.deaf == (call > DEAF_CALLS)
        at = 100.0 * call
        wires.plays((at, "on"), (at + 2, "off"), (at + 6, "on"), (at + 8, "off"))
    wires.plays((900.0, "on"))
    assert wires.beside.deaf
    wires.plays((901.0, "RING"))
    assert not wires.beside.deaf
