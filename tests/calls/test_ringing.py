"""Ringing telephones: those that are lifted just then, those that ring already, and those that stop."""

from __future__ import annotations

import asyncio
from unittest import mock

import pytest

from appliance.calls.call import Call
from appliance.calls.party import Party, says_nothing
from appliance.calls.reaching import Unreached, Why, reach_first
from appliance.calls.targets import StationTarget
from appliance.office.model import Person
from tests.calls.around import dials_inside, spoken, station_at, until
from tests.calls.world import World, world


async def a_party(here: World) -> Party:
    """At a telephone which is off hook."""
    station_at(here, "fxs-4").lift()
    await asyncio.sleep(0.5)
    line = here.appliance.lines.stations["break room"]
    assert line.leg is not None

    return Party(line.leg, line, says_nothing)


async def test_a_telephone_that_is_lifted_as_it_begins_to_ring_is_on_the_phone() -> None:
    async with world() as here:
        ring = Call.ring

        async def lifted_just_then(call: Call, person: Person) -> Party | Unreached:
            station_at(here, "fxs-2").lift()
            return await ring(call, person)

        with spoken() as said, mock.patch.object(Call, "ring", lifted_just_then):
            caller = await here.greeted()
            await caller.press("102")
            await asyncio.sleep(12)
        assert said.on("main") == [
            "dial-extension-any-time",
            "for-operator",
            "one-moment",
            "on-the-phone",
            "leave-message",
        ]
        assert here.appliance.faults == []


async def test_when_one_of_several_is_lifted_as_they_begin_to_ring_the_others_ring_and_stop() -> None:
    async with world() as here:
        caller = await a_party(here)
        lines = [here.appliance.lines.stations[name] for name in ("front desk", "surgery", "billing")]
        station_at(here, "fxs-2").lift()
        ringing = asyncio.create_task(reach_first([StationTarget(line, None) for line in lines], caller, 6.0))
        await asyncio.sleep(3)
        assert [station_at(here, f"fxs-{n}").ringing for n in (1, 2, 3)] == [True, False, True]
        assert await ringing == Unreached(Why.NO_ANSWER)
        assert [line.state.value for line in lines] == ["on-hook", "off-hook", "on-hook"]
        bursts = [station_at(here, f"fxs-{n}").ring_bursts for n in (1, 3)]
        await asyncio.sleep(12)
        assert [station_at(here, f"fxs-{n}").ring_bursts for n in (1, 3)] == bursts


async def test_when_two_answer_at_the_same_moment_one_gets_the_call_and_the_other_is_released() -> None:
    async with world() as here:
        caller = await a_party(here)
        lines = [here.appliance.lines.stations[name] for name in ("front desk", "surgery", "billing")]
        ringing = asyncio.create_task(reach_first([StationTarget(line, None) for line in lines], caller, 20.0))
        await asyncio.sleep(3)
        station_at(here, "fxs-1").lift()
        station_at(here, "fxs-3").lift()
        reached = await ringing
        assert isinstance(reached, Party)
        assert reached.leg is lines[0].leg
        told: list[str] = []
        station_at(here, "fxs-1").observers.append(lambda what: told.append(f"front desk {what}"))
        station_at(here, "fxs-3").observers.append(lambda what: told.append(f"billing {what}"))
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
    pressed: str, told: list[str]
) -> None:
    async with world() as here:
        first = await here.greeted()
        second = await here.greeted()
        await first.press("0")
        await until(lambda: station_at(here, "fxs-1").ringing)
        with spoken() as said:
            await second.press(pressed)
            await asyncio.sleep(12)
        assert said.on("line 2") == told
        assert station_at(here, "fxs-1").ringing, "the first caller's ringing was stopped"


async def test_a_caller_to_somebody_who_talks_hears_that() -> None:
    async with world() as here:
        await here.connected()
        with spoken() as said:
            await dials_inside(here, "fxs-2", "101")
            await asyncio.sleep(8)
        assert said.on("surgery") == ["one-moment", "on-the-phone", "leave-message"]
