"""Calling somebody on the caller's own line, by hook flashes: to transfer the caller there, or for a talk of three.

The line must have such a service (Centrex, call transfer, three-way calling). The exchange holds the caller meanwhile.
docs/lines.md tells what is sent and heard.
"""

from __future__ import annotations

import asyncio
from enum import Enum

from appliance.calls.exchangehold import ExchangeHold, Other
from appliance.calls.faults import Faults
from appliance.calls.outcome import Cause
from appliance.calls.party import Party
from appliance.calls.progress import AnsweredBy, CallProgress
from appliance.calls.toneending import ToneEnding
from appliance.calls.trunk import CLEARING_SECONDS, TrunkLine
from appliance.calls.trunk_protocol import State
from appliance.media.events import ToneHeard
from appliance.office.model import Ending
from hw.linecard import LineError
from hw.said import told_by

RUNG_AGAIN_SECONDS = CLEARING_SECONDS + 0.5
"""When the line is idle, or does not ring by then, it will not ring for whoever was on hold."""
JOINED_SILENCE_SECONDS = 300
"""When nothing was said for so long in a talk of three, both are taken to have left, as exchanges tell of the last one
only, and some of nobody."""


class Consulted(Enum):
    """What became of a consultation, in a word for the call log."""

    ALERTING = "alerting"
    """The called telephone rings."""
    ANSWERED = "answered"
    BUSY = "busy"
    CONGESTION = "congestion"
    """The exchange cannot connect now: circuits busy, or a tone of no plan."""
    NOT_FOUND = "not-found"
    """The number is not in service, or cannot be reached."""
    FAX = "fax"
    NO_ANSWER = "no-answer"
    NO_RECALL_TONE = "no-recall-tone"
    """No dial tone came behind the hook flash."""
    NOT_SUBSCRIBED = "not-subscribed"
    """The exchange does not heed the flash, or the line is known to be of no use for this."""
    HUNG_UP = "hung-up"
    """The exchange took the flash for a hang-up; the caller is lost."""


_CAUSES = {
    Cause.BUSY: Consulted.BUSY,
    Cause.BUSY_TONE: Consulted.BUSY,
    Cause.NOT_FOUND: Consulted.NOT_FOUND,
    Cause.FAX: Consulted.FAX,
    Cause.NO_ANSWER: Consulted.NO_ANSWER,
}


async def consult(caller: Party, number: str, faults: Faults) -> Consultation | Consulted:
    """Call this number on the caller's own line while the exchange holds the caller. Returns when all is dialled.

    Or returns why that cannot be: then the caller is on the line again, or is lost (HUNG_UP, or left meanwhile) and its
    leg gone. What a line turns out not to have is reported as a fault, and not tried again. Raises CallEnded when the
    line tells meanwhile that the caller has left.
    """
    trunk = caller.line
    if not isinstance(trunk, TrunkLine) or trunk.digital or trunk.emergency or trunk.flashes.failed_because:
        return Consulted.NOT_SUBSCRIBED
    hold = ExchangeHold(caller, trunk)
    try:
        after = await hold.flash()
    except LineError as error:
        hold.end()
        trunk.flashes.fails(trunk.name, told_by(error))
        _report(trunk, faults)
        return Consulted.NOT_SUBSCRIBED
    try:
        tone = await after.dial_tone()
    finally:
        after.close()
    if not tone:
        return await _unheeded(hold, faults, still_heard=after.voice.done())
    if tone == "dial" and _recall_differs(trunk) and not trunk.flashes.recalls_plainly:
        if not await hold.back(Other.NOBODY):
            trunk.flashes.hung_up(trunk.name)
            _report(trunk, faults)
            return Consulted.HUNG_UP
        trunk.flashes.recalls_plainly = True
        return await consult(caller, number, faults)
    trunk.flashes.heeded(after.tone_after)
    await hold.leg.dial(number, trunk.plan.dtmf_low_dbm0, trunk.plan.dtmf_high_dbm0)
    hold.leg.forget_digits()
    return Consultation(hold, trunk.dialled(hold.leg), faults)


class Consultation:
    """Somebody is being called on the caller's own line, while the exchange holds the caller.

    callee: who is called, to play to and to read keys from once there is an answer. Its leg is gone when it leaves, or
    the caller's leg is; releasing it does nothing. A consultation ends with `transfer`, `join` or `back`, and with
    every failure that `alerting` and `answered` tell: the caller is on the line again then, or its leg is gone.
    """

    def __init__(self, hold: ExchangeHold, progress: CallProgress, faults: Faults) -> None:
        self.callee = hold.caller.on_line(hold.leg, hold.trunk)
        self.callee.progress = progress
        self._hold = hold
        self._caller = hold.caller
        self._progress = progress
        self._faults = faults
        self._tones = ToneEnding()
        hold.leg.tone_heard.subscribe(self._heard)
        progress.refused.add_done_callback(self._refused)

    @property
    def answered_by(self) -> AnsweredBy | None:
        """How an answer was known; None where there is none yet."""
        return self._progress.answered.result() if self._progress.answered.done() else None

    async def alerting(self, seconds: float) -> Consulted:
        """Wait until the called telephone is known to ring: ALERTING; or ANSWERED, or what came of it instead."""
        progress = self._progress
        await self._caller.leg.until(progress.alerted, progress.answered, progress.refused, seconds=seconds)
        if progress.refused.done():
            return await self._failed(progress.refused.result())
        if progress.answered.done():
            return Consulted.ANSWERED
        return Consulted.ALERTING if progress.alerted.done() else await self._failed(Cause.NO_ANSWER)

    async def answered(self, seconds: float) -> Consulted:
        """Wait until somebody, or some machine, has answered: ANSWERED; or what came of it instead."""
        why = await self._progress.until_answered(self._caller.leg, seconds)
        return Consulted.ANSWERED if why is None else await self._failed(why)

    async def transfer(self) -> bool:
        """Hang up: the exchange joins the two, whether the callee has answered or is rung. Both are gone from here.

        False where the line rings at once: where a line has no such service, the exchange rings it for whoever was on
        hold, who is a new caller then.
        """
        trunk = self._hold.trunk
        self._caller.leg.left(Cause.TRANSFERRED)
        trunk.hang_up()
        self._caller.leg.release()
        await asyncio.wait([trunk.clearing.until_idle()], timeout=RUNG_AGAIN_SECONDS)
        rung = trunk.state is State.RINGING
        trunk.flashes.transferred(trunk.name, rung_again=rung)
        _report(trunk, self._faults)
        return not rung

    async def join(self) -> bool:
        """Let the caller and the callee talk, on this line; see `talk`. False where one of the two has left meanwhile:
        the caller, whose leg is gone then; or the callee, and the caller is on the line again.

        Raises CallEnded where that was known before.
        """
        await self.callee.leg.until(seconds=0)
        return await self._hold.join()

    async def talk(self) -> Cause:
        """Once they are joined, stay until the line tells that both have left, and return how it did."""
        leg = self._caller.leg

        def check_silence() -> None:
            if leg.silent_seconds >= JOINED_SILENCE_SECONDS and not self._hold.trunk.emergency:
                leg.left(Cause.SILENCE)

        unsubscribe = leg.silence.subscribe(check_silence)
        leg.talks_to = (self.callee.leg,)
        try:
            await asyncio.wait([leg.gone])
        finally:
            leg.talks_to = ()
            unsubscribe()
        return leg.gone.result()

    async def back(self) -> bool:
        """Let the callee go, and talk to the caller again. False where the caller has left; its leg is gone then."""
        return await self._hold.back(self._other)

    @property
    def _other(self) -> Other:
        """Who is on the line besides. Where no ringback is heard, it may be somebody who has answered in silence."""
        refused = self._progress.refused
        if refused.done() and refused.result() is not Cause.FAX:
            return Other.NOBODY
        if self.callee.leg.gone.done() and not refused.done():
            return Other.NOBODY
        return Other.RINGS if self._progress.ringing else Other.TALKS

    async def _failed(self, cause: Cause) -> Consulted:
        await self.back()
        return _CAUSES.get(cause, Consulted.CONGESTION)

    def _heard(self, tone: ToneHeard) -> None:
        """By the tone that an exchange sends, the callee has left who had answered. The caller is still on hold."""
        leg = self.callee.leg
        if not self._progress.answered.done() or Ending.TONE not in self._hold.trunk.facts.endings:
            return
        cause = self._tones.far_end_gone(tone, leg, asyncio.get_running_loop().time())
        if cause is not None:
            leg.left(cause)

    def _refused(self, refused: asyncio.Future[Cause]) -> None:
        if self._progress.answered.done():
            self.callee.leg.left(refused.result())


async def _unheeded(hold: ExchangeHold, faults: Faults, *, still_heard: bool) -> Consulted:
    """No dial tone came behind the flash: have the caller again, and note what this says of the line."""
    hold.trunk.flashes.unheeded(hold.trunk.name, surely=still_heard)
    _report(hold.trunk, faults)
    if still_heard:
        hold.end()
        return Consulted.NOT_SUBSCRIBED
    await hold.back(Other.NOBODY)
    return Consulted.NO_RECALL_TONE


def _report(trunk: TrunkLine, faults: Faults) -> None:
    if trunk.flashes.failed_because:
        faults.report(trunk.flashes.failed_because)


def _recall_differs(trunk: TrunkLine) -> bool:
    """Whether the country's recall dial tone is told apart from its dial tone."""
    return trunk.plan.recall != trunk.plan.dial
