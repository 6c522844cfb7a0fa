"""What a button means: bounces, short and long presses, one that is held, and one that is stuck."""

from __future__ import annotations

import asyncio

import pytest

from hw.panel.button import Button
from hw.panel.button_protocol import HELD_S, SETTLED_S, ButtonEvent, ButtonHeld, ButtonPressed, ButtonProtocol
from hw.sim.button import SimContact


def told(*moves: tuple[float, bool], until: float, down: bool = False) -> list[ButtonEvent]:
    """What is told of a contact that moves at these times, with `due` at each deadline until then."""
    button, events = ButtonProtocol(down), list[ButtonEvent]()
    for at, to in [*moves, (until, moves[-1][1])]:
        while button.deadline is not None and button.deadline < at:
            events += button.due(button.deadline)
        events += button.contact(to, at)
    return events


def test_it_is_told_when_it_is_let_go_how_long_it_was_pressed() -> None:
    assert told((1.0, True), (1.25, False), until=2) == [ButtonPressed(0.25)]


def test_a_contact_that_bounces_is_pressed_once_and_let_go_once() -> None:
    bounces = [(1.0, True), (1.002, False), (1.004, True), (1.009, False), (1.01, True)]
    back = [(1.5, False), (1.503, True), (1.51, False)]
    [event] = told(*bounces, *back, until=3)
    assert event == ButtonPressed(pytest.approx(0.5, abs=0.01))


def test_what_is_shorter_than_a_bounce_is_nothing() -> None:
    assert told((1.0, True), (1.0 + SETTLED_S / 2, False), until=2) == []


def test_it_is_told_while_it_is_held_once_and_letting_go_is_no_press() -> None:
    assert told((1.0, True), until=1.0 + HELD_S - 0.1) == []
    assert told((1.0, True), (30.0, False), until=31) == [ButtonHeld()]


def test_one_that_is_stuck_at_the_start_means_nothing_until_it_was_let_go() -> None:
    assert told((20.0, False), (21.0, True), (21.3, False), until=22, down=True) == [
        ButtonPressed(pytest.approx(0.3)),
    ]


async def test_a_button_is_watched_on_the_loop_until_it_is_closed() -> None:
    events = list[ButtonEvent]()
    contact = SimContact()
    button = Button(contact, events.append)
    contact.move(down=True)
    await asyncio.sleep(1)
    assert button.pressed
    contact.move(down=False)
    await asyncio.sleep(1)
    assert [round(event.seconds) for event in events if isinstance(event, ButtonPressed)] == [1]
    button.close()
    contact.move(down=True)
    await asyncio.sleep(20)
    assert len(events) == 1


async def test_a_change_that_nobody_was_told_of_is_noticed_before_it_counts_as_held() -> None:
    class Deaf(SimContact):
        def move(self, *, down: bool) -> None:
            """Tells when it is pressed, and not when it is let go, as some kernels lose edges."""
            if down:
                super().move(down=True)
            else:
                self._down = False

    events = list[ButtonEvent]()
    contact = Deaf()
    button = Button(contact, events.append)
    contact.move(down=True)
    await asyncio.sleep(0.5)
    contact.move(down=False)
    await asyncio.sleep(HELD_S + 1)
    assert [type(event) for event in events] == [ButtonPressed]
    button.close()
