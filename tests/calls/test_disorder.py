"""People who do anything at any time: afterwards every line is free and nothing is left running or has failed."""

from __future__ import annotations

import asyncio
import contextlib
import random

import pytest

from hw.linecard import LineError
from tests.calls.phone import Phone
from tests.calls.world import MAIN, World
from tests.proofs import some

CALLERS = 6
SECONDS = 150.0
NUMBERS_OUTSIDE = (MAIN, MAIN, MAIN, "5550102", "4075550999")
KEYS_OUTSIDE = ("1", "2", "3", "0", "101", "102", "103", "9", "#", "*", "8500")
NUMBERS_INSIDE = ("101", "102", "103", "100", "8500", "0", "94075550123", "94075550124#", "911", "77", "9")
KEYS_INSIDE = ("7391#", "0000#", "1", "2", "3", "*", "#")


async def behave(telephone: Phone, dice: random.Random, numbers: tuple[str, ...], keys: tuple[str, ...]) -> None:
    """Lift, dial, press, speak, flash and hang up as the dice fall; answer most calls."""
    loop = asyncio.get_running_loop()
    end = loop.time() + SECONDS
    while loop.time() < end:
        await asyncio.sleep(dice.uniform(0.05, 12))
        with contextlib.suppress(LineError):
            if not telephone.off_hook:
                if telephone.ringing and dice.random() < 0.3:
                    continue
                telephone.lifts()
                await asyncio.sleep(dice.uniform(0.0, 3))
                if dice.random() < 0.9:
                    await telephone.presses(dice.choice(numbers))
                continue
            match dice.randrange(6):
                case 0 | 1:
                    await telephone.presses(dice.choice(keys))
                case 2:
                    telephone.flashes()
                case 3:
                    await asyncio.sleep(dice.uniform(0, 25))
                case _:
                    telephone.hangs_up()


async def afterwards(here: World) -> list[str]:
    """What is not as it should be once everybody has hung up for three minutes."""
    for telephone in here.exchange.telephones.values():
        telephone.hang_up()
    await asyncio.sleep(180)
    wrong = [
        f"trunk {name} is {state}" for name, state in zip("1234", here.trunk_states(), strict=True) if state != "idle"
    ]
    wrong += [f"{line.name} is {line.state}" for line in here.appliance.lines.stations.values() if not line.free]
    wrong += [f"{port.name} is open" for port in here.appliance.engine.ports]
    wrong += [f"{port.name} is off hook" for port in here.exchange.card.fxo if port.off_hook]
    wrong += [f"call {id} goes on" for id in here.appliance.switchboard.ongoing]
    wrong += [f"{task.get_name()} still runs" for task in asyncio.all_tasks() if task.get_name().startswith("call")]
    wrong += [fault for fault in here.appliance.faults if "failed" in fault or "inner" in fault]
    wrong += [f"{call.id} has no end" for call in here.appliance.calls.recent(500) if call.ended is None]
    return wrong


@pytest.mark.parametrize("seed", some([1, 2, 3], 3))
async def test_after_any_disorder_everything_is_free_and_nothing_has_failed(here: World, seed: int) -> None:
    people = [
        behave(here.caller(), random.Random(seed * 100 + n), NUMBERS_OUTSIDE, KEYS_OUTSIDE) for n in range(CALLERS)
    ]
    people += [
        behave(
            here.phone(f"fxs-{n + 1}"),
            random.Random(seed * 1000 + n),
            NUMBERS_INSIDE,
            KEYS_INSIDE,
        )
        for n in range(4)
    ]
    await asyncio.gather(*people)
    assert await afterwards(here) == []
