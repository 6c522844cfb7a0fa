"""One call for a fax: a line is dialled on, what answers is waited for, and the pages are sent."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from appliance.calls.call import Call
from appliance.calls.faxcarriers import FaxCarriers
from appliance.calls.leg import Leg
from appliance.calls.linesout import lines_out
from appliance.calls.modemfaxing import ModemBeside
from appliance.calls.outcome import CallEnded, Cause, Outcome
from appliance.calls.outgoing import dial_out
from appliance.calls.services import Services
from appliance.calls.trunk import TrunkLine
from appliance.fax.job import FaxCause, FaxResult, FaxTold, Sending
from appliance.media.engine import Engine
from appliance.office.model import Person
from appliance.switchboard import Switchboard

ANSWER_SECONDS = 60.0
"""How long it rings there at the most: fax machines answer after up to six rings, behind the last digit."""

UNANSWERED = {
    Cause.BUSY: FaxCause.BUSY,
    Cause.BUSY_TONE: FaxCause.BUSY,
    Cause.CONGESTION: FaxCause.BUSY,
    Cause.REORDER_TONE: FaxCause.BUSY,
    Cause.NO_ANSWER: FaxCause.NO_ANSWER,
    Cause.UNREACHABLE: FaxCause.NO_ANSWER,
    Cause.NOT_FOUND: FaxCause.NOT_A_FAX,
    Cause.REFUSED: FaxCause.NO_ANSWER,
}
"""What a call that nobody answers was for a fax. What is in none of these has broken off."""


@dataclass(frozen=True, slots=True)
class FaxCallEnded:
    """How a call for a fax ended. call: the id of its record; empty where no line was dialled on. taken: an emergency
    call has taken its line."""

    result: FaxResult
    call: str = ""
    taken: bool = False


class FaxCall:
    """A call that is made now. `stop` ends it from elsewhere."""

    def __init__(self, services: Services, switchboard: Switchboard, engine: Engine, carriers: FaxCarriers) -> None:
        self._services = services
        self._switchboard = switchboard
        self._carriers = carriers
        self._nobody = Leg("fax", engine.open("fax", lambda _frame: None), lambda _leg: None)
        self._trunk: TrunkLine | None = None
        self._stopped = False

    def stop(self) -> None:
        """End it soon, as if the far end had left."""
        self._stopped = True
        if self._trunk is not None and self._trunk.leg is not None:
            self._trunk.leg.left(Cause.RELEASED)
        self._nobody.left(Cause.RELEASED)

    async def made(
        self, number: str, whose: Person | None, keep_free: int, sending: Sending, told: FaxTold
    ) -> FaxCallEnded:
        """Make it. whose: on whose account it goes; None: the office's. keep_free: so many lines are left for calls."""
        try:
            modem = await self._carriers.first(number)
            trunk = await self._dialled(number, keep_free, modem)
            if trunk is None or trunk.leg is None:
                return FaxCallEnded(FaxResult(FaxCause.NO_LINE, 0))

            async def send(call: Call) -> FaxResult:
                return await self._carriers.send(number, modem, call.caller, sending, told)

            return await self._on(trunk, trunk.leg, number, whose, send)
        except CallEnded:
            return FaxCallEnded(FaxResult(FaxCause.CANCELLED, 0))
        finally:
            self._nobody.media.close()

    async def _dialled(self, number: str, keep_free: int, modem: ModemBeside | None) -> TrunkLine | None:
        """The line on which it is dialled: that of the modem, where it is among those for this number and free."""
        lines = self._services.lines.trunks
        outside = [trunk for trunk in lines if trunk.facts.outside]
        for way in lines_out(self._switchboard.office, lines, number):
            self._trunk = await dial_out(
                sorted(way.trunks, key=lambda trunk: modem is None or trunk.port != modem.port),
                way.number,
                self._nobody,
                emergency=False,
                report=self._services.faults.report,
                keep_free=keep_free,
                among=outside,
            )
            if self._trunk is not None:
                break
        return self._trunk

    async def _on(
        self,
        trunk: TrunkLine,
        leg: Leg,
        number: str,
        whose: Person | None,
        send: Callable[[Call], Awaitable[FaxResult]],
    ) -> FaxCallEnded:
        """The call on a line on which the number is dialled."""
        ended = FaxResult(FaxCause.ENGINE, 0, detail="the program failed")
        record = ""

        async def flow(call: Call) -> Outcome:
            nonlocal ended, record
            record = call.record.id
            call.record.step("a fax is sent")
            unanswered = await self._unanswered(trunk)
            if unanswered is None:
                call.record.answered()
                ended = await send(call)
            else:
                ended = FaxResult(UNANSWERED.get(unanswered, FaxCause.LINE_CUT), 0, detail=unanswered.value)
            call.record.step(f"fax: {ended.cause.value}, {ended.pages} pages")
            return Outcome.FAX_SENT if ended.cause is FaxCause.COMPLETE else Outcome.FAX_NOT_SENT

        await self._switchboard.called_out(trunk, leg, number, whose, flow, answered=False)
        gone = leg.gone.result() if leg.gone.done() else None
        if ended.cause is not FaxCause.COMPLETE and (self._stopped or gone is Cause.TAKEN):
            ended = FaxResult(FaxCause.CANCELLED, ended.pages, ended.far_identity, detail=ended.detail)
        return FaxCallEnded(ended, record, taken=gone is Cause.TAKEN)

    async def _unanswered(self, trunk: TrunkLine) -> Cause | None:
        """Why nobody has answered; None: something has, which may be a fax machine."""
        progress = trunk.progress
        assert progress is not None
        try:
            cause = await progress.until_answered(self._nobody, ANSWER_SECONDS)
        except CallEnded:
            return Cause.RELEASED
        return None if cause is Cause.FAX else cause
