"""Targets tried stage by stage: who comes when, who wins, what is told where nobody is reached."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from appliance.calls.leg import Leg
from appliance.calls.outcome import CallEnded, Cause
from appliance.calls.party import Party, says_nothing
from appliance.calls.reaching import Reached, Stages, TargetStage, Unreached, Why
from appliance.office.search import After
from tests.calls.world import World


class Told:
    """A target that does as it is told: answers, or gives up, after some seconds; None: rings for ever.

    undoing: for so many seconds it undoes what it has begun, once it is cancelled.
    """

    def __init__(
        self, after: float | None, result: Reached | None = None, *, asking: bool = False, undoing: float = 0.0
    ) -> None:
        self.asking = asking
        self._undoing = undoing
        self.began: float | None = None
        self.ended: float | None = None
        self._after = after
        self._result = result

    async def reach(self, caller: Party) -> Reached:
        loop = asyncio.get_running_loop()
        self.began = loop.time()
        try:
            if self._after is None:
                await asyncio.get_running_loop().create_future()
            await asyncio.sleep(self._after or 0)
            assert self._result is not None
            return self._result
        except asyncio.CancelledError:
            await asyncio.sleep(self._undoing)
            raise
        finally:
            self.asking = False
            self.ended = loop.time()


def gives_up(after: float, why: Why = Why.NO_ANSWER) -> Told:
    return Told(after, Unreached(why))


@asynccontextmanager
async def a_caller(here: World) -> AsyncIterator[tuple[Party, Party]]:
    """A party that waits, and another one that may answer."""
    parties = []
    for port, name in (("fxs-3", "billing"), ("fxs-4", "break room")):
        here.phone(port).lifts()
        await asyncio.sleep(0.5)
        line = here.appliance.lines.stations[name]
        assert line.leg is not None
        parties.append(Party(line.leg, line, says_nothing))
    yield parties[0], parties[1]


def lasted(target: Told, since: float) -> tuple[float, float]:
    """When it began and ended, from this moment on."""
    assert target.began is not None
    assert target.ended is not None
    return round(target.began - since, 1), round(target.ended - since, 1)


async def test_a_stage_whose_targets_gave_up_makes_room_at_once_and_one_that_rings_for_ever_is_ended(
    here: World,
) -> None:
    async with a_caller(here) as (caller, _):
        first, second, third = gives_up(2, Why.BUSY), Told(None), gives_up(3)
        since = asyncio.get_running_loop().time()
        reached = await Stages([TargetStage([one], 10.0) for one in (first, second, third)]).reach(caller)
        assert reached == Unreached(Why.NO_ANSWER)
        assert [lasted(one, since) for one in (first, second, third)] == [(0, 2), (2, 12), (12, 15)]


async def test_a_stage_that_keeps_lets_those_before_ring_on_and_they_may_answer(here: World) -> None:
    async with a_caller(here) as (caller, callee):
        first, second = Told(14, callee), Told(None)
        since = asyncio.get_running_loop().time()
        stages = Stages([TargetStage([first], 10.0), TargetStage([second], 10.0, keeps=True)])
        assert await stages.reach(caller) is callee
        assert [lasted(one, since) for one in (first, second)] == [(0, 14), (10, 14)]


@pytest.mark.parametrize(
    ("first", "tried"),
    [(gives_up(1, Why.BUSY), After.BUSY), (gives_up(1, Why.RINGING), After.BUSY), (Told(None), After.NO_ANSWER)],
    ids=["busy", "somebody else rings there", "no answer"],
)
async def test_a_stage_may_come_behind_a_busy_one_only_or_behind_one_that_nobody_answers(
    here: World, first: Told, tried: After
) -> None:
    async with a_caller(here) as (caller, _):
        behind = {after: gives_up(1) for after in (After.BUSY, After.NO_ANSWER)}
        for after, target in behind.items():
            await Stages([TargetStage([first], 5.0), TargetStage([target], 5.0, after=after)]).reach(caller)
        assert [after for after, target in behind.items() if target.began is not None] == [tried]


async def test_whoever_is_asked_for_a_key_is_not_cut_short_when_the_time_is_over(here: World) -> None:
    async with a_caller(here) as (caller, callee):
        since = asyncio.get_running_loop().time()
        asked = Told(13, callee, asking=True)
        inner = Stages([TargetStage([asked], 10.0)], longest=8.0)
        assert await Stages([TargetStage([inner], 9.0)], longest=5.0).reach(caller) is callee
        assert lasted(asked, since) == (0, 13)


async def test_the_longest_time_ends_all_stages(here: World) -> None:
    async with a_caller(here) as (caller, _):
        first, second, third = Told(None), Told(None), Told(None)
        since = asyncio.get_running_loop().time()
        stages = [TargetStage([one], 10.0) for one in (first, second, third)]
        assert await Stages(stages, longest=15.0).reach(caller) == Unreached(Why.NO_ANSWER)
        assert [lasted(one, since) for one in (first, second)] == [(0, 10), (10, 15)]
        assert third.began is None


@pytest.mark.parametrize(("decided", "then"), [((Why.TO_VOICEMAIL,), False), ((Why.DECLINED,), True)])
async def test_what_somebody_decides_ends_the_search_where_it_counts(
    here: World, decided: tuple[Why, ...], then: bool
) -> None:
    async with a_caller(here) as (caller, _):
        other, next_one = Told(None), gives_up(1)
        stages = [TargetStage([gives_up(2, Why.TO_VOICEMAIL), other], 5.0), TargetStage([next_one], 5.0)]
        assert await Stages(stages, decided=decided).reach(caller) == Unreached(Why.TO_VOICEMAIL)
        assert (next_one.began is not None) is then


async def test_of_two_who_answer_at_the_same_moment_one_is_released(here: World) -> None:
    async with a_caller(here) as (caller, callee):
        line = here.appliance.lines.stations["surgery"]
        here.phone("fxs-2").lifts()
        await asyncio.sleep(0.5)
        assert line.leg is not None
        other = Party(line.leg, line, says_nothing)
        reached = await Stages([TargetStage([Told(2, callee), Told(2, other)], 9.0)]).reach(caller)
        released = [party for party in (callee, other) if party is not reached]
        assert len(released) == 1
        assert not released[0].leg.in_conversation


async def test_whoever_was_reached_is_released_where_the_search_is_given_up_before_it_has_told_so(here: World) -> None:
    """While another target still undoes what it has begun, which it does to the end."""
    async with a_caller(here) as (caller, callee):
        released: list[Leg] = []
        here.appliance.lines.stations["break room"].on_released = lambda _line, leg: released.append(leg)
        since = asyncio.get_running_loop().time()
        slow = Told(None, undoing=4)
        inner = Stages([TargetStage([Told(2, callee), slow], 9.0)])
        search = asyncio.create_task(Stages([TargetStage([inner], 9.0)]).reach(caller))
        await asyncio.sleep(3)
        search.cancel()
        with pytest.raises(asyncio.CancelledError):
            await search
        assert lasted(slow, since) == (0, 6)
        assert released == [callee.leg]


async def test_a_caller_who_leaves_ends_everything(here: World) -> None:
    async with a_caller(here) as (caller, _):
        target = Told(None)
        search = asyncio.create_task(Stages([TargetStage([Stages([TargetStage([target], 60.0)])], 60.0)]).reach(caller))
        await asyncio.sleep(3)
        caller.leg.left(Cause.ON_HOOK)
        with pytest.raises(CallEnded):
            await search
        assert target.ended is not None


async def test_without_anybody_to_ring_there_is_nobody(here: World) -> None:
    async with a_caller(here) as (caller, _):
        assert await Stages([]).reach(caller) == Unreached(Why.NO_STATION)
        assert await Stages([TargetStage([], 10.0)]).reach(caller) == Unreached(Why.NO_STATION)
