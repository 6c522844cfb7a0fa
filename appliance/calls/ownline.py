"""Somebody called on the caller's own line, while the exchange holds the caller (Centrex, three-way calling)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress

from appliance.calls.asking import WHY, Asks, Verdict, asked, just_answered, why_gone
from appliance.calls.consultation import Consultation, Consulted, consult
from appliance.calls.faults import Faults
from appliance.calls.outcome import CallEnded
from appliance.calls.party import Party
from appliance.calls.reaching import HandedOver, Reached, Unreached, Why
from appliance.calls.waiting import Conversation, Waiting
from appliance.office.forwarding import Way
from appliance.office.search import Number

ALERTING_SECONDS = 12.0
"""How long ringback is waited for; exchanges set up a call to another country in 10 s."""

_WHY = {
    Consulted.BUSY: Why.BUSY,
    Consulted.CONGESTION: Why.CONGESTION,
    Consulted.NOT_FOUND: Why.NOT_FOUND,
    Consulted.FAX: Why.FAX,
    Consulted.NO_ANSWER: Why.NO_ANSWER,
}


class OwnLineTarget:
    """A number that is called by hook flashes on the caller's line. Only this is tried meanwhile.

    ask: asks whoever answers; None: an answer, or for a transfer a ringing telephone, is enough. ring_seconds: for so
    long an answer is waited for. Whatever fails, the caller is on the line again before the next way is tried.
    """

    def __init__(
        self,
        way: Way,
        number: Number,
        ask: Asks | None,
        ring_seconds: float,
        waiting: Waiting,
        conversation: Conversation,
        faults: Faults,
        step: Callable[[str], None],
    ) -> None:
        self._way = way
        self._number = number
        self._ask = ask
        self._ring_seconds = ring_seconds
        self._waiting = waiting
        self._conversation = conversation
        self._faults = faults
        self._step = step

    @property
    def asking(self) -> bool:
        """A caller who is on hold at the exchange is fetched back first, whatever time is over."""
        return True

    async def reach(self, caller: Party) -> Reached:
        with self._waiting.paused():
            await caller.play(*self._conversation.before_silence)
            consultation = await consult(caller, self._number.number, self._faults)
            if isinstance(consultation, Consulted):
                self._step(f"{self._way.value}: {consultation.value}")
                await caller.play(*self._conversation.after_silence)
                return Unreached(_WHY.get(consultation, Why.NO_LINE))
            try:
                reached = await self._called(consultation)
            except asyncio.CancelledError:
                await consultation.back()
                raise
            if isinstance(reached, Unreached):
                await caller.play(*self._conversation.after_silence)
            return reached

    async def _called(self, consultation: Consultation) -> Reached:
        """Wait until the call is accepted, and hand the caller over; otherwise have the caller back."""
        if self._ask is None and self._way is Way.TRANSFER:
            became = await consultation.alerting(ALERTING_SECONDS)
            if became not in (Consulted.ALERTING, Consulted.ANSWERED):
                return Unreached(_WHY.get(became, Why.CONGESTION))
            return await self._hand_over(consultation)
        callee = consultation.callee
        try:
            verdict = await asked(callee, self._ask or just_answered, self._ring_seconds)
        except CallEnded as ended:
            await consultation.back()
            return Unreached(why_gone(callee, ended.cause))
        if verdict is Verdict.ACCEPTED:
            return await self._hand_over(consultation)
        if callee.has_answered:
            with suppress(CallEnded):
                await callee.play(*self._conversation.last_words(verdict, False))
        await consultation.back()
        return Unreached(WHY[verdict])

    async def _hand_over(self, consultation: Consultation) -> Reached:
        if self._way is Way.TRANSFER:
            if not await consultation.transfer():
                self._step(f"{self._way.value}: the exchange rings for the caller again, who is a new call")
            return HandedOver(self._way, self._number.owner)
        if not await consultation.join():
            return Unreached(Why.NO_ANSWER)
        return HandedOver(self._way, self._number.owner, consultation.talk)
