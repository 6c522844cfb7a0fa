"""A fax through the modem that is beside a party's line, in a call that the unit has made or taken.

The unit keeps the line and says nothing on it, so that the call goes on, is in the log and ends as any other does. The
modem closes the loop as well, and is heard on the same two wires.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any

from appliance.calls.leg import Leg
from appliance.calls.party import Party
from appliance.fax.job import FaxCause, FaxProgress, FaxResult, FaxTold, Receiving, Sending
from appliance.fax.modemfax import ModemFax
from appliance.media.sources import Silence

FAREWELL_S = 5.0
"""What the modem gets to come to an end behind the party's leaving. A far end that has said its farewell leaves at
once, and efax ends half a second later: such a fax is complete."""


async def receive_fax_by_modem(modem: ModemFax, party: Party, receiving: Receiving, told: FaxTold) -> FaxResult:
    """Receive a fax from the party, whose line the modem is beside. The party's leaving ends it, and raises nothing."""
    progress = _Progress(told)
    return await _beside(party.leg, modem.receive(receiving, progress.tell), progress)


async def send_fax_by_modem(modem: ModemFax, party: Party, sending: Sending, told: FaxTold) -> FaxResult:
    """Send a fax to the party, whose line the modem is beside. The party's leaving ends it, and raises nothing."""
    progress = _Progress(told)
    return await _beside(party.leg, modem.send("", sending, progress.tell), progress)


class _Progress:
    """How far a fax has come, for when it ends early."""

    def __init__(self, told: FaxTold) -> None:
        self.last = FaxProgress(0, "", 0, ecm=False)
        self._told = told

    def tell(self, progress: FaxProgress) -> None:
        self.last = progress
        self._told(progress)


async def _beside(leg: Leg, fax: Coroutine[Any, Any, FaxResult], progress: _Progress) -> FaxResult:
    quiet = Silence()
    leg.media.carry_data(True)
    leg.hear(quiet)
    task = asyncio.get_running_loop().create_task(fax, name=f"fax by modem on {leg.name}")
    try:
        await asyncio.wait((leg.gone, task), return_when=asyncio.FIRST_COMPLETED)
        await asyncio.wait((task,), timeout=FAREWELL_S)
        if task.done():
            return task.result()
        last = progress.last
        return FaxResult(
            FaxCause.LINE_CUT, last.page, last.far_identity, bit_rate=last.bit_rate, detail="the call ended"
        )
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        leg.stop(quiet)
        leg.media.carry_data(False)
