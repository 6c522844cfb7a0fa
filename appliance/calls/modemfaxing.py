"""A fax through the modem beside a line: the card has made or answered the call, and the modem takes it over.

Both are on the same pair of wires. So the call is dialled, known to be answered, logged and taken away for an emergency
like any other, and only its sound is the modem's. The card holds the line until the modem does, or the call would end;
then it lets go, as two telephones off hook weaken each other. The line stays taken for this call until the fax is over.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, replace
from typing import Protocol

from appliance.calls.outcome import Cause
from appliance.calls.party import Party
from appliance.calls.trunk import TrunkLine
from appliance.fax.job import FaxCause, FaxProgress, FaxResult, FaxTold, Receiving, Sending
from appliance.fax.limits import AFTER_PAGES_S

OFF_HOOK_SECONDS = 0.7
"""From the command to dial or to answer until the modem is surely off hook: a relay, behind a modem's own 0.2 s."""
AT_ONCE = frozenset({Cause.TAKEN, Cause.RELEASED})
"""For these the line is wanted back. Whatever else tells that the far end has left the modem notices by itself."""
ANSWERED = {FaxCause.NO_ANSWER: FaxCause.NOT_A_FAX, FaxCause.BUSY: FaxCause.LINE_CUT}
"""What a modem's answers to dialling mean in a call that was answered."""


class FaxModem(Protocol):
    """A modem as a fax engine, such as `appliance.fax.modemfax.ModemFax`. Both return whatever happens on the line, and
    hang up at once when they are cancelled. on_line: called as the modem is told to take the line."""

    async def send(self, number: str, sending: Sending, told: FaxTold, on_line: Callable[[], None]) -> FaxResult:
        """Send; without a number, to whoever has answered."""

    async def receive(self, receiving: Receiving, told: FaxTold, on_line: Callable[[], None]) -> FaxResult:
        """Answer the call that is there, and receive."""


@dataclass(frozen=True, slots=True)
class ModemBeside:
    """A modem that is ready for a fax now."""

    port: str
    """The port of the line it is beside."""
    engine: FaxModem
    receives: bool
    """Whether the office wants faxes that come in on that line taken by it."""

    def is_beside(self, party: Party) -> bool:
        return isinstance(party.line, TrunkLine) and party.line.port == self.port


@dataclass(frozen=True, slots=True)
class ModemFaxEnded:
    """How it ended."""

    result: FaxResult
    had_line: bool
    """The card has let go for it. Otherwise the far end still is on the card's line, if it has not left."""


async def send_by_modem(modem: ModemBeside, party: Party, sending: Sending, told: FaxTold) -> ModemFaxEnded:
    """Send a fax to a party that has answered, on the line that the modem is beside."""
    engine = modem.engine
    ended = await _by_modem(party, told, lambda progress, on_line: engine.send("", sending, progress, on_line))
    cause = ANSWERED.get(ended.result.cause, ended.result.cause)
    return replace(ended, result=replace(ended.result, cause=cause))


async def receive_by_modem(modem: ModemBeside, party: Party, receiving: Receiving, told: FaxTold) -> ModemFaxEnded:
    """Receive a fax from a party whose call was answered, on the line that the modem is beside."""
    engine = modem.engine
    return await _by_modem(party, told, lambda progress, on_line: engine.receive(receiving, progress, on_line))


async def _by_modem(
    party: Party, told: FaxTold, begin: Callable[[FaxTold, Callable[[], None]], Coroutine[object, object, FaxResult]]
) -> ModemFaxEnded:
    """Have the modem take over the party's call. The party's leaving raises nothing."""
    leg, line = party.leg, party.line
    assert isinstance(line, TrunkLine)
    loop = asyncio.get_running_loop()
    letting_go: asyncio.TimerHandle | None = None
    had_line = False
    so_far = FaxProgress(0, "", 0, ecm=False)

    def progress(made: FaxProgress) -> None:
        nonlocal so_far
        so_far = made
        told(made)

    def let_go() -> None:
        nonlocal had_line
        if not leg.gone.done():
            had_line = True
            line.let_go()

    def on_line() -> None:
        nonlocal letting_go
        if letting_go is None:
            letting_go = loop.call_later(OFF_HOOK_SECONDS, let_go)

    leg.media.carry_data(True)
    leg.hear(None)
    fax = asyncio.ensure_future(begin(progress, on_line))
    try:
        await asyncio.wait((fax, leg.gone), return_when=asyncio.FIRST_COMPLETED)
        if not fax.done() and leg.gone.result() not in AT_ONCE:
            await asyncio.wait((fax,), timeout=AFTER_PAGES_S)
        cut = FaxResult(FaxCause.LINE_CUT, so_far.page, so_far.far_identity, bit_rate=so_far.bit_rate)
        return ModemFaxEnded(fax.result() if fax.done() else cut, had_line)
    finally:
        if letting_go is not None:
            letting_go.cancel()
        fax.cancel()
        await asyncio.gather(fax, return_exceptions=True)
        leg.media.carry_data(False)
        if had_line:
            leg.left(Cause.RELEASED)  # The modem has hung up, and the card is on hook.
