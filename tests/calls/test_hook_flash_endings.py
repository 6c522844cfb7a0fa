"""Whoever of three hangs up, in whatever order and at whatever stage: no line stays seized, and no record open."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable

import pytest

from tests.calls.plainlines import PlainWorld, hear_each_other, hears_tone, on_hold
from tests.calls.test_disorder import CALLERS, KEYS_OUTSIDE, NUMBERS_OUTSIDE, afterwards, behave
from tests.calls.world import World
from tests.proofs import some

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
    here.maria.presses("103")
    await here.maria.hears("one-moment")


async def ringing(here: PlainWorld) -> None:
    await recall_dial_tone(here)
    here.maria.presses("103")
    await here.ruth.rings()


async def voicemail(here: PlainWorld) -> None:
    here.ruth.lifts()
    await recall_dial_tone(here)
    here.maria.presses("103")
    await here.maria.hears("leave-message", "beep")


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
    await here.maria.rings()


async def transferred(here: PlainWorld) -> None:
    await ringing(here)
    here.maria.hangs_up()
    await asyncio.sleep(0.1)
    await here.ruth.rings()


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
@pytest.mark.parametrize("order", some(ORDERS, 2), ids=" ".join)
@pytest.mark.parametrize("stage", STAGES, ids=lambda stage: stage.__name__)
async def test_after_all_three_have_left_every_line_is_free_and_every_call_is_over(
    plain: PlainWorld, stage: Stage, order: tuple[str, ...], seconds: float
) -> None:
    await stage(plain)
    for who in order:
        leaves(plain, who)
        await asyncio.sleep(seconds)
    await asyncio.sleep(1)
    # Who was rung meanwhile, and is lifted, finds nobody.
    assert not plain.maria.ringing
    assert not plain.ruth.ringing
    await plain.all_is_free()
    assert all(record.ended is not None for record in plain.here.appliance.calls.recent(10))
    assert plain.here.appliance.faults == []
    for line in plain.here.appliance.lines.station_lines:
        assert line.legs == []


DIALLED = ("101", "101", "102", "102", "103", "103", "100", "8500", "0", "94075550123", "911", "77", "9", "#")
DIALLED += ("*76", "*76", "*771", "*772", "*97", "*97", "*98103", "*70102")
FLASHING_SECONDS = 240.0


@pytest.mark.parametrize("seed", some([0, 2], 2))
async def test_after_any_number_of_flashes_everything_is_free_and_nothing_has_failed(here: World, seed: int) -> None:
    """As `test_disorder`, by telephones that flash more than anything else."""

    async def flashing(here: World, port: str, dice: random.Random) -> None:
        telephone = here.phone(port)
        end = asyncio.get_running_loop().time() + FLASHING_SECONDS
        while asyncio.get_running_loop().time() < end:
            await asyncio.sleep(dice.uniform(0.05, 5))
            if telephone.ringing:
                telephone.lifts()
            elif not telephone.off_hook:
                if dice.random() < 0.1:
                    telephone.lifts()
                    await asyncio.sleep(1.2)
                    await telephone.presses(dice.choice(DIALLED))
            elif (dart := dice.random()) < 0.5:
                telephone.flashes()
                await asyncio.sleep(1.2)
                if dice.random() < 0.6:
                    await telephone.presses(dice.choice(DIALLED))
                    await asyncio.sleep(dice.uniform(0, 10))
            elif dart < 0.65:
                telephone.hangs_up()

    await asyncio.gather(
        *(behave(here.caller(), random.Random(seed * 100 + n), NUMBERS_OUTSIDE, KEYS_OUTSIDE) for n in range(CALLERS)),
        *(flashing(here, f"fxs-{n + 1}", random.Random(seed * 1000 + n)) for n in (0, 2)),
    )
    assert await afterwards(here) == []
    assert [line.name for line in here.appliance.lines.stations.values() if line.legs] == []
    assert "consultation" in [step.what for record in here.appliance.calls.recent(500) for step in record.steps]
