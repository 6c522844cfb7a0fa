"""A search told in sentences."""

from __future__ import annotations

from dataclasses import replace

from appliance.office.availability import do_not_disturb_switch
from appliance.office.departments import Department, Member, Strategy
from appliance.office.destination import EndCall, ToDepartment, ToMenu, ToOperator, ToPerson
from appliance.office.forwarding import FollowMeStep, Forwarding, ForwardWhen, Reaching, StepRings
from appliance.office.operators import OperatorTurn
from appliance.office.searchwords import followed
from tests.office.search import ANN, BOB, finder, office

TO_ANN = ToPerson("ann")


def said(of, destination=TO_ANN, switches=None) -> list[str]:
    return followed(finder(of, switches=switches), destination, of.itself)


def test_a_telephone_then_a_cell_phone_then_the_mailbox():
    assert said(office(replace(ANN, forwarding=Forwarding(ForwardWhen.NO_ANSWER)))) == [
        "The telephone of Ann Hill rings for 20 s.",
        "If nobody answers, 5551111, for Ann Hill, is called for 25 s and asked to press 1.",
        "If nobody answers, callers can leave Ann Hill a message.",
    ]


def test_who_is_rung_at_once_and_who_joins():
    at_once = replace(ANN, forwarding=Forwarding(ForwardWhen.WITH_DESK), screening=False)
    assert said(office(at_once))[0] == (
        "The telephone of Ann Hill rings for 25 s; at the same time "
        "5551111, for Ann Hill, is called for 25 s and connected when it answers."
    )
    later = replace(ANN, forwarding=Forwarding(ForwardWhen.WITH_DESK, "102", 8.0))
    assert said(office(later))[:2] == [
        "The telephone of Ann Hill rings for 8 s.",
        "While that goes on ringing, the telephone of Bob Lane rings for 20 s.",
    ]


def test_only_a_busy_telephone_leads_on():
    assert said(office(replace(ANN, forwarding=Forwarding(ForwardWhen.BUSY, "103"))))[1] == (
        "If it is busy, the telephone of Cal Moss rings for 20 s."
    )


def test_a_search_of_several_steps_within_another_is_told_by_itself():
    ann = replace(ANN, forwarding=Forwarding(ForwardWhen.ALWAYS, "102"))
    bob = replace(BOB, forwarding=Forwarding(ForwardWhen.NO_ANSWER))
    assert said(office(ann, bob)) == [
        "Bob Lane is looked for, for 45 s:",
        "  The telephone of Bob Lane rings for 20 s.",
        "  If nobody answers, 5552222, for Bob Lane, is called for 25 s and asked to press 1.",
        "If nobody answers, callers can leave Ann Hill a message.",
    ]


def test_a_follow_me_list_that_is_longer_than_the_office_looks_for_anybody():
    steps = (FollowMeStep(StepRings.DESK, seconds=40.0), FollowMeStep(StepRings.CELL, seconds=30.0))
    of = replace(office(replace(ANN, follow_me=steps)), reaching=Reaching(longest_seconds=60.0))
    assert said(of)[1:3] == [
        "If nobody has answered, 5551111, for Ann Hill, is called for 30 s and asked to press 1.",
        "All of this is over after 60 s.",
    ]


def test_somebody_who_does_not_want_to_be_disturbed():
    quiet = {do_not_disturb_switch("ann"): "on"}
    assert said(office(replace(ANN, assistant="bob")), switches=quiet) == [
        "Ann Hill does not want to be disturbed: nothing rings.",
        "Callers can leave Ann Hill a message, and are told to dial 102 for Bob Lane.",
    ]
    assert said(office(), switches=quiet)[1] == "Callers can leave Ann Hill a message."


def test_somebody_without_a_telephone_or_a_mailbox():
    assert said(office(replace(ANN, station=None, mailbox=False))) == [
        "No telephone rings for Ann Hill.",
        "If nobody answers, callers can leave Eve Nash a message.",
    ]


def sales(strategy: Strategy, **further) -> Department:
    return Department(
        "sales", "Sales", "30", (Member("ann"), Member("bob"), Member(number="95559999")), strategy, **further
    )


def test_a_department_at_once_in_turn_and_escalating():
    to_sales = ToDepartment("sales")
    assert said(office(departments=[sales(Strategy.ALL, mailbox=True)]), to_sales) == [
        "The telephone of Ann Hill rings for 60 s; at the same time the telephone of Bob Lane rings for 60 s; "
        "at the same time 5559999 is called for 60 s and asked to press 1.",
        "If nobody answers, callers can leave Sales a message.",
    ]
    assert said(office(departments=[sales(Strategy.ROUND_ROBIN, otherwise=ToMenu())]), to_sales) == [
        "The telephone of Ann Hill rings for 15 s.",
        "If nobody has answered, the telephone of Bob Lane rings for 15 s.",
        "If nobody has answered, 5559999 is called for 15 s and asked to press 1.",
        "The next call begins with the member behind the one who was first in this one.",
        "If nobody answers, the unit goes to the first menu.",
    ]
    assert said(office(departments=[sales(Strategy.ESCALATING)]), to_sales)[1:] == [
        "While that goes on ringing, the telephone of Bob Lane rings for 15 s.",
        "While that goes on ringing, 5559999 is called for 30 s and asked to press 1.",
        "If nobody answers, callers can leave Eve Nash a message.",
    ]


def test_the_operators():
    of = replace(office(), operators=(OperatorTurn("bob"), OperatorTurn("ann", seconds=10.0)))
    assert said(of, ToOperator()) == [
        "The telephone of Bob Lane rings for 20 s.",
        "If nobody has answered, the telephone of Ann Hill rings for 10 s.",
        "If nobody answers, callers can leave Eve Nash a message.",
    ]


def test_where_nobody_is_looked_for_there_is_nothing_to_tell():
    assert said(office(), EndCall()) == []
