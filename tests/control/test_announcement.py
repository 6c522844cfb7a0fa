"""The announcement over the control socket, and what a caller meets while it is on."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from appliance.api.announcement import announcement_status, offer_announcement
from appliance.api.status import unit_status
from appliance.control import ControlError
from appliance.office.announcement import Announcement
from appliance.office.contact import Blocked, Gets
from appliance.office.destination import ToMenu
from appliance.office.model import Office
from tests.calls.hearing import until
from tests.calls.phone import Phone
from tests.calls.world import GREETED, MAIN, World, world

SNOW = Announcement("We are closed today because of snow. Please call again tomorrow.")


class Offered:
    """Takes the one method, as the control server would."""

    def method(self, name: str, handler: Any, declared: Any) -> None:
        assert name == "announcement.set"
        self.handler, self.declared = handler, declared

    async def set(self, on: bool, until: str = "") -> Any:
        return await self.handler({"on": on, "until": until})


def offered(here: World) -> Offered:
    control = Offered()
    offer_announcement(control, here.appliance)  # type: ignore[arg-type]
    return control


def with_snow(office: Office) -> Office:
    return replace(office, announcement=SNOW)


async def calls(here: World) -> Phone:
    """A caller whose call is answered."""
    caller = await here.caller().dials(MAIN)
    await until(lambda: "up" in here.trunk_states())
    return caller


async def test_it_is_switched_on_and_off_and_the_status_tells_how_it_stands() -> None:
    async with world(with_snow) as here:
        control = offered(here)
        assert announcement_status(here.appliance) == {"on": False, "until": None}
        on = await control.set(True, "18:30")
        assert on == {"on": True, "until": "2026-03-03T18:30:00-05:00"}
        assert unit_status(here.appliance)["announcement"] == on
        assert here.appliance.switches.until("announcement") == datetime(2026, 3, 3, 23, 30, tzinfo=UTC)
        assert await control.set(False) == {"on": False, "until": None}


async def test_without_words_and_recording_it_cannot_be_switched_on() -> None:
    async with world() as here:
        with pytest.raises(ControlError) as refused:
            await offered(here).set(True)
        assert refused.value.code == "nothing-to-announce"
        assert r"record it by *83 on a telephone" in refused.value.message


async def test_when_its_time_is_over_callers_meet_the_menu_again() -> None:
    async with world(with_snow) as here:
        await offered(here).set(True, "09:16")
        await asyncio.sleep(60)
        assert announcement_status(here.appliance) == {"on": False, "until": None}
        caller = await here.caller().dials(MAIN)
        await caller.hears(GREETED)
        assert caller.heard[0] == GREETED


async def test_a_caller_hears_it_then_leaves_a_message_for_the_office() -> None:
    async with world(with_snow) as here:
        await offered(here).set(True)
        caller = await calls(here)
        await caller.hears("leave-message", within=20)
        caller.hangs_up()
        await until(lambda: not here.appliance.switchboard.ongoing, within=20)
        assert caller.heard == ["greeting-default-general", "leave-message"]
        (record,) = here.appliance.calls.recent(1)
        assert [step.what for step in record.steps] == ["hears the announcement", "a message for the office"]


async def test_a_key_cuts_it_and_counts_for_the_menu_behind_it() -> None:
    def to_the_menu(office: Office) -> Office:
        return replace(office, announcement=replace(SNOW, then=ToMenu()))

    async with world(to_the_menu) as here:
        await offered(here).set(True)
        caller = await calls(here)
        await asyncio.sleep(1.0)
        await caller.presses("101")
        await here.phone("fxs-1").rings(within=5)


async def test_who_is_blocked_does_not_hear_it() -> None:
    async with world(with_snow) as here:
        await offered(here).set(True)
        await here.appliance.contacts.block(Blocked("407*", Gets.REFUSAL))
        caller = await calls(here)
        await caller.hears("goodbye")
        assert caller.heard == ["call-refused", "goodbye"]


async def test_a_star_alone_only_cuts_it_short() -> None:
    def managed(office: Office) -> Office:
        people = tuple(replace(person, manager=person.id == "maria") for person in office.people)
        return replace(office, announcement=SNOW, people=people)

    async with world(managed) as here:
        await offered(here).set(True)
        caller = await calls(here)
        await asyncio.sleep(1.0)
        await caller.presses("*")
        assert caller.heard == []
        await caller.hears("leave-message", within=5)
        await caller.presses("*83")
        await caller.hears("enter-mailbox", within=5)


async def test_hanging_up_in_the_middle_of_it_is_no_fault() -> None:
    async with world(with_snow) as here:
        await offered(here).set(True)
        caller = await calls(here)
        caller.hangs_up()
        await until(lambda: not here.appliance.switchboard.ongoing, within=20)
        assert here.appliance.calls.recent(1)[0].outcome == "abandoned"
        assert here.appliance.faults == []
