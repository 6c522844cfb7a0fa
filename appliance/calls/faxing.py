"""A fax on the sound of a party, whatever line that is on."""

from __future__ import annotations

import asyncio

from appliance.calls.leg import Leg
from appliance.calls.party import Party
from appliance.fax.job import FaxResult, FaxTold, Receiving, Sending
from appliance.fax.worker import FaxEngine, fax_engine
from appliance.media.sources import OnceOnly
from hw.audio import SILENCE, Frame


async def receive_fax(party: Party, receiving: Receiving, told: FaxTold) -> FaxResult:
    """Receive a fax from the party, beginning with CED; or ask it for one it has (polling), beginning with CNG.

    The party's leaving ends the fax, and raises nothing: the result says so, and has the pages that had come.
    """
    return await _fax(party.leg, receiving, told)


async def send_fax(party: Party, sending: Sending, told: FaxTold) -> FaxResult:
    """Send a fax to the party, beginning with CNG. The party's leaving ends it, and raises nothing."""
    return await _fax(party.leg, sending, told)


class _FaxSound(OnceOnly):
    """What a fax says to the party, each frame in answer to the one that the port has just heard."""

    def __init__(self, engine: FaxEngine) -> None:
        super().__init__()
        self._engine = engine
        self._answer = SILENCE

    def feed(self, frame: Frame) -> None:
        self._answer = self._engine.exchange(frame)

    def next(self) -> Frame | None:
        return None if self._done.done() else self._answer


async def _fax(leg: Leg, job: Sending | Receiving, told: FaxTold) -> FaxResult:
    engine = await fax_engine(job, told)
    sound = _FaxSound(engine)
    leg.media.carry_data(True)
    leg.media.tap(sound)
    leg.hear(sound)
    try:
        await asyncio.wait((leg.gone, engine.result), return_when=asyncio.FIRST_COMPLETED)
        engine.line_gone()
        return await engine.result
    finally:
        leg.media.untap(sound)
        leg.stop(sound)
        leg.media.carry_data(False)
        await engine.close()
