"""Whose turn it is in a department, by round robin and by who has not talked for longest."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from appliance.calls.turns import Turns
from appliance.office.departments import Department, Member, Strategy

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
ANN, BOB, CAL, CELL = Member("ann"), Member("bob"), Member("cal"), Member(number="95551234")


def department(strategy: Strategy, *members: Member, id: str = "sales") -> Department:
    return Department(id, "Sales", "30", members, strategy)


def order(turns: Turns, of: Department, *members: Member) -> list[str]:
    return [member.person or member.number or "" for member in turns.in_turn(of, members or of.members)]


def test_round_robin_begins_behind_whoever_was_first_the_last_time():
    turns, sales = Turns(), department(Strategy.ROUND_ROBIN, ANN, BOB, CAL)
    assert [order(turns, sales) for _ in range(4)] == [
        ["ann", "bob", "cal"],
        ["bob", "cal", "ann"],
        ["cal", "ann", "bob"],
        ["ann", "bob", "cal"],
    ]


def test_each_department_has_a_round_of_its_own():
    turns = Turns()
    sales = department(Strategy.ROUND_ROBIN, ANN, BOB)
    repairs = department(Strategy.ROUND_ROBIN, ANN, BOB, id="repairs")
    assert order(turns, sales) == ["ann", "bob"]
    assert order(turns, repairs) == ["ann", "bob"]
    assert order(turns, sales) == ["bob", "ann"]


def test_who_is_not_there_is_passed_over_and_nobody_else_loses_a_turn():
    turns, sales = Turns(), department(Strategy.ROUND_ROBIN, ANN, BOB, CAL)
    assert order(turns, sales, ANN, CAL) == ["ann", "cal"]
    assert order(turns, sales, ANN, CAL) == ["cal", "ann"]
    assert order(turns, sales) == ["ann", "bob", "cal"]
    assert order(turns, sales, ANN, CAL) == ["cal", "ann"], "Bob has left, whose turn it was"


def test_a_round_in_which_nobody_is_there_moves_nothing_on():
    turns, sales = Turns(), department(Strategy.ROUND_ROBIN, ANN, BOB)
    order(turns, sales)
    assert turns.in_turn(sales, []) == []
    assert order(turns, sales) == ["bob", "ann"]


def test_a_round_goes_on_when_the_members_of_the_department_are_others():
    turns = Turns()
    order(turns, department(Strategy.ROUND_ROBIN, ANN, BOB))
    assert order(turns, department(Strategy.ROUND_ROBIN, CAL, ANN, BOB)) == ["bob", "cal", "ann"]
    assert order(turns, department(Strategy.ROUND_ROBIN, CAL, ANN)) == ["cal", "ann"], "Bob is no member any longer"


def test_numbers_have_turns_in_a_round_like_people():
    turns, sales = Turns(), department(Strategy.ROUND_ROBIN, CELL, ANN)
    assert order(turns, sales) == ["95551234", "ann"]
    assert order(turns, sales) == ["ann", "95551234"]


def test_who_has_not_talked_for_longest_is_first_behind_all_who_never_did():
    turns, sales = Turns(), department(Strategy.LONGEST_IDLE, ANN, BOB, CAL)
    assert order(turns, sales) == ["ann", "bob", "cal"]
    turns.talked("ann", NOON)
    turns.talked("bob", NOON - timedelta(minutes=5))
    assert order(turns, sales) == ["cal", "bob", "ann"]
    turns.talked("cal", NOON + timedelta(minutes=1))
    turns.talked("bob", NOON + timedelta(minutes=2))
    assert order(turns, sales) == ["ann", "cal", "bob"]


def test_a_talk_counts_for_every_department_of_whoever_talked():
    turns = Turns()
    turns.talked("ann", NOON)
    assert order(turns, department(Strategy.LONGEST_IDLE, ANN, BOB)) == ["bob", "ann"]
    assert order(turns, department(Strategy.LONGEST_IDLE, ANN, CAL, id="repairs")) == ["cal", "ann"]


def test_numbers_come_behind_people_where_the_longest_idle_is_first():
    turns, sales = Turns(), department(Strategy.LONGEST_IDLE, CELL, ANN, BOB)
    turns.talked("ann", NOON)
    assert order(turns, sales) == ["bob", "ann", "95551234"]


def test_other_departments_are_rung_as_they_are_listed():
    turns = Turns()
    turns.talked("ann", NOON)
    for strategy in (Strategy.ALL, Strategy.IN_TURN, Strategy.ESCALATING):
        sales = department(strategy, ANN, BOB)
        assert [order(turns, sales) for _ in range(2)] == [["ann", "bob"]] * 2
