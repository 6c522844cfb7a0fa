"""Whoever of three hangs up, in whatever order and at whatever stage: no line stays seized, and no record open."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable

import pytest

from appliance.clock import run_virtual
from tests.calls.around import spoken, until
from tests.calls.plainlines import PlainWorld, hear_each_other, hears_tone, on_hold, plain_world
from tests.calls.test_disorder import CALLERS, KEYS_OUTSIDE, NUMBERS_OUTSIDE, afterwards, behave
from tests.calls.world import World, world

Stage = Callable[[PlainWorld], Awaitable[object]]


async def recall_dial_tone(here: PlainWorld) -> None:
    caller, maria = await here.talking()
    maria.flashes()
    await on_hold(caller)


async def reorder_tone(here: PlainWorld) -> None:
    await recall_dial_tone(here)
    here.maria.presses("177")
    await hears_tone(here.maria, "reorder")


async def announced(here: PlainWorld) -> None:
    await recall_dial_tone(here)
    with spoken() as said:
        here.maria.presses("103")
        await until(lambda: said.on("front desk") != [])


async def ringing(here: PlainWorld) -> None:
    await recall_dial_tone(here)
    here.maria.presses("103")
    await until(lambda: here.ruth.ringing)


async def voicemail(here: PlainWorld) -> None:
    here.ruth.lifts()
    await recall_dial_tone(here)
    with spoken() as said:
        here.maria.presses("103")
        await until(lambda: "leave-message" in said.on("front desk"))
    await asyncio.sleep(4)


async def consultation(here: PlainWorld) -> None:
    await ringing(here)
    here.ruth.lifts()
    await hear_each_other(here.maria, here.ruth)


async def all_three(here: PlainWorld) -> None:
    await consultation(here)
    here.maria.flashes()
    await hear_each_other(here.card.trunk("gate-1"), here.maria, here.ruth)


async def two_again(here: PlainWorld) -> None:
    await all_three(here)
    here.maria.flashes()
    await hear_each_other(here.card.trunk("gate-1"), here.maria)


async def ringing_again(here: PlainWorld) -> None:
    await recall_dial_tone(here)
    here.maria.hangs_up()
    await until(lambda: here.maria.ringing)


async def transferred(here: PlainWorld) -> None:
    await ringing(here)
    here.maria.hangs_up()
    await asyncio.sleep(0.1)
    await until(lambda: here.ruth.ringing)


STAGES: list[Stage] = [
    recall_dial_tone,
    reorder_tone,
    announced,
    ringing,
    voicemail,
    consultation,
    all_three,
    two_again,
    ringing_again,
    transferred,
]


ORDERS = [("caller", "maria", "ruth"), ("maria", "ruth", "caller"), ("ruth", "caller", "maria")]


def leaves(here: PlainWorld, who: str) -> None:
    if who == "caller":
        if here.card.trunk("gate-1").off_hook:
            here.card.trunk("gate-1").leaves()
    else:
        (here.maria if who == "maria" else here.ruth).hangs_up()


@pytest.mark.parametrize("seconds", [0.0, 1.5], ids=["at once", "later"])
@pytest.mark.parametrize("order", ORDERS, ids=" ".join)
@pytest.mark.parametrize("stage", STAGES, ids=lambda stage: stage.__name__)
def test_after_all_three_have_left_every_line_is_free_and_every_call_is_over(
    stage: Stage, order: tuple[str, ...], seconds: float
) -> None:
    async def main() -> None:
        async with plain_world() as here:
            await stage(here)
            for who in order:
                leaves(here, who)
                await asyncio.sleep(seconds)
            await asyncio.sleep(1)
            # Who was rung meanwhile, and is lifted, finds nobody.
            assert not here.maria.ringing
            assert not here.ruth.ringing
            await here.all_is_free()
            assert all(record.ended is not None for record in here.here.appliance.calls.recent(10))
            assert here.here.appliance.faults == []
            for line in here.here.appliance.lines.station_lines:
                assert line.legs == []

    run_virtual(main)


DIALLED = ("101", "101", "102", "102", "103", "103", "100", "8500", "0", "94075550123", "911", "77", "9", "#")
FLASHING_SECONDS = 240.0


@pytest.mark.parametrize("seed", [0, 2])
def test_after_any_number_of_flashes_everything_is_free_and_nothing_has_failed(seed: int) -> None:
    """As `test_disorder`, by telephones that flash more than anything else."""

    async def flashing(here: World, port: str, dice: random.Random) -> None:
        telephone = here.exchange.telephones[port]
        end = asyncio.get_running_loop().time() + FLASHING_SECONDS
        while asyncio.get_running_loop().time() < end:
            await asyncio.sleep(dice.uniform(0.05, 5))
            if telephone.ringing:
                telephone.lift()
            elif not telephone.off_hook:
                if dice.random() < 0.1:
                    telephone.lift()
                    await asyncio.sleep(1.2)
                    await telephone.press(dice.choice(DIALLED))
            elif (dart := dice.random()) < 0.5:
                telephone.flash()
                await asyncio.sleep(1.2)
                if dice.random() < 0.6:
                    await telephone.press(dice.choice(DIALLED))
                    await asyncio.sleep(dice.uniform(0, 10))
            elif dart < 0.65:
                telephone.hang_up()

    async def main() -> list[str]:
        async with world() as here:
            errors: list[str] = []
            asyncio.get_running_loop().set_exception_handler(lambda _loop, context: errors.append(str(context)))
            await asyncio.gather(
                *(
                    behave(here.caller(), random.Random(seed * 100 + n), NUMBERS_OUTSIDE, KEYS_OUTSIDE)
                    for n in range(CALLERS)
                ),
                *(flashing(here, f"fxs-{n + 1}", random.Random(seed * 1000 + n)) for n in (0, 2)),
            )
            wrong = errors + await afterwards(here)
            wrong += [f"{line.name} has a leg" for line in here.appliance.lines.stations.values() if line.legs]
            steps = [step.what for record in here.appliance.calls.recent(500) for step in record.steps]
            return wrong if "consultation" in steps else [*wrong, "nobody was asked back"]

    assert run_virtual(main) == []
