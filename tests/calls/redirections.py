"""A caller is taken up from the page at any moment of a call: at each moment at which a task of the call waits.

`python -m tests.calls.redirections` tries all of them; the tests try some.
"""

from __future__ import annotations

import asyncio
import sys
from dataclasses import dataclass
from functools import partial

from appliance.clock import run_virtual
from appliance.flows.fromdesk import led
from appliance.office.destination import ToPerson
from tests.calls.farlines import ANNE, FarTrunk
from tests.calls.hearing import until
from tests.calls.plainlines import PlainWorld, hear_each_other, hears_tone, plain_world
from tests.calls.suspensions import Suspensions, watched

GREETED_SECONDS, RINGING_SECONDS = 6.0, 8.0
TAKEN_WITHIN_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class Way:
    """keys: what the caller presses in the menu. seconds: how long behind a moment the caller is led away."""

    keys: str
    seconds: float


WAYS = [Way(keys, seconds) for keys in ("103", "0", "2") for seconds in (0.0, 0.7)]
"""A person whose telephone rings, the operator, and something else of the example office."""


async def one_call(plain: PlainWorld, way: Way, at: int | None) -> int:
    """One call, in which the caller is led to Nina at this moment, or not at all. How many moments there were."""
    before = asyncio.all_tasks()
    loop, suspensions = asyncio.get_running_loop(), Suspensions()
    switchboard = plain.here.appliance.switchboard
    led_away: list[asyncio.Future[bool]] = []

    def lead() -> None:
        for one in switchboard.ongoing.values():
            call = one.call
            if plain.here.appliance.call_control.talk_of(call) is None:
                led_away.append(call.redirecting.redirect(partial(led, call, ToPerson("nina"))))

    with watched(suspensions):
        caller = plain.card.trunk("gate-1")
        suspensions.count_from_now(at, lambda: loop.call_later(way.seconds, lead))
        caller.calls(ANNE)
        await asyncio.sleep(GREETED_SECONDS)
        if not led_away:
            caller.presses(way.keys)
        await asyncio.sleep(RINGING_SECONDS)
        moments = suspensions.count
        await _ends(plain, caller, led_away)
        await asyncio.sleep(2.0)
    await plain.all_is_free()
    assert plain.here.appliance.faults == []
    assert {task.get_name() for task in asyncio.all_tasks() - before} == set()
    return moments


async def _ends(plain: PlainWorld, caller: FarTrunk, led_away: list[asyncio.Future[bool]]) -> None:
    """Where the caller was led away, Nina answers; then the caller hangs up, and so do all who talked."""
    assert all(one.done() for one in led_away)
    if any(one.result() for one in led_away):
        await until(lambda: plain.nina.ringing, TAKEN_WITHIN_SECONDS)
        plain.nina.lifts()
        await hear_each_other(caller, plain.nina)
        assert not plain.maria.ringing
        assert not plain.ruth.ringing
    caller.leaves()
    if plain.nina.off_hook:
        await hears_tone(plain.nina, "reorder")
        plain.nina.hangs_up()


async def try_moments(way: Way, first: int, step: int) -> tuple[int, list[str]]:
    """How many moments there are in such a call, and what is wrong at each step-th, from the first on."""
    wrong = []
    async with plain_world() as plain:
        moments = await one_call(plain, way, None)
        for at in range(first, moments + 1, step):
            try:
                await one_call(plain, way, at)
            except AssertionError as error:
                wrong.append(f"moment {at} of {moments}: {error}")
                break  # What is left of that call would disturb the next.
    return moments, wrong


def main() -> int:
    tried, wrong = 0, 0
    for way in WAYS:
        moments, found = run_virtual(lambda way=way: try_moments(way, 1, 1))  # type: ignore[misc]
        tried, wrong = tried + moments, wrong + len(found)
        print(f"{way}: {moments} moments, {len(found)} wrong", *found, sep="\n  ", flush=True)
    print(f"{tried} moments, {wrong} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
