"""Whoever is called outside is asked before the caller is connected; and nobody who was asked is just cut off."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress
from enum import Enum
from typing import Any

from appliance.calls.outcome import CallEnded, Cause
from appliance.calls.party import Party
from appliance.calls.reaching import OVER, Reached, Target, Unreached, Why
from appliance.office.phrase import Sayable


class Verdict(Enum):
    """What somebody says to a call."""

    ACCEPTED = "accepted"
    TO_VOICEMAIL = "to voicemail"
    DECLINED = "declined"
    NO_KEY = "no key was pressed"
    NO_ANSWER = "nobody answered"


Asks = Callable[[Party], Coroutine[Any, Any, Verdict]]
"""Asks somebody who may have answered, or may not yet."""

WHY = {
    Verdict.TO_VOICEMAIL: Why.TO_VOICEMAIL,
    Verdict.DECLINED: Why.DECLINED,
    Verdict.NO_KEY: Why.NO_KEY,
    Verdict.NO_ANSWER: Why.NO_ANSWER,
}
"""Why somebody was not reached who has said so."""
_REFUSED = {
    Cause.BUSY_TONE: Why.BUSY,
    Cause.BUSY: Why.BUSY,
    Cause.REORDER_TONE: Why.CONGESTION,
    Cause.CONGESTION: Why.CONGESTION,
    Cause.NOT_FOUND: Why.NOT_FOUND,
    Cause.FAX: Why.FAX,
}


def why_gone(party: Party, cause: Cause) -> Why:
    """Why somebody who was called outside, and has gone again, was not reached."""
    if cause in _REFUSED:
        return _REFUSED[cause]
    return Why.NO_KEY if party.has_answered else Why.NO_ANSWER


class Farewells:
    """Last words to people who were called in vain. They are said while the caller's call goes on, or is over."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    def say(self, party: Party, *said: Sayable) -> None:
        """Say this to somebody, and be done with that party."""
        task = asyncio.get_running_loop().create_task(self._say(party, said), name=f"last words on {party.name}")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """Say nothing more."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _say(self, party: Party, said: tuple[Sayable, ...]) -> None:
        try:
            with suppress(CallEnded):
                await party.play(*said)
        finally:
            party.release()


class AskedTarget:
    """Somebody who has to press a key: until then it is not known who or what has answered.

    part: says farewell to, and releases, whoever has not accepted; None: somebody else has taken the call.
    ring_seconds: for so long at most an answer is waited for; None: until the target is cancelled.
    """

    def __init__(
        self, target: Target, ask: Asks, part: Callable[[Party, Verdict | None], None], ring_seconds: float | None
    ) -> None:
        self._target = target
        self._ask = ask
        self._part = part
        self._ring_seconds = ring_seconds
        self._asked: Party | None = None

    @property
    def asking(self) -> bool:
        return self._asked is not None and self._asked.has_answered

    async def reach(self, caller: Party) -> Reached:
        reached = await self._target.reach(caller)
        if not isinstance(reached, Party):
            return reached
        self._asked = reached
        try:
            verdict = await asked(reached, self._ask, self._ring_seconds)
        except CallEnded as ended:
            reached.release()
            return Unreached(why_gone(reached, ended.cause))
        except asyncio.CancelledError as cancelled:
            # Whoever answers in silence is known to be there only seconds later. While others are tried, who may need
            # the line, it is not kept for that.
            if reached.has_answered or (OVER in cancelled.args and reached.may_have_answered):
                self._part(reached, None)
            else:
                reached.release()
            raise
        except BaseException:
            reached.release()
            raise
        if verdict is Verdict.ACCEPTED:
            return reached
        if reached.has_answered:
            self._part(reached, verdict)
        else:
            reached.release()
        return Unreached(WHY[verdict])


async def just_answered(callee: Party) -> Verdict:
    """Asks nothing: an answer is enough."""
    await callee.until_answered()
    return Verdict.ACCEPTED


async def asked(callee: Party, ask: Asks, ring_seconds: float | None) -> Verdict:
    """Asks somebody, but for so long at most where nobody answers. CallEnded when the callee has gone, or refuses."""
    task = asyncio.get_running_loop().create_task(ask(callee), name=f"asking on {callee.name}")
    try:
        await asyncio.wait([task], timeout=ring_seconds)
        if not task.done() and not callee.has_answered:
            return Verdict.NO_ANSWER
        return await task
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
