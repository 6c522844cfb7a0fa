"""The states of a trunk."""

import pytest

from appliance.calls.trunk_protocol import TABLE, Event, IllegalEvent, State, after


def walk(*events: Event) -> list[State]:
    states = [State.IDLE]
    for event in events:
        states.append(after(states[-1], event))
    return states


def test_an_incoming_call_rings_is_answered_and_clears() -> None:
    assert walk(Event.RING, Event.RING, Event.ANSWER, Event.RELEASE, Event.GUARD_OVER) == [
        State.IDLE,
        State.RINGING,
        State.RINGING,
        State.UP,
        State.CLEARING,
        State.IDLE,
    ]


def test_a_caller_who_gives_up_leaves_the_line_idle() -> None:
    assert walk(Event.RING, Event.RINGS_OVER)[-1] is State.IDLE


def test_an_outgoing_call_is_seized_connected_and_clears() -> None:
    assert walk(Event.SEIZE, Event.CONNECT, Event.RELEASE)[-1] is State.CLEARING


def test_a_call_that_comes_while_the_line_clears_rings() -> None:
    assert walk(Event.SEIZE, Event.RELEASE, Event.RING)[-1] is State.RINGING


@pytest.mark.parametrize("state", list(State))
def test_a_line_without_battery_is_lost_whatever_it_did(state: State) -> None:
    assert after(state, Event.BATTERY_LOST) is State.LOST


def test_an_event_that_makes_no_sense_names_itself_and_the_state() -> None:
    with pytest.raises(IllegalEvent, match="a trunk that is up cannot take seize"):
        after(State.UP, Event.SEIZE)


def test_every_state_can_be_reached_and_left() -> None:
    assert set(TABLE.values()) == set(State)
    assert {state for state, event in TABLE if event is not Event.BATTERY_LOST} == set(State)
