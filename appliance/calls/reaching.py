"""Reaching somebody: telephones, numbers and other offices are tried stage by stage, and the first to answer wins."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from appliance.calls.outcome import CallEnded, Cause
from appliance.calls.party import Party
from appliance.office.forwarding import Way
from appliance.office.search import After


class Why(Enum):
    """Why somebody was not reached."""

    BUSY = "busy"
    RINGING = "ringing"
    """Somebody else is ringing there already."""
    NO_ANSWER = "no-answer"
    NO_KEY = "no-key"
    """Somebody or something answered outside, and did not press the key."""
    FAX = "fax"
    """A fax machine answered."""
    CONGESTION = "congestion"
    """The network had no way there."""
    NOT_FOUND = "not-found"
    """There is no such number."""
    NO_STATION = "no-station"
    NO_LINE = "no-line"
    """There is no free line to call on."""
    TO_VOICEMAIL = "to-voicemail"
    """Whoever was reached wants the caller to leave a message."""
    NOT_ALLOWED = "not-allowed"
    """Too much has been called outside, or the number may not be called so."""
    DECLINED = "declined"
    """Whoever was reached wants the caller to be turned away."""


DECIDED = (Why.DECLINED, Why.TO_VOICEMAIL)
"""Somebody has decided so: nobody else is rung for the same person."""


@dataclass(frozen=True, slots=True)
class Unreached:
    """Nobody was reached. forward_to: the number that a telephone wants called instead; empty for none."""

    cause: Why
    forward_to: str = ""


@dataclass(frozen=True, slots=True)
class HandedOver:
    """The exchange has connected the caller with whoever was called, on the caller's own line."""

    way: Way
    person: str
    """The id of whoever was called; empty for nobody of the office."""
    until_over: Callable[[], Awaitable[Cause]] | None = None
    """Stays on the line, where that is needed, until the two have left."""


Reached = Party | HandedOver | Unreached


OVER = "somebody has been reached, or the caller has left"
"""With this message a try is cancelled where nobody else is tried for the caller afterwards."""


class Target(Protocol):
    """Somebody, or some line, that may be reached."""

    @property
    def asking(self) -> bool:
        """Somebody has answered, and is being asked for a key: that is not cut short when its time is over."""

    async def reach(self, caller: Party) -> Reached:
        """Try until there is an answer. Cancelled if another target is quicker; then it must undo what it has begun.

        Raises CallEnded, and gives up, when the caller leaves.
        """


@dataclass(frozen=True, slots=True)
class TargetStage:
    """Targets tried at once. seconds: for so long; None: until none is left. keeps: those before go on besides."""

    targets: Sequence[Target]
    seconds: float | None = None
    keeps: bool = False
    after: After = After.ANYTHING


class Stages:
    """A target that consists of others, which are tried stage by stage until somebody answers.

    longest: seconds for all of them; None: the sum of the stages'. decided: the reasons for which nobody else is tried.
    late: is done with somebody who was reached at the same moment as another.
    """

    def __init__(
        self,
        stages: Sequence[TargetStage],
        longest: float | None = None,
        decided: Collection[Why] = DECIDED,
        late: Callable[[Party], None] = Party.release,
    ) -> None:
        self._stages = stages
        self._late = late
        self._decided = decided
        self._longest = longest
        self._tries: dict[asyncio.Task[Reached], Target] = {}
        self._unreached: list[Unreached] = []

    @property
    def asking(self) -> bool:
        return any(target.asking for target in self._tries.values())

    async def reach(self, caller: Party) -> Reached:
        """The first to answer; where nobody does, the reason that the caller should be told.

        A stage whose targets have all given up makes room for the next one at once.
        """
        loop = asyncio.get_running_loop()
        ends = None if self._longest is None else loop.time() + self._longest
        before: Why | None = None
        reached: Reached | None = None
        because: str | None = None
        try:
            for stage in self._stages:
                if not _follows(stage.after, before) or (ends is not None and loop.time() >= ends):
                    continue
                if not stage.keeps:
                    await self._give_up(None, None)
                for target in stage.targets:
                    task = loop.create_task(target.reach(caller), name=f"reaching for {caller.name}")
                    self._tries[task] = target
                over = None if stage.seconds is None else loop.time() + stage.seconds
                told = len(self._unreached)
                reached = await self._until(caller, _earlier(over, ends))
                if reached is not None:
                    because = OVER
                    return reached
                timed_out = Unreached(Why.NO_ANSWER)
                before = most_telling([*self._unreached[told:], *([timed_out] if self._tries else [])]).cause
            if self._tries:
                self._unreached.append(Unreached(Why.NO_ANSWER))
            return most_telling(self._unreached)
        except CallEnded:
            because = OVER
            raise
        except asyncio.CancelledError as cancelled:
            because = OVER if OVER in cancelled.args else None
            raise
        finally:
            await self._give_up(reached, because)

    async def _give_up(self, reached: Reached | None, because: str | None) -> None:
        """End the tries that still go on, and be done with whoever has answered too late.

        Each is let undo what it has begun, also where this is cancelled meanwhile: a caller whom the exchange holds has
        to be fetched back. Whoever was reached is released, too, then, as nobody learns of it any more.
        """
        tries = list(self._tries)
        for one in tries:
            one.cancel(because)
        cancelled: asyncio.CancelledError | None = None
        while going_on := [one for one in tries if not one.done()]:
            try:
                await asyncio.wait(going_on)
            except asyncio.CancelledError as error:
                cancelled = error
        self._tries.clear()
        for one in tries:
            result = None if one.cancelled() or one.exception() is not None else one.result()
            if isinstance(result, Party) and (result is not reached or cancelled is not None):
                self._late(result)
        if cancelled is not None:
            raise cancelled

    async def _until(self, caller: Party, ends: float | None) -> Reached | None:
        """Wait until somebody is reached or has decided, or None when all have given up or the time is over."""
        loop = asyncio.get_running_loop()
        while self._tries:
            for task in [task for task in self._tries if task.done()]:
                result = task.result()
                if not isinstance(result, Unreached):
                    return result
                del self._tries[task]
                self._unreached.append(result)
                if result.cause in self._decided:
                    return result
            left = None if ends is None or self.asking else ends - loop.time()
            if not self._tries or (left is not None and left <= 0):
                return None
            try:
                await caller.leg.until(*self._tries, seconds=left)
            except CallEnded as ended:
                if ended.cause is not Cause.TRANSFERRED:
                    raise
                await asyncio.wait(self._tries)  # The exchange has taken the caller over, as one of these has told it.
        return None


async def reach_first(targets: Sequence[Target], caller: Party, seconds: float | None = None) -> Party | Unreached:
    """Try telephones and lines at once until one answers, none will any more, or the seconds have passed.

    Raises CallEnded, and gives up, when the caller leaves.
    """
    reached = await Stages([TargetStage(targets, seconds)]).reach(caller)
    assert not isinstance(reached, HandedOver), "only a search is handed over to the exchange"
    return reached


def most_telling(unreached: Sequence[Unreached]) -> Unreached:
    """Of the reasons why nobody was reached, the one that the caller should be told."""
    for one in unreached:
        if one.forward_to:
            return one
    order = [*DECIDED, Why.NO_ANSWER, Why.NO_KEY, Why.RINGING, Why.BUSY]
    return min(
        unreached,
        key=lambda one: order.index(one.cause) if one.cause in order else len(order) + (one.cause is Why.NO_STATION),
        default=Unreached(Why.NO_STATION),
    )


def _follows(after: After, before: Why | None) -> bool:
    """Whether a stage comes behind one that ended so; None: there was none."""
    match after:
        case After.BUSY:
            return before in (Why.BUSY, Why.RINGING)
        case After.NO_ANSWER:
            return before not in (Why.BUSY, Why.RINGING)
        case After.ANYTHING:
            return True


def _earlier(one: float | None, other: float | None) -> float | None:
    return min((moment for moment in (one, other) if moment is not None), default=None)
