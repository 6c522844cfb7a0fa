"""Who is rung for a department and for the operator: every strategy, hours, log-out, and the rules of each person."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from appliance.calls.turns import Turns
from appliance.office.availability import OUT, do_not_disturb_switch, membership_switch
from appliance.office.companies import Company
from appliance.office.departments import Department, Member, Strategy
from appliance.office.forwarding import FollowMeStep, Forwarding, ForwardWhen, Reaching, StepRings
from appliance.office.model import Office
from appliance.office.operators import OperatorTurn
from appliance.office.people import Person
from tests.office.search import ANN, BOB, CAL, EVE, NIGHT, NOON, PLAIN, finder, for_department, office, told

A, B, C = Member("ann"), Member("bob"), Member("cal")


def sales(*members: Member, strategy: Strategy = Strategy.ALL, **further: Any) -> Department:
    return Department("sales", "Sales", "30", members, strategy, **further)


def of(*members: Member, strategy: Strategy = Strategy.ALL, people: tuple[Person, ...] = (), **further: Any) -> Office:
    return office(*people, departments=[sales(*members, strategy=strategy, **further)])


@pytest.mark.parametrize(
    ("strategy", "rung"),
    [
        (Strategy.ALL, "(ann 60) & (bob 60) & (cal 60) 60"),
        (Strategy.IN_TURN, "(ann 20) 15, (bob 20) 15, (cal 20) 15"),
        (Strategy.ESCALATING, "+(ann 60) 15, +(bob 60) 15, +(cal 60) 60"),
        (Strategy.ROUND_ROBIN, "(ann 20) 15, (bob 20) 15, (cal 20) 15"),
        (Strategy.LONGEST_IDLE, "(ann 20) 15, (bob 20) 15, (cal 20) 15"),
    ],
)
def test_members_are_rung_by_the_strategy_of_their_department(strategy: Strategy, rung: str):
    assert for_department(of(A, B, C, strategy=strategy)) == rung


def test_the_department_says_how_long_each_step_and_all_of_it_lasts():
    in_turn = of(A, B, C, strategy=Strategy.IN_TURN, step_seconds=30.0, longest_seconds=70.0)
    search = finder(in_turn).department(in_turn.departments[0])
    assert told(search) == "(ann 30) 30, (bob 30) 30, (cal 30) 30"
    assert (search.longest_seconds, search.seconds) == (70.0, 70.0)
    together = of(A, B, longest_seconds=45.0)
    assert for_department(together) == "(ann 45) & (bob 45) 45"
    late = of(A, B, C, strategy=Strategy.ESCALATING, step_seconds=30.0, longest_seconds=50.0)
    assert for_department(late) == "+(ann 50) 30, +(bob 50) 30, +(cal 50) 50", "50 s in all"


def test_a_member_rings_for_as_long_as_the_department_says_and_the_cell_phone_as_long_as_ever():
    busy = replace(ANN, forwarding=Forwarding(ForwardWhen.BUSY))
    no_answer = replace(BOB, forwarding=Forwarding(ForwardWhen.NO_ANSWER))
    elsewhere = replace(CAL, forwarding=Forwarding(ForwardWhen.ALWAYS, "104"))
    eve = replace(EVE, station="attic", ring_seconds=100.0)
    here = of(A, B, C, people=(busy, no_answer, elsewhere, eve))
    of_ann, of_bob, of_cal = "(ann 60, if busy 5551111? 25)", "(bob 20, if no answer 5552222? 25)", "((eve 100) 90)"
    assert for_department(here) == f"{of_ann} & {of_bob} & {of_cal} 60"


def test_telephones_show_for_which_department_they_are_rung():
    search = finder(of(A)).department(of(A).departments[0])
    assert (search.whom, search.label) == ("Sales", "Sales")


def test_a_member_is_rung_with_all_rules_of_the_person_or_at_the_desk_only():
    ann = replace(ANN, forwarding=Forwarding(ForwardWhen.WITH_DESK))
    assert for_department(of(A, people=(ann,))) == "(ann & 5551111? 25) 60"
    assert for_department(of(replace(A, desk_only=True), people=(ann,))) == "ann 60"


def test_a_member_may_be_a_number_an_extension_or_another_department():
    night = Department("night", "Night", "31", (B, C), Strategy.IN_TURN)
    here = office(departments=[sales(Member(number="95559999"), Member(number="101"), Member(number="31")), night])
    assert for_department(here) == "5559999? & (ann 60) & ((bob 20) 15, (cal 20) 15) 60"


@pytest.mark.parametrize("number", ["911", "9911", "8500", "77"])
def test_a_number_that_nobody_may_be_called_by_is_passed_over(number: str):
    assert for_department(of(Member(number=number), A)) == "(ann 60) 60"


def test_members_are_rung_in_their_hours():
    here = of(replace(A, hours="day"), B)
    assert for_department(here, at=NOON) == "(ann 60) & (bob 60) 60"
    assert for_department(here, at=NIGHT) == "(bob 60) 60"


def test_who_has_logged_out_is_not_rung_here_and_still_elsewhere():
    night = Department("night", "Night", "31", (A, B))
    here = office(departments=[sales(A, B), night])
    out = {membership_switch("sales", "ann"): OUT}
    assert for_department(here, switches=out) == "(bob 60) 60"
    assert for_department(here, "night", switches=out) == "(ann 60) & (bob 60) 60"


@pytest.mark.parametrize("desk_only", [False, True])
def test_who_does_not_want_to_be_disturbed_is_passed_over_and_takes_no_step(desk_only: bool):
    here = of(replace(A, desk_only=desk_only), B, strategy=Strategy.IN_TURN)
    quiet = {do_not_disturb_switch("ann"): "on"}
    assert for_department(here, switches=quiet) == "(bob 20) 15"
    assert finder(here, switches=quiet).department(here.departments[0]).left_out == ("Ann Hill",)
    search = finder(here, switches=quiet, exempt=True).department(here.departments[0])
    assert told(search) == ("ann 15, (bob 20) 15" if desk_only else "(ann 20) 15, (bob 20) 15")


def test_a_department_of_people_without_telephones_rings_nothing():
    here = of(Member("eve"), replace(Member("eve"), desk_only=True))
    search = finder(here).department(here.departments[0])
    assert search.rings_nothing
    assert search.stages == ()
    assert not search.not_disturbed


def test_a_colleague_who_is_a_member_is_rung_as_one_and_not_in_anothers_place_besides():
    ann = replace(ANN, forwarding=Forwarding(ForwardWhen.NO_ANSWER, "102"))
    bob = replace(BOB, forwarding=Forwarding(ForwardWhen.ALWAYS, "103"))
    assert for_department(of(A, B, people=(ann, bob))) == "(ann 60) & ((cal 60) 60) 60"
    assert for_department(of(A, B, C, people=(ann, bob))) == "(ann 60) & (cal 60) 60"


def test_a_member_whose_calls_go_to_the_department_itself_is_passed_over():
    ann = replace(ANN, forwarding=Forwarding(ForwardWhen.ALWAYS, "30"))
    assert for_department(of(A, B, people=(ann,))) == "(bob 60) 60"


def test_a_person_whose_calls_go_to_a_department_may_be_rung_there_by_others_only():
    ann = replace(ANN, forwarding=Forwarding(ForwardWhen.NO_ANSWER, "30"))
    here = of(A, B, people=(ann,))
    assert told(finder(here).person(ann)) == "ann 20, if no answer ((bob 60) 60) 60"


def test_departments_in_a_circle_end():
    night = Department("night", "Night", "31", (Member(number="30"), B))
    here = office(departments=[sales(Member(number="31"), A), night])
    assert for_department(here) == "((bob 60) 60) & (ann 60) 60"
    assert for_department(here, "night") == "((ann 60) 60) & (bob 60) 60"


def test_twenty_members_are_rung_at_once():
    people = [Person(f"p{number}", f"P {number}", str(200 + number), station=f"s{number}") for number in range(20)]
    here = of(*(Member(person.id) for person in people), people=tuple(people))
    (stage,) = finder(here).department(here.departments[0]).stages
    assert [ring.whom for ring in stage.rings] == [person.name for person in people]


def test_a_round_robin_goes_on_behind_the_last_and_only_among_those_who_can_be_rung():
    here, turns = of(A, B, C, strategy=Strategy.ROUND_ROBIN), Turns()
    quiet = {do_not_disturb_switch("bob"): "on"}
    rung = [for_department(here, switches=quiet, in_turn=turns.in_turn) for _ in range(3)]
    assert rung == ["(ann 20) 15, (cal 20) 15", "(cal 20) 15, (ann 20) 15", "(ann 20) 15, (cal 20) 15"]


def test_the_longest_idle_is_rung_first():
    here, turns = of(A, B, C, strategy=Strategy.LONGEST_IDLE), Turns()
    for person, minute in (("ann", 5), ("bob", 3)):
        turns.talked(person, NOON.replace(minute=minute))
    assert for_department(here, in_turn=turns.in_turn) == "(cal 20) 15, (bob 20) 15, (ann 20) 15"


def operators(*turns: OperatorTurn, people: tuple[Person, ...] = (), at: datetime = NOON, company: str = "") -> str:
    here = replace(office(*people), operators=turns, companies=(Company("bay", "Bay Title", operator="cal"),))
    return told(finder(here, at).operator(here.company(company)))


def test_the_only_operator_is_rung_with_all_the_rules_of_a_person():
    ann = replace(ANN, follow_me=(FollowMeStep(StepRings.DESK, seconds=10.0), FollowMeStep(StepRings.CELL)))
    assert operators(people=(ann,)) == "ann 10, 5551111? 20"
    assert operators(people=(replace(ANN, ring_seconds=35.0),)) == "ann 35"


def test_operators_are_rung_in_order_each_in_their_hours_and_for_their_seconds():
    turns = (OperatorTurn("bob", hours="day"), OperatorTurn("cal", seconds=15.0), OperatorTurn("ann"))
    assert operators(*turns) == "(bob 20) 20, (cal 20) 15, (ann 20) 20"
    assert operators(*turns, at=NIGHT) == "(cal 20) 15, (ann 20) 20"
    assert operators(OperatorTurn("bob", seconds=40.0)) == "(bob 40) 40"


def test_an_operator_may_come_twice_and_is_not_rung_in_the_turn_of_another():
    bob = replace(BOB, forwarding=Forwarding(ForwardWhen.NO_ANSWER, "101"))
    turns = (OperatorTurn("ann"), OperatorTurn("bob"), OperatorTurn("ann"))
    assert operators(*turns, people=(bob,)) == "(ann 20) 20, (bob 20) 20, (ann 20) 20"


def test_an_operator_who_can_not_be_rung_takes_no_time():
    assert operators(OperatorTurn("eve"), OperatorTurn("bob")) == "(bob 20) 20"
    assert operators(OperatorTurn("bob", hours="day"), at=NIGHT) == "nobody"


def test_a_company_with_an_operator_of_its_own_has_that_one():
    assert operators(OperatorTurn("bob"), company="bay") == "cal 20"
    assert operators(OperatorTurn("bob")) == "(bob 20) 20"


def test_operators_are_looked_for_no_longer_than_anybody():
    here = replace(PLAIN, operators=tuple(OperatorTurn(who) for who in ("ann", "bob", "cal")))
    here = replace(here, reaching=Reaching(longest_seconds=40.0))
    assert finder(here).operator(here.itself).seconds == 40.0


def test_a_member_who_is_named_twice_is_rung_once_by_what_stands_first():
    members = (replace(A, hours="day", desk_only=True), A, B)
    assert for_department(of(*members), at=NOON) == "ann & (bob 60) 60"
    assert for_department(of(*members), at=NIGHT) == "(ann 60) & (bob 60) 60"


@pytest.mark.parametrize(
    ("when", "rung"),
    [
        (ForwardWhen.NEVER, "(ann 60) & (bob 60) 60"),
        (ForwardWhen.ALWAYS, "5553333? 25"),
        (ForwardWhen.BUSY, "((ann 60) & (bob 60) 60) 60, if busy 5553333? 25"),
        (ForwardWhen.NO_ANSWER, "((ann 60) & (bob 60) 60) 60, if no answer 5553333? 25"),
        (ForwardWhen.UNREACHED, "((ann 60) & (bob 60) 60) 60, 5553333? 25"),
        (ForwardWhen.WITH_DESK, "((ann 60) & (bob 60) 60) & 5553333? 60"),
    ],
)
def test_the_calls_of_a_department_are_forwarded_like_those_of_a_person(when: ForwardWhen, rung: str):
    of_numbers = of(A, B, forwarding=Forwarding(when, "95553333"))
    assert for_department(of_numbers) == rung
    by_day = of(A, B, forwarding=Forwarding(when, "95553333", hours="day"))
    assert for_department(by_day, at=NIGHT) == "(ann 60) & (bob 60) 60"


def test_a_delayed_number_rings_besides_the_members():
    later = of(A, B, forwarding=Forwarding(ForwardWhen.WITH_DESK, "95553333", delay_seconds=8.0))
    assert for_department(later) == "((ann 60) & (bob 60) 60) 8, +5553333? 25"
