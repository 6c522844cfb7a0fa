"""What the control socket tells of the unit: all of it once, and then what has changed."""

from __future__ import annotations

from appliance.api.status import offer_status, unit_status
from tests.calls.around import station_at, until
from tests.calls.world import world


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


async def test_a_watch_is_told_what_has_changed_and_knows_the_whole_state_by_that():
    async with world() as here:
        socket = Socket()
        offer_status(socket, here.appliance)
        state = dict(socket.topics["status"]())
        desk = station_at(here, "fxs-1")
        desk.lift()
        await until(lambda: here.appliance.switchboard.ongoing)
        desk.hang_up()
        await until(lambda: not here.appliance.switchboard.ongoing)
        assert socket.events
        assert all({"stations", "calls"} & event.keys() for event in socket.events)
        for event in socket.events:
            assert not {"office", "trunks", "mailboxes", "ticks", "cards"} & event.keys()
            state |= event
        now = dict(unit_status(here.appliance))
        assert {**state, "ticks": None} == {**now, "ticks": None}
