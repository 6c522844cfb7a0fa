"""Who is rung for a person: the desk, every mode of forwarding, follow-me lists, and others in the person's place."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from appliance.office.availability import do_not_disturb_switch, forwarding_switch, presence_switch, written
from appliance.office.finding import MOST_FORWARDINGS
from appliance.office.forwarding import FollowMeStep, Forwarding, ForwardWhen, Presence, Reaching, StepRings
from appliance.office.people import Person
from appliance.office.search import Desk, Number, Search
from tests.office.search import ANN, BOB, CAL, EVE, NIGHT, NOON, finder, for_person, office

DESK, CELL, NUMBER = StepRings.DESK, StepRings.CELL, StepRings.NUMBER


def forwarded(person: Person, when: ForwardWhen, to: str | None = None, **further: Any) -> Person:
    return replace(person, forwarding=Forwarding(when, to, **further))


def follows(person: Person, *steps: FollowMeStep) -> Person:
    return replace(person, follow_me=steps)


def test_a_telephone_rings_for_as_long_as_the_person_says():
    assert for_person(office(replace(ANN, ring_seconds=35.0))) == "ann 35"


def test_nothing_rings_for_somebody_without_a_telephone():
    search = finder(office()).person(EVE)
    assert search.rings_nothing
    assert not search.not_disturbed


@pytest.mark.parametrize(
    ("when", "rung"),
    [
        (ForwardWhen.NEVER, "ann 20"),
        (ForwardWhen.ALWAYS, "5551111? 25"),
        (ForwardWhen.BUSY, "ann 20, if busy 5551111? 25"),
        (ForwardWhen.NO_ANSWER, "ann 20, if no answer 5551111? 25"),
        (ForwardWhen.UNREACHED, "ann 20, 5551111? 25"),
        (ForwardWhen.WITH_DESK, "ann & 5551111? 25"),
    ],
)
def test_calls_are_forwarded_to_the_cell_phone_in_each_mode(when: ForwardWhen, rung: str):
    assert for_person(office(forwarded(ANN, when))) == rung


def test_the_desk_may_ring_alone_before_the_cell_phone_rings_as_well():
    ann = forwarded(ANN, ForwardWhen.WITH_DESK, delay_seconds=8.0)
    assert for_person(office(ann)) == "ann 8, +5551111? 25"


def test_a_desk_that_rings_with_the_cell_phone_rings_no_shorter_than_alone():
    ann = forwarded(replace(ANN, ring_seconds=40.0), ForwardWhen.WITH_DESK)
    assert for_person(office(ann)) == "ann & 5551111? 40"


@pytest.mark.parametrize(
    ("when", "rung"),
    [
        (ForwardWhen.ALWAYS, "5559999? 25"),
        (ForwardWhen.BUSY, "nobody"),
        (ForwardWhen.NO_ANSWER, "5559999? 25"),
        (ForwardWhen.UNREACHED, "5559999? 25"),
        (ForwardWhen.WITH_DESK, "5559999? 25"),
    ],
)
def test_where_there_is_no_telephone_calls_go_on_at_once_unless_it_should_be_busy(when: ForwardWhen, rung: str):
    assert for_person(office(forwarded(EVE, when, "95559999")), "eve") == rung


def test_calls_are_forwarded_to_a_colleague_with_all_that_the_colleague_has():
    ann = forwarded(ANN, ForwardWhen.ALWAYS, "102")
    bob = forwarded(BOB, ForwardWhen.NO_ANSWER)
    assert for_person(office(ann, bob)) == "(bob 20, if no answer 5552222? 25) 45"


def test_calls_are_forwarded_within_the_hours_of_the_forwarding():
    ann = forwarded(ANN, ForwardWhen.ALWAYS, hours="day")
    assert for_person(office(ann), at=NOON) == "5551111? 25"
    assert for_person(office(ann), at=NIGHT) == "ann 20"


@pytest.mark.parametrize("to", ["911", "9911", "8500", "199", "9"])
def test_the_telephone_rings_where_nobody_may_be_called_by_the_number(to: str):
    assert for_person(office(forwarded(ANN, ForwardWhen.ALWAYS, to))) == "ann 20"


def test_a_cell_phone_that_would_be_an_emergency_number_behind_the_prefix_is_not_called():
    ann = forwarded(replace(ANN, cell="11"), ForwardWhen.ALWAYS)
    assert for_person(office(ann)) == "ann 20"


def test_without_screening_the_number_is_just_called():
    ann = replace(forwarded(ANN, ForwardWhen.ALWAYS), screening=False)
    assert for_person(office(ann)) == "5551111 25"


def test_a_code_counts_more_than_the_forwarding_of_the_document():
    of = office(forwarded(ANN, ForwardWhen.ALWAYS))
    assert for_person(of, switches={forwarding_switch("ann"): written(ForwardWhen.NEVER)}) == "ann 20"
    dialled = {forwarding_switch("ann"): written(ForwardWhen.BUSY, "103")}
    assert for_person(of, switches=dialled) == "ann 20, if busy (cal 20) 20"


def test_a_code_counts_more_than_the_follow_me_list_until_it_is_taken_back():
    of = office(follows(ANN, FollowMeStep(DESK), FollowMeStep(CELL)))
    assert for_person(of, switches={forwarding_switch("ann"): written(ForwardWhen.ALWAYS, "103")}) == "(cal 20) 20"
    back = {forwarding_switch("ann"): written(ForwardWhen.NEVER)}
    assert for_person(of, switches=back) == "ann 20, 5551111? 20"


def test_two_who_forward_to_one_another_reach_nobody_and_the_mailbox_of_the_first_is_next():
    of = office(forwarded(ANN, ForwardWhen.ALWAYS, "102"), forwarded(BOB, ForwardWhen.ALWAYS, "101"))
    assert finder(of).person(of.people[0]).rings_nothing
    assert finder(of).person(of.people[1]).rings_nothing


def test_a_circle_of_those_who_do_not_answer_rings_each_once():
    of = office(
        forwarded(ANN, ForwardWhen.NO_ANSWER, "102"),
        forwarded(BOB, ForwardWhen.NO_ANSWER, "103"),
        forwarded(CAL, ForwardWhen.NO_ANSWER, "101"),
    )
    assert for_person(of) == "ann 20, if no answer (bob 20, if no answer (cal 20) 20) 40"
    assert for_person(of, "cal") == "cal 20, if no answer (ann 20, if no answer (bob 20) 20) 40"


def test_a_follow_me_list_rings_step_by_step_each_with_its_seconds():
    of = office(
        follows(
            ANN,
            FollowMeStep(DESK, seconds=10.0),
            FollowMeStep(CELL, seconds=15.0, together=True),
            FollowMeStep(NUMBER, "95550009"),
            FollowMeStep(NUMBER, "102", seconds=30.0),
        )
    )
    assert for_person(of) == "ann 10, +5551111? 15, 5550009? 20, (bob 20) 30"


def test_steps_are_taken_within_their_hours():
    of = office(follows(ANN, FollowMeStep(DESK, hours="day"), FollowMeStep(CELL)))
    assert for_person(of, at=NOON) == "ann 20, 5551111? 20"
    assert for_person(of, at=NIGHT) == "5551111? 20"


def test_steps_are_taken_by_where_the_person_has_said_to_be():
    steps = (FollowMeStep(DESK, when=Presence.AT_OFFICE), FollowMeStep(CELL, when=Presence.AWAY))
    of = office(follows(ANN, *steps, FollowMeStep(NUMBER, "103")))
    assert for_person(of) == "ann 20, (cal 20) 20"
    away = {presence_switch("ann"): Presence.AWAY.value}
    assert for_person(of, switches=away) == "5551111? 20, (cal 20) 20"


def test_steps_that_ring_nobody_take_no_time():
    of = office(follows(EVE, FollowMeStep(DESK), FollowMeStep(NUMBER, "8500"), FollowMeStep(NUMBER, "102")))
    assert for_person(of, "eve") == "(bob 20) 20"
    not_bob = {do_not_disturb_switch("bob"): "on"}
    assert finder(of, switches=not_bob).person(of.people[3]).stages == ()


def test_nothing_rings_for_somebody_who_does_not_want_to_be_disturbed():
    of = office(forwarded(ANN, ForwardWhen.WITH_DESK))
    assert for_person(of, switches={do_not_disturb_switch("ann"): "on"}) == "not disturbed"


def test_a_call_that_is_exempt_disturbs_all_the_same_also_on_the_way():
    of = office(forwarded(ANN, ForwardWhen.NO_ANSWER, "102"))
    quiet = {do_not_disturb_switch("ann"): "on", do_not_disturb_switch("bob"): "on"}
    search = finder(of, switches=quiet, exempt=True).person(of.people[0])
    assert next(ring for stage in search.stages for ring in stage.rings) == Desk(of.people[0])
    assert not search.rings_nothing
    assert len(search.stages) == 2


def test_a_colleague_who_does_not_want_to_be_disturbed_is_not_rung_in_anothers_place():
    quiet = {do_not_disturb_switch("bob"): "on"}
    assert for_person(office(forwarded(ANN, ForwardWhen.NO_ANSWER, "102")), switches=quiet) == "ann 20"
    always = finder(office(forwarded(ANN, ForwardWhen.ALWAYS, "102")), switches=quiet)
    search = always.person(always.office.people[0])
    assert search.rings_nothing
    assert search.left_out == ("Bob Lane",)


def test_nobody_is_looked_for_longer_than_the_office_says():
    of = replace(office(forwarded(ANN, ForwardWhen.NO_ANSWER)), reaching=Reaching(longest_seconds=30.0))
    search = finder(of).person(of.people[0])
    assert (search.longest_seconds, search.seconds) == (30.0, 30.0)
    assert sum(stage.seconds for stage in search.stages) == 45.0


def test_the_numbers_of_a_search_are_those_of_everybody_in_it():
    of = office(forwarded(ANN, ForwardWhen.NO_ANSWER, "102"), forwarded(BOB, ForwardWhen.WITH_DESK))
    assert finder(of).person(of.people[0]).numbers == [Number("5552222", of.people[1], screened=True)]


def test_a_chain_of_forwardings_is_followed_ten_times_and_reaches_nobody_behind_that():
    def chain(length: int) -> Search:
        people = [
            Person(f"p{number}", f"P {number}", str(200 + number), forwarding=Forwarding(ForwardWhen.ALWAYS, to))
            for number, to in enumerate(str(201 + number) for number in range(length))
        ]
        of = office(*people, Person("last", "Last", str(200 + length), station="last"))
        return finder(of).person(people[0])

    assert not chain(MOST_FORWARDINGS).rings_nothing
    assert chain(MOST_FORWARDINGS + 1).rings_nothing
    assert chain(400).rings_nothing
