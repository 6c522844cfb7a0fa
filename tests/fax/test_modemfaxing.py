"""A modem faxes in a call of the unit's, which keeps the line, in silence, until the modem has it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import numpy as np

from appliance.calls.call import Call
from appliance.calls.modemfaxing import ModemBeside, ModemFaxEnded, receive_by_modem, send_by_modem
from appliance.calls.outcome import Outcome
from appliance.fax.job import FaxCause, FaxProgress, FaxResult, FaxTold, Receiving, Sending
from appliance.flows.route import go
from appliance.office.destination import Destination
from tests.calls.hearing import until
from tests.calls.world import World, world
from tests.fax.test_faxing import ToFax, with_a_key

DONE = FaxResult(FaxCause.COMPLETE, 1, "+1 407 5550188", bit_rate=14400)
ON_ITS_WAY = FaxProgress(1, "+1 407 5550188", 14400, ecm=False)


class FaxingModem:
    """An engine whose faxes end when the test says so."""

    def __init__(self) -> None:
        self.number: str | None = None
        self.done = asyncio.Event()
        self.cancelled = False

    async def send(self, number: str, sending: Sending, told: FaxTold, on_line: Callable[[], None]) -> FaxResult:
        self.number = number
        return await self._fax(told)

    async def receive(self, receiving: Receiving, told: FaxTold, on_line: Callable[[], None]) -> FaxResult:
        return await self._fax(told)

    async def _fax(self, told: FaxTold) -> FaxResult:
        told(ON_ITS_WAY)
        try:
            await self.done.wait()
        except asyncio.CancelledError:
            self.cancelled = True
            raise
        return DONE


class Faxing:
    """The flow that a key leads to, and what came of it."""

    def __init__(self, here: World, *, sends: bool) -> None:
        self.modem = FaxingModem()
        self.result: FaxResult | None = None
        self.told: list[FaxProgress] = []
        self._sends = sends
        here.appliance.switchboard.route = self._route

    async def _route(self, call: Call, destination: Destination | ToFax) -> Outcome:
        if not isinstance(destination, ToFax):
            return await go(call, destination)
        modem = ModemBeside("fxo-1", self.modem, receives=True)
        ended: ModemFaxEnded
        if self._sends:
            ended = await send_by_modem(modem, call.caller, Sending(Path("out.tif"), "1", ""), self.told.append)
        else:
            ended = await receive_by_modem(modem, call.caller, Receiving(Path("in.tif"), "1"), self.told.append)
        self.result = ended.result
        return Outcome.GOODBYE


async def test_the_line_is_kept_in_silence_until_the_modem_is_done() -> None:
    async with world(with_a_key) as here:
        faxing = Faxing(here, sends=True)
        caller = await here.greeted()
        heard: list[int] = []
        await caller.presses("7")
        await until(lambda: faxing.told)
        caller.telephone.listeners.append(lambda frame: heard.append(int(np.abs(frame).max())))
        await asyncio.sleep(5)
        assert faxing.result is None
        assert max(heard) < 100, "noise of the line alone"
        assert faxing.modem.number == "", "it is in the call already"
        faxing.modem.done.set()
        await until(lambda: faxing.result is not None)
        assert faxing.result == DONE


async def test_a_far_end_that_leaves_behind_its_farewell_has_not_cut_the_fax() -> None:
    async with world(with_a_key) as here:
        faxing = Faxing(here, sends=False)
        caller = await here.greeted()
        await caller.presses("7")
        await until(lambda: faxing.told)
        caller.hangs_up()
        await asyncio.sleep(1)
        faxing.modem.done.set()
        await until(lambda: faxing.result is not None)
        assert faxing.result == DONE


async def test_a_party_that_leaves_ends_the_fax_and_what_had_come_is_told() -> None:
    async with world(with_a_key) as here:
        faxing = Faxing(here, sends=False)
        caller = await here.greeted()
        await caller.presses("7")
        await until(lambda: faxing.told)
        caller.hangs_up()
        await until(lambda: faxing.result is not None, within=30)
        assert faxing.result is not None
        assert (faxing.result.cause, faxing.result.pages) == (FaxCause.LINE_CUT, 1)
        assert faxing.modem.cancelled
