"""Which engine each fax goes through: the sound of its line, or the modem beside that line; and what is remembered.

Never are both on a line at once. Where the modem fails before it has the line, the line's own sound goes on with the
same call, as the far end still waits.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from pathlib import Path

from appliance.calls.faults import Faults
from appliance.calls.faxtaking import ReceiveFax
from appliance.calls.modemfaxing import ModemBeside, receive_by_modem, send_by_modem
from appliance.calls.party import Party
from appliance.clock import Clock, off_loop
from appliance.faultlog import kind_and_place
from appliance.fax.choosing import FaxCarrier, takes_sound
from appliance.fax.job import FaxCause, FaxResult, FaxTold, Receiving, Sending
from appliance.store.faxcarriers import FaxCarrierStore

log = logging.getLogger(__name__)

SendFax = Callable[[Party, Sending, FaxTold], Awaitable[FaxResult]]
"""An engine: sends pages to whoever has answered. It returns, whatever happens on the line."""

USUAL = (FaxCarrier.MODEM, FaxCarrier.SOUND)
"""An office that has a modem for faxes means them to go through it."""
NOT_BEGUN = frozenset({FaxCause.NO_LINE, FaxCause.ENGINE})
"""With these a modem ends that does not work, or whose port another program has."""


class FaxCarriers:
    """Both engines of a unit. memory: the file that remembers how they did, which is made once there is a modem.

    send, receive: the engine on a line's own sound.
    """

    def __init__(
        self,
        memory: Path,
        clock: Clock,
        faults: Faults,
        send: SendFax,
        receive: ReceiveFax,
    ) -> None:
        self.modem: Callable[[], ModemBeside | None] = lambda: None
        """The office's modem, where it is there for faxes and is ready for one at this moment."""
        self._path = memory
        self._clock = clock
        self._faults = faults
        self._send = send
        self._receive = receive
        self._memory: FaxCarrierStore | None = None
        self._opening = asyncio.Lock()

    async def close(self) -> None:
        if self._memory is not None:
            await off_loop(self._memory.close)

    async def first(self, number: str) -> ModemBeside | None:
        """The modem, where a fax to this number should be tried through it next; None: by the sound of any line."""
        if self.modem() is None:
            return None
        try:
            memory, now = await self._remembered(), self._clock.now()
            order = await off_loop(memory.in_order, number, USUAL, now)
        except OSError as error:
            log.error("how faxes were sent before cannot be read: %s", kind_and_place(error))
            order = list(USUAL)
        return self.modem() if order[0] is FaxCarrier.MODEM else None

    async def send(
        self, number: str, by: ModemBeside | None, party: Party, sending: Sending, told: FaxTold
    ) -> FaxResult:
        """Send a fax to whoever has answered at this number. by: the modem, where `first` said so.

        It goes by the line's own sound where that modem is beside another line, or does not take the line.
        """
        has_modem = self.modem() is not None
        if by is not None and by.is_beside(party) and has_modem and not takes_sound(sending):
            ended = await send_by_modem(by, party, sending, told)
            failed = not ended.had_line and ended.result.cause in NOT_BEGUN
            await self._note(number, FaxCarrier.MODEM, FaxCause.ENGINE if failed else ended.result.cause)
            if not failed or party.leg.gone.done():
                return ended.result
        result = await self._send(party, sending, told)
        if has_modem:
            await self._note(number, FaxCarrier.SOUND, result.cause)
        return result

    async def receive(self, party: Party, receiving: Receiving, told: FaxTold) -> FaxResult:
        """Receive a fax; see `ReceiveFax`. The modem beside its line takes it where the office says so, or where the
        engine on the line's own sound has failed before a page came."""
        modem = self._beside(party, receiving)
        if modem is not None and modem.receives:
            ended = await receive_by_modem(modem, party, receiving, told)
            if ended.had_line or ended.result.cause not in NOT_BEGUN or party.leg.gone.done():
                return ended.result
            return await self._receive(party, receiving, told)
        result = await self._receive(party, receiving, told)
        modem = self._beside(party, receiving)
        if modem is None or result.cause is not FaxCause.ENGINE or result.pages or party.leg.gone.done():
            return result
        return (await receive_by_modem(modem, party, receiving, told)).result

    def _beside(self, party: Party, receiving: Receiving) -> ModemBeside | None:
        """The modem, where this can come through it."""
        modem = self.modem()
        return modem if modem is not None and modem.is_beside(party) and not takes_sound(receiving) else None

    async def _note(self, number: str, carrier: FaxCarrier, cause: FaxCause) -> None:
        try:
            memory, now = await self._remembered(), self._clock.now()
            await off_loop(memory.note, number, carrier, cause, now)
        except OSError as error:
            log.error("how a fax was sent is not remembered: %s", kind_and_place(error))

    async def _remembered(self) -> FaxCarrierStore:
        async with self._opening:
            if self._memory is None:
                self._memory = await off_loop(FaxCarrierStore.open, self._path)
                if self._memory.fault:
                    self._faults.report(self._memory.fault)
            return self._memory
