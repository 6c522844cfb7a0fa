"""What the control socket tells of the unit: all of it once, and then what has changed."""

from __future__ import annotations

import asyncio

from appliance.api.status import TOLD_AFTER_S, offer_status, unit_status
from appliance.office.contact import Contact
from tests.calls.farlines import ANNE
from tests.calls.hearing import until
from tests.calls.plainlines import PlainWorld, hear_each_other
from tests.calls.world import World


class Socket:
    """Stands in for the control server: what is offered and published."""

    def __init__(self):
        self.events = []
        self.topics = {}

    def method(self, name, handler):
        self.asked = handler

    def topic(self, name, state):
        self.topics[name] = state

    def publish(self, topic, event):
        assert topic == "status"
        self.events.append(event)


async def test_a_watch_is_told_what_has_changed_and_knows_the_whole_state_by_that(here: World):
    socket = Socket()
    offer_status(socket, here.appliance)
    state = dict(socket.topics["status"]())
    desk = here.phone("fxs-1")
    desk.lifts()
    await until(lambda: here.appliance.switchboard.ongoing)
    desk.hangs_up()
    await until(lambda: not here.appliance.switchboard.ongoing)
    await asyncio.sleep(2 * TOLD_AFTER_S)
    assert socket.events
    assert all({"stations", "calls"} & event.keys() for event in socket.events)
    for event in socket.events:
        assert not {"office", "trunks", "mailboxes", "ticks", "cards"} & event.keys()
        state |= event
    now = dict(unit_status(here.appliance))
    assert {**state, "ticks": None} == {**now, "ticks": None}


async def test_a_call_is_told_with_who_calls_how_far_it_came_and_who_talks(plain: PlainWorld):
    unit = plain.here.appliance
    await unit.contacts.add(Contact(ANNE.number, "Anne Hill, Harbour Foods"))
    caller = await plain.greeted()
    (call,) = unit_status(unit)["calls"]
    assert (call["name"], call["steps"], call["talks_to"]) == ("Anne Hill, Harbour Foods", ["to the menu"], [])
    assert call["may"] == ["transfer", "pick_up", "hang_up"]
    caller.presses("101")
    await plain.maria.answers()
    await hear_each_other(caller, plain.maria)
    (call,) = unit_status(unit)["calls"]
    assert call["talks_to"] == ["Maria Alvarez"]
    assert call["may"] == ["transfer", "park", "listen", "hang_up"]
    assert call["steps"][0] == "to the menu"
    assert call["since"] == "2026-03-03T09:15:00-05:00"
