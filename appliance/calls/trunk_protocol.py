"""The states of a line to the exchange, as one table. No I/O: the trunk line feeds it and obeys it."""

from __future__ import annotations

from enum import Enum


class State(Enum):
    IDLE = "idle"
    RINGING = "ringing"
    SEIZED = "seized"
    """Off hook to dial out, not yet connected."""
    UP = "up"
    CLEARING = "clearing"
    """On hook again; the exchange needs 2 s to notice before the line can be seized (docs/lines.md)."""
    TESTED = "tested"
    """The line doctor has it: no call comes in or goes out."""
    LOST = "lost"
    """No battery: unplugged or dead."""


class Event(Enum):
    RING = "ring"
    RINGS_OVER = "rings-over"
    ANSWER = "answer"
    SEIZE = "seize"
    CONNECT = "connect"
    TEST = "test"
    RELEASE = "release"
    GUARD_OVER = "guard-over"
    BATTERY_LOST = "battery-lost"
    BATTERY_RESTORED = "battery-restored"


class IllegalEvent(RuntimeError):
    """The event makes no sense in this state; nothing has changed."""

    def __init__(self, state: State, event: Event) -> None:
        super().__init__(f"a trunk that is {state.value} cannot take {event.value}")
        self.state = state
        self.event = event


TABLE: dict[tuple[State, Event], State] = {
    (State.IDLE, Event.RING): State.RINGING,
    (State.IDLE, Event.SEIZE): State.SEIZED,
    (State.IDLE, Event.TEST): State.TESTED,
    (State.RINGING, Event.RING): State.RINGING,
    (State.RINGING, Event.RINGS_OVER): State.IDLE,
    (State.RINGING, Event.ANSWER): State.UP,
    (State.SEIZED, Event.CONNECT): State.UP,
    (State.SEIZED, Event.RELEASE): State.CLEARING,
    (State.UP, Event.RELEASE): State.CLEARING,
    (State.TESTED, Event.RELEASE): State.CLEARING,
    (State.CLEARING, Event.RING): State.RINGING,
    (State.CLEARING, Event.GUARD_OVER): State.IDLE,
    (State.LOST, Event.BATTERY_RESTORED): State.IDLE,
    **{(state, Event.BATTERY_LOST): State.LOST for state in State},
}


def after(state: State, event: Event) -> State:
    """The state that follows. IllegalEvent where the table has none."""
    try:
        return TABLE[state, event]
    except KeyError:
        raise IllegalEvent(state, event) from None
