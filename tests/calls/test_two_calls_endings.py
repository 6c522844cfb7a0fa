"""Whoever hangs up, in whatever order, of those who park, pick up and have calls that wait: nothing is left behind."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from tests.calls.hearing import until
from tests.calls.plainlines import PlainWorld, hear_each_other, hears_tone, on_hold, plain_world

Stage = Callable[[PlainWorld], Awaitable[object]]


async def told_the_place(here: PlainWorld) -> None:
    caller, maria = await here.talking()
    maria.flashes()
    await hears_tone(maria, "recall")
    maria.presses("*76")
    await maria.hears("parked-in-place")
    await on_hold(caller)


async def the_place_is_dialled(here: PlainWorld) -> None:
    await told_the_place(here)
    here.ruth.lifts()
    here.ruth.presses("*77")
    await here.ruth.hears("enter-parking-place")


async def taken_up(here: PlainWorld) -> None:
    await told_the_place(here)
    here.ruth.lifts()
    here.ruth.presses("*771")
    await hear_each_other(here.card.trunk("gate-1"), here.ruth)


async def asked_while_parked(here: PlainWorld) -> None:
    await told_the_place(here)
    here.maria.hangs_up()
    await here.card.trunk("gate-1").hears("still-on-hold")


async def rings_back_parked(here: PlainWorld) -> None:
    await told_the_place(here)
    here.maria.hangs_up()
    await here.maria.rings(within=70)


async def picked_up(here: PlainWorld) -> None:
    caller = await here.greeted()
    caller.presses("101")
    await here.maria.rings()
    here.ruth.lifts()
    here.ruth.presses("*97")
    await hear_each_other(caller, here.ruth)


async def waits(here: PlainWorld) -> None:
    await here.talking()
    here.ruth.lifts()
    here.ruth.presses("101")
    await until(lambda: here.maria.waiting)


async def changed_over(here: PlainWorld) -> None:
    await waits(here)
    here.maria.flashes()
    await hear_each_other(here.maria, here.ruth)


async def changed_back(here: PlainWorld) -> None:
    await changed_over(here)
    here.maria.flashes()
    await hear_each_other(here.card.trunk("gate-1"), here.maria)


STAGES: list[Stage] = [
    told_the_place,
    the_place_is_dialled,
    taken_up,
    asked_while_parked,
    rings_back_parked,
    picked_up,
    waits,
    changed_over,
    changed_back,
]
ORDERS = [("caller", "maria", "ruth"), ("maria", "ruth", "caller"), ("ruth", "caller", "maria")]


@pytest.mark.parametrize("order", ORDERS, ids=" ".join)
@pytest.mark.parametrize("stage", STAGES, ids=lambda stage: stage.__name__)
async def test_after_all_three_have_left_every_line_is_free(stage: Stage, order: tuple[str, ...]) -> None:
    async with plain_world(waits=True) as here:
        await stage(here)
        for who in order:
            caller = here.card.trunk("gate-1")
            if who != "caller":
                (here.maria if who == "maria" else here.ruth).hangs_up()
            elif caller.off_hook:
                caller.leaves()
            await asyncio.sleep(0.7)
        for telephone in (here.maria, here.ruth):  # Who is rung again by the last one on hold, and hangs up.
            if telephone.ringing:
                telephone.lifts()
                await asyncio.sleep(1)
                telephone.hangs_up()
        await here.all_is_free()
        assert here.here.appliance.services.parking.occupied == {}
        assert all(record.ended is not None for record in here.here.appliance.calls.recent(10))
        assert here.here.appliance.faults == []
