"""Ringing telephones: those that are lifted just then, those that ring already, and those that stop."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from unittest import mock

import pytest

from appliance.calls.call import Call
from appliance.calls.party import Party, says_nothing
from appliance.calls.reaching import Reached, Unreached, Why, reach_first
from appliance.calls.targets import StationTarget
from appliance.calls.waiting import Conversation, Pressed
from appliance.office.model import Office
from appliance.office.search import Search
from tests.calls.world import World, world


async def a_party(here: World) -> Party:
    """At a telephone which is off hook."""
    here.phone("fxs-4").lifts()
    await asyncio.sleep(0.5)
    line = here.appliance.lines.stations["break room"]
    assert line.leg is not None

    return Party(line.leg, line, says_nothing)


async def test_a_telephone_that_is_lifted_as_it_begins_to_ring_is_on_the_phone(here: World) -> None:
    look_for = Call.look_for

    async def lifted_just_then(call: Call, search: Search, conversation: Conversation) -> Reached | Pressed:
        here.phone("fxs-2").lifts()
        return await look_for(call, search, conversation)

    with mock.patch.object(Call, "look_for", lifted_just_then):
        caller = await here.greeted()
        await caller.presses("102")
        await caller.hears("leave-message")
    assert caller.heard == ["one-moment", "on-the-phone", "leave-message"]
    assert here.appliance.faults == []


async def test_when_one_of_several_is_lifted_as_they_begin_to_ring_the_others_ring_and_stop(here: World) -> None:
    caller = await a_party(here)
    lines = [here.appliance.lines.stations[name] for name in ("front desk", "surgery", "billing")]
    here.phone("fxs-2").lifts()
    ringing = asyncio.create_task(reach_first([StationTarget(line, None) for line in lines], caller, 6.0))
    await asyncio.sleep(3)
    assert [here.phone(f"fxs-{n}").ringing for n in (1, 2, 3)] == [True, False, True]
    assert await ringing == Unreached(Why.NO_ANSWER)
    assert [line.state.value for line in lines] == ["on-hook", "off-hook", "on-hook"]
    bursts = [here.phone(f"fxs-{n}").telephone.ring_bursts for n in (1, 3)]
    await asyncio.sleep(12)
    assert [here.phone(f"fxs-{n}").telephone.ring_bursts for n in (1, 3)] == bursts


async def test_when_two_answer_at_the_same_moment_one_gets_the_call_and_the_other_is_released(here: World) -> None:
    caller = await a_party(here)
    lines = [here.appliance.lines.stations[name] for name in ("front desk", "surgery", "billing")]
    ringing = asyncio.create_task(reach_first([StationTarget(line, None) for line in lines], caller, 20.0))
    await asyncio.sleep(3)
    here.phone("fxs-1").lifts()
    here.phone("fxs-3").lifts()
    reached = await ringing
    assert isinstance(reached, Party)
    assert reached.leg is lines[0].leg
    told: list[str] = []
    here.phone("fxs-1").telephone.observers.append(lambda what: told.append(f"front desk {what}"))
    here.phone("fxs-3").telephone.observers.append(lambda what: told.append(f"billing {what}"))
    await asyncio.sleep(3)
    assert told == ["billing loop-break"]
    assert [line.state.value for line in lines] == ["off-hook", "on-hook", "off-hook"]


@pytest.mark.parametrize(
    ("pressed", "told"),
    [
        ("0", ["connecting-operator", "nobody-available", "greeting-default-general", "leave-message"]),
        ("101", ["one-moment", "not-available", "leave-message"]),
    ],
    ids=["the operator", "the extension"],
)
async def test_a_second_caller_while_a_telephone_rings_hears_that_nobody_can_take_the_call(
    here: World, pressed: str, told: list[str]
) -> None:
    first = await here.greeted()
    second = await here.greeted()
    await first.presses("0")
    await here.phone("fxs-1").rings()
    await second.presses(pressed)
    await second.hears("leave-message")
    assert second.heard == told
    assert here.phone("fxs-1").ringing, "the first caller's ringing was stopped"


async def test_a_caller_to_somebody_who_talks_hears_that() -> None:
    def not_waiting(office: Office) -> Office:
        return replace(office, stations=tuple(replace(one, call_waiting=False) for one in office.stations))

    async with world(not_waiting) as here:
        await here.connected()
        surgery = await here.phone("fxs-2").dials("101")
        await surgery.hears("leave-message")
        assert surgery.heard == ["one-moment", "on-the-phone", "leave-message"]
