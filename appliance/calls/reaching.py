"""Reaching somebody: telephones, outside numbers and other offices are tried at once, and the first to answer wins."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from appliance.calls.party import Party


class Why(Enum):
    """Why somebody was not reached."""

    BUSY = "busy"
    RINGING = "ringing"
    """Somebody else is ringing there already."""
    NO_ANSWER = "no-answer"
    NO_STATION = "no-station"
    NO_LINE = "no-line"
    """There is no free line to call on."""


@dataclass(frozen=True, slots=True)
class Unreached:
    """Nobody was reached. forward_to: the number that a telephone wants called instead; empty for none."""

    cause: Why
    forward_to: str = ""


class Target(Protocol):
    """Somebody, or some line, that may be reached."""

    async def reach(self, caller: Party) -> Party | Unreached:
        """Try until there is an answer. Cancelled if another target is quicker; then it must undo what it has begun.

        Raises CallEnded, and gives up, when the caller leaves.
        """


async def reach_first(targets: Sequence[Target], caller: Party, seconds: float | None = None) -> Party | Unreached:
    """Try all targets at once until one answers, none will any more, or the seconds have passed.

    Raises CallEnded, and gives up, when the caller leaves.
    """
    if not targets:
        return Unreached(Why.NO_STATION)
    loop = asyncio.get_running_loop()
    deadline = None if seconds is None else loop.time() + seconds
    tries = [loop.create_task(target.reach(caller), name=f"reaching for {caller.name}") for target in targets]
    reached: Party | None = None
    try:
        while reached is None and (waiting := [one for one in tries if not one.done()]):
            left = None if deadline is None else deadline - loop.time()
            if not await caller.leg.until(*waiting, seconds=left):
                return Unreached(Why.NO_ANSWER)
            reached = next((party for party in map(_party, tries) if party is not None), None)
        return reached or _most_telling([one.result() for one in tries])
    finally:
        await _give_up(tries, reached)


def _party(one: asyncio.Task[Party | Unreached]) -> Party | None:
    result = one.result() if one.done() else None
    return result if isinstance(result, Party) else None


async def _give_up(tries: Sequence[asyncio.Task[Party | Unreached]], reached: Party | None) -> None:
    """End the tries that still go on, and release whoever has answered too late."""
    for one in tries:
        one.cancel()
    for result in await asyncio.gather(*tries, return_exceptions=True):
        if isinstance(result, Party) and result is not reached:
            result.release()


def _most_telling(results: Sequence[Party | Unreached]) -> Unreached:
    """Of the reasons why nobody was reached, the one that the caller should be told."""
    unreached = [result for result in results if isinstance(result, Unreached)]
    for one in unreached:
        if one.forward_to:
            return one
    order = (Why.NO_ANSWER, Why.RINGING, Why.BUSY, Why.NO_LINE, Why.NO_STATION)
    return min(unreached, key=lambda one: order.index(one.cause))
