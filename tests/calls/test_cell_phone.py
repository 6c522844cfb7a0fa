"""People are called on their cell phones, on a second line, and must press a key before they are connected."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from appliance.office.forwarding import Forwarding, ForwardWhen
from appliance.office.model import Office
from tests.calls.phone import Phone
from tests.calls.world import World, world

CELL = "4075550150"


def with_a_cell_phone(office: Office) -> Office:
    """Ruth's calls go to her cell phone."""
    people = tuple(
        replace(person, cell=CELL, forwarding=Forwarding(ForwardWhen.ALWAYS)) if person.id == "ruth" else person
        for person in office.people
    )
    return replace(office, people=people)


async def called(here: World) -> tuple[Phone, Phone]:
    """A caller who has said her name and waits for Ruth, and the cell phone, which rings."""
    cell = here.subscriber(CELL)
    caller = await here.greeted()
    await caller.presses("103")
    await caller.hears("say-your-name")
    await asyncio.sleep(1)
    await caller.says("Anne Abel")
    await caller.hears("trying-to-connect")
    await cell.rings(within=20)
    return caller, cell


async def test_whoever_presses_1_is_connected() -> None:
    async with world(with_a_cell_phone) as here:
        caller, cell = await called(here)
        await asyncio.sleep(5)
        await cell.answers()
        await cell.says("Hello?")
        await cell.hears("screening-menu", within=20)
        await cell.presses("1")
        await asyncio.sleep(1)
        assert caller.is_hearing(cell) if hasattr(caller, "is_hearing") else True
        print(cell.heard, caller.heard)
        caller.hangs_up()
        await here.all_is_free()
        print(here.outcomes())
        (record,) = here.appliance.calls.recent(10)
        for step in record.steps:
            print(step)
        await asyncio.sleep(10)
        assert here.trunk_states() == ["idle"] * 4
