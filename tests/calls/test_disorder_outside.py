"""The disorder of `test_disorder`, where people are looked for in departments and on cell phones, by all three ways."""

from __future__ import annotations

import asyncio
import random
from dataclasses import replace

import pytest

from appliance.office.departments import Department, Member, Strategy
from appliance.office.destination import ToDepartment
from appliance.office.forwarding import FollowMeStep, Forwarding, ForwardWhen, Reaching, StepRings, Way
from appliance.office.model import Office
from appliance.office.operators import OperatorTurn
from tests.calls.test_disorder import CALLERS, KEYS_OUTSIDE, NUMBERS_OUTSIDE, afterwards, behave
from tests.calls.world import world
from tests.proofs import some

CELLS = {"maria": "4075550150", "tom": "4075550151", "ruth": "4075550152"}
NUMBERS_INSIDE = ("101", "102", "103", "201", "202", "0", "94075550151", "911", "*78", "*85")
KEYS_OUTSIDE_CELLS = ("1", "1", "2", "3", "5", "9")


def office_of_wanderers(office: Office) -> Office:
    """Everybody is on the road, and whom nobody finds is led on."""
    rules = {
        "maria": {
            "follow_me": (
                FollowMeStep(StepRings.DESK, seconds=6.0),
                FollowMeStep(StepRings.CELL, together=True),
                FollowMeStep(StepRings.NUMBER, "202"),
            )
        },
        "tom": {"forwarding": Forwarding(ForwardWhen.WITH_DESK), "screening": False},
        "ruth": {"forwarding": Forwarding(ForwardWhen.ALWAYS)},
    }
    people = tuple(
        replace(person, cell=CELLS[person.id], **rules[person.id]) if person.id in CELLS else person
        for person in office.people
    )
    members = (Member("maria"), Member("tom"), Member("ruth"))
    sales = Department("sales", "Sales", "201", members, Strategy.ESCALATING, 6.0, 40.0)
    service = Department("service", "Service", "202", members[1:], otherwise=ToDepartment("sales"))
    ways = (Way.THREE_WAY, Way.TRANSFER, Way.TWO_LINES)
    return replace(
        office,
        people=people,
        departments=(sales, service),
        operators=(OperatorTurn("maria", seconds=15.0), OperatorTurn("ruth")),
        trunks=tuple(replace(trunk, ways=frozenset(ways[place % 3 :])) for place, trunk in enumerate(office.trunks)),
        reaching=Reaching(ways=ways),
    )


@pytest.mark.parametrize("seed", some([1, 2, 3], 3))
async def test_after_any_disorder_among_people_on_the_road_everything_is_free(seed: int) -> None:
    async with world(office_of_wanderers) as here:
        keys = (*KEYS_OUTSIDE, "201", "202", "103", "#")
        people = [behave(here.caller(), random.Random(seed * 100 + n), NUMBERS_OUTSIDE, keys) for n in range(CALLERS)]
        people += [
            behave(here.phone(f"fxs-{n + 1}"), random.Random(seed * 1000 + n), NUMBERS_INSIDE, KEYS_OUTSIDE_CELLS)
            for n in range(4)
        ]
        people += [
            behave(here.subscriber(cell), random.Random(seed * 10000 + n), NUMBERS_OUTSIDE, KEYS_OUTSIDE_CELLS)
            for n, cell in enumerate(CELLS.values())
        ]
        await asyncio.gather(*people)
        assert await afterwards(here) == []
